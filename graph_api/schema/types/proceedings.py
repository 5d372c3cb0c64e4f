"""What courts and prosecutors did, as reported. Recording a judgment recognises neither the court nor its findings."""

from graph_api.schema.decorators import field, graphql_type
from graph_api.schema.enums import AppealResult
from graph_api.schema.types.actors import Organization
from graph_api.schema.types.events import Event
from graph_api.schema.types.lazy_types import AppealRef, TrialRef
from graph_api.schema.types.values import Offence, Sentence


@graphql_type
class Charge(Event):
    """Being accused."""

    offences: list[Offence] = field("What the person was accused of.")
    authority: Organization | None = field("The authority that made the accusation.")


@graphql_type
class Ruling(Event):
    """A decision of a court that is no conviction: custody, an acquittal, a compulsory measure."""

    court: Organization | None = field("The court that decided.")
    offences: list[Offence] = field("The offences of which the court spoke.")
    trial: TrialRef | None = field("The proceedings to which it belongs.")
    in_absentia: bool | None = field(
        "Whether the person was reported absent from the proceedings; null where no source says."
    )


@graphql_type
class Trial(Event):
    """Proceedings before a court."""

    court: Organization | None = field("The court before which they took place.")
    offences: list[Offence] = field("The offences of which they treated.")
    closed: bool | None = field("Whether the public was reported kept out; null where no source says.")
    in_absentia: bool | None = field(
        "Whether the person was reported absent from the proceedings; null where no source says."
    )
    outcome: Event | None = field("The decision in which they ended.")


@graphql_type
class Conviction(Event):
    """A judgment of guilt as reported, by the court named, whatever its standing."""

    court: Organization | None = field("The court that pronounced the judgment.")
    offences: list[Offence] = field("The offences for which it was pronounced.")
    sentence: Sentence | None = field("The sentence as pronounced, before any appeal.")
    closed: bool | None = field("Whether the public was reported kept out; null where no source says.")
    in_absentia: bool | None = field(
        "Whether the person was reported absent from the proceedings; null where no source says."
    )
    trial: TrialRef | None = field("The proceedings in which it was pronounced.")
    appeals: list[AppealRef] = field("The decisions of higher courts on it.")


@graphql_type
class Appeal(Event):
    """The decision of a higher court on a judgment."""

    court: Organization | None = field("The court that decided.")
    of: Event | None = field("The judgment or earlier appeal on which it decided.")
    result: AppealResult = field("What the court did to the judgment.")
    sentence: Sentence | None = field("The sentence after this decision; null where no source states it.")
