"""The decisions that a load demands of its steward, and whether they were made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from graph_api.errors import DecisionRequired
from graph_api.evidence.merging import merged
from graph_api.ingest.consequences import record_changes
from graph_api.ingest.prepare import PreparedLoad
from graph_api.ingest.stale import StaleEntry
from graph_api.ontology.vocabulary import Sensitivity

MANY_RECORDS: Final = 20
MANY_SHARE: Final = 0.1
"""More records than that, and a larger share of a collection, are changed or removed only on purpose."""
MAX_NAMED: Final = 10
MAX_VALUES: Final = 3
"""How many values of an entry that returns to an earlier state a message names."""
DISCLOSE: Final = "--disclose"
NOT_THE_SAME: Final = "--not-the-same"


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes to a demand of a plan that was shown: the option that it stands for, the ids that it covers, and why they are shown, for a disclosure."""

    option: str
    ids: frozenset[str]
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a steward decided for one load. ``disclose`` are ids of people who may become visible, named, locatable or identifiable.

    ``not_the_same`` are ids of people who were reviewed and are not those whom they resemble. An option covers every plan of the load, each of the
    ``answers`` only what the plan demanded that was shown.
    """

    remove: bool = False
    stale_ok: bool = False
    many_ok: bool = False
    disclose: frozenset[str] = frozenset()
    why: str | None = None
    not_the_same: frozenset[str] = frozenset()
    answers: tuple[Answer, ...] = ()

    @property
    def namesakes(self) -> frozenset[str]:
        """People who may be loaded although they resemble somebody; nobody without a reason."""
        return self.not_the_same if self.why else frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """The decisions as they are kept with the load."""
        given = (("--remove", self.remove), ("--stale-ok", self.stale_ok), ("--many-ok", self.many_ok))
        answered = {one.option for one in self.answers}
        chosen = [option for option, is_given in given if is_given or option in answered]
        reasons = dict.fromkeys(self.disclose if self.why else (), self.why)  # without a reason nobody is disclosed
        reasons |= {id_: one.why for one in self.answers if one.option == DISCLOSE for id_ in one.ids}
        disclosed = [f"{DISCLOSE} {one}: {reasons[one]}" for one in sorted(reasons)]
        disclosed += [f"{NOT_THE_SAME} {one}: {self.why}" for one in sorted(self.namesakes)]
        return (*chosen, *disclosed)

    def answered(self, option: str) -> frozenset[str]:
        """Return the ids that answers cover which stand for this option."""
        return frozenset(id_ for one in self.answers if one.option == option for id_ in one.ids)


def reviewed_people(words: Iterable[str]) -> frozenset[str]:
    """Return the ids of people of whom kept decisions say that they were reviewed and are not those whom they resemble.

    >>> sorted(reviewed_people(["--remove", "--not-the-same a-person: another year of birth", "--disclose b-person: published"]))
    ['a-person']
    """
    return frozenset(decided_id(one) for one in words if one.startswith(NOT_THE_SAME))


def decided_id(word: str) -> str:
    """Return the id that a kept decision is about; empty for one about no record.

    >>> decided_id("--disclose b-person: published"), decided_id("--remove")
    ('b-person', '')
    """
    option, _, rest = word.partition(" ")
    return rest.partition(":")[0] if option in (DISCLOSE, NOT_THE_SAME) else ""


@dataclass(frozen=True, slots=True)
class Demand:
    """A decision that a load demands: the option that makes it, a message, and the ids that it is about."""

    option: str
    message: str
    ids: tuple[str, ...]


def demands(prepared: PreparedLoad) -> tuple[Demand, ...]:
    """Return the decisions that a load demands."""
    return (*_removals(prepared), *_stale(prepared), *_many(prepared), *_disclosures(prepared))


def missing_decisions(demanded: Iterable[Demand], decisions: Decisions) -> tuple[Demand, ...]:
    """Return the demands that the decisions leave open."""
    return tuple(one for one in demanded if not _is_decided(one, decisions))


def decided(demanded: Iterable[Demand], decisions: Decisions, why: str | None) -> Decisions:
    """Return the decisions with a yes to each of these demands; ``why`` is the reason of a disclosure, which none is without one."""
    answers = [
        Answer(one.option, frozenset(one.ids), why if one.option == DISCLOSE else None)
        for one in demanded
        if why or one.option != DISCLOSE
    ]
    return replace(decisions, answers=(*decisions.answers, *answers))


def check_decisions(demanded: Iterable[Demand], decisions: Decisions) -> None:
    """Raise DecisionRequired where a decision is missing."""
    if missing := missing_decisions(demanded, decisions):
        raise DecisionRequired([f"{one.message}: decide with {one.option}." for one in missing])


def _is_decided(one: Demand, decisions: Decisions) -> bool:
    """Whether an option, or answers to all that it is about, decide a demand."""
    answered = decisions.answered(one.option)
    if answered and answered.issuperset(one.ids):
        return True
    match one.option:
        case "--remove":
            return decisions.remove
        case "--stale-ok":
            return decisions.stale_ok
        case "--many-ok":
            return decisions.many_ok
        case _:
            return bool(decisions.why) and {*one.ids} <= decisions.disclose | answered


def _listed(ids: Iterable[str]) -> str:
    """Return the first of these ids as text, with how many more there are."""
    every = sorted(ids)
    more = f" and {len(every) - MAX_NAMED} more" if len(every) > MAX_NAMED else ""
    return f"{', '.join(every[:MAX_NAMED])}{more}"


def _removals(prepared: PreparedLoad) -> Iterator[Demand]:
    removed = prepared.parsed.removed_units & {claim.unit for claim in prepared.state.context.claims}
    if removed:
        message = f"{len(removed)} entries that no file states any more would be removed ({_listed(removed)})"
        yield Demand("--remove", message, tuple(sorted(removed)))


def disclosed(prepared: PreparedLoad) -> frozenset[str]:
    """Return the ids of the entries that an earlier load left out, and that this one shows to the public."""
    return frozenset(id_ for one in _disclosures(prepared) for id_ in one.ids)


def _disclosures(prepared: PreparedLoad) -> Iterator[Demand]:
    """Yield a demand for the entries that an earlier load left out, and that this one shows to the public."""
    known = {one for load in prepared.loads for one in load.note.get("left_out", ())}
    if not known or prepared.key is None or prepared.audience is Sensitivity.RESTRICTED:
        return
    stated = {claim.unit for claim in prepared.plan.claims} - prepared.stored_entries.keys()
    if shown := sorted(one for one, digest in prepared.key.digests(stated).items() if digest in known):
        options = " ".join(f"--disclose {one}" for one in shown[:MAX_NAMED])
        yield Demand(DISCLOSE, f"newly visible: {_listed(shown)} ({options} --why …)", tuple(shown))


def _stale(prepared: PreparedLoad) -> Iterator[Demand]:
    if prepared.stale:
        shown = "; ".join(_returning(prepared, one) for one in prepared.stale[:MAX_NAMED])
        more = f" and {len(prepared.stale) - MAX_NAMED} more" if len(prepared.stale) > MAX_NAMED else ""
        yield Demand("--stale-ok", f"{shown}{more}", tuple(one.unit for one in prepared.stale))


def _returning(prepared: PreparedLoad, one: StaleEntry) -> str:
    """Return to what an entry would return, with the values that change."""
    before, after = (
        [claim for claim in merged(claims) if claim.record == one.record or claim.kind == "source"]
        for claims in (prepared.state.context.claims, [*prepared.batch.retained, *prepared.batch.claims])
    )
    [change] = record_changes(before, after, (), [one.record], ())
    changed = [
        each for each in change.fields if each.before
    ]  # of an entry that was removed it is enough that it returns
    values = ", ".join(f"{each.name} {each.before} → {each.after or '(none)'}" for each in changed[:MAX_VALUES])
    return f"{one.unit} returns to what {one.load.title} replaced" + (f" ({values})" if values else "")


def _many(prepared: PreparedLoad) -> Iterator[Demand]:
    """Yield a demand for each collection of which an unusual share is changed or removed."""
    owner = {one: str(row["collection"]) for one, row in prepared.stored_entries.items() if row.get("collection")}
    touched = {*prepared.plan.changes.changed, *prepared.plan.changes.removed}
    sizes = prepared.collection_sizes
    for collection, count in sorted(Counter(owner[one] for one in touched & owner.keys()).items()):
        if count > MANY_RECORDS and count > MANY_SHARE * sizes.get(collection, 0):
            message = f"{count} of {sizes.get(collection, 0)} records of the collection {collection} would be changed or removed"
            yield Demand(
                "--many-ok", message, tuple(sorted(one for one in touched & owner.keys() if owner[one] == collection))
            )
