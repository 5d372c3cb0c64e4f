"""Emits a search: candidates from the full-text index, ranked by the part of a name that the words cover.

::

    Search(query="(+fold_tokens:(z^8))", labels=("Person",), …)

    [COLLECT { CALL db.index.fulltext.queryNodes($p0, $p1) YIELD node AS n0, score AS n1 WITH n0, n1 WHERE n0:Person … }, null]

Ranks, from the best: the whole name in some spelling (3 and more), all words or their prefixes (2 to 3), similar words (below 1, by the
score of the index). A rank is a whole number of millionths, so that cursors can contain it.
"""

from __future__ import annotations

from graph_api.compiler.cypher_writer import CypherWriter, EmitProjection
from graph_api.compiler.ir import Search
from graph_api.ontology.names import Index, Label

RANK_SCALE = 1_000_000


def emit_search(query: Search, writer: CypherWriter, projection: EmitProjection) -> str:
    """Return an expression: a page of hits, and their number if it is selected."""
    if not query.query or not query.labels:
        return "[[], 0]"
    rows = _rows(query, writer, projection) if query.rows else "[]"
    count = "null"
    if query.count:
        match, row, _ = _candidates(query, writer)
        count = f"COUNT {{ {match} RETURN {row} }}"
    return f"[{rows}, {count}]"


def _candidates(query: Search, writer: CypherWriter) -> tuple[str, str, str]:
    """Return the call of the index, the variable of the record and that of its score."""
    row, score = writer.variable(), writer.variable()
    index, text_query = writer.parameter(Index.SPELLINGS.value), writer.parameter(query.query)
    text = (
        f"CALL db.index.fulltext.queryNodes({index}, {text_query}) YIELD node AS {row}, score AS {score}"
        f" WITH {row}, {score} WHERE {row}:{'|'.join(query.labels)}"
    )
    return text, row, score


def _rows(query: Search, writer: CypherWriter, projection: EmitProjection) -> str:
    text, row, score = _candidates(query, writer)
    text += _ranked(query, row, score, writer)
    if query.after is not None:
        rank, last = (writer.parameter(key) for key in query.after)
        text += f" WHERE rank < {rank} OR (rank = {rank} AND {row}.id > {last})"
    limit = writer.parameter(query.first + 1)
    return (
        f"COLLECT {{ {text} ORDER BY rank DESC, {row}.id LIMIT {limit} "
        f"RETURN [rank, {projection(query.read, {'self': row}, writer)}] }}"
    )


def _ranked(query: Search, row: str, score: str, writer: CypherWriter) -> str:
    """Return the WITH clauses that rank a candidate.

    Within a rank, names precede titles, the shown name precedes other spellings, and the text as written precedes other spellings.
    """
    keys, written = writer.parameter(query.keys), writer.parameter(query.written)
    exact, begun = writer.parameter(query.exact_terms), writer.parameter(query.prefix_terms)
    words = "split(form, ' ')"
    is_other = f"none(keys IN {exact} + {begun} WHERE any(key IN keys WHERE word STARTS WITH key))"
    initials = writer.parameter(query.initials)
    conditions = [
        f"all(keys IN {exact} WHERE any(key IN keys WHERE key IN {words}))",
        f"all(keys IN {begun} WHERE any(word IN {words} WHERE any(key IN keys WHERE word STARTS WITH key)))",
        f"all(sounds IN {initials} WHERE any(word IN {words} WHERE any(sound IN sounds WHERE word STARTS WITH sound) AND {is_other}))",
    ]
    forms = f"[form IN {row}.fold WHERE {' AND '.join(conditions)}]"
    stand = f"size([keys IN {exact} + {begun} WHERE any(key IN keys WHERE key IN {words})])"
    share = f"(0.5 * size({exact} + {begun}) + 0.4 * {stand}) / size({words})"
    is_titled = f"{row}:{Label.EVENT}|{Label.SOURCE}"
    return (
        f" WITH {row}, {score}, reduce(most = 0.0, form IN {forms} | CASE WHEN {share} > most THEN {share} ELSE most END) AS share"
        f" WITH {row}, CASE WHEN any(key IN {keys} WHERE key IN {row}.fold) THEN 3 + CASE WHEN {row}.fold[0] IN {keys} THEN 0.2 ELSE 0 END"
        f" + CASE WHEN {row}.fold[0] = {keys}[0] THEN 0.05 ELSE 0 END"
        f" + CASE WHEN {written} IN split(toLower({row}.name_text), '\\n') THEN 0.1 ELSE 0 END"
        f" WHEN share > 0 THEN 2 + share / (1 + share) ELSE 0.9 * {score} / (1 + {score}) END"
        f" + CASE WHEN {is_titled} THEN 0 ELSE 0.05 END AS points"
        f" WITH {row}, toInteger(round({RANK_SCALE} * points)) AS rank"
    )
