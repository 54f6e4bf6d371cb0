"""What a parameter of a scenario means, from its one declaration."""

from __future__ import annotations

from typing import get_args

from pydantic import BaseModel

from sim.scenario.schema import Scenario


def meaning(key: str, lang: str) -> str:
    """The meaning of a dotted ``key``, or of a block, in ``lang``; "" where the schema does not know it.

    A row of a table is named by its name or number (``structure.kols.luo.quality``), which the schema does not hold;
    of joined groups (``culture + market``) each is explained.
    """
    if " + " in key:
        return " + ".join(filter(None, (meaning(part, lang) for part in key.split(" + "))))
    section: type[BaseModel] | None = Scenario
    told, in_table = "", False
    for name in key.split("."):
        if in_table:
            in_table = False
            continue
        if section is None or name not in section.model_fields:
            return ""
        field = section.model_fields[name]
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        told = str(extra.get("zh", "")) if lang == "zh" else field.description or ""
        kinds = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)]
        in_table = list in {getattr(field.annotation, "__origin__", None), field.annotation}
        section = next((kind for kind in kinds if issubclass(kind, BaseModel)), None)
    return told
