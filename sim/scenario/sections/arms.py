"""``arms``: treatments that part of the people get, and who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pydantic import Field

from sim.scenario.parameter import DESIGN, Section, block, word
from sim.scenario.sections.title import Title

#: Most arms of a plan. Design choice: a page can still show them side by side.
MOST_ARMS = 8
#: What tables call those who are in no arm.
NO_ARM = "none"
#: What a condition may ask of a person: column of the row, meaning.
TRAITS = {
    "tribe": ("tribe", "main tribe"),
    "second_tribe": ("tribe2", "second tribe"),
    "focus": ("focus", "share of interest in the main tribe"),
    "friends": ("degree", "friends"),
    "power": ("power", "purchasing power, mean 1"),
    "drive": ("drive", "log of the propensity to be active"),
}
_PART = re.compile(r"\s*([a-z_]+)\s*(==|!=|>=|<=|>|<)\s*(-?[0-9]+(?:\.[0-9]+)?)\s*")


class Asked(NamedTuple):
    """One part of a condition: ``trait sign bound``."""

    trait: str
    sign: str
    bound: float


def asked(condition: str) -> list[Asked] | None:
    """The parts of a condition, all of which must hold; None if it does not read ``TRAIT SIGN NUMBER and …``."""
    parts = [_PART.fullmatch(part) for part in re.split(r"\band\b", condition)]
    if not all(part and part[1] in TRAITS for part in parts):
        return None
    return [Asked(part[1], part[2], float(part[3])) for part in parts if part]


class Who(Section, scope="plan"):
    """Who is in an arm: so many drawn at random, those for whom a condition holds, or those who are named."""

    random: float | None = Field(
        None, ge=0, le=1, description="share of the people, drawn at random (a randomised trial)",
        json_schema_extra={"unit": "share", "zh": "随机抽取的人数占比（即随机试验）", "source": DESIGN},
    )  # fmt: skip
    by: Literal["person", "circle", "tribe"] = word(
        "person",
        "what is drawn: persons, circles (whoever has the same friend of highest lot, or is that friend), or whole tribes",
        "抽签单位：个人、圈子（好友中签号最高者相同的人为一圈）或整个圈层",
        "clusters of neighbours lessen interference: Ugander & Yin 2023", unit="choice",
    )  # fmt: skip
    condition: str | None = word(
        None, "a condition on who somebody is, such as 'tribe == 2 and power >= 1.5'",
        "条件，如 tribe == 2 and power >= 1.5", unit="condition",
    )  # fmt: skip
    people: list[int] = Field(
        default_factory=list, description="persons by number, from 0",
        json_schema_extra={"unit": "person", "zh": "按编号列出的人（从0起）", "source": DESIGN},
    )  # fmt: skip
    first: int | None = Field(
        None, ge=0, le=20_000_000, description="the first so many people of the market",
        json_schema_extra={"unit": "people", "zh": "市场中编号最前的若干人", "source": DESIGN},
    )  # fmt: skip

    def contradictions(self, key: str) -> Iterator[str]:
        """People are chosen in one way, and a condition can be read."""
        ways = {"random": self.random, "condition": self.condition, "people": self.people or None, "first": self.first}
        stated = [name for name, value in ways.items() if value is not None]
        if len(stated) != 1:
            found = f"{' and '.join(stated)} are stated" if stated else "nothing is stated"
            yield f"{key}: {found}; write one of random, condition, people or first, such as {{random: 0.5}}"
        if self.condition is not None and asked(self.condition) is None:
            known = ", ".join(TRAITS)
            yield (
                f"{key}.condition: '{self.condition}' cannot be read; write TRAIT SIGN NUMBER, joined by 'and', with "
                f"one of {known} and == != >= <= > <, such as 'tribe == 2'"
            )
        if any(person < 0 for person in self.people):
            yield f"{key}.people: persons are numbered from 0"
        if self.by != "person" and self.random is None:
            yield f"{key}.by: only what is drawn at random is drawn by {self.by}; state random, or leave by out"


class Arm(Section, scope="plan"):
    """A treatment: some parameters that differ for part of the people, from day 0 to the end."""

    name: str = word("arm", "name of the arm", "组别名称")
    title: Title = block(Title, "title", "标题")
    who: Who = block(Who, "who is in it", "哪些人在该组")
    set: dict[str, float | int | bool] = Field(
        default_factory=dict,
        description="dotted parameter → value for these people (numbers and switches of scope person)",
        json_schema_extra={"zh": "参数（点号路径）→ 对该组的取值（仅限个人层面的数值与开关）", "unit": "keys", "source": DESIGN},
    )
