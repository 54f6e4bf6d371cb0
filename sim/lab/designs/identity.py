"""What decides the points of a design, as plain values, and in which words two designs differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sim.lab.designs.factors import Factor, written
from sim.lab.store import canonical_json
from sim.scenario.mistakes import show
from sim.scenario.schema import Scenario

NO_INFLUENCE = ("name", "title", "goals")
"""Sections that change no number of a run."""

_WORDS = {
    "sampler": "the sampler",
    "runs": "the number of points wanted",
    "seed": "the seed",
    "seeds": "the seeds of points",
}


def sha256(content: bytes) -> str:
    """A hash in hex."""
    return hashlib.sha256(content).hexdigest()


def identity(scenario: Scenario) -> dict[str, Any]:
    """A scenario by what decides its numbers, but for replicates and seed; files by content, wherever they are."""
    plain = {name: section for name, section in scenario.plain().items() if name not in NO_INFLUENCE}
    plain["run"] = {key: value for key, value in plain["run"].items() if key not in {"replicates", "seed"}}
    network = plain["market"]["network"]
    files = {key: _content(network[key]) for key in ("file", "labels") if network[key] is not None}
    plain["market"] = {**plain["market"], "network": {**network, **files}}
    if plain["market"]["inflow"] is not None:
        plain["market"]["inflow"] = _content(plain["market"]["inflow"])
    return plain


def described(factor: Factor) -> dict[str, Any]:
    """A factor by its values; plans and files by content."""
    contents = {
        written(value): sha256(canonical_json(identity(meant)).encode())
        if isinstance(meant, Scenario)
        else _content(meant)
        for value, meant in factor.meant.items()
    }
    return {"key": factor.key, "kind": factor.kind, "spec": factor.spec, "contents": contents}


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
    """In what an earlier design (``theirs``) differs from this one, a sentence each."""
    found = [
        *_of_scenarios(mine.get("scenario"), theirs.get("scenario"), ""),
        *_of_factors("factor", mine.get("factors", []), theirs.get("factors", [])),
        *_of_lists("the constraint", mine.get("constraints", []), theirs.get("constraints", [])),
    ]
    for name, words in _WORDS.items():
        if mine.get(name) != theirs.get(name):
            found.append(f"{words}: now {_told(mine.get(name))}, before {_told(theirs.get(name))}")
    found += _of_lists("the outcome", mine.get("outcomes", []), theirs.get("outcomes", []))
    found += _of_factors("assumption", mine.get("assumptions", []), theirs.get("assumptions", []))
    if not found and mine.get("points") != theirs.get("points"):
        found.append("the points are others: they were listed otherwise, or made by another version of this program")
    yield from found


def _of_scenarios(mine: Any, theirs: Any, key: str) -> Iterator[str]:
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for name in {**mine, **theirs}:
            yield from _of_scenarios(mine.get(name), theirs.get(name), f"{key}.{name}" if key else name)
    elif canonical_json(mine) != canonical_json(theirs):
        yield f"{key}: now {show(mine)}, before {show(theirs)}"


def _of_factors(word: str, mine: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> Iterator[str]:
    now, before = ({each["key"]: each for each in some} for some in (mine, theirs))
    for key in {**now, **before}:
        if key not in before:
            yield f"the {word} {key} is new"
        elif key not in now:
            yield f"the {word} {key} is gone"
        elif now[key]["spec"] != before[key]["spec"]:
            yield f"the {word} {key}: now {now[key]['spec']}, before {before[key]['spec']}"
        else:
            old = before[key]["contents"]
            changed = [name for name, content in now[key]["contents"].items() if old.get(name) != content]
            yield from (f"{key} {name} has changed since" for name in changed)
    if set(now) == set(before) and list(now) != list(before):
        yield f"the {word}s come in another order"


def _of_lists(word: str, mine: list[str], theirs: list[str]) -> Iterator[str]:
    yield from (f"{word} '{text}' is new" for text in mine if text not in theirs)
    yield from (f"{word} '{text}' is gone" for text in theirs if text not in mine)


def _told(value: object) -> str:
    return "none" if value is None else str(value)


def _content(path: Any) -> str:
    """A file by its SHA-256, or by its path where it cannot be read: then no run can read it either."""
    with suppress(OSError, ValueError):
        if Path(path).is_file():
            with Path(path).open("rb") as file:
                return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
    return str(path)
