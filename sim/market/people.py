"""Drawing the people of a market: interests, propensities, purchasing power."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.draws import Purpose, uniforms
from sim.engine.state.people import Person
from sim.scenario.sections.market import Market


def normals(key: np.uint64, ids: NDArray[Any], first: Purpose, second: Purpose) -> NDArray[np.float64]:
    """Standard normal draws, one a person (Box & Muller 1958)."""
    u, v = uniforms(key, ids, first), uniforms(key, ids, second)
    return np.asarray(np.sqrt(-2.0 * np.log1p(-u)) * np.cos(2.0 * np.pi * v))


def tribe_shares(tribes: int, skew: float) -> NDArray[np.float64]:
    """Share of each tribe: the k-th is proportional to 1/k**skew."""
    weights = 1.0 / np.power(np.arange(1, tribes + 1, dtype=np.float64), skew)
    return np.asarray(weights / weights.sum())


def draw_tribes(market: Market, key: np.uint64, n: int) -> NDArray[np.int32]:
    """Main tribe of each of ``n`` people."""
    u = uniforms(key, np.arange(n), Purpose.TRIBE)
    edges = np.cumsum(tribe_shares(market.tribes, market.tribe_skew))
    return np.minimum(np.searchsorted(edges, u, side="right"), market.tribes - 1).astype(np.int32)


def people_by_day(market: Market, first: int, days: int) -> NDArray[np.int32]:
    """People in the market on each day, int32[days]: ``first`` of them on day 0, then by steady growth; at least one.

    With a network from a file there is no growth, and ``first`` are the people of the file.
    """
    if market.growth == 0.0:
        return np.full(days, first, np.int32)
    grown = market.people * np.power(1.0 + market.growth, np.arange(days) / 365.0)
    return np.maximum(1, np.round(grown)).astype(np.int32)


def draw_people(
    market: Market, key: np.uint64, tribe: NDArray[np.int32], tribes: int, degree: NDArray[Any]
) -> NDArray[np.void]:
    """The rows of a market's people.

    Parameters
    ----------
    tribe : int32[n], main tribes; ``tribes`` of them exist.
    degree : int[n], friends of each person.

    Returns
    -------
    Person[n]. The propensity to be active and the purchasing power are log-normal with mean 1; the focus is uniform
    around its mean; the second tribe is another one, near on the ring (geometric distance). Design choices.
    """
    n = len(tribe)
    ids = np.arange(n)
    people: NDArray[np.void] = Person.blank(n)
    people["id"] = np.arange(n, dtype=np.int32)
    people["tribe"] = tribe
    step = 1 + np.floor(np.log1p(-uniforms(key, ids, Purpose.SECOND_TRIBE)) / np.log(0.5)).astype(np.int64)
    side = np.where(uniforms(key, ids, Purpose.MARKET) < 0.5, -1, 1)
    people["tribe2"] = (tribe + side * np.clip(step, 1, max(1, tribes - 1))) % tribes
    spread = min(market.interest_focus - 0.5, 1.0 - market.interest_focus)
    focus = market.interest_focus + spread * (2.0 * uniforms(key, ids, Purpose.FOCUS) - 1.0)
    focus = np.where(people["tribe2"] == people["tribe"], 1.0, focus)
    people["focus"] = focus
    people["norm"] = 1.0 / np.sqrt(focus * focus + (1.0 - focus) * (1.0 - focus))
    sigma, power = market.activity_sigma, market.purchasing_power_sigma
    people["drive"] = sigma * normals(key, ids, Purpose.ACTIVITY, Purpose.ACTIVITY_2) - 0.5 * sigma * sigma
    people["latent"] = normals(key, ids, Purpose.LATENT, Purpose.LATENT_2)
    people["power"] = np.exp(
        power * normals(key, ids, Purpose.PURCHASING_POWER, Purpose.PURCHASING_POWER_2) - 0.5 * power * power
    )
    people["degree"] = degree
    return people


def mean_fit(people: NDArray[np.void], topic: NDArray[np.float64]) -> float:
    """Mean match of the market with a topic (float64[tribes], unit vector)."""
    fit = (people["focus"] * topic[people["tribe"]] + (1.0 - people["focus"]) * topic[people["tribe2"]]) * people[
        "norm"
    ]
    return float(np.mean(fit))
