"""The words of case files in English and Ukrainian, each message with an example of what it is filled with.

The Ukrainian forms are impersonal (затримано, передано), names stand in the nominative after a label, and numbers have their plural forms.
No native-speaking lawyer has reviewed them. Words about what is missing say "in this edition", for everybody alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graph_api.evidence.status_text import Language


@dataclass(frozen=True, slots=True)
class Message:
    """A text in both languages with the same placeholders, and example values for them."""

    english: str
    ukrainian: str
    example: Mapping[str, Any] = field(default_factory=dict)


_WHERE: Final = {"names": "Kherson"}
_WHO: Final = {"names": "Russian authorities"}
_LINES: Final = {"lines": "2"}

EVENTS: Final[Mapping[str, Message]] = {
    "DISAPPEARANCE": Message("reported missing", "повідомлено про зникнення"),
    "DETENTION": Message("taken", "затримано"),
    "CONFINEMENT": Message("held", "утримували"),
    "SIGHTING": Message("reported seen in custody", "повідомлено, що бачили під час утримування"),
    "PROOF_OF_LIFE": Message("a sign of life reported", "повідомлено про ознаку життя"),
    "TRANSFER": Message("moved", "переведено"),
    "DEPORTATION": Message("reported deported", "повідомлено про депортацію (примусове переміщення)"),
    "CHARGE": Message("charged", "висунуто обвинувачення"),
    "REMAND": Message("custody ordered by a court", "обрано запобіжний захід – тримання під вартою"),
    "REMAND.BY": Message("custody ordered", "обрано запобіжний захід – тримання під вартою"),
    "TRIAL": Message("tried", "судовий розгляд"),
    "CONVICTION": Message("reported sentenced", "повідомлено про вирок"),
    "ACQUITTAL": Message("acquittal reported", "повідомлено про виправдувальний вирок"),
    "COMPULSORY_MEASURE": Message(
        "trial reported; its outcome is not given in this edition",
        "повідомлено про судовий розгляд; у цій версії його результату не наведено",
    ),
    "APPEAL": Message(
        "decision of a higher court reported; its result is not given in this edition",
        "повідомлено про рішення суду вищої інстанції; у цій версії його результату не наведено",
    ),
    "APPEAL.REPORTED": Message("decision of a higher court reported", "повідомлено про рішення суду вищої інстанції"),
    "APPEAL.UPHELD": Message("judgment reported upheld", "повідомлено, що вирок залишено без змін"),
    "APPEAL.REDUCED": Message("sentence reported reduced", "повідомлено, що покарання пом’якшено"),
    "APPEAL.INCREASED": Message("sentence reported increased", "повідомлено, що покарання посилено"),
    "APPEAL.QUASHED": Message("judgment reported quashed", "повідомлено, що вирок скасовано"),
    "APPEAL.RETRIAL": Message(
        "case reported sent back for a new trial", "повідомлено, що справу направлено на новий розгляд"
    ),
    "EXCHANGE": Message("handed over in an exchange", "передано під час обміну"),
    "EXCHANGE.CIVILIAN": Message(
        "handed over in what sources call an exchange", "передано під час того, що джерела називають обміном"
    ),
    "RELEASE": Message("released", "повідомлено про звільнення"),
    "REUNIFICATION": Message(
        "reported reunited with family or guardian", "повідомлено про возз’єднання з родиною або опікуном"
    ),
    "DEATH": Message("reported to have died", "повідомлено про смерть"),
    "BODY_RETURN": Message("return of the body reported", "повідомлено про репатріацію тіла"),
    "BURIAL": Message("burial reported", "повідомлено про поховання"),
    "ILL_TREATMENT": Message("ill-treatment reported", "повідомлено про неналежне поводження"),
    "ADOPTION": Message("placement with a family reported", "повідомлено про влаштування в сім’ю"),
    "NEGOTIATION": Message("talks reported", "повідомлено про переговори"),
    "AGREEMENT": Message("an agreement reported", "повідомлено про домовленість"),
    "RESOLUTION": Message("a decision of a body reported", "повідомлено про рішення органу"),
    "WARRANT": Message("a warrant of arrest reported", "повідомлено про ордер на арешт"),
    "STATEMENT": Message("a public statement reported", "повідомлено про публічну заяву"),
    "CAMPAIGN": Message("a public campaign reported", "повідомлено про публічну кампанію"),
    "REPORT": Message("a published report", "оприлюднено доповідь"),
    "OTHER": Message("another event reported", "повідомлено про іншу подію"),
}
"""What happened, by kind of event; before a result or a category where the words depend on it."""

EXPECTED: Final[Mapping[str, Message]] = {
    "EXCHANGE": Message("was to be handed over", "мали передати"),
    "TRIAL": Message("a hearing was expected", "очікувався судовий розгляд"),
    "RELEASE": Message("a release was expected", "очікувалося звільнення"),
    "OTHER": Message("an event was expected", "очікувалася подія"),
    "note": Message("expected: “{note}”", "очікувалося: «{note}»", {"note": "was to be handed over"}),
}
"""What was announced, planned or expected, by kind of event."""

CLAUSES: Final[Mapping[str, Message]] = {
    "places": Message("in {names}", "місце: {names}", _WHERE),
    "sites": Message("at {names}", "місце несвободи: {names}", {"names": "SIZO No. 2, Taganrog"}),
    "from-site": Message("from {names}", "звідки: {names}", {"names": "SIZO No. 2, Taganrog"}),
    "from-place": Message("from {names}", "звідки: {names}", _WHERE),
    "to-site": Message("to {names}", "куди: {names}", {"names": "SIZO No. 3, Kizel"}),
    "to-place": Message("to {names}", "куди: {names}", {"names": "Crimea"}),
    "authority": Message("by {names}", "орган: {names}", _WHO),
    "court": Message("by {names}", "суд: {names}", {"names": "“Kherson regional court” (court of the occupying power)"}),
    "court-standing": Message("by a {names}", "суд: {names}", {"names": "court of the occupying power"}),
    "charge": Message(
        "as the charge names it, with {offence}", "за версією обвинувачення: {offence}", {"offence": "espionage"}
    ),
    "charge-more": Message("and with {offence}", "{offence}", {"offence": "smuggling"}),
    "offence": Message(
        "on a charge, as the court named it, of {offence}", "обвинувачення, як його назвав суд: {offence}", {"offence": "espionage"}
    ),
    "offence-more": Message("and of {offence}", "{offence}", {"offence": "explosives"}),
    "article": Message(
        "{offence} (article {article} of {code})", "{offence} (стаття {article} {code})",
        {"offence": "espionage", "article": "276", "code": "the Criminal Code of the Russian Federation"},
    ),
    "article-alone": Message(
        "what article {article} of {code} names", "стаття {article} {code}",
        {"article": "276", "code": "the Criminal Code of the Russian Federation"},
    ),
    "sentence": Message("to {sentence}", "покарання: {sentence}", {"sentence": "10 years 6 months"}),
    "appeal-sentence": Message("sentence now {sentence}", "покарання після перегляду: {sentence}", {"sentence": "7 years"}),
    "closed": Message("in closed session", "у закритому засіданні"),
    "in-absentia": Message(
        "in the person's absence, as reported; whether they were notified or had counsel is not given",
        "за відсутності особи (in absentia), як повідомлено; чи її повідомили і чи мала вона захисника, не наведено",
    ),
    "incommunicado": Message("without contact to the outside", "без зв’язку із зовнішнім світом"),
    "stated-reason": Message(
        "reason given by the detaining side: “{text}”", "причина, яку назвала сторона, що утримує: «{text}»",
        {"text": "opposing the special military operation"},
    ),
    "side": Message("to {names}", "кому: {names}", {"names": "Ukraine"}),
    "DETAINING_AUTHORITY": Message("by {names}", "орган (сила), що утримує: {names}", _WHO),
    "DETAINING_AUTHORITY.DEATH": Message("in the custody of {names}", "орган (сила), що утримує: {names}", _WHO),
    "COURT": Message("court: {names}", "суд: {names}", {"names": "“Kyivskyi district court”"}),
    "PERPETRATOR": Message(
        "alleged perpetrator: {names}", "кого називають причетним: {names}", _WHO
    ),
    "MEDIATOR": Message("mediated by {names}", "посередництво: {names}", {"names": "United Arab Emirates"}),
    "FACILITATOR": Message("carried out with the help of {names}", "сприяння: {names}", {"names": "International Committee of the Red Cross"}),
    "ISSUER": Message("issued by {names}", "ким видано: {names}", {"names": "International Criminal Court"}),
    "ground.TERM_SERVED": Message("after the term, as reported", "строк відбуто (за повідомленням)"),
    "ground.EARLY": Message("before the end of the term", "до завершення строку"),
    "ground.PARDON": Message("pardon reported", "повідомлено про помилування"),
    "ground.PENDING_TRIAL": Message("until trial", "до судового розгляду"),
    "ground.NEGOTIATED": Message("after talks, without an exchange", "після перемовин, без обміну"),
    "ground.LET_GO": Message("without a charge or without a reason given", "без обвинувачення або без наведеної причини"),
    "ground.ESCAPE": Message("by escape, as reported", "через втечу, як повідомлено"),
    "role": Message("took part as {role}", "роль: {role}", {"role": "party"}),
}  # fmt: skip
"""What a line says beyond what happened, by property, by the role of somebody else, or by a word."""

STANDING: Final[Mapping[str, Message]] = {
    "OWN_TERRITORY": Message("court on the territory of its own state", "суд на території власної держави"),
    "OWN_TERRITORY.RU": Message(
        "court of the Russian Federation, sitting in Russia", "суд Російської Федерації, що засідає в Росії"
    ),
    "OCCUPYING_POWER": Message("court of the occupying power", "суд держави-окупанта"),
    "SELF_PROCLAIMED": Message(
        "court set up by armed groups in occupied territory",
        "«суд», утворений збройними групами на окупованій території",
    ),
    "INTERNATIONAL": Message("international court", "міжнародний суд"),
}
"""The standing of a court, which stands beside its name."""

WORDS: Final[Mapping[str, Message]] = {
    "no-date": Message("no date stated", "дати не зазначено"),
    "between": Message(
        "no date stated; after line {after}, before line {before}",
        "дати не зазначено; після рядка {after}, перед рядком {before}",
        {"after": "2", "before": "4"},
    ),
    "after": Message("no date stated; after line {after}", "дати не зазначено; після рядка {after}", {"after": "1"}),
    "before": Message("no date stated; before line {before}", "дати не зазначено; перед рядком {before}", {"before": "5"}),
    "reported-by": Message("no date stated; reported by {date}", "дати не зазначено; повідомлено до {date} включно", {"date": "19 August 2024"}),
    "reported-by-before": Message(
        "no date stated; reported by {date}, so before line {before}",
        "дати не зазначено; повідомлено до {date} включно, отже, перед рядком {before}",
        {"date": "19 August 2024", "before": "5"},
    ),
    "reported-by-and-before": Message(
        "no date stated; before line {before}; reported by {date}",
        "дати не зазначено; перед рядком {before}; повідомлено до {date} включно",
        {"date": "11 October 2024", "before": "7"},
    ),
    "not-ordered": Message(
        "Its order with line {lines} is not settled in this edition.", "У цій версії черговості щодо рядка {lines} не встановлено.", _LINES
    ),
    "not-ordered-many": Message(
        "Its order with lines {lines} is not settled in this edition.", "У цій версії черговості щодо рядків {lines} не встановлено.", {"lines": "6 and 7"}
    ),
    "according-to": Message("according to {names}", "за даними: {names}", {"names": "Prosecutor General's Office of Ukraine"}),
    "according-to.person": Message("according to {names}", "за словами: {names}", {"names": "Iryna Example"}),
    "according-to.both": Message("according to {names}", "за словами або даними: {names}", {"names": "Iryna Example and Example Archive"}),
    "person-not-named": Message("a person not named here", "особа, яку тут не названо"),
    "implied": Message("follows from the source", "випливає з джерела"),
    "derived": Message("worked out from what is cited", "визначено на підставі наведеного"),
    "announced": Message("as announced beforehand", "як оголошено наперед"),
    "differ": Message("sources differ", "джерела розходяться"),
    "elsewhere": Message("(another report: {value})", "(інше повідомлення: {value})", {"value": "31 March 2025"}),
    "and": Message("{first} and {last}", "{first} та {last}", {"first": "2, 3", "last": "4"}),
    "or-later": Message("{date} or later", "{date} або пізніше", {"date": "2024"}),
    "quoted": Message("“{text}”", "«{text}»", {"text": "Kherson regional court"}),
    "life": Message("life imprisonment", "довічне позбавлення волі"),
    "death": Message("death", "смертна кара"),
}  # fmt: skip
"""Parts of sentences."""

REFERENCES: Final[Mapping[str, Message]] = {
    "published": Message("published {date}", "опубліковано: {date}", {"date": "19 August 2024"}),
    "undated": Message(
        "no date of publication; read on {date}",
        "дати публікації немає; прочитано {date}",
        {"date": "22 November 2026"},
    ),
    "at": Message("at {places}", "місце в джерелі: {places}", {"places": "¶7, ¶8"}),
    "no-address": Message("no address given", "адреси не наведено"),
    "sha256": Message("SHA-256 {digest}", "SHA-256 {digest}", {"digest": "068bc1…"}),
    "archived": Message(
        "archived copy: {address}", "збережена копія: {address}", {"address": "https://web.archive.org/…"}
    ),
    "carried-by": Message("carried by {host}", "розміщено: {host}", {"host": "mb.com.ph"}),
    "not-archived": Message("not archived", "копії не збережено"),
    "repeats": Message("repeats [{numbers}]", "повторює [{numbers}]", {"numbers": "3"}),
    "repeats-other": Message("repeats a source not used here", "повторює джерело, яке тут не використано"),
    "not-checked": Message("origin not checked", "походження не перевірено"),
}
"""What a reference says of its source."""

CATEGORIES: Final[Mapping[str, Message]] = {
    "CIVILIAN": Message("described as a civilian", "цивільна особа, як її описують джерела"),
    "PRISONER_OF_WAR": Message(
        "described as a prisoner of war or member of the armed forces",
        "військовополонений / військовополонена або особа у складі збройних сил, як описують джерела",
    ),
    "UNKNOWN": Message(
        "not described as a civilian or a prisoner of war in this edition; that is not “not a prisoner of war” (GC III 5)",
        "у цій версії не описано ні як цивільну особу, ні як військовополонену; це не означає «не військовополонений» (стаття 5 Третьої Женевської конвенції)",
    ),
}
"""The category as sources describe the person; no determination of status."""

CATALOGUES: Final = (CATEGORIES, EVENTS, EXPECTED, CLAUSES, STANDING, WORDS, REFERENCES)
"""All messages of this module."""


def message_text(message: Message, language: Language, **values: object) -> str:
    """Return a message in a language, filled with values.

    >>> message_text(CLAUSES["places"], Language.UK, names="Херсон")
    'місце: Херсон'
    """
    return (message.english if language is Language.EN else message.ukrainian).format(**values)


def sentence_case(words: str) -> str:
    """Return words with a capital at their beginning.

    >>> sentence_case("taken in Kherson")
    'Taken in Kherson'
    """
    return words[:1].upper() + words[1:]


def word_list(items: list[str], language: Language) -> str:
    """Return texts as a list in words.

    >>> word_list(["2", "3", "4"], Language.EN)
    '2, 3 and 4'
    """
    if len(items) < 2:
        return "".join(items)
    return message_text(WORDS["and"], language, first=", ".join(items[:-1]), last=items[-1])
