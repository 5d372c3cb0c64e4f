"""Pages as they were sent, kept until the graph changes: most readers ask for the same few, and some of these count over the whole graph."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from graph_api.web.graph_state import NO_REVISION, GraphRevision, GraphState
from graph_api.web.pages import responses


@dataclass(frozen=True, slots=True)
class _Kept:
    content: bytes
    headers: Mapping[str, str]


@dataclass(slots=True)
class PageCache:
    """The pages of one revision of a graph, at most ``max_bytes`` of them; those that were asked for longest ago go first.

    A key names everything that a page depends on besides the revision. Nothing is given or kept while the state of the graph is not known to
    be current, so that a page outlives a load by no more than ``graph_state.STATE_LIFETIME`` even where the database does not respond; and a
    page during whose making the revision changed is not kept, since it may have been read from either.
    """

    graph: GraphState
    max_bytes: int
    size: int = 0
    lookups: dict[str, int] = field(default_factory=lambda: {"cache": 0, "graph": 0})
    """How many pages were found here, and how many had to be made from the graph."""
    _revision: GraphRevision = NO_REVISION
    _pages: OrderedDict[str, _Kept] = field(default_factory=OrderedDict)

    def get(self, key: str) -> Response | None:
        """Return a page of the current revision."""
        self._drop_older()
        kept = self._pages.get(key) if self.graph.is_current else None
        self.lookups["graph" if kept is None else "cache"] += 1
        if kept is None:
            return None
        self._pages.move_to_end(key)
        return Response(kept.content, 200, dict(kept.headers), responses.HTML)

    def put(self, key: str, revision: GraphRevision, response: Response) -> None:
        """Keep a page whose making began at a revision."""
        self._drop_older()
        content = bytes(response.body)
        if revision != self._revision or not self.graph.is_current or len(content) * 4 > self.max_bytes:
            return
        if (former := self._pages.pop(key, None)) is not None:
            self.size -= len(former.content)
        not_kept = {"content-length", "content-type"}
        self._pages[key] = _Kept(content, {name: one for name, one in response.headers.items() if name not in not_kept})
        self.size += len(content)
        while self.size > self.max_bytes:
            _, oldest = self._pages.popitem(last=False)
            self.size -= len(oldest.content)

    def _drop_older(self) -> None:
        if self._revision != self.graph.revision:
            self._pages.clear()
            self.size, self._revision = 0, self.graph.revision
