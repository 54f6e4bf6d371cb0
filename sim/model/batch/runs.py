"""Batches of small runs of one shape: their plans as rows of one array, their markets and founders beside it.

A run of some hundred people takes no longer than Python needs to prepare it and to read it out. Here both are done
once for many runs, and :mod:`sim.model.batch.driver` lives them in one call. The bits are those of single runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled import ENABLED
from sim.engine.draws import root_key
from sim.engine.state.arrays import Arrays, Flags, Words
from sim.engine.state.measures import Day
from sim.engine.state.people import Person
from sim.model.arms import assigned, key_of_run
from sim.model.batch.driver import Batch, sweep_batch
from sim.model.plan import CompiledPlan
from sim.model.playbook import turns_of
from sim.model.weights import days_of_people, times
from sim.model.world import (
    MarketDraw,
    blank,
    draw_market,
    fit_lifts,
    founders,
    groups_of,
    plan_of,
    planned,
    today_of,
    world_of,
)
from sim.scenario.scale import in_agents
from sim.scenario.schema import Scenario
from sim.scenario.sections.arms import Arm
from sim.scenario.sections.seeds import Seeds

#: User-days up to which a run is lived in a batch, and of a whole batch: about a tenth of a second. Design choice.
SMALL, TOGETHER = 500_000, 2_500_000

#: Themes and founders that a market remembers (design choice).
MOST_KNOWN = 16

#: Agents, people for whom each stands, days, phases, what a plan says at one time, groups; of the playbook its entries,
#: what they can do at most, comparisons, states and what they change; arms, and what arms have of their own: what
#: decides the shapes of a world, but for its friendships.
Shape = tuple[int, int, int, int, np.dtype[np.void], int, tuple[int, ...], int, int]


class PlanRow(NamedTuple):
    """A plan laid out for all its replicates.

    ``themes``: float64[theme, tribe], the community's topic in each phase, and then in each state that changes it, the
    words of which are ``lifts``; ``first``: people on day 0; ``arms``: treatments.
    """

    workspace: Workspace
    words: Words
    themes: NDArray[np.float64]
    lifts: NDArray[np.int64]
    seeds: Seeds
    first: int
    arms: Sequence[Arm]

    @property
    def shape(self) -> Shape:
        """Plan rows of one shape go together."""
        return self.workspace.shape

    @property
    def user_days(self) -> int:
        """People × days of a run."""
        return self.workspace.user_days


class SharedMarket:
    """The market of one seed and replicate, and what all runs in it share."""

    def __init__(self, scenario: Scenario, replicate: int) -> None:
        self.market: MarketDraw = draw_market(scenario, replicate)  # nobody writes into it
        self.key = root_key(scenario.run.seed, replicate)
        self._known: dict[tuple[object, ...], NDArray[Any]] = {}

    def fit_lifts(self, plan_row: PlanRow) -> NDArray[np.float64]:
        """See :func:`sim.model.world.fit_lifts`."""
        return self._once(lambda: fit_lifts(plan_row.themes, self.market.people), plan_row.themes.tobytes())

    def founders(self, plan_row: PlanRow) -> NDArray[np.int64]:
        """See :func:`sim.model.world.founders`."""
        seeds, theme = plan_row.seeds, plan_row.themes[0]
        return self._once(
            lambda: founders(seeds, theme, self.market.people[: plan_row.first], self.key),
            *(seeds.number, seeds.choice, plan_row.first, theme.tobytes()),
        )

    def arms(self, plan_row: PlanRow) -> Flags:
        """See :func:`sim.model.arms.assigned`; uint8[0] where the plan has no arms."""
        whom = tuple(arm.who.model_dump_json() for arm in plan_row.arms)
        if not whom:
            return np.zeros(0, np.uint8)
        drawn = self.market
        return self._once(
            lambda: assigned(plan_row.arms, drawn.people, drawn.network, key_of_run(self.key)), "arms", *whom
        )

    def _once(self, made: Callable[[], NDArray[Any]], *key: object) -> NDArray[Any]:
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:  # the theme is varied: nothing is met again soon
                self._known.clear()
            self._known[key] = made()
        return self._known[key]


class Start(NamedTuple):
    """One run of a batch."""

    plan_row: PlanRow
    shared: SharedMarket


class Records(NamedTuple):
    """What is kept of the runs of a batch: Day[run, day], int64[run, day, AGES, 2]; ``people`` in each market."""

    people: int
    days: NDArray[np.void]
    cohorts: NDArray[np.int64]


class Workspaces:
    """One workspace for each shape."""

    def __init__(self) -> None:
        self._made: dict[Shape, Workspace] = {}

    @property
    def people(self) -> int:
        """People for whom there is memory."""
        return sum(each.n for each in self._made.values())

    def plan_row(self, scenario: Scenario, market: MarketDraw) -> PlanRow | None:
        """Lay out a plan; None if its runs are large, and better lived one by one.

        Raises
        ------
        InputError : a topic that the market does not have.
        """
        n = len(market.people)
        if not ENABLED or n * scenario.run.days > SMALL:
            return None
        weight, scenario = scenario.run.users_per_agent, in_agents(scenario)
        plan = plan_of(scenario, market)
        given = planned(plan, today_of(scenario, np.uint64(0), n, weight))
        shape = (
            *(n, weight, len(plan.phases), len(plan.rows), plan.rows.dtype, groups_of(plan, n), _playbook(plan)),
            *(plan.arms, len(plan.own)),
        )
        if shape not in self._made:
            self._made[shape] = Workspace(shape, plan, given)
        workspace = self._made[shape]
        themes = np.concatenate([plan.themes, plan.patches.themes])
        words, lifts, first = workspace.plan.row(given), plan.patches.lifts, int(plan.present[0])
        return PlanRow(workspace, words, themes, lifts, scenario.entrance.seeds, first, scenario.arms)


def live(starts: Sequence[Start]) -> Records:
    """All days of some runs of one shape, in their order."""
    return starts[0].plan_row.workspace.live(starts)


class _Memory:
    """Arrays of some shapes, one after the other in a block of memory."""

    def __init__(self, arrays: Arrays) -> None:
        self._places: dict[str, tuple[int, NDArray[Any]]] = {}
        self.size = 0
        for name, array in arrays.items():
            self._places[name] = (self.size, array)
            self.size += (array.nbytes + 7) // 8
        self.words = self.row(arrays)
        self.arrays = self._views(self.words)

    def row(self, arrays: Arrays) -> Words:
        """Arrays of the same shapes, in a block of their own: uint64[size]."""
        parts = (arrays[name].tobytes() for name in self._places)
        return np.frombuffer(b"".join(part + bytes(-len(part) % 8) for part in parts), np.uint64).copy()

    def column(self, rows: Words, name: str) -> NDArray[Any]:
        """One array in every row of uint64[row, size], flattened: shape [row, items]."""
        first, array = self._places[name]
        return rows[:, first:].view(np.uint8)[:, : array.nbytes].view(array.dtype)

    def _views(self, words: Words) -> Arrays:
        return {name: self.column(words[None], name).reshape(like.shape) for name, (_, like) in self._places.items()}


class Workspace:
    """The memory of one world, which machine code makes anew for each run.

    ``plan``: any plan of the shape, with the arrays ``given`` that it fills.
    """

    def __init__(self, shape: Shape, plan: CompiledPlan, given: Arrays) -> None:
        self.shape, self.n, self.weight = shape, shape[0], shape[1]
        self.user_days = self.n * shape[2]
        n, self._row = self.n, plan.rows.dtype
        self.plan, self._state = _Memory(given), _Memory(blank(plan, n))
        self._blank = self._state.words.copy()
        self._people = np.zeros(n, Person.dtype)
        self._indptr, self._neighbours = np.zeros(n + 1, np.int64), np.zeros(0, np.int32)

    def live(self, starts: Sequence[Start]) -> Records:
        """See :func:`live`."""
        number = {id(start.shared): start.shared for start in starts}
        shared_markets, place = list(number.values()), {key: k for k, key in enumerate(number)}
        sizes = [len(shared.market.network.indices) for shared in shared_markets]
        if max(sizes) > len(self._neighbours):
            self._neighbours = np.zeros(max(sizes), np.int32)
        drawn = {"people.rows": self._people, "people.indptr": self._indptr, "people.neighbours": self._neighbours}
        world = world_of({**self.plan.arrays, **self._state.arrays, **drawn}, self._row)
        days = np.zeros((len(starts), len(world.records.days)), Day.dtype)
        cohorts = np.zeros((len(starts), *world.records.cohorts.shape), np.int64)
        batch = Batch(
            world=world,
            plan=self.plan.words,
            state=self._state.words,
            people_words=self._people.view(np.uint64),
            plans=self._plans(starts),
            blank=self._blank,
            markets=np.stack([shared.market.people.view(np.uint64) for shared in shared_markets]),
            starts=np.stack([shared.market.network.indptr for shared in shared_markets]),
            friends=np.concatenate([shared.market.network.indices for shared in shared_markets]),
            first=np.cumsum([0, *sizes[:-1]], dtype=np.int64),
            market=np.array([place[id(start.shared)] for start in starts], np.int64),
            arms=np.stack([start.shared.arms(start.plan_row) for start in starts]),
            founders=_filled_up([start.shared.founders(start.plan_row) for start in starts]),
            days=days.view(np.int64).reshape(len(starts), *world.records.days_flat.shape),
            cohorts=cohorts,
        )
        with np.errstate(over="ignore"):
            sweep_batch(batch)
        u = self.weight
        return Records(self.n * u, days_of_people(days, u), times(cohorts, u))

    def _plans(self, starts: Sequence[Start]) -> Words:
        """The plans of the runs as uint64[run, word], each in its market and with its luck."""
        plans = np.stack([start.plan_row.words for start in starts])
        rows = self.plan.column(plans, "playbook.rows").view(self._row)
        changed = self.plan.column(plans, "playbook.changed")
        for run, start in enumerate(starts):
            lifts = start.shared.fit_lifts(start.plan_row)
            rows["fit_lift"][run] = lifts[: rows.shape[1]]
            changed[run, start.plan_row.lifts] = lifts[rows.shape[1] :].view(np.uint64)
        self.plan.column(plans, "board.today")["run_key"][:, 0] = [start.shared.key for start in starts]
        return plans


def _playbook(plan: CompiledPlan) -> tuple[int, ...]:
    """What a playbook adds to the shape of a world."""
    entries, patches = plan.entries, plan.patches
    turns = turns_of(entries["playbook.entries"], len(plan.phases))
    return (*map(len, entries.values()), turns, patches.cuts.shape[1], len(patches.places))


def _filled_up(chosen: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Lists of people as rows of one array, filled up with -1."""
    rows = np.full((len(chosen), max(len(each) for each in chosen)), -1, np.int64)
    for row, each in zip(rows, chosen, strict=True):
        row[: len(each)] = each
    return rows
