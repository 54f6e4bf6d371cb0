"""Made social networks: from nobody knows anybody to homophilous, clustered and heavy-tailed ones.

The two realistic kinds share one mechanism. People differ in sociability. Some of their ties lie in small circles,
the others join two sociable people, the more likely the nearer their tribes. The share in circles is the one that gives
the clustering asked for. (Closing triads one by one, after Holme & Kim 2002, was tried: it stays below .13 at mean
degree 15, and every step to a friend of a friend leaves the tribe more often.)

Real friend networks have mean degree 7 to 15, clustering .14 to .36, tail exponent 2.6 to 4.9, and up to .87 of ties
within a tribe where chance would give .12 (LastFM Asia; Rozemberczki & Sarkar 2020).
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.draws import Purpose, uniforms
from sim.errors import InputError
from sim.market.network import Network, ascending_distinct, from_pairs

#: The kinds of network that can be made.
KINDS = ("none", "complete", "random", "homophilous", "small_world", "heavy_tailed")
#: A complete network above this size is a mistake: its ties alone would take more than 100 MB.
COMPLETE_LIMIT = 5_000

_SOCIABILITY_SD = 0.72  # of the log: median 472 and mean 611 acquaintances (McCormick, Salganik & Zheng 2010)
_CIRCLE = 0.8  # of the mean degree: the most acquaintances anybody has in one circle
_DENSITY = 0.75  # share of the pairs in a circle that know each other
_CLUSTERING_OF_CIRCLES = 0.6  # average clustering where all ties are within circles: a first guess
_STEEPNESS = 0.5  # of clustering against the squared share of ties within circles: for the next guess
_PILOT = 20_000  # people in the sample on which the clustering is tuned
_TRIALS = 4
_TOLERANCE = 0.015  # of clustering: about three standard errors of its measurement

Ties = NDArray[np.int64]  # lower end × n + higher end


def generate(
    kind: str,
    n: int,
    key: np.uint64,
    *,
    mean_degree: float,
    tribe: NDArray[Any],
    tribes: int,
    homophily: float,
    clustering: float,
    rewiring: float,
    tail: float,
) -> Network:
    """A social network of ``n`` people.

    Parameters
    ----------
    kind : ``none``; ``complete`` (at most 5,000 people); ``random``, the G(n, m) of Erdős & Rényi 1959;
        ``homophilous``, also clustered, with log-normal sociability; ``small_world``, Watts & Strogatz 1998;
        ``heavy_tailed``, as homophilous, with power-law sociability.
    key : the random key; everything is a function of it and the arguments.
    mean_degree : mean number of neighbours, ≥ 0; cut to n − 1, and less where tribes are too small for so many ties.
    tribe : integers [n] in 0 … tribes − 1. Tribes lie on a ring. Read by homophilous and heavy_tailed.
    homophily : in [0, 1]. A partner ``d`` tribes away is (1 − homophily)**d = exp(−d / τ) times as likely as one of the
        own tribe: 0 ignores tribes, 1 allows only one's own (McPherson, Smith-Lovin & Cook 2001; the form is a design
        choice). With 18 equal tribes, .93 puts .87 of all ties within tribes.
    clustering : average local clustering to reach, in [0, 1], by circles of acquaintances (Feld 1981).
        Reached within about .03 up to about .45; small tribes that everybody keeps to are more clustered by themselves,
        and a very heavy tail (below 2.5) may fall short by .1.
    rewiring : small_world only: probability in [0, 1] that a tie of the ring lattice is moved to anyone.
    tail : heavy_tailed only: exponent of the power law of degrees, > 2; about [2.1, 5].

    Raises
    ------
    InputError : unknown ``kind``, or a complete network of too many people.
    """
    _check_kind(kind)
    if kind == "complete":
        return _complete(n)
    m = min(round(n * mean_degree / 2), n * (n - 1) // 2)
    if kind == "none" or m <= 0:
        return Network(np.zeros(n + 1, np.int64), np.zeros(0, np.int32))
    if kind == "random":
        ties = _random(n, m, key)
    elif kind == "small_world":
        ties = _small_world(n, m, key, rewiring)
    else:
        social = _lognormal(n, key) if kind == "homophilous" else _pareto(n, key, tail, mean_degree)
        steps = np.arange(tribes)
        apart = np.abs(steps[:, None] - steps)
        affinity = (1.0 - homophily) ** np.minimum(apart, tribes - apart)
        ties = _social(social * (2.0 * m / n), tribe, affinity, clustering, key)
    return _network(n, ties)


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        nearest = difflib.get_close_matches(kind, KINDS, 1)
        hint = f"Did you mean {nearest[0]}?" if nearest else ""
        raise InputError(f"unknown kind of network {kind!r}", expected="one of " + ", ".join(KINDS), hint=hint)


def _network(n: int, ties: Ties) -> Network:
    return from_pairs(n, ties // n, ties % n)


def _complete(n: int) -> Network:
    if n > COMPLETE_LIMIT:
        raise InputError(
            f"a complete network of {n} people",
            expected=f"at most {COMPLETE_LIMIT} people",
            hint="Use random with a large mean degree, or fewer people.",
        )
    others = np.arange(n - 1, dtype=np.int32)[None, :]
    skipping_self = others + (others >= np.arange(n, dtype=np.int32)[:, None])
    return Network(np.arange(n + 1, dtype=np.int64) * (n - 1), skipping_self.ravel().astype(np.int32, copy=False))


def _ties_between(n: int, one: NDArray[Any], other: NDArray[Any]) -> Ties:
    ties: Ties = np.minimum(one, other).astype(np.int64) * n + np.maximum(one, other)
    return ties


def _pick(u: NDArray[np.float64], size: int) -> NDArray[np.int64]:
    """An integer in 0 … size − 1 for each uniform; ``size`` below 2**52 keeps the product below it."""
    return (u * size).astype(np.int64)


def _random(n: int, m: int, key: np.uint64) -> Ties:
    if n * (n - 1) // 2 > 4 * m:
        return _distinct(m, lambda numbers: _any_two(n, key, numbers), np.zeros(0, np.int64))
    one, other = np.triu_indices(n, 1)  # in a dense network, drawing until all differ would take long
    lots = uniforms(key, np.arange(one.size), Purpose.EDGE)
    return _ties_between(n, one, other)[np.argsort(lots, kind="stable")[:m]]


def _any_two(n: int, key: np.uint64, numbers: NDArray[np.int64]) -> Ties:
    one = _pick(uniforms(key, numbers, Purpose.EDGE), n)
    other = _pick(uniforms(key, numbers, Purpose.EDGE_PARTNER), n - 1)
    return _ties_between(n, one, other + (other >= one))


def _distinct(m: int, draw: Callable[[NDArray[np.int64]], Ties], ties: Ties) -> Ties:
    """``ties`` and as many more as make ``m``, all different, ascending; fewer once a round of draws brings none."""
    drawn = 0
    while ties.size < m:
        missing = m - ties.size
        numbers = np.arange(drawn, drawn + missing + min(missing, 64), dtype=np.int64)
        drawn += numbers.size
        fresh = ascending_distinct(draw(numbers))
        fresh = fresh[_absent(ties, fresh)]
        if not fresh.size:
            break
        if fresh.size > missing:  # evenly from all numbers, so that nobody is favoured
            fresh = fresh[np.arange(missing) * fresh.size // missing]
        ties = np.sort(np.concatenate((ties, fresh)))
    return ties


def _absent(ascending: Ties, wanted: Ties) -> NDArray[np.bool_]:
    if not ascending.size:
        return np.ones(wanted.size, np.bool_)
    at = np.minimum(np.searchsorted(ascending, wanted), ascending.size - 1)
    absent: NDArray[np.bool_] = ascending[at] != wanted
    return absent


def _small_world(n: int, m: int, key: np.uint64, rewiring: float) -> Ties:
    """``m`` ties to the nearest on a ring, each then moved with probability ``rewiring`` at one of its ends.

    Where ``m`` is not a multiple of ``n``, only some people have the farthest tie.
    """
    reach, extra = divmod(m, n)
    lots = np.argsort(uniforms(key, np.arange(n), Purpose.DEGREE), kind="stable")
    one = np.concatenate((np.tile(np.arange(n), reach), lots[:extra]))
    distance = np.concatenate((np.repeat(np.arange(1, reach + 1), n), np.full(extra, reach + 1)))
    ties = ascending_distinct(_ties_between(n, one, (one + distance) % n))
    at = np.flatnonzero(uniforms(key, np.arange(ties.size), Purpose.REWIRE) < rewiring)
    keeper = np.where(uniforms(key, at, Purpose.EDGE_STUB) < 0.5, ties[at] // n, ties[at] % n)
    partner = _pick(uniforms(key, at, Purpose.EDGE_PARTNER), n - 1)
    moved = _ties_between(n, keeper, partner + (partner >= keeper))
    fresh, first = np.unique(moved, return_index=True)
    new = first[_absent(ties, fresh)]  # a tie that exists, or that another was moved to before, stays where it is
    ties[at[new]] = moved[new]
    return ties


def _lognormal(n: int, key: np.uint64) -> NDArray[np.float64]:
    """Sociability [n] with mean 1, log-normal (Box & Muller 1958)."""
    u = uniforms(key, np.arange(2 * n), Purpose.DEGREE)
    normal = np.sqrt(-2.0 * np.log1p(-u[:n])) * np.cos(2.0 * np.pi * u[n:])
    return _scaled(np.exp(_SOCIABILITY_SD * normal))


def _pareto(n: int, key: np.uint64, tail: float, mean_degree: float) -> NDArray[np.float64]:
    """Sociability [n] with mean 1 and density ∝ s**−tail, cut where two hubs would need parallel ties.

    The cut is the structural one, degree √(n × mean degree) (Boguñá, Pastor-Satorras & Vespignani 2004).
    """
    social = (1.0 - uniforms(key, np.arange(n), Purpose.DEGREE)) ** (-1.0 / (tail - 1.0))
    cut = np.sqrt(n / max(mean_degree, 1.0)) * (tail - 1.0) / (tail - 2.0)
    return _scaled(np.minimum(social, cut))


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    scaled: NDArray[np.float64] = values / values.mean()
    return scaled


def _social(
    degree: NDArray[np.float64], tribe: NDArray[Any], affinity: NDArray[np.float64], clustering: float, key: np.uint64
) -> Ties:
    """Ties by sociability and tribe, with the share of them within circles that gives ``clustering``.

    Clustering by circles does not depend on the size of a market, so in large ones the share is found on a sample,
    without regard to tribes: in a sample they would be so small that their members knew each other anyway.
    """
    every = max(degree.size // _PILOT, 1)
    likely = affinity if every == 1 else np.ones_like(affinity)
    squared = min(clustering / _CLUSTERING_OF_CIRCLES, 1.0)  # of the share: two ties of a triad must be within circles
    for _ in range(_TRIALS):
        ties = _circles_and_others(degree[::every], tribe[::every], likely, math.sqrt(squared), key)
        excess = _network(len(degree[::every]), ties).clustering - clustering
        before, squared = squared, min(max(squared - excess / _STEEPNESS, 0.0), 1.0)
        if abs(excess) < _TOLERANCE or squared == before:
            break
    return ties if every == 1 else _circles_and_others(degree, tribe, affinity, math.sqrt(squared), key)


def _circles_and_others(
    degree: NDArray[np.float64], tribe: NDArray[Any], affinity: NDArray[np.float64], within: float, key: np.uint64
) -> Ties:
    """Ties in circles up to the share ``within`` of everybody's expected ``degree`` [n], then others up to it all."""
    n, m = degree.size, round(degree.sum() / 2.0)
    ties = np.zeros(0, np.int64)
    if within > 0.0:
        size = np.bincount(tribe, weights=degree, minlength=len(affinity)) / degree.sum()
        met = affinity @ size  # 0 for an empty tribe that no other tribe meets
        inside = np.divide(size, met, out=np.ones_like(size), where=met > 0.0)  # share of its ties that stay in a tribe
        # Mixed from circles of one tribe and circles open to all, the ties in circles have the same share inside.
        tribal = np.clip((inside - size) / np.maximum(1.0 - size, 1e-9), 0.0, 1.0)
        ties = _circles(degree * within, tribe, tribal, key)
        ties = ties if ties.size <= m else ties[np.arange(m) * ties.size // m]
    missing = degree - np.bincount(ties // n, minlength=n) - np.bincount(ties % n, minlength=n)
    return _distinct(m, _draw_by_tribe(np.maximum(missing, 0.0), tribe, affinity, key), ties)


def _circles(degree: NDArray[np.float64], tribe: NDArray[Any], tribal: NDArray[np.float64], key: np.uint64) -> Ties:
    """The ties inside circles (Feld 1981; a random graph with overlapping groups, Newman 2003), ascending.

    The sociable belong to several circles, so clustering falls with degree, as in real networks. A circle is one of the
    own tribe with the probability ``tribal`` [tribes], else one open to all. In a circle two members know each
    other with a probability in proportion to what both put into it.
    """
    n = degree.size
    memberships = np.ceil(degree / (_CIRCLE * degree.mean())).astype(np.int64)
    person = np.repeat(np.arange(n), memberships)
    weight = (degree / memberships)[person]
    size = 1 + max(round(weight.mean() / _DENSITY), 2)
    lots = np.arange(person.size)
    home = tribe[person]
    segment = np.where(uniforms(key, lots, Purpose.REWIRE) < tribal[home], home, tribal.size)
    place = np.argsort(segment + uniforms(key, lots, Purpose.EDGE_STUB), kind="stable")
    place = place[: place.size // size * size].reshape(-1, size)
    person, weight = person[place], weight[place]
    put_in = weight.sum(axis=1, keepdims=True)
    numbers = np.arange(place.size).reshape(-1, size) * size
    found = []
    for member in range(size - 1):
        others = slice(member + 1, None)
        chance = weight[:, member, None] * weight[:, others] / put_in
        met = uniforms(key, numbers[:, others] + member, Purpose.EDGE) < chance * size / (size - 1)
        one, other = np.broadcast_to(person[:, member, None], met.shape)[met], person[:, others][met]
        found.append(_ties_between(n, one, other)[one != other])
    return ascending_distinct(np.concatenate(found))


def _draw_by_tribe(
    degree: NDArray[np.float64], tribe: NDArray[Any], affinity: NDArray[np.float64], key: np.uint64
) -> Callable[[NDArray[np.int64]], Ties]:
    """The function that draws one tie for each of many numbers.

    Everybody stands on a line of stubs as often as their expected ``degree``, sorted by tribe. Who starts a tie is any
    stub, so small tribes are as sociable as large ones; the partner is a stub of a tribe drawn by affinity and size.
    """
    order = np.argsort(tribe, kind="stable")
    ends = np.floor(np.cumsum(degree[order]) + 0.5).astype(np.int64)
    stubs = np.repeat(order.astype(np.int32), np.diff(ends, prepend=0))
    size = np.bincount(tribe[stubs], minlength=len(affinity))
    bounds = np.concatenate(([0], np.cumsum(size)))

    def draw(numbers: NDArray[np.int64]) -> Ties:
        # Sorted starters make each tribe one slice; the draws for the partners are independent of them.
        start = _pick(np.sort(uniforms(key, 2 * numbers, Purpose.EDGE_PARTNER)), stubs.size)
        partner = uniforms(key, 2 * numbers + 1, Purpose.EDGE_PARTNER)
        slices = np.searchsorted(start, bounds)
        for own in np.flatnonzero(np.diff(slices)):
            mine = slice(slices[own], slices[own + 1])
            chance = np.concatenate(([0.0], np.cumsum(affinity[own] * size)))
            partner[mine] = np.interp(partner[mine] * chance[-1], chance, bounds)
        one, other = stubs[start], stubs[np.minimum(partner.astype(np.int64), stubs.size - 1)]
        different = one != other
        return _ties_between(len(tribe), one[different], other[different])

    return draw
