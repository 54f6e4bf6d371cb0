"""What a pattern is: a figure, where real communities have it, and whether it may guide the choice of values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

#: Groups of patterns, in the order of the table.
Group = Literal["gate", "published", "range"]
GROUPS: tuple[Group, ...] = ("gate", "published", "range")
#: Where a target comes from: read in a source, computed, from memory, or a design choice.
Mark = Literal["V", "C", "M", "D"]


class Text(NamedTuple):
    """One text in both languages."""

    en: str
    zh: str

    def in_(self, lang: str) -> str:
        """The text in ``lang`` ("en" or "zh")."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One figure that the model is to show.

    ``low`` and ``high``: the target; None leaves an end open. ``strict``: its ends are not part of it ("more than 0").
    ``unit``: how the figure is written (as :class:`sim.views.language.numbers.Numbers` names it; "points" are
    differences of shares). ``source``: author and year; ``mark`` says where the target comes from. ``fits``: whether it
    may guide the choice of values; all others stay untouched. ``cannot``: why the model cannot express it today; None
    where it can.
    """

    id: str
    group: Group
    title: Text
    what: Text
    low: float | None = None
    high: float | None = None
    strict: bool = False
    unit: Literal["ratio", "share", "people", "money", "points"] = "ratio"
    source: str
    mark: Mark
    fits: bool = False
    cannot: Text | None = None

    @property
    def family(self) -> str:
        """The number without the letter of its part: P03 of P03b."""
        return self.id.rstrip("abcdefgh")
