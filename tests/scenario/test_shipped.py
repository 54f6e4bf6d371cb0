"""The plans that are shipped: in both languages, without a mistake, and stating only what differs from their parent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.lab.goals import check_goals
from sim.scenario import Loaded, Scenario, load
from sim.scenario.yaml12 import Node, read
from tests.scenarios import SHIPPED

#: Names that files, scripts and dashboards rely on.
PROMISED = {"base", "dedao", "paid_product_first", "hard_selling", "xiaomi", "outbound", "elite_circle"}
CHINESE = re.compile("[\u4e00-\u9fff]")
HEADS = ("Public figures", "Calibrated", "Guesses", "What")
NO_CASES = {"base", "dedao_tuned", "hard_selling", "paid_product_first"}

every_plan = pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)


def parent_of(path: Path) -> Scenario:
    """The plan that a file extends; a plan of defaults where it extends none."""
    extends = read(path).child("extends")
    return load(path.parent / str(extends.value)).scenario if extends else Scenario()


def stated(node: Node, key: str = "") -> Iterator[tuple[str, Node]]:
    """What a file states: a line each, lists as a whole, but for what names the file itself."""
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            if key or name not in {"name", "title", "extends"}:
                yield from stated(child, f"{key}.{name}" if key else name)
    else:
        yield key, node


def value_at(scenario: Scenario, key: str) -> object:
    """What a scenario has under a dotted key, items of lists by name."""
    inside: object = scenario
    for step in key.split("."):
        named = {item.name: item for item in inside} if isinstance(inside, list) else {}
        inside = named[step] if named else getattr(inside, step)
    return inside


def test_the_promised_names_are_there() -> None:
    assert {path.stem for path in SHIPPED} >= PROMISED


@every_plan
def test_it_loads_without_a_note_and_is_called_as_its_file(path: Path) -> None:
    loaded: Loaded = load(path)
    check_goals(loaded.scenario, loaded.sources)
    assert loaded.notes == ()
    assert loaded.scenario.name == path.stem


@every_plan
def test_it_speaks_both_languages(path: Path) -> None:
    title, text = load(path).scenario.title, path.read_text(encoding="utf-8")
    assert title.en and title.zh
    assert CHINESE.search(title.zh)
    assert not CHINESE.search(title.en)
    head = text.partition("\nname: ")[0]
    assert all(line.startswith("#") for line in head.splitlines() if line)
    assert CHINESE.search(head)
    assert re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", head)
    if path.stem not in NO_CASES:
        assert [word for word in HEADS if f"# {word}" not in head] == [], "what it rests on is not said"


@every_plan
def test_it_states_only_what_differs_from_its_parent(path: Path) -> None:
    mine, parent = load(path).scenario, parent_of(path)
    lines = list(stated(read(path)))
    assert lines or path.stem == "base"
    if path.stem == "base":  # it shows newcomers the levers, defaults too
        return
    same = [node.place for key, node in lines if value_at(mine, key) == value_at(parent, key)]
    assert same == [], "these lines change nothing"
