"""Randomness that names its decision: who, when, what for.

A draw is a hash of (seed, replicate, day, person, purpose), never the next number of a stream. So it does not matter in
which order people are visited, on how many threads, or what else was drawn: under two plans with one seed everybody has
the same luck (common random numbers), and the difference between the plans is the plans' doing.

The mixing function is the finaliser of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA), applied once per level.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled import compiled

_A = np.uint64(0xBF58476D1CE4E5B9)
_B = np.uint64(0x94D049BB133111EB)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_PURPOSE = np.uint64(0xD1B54A32D192ED03)
_INDEX = np.uint64(0xAEF17502108EF2D9)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 1.0 / 9007199254740992.0  # 2**-53

W = TypeVar("W", np.uint64, NDArray[np.uint64])


class Purpose(IntEnum):
    """What a draw decides. Append only: a number once given is never changed or used again."""

    TRIBE = 1
    SECOND_TRIBE = 2
    FOCUS = 3
    ACTIVITY = 4
    ACTIVITY_2 = 5
    LATENT = 6
    LATENT_2 = 7
    PURCHASING_POWER = 8
    PURCHASING_POWER_2 = 9
    EDGE = 10
    EDGE_PARTNER = 11
    REWIRE = 12
    DEGREE = 13
    NOTICE = 14
    CHANNEL = 15  # not drawn at present
    REACH = 16  # not drawn at present
    ACCEPT = 17
    SCREEN = 18
    OPEN = 19
    POST = 20
    SEAT = 21
    SHOW_UP = 22
    BUY = 23
    PRODUCT = 24
    SHARE = 25
    INVITE = 26
    INVITEE = 27
    LEAVE = 28
    RETURN = 29  # not drawn at present
    PLACE = 30
    QUEUE = 31
    WARN = 32  # not drawn at present
    REPLY = 33
    RECONSIDER = 34  # not drawn at present
    ONBOARD = 35
    EDGE_STUB = 36
    MARKET = 37
    AT_JOINING = 38
    WARNED = 39
    PEER = 40
    WEIGH = 41
    COMPLAIN = 42
    AUDIENCE = 43
    MUTE = 44
    FOLLOW = 45
    UNFOLLOW = 46
    JOIN_FROM_FOLLOWING = 47
    OPINION = 48
    MOOD = 49
    TURNOVER = 50
    ADVICE = 51
    SUPPORT = 52
    ORDER = 53
    SHOCK = 54
    ARM = 55
    ARM_OF_CIRCLE = 56
    ARM_OF_TRIBE = 57
    CIRCLE = 58


@compiled(inline=True)
def mix(z: np.uint64) -> np.uint64:
    """One round of SplitMix64's finaliser: uint64 in, uint64 out, a bijection."""
    z = (z ^ (z >> _30)) * _A
    z = (z ^ (z >> _27)) * _B
    return z ^ (z >> _31)


@compiled(inline=True)
def key_of(parent: np.uint64, number: int) -> np.uint64:
    """The key of child ``number`` (≥ −1) below ``parent`` (uint64): seed → replicate → day → person."""
    return mix(parent + (np.uint64(number) + np.uint64(1)) * _GOLDEN)


@compiled(inline=True)
def uniform(key: np.uint64, purpose: int) -> float:
    """A uniform number in [0, 1) for one decision of the holder of ``key``."""
    return float(mix(key + np.uint64(purpose) * _PURPOSE) >> _11) * _UNIT


@compiled(inline=True)
def uniform_at(key: np.uint64, purpose: int, index: int) -> float:
    """A uniform number in [0, 1) for the ``index``-th (≥ 0) of several like decisions."""
    return (
        float(mix(mix(key + np.uint64(purpose) * _PURPOSE) + (np.uint64(index) + np.uint64(1)) * _INDEX) >> _11) * _UNIT
    )


@compiled
def poisson(u: float, mean: float) -> int:
    """The Poisson quantile of ``u`` by inversion; ``mean`` in [0, 500], 0 gives 0. The result is capped at 1,000."""
    if mean <= 0.0:
        return 0
    term = math.exp(-mean)
    total = term
    count = 0
    while u >= total and count < 1000:
        count += 1
        term *= mean / count
        total += term
    return count


def root_key(seed: int, replicate: int) -> np.uint64:
    """The key of one replicate of one seed (both ≥ 0)."""
    with np.errstate(over="ignore"):
        start = np.uint64(seed & 0xFFFFFFFFFFFFFFFF)
        return np.uint64(plain_mix(plain_mix(start + _GOLDEN) + (np.uint64(replicate) + np.uint64(1)) * _GOLDEN))


def plain_mix(z: W) -> W:
    """:func:`mix` for NumPy scalars and arrays (uint64), outside compiled code."""
    with np.errstate(over="ignore"):
        z = (z ^ (z >> _30)) * _A
        z = (z ^ (z >> _27)) * _B
        return z ^ (z >> _31)


def uniforms(key: np.uint64, numbers: NDArray[np.integer], purpose: Purpose) -> NDArray[np.float64]:
    """One uniform in [0, 1) for each of ``numbers`` (persons, edges): ``uniform(key_of(key, number), purpose)``."""
    with np.errstate(over="ignore"):
        keys = plain_mix(key + (numbers.astype(np.uint64) + np.uint64(1)) * _GOLDEN)
        bits = plain_mix(keys + np.uint64(purpose) * _PURPOSE) >> _11
    return bits.astype(np.float64) * _UNIT
