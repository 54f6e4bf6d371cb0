"""``playbook``: changes of plan, by date, by condition or by chance, for some days or for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, create_model

from sim.scenario.conditions import terms
from sim.scenario.parameter import DESIGN, Section, block, flag, par, word
from sim.scenario.sections.title import Title


def _condition(text: str | None) -> str | None:
    if text is not None:
        terms(text)
    return text


def _number(unit: str, low: float, high: float, en: str, zh: str) -> Any:
    """A number that may be left out."""
    told: Any = {"unit": unit, "zh": zh, "source": DESIGN}
    return Field(None, ge=low, le=high, description=en, json_schema_extra=told)


class _Entry(Section, scope="plan"):
    """A change of plan: from when on, for how long, and which parameters then have which values."""

    name: str | None = word(None, "short name, by which it can be left out (--twin) and changed (--set)", "简称，可用于 --twin 与 --set")
    title: Title = block(Title, "title in the report; by default what it sets", "报告中的标题；默认为其所改参数")
    day: int | None = _number("day", 0, 36500, "day from which it holds (without day, when and rate: 0)", "生效日（day、when、rate 均未写则为0）")
    when: Annotated[str | None, AfterValidator(_condition)] = word(
        None, "condition on yesterday evening's figures, such as active_share < 0.2", "条件，依据昨晚的数字，如 active_share < 0.2", unit="condition"
    )
    days: int = par(1, "days", 1, 36500, "days on end on which the condition must have held", "条件须连续成立的天数")
    again: bool = flag(False, "whether it may begin again after it has ended, by its condition", "结束后条件再次成立时是否再次生效")
    rate: float | None = _number("1/year", 0, 365, "how often a year it happens, at random", "每年随机发生的次数")
    shock: str | None = word(None, "luck that several entries share; by default each has its own", "共同冲击：同名条目同时发生；默认各自独立")
    set: dict[str, float | int | bool] = Field(
        default_factory=dict,
        description="dotted parameter → value (numbers and switches)",
        json_schema_extra={"zh": "参数（点号路径）→ 新值", "unit": "keys", "source": DESIGN},
    )

    @property
    def lasts(self) -> int | None:
        """Days after which it is undone, None for never: ``for`` is a word of Python."""
        found: int | None = getattr(self, "for")
        return found

    @property
    def dated(self) -> bool:
        """Whether its day is known beforehand."""
        return self.when is None and self.rate is None

    @property
    def first(self) -> int:
        """The day of a dated entry."""
        return self.day or 0

    def contradictions(self, key: str) -> Iterator[str]:
        """One reason to begin, and nothing that belongs to another one."""
        causes = [name for name in ("day", "when", "rate") if getattr(self, name) is not None]
        if len(causes) > 1:
            yield f"{key}.{causes[1]}: an entry has either day, when or rate, and this one has {' and '.join(causes)}"
        if self.when is None and self.days != 1:
            yield f"{key}.days: how long a condition must have held, and {key}.when is not stated"
        if self.when is None and self.again:
            yield f"{key}.again: only what begins by a condition can be told to begin again, and {key}.when is not stated"
        if self.again and self.lasts is None:
            yield f"{key}.again: it never ends, so it cannot begin again; say for how many days it holds ({key}.for)"
        if self.shock is not None and self.rate is None:
            yield f"{key}.shock: only what happens at random shares luck, and {key}.rate is not stated"


if TYPE_CHECKING:

    class Change(_Entry):
        """An entry of the playbook."""

else:
    Change = create_model(
        "Change",
        __base__=_Entry,
        __module__=__name__,
        **{"for": (int | None, _number("days", 1, 36500, "days after which it is undone (none: it stays)", "持续天数，期满复原（无则一直有效）"))},
    )
    Change.__doc__ = "An entry of the playbook."
