"""Numbers as people read them: 1,234 · 12.3 % · −0.42 · 1,235 RMB; what is unknown is a dash."""

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
        kind : "people", "hours", "ratio", "money", "share" (0 to 1, written in per cent), or "day".
        signed : write + before what is above zero, as in a difference; differences of shares are in points.
        """
        number = finite(value)
        if math.isnan(number):
            return MISSING
        plus = "+" if signed and number > 0 else ""
        if kind == "share":
            return plus + _rounded(100 * number, 1) + self._share_unit(signed)
        if kind == "day":
            return plus + _rounded(number, 0)
        if kind == "money":
            return plus + _rounded(number, 0 if abs(number) >= 100 else 2) + self._money_unit()
        if kind == "ratio":
            return plus + _rounded(number, 0 if abs(number) >= 1000 else 2 if abs(number) >= 0.1 else 4)
        return plus + _people(number)

    def interval(self, low: object, high: object, kind: str, *, signed: bool = False) -> str:
        """Both ends in brackets, or nothing where there is none (one replicate)."""
        if math.isnan(finite(low)) or math.isnan(finite(high)):
            return ""
        ends = [self._bare(self.text(end, kind, signed=signed)) for end in (low, high)]
        return f"[{ends[0]}, {ends[1]}]" + (self._share_unit(signed) if kind == "share" else "")

    def span(self, low: object, high: object, kind: str, *, signed: bool = False) -> str:
        """Both ends in words: "80 to 134 RMB"; "" where there is none."""
        if math.isnan(finite(low)) or math.isnan(finite(high)):
            return ""
        first, last = (self.text(end, kind, signed=signed) for end in (low, high))
        return f"{self._bare(first)}{' 至 ' if self.lang == 'zh' else ' to '}{last}"

    def _bare(self, text: str) -> str:
        for unit in (self._share_unit(False), self._share_unit(True), self._money_unit()):
            text = text.removesuffix(unit) if unit else text
        return text

    def _share_unit(self, difference: bool) -> str:
        if difference:
            return " 个百分点" if self.lang == "zh" else " points"
        return "%" if self.lang == "zh" else " %"

    def _money_unit(self) -> str:
        if not self.currency:
            return ""
        return " 元" if self.lang == "zh" and self.currency in {"RMB", "CNY"} else f" {self.currency}"


def _people(number: float) -> str:
    """Means of counts: decimals only where they tell something."""
    if number == int(number) or abs(number) >= 100:
        return _rounded(number, 0)
    return _rounded(number, 1 if abs(number) >= 1 else 2)


def _rounded(number: float, decimals: int) -> str:
    text = f"{number:,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.removeprefix("-")
    return text.replace("-", "−")
