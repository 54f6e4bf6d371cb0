"""A mechanism's names (its parameters, its switches, its part of the plan, its functions) are read in its own file.

Besides it, its section of the schema, the pages of the day, the state, the compiled plan, the measures and the views
may name it. What else does is an exception with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.architecture.tree import Module, imports, modules, reads

HOME = "sim.engine.mechanisms."

#: Mechanism → what it owns: sections of the schema, switches, and parts of the plan on the board.
OWNS: dict[str, set[str]] = {
    "activities": {"mechanism.activities", "mechanism.attending", "switches.activities", "plan.activities"},
    "attention": {"mechanism.attention"},
    "budget": set(),
    "buying": {"business.buying", "business.products", "plan.products"},
    "census": set(),
    "channels": {"entrance.channels", "switches.channels", "plan.channels"},
    "company": {"mechanism.company", "switches.company", "switches.belonging"},
    "content": {"mechanism.content", "switches.overload"},
    "expectation": {"mechanism.expectation", "switches.expectation"},
    "following": {"mechanism.following", "switches.following"},
    "groups": {"carrier.groups"},
    "incentives": {"mechanism.incentives", "switches.incentives", "switches.crowding"},
    "joining": {"entrance.consideration", "entrance.screening"},
    "leaving": {"mechanism.leaving", "switches.leaving"},
    "participation": {"mechanism.participation", "switches.participation"},
    "platform": {"carrier.platform", "switches.platform"},
    "playbook": {"playbook.entries", "playbook.running", "playbook.terms"},
    "publicity": set(),
    "reputation": {"mechanism.reputation", "switches.reputation"},
    "renewal": {"market.turnover", "playbook.present"},
    "rocket": {"business.rocket", "plan.stages"},
    "selling": {"business.selling", "switches.selling", "switches.selling_fatigue"},
    "service": {"structure.service", "structure.policy", "structure.operators", "switches.operators", "plan.team"},
    "ties": {"mechanism.ties", "switches.member_ties"},
    "voices": {"structure.kols", "switches.content", "switches.kols", "switches.energy", "plan.voices"},
    "word_of_mouth": {"mechanism.word_of_mouth", "switches.word_of_mouth", "switches.negative_word_of_mouth"},
}
#: Nobody's own: people tire of content and of activities alike.
SHARED = {"switches.habituation"}
OWNER = {name: mechanism for mechanism, names in OWNS.items() for name in names}
MODULES = {"mechanism", "business", "carrier", "structure", "entrance", "switches"}

#: Who reads a name of whom, and why.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("content", "attention"): "reading is where attention is spent: capacity, overload, its cost",
    ("content", "participation"): "members' messages are read with the posts: one experience, one overload",
    ("content", "ties"): "what is read of a voice is what its tie grows by",
    ("expectation", "ties"): "a disappointment takes its share of the tie to the firm",
    ("buying", "ties"): "so does a disappointing product",
    ("renewal", "groups"): "whoever is replaced gives up their place",
    ("company", "ties"): "how close one is to whom, the ties say",
    ("participation", "service"): "people with a strong tie ask operators for more",
    ("incentives", "buying"): "a commission is a share of the price",
}
#: Rooms that may name every mechanism: they declare, compile or show, or hold against what is known. (The model wing
#: compiles the plan, builds the state, has the faces of KOLs and operators, and makes the tables and measures.)
OPEN = ("sim.scenario", "sim.engine.state", "sim.engine.day", "sim.model", "sim.lab.evidence", "sim.views")


def names(module: Module) -> Iterator[str]:
    """The owned names that a module reads, as ``section.name``."""
    for chain in reads(module):
        for one, two in pairwise(chain):
            if one in MODULES or f"{one}.{two}" in OWNER:
                yield f"{one}.{two}"
    for name, _ in imports(module):
        if name.startswith(HOME):
            yield name


def foreign(module: Module) -> Iterator[tuple[str, str]]:
    """(reader, owner) of every name that a module reads of a mechanism that is not its own."""
    here = module.name.removeprefix(HOME)
    for name in names(module):
        owner = name.removeprefix(HOME).split(".")[0] if name.startswith(HOME) else OWNER.get(name, here)
        if owner != here:
            yield here, owner


CLOSED = [module for module in modules().values() if not module.name.startswith(OPEN)]


@pytest.mark.parametrize("module", CLOSED, ids=lambda module: module.name)
def test_a_mechanism_is_named_at_home(module: Module) -> None:
    assert not set(foreign(module)) - set(EXCEPTIONS)


def test_exceptions_are_few_and_needed() -> None:
    found = {pair for module in modules().values() if module.name.startswith(HOME) for pair in foreign(module)}
    assert len(EXCEPTIONS) <= 9
    assert set(EXCEPTIONS) == found


def test_every_mechanism_has_its_file_and_its_names() -> None:
    files = {name.removeprefix(HOME) for name in modules() if name.startswith(HOME)}
    assert files == set(OWNS)
    everything = {name for module in modules().values() for name in names(module) if not name.startswith(HOME)}
    assert not (set(OWNER) | SHARED) - everything, "owned and read nowhere"
    read = {name for module in modules().values() if module.name.startswith(HOME) for name in names(module)}
    assert not {name for name in read if not name.startswith(HOME)} - set(OWNER) - SHARED, "read and owned by nobody"
