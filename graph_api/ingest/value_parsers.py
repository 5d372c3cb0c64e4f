"""One value of each shape: from a node of a file to the plain JSON value that a claim keeps.

Each reader returns the value, or raises InvalidValue; ``read_value`` turns that into a problem at the place of the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from graph_api.errors import Description, InvalidValue, Problem
from graph_api.ingest.nodes import MappingNode, Node, ScalarNode, SequenceNode, shorten
from graph_api.ontology.kinds import Property, Shape
from graph_api.values.dates import When, parse_day
from graph_api.values.quantities import Operator, Quantity, Unit
from graph_api.values.sentences import Offence, Sentence, SentenceKind
from graph_api.values.words import Word, closest, parse_word, seed_word, thing_of

ID = re.compile(r"[a-z0-9][a-z0-9-]{1,62}[a-z0-9]")
MAX_TEXT = 4000
MAX_URL = 2000

Report = Callable[[Problem], None]

COUNTRIES: Final = frozenset(
    {
        "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD",
        "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA",
        "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE",
        "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA",
        "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK",
        "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP",
        "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT",
        "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS",
        "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ",
        "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS",
        "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST",
        "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW",
        "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA",
        "ZM", "ZW", "XK",
    }
)  # fmt: skip
"""The codes of ISO 3166-1, and XK for Kosovo, which the standard leaves to its users."""

MEANT: Final = MappingProxyType(
    {"UK": "UA for Ukraine, GB for the United Kingdom", "EN": "GB", "RF": "RU", "SU": "the state of today"}
)
"""What people write who mean another code."""


def read_value(prop: Property, node: Node, report: Report) -> Any:
    """Return the JSON value of a property, a list where it is one of ``many``; None with a report where it is wrong."""
    if not prop.many:
        return _one(prop, node, report)
    if not isinstance(node, SequenceNode):
        report(node.position.problem("type", f"{prop.name}: expected a list, [{shown(node)}]"))
        return None
    values = [_one(prop, item, report) for item in node.items]
    return values if values and None not in values else None  # an empty list says nothing


def _one(prop: Property, node: Node, report: Report) -> Any:
    try:
        return _READERS[prop.shape](prop, node)
    except InvalidValue as bad:
        report(node.position.problem(prop.shape.name.lower(), f"{prop.name}: {bad}"))
        return None


def shown(node: Node) -> str:
    """Return a node as a message can show it."""
    match node:
        case ScalarNode():
            return shorten(node.text)
        case SequenceNode():
            return "a list"
        case MappingNode():
            return shorten("a mapping with " + ", ".join(node.values), most=160)


def scalar(node: Node, expected: str, *, thing: str = "value") -> str:
    """Return the text of a single value; raises InvalidValue for lists, mappings and nothing."""
    if not isinstance(node, ScalarNode) or node.is_null:
        raise InvalidValue(
            Description("nothing" if isinstance(node, ScalarNode) else shown(node)), expected, thing=thing
        )
    return node.text


def brief(node: Node, expected: str, most: int = 60, *, thing: str = "value") -> str:
    """Return the text of a single value of limited length; raises InvalidValue."""
    text = scalar(node, expected, thing=thing)
    if len(text) > most:
        raise InvalidValue(shorten(text), f"{expected}, at most {most} characters", thing=thing)
    return text


def words(node: Node, expected: str = "words", *, most: int = MAX_TEXT, thing: str = "text") -> str:
    """Return free text; raises InvalidValue where it is empty, too long, or has blanks around it."""
    text = scalar(node, expected, thing=thing)
    if len(text) > most:
        raise InvalidValue(
            Description(f"{len(text)} characters"), f"{expected}, at most {most} characters", thing=thing
        )
    if not text.strip() or text != text.strip():
        raise InvalidValue(shorten(text), f"{expected}, without blanks around them", thing=thing)
    return text


def word(vocabulary: type[Word], node: Node) -> Word:
    """Return a word of a closed list; raises InvalidValue, which lists the words and the closest ones."""
    text = scalar(node, "a word", thing=thing_of(vocabulary))
    lower = text.lower().replace("_", "-").replace(" ", "-")
    right = [seed_word(one) for one in vocabulary]
    if lower != text and lower in right:
        raise InvalidValue(
            shorten(text),
            f"one of {', '.join(right)}",
            f"lower case, with hyphens: {lower}",
            thing=thing_of(vocabulary),
        )
    return parse_word(vocabulary, shorten(text))


def _text(_prop: Property, node: Node) -> str:
    return words(node)


def _flag(_prop: Property, node: Node) -> bool:
    text = brief(node, "true or false", thing="flag")
    if text not in {"true", "false"}:
        raise InvalidValue(text, "true or false", thing="flag")
    return text == "true"


def _date(_prop: Property, node: Node) -> str:
    return When.parse(brief(node, "an EDTF date such as 2024-05 or 2023-08~", most=400, thing="date")).edtf


def _day(_prop: Property, node: Node) -> str:
    return parse_day(brief(node, "a day, YYYY-MM-DD", thing="day")).isoformat()


def _word(prop: Property, node: Node) -> str:
    assert prop.vocabulary is not None  # noqa: S101 - the model's own promise, held by a test
    return word(prop.vocabulary, node).value


def _matching(
    thing: str, pattern: str, expected: str, change: Callable[[str], str] = str
) -> Callable[[Property, Node], str]:
    compiled = re.compile(pattern)

    def reader(_prop: Property, node: Node) -> str:
        text = scalar(node, expected, thing=thing)
        if not compiled.fullmatch(text):
            better = change(text)
            hint = f"write {better}" if better != text and compiled.fullmatch(better) else ""
            raise InvalidValue(shorten(text), expected, hint, thing=thing)
        return text

    return reader


_LANGUAGE: Final = _matching(
    "language", r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", "a BCP-47 language such as uk", str.lower
)


def language(node: Node) -> str:
    """Return a BCP-47 language; raises InvalidValue."""
    return _LANGUAGE(_ANY, node)


_ANY: Final = Property("language", Shape.LANGUAGE)


def _country(_prop: Property, node: Node) -> str:
    expected = "an ISO 3166-1 alpha-2 code such as UA"
    text = brief(node, expected, thing="country")
    if text not in COUNTRIES:
        upper = text.upper()
        hint = f"write {upper}" if upper in COUNTRIES else MEANT.get(upper, "")
        raise InvalidValue(text, expected, hint, thing="country")
    return text


def _url(_prop: Property, node: Node) -> str:
    text = words(node, "an address", most=MAX_URL, thing="URL")
    right = "an address that begins with https:// or http://"
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises where it is none
    except ValueError:
        raise InvalidValue(shorten(text), right, thing="URL") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(c.isspace() for c in text):
        raise InvalidValue(shorten(text), right, thing="URL")
    return text


def _fields(thing: str, node: Node, expected: Mapping[str, str]) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        raise InvalidValue(Description(shown(node)), "a mapping with " + ", ".join(expected), thing=thing)
    for key in node.values:
        if key not in expected:
            raise InvalidValue(
                shorten(key),
                "one of " + ", ".join(expected),
                closest(shorten(key), expected),
                thing=f"key of a {thing}",
            )
    return {key: value for key, value in node.values.items() if not (isinstance(value, ScalarNode) and value.is_null)}


def _number(node: Node) -> float:
    text = brief(node, "a number in digits, such as 300 or 0.5", thing="number")
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text):
        raise InvalidValue(
            text, "a number from 0, in digits, without thousands separators, such as 300 or 0.5", thing="number"
        )
    return float(text)


def _integer(node: Node) -> int:
    text = brief(node, "a whole number in digits, such as 10", thing="number")
    if not re.fullmatch(r"[0-9]{1,5}", text):
        raise InvalidValue(text, "a whole number in digits, such as 10", thing="number")
    return int(text)


_QUANTITY: Final = {"text": "", "operator": "", "low": "", "high": "", "unit": ""}


def _quantity(_prop: Property, node: Node) -> dict[str, Any]:
    fields = _fields("quantity", node, _QUANTITY)
    for needed in ("text", "operator", "unit"):
        if needed not in fields:
            raise InvalidValue(Description(shown(node)), f"{needed} as well", thing="quantity")
    return Quantity.from_fields(
        operator=word(Operator, fields["operator"]),
        unit=word(Unit, fields["unit"]),
        low=_number(fields["low"]) if "low" in fields else None,
        high=_number(fields["high"]) if "high" in fields else None,
        text=words(fields["text"], "the words of the source"),
    ).to_json()


_SENTENCE: Final = dict.fromkeys(("kind", "years", "months", "months-low", "months-high", "regime", "extras"), "")


def _sentence(_prop: Property, node: Node) -> dict[str, Any]:
    fields = _fields("sentence", node, _SENTENCE)
    extras = fields.get("extras")
    if extras is not None and not isinstance(extras, SequenceNode):
        raise InvalidValue(Description(shown(extras)), "a list of texts", thing="extras")
    numbers = {
        key.replace("-", "_"): _integer(fields[key])
        for key in ("years", "months", "months-low", "months-high")
        if key in fields
    }
    return Sentence.from_fields(
        word(SentenceKind, fields["kind"]) if "kind" in fields else None,
        **numbers,
        regime=words(fields["regime"], "a regime", thing="regime") if "regime" in fields else None,
        extras=tuple(words(extra) for extra in extras.items) if extras else (),
    ).to_json()


_OFFENCE: Final = dict.fromkeys(("code", "text", "article"), "")


def _offence(_prop: Property, node: Node) -> dict[str, Any]:
    fields = _fields("offence", node, _OFFENCE)
    if "code" not in fields:
        raise InvalidValue(Description(shown(node)), "code as well", thing="offence")
    return Offence.from_fields(
        code=brief(fields["code"], "a code such as espionage", thing="offence code"),
        text=words(fields["text"]) if "text" in fields else None,
        article=brief(fields["article"], "an article such as RU-UK 276", most=120, thing="article")
        if "article" in fields
        else None,
    ).to_json()


_NAME: Final = dict.fromkeys(("text", "language", "script", "kind"), "")


def _name(prop: Property, node: Node) -> dict[str, Any]:
    if isinstance(node, ScalarNode):
        raise InvalidValue(
            shown(node),
            "a mapping with text, and language, script, kind where known",
            f"{{text: {node.text}}}",
            thing="name",
        )
    fields = _fields("name", node, _NAME)
    if "text" not in fields:
        raise InvalidValue(Description(shown(node)), "text as well", thing="name")
    return {key: _text(prop, fields[key]) for key in _NAME if key in fields}


def link_id(text: str) -> str:
    """Return an id; raises InvalidValue where it is none."""
    if not ID.fullmatch(text):
        raise InvalidValue(shorten(text), "an id: 3 to 64 of a-z, 0-9 and hyphens, no hyphen at the ends", thing="id")
    return text


def _link(_prop: Property, node: Node) -> str:
    return link_id(scalar(node, "the id of a record", thing="id"))


_READERS: Final[Mapping[Shape, Callable[[Property, Node], Any]]] = MappingProxyType(
    {
        Shape.TEXT: _text,
        Shape.FLAG: _flag,
        Shape.DATE: _date,
        Shape.DAY: _day,
        Shape.WORD: _word,
        Shape.COUNTRY: _country,
        Shape.LANGUAGE: _LANGUAGE,
        Shape.URL: _url,
        Shape.SHA256: _matching("SHA-256 sum", r"[0-9a-f]{64}", "a SHA-256 sum, 64 digits of 0-9 and a-f"),
        Shape.QUANTITY: _quantity,
        Shape.SENTENCE: _sentence,
        Shape.OFFENCE: _offence,
        Shape.NAME: _name,
        Shape.LINK: _link,
    }
)
