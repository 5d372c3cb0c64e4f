"""What the rules of this version make of stored claims, and whether a graph follows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.evidence.claims import Claim
from graph_api.evidence.projection import PROJECTION_VERSION, ProjectedRecord, project
from graph_api.evidence.withholding import project_public
from graph_api.ontology.vocabulary import Sensitivity


def project_for(
    claims: Sequence[Claim], audience: Sensitivity
) -> tuple[Sequence[Claim], Mapping[str, ProjectedRecord]]:
    """Return the claims that stay for the audience and the records that follow from them: earlier rules withheld less."""
    if audience is Sensitivity.RESTRICTED:
        return claims, project(claims)
    found = project_public(claims, claims)
    return found.claims, found.records


def records_are_current(store: Database) -> bool:
    """Whether the records were computed by the rules of this version; so it is for a graph without records."""
    [[version, records]] = store.read(named("projection_version"))
    return version == PROJECTION_VERSION or not records
