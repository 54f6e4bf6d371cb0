"""Special kernels in Numba for this workload alone, and the ceiling: what the machine can do at all.

``pull`` looks at all friends' bytes, ``counted`` keeps friends' counts. ``ceiling`` is no model: for each person it
reads and writes 64 bytes of state, gathers 10 bytes from random places and makes two draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numba
import numpy as np
from workload import Days, Workload, main

_A, _B, _GOLDEN = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(0x9E3779B97F4A7C15)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
fast = numba.njit(nogil=True, error_model="numpy")


@fast
def draw(key: Any, person: int) -> float:
    """A uniform number in [0, 1): the finaliser of SplitMix64 (Steele, Lea & Flood 2014) of a counter."""
    z = key + np.uint64(person) * _GOLDEN
    z = (z ^ (z >> _30)) * _A
    z = (z ^ (z >> _27)) * _B
    return float((z ^ (z >> _31)) >> _11) * (1.0 / 9007199254740992.0)


@fast
def pull(key: Any, lo: int, hi: int, p: Any, indptr: Any, friends: Any, member: Any, after: Any, tie: Any) -> int:
    """A day of people ``lo`` to ``hi`` − 1 who look at their friends' bytes."""
    spontaneous, imitation, gain, kept, hazard, hold = p
    members = 0
    for i in range(lo, hi):
        inside, first, last = 0, indptr[i], indptr[i + 1]
        for e in range(first, last):
            inside += member[friends[e]]
        share = inside / (last - first) if inside > 0 else 0.0
        u = draw(key, i)
        if member[i] == 0:
            tie[i] *= kept
            after[i] = 1 if u < spontaneous + imitation * share else 0
        else:
            tie[i] = (tie[i] + gain * share * (1.0 - tie[i])) * kept
            after[i] = 0 if u < hazard * math.exp(-hold * tie[i]) else 1
        members += after[i]
    return members


@fast
def counted(key: Any, lo: int, hi: int, p: Any, inside: Any, per_friend: Any, member: Any, after: Any, tie: Any) -> int:
    """A day of people ``lo`` to ``hi`` − 1 who know how many friends are inside."""
    spontaneous, imitation, gain, kept, hazard, hold = p
    members = 0
    for i in range(lo, hi):
        share = inside[i] * per_friend[i]
        u = draw(key, i)
        if member[i] == 0:
            tie[i] *= kept
            after[i] = 1 if u < spontaneous + imitation * share else 0
        else:
            tie[i] = (tie[i] + gain * share * (1.0 - tie[i])) * kept
            after[i] = 0 if u < hazard * math.exp(-hold * tie[i]) else 1
        members += after[i]
    return members


@fast
def tell(indptr: Any, friends: Any, member: Any, after: Any, inside: Any) -> None:
    """Friends' counts follow those who joined or left."""
    for i in range(len(member)):
        if member[i] != after[i]:
            step = np.int32(after[i]) - np.int32(member[i])
            for e in range(indptr[i], indptr[i + 1]):
                inside[friends[e]] += step


@fast
def ceiling(key: Any, lo: int, hi: int, state: Any, friends: Any, seen: Any) -> int:
    """64 bytes of state read and written, 10 bytes gathered, 2 draws for each of ``lo`` to ``hi`` − 1."""
    found = 0
    for i in range(lo, hi):
        inside = 0
        for e in range(10):
            inside += seen[friends[10 * i + e]]
        u, v = draw(key, 2 * i), draw(key, 2 * i + 1)
        for c in range(8):
            state[i, c] = state[i, c] * 0.99 + u
        found += 1 if v < 0.1 * inside else 0
    return found


def shared_out(people: int, threads: int) -> Callable[..., int]:
    """Call a kernel on equal shares of the people, one a thread; returns the sum."""
    shares = [(people * t // threads, people * (t + 1) // threads) for t in range(threads)]
    if threads == 1:
        return lambda kernel, key, *rest: kernel(key, 0, people, *rest)
    pool = ThreadPoolExecutor(threads)

    def run(kernel: Any, key: Any, *rest: Any) -> int:
        parts = [pool.submit(kernel, key, lo, hi, *rest) for lo, hi in shares]
        return sum(part.result() for part in parts)

    return run


def keys(w: Workload) -> list[np.uint64]:
    """One key a day."""
    return list(w.rng().integers(0, 2**63, w.days, dtype=np.uint64))


def prepare_pull(w: Workload) -> Days:
    """Columns and graph."""
    indptr, friends = w.graph(w.rng())
    now, after, tie = np.zeros(w.people, np.uint8), np.zeros(w.people, np.uint8), np.zeros(w.people)
    p, run = (w.spontaneous, w.imitation, w.gain, w.kept, w.hazard, w.hold), shared_out(w.people, w.threads)

    def days() -> list[int]:
        members = []
        for day, key in enumerate(keys(w)):
            before, later = (now, after) if day % 2 == 0 else (after, now)
            members.append(run(pull, key, p, indptr, friends, before, later, tie))
        return members

    return days


def prepare_counted(w: Workload) -> Days:
    """Columns, graph and counts."""
    indptr, friends = w.graph(w.rng())
    now, after, tie = np.zeros(w.people, np.uint8), np.zeros(w.people, np.uint8), np.zeros(w.people)
    inside, per_friend = np.zeros(w.people, np.int32), 1.0 / np.maximum(np.diff(indptr), 1)
    p, run = (w.spontaneous, w.imitation, w.gain, w.kept, w.hazard, w.hold), shared_out(w.people, w.threads)

    def days() -> list[int]:
        members = []
        for day, key in enumerate(keys(w)):
            before, later = (now, after) if day % 2 == 0 else (after, now)
            members.append(run(counted, key, p, inside, per_friend, before, later, tie))
            tell(indptr, friends, before, later, inside)
        return members

    return days


def prepare_ceiling(w: Workload) -> Days:
    """State of 64 bytes a person, and whose bytes are gathered."""
    rng = w.rng()
    state, seen = np.zeros((w.people, 8)), np.zeros(w.people, np.uint8)
    friends, run = rng.integers(0, w.people, 10 * w.people, dtype=np.int32), shared_out(w.people, w.threads)
    return lambda: [run(ceiling, key, state, friends, seen) for key in keys(w)]


if __name__ == "__main__":
    main(
        {"numba pull": prepare_pull, "numba counted": prepare_counted, "ceiling": prepare_ceiling},
        f"numba {numba.__version__}",
    )
