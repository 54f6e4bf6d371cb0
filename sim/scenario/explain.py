"""A scenario written out: as YAML with the meaning of each value, and as the JSON Schema that editors understand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

from sim.scenario.catalogue import Block, Parameter, fields, number, parameters
from sim.scenario.goals import GOAL
from sim.scenario.origins import Origin
from sim.scenario.parameter import Section
from sim.scenario.refusal import refusal, refusal_of_arm
from sim.scenario.schema import Scenario

Language: TypeAlias = Literal["en", "zh"]

_PLAIN = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_./\u4e00-\u9fff-]*")
_NOT_PLAIN = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}  # also for readers of YAML 1.1
_JSON_TYPES = {"float": "number", "int": "integer", "bool": "boolean", "str": "string", "choice": "string"}


def to_yaml(scenario: Scenario, comments: Language | None = None, *, defaults: bool = True) -> str:
    """A scenario as a file that ``load`` reads back to an equal one.

    Parameters
    ----------
    comments : language of unit, range and meaning behind each value; None for none.
    defaults : False leaves out what equals the default. A name always stands.
    """
    lines = list(_section(scenario, "", "", comments, defaults=defaults))
    return "\n".join(lines) + "\n"


def scalar(value: object) -> str:
    """A text, number, switch or None in YAML; text in quotes where another reading is possible."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN:
        return value
    return '"' + "".join(_escaped(letter) for letter in value) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def _section(section: Section, key: str, indent: str, comments: Language | None, *, defaults: bool) -> Iterator[str]:
    """The lines of a section's fields; ``key``: the pattern of the section."""
    plain = type(section)()
    for entry in fields(type(section), key):
        name = entry.key.rpartition(".")[2]
        value = getattr(section, name)
        if not defaults and value == getattr(plain, name) and (name != "name" or value is None):
            continue
        comment = f"  # {remark(entry, comments)}" if comments else ""
        if isinstance(entry, Parameter) and not isinstance(value, dict | list):
            yield f"{indent}{name}: {scalar(value)}{comment}"
        elif isinstance(value, Section):
            yield f"{indent}{name}:{comment}"
            yield from _section(value, entry.key, indent + "  ", comments, defaults=defaults)
        elif not value:
            yield f"{indent}{name}: {'{}' if isinstance(value, dict) else '[]'}{comment}"
        else:
            yield f"{indent}{name}:{comment}"
            yield from _inside(value, entry.key, indent + "  ", comments, defaults=defaults)


def _inside(
    value: dict[str, Any] | list[Any], key: str, indent: str, comments: Language | None, *, defaults: bool
) -> Iterator[str]:
    """The lines of a list's items or of a mapping's values. Only the first item is commented."""
    if isinstance(value, dict):
        yield from (f"{indent}{scalar(key)}: {scalar(inner)}" for key, inner in value.items())
        return
    for index, item in enumerate(value):
        if not isinstance(item, Section):
            yield f"{indent}- {scalar(item)}"
            continue
        remarks = comments if index == 0 else None
        lines = list(_section(item, f"{key}[]", indent + "  ", remarks, defaults=defaults))
        first = lines[0].removeprefix(indent + "  ") if lines else "{}"
        yield f"{indent}- {first}"
        yield from lines[1:]


def remark(entry: Parameter | Block, lang: Language) -> str:
    """Meaning, unit, range and origin in one line."""
    meaning = entry.en if lang == "en" else entry.zh
    if isinstance(entry, Block):
        return meaning
    allowed = allowed_values(entry, lang)
    unit = "" if entry.unit in {"name", "choice"} else entry.unit
    measure = " ".join(part for part in (unit, allowed) if part)
    parts = [measure] if measure else []
    if entry.origin:
        parts.append(origin_told(entry.origin, lang))
    between = {"en": "; ", "zh": "；"}[lang]
    return f"{meaning} [{between.join(parts)}]" if parts else meaning


_ORIGINS: Mapping[Language, Mapping[str, str]] = {
    "en": {"published": "published", "calibrated": "calibrated", "design": "design choice"},
    "zh": {"published": "文献取值", "calibrated": "校准所得", "design": "设计取值"},
}
_PLAUSIBLE = {"en": ", plausible {} to {}", "zh": "，合理范围 {} 至 {}"}
_ASSUMED = {"en": ", sign assumed", "zh": "，方向为假定"}


def origin_told(origin: Origin, lang: Language) -> str:
    """Where a value comes from, how far it may lie elsewhere, and whether its sign is put in, without the reason."""
    told = _ORIGINS[lang][origin.kind] + _PLAUSIBLE[lang].format(number(origin.low), number(origin.high))
    return told + (_ASSUMED[lang] if origin.sign_assumed else "")


def allowed_values(entry: Parameter, lang: Language) -> str:
    """The choices or the range in words; empty where everything is allowed."""
    if entry.choices:
        return ", ".join(entry.choices)
    allowed = entry.range()
    if lang == "zh":
        for english, chinese in (("from ", ""), (" to ", " 至 "), ("of at least ", "≥ "), ("of at most ", "≤ ")):
            allowed = allowed.replace(english, chinese)
    return allowed


def json_schema(lang: Language = "en") -> dict[str, Any]:
    """The JSON Schema (draft 7) of a scenario file, with meanings in one language.

    As in ``load``: every key may be left out, ``extends`` is allowed, unknown keys are not, a block may be empty, and a
    list of named items may be a mapping that changes items by name.
    """
    schema = _object(Scenario, "", lang)
    extends = {"en": "a scenario this one changes; it states only what differs", "zh": "所继承的场景文件；只写不同之处"}
    schema["properties"] = {"extends": {"type": "string", "description": extends[lang]}, **schema["properties"]}
    schema["properties"]["goals"]["items"]["pattern"] = f"^{re.sub(r'[?]P<[a-z]+>', '', GOAL.pattern)}"
    title = {"en": "community growth scenario", "zh": "社群增长场景"}[lang]
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **schema, "type": "object"}


def _object(kind: type[Section], key: str, lang: Language) -> dict[str, Any]:
    properties = {entry.key.rpartition(".")[2]: _entry(entry, lang) for entry in fields(kind, key)}
    return {"type": ["object", "null"], "additionalProperties": False, "properties": properties}


def _entry(entry: Parameter | Block, lang: Language) -> dict[str, Any]:
    if isinstance(entry, Parameter):
        return _value(entry, lang)
    described = {"description": entry.en if lang == "en" else entry.zh}
    if not entry.table:
        return {**described, **_object(entry.kind, entry.key, lang)}
    item = {**_object(entry.kind, entry.key + "[]", lang), "type": "object"}
    if "name" not in entry.kind.model_fields:
        return {**described, "type": "array", "items": item}
    by_name = {"type": "object", "additionalProperties": item}
    return {**described, "anyOf": [{"type": "array", "items": item}, by_name]}


def _value(entry: Parameter, lang: Language) -> dict[str, Any]:
    schema: dict[str, Any] = {"description": remark(entry, lang), "default": entry.default}
    if entry.type == "list":
        return {**schema, "type": "array", "items": {"type": "integer" if entry.unit == "person" else "string"}}
    if entry.type == "mapping":
        refuses = refusal_of_arm if entry.key.startswith("arms") else refusal
        return {**schema, **_changes(lang, refuses)}
    schema["type"] = [_JSON_TYPES[entry.type], "null"] if entry.optional else _JSON_TYPES[entry.type]
    if entry.choices:
        schema["enum"] = list(entry.choices)
    schema |= {"minimum": entry.low} if entry.low is not None else {}
    schema |= {"maximum": entry.high} if entry.high is not None else {}
    return schema


def _changes(lang: Language, refuses: Callable[[str], object]) -> dict[str, Any]:
    """What a playbook or an arm may set: numbers and switches by dotted key, items of lists by any name."""
    exact: dict[str, Any] = {}
    named: dict[str, Any] = {}
    for entry in parameters():
        if refuses(entry.key.replace("[]", ".0")):
            continue
        if "[]" in entry.key:
            named["^" + re.escape(entry.key).replace(r"\[\]", r"\.[^.]+") + "$"] = _value(entry, lang)
        else:
            exact[entry.key] = _value(entry, lang)
    return {"type": "object", "additionalProperties": False, "properties": exact, "patternProperties": named}
