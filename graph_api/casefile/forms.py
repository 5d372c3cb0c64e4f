"""Annexes: the facts of a case file in the order of what lawyers file.

A field for which this edition has nothing says so, and is never blank. A form has only the fields that were read in the form itself or in
its guidance; none is added from memory. No annex is a notification.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph_api.casefile.case_file import CaseFile, FileLine
from graph_api.casefile.messages import CLAUSES, Message, message_text
from graph_api.casefile.references import NumberedReference
from graph_api.errors import InvalidValue
from graph_api.evidence.status_text import Language
from graph_api.values.dates import OPEN_HI, When

FORM_DESCRIPTIONS: Final = {
    "WGEID": "The minimum elements of a submission to the Working Group on Enforced or Involuntary Disappearances.",
    "ECHR": "Facts, the final decision and the numbered chronological list of documents of an application to the European Court of Human Rights.",
    "GC3_122": "The particulars listed in article 122 of the Third Geneva Convention.",
    "GC4_138": "The particulars listed in articles 136 and 138 of the Fourth Geneva Convention.",
}

LABELS: Final = {
    "annex": Message("Annex", "Додаток"),
    "annex.WGEID": Message(
        "Minimum elements for the Working Group on Enforced or Involuntary Disappearances, as far as this edition gives them (not a submission)",
        "Мінімальні відомості для Робочої групи з насильницьких або недобровільних зникнень, наскільки їх наведено в цій версії (не є поданням)",
    ),
    "annex.ECHR": Message(
        "Facts and documents in the order of an application to the European Court of Human Rights, as far as this edition gives them (not an application)",
        "Факти й документи в порядку заяви до Європейського суду з прав людини, наскільки їх наведено в цій версії (не є заявою)",
    ),
    "annex.GC3_122": Message(
        "Particulars listed in art. 122 of the Third Geneva Convention, as far as this edition gives them (not a notification)",
        "Відомості, перелічені в ст. 122 Третьої Женевської конвенції, наскільки їх наведено в цій версії (не є повідомленням)",
    ),
    "annex.GC4_138": Message(
        "Particulars listed in arts. 136 and 138 of the Fourth Geneva Convention, as far as this edition gives them (not a notification)",
        "Відомості, перелічені в ст. 136 і 138 Четвертої Женевської конвенції, наскільки їх наведено в цій версії (не є повідомленням)",
    ),
    "not-given": Message("not given in this edition", "у цій версії не наведено"),
    "name": Message("Full name", "Повне ім’я"),
    "spellings": Message("Other spellings", "Інші написання"),
    "born": Message("Date of birth", "Дата народження"),
    "when": Message("Day, month and year of the disappearance", "День, місяць і рік зникнення"),
    "where": Message("Place where the person was taken or last seen", "Місце, де особу затримано або востаннє бачили"),
    "by-whom": Message("Who is believed to be responsible", "Хто, як вважають, відповідальний"),
    "steps": Message("Steps taken to locate the person", "Заходи, вжиті для встановлення місцеперебування"),
    "submitter": Message("Who submits", "Хто подає"),
    "facts": Message("Statement of the facts", "Виклад фактів"),
    "final-decision": Message("Final decision and its date", "Остаточне рішення та його дата"),
    "document": Message("Document {number}", "Документ {number}", {"number": "1"}),
    "rank": Message("Rank", "Військове звання"),
    "army-number": Message("Army, regimental, personal or serial number", "Армійський, полковий, особистий або серійний номер"),
    "birth-place": Message("Place and full date of birth", "Місце й повна дата народження"),
    "power": Message("Power on which the person depends", "Держава, від якої залежить особа"),
    "parents": Message("First name of the father and maiden name of the mother", "Ім’я батька та дівоче прізвище матері"),
    "next-of-kin": Message("Person to be informed and address", "Особа, яку слід повідомити, та адреса"),
    "measure": Message("Measure taken", "Вжитий захід"),
    "transfers": Message("Transfers", "Переведення"),
    "releases": Message("Releases", "Звільнення"),
    "repatriations": Message("Repatriations", "Репатріації"),
    "escapes": Message("Escapes", "Втечі"),
    "hospital": Message("Admissions to hospital", "Госпіталізації"),
    "births": Message("Births", "Народження"),
    "deaths": Message("Deaths", "Смерті"),
}  # fmt: skip
"""The titles of forms and the labels of their fields."""


class CaseFileForm(StrEnum):
    """Particulars in the order of what lawyers file."""

    WGEID = "WGEID"
    ECHR = "ECHR"
    GC3_122 = "GC3_122"
    GC4_138 = "GC4_138"


FORM_NAMES: Final = {
    "wgeid": CaseFileForm.WGEID,
    "echr": CaseFileForm.ECHR,
    "gc3": CaseFileForm.GC3_122,
    "gc4": CaseFileForm.GC4_138,
}
"""The forms by short names, for command lines and addresses."""


def form_named(name: str) -> CaseFileForm:
    """Return the form of a short name, or of a name of the API. Raises InvalidValue.

    >>> form_named("gc3"), form_named("GC3_122")
    (<CaseFileForm.GC3_122: 'GC3_122'>, <CaseFileForm.GC3_122: 'GC3_122'>)
    """
    found = FORM_NAMES.get(name.lower()) or {one.value: one for one in CaseFileForm}.get(name.upper())
    if found is None:
        raise InvalidValue(name, f"one of {', '.join(FORM_NAMES)}", thing="form")
    return found


@dataclass(frozen=True, slots=True)
class FilledField:
    """A field of a form: its label, what it says, and the numbers of the references that say it."""

    label: str
    text: str
    references: tuple[int, ...] = ()


_TAKEN: Final = ("DISAPPEARANCE", "DETENTION")
_HELD: Final = ("DETENTION", "CONFINEMENT", "REMAND")
_MOVED: Final = ("TRANSFER", "DEPORTATION")
_DECISIONS: Final = ("CONVICTION", "ACQUITTAL", "APPEAL")
_WHERE: Final = ("places", "sites")
_BY: Final = ("DETAINING_AUTHORITY", "PERPETRATOR")


def filled_form(file: CaseFile, form: CaseFileForm) -> tuple[FilledField, ...]:
    """Return the fields of a form, filled from a case file; the first one is the title of the annex."""
    filler = _Form(file, Language(file.language))
    title = FilledField(filler.label("annex"), filler.label(f"annex.{form.value}"))
    return (title, *_FIELDS[form](filler))


@dataclass(frozen=True, slots=True)
class _Form:
    file: CaseFile
    language: Language

    def label(self, key: str, **values: object) -> str:
        return message_text(LABELS[key], self.language, **values)

    def field(self, key: str, text: str = "", references: Iterable[int] = ()) -> FilledField:
        return FilledField(self.label(key), text or self.label("not-given"), tuple(sorted(set(references))))

    def lines(self, key: str, kinds: Sequence[str]) -> FilledField:
        """Return a field with the lines of events of these kinds."""
        found = [one for one in self.file.timeline if one.kind in kinds]
        return self.field(key, " ".join(one.text for one in found), (n for one in found for n in one.references))

    def clauses(self, key: str, kinds: Sequence[str], properties: Sequence[str]) -> FilledField:
        """Return a field with what the last line of the first of these kinds that there is says of some properties."""
        lines = [one for kind in kinds for one in reversed(self.file.timeline) if one.kind == kind]
        line: FileLine | None = next(iter(lines), None)
        found = [one for one in line.clauses if one.property in properties] if line else []
        words = "".join(f"{' ' if one.text.startswith('(') else ', '}{one.text}" for one in found).lstrip(", ")
        return self.field(key, words, (n for one in found for n in one.references))

    def released(self, key: str, *, is_escape: bool) -> FilledField:
        """Return a field with the releases, those by escape or all others."""
        found = [one for one in self.file.timeline if one.kind == "RELEASE" and self._is_escape(one) is is_escape]
        return self.field(key, " ".join(one.text for one in found), (n for one in found for n in one.references))

    def _is_escape(self, line: FileLine) -> bool:
        words = message_text(CLAUSES["ground.ESCAPE"], self.language)
        return any(one.property == "ground" and one.text.startswith(words) for one in line.clauses)

    def name(self) -> Iterator[FilledField]:
        yield self.field("name", self.file.name, self.file.name_references)
        yield self.field("spellings", ", ".join(self.file.spellings))


def _wgeid(form: _Form) -> Iterator[FilledField]:
    yield from form.name()
    yield form.field("born", form.file.born)
    yield form.clauses("when", _TAKEN, ("date",))
    yield form.clauses("where", _TAKEN, _WHERE)
    yield form.clauses("by-whom", _TAKEN, _BY)
    yield form.field("steps")
    yield form.field("submitter")


def _echr(form: _Form) -> Iterator[FilledField]:
    for one in form.file.timeline:
        yield FilledField(f"{form.label('facts')} {one.line}", one.text, one.references)
    decisions = [one for one in form.file.timeline if one.kind in _DECISIONS]
    last = decisions[-1:]
    yield form.field("final-decision", " ".join(one.text for one in last), (n for one in last for n in one.references))
    for reference in sorted(form.file.references, key=_publication):
        yield FilledField(form.label("document", number=reference.number), reference.text, (reference.number,))


def _publication(one: NumberedReference) -> tuple[int, int]:
    """Return what documents are sorted by: the first possible day of publication, those without a date last."""
    return (When.parse(one.published).lo if one.published else OPEN_HI, one.number)


def _gc3_122(form: _Form) -> Iterator[FilledField]:
    yield from form.name()
    for key in ("rank", "army-number"):
        yield form.field(key)
    yield form.field("birth-place", form.file.born)
    for key in ("power", "parents", "next-of-kin"):
        yield form.field(key)
    yield from _movements(form)


def _gc4_138(form: _Form) -> Iterator[FilledField]:
    yield from form.name()
    yield form.lines("measure", _HELD)
    yield from _movements(form)
    yield form.field("births")


def _movements(form: _Form) -> Iterator[FilledField]:
    yield form.lines("transfers", _MOVED)
    yield form.released("releases", is_escape=False)
    yield form.lines("repatriations", ("EXCHANGE", "REUNIFICATION"))
    yield form.released("escapes", is_escape=True)
    yield form.field("hospital")
    yield form.lines("deaths", ("DEATH",))


_FIELDS: Final[dict[CaseFileForm, Callable[[_Form], Iterator[FilledField]]]] = {
    CaseFileForm.WGEID: _wgeid,
    CaseFileForm.ECHR: _echr,
    CaseFileForm.GC3_122: _gc3_122,
    CaseFileForm.GC4_138: _gc4_138,
}
