"""When two runs part: the first day, column and row, so that a lost bit is found in a minute.

Equal means the same bits: NaN equals itself, and 0.0 differs from −0.0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.engine.state.world import World
from sim.model.tables import Run

if TYPE_CHECKING:
    from sim.model.community import CommunityModel

#: Arrays and tables by name.
Parts: TypeAlias = Mapping[str, Any]

#: Parts of a world and of a run whose first axis is the day.
DAILY = ("days", "cohorts", "noticed", "joined", "channel_cents", "energy", "voice_posts", "work", "arm_days")
#: The state of people and evening, as it is on the last day lived.
FINAL = ("people", "bonds", "flags", "bought", "ignited", "generations", "events", "event_count")
_NO_DAY = 2**31


class _Difference(NamedTuple):
    day: int
    text: str


def parts(of: World | Run | Parts) -> dict[str, Any]:
    """What is compared of a world, of a run's records, or of tables: arrays and DataFrames by name.

    Scratch arrays and the plan are left out of a world.
    """
    if isinstance(of, Mapping):
        return dict(of)
    if isinstance(of, World):
        people, board, kept = of.people, of.board, of.records
        own = {"people": people.rows, "bought": board.shelf.bought, "ignited": board.ignited}
        of = kept._asdict() | people._asdict() | own
    else:
        of = of._asdict()
    return {name: of[name] for name in (*DAILY, *FINAL) if isinstance(of.get(name), np.ndarray)}


def first_difference(a: World | Run | Parts, b: World | Run | Parts) -> str:
    """The first difference of two runs in words, empty where they are the same bit for bit.

    Parameters
    ----------
    a, b : worlds, runs, or mappings of names to arrays and DataFrames (as :func:`sim.model.tables.tables` gives them).

    Returns
    -------
    The earliest day on which a daily record differs, with column and both values, as
    ``day 12, days.members: 31 != 32``; without one, the first column and row of what has no day, as
    ``people.tie[17]: 0.25 != 0.5``.
    """
    one, two = parts(a), parts(b)
    if one.keys() != two.keys():
        return f"only one of both has {', '.join(sorted(one.keys() ^ two.keys()))}"
    found = [difference for name in one for difference in _differences(name, one[name], two[name])]
    return min(found, key=lambda difference: difference.day).text if found else ""


def part_ways(a: CommunityModel, b: CommunityModel) -> str:
    """Live both models day by day up to the evening on which anything differs; what it is, empty if nothing does."""
    while not (a.finished or b.finished):
        a.run_for(1)
        b.run_for(1)
        if text := first_difference(a.world, b.world):
            return f"evening of day {int(a.time) - 1}: {text}"
    return ""


def digest(of: World | Run | Parts) -> str:
    """SHA-256 over every bit that :func:`first_difference` compares, as 64 hex digits."""
    total = hashlib.sha256()
    for name, part in sorted(parts(of).items()):
        for label, values in _columns(name, part):
            total.update(f"{label} {values.dtype.str} {values.shape}".encode())
            total.update(
                repr(values.tolist()).encode() if values.dtype == object else np.ascontiguousarray(values).tobytes()
            )
    return total.hexdigest()


def _columns(name: str, part: Any) -> Iterator[tuple[str, NDArray[Any]]]:
    """The columns of an array or a table, each with its name."""
    if isinstance(part, pd.DataFrame):
        for column in part.columns:
            values = part[column].to_numpy()
            yield f"{name}.{column}", values if values.dtype.kind in "biuf" else values.astype(object)
    elif part.dtype.names:
        for field in part.dtype.names:
            yield f"{name}.{field}", part[field]
    else:
        yield name, part


def _differences(name: str, a: Any, b: Any) -> Iterator[_Difference]:
    """The first difference of each column of one part."""
    one, two = dict(_columns(name, a)), dict(_columns(name, b))
    if one.keys() != two.keys():
        yield _Difference(-1, f"only one of both has {', '.join(sorted(one.keys() ^ two.keys()))}")
        return
    for label, mine in one.items():
        other = two[label]
        if mine.shape != other.shape or mine.dtype != other.dtype:
            shapes = f"{mine.dtype}{list(mine.shape)} != {other.dtype}{list(other.shape)}"
            yield _Difference(-1, f"{label}: {shapes}")
        elif (parted := _parted(mine, other)).any():
            at = tuple(int(k) for k in np.argwhere(parted)[0])
            day = _day(name, a, at)
            where = f"[{', '.join(map(str, at[day is not None and name in DAILY :]))}]".replace("[]", "")
            when = "" if day is None else f"day {day}, "
            text = (
                f"{when}{label}{where}: {mine[at].item()!r} != {other[at].item()!r}"
                if mine.dtype != object
                else (f"{when}{label}{where}: {mine[at]!r} != {other[at]!r}")
            )
            yield _Difference(_NO_DAY if day is None else day, text)


def _day(name: str, part: Any, at: tuple[int, ...]) -> int | None:
    """The day of a cell, None where it has none."""
    if isinstance(part, pd.DataFrame):
        return int(part["day"].iloc[at[0]]) if "day" in part else None
    return at[0] if name in DAILY else None


def _parted(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.bool_]:
    """Which cells of two arrays of one shape and dtype differ in any bit."""
    if a.dtype == object:
        return np.asarray(a != b, bool)
    bits = [np.ascontiguousarray(x).view(np.uint8).reshape(*x.shape, x.dtype.itemsize) for x in (a, b)]
    return np.asarray((bits[0] != bits[1]).any(axis=-1))
