"""How much of the difference between two plans each group of levers accounts for: exact Shapley values.

Run every coalition (a set of groups switched to the second plan, the rest left as in the first) under the same luck. A
group's share is its effect, averaged over all orders in which the groups could be switched; so the shares sum to the
whole difference, equal groups get equal shares, and what changes nothing gets nothing (Shapley 1953, *Contributions to
the Theory of Games II*). Computed replicate by replicate, so each share has an interval of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.lab.statistics.intervals import interval

#: With more groups the 2^G coalitions to be run outgrow what their shares tell a reader (design choice).
MOST_GROUPS = 6

Coalition = frozenset[str]
Outcomes = Mapping[Coalition, ArrayLike] | Callable[[Coalition], ArrayLike]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """A group's part of the difference, in the metric's unit: the mean over ``n`` replicates with its t interval."""

    group: str
    mean: float
    low: float
    high: float
    n: int


def coalitions(groups: Sequence[str]) -> list[Coalition]:
    """The 2^G sets of groups whose outcomes :func:`shapley` needs, from none to all, in a fixed order."""
    _check_groups(groups)
    return [frozenset(some) for size in range(len(groups) + 1) for some in combinations(groups, size)]


def contributions(groups: Sequence[str], values: Outcomes) -> Floats:
    """Each group's Shapley value in each replicate.

    Parameters
    ----------
    groups : 1 to ``MOST_GROUPS`` different names.
    values : the outcome of each coalition, shape [replicate] (the same replicates for all), as a mapping or a function
        that is called once for each.

    Returns
    -------
    Shape [replicate, group]; a row sums to the outcome of all groups minus the outcome of none.

    Raises
    ------
    ValueError : a coalition is missing, has other replicates, or a value that is not finite: every share rests on every
        coalition, so none can be given then.
    """
    outcome = {some: _outcome(some, values) for some in coalitions(groups)}
    if len({row.shape for row in outcome.values()}) > 1:
        raise ValueError("all coalitions need the same replicates")
    parts = np.column_stack([_one(group, groups, outcome) for group in groups])
    _check_sum(parts, outcome)
    return parts


def shapley(groups: Sequence[str], values: Outcomes, level: float = 0.95) -> list[Share]:
    """Each group's part of the difference with its t interval at ``level``, in the order of ``groups``.

    Parameters, errors: see :func:`contributions`. With one replicate the bounds are NaN.
    """
    parts = contributions(groups, values)
    estimates = [interval(column, level) for column in parts.T]
    return [Share(group, e.mean, e.low, e.high, e.n) for group, e in zip(groups, estimates, strict=True)]


def group_levers(keys: Iterable[str], limit: int = 4) -> dict[str, list[str]]:
    """Sort the parameters in which two plans differ into at most ``limit`` groups, by module, then block, then deeper.

    Parameters
    ----------
    keys : dotted parameter names, e.g. ``mechanism.content.quality``; their order does not matter.
    limit : the most groups, ≥ 1.

    Returns
    -------
    Name → sorted keys, sorted by name. A name is the longest dotted prefix its keys share. The shallowest and then the
    largest groups are split first, as long as the parts fit; where there are more modules than ``limit``, those with
    the fewest keys are joined as ``culture + market``.
    """
    if limit < 1:
        raise ValueError(f"at least one group is needed: {limit}")
    groups = _parts(sorted(set(keys)), depth=0)
    if len(groups) > limit:
        groups.sort(key=lambda group: (-len(group), group))
        kept, small = groups[: limit - 1], sorted(groups[limit - 1 :])
        named = {_prefix(group): group for group in kept}
        named[" + ".join(_prefix(group) for group in small)] = sorted(key for group in small for key in group)
    else:
        named = {_prefix(group): group for group in _refined(groups, limit)}
    return dict(sorted(named.items()))


def _outcome(some: Coalition, values: Outcomes) -> Floats:
    name = " + ".join(sorted(some)) or "no group"
    if isinstance(values, Mapping) and some not in values:
        raise ValueError(f"the outcome of {name} is missing")
    row = np.asarray(values[some] if isinstance(values, Mapping) else values(some), dtype=np.float64)
    if row.ndim != 1 or not row.size or not np.isfinite(row).all():
        raise ValueError(f"the outcome of {name} must be one finite number a replicate")
    return row


def _one(group: str, groups: Sequence[str], outcome: Mapping[Coalition, Floats]) -> Floats:
    """The group's effect on every coalition of the others, weighted by the orders in which just those precede it."""
    others = [other for other in groups if other != group]
    total = np.zeros_like(outcome[frozenset()])
    for size in range(len(groups)):
        weight = 1.0 / (len(groups) * math.comb(len(groups) - 1, size))
        for before in combinations(others, size):
            total += weight * (outcome[frozenset({*before, group})] - outcome[frozenset(before)])
    return total


def _check_sum(parts: Floats, outcome: Mapping[Coalition, Floats]) -> None:
    """Guard the identity the method stands on; only values too large for floats can break it."""
    none, *_, everything = outcome.values()
    scale = np.max(np.abs(list(outcome.values())), axis=0)
    if not (np.abs(parts.sum(axis=1) - (everything - none)) <= 1e-9 * scale).all():
        raise ArithmeticError("the shares do not sum to the difference: the outcomes are too large for floats")


def _check_groups(groups: Sequence[str]) -> None:
    if not 1 <= len(groups) <= MOST_GROUPS or len(set(groups)) < len(groups):
        raise ValueError(f"1 to {MOST_GROUPS} different groups are wanted: {list(groups)}")


def _prefix(keys: Sequence[str]) -> str:
    """The longest dotted prefix that ``keys`` share: the name of their group."""
    return ".".join(_shared(keys))


def _shared(keys: Sequence[str]) -> list[str]:
    names = [key.split(".") for key in keys]
    shortest = min(len(name) for name in names)
    depth = next((d for d in range(shortest) if len({name[d] for name in names}) > 1), shortest)
    return names[0][:depth]


def _parts(keys: Sequence[str], depth: int) -> list[list[str]]:
    """``keys`` by the component at ``depth``; whole where one of them ends before it."""
    names = [key.split(".") for key in keys]
    if any(len(name) <= depth for name in names):
        return [list(keys)]
    parts: dict[str, list[str]] = {}
    for key, name in zip(keys, names, strict=True):
        parts.setdefault(name[depth], []).append(key)
    return list(parts.values())


def _refined(groups: list[list[str]], limit: int) -> list[list[str]]:
    """Split the shallowest group, of those the largest, whose parts fit; until none does."""
    for group in sorted(groups, key=lambda group: (len(_shared(group)), -len(group), group)):
        parts = _parts(group, len(_shared(group)))
        if 1 < len(parts) <= limit - len(groups) + 1:
            return _refined([*(other for other in groups if other is not group), *parts], limit)
    return groups
