"""Conditions of the playbook, such as ``active_share < 0.2 and day >= 90``: figures of yesterday evening, compared.

The figures are those that the engine's record of a day gives at once. They are called as in ``list metrics`` and mean
the same: money is to date, as in goals.
"""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

#: In the order of their codes in a compiled plan.
SIGNS = ("<", "<=", ">", ">=")
_TERM = re.compile(
    r"\s*(?P<figure>[A-Za-z_][A-Za-z_0-9]*)\s*(?P<sign><=|>=|<|>)\s*"
    r"(?P<value>[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?)\s*"
)
_AND = re.compile(r"\band\b")
EXPECTED = "FIGURE < NUMBER (or <=, >, >=), several joined by 'and', such as active_share < 0.2"


class Figure(NamedTuple):
    """How a figure is made: (sum of its parts) × scale ÷ ``over``.

    Parameters
    ----------
    column : of a day's record, that of yesterday, or with ``to_date`` of all days so far; "" for none.
    over : another column by which it is divided, undefined where that is 0; "" for none.
    scale : what the sum is multiplied by.
    spent, reputation, day : by how much what has been spent (in cents), yesterday's reputation and the number of today
        are added.
    grows : whether it grows with the size of a market, so that a threshold does too.
    """

    column: str = ""
    over: str = ""
    scale: float = 1.0
    to_date: bool = False
    spent: float = 0.0
    reputation: float = 0.0
    day: float = 0.0
    grows: bool = True


_COUNTS = (
    *("weak", "strong", "members", "active", "active_30", "visitors", "joined", "left", "followers", "lapsed", "fans"),
    *("member_posts", "posters", "attendance", "invitations", "referral_joins", "warnings"),
    *("complaints", "complaints_heard", "purchases"),
)
FIGURES: dict[str, Figure] = {
    "day": Figure(day=1.0, grows=False),
    **{name: Figure(name) for name in _COUNTS},
    "strong_share": Figure("strong", "people", grows=False),
    "active_share": Figure("active", "members", grows=False),
    "satisfaction_mean": Figure("satisfaction_sum", "judging", 2.0**-32, grows=False),
    "tie_strength_mean": Figure("tie_sum", "members", 2.0**-32, grows=False),
    "reputation": Figure(reputation=1.0, grows=False),
    "rocket_stage": Figure("rocket_stage", grows=False),
    "revenue": Figure("revenue", scale=0.01, to_date=True),
    "cost": Figure(scale=0.01, spent=1.0),
    "profit": Figure("revenue", scale=0.01, to_date=True, spent=-1.0),
}
#: Other names under which a figure is known.
ALSO = {"spent": "cost"}


class Term(NamedTuple):
    """A comparison: a figure by name, one of :data:`SIGNS`, a number."""

    figure: str
    sign: str
    value: float


def terms(text: str) -> list[Term]:
    """The comparisons that must all hold.

    Raises
    ------
    ValueError : it is no condition; what is expected, or the nearest figure.
    """
    found = []
    for part in _AND.split(text):
        match = _TERM.fullmatch(part)
        if not match:
            message = f"expected {EXPECTED}" + _hint(part)
            raise ValueError(message)
        name = ALSO.get(match["figure"], match["figure"])
        if name not in FIGURES:
            near = difflib.get_close_matches(name, FIGURES, n=1, cutoff=0.6)
            told = f"Did you mean '{near[0]}'?" if near else f"There are {', '.join(FIGURES)}."
            message = f"there is no figure '{name}'. {told}"
            raise ValueError(message)
        found.append(Term(name, match["sign"], float(match["value"])))
    return found


def _hint(part: str) -> str:
    """The next step for what people write instead."""
    if "%" in part:
        return ". Write a share as a number: 20 % is 0.2"
    if "=" in part and not re.search(r"[<>]", part):
        return ". Write <= or >="
    if re.search(r"\bor\b|\||&", part):
        return ". Only 'and' joins; for 'or' write another entry"
    return ""


def scaled(text: str, s: float) -> str:
    """The condition for a market of ``s`` times as many people: thresholds of people and money grow with it."""
    grown = [(each, each.value * s if FIGURES[each.figure].grows else each.value) for each in terms(text)]
    return " and ".join(f"{each.figure} {each.sign} {value!r}" for each, value in grown)
