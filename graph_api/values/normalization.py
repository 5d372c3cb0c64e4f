"""One key for all spellings of a name: Cyrillic or Latin, by any standard or none.

A key is no transliteration and is never shown. It drops what spellings differ in (``h`` or ``g``, ``y`` or ``i``, soft signs, doubled
letters, the order of the words, a patronymic) and keeps what tells names apart. Two people can share a key, as they can share a name:
a key finds candidates and proves nothing.

>>> {normalize_name(one) for one in ("Вікторія Рощина", "Виктория Рощина", "Viktoriia Roshchyna", "Victoria Roshchina", "ROSHCHYNA, Viktoriya")}
{'roshina viktoria'}
>>> normalize_name("Victor Roshchin"), normalize_name("Maria Roshchina")
('roshin viktor', 'maria roshina')
>>> normalize_name("СІЗО №2, Таганрог") == normalize_name("SIZO No. 2 (Taganrog)")
True
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from graph_api.values.characters import unify_characters, unify_scripts

# ── letters ─────────────────────────────────────────────────────────────────────────────────────────────────────

CYRILLIC: Final = str.maketrans(
    {
        **dict(zip("абвдзклмнопрстуф", "abvdzklmnoprstuf", strict=True)),
        **dict.fromkeys("гґғх", "g"),  # Latin h stands for both г and х, so that they cannot be told apart
        **dict.fromkeys("иіїйыј", "i"),  # y, i, yi, ii, iy and j are written for each of them
        **dict.fromkeys("еєёэ", "e"),  # ye, ie, je, e; ё is mostly printed without its dots
        "ж": "zh",
        "ц": "c",
        "ч": "ch",
        **dict.fromkeys("шщ", "sh"),  # shch, sch, sh and szcz are all written for щ
        "ю": "iu",
        "я": "ia",
        "ў": "u",
        **dict.fromkeys("ьъ", ""),
    }
)
ACCENTED: Final = str.maketrans(
    {
        **dict.fromkeys("šśş", "sh"),  # Czech, Polish, Turkish
        **dict.fromkeys("čç", "ch"),
        **dict.fromkeys("žż", "zh"),
        **dict(zip("łđıøßğ", "ldiosg", strict=True)),  # those that do not come apart into a letter and an accent
    }
)

# ── sounds ──────────────────────────────────────────────────────────────────────────────────────────────────────

LATIN: Final = (
    (r"schtsch", "sh"),  # German щ
    (r"s(?:h|z|t)?c[hz]", "sh"),  # shch, sch, szcz, stch: щ
    (r"sz", "sh"),  # Polish
    (r"ts?ch|cz", "ch"),  # German, Polish
    (r"ph", "f"),
    (r"ck(?=[iy]|a$)", "tsk"),  # Polish -cki, -cka; the Ukrainian -tskyi
    (r"ck", "k"),  # English
    (r"c(?![ehiyz])", "k"),  # Victoria, Oscar; before e, i, y it is the sound of ц
    (r"tz", "ts"),
    (r"qu?", "k"),
    (r"x", "ks"),
    (r"w", "v"),
    (r"[kg]h", "g"),  # kh, gh (Ukrainian zgh)
    (r"th", "t"),
    (r"(?<![szc])h", "g"),  # Ukrainian h is the Russian g
    (r"([eo])ff$", r"\1v"),  # Smirnoff
)
"""What Latin letters sound like, before Cyrillic becomes Latin: sh, zh, ch and c (ts) are left, g, k and v."""

SOUNDS: Final = (
    (r"shch", "sh"),  # Belarusian шч
    (r"ts", "c"),
    (r"[iyj]+", "i"),  # yi, iy, ii, ij, yy
    (r"ie", "e"),  # Kupriienko, Kupriyenko, Kuprienko
    (r"io", "e"),  # Kovalyov, Kovaliov; Kovalev
    (r"iu", "u"),  # Checheliuk, Checheluk
    (r"([a-z]h|[a-z])\1+", r"\1"),  # Natallia, Zaporizhzhia
    (r"(?<=..)aia$", "a"),  # Russian -skaya, the Ukrainian -ska
    (r"(?<=..)ei$", "i"),  # Andrei, Sergey; Andrii, Serhii
    (r"(?<=..)[ao]u$", "ov"),  # Belarusian -au
    (r"(?<=..)eu$", "ev"),
    (r"(?<=..)ava$", "ova"),  # Belarusian -ava
    (r"(?<=..)enka$", "enko"),  # Belarusian -enka
)
"""After it: one spelling for one sound, whatever script it came from."""

SOFT_O: Final = re.compile("[ьй]о")  # Ковальов, Йосип: the sound of ё
PATRONYMIC: Final = re.compile(r".{2,}(?:[oei]vich|[oei]vna|ichna)")
NUMBER_SIGN: Final = re.compile(r"\bno\b(?=\.?\s*\d)")
WORD: Final = re.compile(r"[^\W_]+")
_JOINED: Final = re.compile(r"['’ʼʹʺ`´‘′ˈ\"“”„]")  # signs of softness, which stand inside of words

# ── words that are one ──────────────────────────────────────────────────────────────────────────────────────────

SAME: Final = (
    "Volodymyr Vladimir Uladzimir",
    "Mykola Nikolai Mikalai",
    "Oleksandr Aleksandr Alexander Aliaksandr",
    "Oleksandra Aleksandra Alexandra Aliaksandra",
    "Oleksii Aleksei Aliaksei",
    "Dmytro Dmitry Dzmitry",
    "Yevhen Yevhenii Yauhen",
    "Kostiantyn Konstantin Kanstantsin",
    "Serhii Siarhei",
    "Hlib Gleb",
    "Oleh Aleh",
    "Mykhailo Mikhail",
    "Pavlo Pavel",
    "Petro Petr Pyotr",
    "Vasyl Vasily",
    "Danylo Daniil",
    "Kyrylo Kirill",
    "Artem Artyom Artsiom",
    "Mykyta Nikita",
    "Kateryna Yekaterina Katsiaryna",
    "Olena Yelena Alena",
    "Svitlana Svetlana Sviatlana",
    "Tetiana Tatiana Tatsiana",
    "Yelyzaveta Yelizaveta Lizaveta",
    "Hanna Anna",
    "Joe Джо",
    "John Джон",
    "James Джеймс",
    "George Джордж",
    "Kyiv Kiev",
    "Kharkiv Kharkov",
    "Chernihiv Chernigov",
    "Zaporizhzhia Zaporozhye",
    "Crimea Krym",
    "Moscow Moskva",
    "Belarus Bilorus",
    "Ukraine Ukraina",
    "Russia Rosiia Rossiya",
    "Turkey Türkiye Turechchyna Turtsiya",
    "UAE ОАЭ ОАЕ",
    "Emirates Емірати Эмираты",
    "Arab Арабські Арабские",
    "United Сполучені Обєднані Соединенные Объединенные",
    "States Штати Штаты",
    "Kingdom Королівство Королевство",
    "Poland Польща Польша Polska",
    "Germany Німеччина Германия Deutschland",
    "Europe Європа Европа Europa",
    "Court Суд",
    "Military Військовий Военный",
    "District Окружний Окружной",
    "Southern Південний Южный",
    "Northern Північний Северный",
    "Eastern Східний Восточный",
    "Western Західний Западный",
    "Central Центральний Центральный",
    "Supreme Верховний Верховный",
    "Regional Обласний Областной",
    "Ministry Міністерство Министерство",
    "Committee Комітет Комитет",
    "Colony Колонія",
    "Prison Тюрма Тюрьма",
)
"""Forms of one given name in several languages, and of words in names of places, courts and authorities, which no rule of spelling unites."""


# ── keys ────────────────────────────────────────────────────────────────────────────────────────────────────────

_LATIN: Final = tuple((re.compile(pattern), to) for pattern, to in LATIN)
_SOUNDS: Final = tuple((re.compile(pattern), to) for pattern, to in SOUNDS)


def normalize_name(text: str) -> str:
    """Return the key of a name: its words normalized and sorted, without a patronymic.

    >>> normalize_name("Рощина Вікторія Володимирівна")
    'roshina viktoria'
    """
    tokens = normalized_words(text)
    if (patronymic := find_patronymic(tokens)) is not None:
        del tokens[patronymic]
    return " ".join(sorted(set(tokens)))


def normalized_words(text: str) -> list[str]:
    """Return the words of a text, each normalized, in their order; forms of one given name as one.

    >>> normalized_words("Мар’яна Чечелюк"), normalized_words("Vladimir Kara-Murza"), normalized_words("*:* AND /.*/")
    (['mariana', 'checheluk'], ['volodimir', 'kara', 'murza'], ['and'])
    """
    return [_SAME.get(word, word) for word in literal_words(text)]


def literal_words(text: str) -> list[str]:
    """Return the words of a text, each normalized, in their order; for those who have typed the beginning of a word only.

    >>> literal_words("Vladimir Kara-Murza")
    ['vladimir', 'kara', 'murza']
    """
    normalized = (normalize_word(word) for word in split_words(text))
    return [word for word in normalized if word]


def split_words(text: str) -> list[str]:
    """Return the words of a text as they are written, in lower case; number signs and all else that is no word go.

    >>> split_words("SIZO No. 2 «Таганрог»")
    ['sizo', '2', 'таганрог']
    """
    return WORD.findall(plain_text(text))


def plain_text(text: str) -> str:
    """Return a text in lower case without accents of its own, signs of softness and number signs.

    >>> plain_text("Лук´янченко, Г."), plain_text("СІЗО № 2")
    ('лукянченко, г.', 'сізо   2')
    """
    plain = unify_scripts(unify_characters(text.replace("№", " "))).casefold()
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf", "Me"})
    return NUMBER_SIGN.sub(" ", _JOINED.sub("", plain))


def find_patronymic(tokens: Sequence[str]) -> int | None:
    """Return the place of the word that ends like a patronymic in a name of three: the middle one, else the last; None without one.

    >>> find_patronymic(["tetiana", "gavrilivna", "zrazkova"]), find_patronymic(["iana", "probna"])
    (1, None)
    """
    if len(tokens) != 3:
        return None
    return next((place for place in (1, 2) if PATRONYMIC.fullmatch(tokens[place])), None)


@lru_cache(maxsize=65536)
def normalize_word(word: str) -> str:
    """Return the key of one word in lower case.

    >>> normalize_word("рощина"), normalize_word("roszczyna")
    ('roshina', 'roshina')
    """
    found = SOFT_O.sub("ё", word).translate(ACCENTED)
    found = "".join(c if c in _KEPT else unicodedata.normalize("NFD", c)[0] for c in found)
    for pattern, to in _LATIN:
        found = pattern.sub(to, found)
    found = found.translate(CYRILLIC)
    for pattern, to in _SOUNDS:
        found = pattern.sub(to, found)
    return found


def same_name(key: str) -> str:
    """Return the common key of the forms of one given name, given the key of one of them; the key itself for other words.

    >>> same_name("vladimir"), same_name("sencov")
    ('volodimir', 'sencov')
    """
    return _SAME.get(key, key)


def forms_of_same_name(word: str) -> tuple[str, ...]:
    """Return the keys of all forms of a given name, given its common key; the key itself for other words.

    >>> forms_of_same_name("volodimir"), forms_of_same_name("sencov")
    (('volodimir', 'vladimir', 'uladzimir'), ('sencov',))
    """
    return _FORMS.get(word, (word,))


_KEPT: Final = frozenset(map(chr, CYRILLIC))
_SAME: Final = {
    normalize_word(form): normalize_word(group.split()[0].casefold())
    for group in SAME
    for form in group.casefold().split()
}
_FORMS: Final = {
    normalize_word(group.split()[0].casefold()): tuple(dict.fromkeys(map(normalize_word, group.casefold().split())))
    for group in SAME
}
