"""Arms: who is in which, settled before day 0, and what each has of its own as words of the compiled plan."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.draws import Purpose, uniforms
from sim.engine.state.arrays import Flags, Floats, Ints, Words
from sim.engine.state.plan import SHARED
from sim.market.network import Network
from sim.scenario.catalogue import steps
from sim.scenario.changes import get, treated
from sim.scenario.schema import Scenario
from sim.scenario.sections.arms import TRAITS, Arm, Who, asked

#: What is drawn for each unit that is assigned at random.
DRAWN = {"person": Purpose.ARM, "circle": Purpose.ARM_OF_CIRCLE, "tribe": Purpose.ARM_OF_TRIBE}
#: Tables of the compiled plan that scenarios list, and where the first item stands (voice 0 is the firm).
LISTED = {
    "structure.kols": ("voices", 1),
    "entrance.channels": ("channels", 0),
    "mechanism.activities": ("activities", 0),
    "business.products": ("products", 0),
}
_SIGNS = {
    "==": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


def key_of_run(key: Any) -> np.uint64:
    """A key apart from those of the days, for what is drawn before day 0."""
    with np.errstate(over="ignore"):
        return np.uint64(key) ^ np.uint64(0x5EED5EED5EED5EED)


def assigned(arms: Sequence[Arm], people: NDArray[np.void], network: Network, key: np.uint64) -> Flags:
    """The arm of everybody, uint8[person]; 0 for those in none.

    Each arm takes, in the order of the file, whom it asks for of those whom none has taken. What is drawn at random is
    a function of the replicate's luck and of the person (circle, tribe) alone: it is the same under every plan, a
    larger share holds the smaller one, and no share is missed by more than half a unit.

    Parameters
    ----------
    people : Person[n]. network : whom they know. key : of what is drawn before day 0.
    """
    found = np.full(len(people), SHARED, np.uint8)
    taken = dict.fromkeys(DRAWN, 0.0)
    for number, arm in enumerate(arms, 1):
        who = arm.who
        if who.random is not None:
            lots = lot(units(who, people, network, key), DRAWN[who.by], key)
            chosen = (lots >= taken[who.by]) & (lots < taken[who.by] + who.random)
            taken[who.by] += who.random
        else:
            chosen = _named(who, people)
        found[chosen & (found == SHARED)] = number
    return found


def units(who: Who, people: NDArray[np.void], network: Network, key: np.uint64) -> Ints:
    """The number of the unit by which each person is assigned: the person, the circle, or the tribe."""
    if who.by == "circle":
        return circles(network, key)
    return np.asarray(people["tribe"] if who.by == "tribe" else np.arange(len(people)), np.int64)


def circles(network: Network, key: np.uint64) -> Ints:
    """The circle of everybody, named by the friend (or oneself) with the highest lot: neighbours tend to share one.

    One-hop max clustering (Ugander & Yin 2023): a partition of any network that depends on the draws only.
    """
    rank = np.argsort(np.argsort(uniforms(key, np.arange(network.n), Purpose.CIRCLE), kind="stable"), kind="stable")
    best = rank.copy()
    own = np.repeat(np.arange(network.n), np.diff(network.indptr))
    np.maximum.at(best, own, rank[network.indices])
    return np.asarray(np.argsort(rank, kind="stable")[best], np.int64)


def lot(unit: Ints, purpose: Purpose, key: np.uint64) -> Floats:
    """For everybody the place in line of their unit, in (0, 1): units in a random order, evenly spaced."""
    names, where = np.unique(unit, return_inverse=True)
    drawn = uniforms(key, names, purpose)
    place = np.argsort(np.argsort(drawn, kind="stable"), kind="stable")
    return np.asarray(((place + 0.5) / max(1, len(names)))[where])


def _named(who: Who, people: NDArray[np.void]) -> NDArray[np.bool_]:
    """Whether each person is one of those whom a condition, a list or a number names."""
    chosen = np.zeros(len(people), bool)
    if who.condition is not None:
        parts = asked(who.condition)
        assert parts, "the schema has read it"
        chosen[:] = np.logical_and.reduce([
            _SIGNS[part.sign](people[TRAITS[part.trait][0]], part.bound) for part in parts
        ])  # fmt: skip
    elif who.first is not None:
        chosen[: who.first] = True
    else:
        chosen[[person for person in who.people if person < len(people)]] = True
    return chosen


def patches_of(scenario: Scenario, row: np.dtype[np.void]) -> Words:
    """What each arm has of its own, uint64[patch, 4]: see :class:`sim.engine.state.plan.Playbook`.

    Parameters
    ----------
    row : the record of all that a plan says at one time.

    Raises
    ------
    InputErrors : an arm sets what cannot differ between people, or what contradicts itself.
    """
    rows = []
    for number, (arm, plan) in enumerate(zip(scenario.arms, treated(scenario), strict=True), 1):
        plain = plan.model_dump()
        rows += [(number, *_patch(row, key, plain)) for key in arm.set]
    return np.array(rows, np.uint64).reshape(-1, 4)


def _patch(row: np.dtype[np.void], key: str, plain: dict[str, Any]) -> tuple[int, int, int]:
    """The word at which a parameter stands, its bits there, and their value."""
    kind, offset = place(row, key, plain)
    bits, value = np.zeros(row.itemsize, np.uint8), np.zeros(row.itemsize, np.uint8)
    bits[offset : offset + kind.itemsize] = 255
    value[offset : offset + kind.itemsize] = np.array([get(plain, steps(key))], kind).view(np.uint8)
    word = offset // 8
    return word, int(bits.view(np.uint64)[word]), int(value.view(np.uint64)[word])


def place(row: np.dtype[np.void], key: str, plain: dict[str, Any]) -> tuple[np.dtype[Any], int]:
    """The dtype of a compiled parameter, and where it stands in the record of a plan, in bytes."""
    path = steps(key)
    table = LISTED.get(".".join(path[:2]))
    if table is None:
        kind, offset = _field(row, "params")
    else:
        name, first = table
        listed, offset = _field(row, name)
        kind, items = listed.base, get(plain, path[:2])
        assert isinstance(items, list)
        names = [item["name"] for item in items if isinstance(item, dict)]
        offset += (first + (names.index(path[2]) if path[2] in names else int(path[2]))) * kind.itemsize
        path = path[3:]
    for step in path:
        kind, inside = _field(kind, step)
        offset += inside
    return kind, offset


def _field(kind: np.dtype[Any], name: str) -> tuple[np.dtype[Any], int]:
    assert kind.fields is not None
    found = kind.fields[name]
    return found[0], int(found[1])
