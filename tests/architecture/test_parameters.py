"""Nothing is declared in vain: every parameter, switch and purpose of luck has a reader, every rule a source."""

from __future__ import annotations

import ast
import re

import pytest

from sim.engine.draws import Purpose
from sim.scenario.catalogue import Parameter, parameters
from tests.architecture.tree import Chain, Module, functions, modules, reads, reads_in

#: How the rows of a list, and what is handed on whole, are called where they are read.
ALSO_CALLED = {
    "kols": {"kol", "voices"},
    "channels": {"plan"},
    "activities": {"plan"},
    "products": {"product"},
    "operators": {"plan"},
    "free_content": {"stage", "stages"},
    "platform": {"stage", "stages"},
    "paid_products": {"stage", "stages"},
    "playbook": {"change", "entry"},
    "arms": {"arm"},
}
#: Parameters whose names are words of Python, and how they are read.
READ_AS = {"for": "lasts"}
SOURCE = re.compile(r"\b(?:19|20)\d\d\b|design choice|definition", re.IGNORECASE)


def chains() -> set[Chain]:
    """What the package reads outside the scenario's own room, as section and field."""
    readers = [module for module in modules().values() if module.room != "scenario" or module.name.endswith(".changes")]
    return {chain[-2:] for module in readers for chain in reads(module)}


READ = chains()


@pytest.mark.parametrize("parameter", parameters(), ids=lambda parameter: parameter.key)
def test_every_parameter_is_read(parameter: Parameter) -> None:
    section, _, leaf = f"scenario.{parameter.key}".replace("[]", "").rpartition(".")
    last = section.rpartition(".")[2]
    wanted = {
        (name, field)
        for name in {last} | ALSO_CALLED.get(last, set())
        for field in (READ_AS.get(leaf, leaf), "model_dump")
    }
    somebody = any(one in READ for one in wanted)
    assert somebody, "nobody reads it"


def test_what_a_persons_day_reads_is_about_a_person_or_a_group() -> None:
    scopes = {parameter.key: parameter.scope for parameter in parameters()}
    read = {
        (key, name)
        for module in modules().values()
        if module.wing == "engine"
        for name, node in functions(module)
        if node.args.args and node.args.args[0].arg == "me"
        for chain in reads_in(node)
        for first in range(len(chain))
        if (key := ".".join(chain[first:])) in scopes
    }
    assert len({key for key, _ in read}) > 80, "a person's acts are found, and what they read"
    assert {(key, name) for key, name in read if scopes[key] == "plan"} == set()


@pytest.mark.parametrize("purpose", Purpose, ids=lambda purpose: purpose.name)
def test_every_purpose_of_luck_is_drawn_or_explained(purpose: Purpose) -> None:
    declared = [
        line for line in modules()["sim.engine.draws"].text.splitlines() if line.strip().startswith(f"{purpose.name} =")
    ]
    fine = ("Purpose", purpose.name) in READ or "#" in declared[0]
    assert fine, "drawn nowhere: say in a comment what it was or will be for"


def test_purposes_are_never_renumbered() -> None:
    assert [purpose.value for purpose in Purpose] == list(range(1, len(Purpose) + 1))


@pytest.mark.parametrize(
    "module", [m for m in modules().values() if m.name.startswith("sim.engine.rules.")], ids=lambda module: module.name
)
def test_every_rule_names_its_source(module: Module) -> None:
    told = {f"{module.place(node)} {name}": ast.get_docstring(node) or "" for name, node in functions(module)}
    silent = [place for place, text in told.items() if not SOURCE.search(text)]
    assert not silent, "author and year, 'design choice', or 'definition'"
