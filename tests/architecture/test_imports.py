"""Who may import whom: one way, and each library in its own room."""

from __future__ import annotations

import ast
import sys
import tomllib
from graphlib import TopologicalSorter

import pytest

from tests.architecture.tree import ROOT, Module, imports, modules, reads

#: The rooms from the ground up. A room imports only from floors below its own. The scenario stands beside the engine:
#: it needs nothing of it, and a person's day nothing of the scenario but its compiled parameters.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "engine.compiled", "engine.records"),
    ("engine.draws", "engine.state", "scenario"),
    ("engine.rules", "engine.priority", "engine.purse"),
    ("engine.mechanisms",),
    ("engine.day",),
    ("engine.drivers",),
    ("market",),
    ("model",),
    ("lab.progress", "lab.statistics", "lab.store"),
    ("lab.goals", "lab.designs"),
    ("lab.headline", "lab.estimators"),
    ("lab.executors", "lab.treatments"),
    ("lab.runs",),
    ("lab.evidence", "lab.search"),
    ("lab.claims",),
    ("lab.questions",),
    ("views.language", "views.columns"),
    ("views.levers",),
    ("views.study",),
    ("views.playbook",),
    ("views.headline",),
    ("views.blocks",),
    ("views.sweep",),
    ("views.figures",),
    ("views.pages",),
    ("views.told",),
    ("cli",),
)
#: The doors: texts only.
NO_ROOMS = {"", "engine", "lab", "views"}
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

MESA = {"sim.model.agent", "sim.model.community", "sim.model.users"}
"""All that knows Mesa."""

PARTS_OF_OTHERS = {"annotated_types": "pydantic", "pydantic_core": "pydantic", "llvmlite": "numba"}
"""Libraries that come with another one and belong to its interface."""

UNSEEN = {"networkx", "xlsxwriter", "dask-jobqueue"}
"""Needed without an import of ours: by mesa.space, by pandas for workbooks, by the jobs in docs/sweeps.md."""

DISTRIBUTIONS = {"yaml": "PyYAML"}

every_module = pytest.mark.parametrize("module", modules().values(), ids=lambda module: module.name)


def test_every_room_has_its_floor() -> None:
    rooms = {module.room for module in modules().values()} - NO_ROOMS
    assert rooms <= set(FLOOR), f"a new room needs a floor: {rooms - set(FLOOR)}"


@every_module
def test_imports_go_down(module: Module) -> None:
    for name, node in imports(module):
        other = modules().get(name)
        if other is None or other.room in NO_ROOMS | {module.room}:
            continue
        assert module.room not in NO_ROOMS, f"{module.place(node)}: the door opens on first use only"
        assert FLOOR[other.room] < FLOOR[module.room], f"{module.place(node)}: {module.room} imports {other.room}"


def test_nothing_imports_in_a_circle() -> None:
    """Not even for types; but for the door, which opens on first use."""
    known = set(modules()) - {"sim"}
    graph = {name: {other for other, _ in imports(modules()[name], types=True)} & known for name in known}
    TopologicalSorter(graph).prepare()  # raises CycleError, with the circle


@every_module
def test_a_persons_day_knows_no_scenario(module: Module) -> None:
    if module.wing == "engine":
        names = {name.split(".")[1] for name, _ in imports(module) if name.startswith("sim.")}
        assert names <= {"engine", "errors"}


@every_module
def test_mesa_stays_in_its_rooms(module: Module) -> None:
    if module.name not in MESA:
        assert "mesa" not in _libraries(module)


@every_module
def test_only_the_compiler_compiles(module: Module) -> None:
    if module.name != "sim.engine.compiled":
        decorators = {"jit", "njit", "vectorize", "guvectorize", "cfunc", "stencil"}
        names = {
            alias.name for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom) for alias in node.names
        }
        assert not decorators & (names | {chain[-1] for chain in reads(module) if chain[0] == "numba"})


@every_module
def test_luck_comes_from_draws_only(module: Module) -> None:
    assert not _libraries(module) & {"random", "secrets"}, module.name
    for word in ("np.random", "numpy.random", "self.random.", "model.rng", "self.rng", "shuffle_do"):
        assert word not in module.text, f"{module.name}: {word}"


def test_every_library_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for name, lines in project["optional-dependencies"].items() if name != "test" for line in lines]
    declared = {line.split(">")[0].strip() for line in [*project["dependencies"], *extras]}
    used = set().union(*(_libraries(module) for module in modules().values())) - set(sys.stdlib_module_names) - {"sim"}
    used = {DISTRIBUTIONS.get(name, name) for name in used if PARTS_OF_OTHERS.get(name) not in declared}
    assert used <= declared, f"not in pyproject.toml: {used - declared}"
    assert declared <= used | UNSEEN, f"declared and not used: {declared - used}"


def _libraries(module: Module) -> set[str]:
    return {name.split(".")[0] for name, _ in imports(module)}
