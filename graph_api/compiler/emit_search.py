"""A search as Cypher: candidates of the full-text index, ranked by how much of a name the words are.

Three ranks, and within each the better first: the whole name in some spelling (3), all the words or their beginnings (2), nearly the
words (below 1, by the index's own score). The rank is a whole number of millionths, so that it can stand in a cursor.
"""

from __future__ import annotations

from collections.abc import Callable

from graph_api.compiler.cypher_writer import Printer, Scope
from graph_api.compiler.ir import Read, Search
from graph_api.ontology.names import Index, Label

Reader = Callable[[Read, Scope, Printer], str]
MILLION = 1_000_000


def search(wanted: Search, printer: Printer, read: Reader) -> str:
    """Return an expression: a page of hits, and their number where asked."""
    if not wanted.query or not wanted.labels:
        return "[[], 0]"
    rows = _rows(wanted, printer, read) if wanted.rows else "[]"
    count = "null"
    if wanted.count:
        match, row, _ = _candidates(wanted, printer)
        count = f"COUNT {{ {match} RETURN {row} }}"
    return f"[{rows}, {count}]"


def _candidates(wanted: Search, printer: Printer) -> tuple[str, str, str]:
    """Return a call of the index, the variable of the record found and that of the index's score."""
    row, score = printer.variable(), printer.variable()
    index, query = printer.parameter(Index.SPELLINGS.value), printer.parameter(wanted.query)
    text = (
        f"CALL db.index.fulltext.queryNodes({index}, {query}) YIELD node AS {row}, score AS {score}"
        f" WITH {row}, {score} WHERE {row}:{'|'.join(wanted.labels)}"
    )
    return text, row, score


def _rows(wanted: Search, printer: Printer, read: Reader) -> str:
    text, row, score = _candidates(wanted, printer)
    text += _ranked(wanted, row, score, printer)
    if wanted.after is not None:
        rank, last = (printer.parameter(key) for key in wanted.after)
        text += f" WHERE rank < {rank} OR (rank = {rank} AND {row}.id > {last})"
    limit = printer.parameter(wanted.first + 1)
    return (
        f"COLLECT {{ {text} ORDER BY rank DESC, {row}.id LIMIT {limit} "
        f"RETURN [rank, {read(wanted.read, {'self': row}, printer)}] }}"
    )


def _ranked(wanted: Search, row: str, score: str, printer: Printer) -> str:
    """Return the WITHs that rank a candidate.

    Within a rank names go before titles, the name that is shown before its other spellings, the spelling as written before others.
    """
    key, written = printer.parameter(wanted.key), printer.parameter(wanted.written)
    whole, begun = printer.parameter(wanted.whole), printer.parameter(wanted.begun)
    words = "split(form, ' ')"
    forms = (
        f"[form IN {row}.fold WHERE all(term IN {whole} WHERE term IN {words})"
        f" AND all(term IN {begun} WHERE any(word IN {words} WHERE word STARTS WITH term))]"
    )
    stand = f"size([term IN {whole} + {begun} WHERE term IN {words}])"
    share = f"(0.5 * size({whole} + {begun}) + 0.4 * {stand}) / size({words})"
    is_titled = f"{row}:{Label.EVENT}|{Label.SOURCE}"
    return (
        f" WITH {row}, {score}, reduce(most = 0.0, form IN {forms} | CASE WHEN {share} > most THEN {share} ELSE most END) AS share"
        f" WITH {row}, CASE WHEN {key} IN {row}.fold THEN 3 + CASE WHEN {row}.fold[0] = {key} THEN 0.2 ELSE 0 END"
        f" + CASE WHEN {written} IN split(toLower({row}.name_text), '\\n') THEN 0.1 ELSE 0 END"
        f" WHEN share > 0 THEN 2 + share / (1 + share) ELSE 0.9 * {score} / (1 + {score}) END"
        f" + CASE WHEN {is_titled} THEN 0 ELSE 0.05 END AS points"
        f" WITH {row}, toInteger(round({MILLION} * points)) AS rank"
    )
