"""A tiny world whose mornings, evenings and acts are called one by one, as plain Python."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from sim.engine.compiled import ENABLED, Function, rebind
from sim.engine.day.evening import evening
from sim.engine.day.morning import morning
from sim.engine.draws import Purpose, key_of, uniform, uniform_at, uniforms
from sim.engine.drivers.readable import readable
from sim.engine.state.people import MEMBER, Person
from sim.engine.state.plan import SHARED, Params
from sim.model.world import build
from sim.scenario import Scenario, with_changes
from sim.scenario.sections.buying import ProductPlan

#: Everybody knows everybody, products are on sale from day 0, nothing else goes on.
QUIET = {
    "run.days": 100,
    "market.people": 11,
    "market.network.kind": "complete",
    "entrance.seeds.number": 0,
    "business.rocket.paid_products": {"day": 0, "cost": 0.0},
    "business.selling": {"promos_per_week": 0.0, "organic": 1.0},
}


@cache
def of(function: Function) -> Function:
    """The function as plain Python, with all that it calls."""
    plain = rebind(function, compile_again=False) if ENABLED else function

    def run(*given: Any) -> Any:
        with np.errstate(over="ignore"):  # keys of draws wrap around
            return plain(*given)

    return run


class Scene:
    """A world of some people; ``me`` is the first of them, a member, and so is whoever :meth:`let_in` lets in."""

    def __init__(self, *products: ProductPlan, **changes: Any) -> None:
        plain = Scenario().model_dump()
        plain["business"]["products"] = [each.model_dump() for each in products] or plain["business"]["products"]
        given = {key.replace("__", "."): value for key, value in changes.items()}
        self.world = readable(build(with_changes(Scenario.model_validate(plain), QUIET | given)))
        self.board, self.records = self.world.board, self.world.records
        self.let_in(0)
        self.day(0)
        self.begun = int(self.records.event_count[0])

    @property
    def me(self) -> Person:
        return self.world.people.rows[0]

    @property
    def p(self) -> Params:
        return self.board.plan.params[SHARED]

    @property
    def bonds(self) -> Any:
        return self.world.people.bonds[0]

    @property
    def tally(self) -> Any:
        return self.records.tally[0, 0]

    def purse(self, cents: int) -> None:
        """So much may still be spent, all in all."""
        today = self.board.today[0]
        today.capped, today.cap = 1, today.spent + cents
        today.dues_aside = today.places_aside = today.reached = 0

    def let_in(self, person: int) -> None:
        """Make a person a member."""
        me = self.world.people.rows[person]
        me.status, me.first_joined, me.joined_day, me.seen_day = MEMBER, 0, 0, 0

    def day(self, number: int) -> None:
        """The morning of a day."""
        of(morning)(self.world, number)

    def end(self) -> Any:
        """The evening; gives the day's record."""
        of(evening)(self.world)
        return self.records.days[self.board.today[0].day]

    def key(self, luck: int = 0, person: int = 0) -> np.uint64:
        """The key of a person's luck today; ``luck`` numbers lots of it."""
        with np.errstate(over="ignore"):
            return np.uint64(key_of(key_of(self.board.today[0].key, person), luck))

    def drawn(self, purpose: int, luck: int = 0, person: int = 0, index: int | None = None) -> float:
        """The uniform number that decides for a purpose under :meth:`key`."""
        with np.errstate(over="ignore"):
            key = self.key(luck, person)
            return float(uniform(key, purpose) if index is None else uniform_at(key, purpose, index))

    def drawn_for(self, person: int, purpose: int) -> float:
        """The uniform number drawn for a person today, outside their day: a priority."""
        with np.errstate(over="ignore"):
            return float(uniform(key_of(self.board.today[0].key, person), purpose))

    def drawn_for_at(self, person: int, purpose: int, index: int) -> float:
        """The same for the ``index``-th of several like decisions."""
        with np.errstate(over="ignore"):
            return float(uniform_at(key_of(self.board.today[0].key, person), purpose, index))

    def around(self, purpose: int, chance: float, person: int = 0) -> tuple[int, int]:
        """Two lucks: with the first what has that chance just happens, with the second it just does not."""
        with np.errstate(over="ignore"):
            parent = np.uint64(key_of(self.board.today[0].key, person))
        drawn = uniforms(parent, np.arange(20_000), Purpose(purpose))
        under, over = np.where(drawn < chance, drawn, -1.0), np.where(drawn >= chance, drawn, 2.0)
        assert 0.0 < chance < 1.0
        return int(np.argmax(under)), int(np.argmin(over))

    def fits(self, *fits: float) -> None:
        """Let everybody fit each topic (of voices, then of products) so well."""
        rows, topics = self.world.people.rows, self.board.plan.topics
        topics[:] = 0.0
        topics[SHARED, : len(fits), 0] = topics[SHARED, : len(fits), 1] = fits
        for i in range(len(rows)):
            me = rows[i]
            me.tribe, me.tribe2, me.focus, me.norm = 0, 1, 0.5, 1.0

    def act(self, act: Function, luck: int = 0, person: int = 0) -> Any:
        """What a person does; ``luck`` numbers lots of luck."""
        rows, bonds = self.world.people.rows, self.world.people.bonds
        return of(act)(rows[person], bonds[person], self.board, self.p, self.key(luck, person), self.tally)

    def do(self, part: Function, *more: Any) -> Any:
        """A part of the morning or the evening: ``(w, p, record, ...)``."""
        return of(part)(self.world, self.p, self.record, *more)

    def line_up(self, *people: int) -> int:
        """Put people in the line of those who ask and among those picked; gives how many."""
        self.world.scratch.line[: len(people)] = people
        self.world.scratch.picked[: len(people)] = people
        return len(people)

    def person(self, number: int, **columns: Any) -> Person:
        """A person's row, with some columns set."""
        me = self.world.people.rows[number]
        for name, value in columns.items():
            setattr(me, name, value)
        return me

    @property
    def record(self) -> Any:
        """Today's record."""
        return self.records.days[self.board.today[0].day]

    @property
    def events(self) -> list[tuple[int, int, int, int]]:
        """What was noted since all began: (day, kind, which, amount)."""
        noted = self.records.events.array[self.begun : self.records.event_count[0]]
        return [tuple(int(value) for value in each) for each in noted]

    def seen(self) -> dict[str, Any]:
        """All that a day can change, to be compared with :meth:`changed`."""
        world = self.world
        parts: dict[str, Any] = {"bonds": world.people.bonds.copy(), "flags": world.people.flags.copy()}
        tables = {"people": world.people.rows, "today": self.board.today, "tally": self.records.tally}
        tables |= {"days": self.records.days, "groups": self.board.groups, "voices": self.board.voices}
        for name, table in tables.items():
            for field in table.array.dtype.names or ():
                parts[f"{name}.{field}"] = table.array[field].copy()
        return parts

    def changed(self, before: dict[str, Any]) -> set[str]:
        """What differs from what was :meth:`seen` before."""
        return {name for name, value in self.seen().items() if not np.array_equal(value, before[name])}
