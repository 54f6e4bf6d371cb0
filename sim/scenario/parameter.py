"""How a parameter is declared: once, with unit, range, meaning in two languages, source and default."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

DESIGN = "design choice"


class Section(BaseModel):
    """A block of a scenario file. Unknown keys, NaN, numbers in quotes and booleans as numbers are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, validate_default=True)


def par(
    default: float,
    unit: str,
    low: float | None,
    high: float | None,
    en: str,
    zh: str,
    source: str = DESIGN,
) -> Any:
    """A number: default, unit, inclusive range (None: open), meaning in English and Chinese, source."""
    return Field(default, ge=low, le=high, description=en, json_schema_extra={"unit": unit, "zh": zh, "source": source})


def flag(default: bool, en: str, zh: str, source: str = DESIGN) -> Any:
    """A switch."""
    return Field(default, description=en, json_schema_extra={"unit": "switch", "zh": zh, "source": source})


def word(default: str | None, en: str, zh: str, source: str = DESIGN, unit: str = "name") -> Any:
    """A name, a choice or a file; it stays outside the compiled parameters unless it is a choice."""
    return Field(default, description=en, json_schema_extra={"unit": unit, "zh": zh, "source": source})


def block(kind: type[Section], en: str, zh: str) -> Any:
    """A nested block with its own defaults."""
    return Field(default_factory=kind, description=en, json_schema_extra={"zh": zh})


def table(en: str, zh: str, rows: list[Any] | None = None) -> Any:
    """A list of named items (KOLs, operators, channels, activities, products)."""
    return Field(default_factory=lambda: list(rows or []), description=en, json_schema_extra={"zh": zh})
