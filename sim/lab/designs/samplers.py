"""Samplers: which points of the space of factors are run.

=========  =========================================================================================================
grid       every combination of the levels (full factorial)
lhs        a Latin hypercube: each of N slices of each factor once (McKay, Beckman & Conover 1979); up to 500 points
           the widest spread of several (Johnson, Moore & Ylvisaker 1990)
sobol      a Sobol sequence (Sobol' 1967; Joe & Kuo 2008) with Owen's scrambling (Owen 1995); N a power of two
morris     trajectories that change one factor at a time (Morris 1991), for screening
saltelli   the blocks A, AB_1 … AB_D, B of Saltelli et al. (2010), for Sobol indices; N a power of two
list       points as given
=========  =========================================================================================================

Their luck comes from counters hashed with the seed, as everywhere in the program, so a design is the same bytes on
every machine and under every version of NumPy and SciPy. Rows of morris and saltelli come in SALib's order.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.engine.draws import plain_mix, root_key
from sim.errors import InputError
from sim.lab.designs.constraints import Constraint
from sim.lab.designs.factors import Factor, Value

Kind: TypeAlias = Literal["grid", "lhs", "sobol", "list", "morris", "saltelli"]
Point: TypeAlias = tuple[Value, ...]
Shares: TypeAlias = NDArray[np.float64]

KINDS: tuple[Kind, ...] = ("grid", "lhs", "sobol", "list", "morris", "saltelli")
MOST_POINTS = 1_000_000
MORRIS_LEVELS = 4  # Morris (1991); a step is then two thirds of the range

_LUCK = np.uint64(0x64657369676E)  # "design": other luck than that of any run with this seed
_STEP = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio, as in SplitMix64
_BITS = 30  # of SciPy's Sobol sequence
_CANDIDATES, _FEW = 16, 500  # Latin hypercubes to choose from; above so many points their spreads hardly differ


@dataclass(frozen=True)
class Sample:
    """What a sampler gives.

    Parameters
    ----------
    points : distinct points in order of first appearance, each a value per factor.
    layout : int64, shape (rows of the design,): row → number of its point. Rows that fall on one point share its runs.
    shares : float64, shape (rows, factors), in [0, 1]: the design before factors gave it values; None for grid, list.
    notes : what is not as asked for.
    """

    points: tuple[Point, ...]
    layout: NDArray[np.int64]
    shares: Shares | None
    notes: tuple[str, ...]


def sample(
    kind: Kind,
    factors: Sequence[Factor],
    constraints: Sequence[Constraint] = (),
    *,
    runs: int = 0,
    seed: int = 0,
    place: str = "",
) -> Sample:
    """The points of a design (for ``list`` see :func:`listed`).

    Parameters
    ----------
    runs : points wanted, from 1 to a million; sobol, morris and saltelli round it up and say so. Not used by grid.
    seed : of the sampler's luck (≥ 0).
    place : of the sampler, for messages.

    Raises
    ------
    InputError : a range on a grid, constraints that morris and saltelli cannot keep or that hardly any point meets, or
        too many points.
    """
    if kind == "grid":
        return listed(_grid(factors, place), factors, constraints)
    if kind in {"morris", "saltelli"} and constraints:
        hint = "Use lhs or sobol, whose points can be left out."
        problem = f"{kind} cannot keep constraints: its rows only count together"
        raise InputError(problem, place=constraints[0].place, hint=hint)
    key, wide, notes = plain_mix(root_key(seed, 0) ^ _LUCK), len(factors), list[str]()
    if constraints:
        shares, note = _feasible(kind, factors, constraints, runs, key)
        notes += [note] if note else []
    else:
        shares = _SAMPLERS[kind](runs, wide, key)
        if len(shares) != runs:
            notes.append(_rounded(kind, runs, len(shares), wide))
    if len(shares) > MOST_POINTS:
        raise InputError(f"{len(shares):,} points", place=place, expected=f"at most {MOST_POINTS:,}")
    rows = [_point(factors, row) for row in shares.tolist()]
    return _distinct(rows, shares, notes)


def listed(points: Iterable[Point], factors: Sequence[Factor], constraints: Sequence[Constraint] = ()) -> Sample:
    """The given points, but for those that break a constraint and those given twice.

    Raises
    ------
    InputError : no point is left.
    """
    given = list(points)
    rows = [row for row in given if _meets(row, factors, constraints)]
    if not rows:
        raise _infeasible(constraints, 0, len(given), "Loosen the constraint or the levels.")
    left_out = len(given) - len(rows)
    notes = [f"the constraints leave out {left_out:,} of {len(given):,} points"] if left_out else []
    return _distinct(rows, None, notes)


def latin_hypercube(count: int, wide: int, key: np.uint64) -> Shares:
    """``count`` points in [0, 1)^``wide``, one in each of ``count`` slices of every axis."""
    best, widest = _cells(count, wide, key), -1
    if 1 < count <= _FEW:  # distances between whole cells are exact, so the choice is the same everywhere
        for number in range(_CANDIDATES):
            cells = _cells(count, wide, _child(key, number + 1))
            if (spread := _least_distance(cells)) > widest:
                best, widest = cells, spread
    inside = _uniforms(_child(key, _CANDIDATES + 1), count, wide)
    return (best + inside) / count


def sobol(count: int, wide: int, key: np.uint64) -> Shares:
    """The first power of two of points, at least ``count``, of a scrambled Sobol sequence in [0, 1)^``wide``."""
    from scipy.stats import qmc

    plain = qmc.Sobol(wide, scramble=False, bits=_BITS).random_base2(_exponent(count))
    scrambled = _owen((plain * 2**_BITS).astype(np.uint64), key)
    beyond = _uniforms(_child(key, _BITS), len(plain), wide)
    shares: Shares = (scrambled + beyond) / 2**_BITS
    return np.minimum(shares, 1 - 2**-53)


def morris(count: int, wide: int, key: np.uint64) -> Shares:
    """Trajectories of ``wide`` + 1 points on a grid of four levels, as many as make at least ``count`` points."""
    trajectories = math.ceil(count / (wide + 1))
    jump = MORRIS_LEVELS // 2
    start = np.floor(_uniforms(key, trajectories, wide) * jump).astype(np.int64)
    up = _uniforms(_child(key, 0), trajectories, wide) < 0.5
    turn = np.argsort(_hashes(_child(key, 1), trajectories, wide), axis=1, kind="stable")  # which factor moves when
    moves = np.argsort(turn, axis=1)[:, None, :] < np.arange(wide + 1)[None, :, None]
    levels = start[:, None, :] + jump * (moves == up[:, None, :])
    shares: Shares = levels.reshape(-1, wide) / (MORRIS_LEVELS - 1)
    return shares


def saltelli(count: int, wide: int, key: np.uint64) -> Shares:
    """Base points of two halves, A and B; for each its A, its A with one factor of B for every factor, and its B.

    As many base points, a power of two, as make at least ``count`` rows.
    """
    base = sobol(math.ceil(count / (wide + 2)), 2 * wide, key)
    rows = np.repeat(base[:, None, :wide], wide + 2, axis=1)
    for factor in range(wide):
        rows[:, factor + 1, factor] = base[:, wide + factor]
    rows[:, wide + 1] = base[:, wide:]
    return rows.reshape(-1, wide)


_SAMPLERS: Mapping[str, Callable[[int, int, np.uint64], Shares]] = {
    "lhs": latin_hypercube,
    "sobol": sobol,
    "morris": morris,
    "saltelli": saltelli,
}


def _grid(factors: Sequence[Factor], place: str) -> Iterator[Point]:
    for factor in factors:
        if factor.is_range:
            hint = f"Write {factor.spec}:STEP, or choose lhs or sobol with a number of runs."
            problem = f"{factor.key} is a range, and a grid takes levels"
            raise InputError(problem, place=factor.place or place, hint=hint)
    count = math.prod(len(factor.levels) for factor in factors)
    if count > MOST_POINTS:
        hint = "Take fewer levels, or choose lhs or sobol."
        raise InputError(f"the grid has {count:,} points", place=place, expected=f"at most {MOST_POINTS:,}", hint=hint)
    return itertools.product(*(factor.levels for factor in factors))


def _feasible(
    kind: Kind, factors: Sequence[Factor], constraints: Sequence[Constraint], runs: int, key: np.uint64
) -> tuple[Shares, str]:
    """The first ``runs`` rows that meet the constraints, and how many were tried, in words."""
    kept: list[list[float]] = []
    tried, most = 0, 10_000 + 100 * runs
    for batch in _batches(kind, runs, len(factors), key):
        for row in batch.tolist():
            tried += 1
            if _meets(_point(factors, row), factors, constraints):
                kept.append(row)
            if len(kept) == runs:
                note = f"the constraints keep {len(kept):,} of {tried:,} points tried"
                return np.array(kept), note if tried > runs else ""
            if tried >= most:
                hint = "Narrow the ranges to where points can be, or loosen the constraint."
                raise _infeasible(constraints, len(kept), tried, hint)
    raise AssertionError("batches never end")


def _batches(kind: Kind, runs: int, wide: int, key: np.uint64) -> Iterator[Shares]:
    """More and more points of a sampler, in batches that double."""
    done = 0
    for number in itertools.count():
        size = min(runs * 2**number, MOST_POINTS)
        if kind == "lhs":
            yield latin_hypercube(size, wide, _child(key, number))
        else:
            yield sobol(done + size, wide, key)[done:]
            done = 2 ** _exponent(done + size)


def _infeasible(constraints: Sequence[Constraint], kept: int, tried: int, hint: str) -> InputError:
    texts = " and ".join(f"'{each.text}'" for each in constraints)
    problem = f"only {kept:,} of {tried:,} points meet" if kept else f"none of {tried:,} points meets"
    return InputError(f"{problem} {texts}", place=constraints[0].place if constraints else "", hint=hint)


def _meets(point: Point, factors: Sequence[Factor], constraints: Sequence[Constraint]) -> bool:
    if not constraints:
        return True
    named = {factor.key: value for factor, value in zip(factors, point, strict=True)}
    return all(constraint.holds(named) for constraint in constraints)


def _point(factors: Sequence[Factor], row: Sequence[float]) -> Point:
    return tuple(factor.value(share) for factor, share in zip(factors, row, strict=True))


def _distinct(rows: Sequence[Point], shares: Shares | None, notes: list[str]) -> Sample:
    numbers: dict[Point, int] = {}
    layout = np.array([numbers.setdefault(row, len(numbers)) for row in rows], dtype=np.int64)
    if len(numbers) < len(rows):
        notes = [*notes, f"the {len(rows):,} rows of the design are {len(numbers):,} different points, each run once"]
    return Sample(tuple(numbers), layout, shares, tuple(notes))


def _rounded(kind: Kind, runs: int, points: int, wide: int) -> str:
    made = {
        "sobol": "the next power of two",
        "morris": f"{points // (wide + 1):,} trajectories of {wide + 1}",
        "saltelli": f"{points // (wide + 2):,} base points (a power of two), {wide + 2} each",
    }
    return f"{points:,} points instead of {runs:,}: {made[kind]}"


def _cells(count: int, wide: int, key: np.uint64) -> NDArray[np.int64]:
    """Which slice each point is in, shape (count, wide): every column a permutation."""
    return np.argsort(_hashes(key, count, wide), axis=0, kind="stable")


def _least_distance(cells: NDArray[np.int64]) -> int:
    """The least squared distance between two points."""
    squares = np.full((len(cells), len(cells)), 0, dtype=np.int64)
    for column in cells.T:
        squares += (column[:, None] - column[None, :]) ** 2
    return int(squares[np.triu_indices(len(cells), 1)].min())


def _owen(points: NDArray[np.uint64], key: np.uint64) -> NDArray[np.uint64]:
    """Nested uniform scrambling: whether a bit flips is drawn for the bits above it and the axis."""
    axes = _hashes(key, 1, points.shape[1])
    scrambled = np.zeros_like(points)
    for bit in range(_BITS):
        shift = np.uint64(_BITS - 1 - bit)
        above = points >> (shift + np.uint64(1))
        flips = _mixed(_mixed(axes, np.uint64(bit)), above) & np.uint64(1)
        scrambled |= (((points >> shift) & np.uint64(1)) ^ flips) << shift
    return scrambled


def _exponent(count: int) -> int:
    """The power of two of the least power of two ≥ ``count``."""
    return max(count - 1, 0).bit_length()


def _child(key: np.uint64, number: int) -> np.uint64:
    return np.uint64(_mixed(key, np.uint64(number)))


def _mixed(key: Any, number: Any) -> Any:
    """A hash of keys and numbers (uint64 scalars or arrays that broadcast)."""
    with np.errstate(over="ignore"):
        return plain_mix(plain_mix(key) + (number + np.uint64(1)) * _STEP)


def _hashes(key: np.uint64, count: int, wide: int) -> NDArray[np.uint64]:
    numbers = np.arange(count * wide, dtype=np.uint64).reshape(count, wide)
    hashes: NDArray[np.uint64] = _mixed(key, numbers)
    return hashes


def _uniforms(key: np.uint64, count: int, wide: int) -> Shares:
    """Uniform numbers in [0, 1), shape (count, wide)."""
    return (_hashes(key, count, wide) >> np.uint64(11)).astype(np.float64) * 2.0**-53
