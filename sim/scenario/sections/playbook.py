"""``playbook``: dated changes of plan."""

from __future__ import annotations

from pydantic import Field

from sim.scenario.parameter import DESIGN, Section, par


class Change(Section, scope="plan"):
    """A dated change of plan: from that day on, these parameters have these values."""

    day: int = par(0, "day", 0, 36500, "day from which it holds", "生效日")
    set: dict[str, float | int | bool] = Field(
        default_factory=dict,
        description="dotted parameter → value (numbers and switches)",
        json_schema_extra={"zh": "参数（点号路径）→ 新值", "unit": "keys", "source": DESIGN},
    )
