"""Values and what they rest on to claims: one claim for all values of a record under one citation and speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph_api.evidence.claims import Citation, Claim, Speaker
from graph_api.ontology.kinds import NestedRecord
from graph_api.ontology.vocabulary import Modality, Sensitivity


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a value rests on. One value has several of it where its ``cite`` is a list."""

    citations: tuple[Citation | None, ...] = ()
    speaker: Speaker | None = None
    modality: Modality = Modality.STATED
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    announced: bool = False


StatedValue = tuple[Evidence, str, Any]
"""A value: what it rests on, the property, the value itself."""


def build_claims(template: Claim, base: Evidence, stated: Iterable[StatedValue]) -> Iterator[Claim]:
    """Yield the claims that values make about the subject of ``template``, one a citation.

    A property that has two values under one evidence makes two claims. A record that states nothing but that it is there makes an
    empty one, on its ``base`` evidence.
    """
    groups: dict[Evidence, list[dict[str, Any]]] = {base: [{}]}
    for evidence, name, value in stated:
        held = groups.setdefault(evidence, [{}])
        target = next((one for one in held if name not in one), None)
        if target is None:
            target = {}
            held.append(target)
        target[name] = value
    for evidence, held in groups.items():
        for values in held:
            if not values and (evidence is not base or template.unit != template.record):
                continue
            for citation in evidence.citations:
                yield replace(
                    template,
                    values=values,
                    citation=citation,
                    speaker=evidence.speaker,
                    modality=evidence.modality,
                    sensitivity=evidence.sensitivity,
                    announced=evidence.announced,
                    id="",
                )


def part_id(record: str, part: NestedRecord, values: Mapping[str, Any]) -> str:
    """Return the id of a part of a record, made of what tells it from the others.

    >>> from graph_api.ontology.kinds import PARTICIPANTS
    >>> part_id("example-exchange", PARTICIPANTS, {"who": "turkiye", "role": "MEDIATOR"})
    'example-exchange/participants/mediator/turkiye'
    """
    said = (str(values.get(name, "")).lower() for name in part.identity)
    return "/".join(
        [record, part.name, *(re.sub(r"(?:[^\w.-]|_)+", "-", one).strip("-") or "unstated" for one in said)]
    )
