"""What is told of a run by arm: counts a day, and on the last day the sums from which effects are estimated.

An effect is about everybody who was assigned, whether or not they ever joined (intention to treat). Where circles or
tribes were assigned, the sums are over these: what people of one unit have in common then counts once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.draws import root_key
from sim.engine.state.measures import FIXED, ArmDay
from sim.engine.state.people import MEMBER, STRONG
from sim.engine.state.plan import SHARED
from sim.engine.state.world import World
from sim.market.network import Network
from sim.model.arms import key_of_run, units
from sim.model.weights import GROWING
from sim.scenario.schema import Scenario
from sim.scenario.sections.arms import NO_ARM

Columns = dict[str, Any]
#: What is compared between arms, a person: name → unit.
OUTCOMES = {
    "member": "share", "active": "share", "tie": "strength", "strong": "share", "purchases": "purchases",
    "spent": "currency", "brought": "people",
}  # fmt: skip
#: Of whom: of all who were assigned, or of the members among them (whom being treated has chosen as well).
AMONG = ("all", "members")
#: Sums over units of the number n of their people and of the sum y of an outcome over them.
SUMS = ("units", "people", "total", "people_squared", "total_squared", "product")


class Treated(NamedTuple):
    """What is kept of a run by arm (A arms, the first is none), all empty where a plan has none.

    ``days``: ArmDay[day, A]. ``people``: int64[day, A]. ``sums``: float64[arm, in it or none, AMONG, OUTCOMES, SUMS].
    """

    days: NDArray[np.void]
    people: NDArray[np.int64]
    sums: NDArray[np.float64]


def treated_of(scenario: Scenario, replicate: int, w: World) -> Treated:
    """What is told by arm of a world that has lived some days."""
    days, count = np.asarray(w.records.arm_days), 1 + len(scenario.arms)
    if count == 1:
        return Treated(days[:0], np.zeros((0, 1), np.int64), np.zeros((0, 2, len(AMONG), len(OUTCOMES), len(SUMS))))
    rows, u = np.asarray(w.people.rows), scenario.run.users_per_agent
    before = np.zeros((len(rows) + 1, count), np.int64)
    np.cumsum(rows["arm"][:, None] == np.arange(count), axis=0, out=before[1:])
    days = days.copy()
    for column in ArmDay.columns():
        days[column.name] *= u if column.unit in GROWING else 1
    return Treated(days, before[w.playbook.present] * u, _sums(scenario, replicate, w, rows))


def _sums(scenario: Scenario, replicate: int, w: World, rows: NDArray[np.void]) -> NDArray[np.float64]:
    """The sums of :class:`Treated`, over the people who are in the market on the last day lived."""
    today, network = w.board.today[0], Network(w.people.indptr, w.people.neighbours)
    key = key_of_run(root_key(scenario.run.seed, replicate))
    present = np.arange(len(rows)) < int(today["people"] if isinstance(today, np.void) else today.people)
    day = int(today["day"] if isinstance(today, np.void) else today.day)
    outcomes, member = _outcomes(rows, day), rows["status"] == MEMBER
    found = np.zeros((len(scenario.arms), 2, len(AMONG), len(OUTCOMES), len(SUMS)))
    for a, arm in enumerate(scenario.arms):
        unit = np.unique(units(arm.who, rows, network, key), return_inverse=True)[1]
        for side, number in enumerate((a + 1, SHARED)):
            chosen = present & (rows["arm"] == number)
            for among, of in enumerate((chosen, chosen & member)):
                n = np.bincount(unit[of])
                for o, values in enumerate(outcomes):
                    y = np.bincount(unit[of], values[of])
                    found[a, side, among, o] = (n > 0).sum(), n.sum(), y.sum(), n @ n, y @ y, n @ y
    return found


def _outcomes(rows: NDArray[np.void], day: int) -> NDArray[np.float64]:
    """The OUTCOMES of everybody, float64[outcome, person]."""
    member = rows["status"] == MEMBER
    values = (
        member, member & (day - rows["seen_day"] < 7), rows["tie"], rows["tier"] == STRONG, rows["purchases"],
        rows["spent"] / 100.0, rows["referrals"],
    )  # fmt: skip
    return np.array(values, np.float64)


def names_of(scenario: Scenario) -> list[str]:
    """The arms as tables call them, those in none first."""
    return [NO_ARM, *(arm.name for arm in scenario.arms)]


def arm_columns(scenario: Scenario, treated: Treated) -> Columns:
    """The table of arms: a row a day and arm."""
    names, days = names_of(scenario), treated.days
    count = len(days)
    flat = days.reshape(-1)
    plain = ("members", "active", "weak", "strong", "joined", "left", "purchases")
    with np.errstate(invalid="ignore", divide="ignore"):
        satisfaction = flat["satisfaction_sum"] / FIXED / flat["judging"]
        tie = flat["tie_sum"] / FIXED / flat["members"]
    return {
        "day": np.repeat(np.arange(count), len(names)),
        "arm": np.tile(np.array(names, object), count),
        "people": treated.people.reshape(-1),
        **{name: flat[name] for name in plain},
        "revenue": flat["revenue"] / 100.0,
        "satisfaction_mean": satisfaction,
        "tie_strength_mean": tie,
    }


def trial_columns(scenario: Scenario, treated: Treated) -> Columns:
    """The table of trials: a row an arm, side (the arm, or none), people (all, or members) and outcome."""
    rows = list(_rows(scenario, treated))
    names = ("arm", "side", "among", "outcome")
    columns: Columns = {name: np.array([row[k] for row in rows], object) for k, name in enumerate(names)}
    return columns | {name: np.array([row[4][k] for row in rows], np.float64) for k, name in enumerate(SUMS)}


def _rows(scenario: Scenario, treated: Treated) -> Iterator[tuple[str, str, str, str, NDArray[np.float64]]]:
    for a, arm in enumerate(scenario.arms):
        for side, label in enumerate((arm.name, NO_ARM)):
            for among, whom in enumerate(AMONG):
                for o, outcome in enumerate(OUTCOMES):
                    yield arm.name, label, whom, outcome, treated.sums[a, side, among, o]
