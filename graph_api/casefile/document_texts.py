"""The words of a printed case file beyond its lines, in English and Ukrainian: its foot, its exhibits, how it was made, and its certification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_api.casefile.messages import Message

_DAY: Final = {"date": "22 November 2026"}

DOCUMENT_TEXTS: Final[Mapping[str, Message]] = {
    "name": Message("Name", "Ім’я"),
    "spellings": Message("Other spellings", "Інші написання"),
    "category": Message("Category", "Категорія"),
    "born": Message("Born", "Дата народження"),
    "event": Message("Event {id}", "Подія {id}", {"id": "iryna-example-detention"}),
    "group": Message("Group {id}", "Група {id}", {"id": "civilians-example"}),
    "notice": Message("How to read this file", "Як читати цю довідку"),
    "announced-note": Message(
        "What sources expected; no part of what is reported to have happened.",
        "Те, чого очікували джерела; не є частиною того, що, за повідомленнями, сталося.",
    ),
    "page": Message("Page {page} of {pages}", "Сторінка {page} з {pages}", {"page": "2", "pages": "5"}),
    "footer": Message(
        "{edition} · content hash {hash} · sources read up to {date}", "{edition} · геш вмісту {hash} · джерела прочитано до {date} включно",
        {"edition": "Public edition", "hash": "9410b2…", **_DAY},
    ),
    "footer.as-of": Message(
        "{edition} · content hash {hash} · as known on {date}", "{edition} · геш вмісту {hash} · станом на {date}",
        {"edition": "Public edition", "hash": "9410b2…", "date": "1 September 2024"},
    ),
    "footer.undated": Message("{edition} · content hash {hash}", "{edition} · геш вмісту {hash}", {"edition": "Public edition", "hash": "9410b2…"}),
    "not-given": Message("not given in this edition", "у цій версії не наведено"),
    "since": Message("Since {date}", "Після {date}", {"date": "1 September 2024"}),
    "since-note": Message(
        "Lines that rest on sources that count from after this day: from the last possible day of their publication, else from the day on which "
        "they were read.",
        "Рядки, що спираються на джерела, які враховано після цього дня: від останнього можливого дня публікації або, якщо його немає, від дня "
        "прочитання.",
    ),
    "since-new": Message("Line {line} is new.", "Рядок {line} є новим.", {"line": "5"}),
    "since-more": Message("Line {line} says more.", "Рядок {line} доповнено.", {"line": "4"}),
    "since-none": Message("No line is new or says more.", "Нових або доповнених рядків немає."),
}  # fmt: skip
"""The head and the foot of a document, and words of its parts."""

EXHIBIT_TEXTS: Final[Mapping[str, Message]] = {
    "exhibits": Message("Exhibits list", "Перелік додатків"),
    "number": Message("No.", "№"),
    "source": Message("Source and address", "Джерело та адреса"),
    "dates": Message("Published; read on", "Опубліковано; прочитано"),
    "places": Message("Places used", "Використані місця"),
    "lines": Message("Lines that rely on it", "Рядки, що спираються на нього"),
    "copy": Message("Archived copy", "Збережена копія"),
    "published": Message("published {date}", "опубліковано: {date}", {"date": "19 August 2024"}),
    "no-publication": Message("no date of publication", "дати публікації немає"),
    "read": Message("read on {date}", "прочитано {date}", _DAY),
    "whole": Message("the whole page", "уся сторінка"),
    "only": Message("{lines}; the only source of {only}", "{lines}; єдине джерело для: {only}", {"lines": "1, 2, 5", "only": "5"}),
    "no-lines": Message("name, status or stays only", "лише ім’я, стан або місця перебування"),
    "none": Message("none", "немає"),
    "copies": Message(
        "Copies of {held} of {all} sources are held. No chain of custody is claimed for the sources.",
        "Збережено копій: {held}; усього джерел: {all}. Безперервність зберігання джерел не стверджується.",
        {"held": "2", "all": "14"},
    ),
}  # fmt: skip
"""The list of exhibits, which is made of the references."""

METHOD_TEXTS: Final[Mapping[str, Message]] = {
    "method": Message("Method", "Метод"),
    "entered": Message(
        "Sources were read, and what each of them states was entered as single claims, with the place in the source. Nothing stands in a line "
        "that the sources behind it do not report.",
        "Джерела прочитано, і те, що повідомляє кожне з них, внесено окремими твердженнями із зазначенням місця в джерелі. У рядку немає нічого, "
        "чого не повідомляють джерела, наведені після нього.",
    ),
    "references": Message(
        "References behind words of a line are for the words since the references before them.",
        "Посилання після слів рядка стосуються слів, що стоять після попередніх посилань.",
    ),
    "shown": Message(
        "Where sources give several values that cannot all be right, the one shown is chosen by these rules, in this order: an editor's choice "
        "with its reason; the value that the most origins give; the most precise one; the one published first. Where no rule decides, no value "
        "is preferred. All values stand under “Where sources differ”.",
        "Якщо джерела подають різні відомості, які не можуть бути правильними одночасно, наведене в рядку обрано за такими правилами, у такій "
        "послідовності: вибір редактора з поясненням; те, що має найбільше незалежних джерел; найточніше; опубліковане першим. Якщо жодне правило "
        "не дає відповіді, жодному не надано переваги. Усі відомості наведено в розділі «Де джерела розходяться».",
    ),
    "order": Message(
        "The order of two lines is asserted only where dates or the sources themselves settle it. Elsewhere the line says that it is not settled here.",
        "Черговість двох рядків стверджується лише тоді, коли її встановлюють дати або самі джерела. В інших випадках у рядку зазначено, що в "
        "цій версії її не встановлено.",
    ),
    "absence": Message(
        "What this edition does not give may still have happened. The sources were selected, and the selection is not exhaustive.",
        "Те, чого в цій версії не наведено, могло статися. Джерела відібрано, і цей добір не є вичерпним.",
    ),
    "finding-aid": Message(
        "This file is a finding aid. The exhibits are the evidence.", "Ця довідка лише допомагає знаходити відомості. Доказами є додатки."
    ),
    "translation": Message("Translation", "Переклад"),
    "generated": Message(
        "The lines were generated in English. They translate no source. Titles of sources are quoted in the language of the source.",
        "Рядки складено українською мовою автоматично. Вони не є перекладом жодного джерела. Назви джерел наведено мовою джерела.",
    ),
    "edition": Message("This edition", "Ця версія"),
    "content-hash": Message("Content hash (SHA-256)", "Геш вмісту (SHA-256)"),
    "graph-hash": Message("Made from the graph", "Складено за графом"),
    "versions": Message("Versions", "Версії"),
    "version-list": Message(
        "program {program}; rules {rules}; contract {contract}", "програма {program}; правила {rules}; контракт {contract}",
        {"program": "0.1.0", "rules": "13", "contract": "2"},
    ),
    "operator": Message("Maker", "Укладач"),
    "contact": Message("Contact", "Контакт"),
    "not-stated": Message("maker not stated", "укладача не зазначено"),
    "contact-not-stated": Message("not stated", "не зазначено"),
}  # fmt: skip
"""How a file was made."""

CERTIFICATION_TEXTS: Final[Mapping[str, Message]] = {
    "title": Message("Certification of a case file", "Засвідчення зведеної довідки"),
    "file": Message("File", "Файл"),
    "subject": Message("Case file of", "Довідка про особу"),
    "sha256": Message("SHA-256 of the file", "SHA-256 файлу"),
    "generated": Message("Generated at", "Створено"),
    "by": Message("Generated by", "Ким створено"),
    "statement": Message(
        "The file named above was generated by the program and version named above from the graph with the content hash named above, and was not "
        "altered afterwards. Whoever signs has no personal knowledge of what it reports. It is a finding aid; the exhibits are the evidence.",
        "Зазначений вище файл створено зазначеною вище програмою та версією за графом із зазначеним вище гешем вмісту; після цього його не "
        "змінювали. Особа, яка підписує, не має особистого знання про викладене. Довідка лише допомагає знаходити відомості; доказами є додатки.",
    ),
    "compared": Message("Compared with the exhibits (yes or no)", "Звірено з додатками (так або ні)"),
    "name": Message("Name and capacity", "Ім’я та посада"),
    "signed": Message("Place, date and signature", "Місце, дата та підпис"),
    "open": Message("………………………………", "………………………………"),
}  # fmt: skip
"""The page that goes with a file that is filed, apart from it and not signed."""
