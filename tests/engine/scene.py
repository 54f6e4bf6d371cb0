"""A tiny world whose mornings, evenings and acts are called one by one, as plain Python."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from sim.engine.compiled import Function, rebind
from sim.engine.day.evening import evening
from sim.engine.day.morning import morning
from sim.engine.draws import key_of
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
MORNING, EVENING = (rebind(part, compile_again=False) for part in (morning, evening))


@cache
def of(function: Function) -> Function:
    """The function as plain Python, with all that it calls."""
    return rebind(function, compile_again=False)


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
        return self.records.tally[0]

    def let_in(self, person: int) -> None:
        """Make a person a member."""
        me = self.world.people.rows[person]
        me.status, me.first_joined, me.joined_day, me.seen_day = MEMBER, 0, 0, 0

    def day(self, number: int) -> None:
        """The morning of a day."""
        with np.errstate(over="ignore"):
            MORNING(self.world, number)

    def end(self) -> Any:
        """The evening; gives the day's record."""
        with np.errstate(over="ignore"):
            EVENING(self.world)
        return self.records.days[self.board.today[0].day]

    def act(self, act: Function, luck: int = 0, person: int = 0) -> Any:
        """What a person does; ``luck`` numbers lots of luck."""
        rows, bonds, today = self.world.people.rows, self.world.people.bonds, self.board.today[0]
        with np.errstate(over="ignore"):
            key = key_of(key_of(today.key, person), luck)
            return of(act)(rows[person], bonds[person], self.board, self.p, key, self.tally)
