"""What a playbook comes to: phases of the plan, known beforehand, and what lies over them by condition or by chance.

Changes that stay from a day on make up the plan of a day; where two set the same, the later day wins, and on one day
the entry further down. Over that plan lie the entries that end, or begin by condition or at random, in the order of
the file. Days are known beforehand, so a plan changes by date from phase to phase. All else may hold at any time, alone
or with others: each such combination is a *state* of a phase.

Entries hang together if what one sets decides, with what another one sets, a value or whether a plan is possible: only
their combinations are laid out. Groups of them do not touch each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sim.errors import InputError, InputErrors
from sim.scenario.catalogue import Block, lookup, pattern, steps
from sim.scenario.changes import checked, put
from sim.scenario.parameter import Section
from sim.scenario.refusal import refusal
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import position

#: Entries that may hang together: all their combinations are laid out (design choice).
MOST = 5
#: What the compiled plan makes of several parameters at once: the team of all operators, the topics of all that speaks.
_TEAM = "structure.operators"
_TOPICS = frozenset((
    *("culture.theme", "culture.breadth", "structure.kols[].topic", "structure.kols[].breadth"),
    "business.products[].needs_topic",
))  # fmt: skip
#: Names of the items of each list, by its key.
Names = Mapping[str, Sequence[str | None]]


class Outline(NamedTuple):
    """An entry as far as it decides what can hold at once: ``first`` is its day, None where that is not known."""

    first: int | None
    lasts: int | None
    keys: tuple[str, ...]

    def holds(self, day: int) -> bool:
        """Whether a dated entry holds on a day."""
        return self.first is not None and self.first <= day and (self.lasts is None or day < self.first + self.lasts)


class Played(NamedTuple):
    """A scenario with its playbook.

    Parameters
    ----------
    phases : first day of each phase, and the scenario from then on.
    groups : numbers of the entries that hang together, of those that begin by condition or at random.
    states : of each phase, group after group, the scenario in each state: state s of a group of g entries, from 1 to
        2ᵍ − 1, is that in which those of its entries hold whose bits are set in s.
    """

    phases: list[tuple[int, Scenario]]
    groups: list[tuple[int, ...]]
    states: list[list[Scenario]]


def played(scenario: Scenario) -> Played:
    """The scenario with its playbook laid out.

    Raises
    ------
    InputErrors : a key that cannot change during a run, a value outside its range, or a contradiction.
    """
    over = phases(scenario)
    outlines = _outlines(scenario)
    found = groups(outlines, {key: [item.name for item in items] for key, items in scenario.tables().items()})
    states = [
        [_changed(scenario, holding(outlines, day, state)) for group in found for state in states_of(group)]
        for day in turns(outlines)
    ]
    return Played(over, found, states)


def phases(scenario: Scenario) -> list[tuple[int, Scenario]]:
    """The plan as dates change it: first day of each phase, and the scenario from then on. The first day is 0.

    Raises
    ------
    InputErrors : a key that cannot change during a run, a value outside its range, or a contradiction.
    """
    if refused := [error for entry in scenario.playbook for key in entry.set if (error := refusal(key))]:
        raise InputErrors(refused)
    outlines = _outlines(scenario)
    return [(day, _changed(scenario, holding(outlines, day))) for day in turns(outlines)]


def _outlines(scenario: Scenario) -> list[Outline]:
    return [Outline(e.first if e.dated else None, e.lasts, tuple(e.set)) for e in scenario.playbook]


def turns(outlines: Sequence[Outline]) -> list[int]:
    """The days on which a phase begins, in order."""
    days = {0}
    for entry in outlines:
        if entry.first is not None:
            days |= {entry.first} | ({entry.first + entry.lasts} if entry.lasts else set())
    return sorted(days)


def holding(outlines: Sequence[Outline], day: int, also: Iterable[int] = ()) -> list[int]:
    """The numbers of the entries that hold on a day, in the order in which they are applied.

    ``also``: those that hold by condition or by chance.
    """
    dated = [number for number, entry in enumerate(outlines) if entry.holds(day)]
    stay = [number for number in dated if outlines[number].lasts is None]
    over = {number for number in dated if outlines[number].lasts is not None} | set(also)
    return [*sorted(stay, key=lambda number: outlines[number].first or 0), *sorted(over)]


def groups(outlines: Sequence[Outline], names: Names) -> list[tuple[int, ...]]:
    """The numbers of the entries without a day that hang together, those of each group in order.

    Raises
    ------
    InputErrors : more of them than can be laid out.
    """
    found: list[tuple[set[int], set[str]]] = []
    for number, entry in enumerate(outlines):
        if entry.first is not None or not entry.keys:
            continue
        members, decided = {number}, {each for key in entry.keys for each in _decides(key, names)}
        for group in [group for group in found if group[1] & decided]:
            found.remove(group)
            members, decided = members | group[0], decided | group[1]
        found.append((members, decided))
    made = sorted(tuple(sorted(members)) for members, _ in found)
    for one in made:
        if len(one) > MOST:
            problem = f"playbook: the entries {', '.join(map(str, one))} hang together and may hold in any combination"
            expected = f"at most {MOST} entries with when or rate that set the same, or parts of one whole"
            raise InputErrors([InputError(problem, expected=expected, hint="Give some of them a day, or join them.")])
    return made


def states_of(group: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The states of a group in their order: which of its entries hold; that in which none does is left out."""
    for state in range(1, 2 ** len(group)):
        yield tuple(number for bit, number in enumerate(group) if state >> bit & 1)


def _decides(key: str, names: Names) -> Iterator[str]:
    """What a key decides: itself, the blocks in which it may contradict something, what is compiled from several."""
    path = steps(key)
    for table, items in names.items():
        depth = table.count(".") + 1
        if ".".join(path[:depth]) == table and len(path) > depth:
            at = position(list(items), path[depth])
            path = [*path[:depth], str(at), *path[depth + 1 :]]
    yield ".".join(path)
    for depth in range(1, len(path)):
        block = lookup(path[:depth])
        if isinstance(block, Block) and block.kind.contradictions is not Section.contradictions:
            yield ".".join(path[:depth])
    if key.startswith(f"{_TEAM}."):
        yield _TEAM
    if pattern(path) in _TOPICS:
        yield "topics"


def _changed(scenario: Scenario, numbers: Sequence[int]) -> Scenario:
    """The scenario with some entries applied one after the other."""
    changes = [change for number in numbers for change in scenario.playbook[number].set.items()]
    if not changes:
        return scenario
    plain = scenario.model_dump()
    for key, value in changes:
        put(plain, key, value)
    return checked(plain)
