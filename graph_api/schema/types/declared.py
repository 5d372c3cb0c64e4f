"""GraphQL fields and event types from the declarations of the ontology."""

import inspect
from keyword import iskeyword
from typing import Any, Final, TypeVar

import strawberry

from graph_api.ontology.event_types import EVENT_TYPE_OF, EVENT_TYPES, EventType
from graph_api.ontology.properties import ACTORS, Property
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import EventKind
from graph_api.schema.decorators import described_by
from graph_api.schema.scalars import Date
from graph_api.schema.types import values
from graph_api.schema.types.evidence import Node
from graph_api.schema.types.lazy_types import REFERENCES, TypeReference, reference

T = TypeVar("T")

_SCALARS: Final[dict[str, Any]] = {"String": str, "Boolean": bool, "Date": Date}


def annotation_of(prop: Property) -> Any:
    """Return the annotation of the field of a property: a list where it has many, optional where it may be unstated."""
    one = _type_of(prop)
    if prop.many:
        return list.__class_getitem__(one)
    return one if prop.required or prop.default is not None else one | None


def _type_of(prop: Property) -> Any:
    if prop.is_link:
        return _target_of(prop.targets)
    if prop.vocabulary is not None:
        return prop.vocabulary
    name = prop.value_type.graphql
    return _SCALARS[name] if name in _SCALARS else getattr(values, name)


def _target_of(targets: tuple[str, ...]) -> Any:
    if targets == ACTORS:
        return REFERENCES["Actor"]
    if len(targets) > 1:
        return Node
    kind, _, event = targets[0].partition("/")
    if event:
        return reference(TypeReference(EVENT_TYPE_OF[EventKind(event)].name, "event_types"))
    return REFERENCES[ONTOLOGY.kind(kind).label.value]


def event_object_type(cls: type[T]) -> type[T]:
    """Declare the GraphQL type of an event type by its name, with its description and properties from the ontology.

    Fields that the class itself states stand after the properties that it does not.
    """
    [declared] = [one for one in EVENT_TYPES if one.name == cls.__name__]
    return _with_properties(declared, cls)


def event_class(declared: EventType, interface: type[T]) -> type[T]:
    """Return the GraphQL type of an event type that has no fields beyond its properties."""
    return _with_properties(declared, type(declared.name, (interface,), {"__module__": interface.__module__}))


def _with_properties(declared: EventType, cls: type[T]) -> type[T]:
    own = inspect.get_annotations(cls)
    keys = {prop: f"{prop.key}_" if iskeyword(prop.key) else prop.key for prop in declared.properties}
    cls.__annotations__ = {key: annotation_of(prop) for prop, key in keys.items() if key not in own} | own
    return strawberry.type(described_by(declared.properties)(cls), description=declared.description)
