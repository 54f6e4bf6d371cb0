"""Measurements of spreading: exact limits, contagion, friends inside, cascades, hubs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from sim.engine.state.people import NEVER
from sim.lab.evidence.behaviour import members
from sim.lab.evidence.finding import (
    Curve,
    Finding,
    Floats,
    Measurement,
    Seen,
    each,
    gap,
    jackknife,
    of,
    over,
    pooled,
    ratio,
    ratio_of_ratios,
)
from sim.lab.evidence.pattern import Text
from sim.lab.evidence.trials import MONTH, Array, Lived

#: Days in one unit of time of the Bass market.
A_UNIT = 100
#: Its parameters of innovation and imitation.
P, Q = 0.03, 0.38
#: The most friends inside that are told apart.
MOST_FRIENDS = 6


def adopters(run: Lived) -> Floats:
    """Share of the market that has joined by the end of each day."""
    return np.asarray(np.cumsum(run.days["joined"]) / len(run.people))


def reached(run: Lived) -> float:
    """Share of the market that ever joined."""
    return float(run.registered.mean())


def per_founder(run: Lived) -> float:
    """All who ever joined for each founder."""
    return float(run.registered.sum() / run.run.scenario.entrance.seeds.number)


def _bass(figure: Callable[[Floats], float], *, shown: bool = False) -> Measurement:
    """A figure of the curve of adopters, which may be ``shown`` beside the exact one."""

    def weigh(seen: Seen) -> Finding:
        curves = np.array(seen["bass"])
        found = of([figure(curve) for curve in curves])
        if not shown:
            return found
        days = np.arange(0, curves.shape[1], 50)
        t = (days + 1) / A_UNIT
        gone = np.exp(-(P + Q) * t)
        exact = (1 - gone) / (1 + Q / P * gone)
        labels = Text("unit of time", "时间单位"), Text("share that has joined", "已加入比例")
        beside = Curve(t.tolist(), curves.mean(axis=0)[days].tolist(), *labels, target=exact.tolist())
        return found.with_(beside)

    return Measurement({"bass": adopters}, weigh)


def _time_of(share: float) -> Callable[[Floats], float]:
    """Unit of time at which a curve reaches ``share``, between days; NaN if it does not."""

    def time(curve: Floats) -> float:
        if curve[-1] < share:
            return math.nan
        return float(np.interp(share, np.concatenate(([0.0], curve)), np.arange(curve.size + 1))) / A_UNIT

    return time


def halfway(run: Lived) -> tuple[float, float]:
    """Days until half of those who join at last have joined, and one run, or nothing where nobody but founders did."""
    curve = np.cumsum(run.days["joined"])
    if curve[-1] <= run.run.scenario.entrance.seeds.number:
        return 0.0, 0.0
    return float(np.searchsorted(curve, curve[-1] / 2)) + 1.0, 1.0


def by_friends(run: Lived) -> Floats:
    """Of those outside at each look with 0, 1, 2, … friends inside: how many there are, and join within a month."""
    counted = np.zeros((2, MOST_FRIENDS + 1))
    for _, inside, outside, joins in _months(run):
        friends = np.minimum(run.friends(inside), MOST_FRIENDS)
        counted[0] += np.bincount(friends[outside], minlength=MOST_FRIENDS + 1)
        counted[1] += np.bincount(friends[outside & joins], minlength=MOST_FRIENDS + 1)
    return counted


def by_link(run: Lived) -> list[float]:
    """Joins and people outside with just two friends inside: who know each other, and who do not."""
    counted = np.zeros((2, 2))
    net = run.network
    for _, inside, outside, joins in _months(run):
        for person in np.nonzero(outside & (run.friends(inside) == 2))[0]:
            own = net.indices[net.indptr[person] : net.indptr[person + 1]]
            one, other = own[inside[own]]
            row = net.indices[net.indptr[one] : net.indptr[one + 1]]
            at = int(np.searchsorted(row, other))
            apart = 0 if at < row.size and row[at] == other else 1
            counted[apart] += (float(joins[person]), 1.0)
    return counted.ravel().tolist()


def _months(run: Lived) -> list[tuple[int, Array, Array, Array]]:
    """(day, who is inside, who never was, who joins within a month) at each look but the last."""
    joined = run.people["first_joined"]
    found = []
    for day in run.looks[:-1]:
        inside = run.registered & (joined < day)
        soon = run.registered & (joined >= day) & (joined < day + MONTH)
        found.append((int(day), inside, ~inside, soon))
    return found


def _flattening(sums: Floats) -> float:
    """Rise of the chance of joining from 3 to 5 friends relative to that from 1 to 3."""
    people, joins = sums.reshape(2, -1)
    chance = joins / people
    return over(chance[5] - chance[3], chance[3] - chance[1])


def _join_curve(seen: Seen) -> Finding:
    sums = np.array([np.ravel(row) for row in seen["base"]])
    people, joins = sums.sum(axis=0).reshape(2, -1)
    labels = Text("friends inside", "圈内好友数"), Text("join in a month", "月加入概率")
    shown = slice(0, MOST_FRIENDS)  # the last entry holds all who have more
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = joins / people
    x = np.arange(MOST_FRIENDS, dtype=float)
    return jackknife(sums, _flattening).with_(Curve(x.tolist(), chance[shown].tolist(), *labels))


def shallow(run: Lived) -> tuple[float, float]:
    """Cascades no deeper than one step, and all cascades."""
    inviter, joined = run.people["inviter"].astype(np.int64), run.registered
    root, depth = np.arange(len(inviter)), np.zeros(len(inviter), int)
    for _ in range(64):  # as many generations as are recorded
        above = inviter[root]
        climbs = joined & (above != NEVER)
        if not climbs.any():
            break
        root[climbs], depth[climbs] = above[climbs], depth[climbs] + 1
    deepest = np.zeros(len(inviter), int)
    np.maximum.at(deepest, root[joined], depth[joined])
    roots = joined & (inviter == NEVER)
    return float((deepest[roots] <= 1).sum()), float(roots.sum())


def through_friends(run: Lived) -> float:
    """Newcomers through friends."""
    return float(run.run.joined[:, run.origin("friends")].sum())


SPREAD: Mapping[str, Measurement] = {
    "P01a": _bass(_time_of(0.5), shown=True),
    "P01b": _bass(_time_of(0.1)),
    "P01c": _bass(_time_of(0.9)),
    "P01d": _bass(lambda curve: float(curve[618])),
    "P03a": each("epidemic_1.5", reached),
    "P03b": each("epidemic_2.0", reached),
    "P03c": each("epidemic_3.0", reached),
    "P05a": each("loop_0.5", per_founder),
    "P05b": each("loop_0.8", per_founder),
    "P06a": gap("rewired", "ring", reached),
    "P06b": pooled({"rewired": halfway, "ring": halfway}, ratio_of_ratios),
    "P07a": Measurement({"base": by_friends}, _join_curve),
    "P07b": pooled({"base": by_link}, ratio_of_ratios),
    "P08": pooled({"closed": members, "open": members}, ratio_of_ratios),
    "P18": pooled({"base": shallow}, ratio),
    "P27": pooled({"hubs": through_friends, "anybody": through_friends}, ratio),
}
