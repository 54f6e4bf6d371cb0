"""How a parameter is declared: once, with unit, range, meaning in two languages, source, default and scope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

#: What a parameter is about: a person's day, so that two people may be treated differently; a group and its chat, so
#: that two groups may; or the plan, which is one for all.
Scope: TypeAlias = Literal["person", "group", "plan"]

DESIGN = "design choice"


class Section(BaseModel):
    """A block of a scenario file. Unknown keys, NaN, numbers in quotes and booleans as numbers are refused.

    ``class Ties(Section, scope="person")`` says what its parameters are about, but for those that say it themselves. A
    section that is made from another one has its scope.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, validate_default=True)

    scope: ClassVar[Scope]

    def __init_subclass__(cls, scope: Scope | None = None, **options: Any) -> None:
        super().__init_subclass__(**options)
        if scope is not None:
            cls.scope = scope

    def contradictions(self, key: str) -> Iterator[str]:  # noqa: ARG002
        """What cannot be true at once within this section.

        Parameters
        ----------
        key : where the section stands. Each text begins with the dotted key it is about and names others in full.
        """
        yield from ()


def par(
    default: float,
    unit: str,
    low: float | None,
    high: float | None,
    en: str,
    zh: str,
    source: str = DESIGN,
    *,
    scope: Scope | None = None,
) -> Any:
    """A number: default, unit, inclusive range (None: open), meaning in English and Chinese, source, scope."""
    return Field(default, ge=low, le=high, description=en, json_schema_extra=_told(unit, zh, source, scope))


def perfect(key: str, quality: float, cost: float) -> Iterator[str]:
    """Where quality has a price, c₀·q/(1 − q), perfection has none."""
    if cost > 0.0 and quality >= 1.0:
        yield f"{key}.quality: 1 has no price where {key}.cost_quality is above 0; write .999 at most, or a cost of 0"


def flag(default: bool, en: str, zh: str, source: str = DESIGN, *, scope: Scope | None = None) -> Any:
    """A switch."""
    return Field(default, description=en, json_schema_extra=_told("switch", zh, source, scope))


def word(
    default: str | None, en: str, zh: str, source: str = DESIGN, unit: str = "name", *, scope: Scope | None = None
) -> Any:
    """A name, a choice or a file; it stays outside the compiled parameters unless it is a choice."""
    return Field(default, description=en, json_schema_extra=_told(unit, zh, source, scope))


def block(kind: type[Section], en: str, zh: str) -> Any:
    """A nested block with its own defaults."""
    return Field(default_factory=kind, description=en, json_schema_extra={"zh": zh})


def table(en: str, zh: str, rows: list[Any] | None = None) -> Any:
    """A list of named items (KOLs, operators, channels, activities, products)."""
    return Field(default_factory=lambda: list(rows or []), description=en, json_schema_extra={"zh": zh})


def _told(unit: str, zh: str, source: str, scope: Scope | None) -> dict[str, Any]:
    return {"unit": unit, "zh": zh, "source": source, "scope": scope}
