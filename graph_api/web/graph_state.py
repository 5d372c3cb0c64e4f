"""What a server states of the graph it serves: audience, content hash, and the day of its newest source; read again after every load."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.database.stored_claims import graph_hash
from graph_api.errors import GraphApiError
from graph_api.execution.graph_sizes import GraphSizes
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.values.days import decode_number
from graph_api.web.graphql_request import HttpError

CHECK_INTERVAL: Final = 1.0
"""Seconds between two looks at the number of loads."""
STATE_LIFETIME: Final = 5.0
"""Seconds for which the state is current after it was read."""
START_TIMEOUT: Final = 2.0
SIZES_TIMEOUT: Final = 10.0

GraphRevision: TypeAlias = tuple[int, str | None]
"""The number of loads, and the content hash that the last of them stored: another graph in the place of this one can have as many loads."""
NO_REVISION: Final[GraphRevision] = (-1, None)

log = logging.getLogger("graph_api.web")


@dataclass(slots=True)
class GraphState:
    """The audience and the content hash, both None in an empty graph and before they are known.

    A restricted graph has no content hash here: whoever guesses what it holds could check the guess by it.

    ``known_to`` is the day up to which sources were read, as ISO 8601. ``loading`` is the group of loads of which the graph holds a part only,
    while a load in blocks is under way or stopped. ``resized`` gets the sizes of the graph after each load.

    With ``refuse_restricted`` nothing is answered from a graph for the audience ``restricted``, nor before the audience is known.
    """

    store: Database
    refuse_restricted: bool = False
    audience: str | None = None
    snapshot: str | None = None
    known_to: str | None = None
    loading: str | None = None
    revision: GraphRevision = NO_REVISION
    resized: Callable[[GraphSizes | None], None] = lambda _sizes: None
    read_at: float = -STATE_LIFETIME
    """When the state was read, on the monotonic clock."""

    @property
    def is_current(self) -> bool:
        """Whether the state was read within the last ``STATE_LIFETIME`` seconds."""
        return time.monotonic() - self.read_at < STATE_LIFETIME

    @property
    def extensions(self) -> dict[str, Any]:
        """What ``extensions`` of a response have of it."""
        loading = {} if self.loading is None else {"loading": self.loading}
        return {"audience": self.audience, "snapshot": self.snapshot, **loading}

    def check_audience(self) -> None:
        """Raise HttpError (503) where this graph is not to be served."""
        if not self.refuse_restricted:
            return
        if self.revision == NO_REVISION:
            raise HttpError(503, "DB_UNAVAILABLE", "The database has not responded yet.", ((b"retry-after", b"1"),))
        if is_restricted(self.audience):
            raise HttpError(503, "AUDIENCE_NOT_ALLOWED", RESTRICTED)

    def refresh(self) -> None:
        """Read the state if a load changed the graph. Raises GraphApiError."""
        now = time.monotonic()
        [[audience, loads, _, self.loading, content_hash]] = self.store.read(named("load_state"), seconds=2.0)
        if (loads, content_hash) != self.revision:
            self.audience, self.snapshot = audience, None
            self.snapshot = graph_hash(self.store) if loads and not is_restricted(audience) else None
            [[newest]] = self.store.read(named("newest_source"), seconds=2.0)
            self.known_to = decode_number(newest)
            self.resized(read_sizes(self.store))
            self.revision = (loads, content_hash)
        self.read_at = now

    async def start(self) -> None:
        """Read the state, so that the first response has it, unless that takes more than ``START_TIMEOUT``."""
        with suppress(TimeoutError, GraphApiError):
            async with asyncio.timeout(START_TIMEOUT):
                await asyncio.to_thread(self.refresh)

    async def watch(self) -> None:
        """Refresh the state until cancelled. While the database does not respond, the last state stands."""
        while True:
            await asyncio.sleep(CHECK_INTERVAL)
            try:
                await asyncio.to_thread(self.refresh)
            except GraphApiError as error:
                log.debug("graph state not read: %s", error.code)


def read_sizes(store: Database) -> GraphSizes | None:
    """Return how much the graph holds; None where that takes longer than ``SIZES_TIMEOUT``, so that every page counts as full."""
    try:
        records = store.read(named("record_sizes"), seconds=SIZES_TIMEOUT)
        evidence = store.read(named("evidence_sizes"), seconds=SIZES_TIMEOUT)
    except GraphApiError as error:
        log.warning("graph sizes not read: %s", error.code)
        return None
    return GraphSizes.of(records, evidence)


RESTRICTED: Final = "This graph was loaded for the audience restricted: it is served on loopback addresses only, unless --allow-restricted is given."


def is_restricted(audience: str | None) -> bool:
    """Return whether an audience may see what the public may not."""
    return audience is not None and audience != Sensitivity.PUBLIC.value.lower()
