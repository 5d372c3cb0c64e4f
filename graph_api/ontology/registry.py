"""ONTOLOGY, the registry: one place to look up what exists, by the name that one has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph_api.ontology.event_types import EVENT_TYPES
from graph_api.ontology.kinds import KINDS, Kind, event_kind
from graph_api.ontology.properties import NestedRecord, Property
from graph_api.ontology.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class Ontology:
    """The kinds of records, by name and by section, and the kinds of events."""

    kinds: tuple[Kind, ...]

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections of a seed file that hold records."""
        return tuple(kind.section for kind in self.kinds)

    def by_section(self, section: str) -> Kind | None:
        """Return the kind whose records stand in that section."""
        return next((kind for kind in self.kinds if kind.section == section), None)

    def kind(self, name: str, event: EventKind | None = None) -> Kind:
        """Return the kind of that name; for events what that kind of event can say."""
        if name == "event" and event is not None:
            return EVENTS[event]
        return next(kind for kind in self.kinds if kind.name == name)

    def named(self, word: str) -> tuple[Property | NestedRecord, ...]:
        """Return every property and part of that name, whatever kind it belongs to."""
        every = [*self.kinds, *EVENTS.values()]
        found = [kind.find(word) or kind.part(word) for kind in every]
        return tuple(dict.fromkeys(one for one in found if one is not None))


EVENTS: Final[dict[EventKind, Kind]] = {kind: event_kind(kind) for kind in EventKind}
EVENT_TYPE_NAMES: Final = tuple(declared.name for declared in EVENT_TYPES)
ONTOLOGY: Final = Ontology(KINDS)
