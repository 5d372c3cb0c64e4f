"""Differences in Ukrainian, from the same values and reasons of which ``compiler.difference_text`` says them in English.

Each says the values, who reports each, which one is shown, and by which rule. Names of publishers and speakers stay as sources give them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, assert_never

from graph_api.casefile.messages import CATEGORIES, EVENTS
from graph_api.casefile.value_words import date_words, sentence_words
from graph_api.compiler.difference_text import (
    NO_RULE,
    ReportedValue,
    decode_difference,
    named_value,
    parse_statements,
    with_speakers,
)
from graph_api.errors import InvalidValue
from graph_api.evidence.status_text import Language
from graph_api.ontology.vocabulary import DifferenceKind, Modality
from graph_api.values.dates import When, one_of
from graph_api.values.normalization import normalize_name
from graph_api.values.ukrainian import plural

PROPERTIES: Final = {
    "date": "дати", "until": "дати завершення", "born": "дати народження", "sentence": "покарання", "category": "категорії", "places": "місця",
    "sites": "місця несвободи", "court": "суду", "offences": "назви обвинувачення", "result": "результату перегляду", "side": "сторони обміну",
    "ground": "підстави звільнення", "from-site": "місця, звідки переведено", "to-site": "місця, куди переведено",
    "from-place": "місця, звідки переведено", "to-place": "місця, куди переведено", "value": "числа", "custody": "останнього стану",
    "legal": "стану провадження", "sex": "статі", "in-absentia": "того, чи була особа відсутня", "closed": "того, чи було засідання закритим",
    "incommunicado": "того, чи був зв’язок із зовнішнім світом",
}  # fmt: skip
"""Properties behind «щодо»; of others only that sources differ is said."""
REASONS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"most origins, (\d+) against (\d+)"), lambda m: f"найбільше незалежних джерел, {m[1]} проти {m[2]}"),
    (re.compile("the most precise of values that agree"), lambda _: "найточніше з відомостей, що узгоджуються"),
    (re.compile("as many origins as another, and more precise"), lambda _: "стільки ж незалежних джерел, але точніше"),
    (
        re.compile("as many origins as another, and known earlier"),
        lambda _: "стільки ж незалежних джерел, але відоме раніше",
    ),
    (
        re.compile("the one known earliest of values that agree"),
        lambda _: "відоме найраніше з відомостей, що узгоджуються",
    ),
    (re.compile("a steward's choice: (.*)", re.DOTALL), lambda m: f"вибір редактора: «{m[1]}»"),
    (re.compile("the only value"), lambda _: "єдине значення"),
)
"""Reasons of ``evidence.resolution``, without the count of reports behind them."""
_UNDECIDED: Final = "Жодне правило не дає переваги."


def reason_words(reason: str, language: Language) -> str:
    """Return why a value is shown, in words, from a reason of ``evidence.resolution``.

    >>> reason_words("no rule decides: 1 report", Language.UK)
    'жодне правило не дає переваги: 1 повідомлення'
    """
    return reason if language is Language.EN else _reason(reason) or _counted("жодне правило не дає переваги", reason)


def difference_words(kind: str, name: str, rows: Sequence[Sequence[Any]], language: Language) -> str:
    """Return a difference in words, from rows of its claims as ``compiler.difference_text.decode_difference`` takes them."""
    if language is Language.EN:
        return decode_difference(kind, name, rows)
    return _in_ukrainian(DifferenceKind(kind), name, parse_statements(rows))


def _in_ukrainian(kind: DifferenceKind, name: str, statements: Sequence[ReportedValue]) -> str:
    match kind:
        case DifferenceKind.VALUE | DifferenceKind.DATE:
            about = f" щодо {PROPERTIES[name]}" if name in PROPERTIES else ""
            tied = _tied_dates(statements) if kind is DifferenceKind.DATE else ""
            return f"Джерела розходяться{about}: {_values(statements)}. {tied or _shown(statements)}"
        case DifferenceKind.COUNT:
            is_one = len({one.record for one in statements}) == 1
            shown = _shown(statements) if is_one else "Кожне число наведено окремо."
            return f"Ці числа не можуть бути правильними одночасно: {_values(statements)}. {shown}"
        case DifferenceKind.SUM:
            largest_first = sorted(statements, key=lambda one: -float(one.value.get("low") or 0))
            return f"Сума частин не збігається із загальним числом: {_values(largest_first)}. Кожне число наведено так, як його зазначено."
        case DifferenceKind.ORDER if name == "date":
            [one, *_] = statements
            published = (
                f"опубліковано: {date_words(one.published, Language.UK)}" if one.published else "опубліковано раніше"
            )
            return f"Джерело опубліковано до дня, який у ньому зазначено: {_display(one.value)}; {one.source}, {published}."
        case DifferenceKind.ORDER:
            reports = with_speakers(statements, _report, _who)
            return f"Останні повідомлення розходяться, і їхньої черговості в цій версії не встановлено: {reports}. Стан наведено як невідомий."
        case DifferenceKind.TWO_PLACES:
            return f"Перебування у двох місцях несвободи збігаються в часі за будь-яких днів: {_values(statements)}. Наведено обидва."
        case DifferenceKind.IDENTITY:
            names = list(dict.fromkeys(one.title for one in statements))
            if len({normalize_name(one) for one in names}) == 1:
                return f"Кілька людей мають одне ім’я: {', '.join(names)}. Чи це та сама особа, невідомо."
            return f"Це не та сама особа: {' та '.join(names)} мають одне прізвище, і їх названо в одній події."
        case _:
            assert_never(kind)


def _display(value: Any) -> str:
    match value:
        case {"text": str(text)}:
            return f"«{text}»"
        case {"kind": str()}:
            return sentence_words(value, Language.UK)
        case list():
            return ", ".join(map(_display, value))
        case bool():
            return "так" if value else "ні"
        case str() if value in CATEGORIES:
            return CATEGORIES[value].ukrainian
        case str() if value in EVENTS:
            return EVENTS[value].ukrainian
        case str():
            return _date(value) or value
        case _:
            return str(value)


def _date(text: str) -> str | None:
    if not any(one.isdigit() for one in text):
        return None
    try:
        return date_words(text, Language.UK)
    except InvalidValue:
        return None


def _values(statements: Iterable[ReportedValue]) -> str:
    return with_speakers(statements, _displayed, _who)


def _displayed(one: ReportedValue) -> str:
    return _display(named_value(one, Language.UK))


def _report(one: ReportedValue) -> str:
    said = EVENTS[one.title].ukrainian if one.title in EVENTS else f"«{one.title}»"
    return f"{said}, {_display(one.value) if one.property == 'date' else 'дати не зазначено'}"


def _who(one: ReportedValue) -> str:
    cited = one.source
    if one.speaker or one.has_unnamed_speaker:
        cited += f" із посиланням на «{one.speaker}»" if one.speaker else " із посиланням на особу, яку тут не названо"
    match modality := Modality(one.modality):
        case Modality.IMPLIED:
            return f"випливає з: {cited}"
        case Modality.DERIVED:
            return f"визначено на підставі: {cited}"
        case Modality.STATED | Modality.ATTRIBUTED:
            return cited
        case _:
            assert_never(modality)


def _tied_dates(statements: Iterable[ReportedValue]) -> str:
    tied = [When.parse(one.value) for one in statements if one.reason.startswith(NO_RULE)]
    together = one_of(tied) if tied else None
    return f"Наведено: {date_words(together.edtf, Language.UK)}. {_UNDECIDED}" if together else ""


def _shown(statements: Iterable[ReportedValue]) -> str:
    shown = [one for one in statements if one.is_shown]
    values = list(dict.fromkeys(map(_displayed, shown)))
    if len(values) != 1:
        return _UNDECIDED
    reasons = list(dict.fromkeys(reason for one in shown if (reason := _reason(one.reason))))
    return f"Наведено: {values[0]}. {'Підстава: ' + '; '.join(reasons) + '.' if reasons else _UNDECIDED}"


def _reason(reason: str) -> str:
    """Return a reason in words, with the count of reports; empty where no rule decides.

    >>> _reason("most origins, 2 against 1: 2 reports, origins not checked")
    'найбільше незалежних джерел, 2 проти 1: 2 повідомлення, походження не перевірено'
    """
    words = next((say(found) for pattern, say in REASONS if (found := pattern.match(reason))), "")
    return words if not words or words.startswith("вибір") else _counted(words, reason)


def _counted(words: str, reason: str) -> str:
    """Return words with the count of reports that stands at the end of a reason."""
    counted = re.search(r": (\d+) reports?(, (\d+) origins?)?(, origins not checked)?$", reason)
    if counted is None:
        return words
    reports = plural(int(counted[1]), "повідомлення", "повідомлення", "повідомлень")
    origins = (
        f", {plural(int(counted[3]), 'незалежне джерело', 'незалежні джерела', 'незалежних джерел')}"
        if counted[3]
        else ""
    )
    return f"{words}: {reports}{origins}{', походження не перевірено' if counted[4] else ''}"
