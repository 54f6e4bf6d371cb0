"""Numbers as people read them: 1,234 · 12.3 % · −0.42 · 1,235 RMB; what is unknown is a dash.

A number and its unit are kept on one line by a no-break space.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

MISSING = "–"


def finite(value: object) -> float:
    """``value`` as a float; NaN for None (JSON has no NaN) and for what is no number."""
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else math.nan


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are written in one language (``en`` or ``zh``) and one currency ("" where none is known)."""

    lang: str
    currency: str = ""

    def text(self, value: object, kind: str, *, signed: bool = False) -> str:
        """One number with its unit.

        Parameters
        ----------
        value : the number; a dash stands for None, NaN and infinities.
        kind : "people", "hours", "ratio", "money", "share" and "chance" (0 to 1, written in per cent, chances without
            decimals where that claims no certainty), or "day".
        signed : write + before what is above zero, as in a difference; differences of shares are in points.
        """
        number = finite(value)
        if math.isnan(number):
            return MISSING
        plus = "+" if signed and number > 0 else ""
        if kind in {"share", "chance"}:
            return plus + _percent(100 * number, coarse=kind == "chance") + self._share_unit(signed)
        if kind == "day":
            return plus + _rounded(number, 0)
        if kind == "money":
            return plus + _rounded(number, 0 if abs(number) >= 100 or number == 0 else 2) + self._money_unit()
        if kind == "ratio":
            return plus + _rounded(number, 0 if abs(number) >= 1000 else 2 if abs(number) >= 0.1 else 3)
        return plus + _people(number)

    def interval(self, low: object, high: object, kind: str, *, signed: bool = False) -> str:
        """Both ends in brackets, or nothing where there is none (one replicate)."""
        if math.isnan(finite(low)) or math.isnan(finite(high)):
            return ""
        ends = [self._bare(self.text(end, kind, signed=signed)) for end in (low, high)]
        return f"[{ends[0]}, {ends[1]}]" + (self._share_unit(signed) if kind in {"share", "chance"} else "")

    def span(self, low: object, high: object, kind: str, *, signed: bool = False) -> str:
        """Both ends in words: "80 to 134 RMB"; "" where there is none."""
        if math.isnan(finite(low)) or math.isnan(finite(high)):
            return ""
        first, last = (self.text(end, kind, signed=signed) for end in (low, high))
        return f"{self._bare(first)}{' 至 ' if self.lang == 'zh' else ' to '}{last}"

    @property
    def unit(self) -> str:
        """The currency as an axis names it; "" where none is known."""
        return self._money_unit().strip()

    def _bare(self, text: str) -> str:
        for unit in (self._share_unit(False), self._share_unit(True), self._money_unit()):
            text = text.removesuffix(unit) if unit else text
        return text

    def _share_unit(self, difference: bool) -> str:
        if difference:
            return "\u00a0个百分点" if self.lang == "zh" else "\u00a0points"
        return "%" if self.lang == "zh" else "\u00a0%"

    def _money_unit(self) -> str:
        if not self.currency:
            return ""
        name = "元" if self.lang == "zh" and self.currency in {"RMB", "CNY"} else self.currency
        return f"\u00a0{name}"


def _people(number: float) -> str:
    """Means of counts: decimals only where they tell something."""
    if number == int(number) or abs(number) >= 100:
        return _rounded(number, 0)
    return _rounded(number, 1 if abs(number) >= 1 else 2)


def _percent(number: float, *, coarse: bool) -> str:
    if coarse and 1 <= number <= 99:
        return _rounded(number, 0)
    if number == int(number):
        return _rounded(number, 0)
    return _rounded(number, 1 if abs(number) >= 10 else 2)


def _rounded(number: float, decimals: int) -> str:
    text = f"{number:,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.removeprefix("-")
    return text.replace("-", "−")
