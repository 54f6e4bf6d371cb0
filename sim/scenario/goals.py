"""Goals as people write them: ``strong_share >= 2% by day 180``, ``利润 >= 20万 期末``; and what is wrong with one."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

Sign: TypeAlias = Literal[">=", "<=", ">", "<"]

FORM = "a goal reads 'METRIC >= NUMBER by day DAY', such as 'strong_share >= 2% by day 180' or 'profit >= 0 at the end'"

_SPACE = r"[\s\u00a0]*"
_SIGN = r"(?P<sign>>=|<=|≥|≤|>|<)"
_NUMBER = (
    r"(?P<number>[-−+]?(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]*)?|[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?)"
)
_UNIT = rf"(?:{_SPACE}(?P<unit>[%％万亿]))?(?:{_SPACE}(?:元|人|[A-Z]{{3}}))?"
_DAY = r"[到在]?第\s*(?P<{name}>[0-9]{{1,5}})\s*天[前时]?|[到在]?期末"
#: Also the pattern of the JSON schema: nothing in it that JavaScript does not know but the names of groups.
GOAL = re.compile(
    rf"{_SPACE}(?:(?:{_DAY.format(name='first')})[，,\s]*)?(?P<metric>[^<>=≥≤\s](?:[^<>=≥≤]*[^<>=≥≤\s])?){_SPACE}{_SIGN}{_SPACE}"
    rf"{_NUMBER}{_UNIT}{_SPACE}[，,]?{_SPACE}"
    rf"(?:(?P<when>[Bb]y|[Oo]n)\s+day\s+(?P<day>[0-9]{{1,5}})|[Aa]t\s+(?:the\s+)?end|{_DAY.format(name='last')})?{_SPACE}$"
)
_SIGNS: dict[str, Sign] = {">=": ">=", "≥": ">=", "<=": "<=", "≤": "<=", ">": ">", "<": "<"}
_TIMES = {"": 1.0, "%": 0.01, "％": 0.01, "万": 1e4, "亿": 1e8}


class Goal(NamedTuple):
    """A goal that was read.

    Parameters
    ----------
    metric : the name of a measure, or its title in either language, as written.
    sign : how the measure must stand to ``value``.
    value : the bound; 2% is .02, 20万 is 200,000.
    day : on whose evening the goal is judged; None for the last one.
    percent : whether the bound was written in per cent.
    """

    metric: str
    sign: Sign
    value: float
    day: int | None
    percent: bool = False


def read_goal(text: str) -> Goal:
    """The goal in a text.

    Raises
    ------
    ValueError : it cannot be read; with what is wrong, and how a goal reads.
    """
    match = GOAL.fullmatch(text)
    if match is None:
        message = f"{_wrong(text)}; {FORM}"
        raise ValueError(message)
    unit = match["unit"] or ""
    plain = re.sub("[,，]", "", match["number"]).replace("−", "-")
    days = [match[name] for name in ("first", "day", "last") if match[name]]
    if len(days) > 1:
        message = f"it names two days, {days[0]} and {days[1]}; {FORM}"
        raise ValueError(message)
    value = float(f"{plain}e-2") if _TIMES[unit] == 0.01 and "e" not in plain.lower() else float(plain) * _TIMES[unit]
    percent = _TIMES[unit] == 0.01
    return Goal(match["metric"], _SIGNS[match["sign"]], value, int(days[0]) if days else None, percent)


def _wrong(text: str) -> str:
    """What is wrong with a goal that cannot be read, the first thing that is."""
    if re.fullmatch(r"\s*[0-9]{3}\b.*", text):
        return "it begins with a number. In brackets a comma ends an item: put a goal with one in quotes"
    found = re.search(r"[<>=≥≤]+", text)
    if found is None:
        return "it has no >= or <="
    if found[0] not in _SIGNS:
        return f"'{found[0]}' is no sign; write >= or <="
    if not text[: found.start()].strip():
        return "it names no metric"
    rest = text[found.end() :].strip()
    number = re.match(rf"{_NUMBER}{_UNIT}", rest)
    if number is None:
        return f"'{rest}' is no number; write 2%, 10,000, 1.5万 or .02" if rest else "the number is missing"
    after = rest[number.end() :].strip()
    if after[:1] in {",", "，", "."} or after[:1].isdigit():
        return f"'{rest.split()[0]}' is no number; thousands are written 10,000"
    return f"'{after}' says no time; write by day 180, on day 180 or at the end"
