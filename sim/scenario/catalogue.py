"""Every parameter of the schema as a row of a table, found by its dotted key; and what a mistyped key may have meant.

A dotted key names a parameter, such as ``mechanism.content.quality``. Within a list of named items the item's name or
its number comes in between: ``structure.kols.host.quality`` or ``structure.kols.0.quality``. The *pattern* of both is
``structure.kols[].quality``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from sim.errors import InputError
from sim.scenario.origins import ORIGINS, Origin
from sim.scenario.parameter import Scope, Section
from sim.scenario.schema import Scenario

Kind: TypeAlias = Literal["float", "int", "bool", "str", "choice", "list", "mapping"]
_KINDS: dict[object, Kind] = {float: "float", int: "int", bool: "bool", str: "str", Literal: "choice"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a scenario.

    Parameters
    ----------
    key : its pattern, such as ``structure.kols[].quality``.
    type : ``list`` and ``mapping`` only for ``goals``, ``arms[].who.people``, and what ``playbook`` and ``arms`` set.
    default : the value it has when no file states it.
    unit : what it is measured in; ``name``, ``choice``, ``switch``, ``file`` or ``goal`` for what is no quantity.
    low, high : inclusive range; None where it is open.
    choices : the allowed words of a choice.
    optional : whether null is allowed.
    en, zh : meaning.
    source : author and year, or "design choice".
    scope : whether it is about a person's day, a group, or the plan (see :data:`sim.scenario.parameter.Scope`).
    origin : of a behavioural parameter, where its default comes from and how far it may lie elsewhere; None for a
        lever, a switch and a word (see :mod:`sim.scenario.origins`).
    """

    key: str
    type: Kind
    default: Any
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    optional: bool
    en: str
    zh: str
    source: str
    scope: Scope
    origin: Origin | None = None

    @property
    def numeric(self) -> bool:
        """Whether it is a number or a switch."""
        return self.type in {"float", "int", "bool"}

    def range(self) -> str:
        """The allowed numbers in words, empty where all are."""
        if self.low is not None and self.high is not None:
            return f"from {number(self.low)} to {number(self.high)}"
        if self.low is not None:
            return f"of at least {number(self.low)}"
        return "" if self.high is None else f"of at most {number(self.high)}"

    def expected(self) -> str:
        """What is allowed, in words: kind, range and unit."""
        if self.type in {"float", "int"}:
            kind = "a whole number" if self.type == "int" else "a number"
            text = " ".join(part for part in (kind, self.range(), f"({self.unit})") if part)
        elif self.type == "choice":
            text = "one of " + ", ".join(self.choices)
        else:
            items = "a list of persons' numbers" if self.unit == "person" else "a list of texts"
            words = {"bool": "true or false", "str": "text", "list": items}
            text = words.get(self.type, "a mapping of dotted keys to numbers or switches")
        return text + (" or null" if self.optional else "")


@dataclass(frozen=True, slots=True)
class Block:
    """A section, or a list of sections (``table``), with its meaning."""

    key: str
    kind: type[Section]
    table: bool
    en: str
    zh: str


def number(value: float) -> str:
    """A number as people write it: 5, 0.05, 20000000."""
    return str(int(value)) if float(value).is_integer() else str(value)


def fields(kind: type[Section], prefix: str = "") -> Iterator[Parameter | Block]:
    """The parameters and blocks right below a section, in the order of the schema."""
    for name, info in kind.model_fields.items():
        yield _described(kind, f"{prefix}.{name}" if prefix else name, info)


def _described(section: type[Section], key: str, info: FieldInfo) -> Parameter | Block:
    """One field of a section as a parameter or a block."""
    meta: dict[str, Any] = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    en, zh = info.description or "", meta.get("zh", "")
    inner = get_args(info.annotation)
    table = get_origin(info.annotation) is list
    kind = inner[0] if table else info.annotation
    if isinstance(kind, type) and issubclass(kind, Section):
        return Block(key, kind, table, en, zh)
    optional = get_origin(info.annotation) in {Union, UnionType} and NoneType in inner
    base: Any = next(kind for kind in inner if kind is not NoneType) if optional else info.annotation
    return Parameter(
        key=key,
        type=_KINDS.get(get_origin(base) or base, "list" if table else "mapping"),
        default=info.get_default(call_default_factory=True, validated_data={}),
        unit=meta.get("unit", ""),
        low=next((float(str(rule.ge)) for rule in info.metadata if isinstance(rule, Ge)), None),
        high=next((float(str(rule.le)) for rule in info.metadata if isinstance(rule, Le)), None),
        choices=get_args(base) if get_origin(base) is Literal else (),
        optional=optional,
        en=en,
        zh=zh,
        source=meta.get("source", ""),
        scope=meta.get("scope") or section.scope,
        origin=ORIGINS.get(key),
    )


@cache
def entries() -> dict[str, Parameter | Block]:
    """Everything in the schema by pattern, in its order; ``""`` is the scenario itself."""

    def below(kind: type[Section], prefix: str) -> Iterator[Parameter | Block]:
        for entry in fields(kind, prefix):
            yield entry
            if isinstance(entry, Block):
                yield from below(entry.kind, entry.key + "[]" if entry.table else entry.key)

    root = Block("", Scenario, False, "a scenario", "场景")
    return {entry.key: entry for entry in (root, *below(Scenario, ""))}


@cache
def parameters() -> tuple[Parameter, ...]:
    """All parameters of a scenario, in the order of the schema."""
    return tuple(entry for entry in entries().values() if isinstance(entry, Parameter))


def steps(key: str) -> list[str]:
    """A dotted key in parts; what stands in the ``set`` of a playbook or an arm is a dotted key and stays whole."""
    if key.startswith(("playbook.", "arms.")) and ".set." in key:
        head, _, tail = key.partition(".set.")
        return [*head.split("."), "set", tail]
    return key.split(".")


def pattern(path: Sequence[str | int]) -> str | None:
    """The pattern of a path (see the module's text); None if the schema has no such thing."""
    at = ""
    for index, step in enumerate(path):
        entry = entries()[at.removesuffix("[]")]
        if isinstance(entry, Parameter):  # a goal, or a key of a playbook's ``set``
            return at if entry.type in {"list", "mapping"} and index == len(path) - 1 else None
        if entry.table and not at.endswith("[]"):
            at += "[]"
            continue
        at = f"{at}.{step}" if at else str(step)
        if at not in entries():
            return None
    return at


def lookup(path: Sequence[str | int]) -> Parameter | Block | None:
    """What the schema says about a path; for an item of a list, the list."""
    found = pattern(path)
    return None if found is None else entries()[found.removesuffix("[]")]


#: Patterns of keys that have another name now, or that are gone, with the next step.
FORMER = {
    **dict.fromkeys(
        ("structure.kols[].reach", "mechanism.content.reach"),
        "Write audience, in people: a reach of 0.004 in a market of 5,000 is an audience of 20.",
    ),
    "mechanism.attention.overload_most": "Delete it: overload has no limit any more, since no plan met it.",
    "mechanism.reputation.online_audience": "Delete it: at most, the whole market hears a complaint.",
    "mechanism.leaving.lapse_days": "Delete it: who counts as silent is a definition now, 30 days without a visit.",
}


def formerly(path: Sequence[str | int]) -> str:
    """The next step for a key that was renamed or removed; empty for any other."""
    known: list[str] = []
    for place, step in enumerate(path):
        entry = entries().get(".".join(known))
        if isinstance(entry, Block) and entry.table and place == len(path) - 2:
            known[-1] += "[]"
        else:
            known.append(str(step))
    return FORMER.get(".".join(known), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word; empty if none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else ""


def nearest_key(key: str) -> str:
    """A sentence that names the dotted keys nearest to an unknown one: spelt alike, else with the same last part."""
    wanted = steps(key)
    if step := formerly(wanted):
        return step
    known = [_filled(entry, wanted) for entry in entries() if entry]
    if hint := did_you_mean(key, known):
        return hint
    last = difflib.get_close_matches(wanted[-1], [name.rpartition(".")[2] for name in known], n=1, cutoff=0.75)
    leaves = [name for name in known if name.rpartition(".")[2] in last]
    leaves = [name for name in leaves if not name.startswith("arms.")] or leaves
    return f"Did you mean {' or '.join(repr(name) for name in leaves[:4])}?" if leaves else ""


def _filled(entry: str, wanted: list[str]) -> str:
    """A pattern with the item that the user named in place of the brackets."""
    parts = entry.replace("[]", ".[]").split(".")
    if len(parts) == len(wanted):
        parts = [given if part == "[]" else part for part, given in zip(parts, wanted, strict=True)]
    return ".".join("NAME" if part == "[]" else part for part in parts)


def check_key(key: str, place: str = "") -> list[str]:
    """The parts of a dotted key.

    Raises
    ------
    InputError : the schema has no such key; with the nearest one. (Whether a list has such an item is not looked at.)
    """
    path = steps(key)
    if not key or pattern(path) is None:
        raise InputError(f"unknown key '{key}'", place=place, expected="a dotted key", hint=nearest_key(key))
    return path
