"""A playbook as compiled: its entries and conditions, and for each state of a phase the words it changes."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.state.arrays import Arrays
from sim.engine.state.entries import BY_CHANCE, BY_CONDITION, BY_DATE, BY_NOTHING, Entry, Term
from sim.engine.state.measures import Day
from sim.engine.state.people import NEVER
from sim.scenario.conditions import FIGURES, SIGNS, terms
from sim.scenario.sections.playbook import Change

DAYS_A_YEAR = 365
_COLUMNS = Day.dtype.names or ()
#: What numbers of luck by name begin above, so that none is that of an entry without a name.
_NAMED = 1 << 16


class Patches(NamedTuple):
    """What the states of phases change in the records of the phases, see :class:`sim.engine.state.plan.Playbook`.

    ``lifts``: which of the words are the fit of the market with a theme, which only a market can tell; ``themes``:
    float64[lift, tribe], those themes.
    """

    cuts: NDArray[np.int32]
    places: NDArray[np.int32]
    kept: NDArray[np.uint64]
    changed: NDArray[np.uint64]
    lifts: NDArray[np.int64]
    themes: NDArray[np.float64]

    def arrays(self) -> Arrays:
        """The arrays of a world."""
        return {f"playbook.{name}": getattr(self, name) for name in ("cuts", "places", "kept", "changed")}


def patches_of(rows: NDArray[np.void], states: NDArray[np.void]) -> Patches:
    """The words in which the records of states differ from those of their phases.

    Parameters
    ----------
    rows : of the phases, shape [phase]. states : shape [phase, slot].
    """
    leaf = leaves(rows.dtype)
    fields: Any = rows.dtype.fields  # NumPy does not know that it is structured
    lift = fields["fit_lift"][1] // 8
    cuts = np.zeros((len(rows), states.shape[1] + 1), np.int32)
    places, kept, changed, lifts = list[int](), list[int](), list[int](), list[int]()
    themes: list[NDArray[np.float64]] = []
    for phase, slot in np.ndindex(states.shape):
        cuts[phase, slot] = len(places)
        base, other = (np.frombuffer(each.tobytes(), np.uint8) for each in (rows[phase], states[phase, slot]))
        mask = np.where(np.isin(leaf, leaf[(base != other) & (leaf >= 0)]), 0xFF, 0).astype(np.uint8)
        words, values = mask.view(np.uint64), (other & mask).view(np.uint64)
        at = np.flatnonzero(words)
        places += at.tolist()
        kept += (~words[at]).tolist()
        changed += values[at].tolist()
        theme = states["topics"][phase, slot, 0]
        if not np.array_equal(theme, rows["topics"][phase, 0]):
            lifts.append(len(places))
            themes.append(theme)
            places, kept, changed = [*places, lift], [*kept, 0], [*changed, 0]
        cuts[phase, slot + 1] = len(places)
    tribes = rows["topics"].shape[2]
    return Patches(
        *(cuts, np.array(places, np.int32), np.array(kept, np.uint64), np.array(changed, np.uint64)),
        *(np.array(lifts, np.int64), np.array(themes, np.float64).reshape(-1, tribes)),
    )


@lru_cache(maxsize=64)
def leaves(dtype: np.dtype[np.void]) -> NDArray[np.int64]:
    """The number of the value that each byte of a record belongs to, −1 for padding."""
    found = np.full(dtype.itemsize, -1, np.int64)
    for number, (offset, size) in enumerate(_values(dtype, 0)):
        found[offset : offset + size] = number
    return found


def _values(dtype: np.dtype[Any], offset: int) -> Iterator[tuple[int, int]]:
    """Offset and size of every number in a record."""
    if dtype.subdtype is not None:
        inner, shape = dtype.subdtype
        for k in range(math.prod(shape)):
            yield from _values(inner, offset + k * inner.itemsize)
    elif dtype.fields is not None:
        for field in dtype.fields.values():
            yield from _values(field[0], offset + field[1])
    else:
        yield offset, dtype.itemsize


def entries_of(playbook: Sequence[Change], groups: Sequence[Sequence[int]]) -> Arrays:
    """The entries and their conditions as arrays of a world; ``groups`` of those that hang together."""
    entries, compared = Entry.blank(len(playbook)), list[tuple[Any, ...]]()
    for number, entry in enumerate(playbook):
        row = entries[number]
        row["cause"] = BY_NOTHING if not entry.set else _cause(entry)
        row["day"], row["held"], row["again"], row["lasts"] = entry.first, entry.days, entry.again, entry.lasts or 0
        row["chance"] = -math.expm1(-(entry.rate or 0.0) / DAYS_A_YEAR)
        row["luck"], row["group"] = luck_of(number, entry), number
        row["first_term"] = len(compared)
        compared += [_term(*term) for term in terms(entry.when)] if entry.when is not None else []
        row["last_term"] = len(compared)
    slot = 0
    for group in groups:
        for bit, number in enumerate(group):
            entries[number]["group"], entries[number]["bit"] = group[0], 1 << bit
        entries[group[0]]["slot"] = slot
        slot += 2 ** len(group) - 1
    return {"playbook.entries": entries, "playbook.terms": np.array(compared, Term.dtype)}


def _cause(entry: Change) -> int:
    return BY_DATE if entry.dated else BY_CONDITION if entry.when is not None else BY_CHANCE


def _term(name: str, sign: str, value: float) -> tuple[Any, ...]:
    """A comparison in the order of :class:`~sim.engine.state.entries.Term`."""
    of = FIGURES[name]
    column, over = (_COLUMNS.index(each) if each else NEVER for each in (of.column, of.over))
    return (column, of.to_date, over, of.scale, of.spent, of.reputation, of.day, SIGNS.index(sign), value)


def luck_of(number: int, entry: Change) -> int:
    """The number of an entry's luck: that of its shock, else of its name, else its place in the playbook.

    So what has a name happens on the same days in all plans that have it, wherever it stands.
    """
    named = entry.shock or entry.name
    if named is None:
        return number
    return _NAMED + int.from_bytes(hashlib.blake2b(named.encode(), digest_size=6).digest(), "big")


def turns_of(entries: NDArray[np.void], days: int) -> int:
    """How often entries can begin or end in so many days, at most."""
    once = (entries["cause"] != BY_CHANCE) & (entries["again"] == 0)
    for_good = entries["lasts"] == 0
    most = np.where(once | for_good, 1, days // (np.maximum(entries["lasts"], 1) + 1) + 1)
    return int(np.sum(np.where(for_good, 1, 2) * most))
