"""The whole table of patterns, in its order, and how to name some of them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from sim.errors import InputError
from sim.lab.evidence.effects import FRIENDS, PLACES
from sim.lab.evidence.gates import GATES
from sim.lab.evidence.pattern import Pattern
from sim.lab.evidence.published import CONTAGION, LIMITS, PARTICIPATION
from sim.lab.evidence.ranges import RANGES

PATTERNS: tuple[Pattern, ...] = (
    *GATES,
    *sorted((*LIMITS, *CONTAGION, *PARTICIPATION, *FRIENDS, *PLACES), key=lambda each: each.id),
    *RANGES,
)


def chosen(only: Sequence[str] = ()) -> tuple[Pattern, ...]:
    """The patterns that are named: by id (P03 is P03a to P03c), or by a word in their titles; all if none is.

    Raises
    ------
    InputError : a name that is neither; the nearest id is told.
    """
    wanted: set[str] = set()
    for name in only:
        found = {each.id for each in PATTERNS if name.lower() in {each.id.lower(), each.family.lower()}}
        found = found or {each.id for each in PATTERNS if _says(each, name)}
        if not found:
            hint = f"Did you mean '{_nearest(name.upper())}'?"
            raise InputError(f"there is no pattern '{name}'", place="--only", expected="ids or a word", hint=hint)
        wanted |= found
    return tuple(each for each in PATTERNS if each.id in wanted) if only else PATTERNS


def _nearest(name: str) -> str:
    """The id that is most like a name; of several, the one that begins most like it."""
    known = sorted({each.id for each in PATTERNS} | {each.family for each in PATTERNS})
    return max(known, key=lambda id_: (SequenceMatcher(None, name, id_).ratio(), _begins_alike(name, id_)))


def _begins_alike(one: str, other: str) -> int:
    """How many letters two names begin with together."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _says(pattern: Pattern, word: str) -> bool:
    """Whether a title has the word (two letters at least; an unknown id is no word)."""
    return len(word) > 1 and any(word.lower() in text.lower() for text in pattern.title)
