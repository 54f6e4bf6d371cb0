"""Reading a scenario: find the file, follow ``extends``, lay options over it, and check the whole.

Files and options become trees of values with places. They are laid one over the other, the schema's defaults lowest;
what the schema then refuses is told with the place the value came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from sim.errors import InputError, InputErrors
from sim.scenario.catalogue import check_key, did_you_mean
from sim.scenario.goals import read_goal
from sim.scenario.keys import with_changes
from sim.scenario.mistakes import validated
from sim.scenario.rest import unspendable
from sim.scenario.schema import NAME, Scenario
from sim.scenario.trees import merge, nested, place_of
from sim.scenario.variants import arm_problems, playbook_problems
from sim.scenario.yaml12 import Node, at, node_of, read, read_value

__all__ = ["Loaded", "available", "find_scenario", "load", "shipped", "with_changes"]

_SUFFIXES = ("", ".yaml", ".yml")
_ENDINGS = (".yaml", ".yml", ".json")
_TO_FILES = ("", "market", "market.network")
_FILES = {
    "market.inflow": "a table of days and multiples",
    "market.network.file": "an edge list",
    "market.network.labels": "a table of labels",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario and where it comes from.

    Parameters
    ----------
    scenario : complete and checked.
    path : its file, as the user named it.
    sources : dotted key → place (``file:line:column`` or the option) of each value that a file or an option states.
    files : the files read, from the scenario's own to its furthest parent.
    notes : what is allowed but may not be meant.
    """

    scenario: Scenario
    path: Path
    sources: dict[str, str]
    files: tuple[Path, ...]
    notes: tuple[str, ...]


def load(path: str | Path, overrides: Sequence[str] = (), changes: Mapping[str, object] | None = None) -> Loaded:
    """Read a scenario.

    Parameters
    ----------
    path : a file, or the bare name of a scenario in ``./scenarios`` or among the shipped ones.
    overrides : ``KEY=VALUE`` each, as in ``--set``; the value is YAML. The last one wins.
    changes : dotted key → value, laid over the overrides; a value may be a node, which keeps its place.

    Raises
    ------
    InputError : a file is missing or is not YAML, or an option is not KEY=VALUE.
    InputErrors : everything that is wrong with keys and values, each with its place.
    """
    found = find_scenario(path)
    problems: list[InputError] = []
    tree, files = _with_parents(found, problems)
    for key, node in _options(overrides, changes or {}, problems):
        tree = merge(tree, nested(key, _absolute(key, node, Path())), "", problems)
    problems += _missing_network_files(tree)
    try:
        scenario = validated(tree)
    except InputErrors as errors:
        problems += errors.errors
    problems += arm_problems(tree, problems)
    problems += playbook_problems(tree, problems)
    if problems:
        raise InputErrors(problems)
    return Loaded(scenario, found, dict(_sources(tree, "")), tuple(files), tuple(_notes(scenario, tree)))


def shipped(kind: str = "scenarios") -> Path:
    """The folder of what is shipped of a kind: the clone's, else the copy inside the installed package."""
    package = Path(__file__).parents[1]
    clone = package.parent
    return clone / kind if (clone / "scenarios" / "base.yaml").is_file() else package / f"_{kind}"


def available() -> dict[str, Path]:
    """Scenarios that can be named by their bare name; those in ``./scenarios`` hide shipped ones of the same name."""
    folders = (shipped(), Path("scenarios"))
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.y*ml")) if path.is_file()}


def find_scenario(name: str | Path, folder: Path | None = None, place: str = "") -> Path:
    """The file that is meant: a path (``.yaml`` may be left out), else a name in ``./scenarios``, else a shipped one.

    Parameters
    ----------
    folder : what a relative path is relative to; by default the working directory.
    place : where the name stands, for the message.

    Raises
    ------
    InputError : there is no such file; with the nearest name. Or it does not end as a scenario's does: whoever is sent
        a scenario is not shown, through its mistakes, what is in other files.
    """
    given = (folder or Path()) / name
    bare = Path(name).name == str(name)
    folders = [given.parent, *([Path("scenarios"), shipped()] if bare else [])]
    others = []
    for parent, suffix in product(folders, _SUFFIXES):
        if _is_file(path := parent / (given.name + suffix)):
            if is_scenario_name(path):
                return path
            others.append(path)
    if others:
        expected = f"a file that ends in {', '.join(_ENDINGS[:-1])} or {_ENDINGS[-1]}"
        raise InputError(f"'{name}' is no scenario file", place=place, expected=expected, hint="It was not read.")
    known = available() if bare else {}
    hint = did_you_mean(given.stem, [*(path.stem for path in given.parent.glob("*.y*ml")), *known])
    if not hint and known:
        hint = f"There are {', '.join(sorted(known))}."
    problem = f"there is no scenario '{name}'"
    raise InputError(problem, place=place, expected="a scenario file or a name that 'list' shows", hint=hint)


def is_scenario_name(path: Path) -> bool:
    """Whether a file is named as scenarios and studies are; others are never read as one."""
    return path.suffix.lower() in _ENDINGS


def _with_parents(path: Path, problems: list[InputError]) -> tuple[Node, list[Path]]:
    """The file laid over its parents, and those over the defaults; and the files from child to parent."""
    chain: list[tuple[Path, Node]] = []
    file: Path | None = path
    while file is not None:
        node = read(file)
        chain.append((file, node))
        file = _parent(node, [file for file, _ in chain])
    tree = node_of(Scenario().model_dump())
    for file, node in reversed(chain):
        stated = dict(node.value) if isinstance(node.value, dict) else {}
        stated.pop("extends", None)
        if file != path:  # a parent's name and title are its own
            stated.pop("name", None)
            stated.pop("title", None)
        else:
            stated.setdefault("name", Node(_name_of(path)))
        tree = merge(tree, _absolute("", replace(node, value=stated), file.parent), "", problems)
    return tree, [file for file, _ in chain]


def _parent(node: Node, chain: list[Path]) -> Path | None:
    """The file that the last of the chain extends."""
    extends = node.child("extends")
    if extends is None or extends.value is None:
        return None
    if not isinstance(extends.value, str):
        expected = "one file, such as base.yaml"
        raise InputError(f"extends is {extends.plain()!r}", place=extends.place, expected=expected)
    parent = find_scenario(extends.value, chain[-1].parent, extends.place)
    if any(parent.samefile(file) for file in chain):
        circle = " → ".join(str(file) for file in (*chain, parent))
        hint = "A scenario cannot extend itself."
        raise InputError(f"extends goes in a circle: {circle}", place=extends.place, hint=hint)
    return parent


def _name_of(path: Path) -> str:
    """A short name from the file's: what a name may not have becomes an underscore."""
    plain = "".join(letter if letter.isalnum() or letter in "_.-" else "_" for letter in path.stem).lstrip("_.-")[:64]
    return plain if NAME.fullmatch(plain) else "scenario"


def _options(
    overrides: Sequence[str], changes: Mapping[str, object], problems: list[InputError]
) -> Iterator[tuple[str, Node]]:
    """Dotted keys and values of ``--set`` and of the changes; unknown keys go to the problems."""
    stated: list[tuple[str, Node]] = []
    for text in overrides:
        key, equals, value = text.partition("=")
        place = f"--set {text}"
        if not equals:
            raise InputError("there is no '='", place=place, expected="KEY=VALUE, such as market.people=500")
        stated.append((key.strip(), read_value(value, place)))
    stated += [(key, value if isinstance(value, Node) else node_of(value, key)) for key, value in changes.items()]
    for key, node in stated:
        try:
            check_key(key, node.place)
        except InputError as error:
            problems.append(error)
        else:
            yield key, node


def _absolute(key: str, node: Node, folder: Path) -> Node:
    """The tree under a key with the network's files as absolute paths, so that they mean the same anywhere."""
    if isinstance(node.value, dict) and key in _TO_FILES:
        prefix = f"{key}." if key else ""
        inside = {name: _absolute(prefix + name, child, folder) for name, child in node.value.items()}
        return replace(node, value=inside)
    if key in _FILES and isinstance(node.value, str) and node.value:
        with suppress(OSError, ValueError, RuntimeError):  # what is no path is refused as a missing file
            return replace(node, value=str((folder / node.value).resolve()))
    return node


def _is_file(path: Path) -> bool:
    """Whether it is a file; a name that no file can have is none."""
    with suppress(OSError, ValueError):
        return path.is_file()
    return False


def _missing_network_files(tree: Node) -> Iterator[InputError]:
    """The network's files that do not exist."""
    for key, kind in _FILES.items():
        node = at(tree, key)
        path = Path(node.value) if node and isinstance(node.value, str) else None
        if node is None or path is None or _is_file(path):
            continue
        shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        problem, hint = missing_file(str(shown), path)
        yield InputError(f"{key}: {problem}", place=node.place, expected=kind, hint=hint)


def missing_file(name: str, path: Path) -> tuple[str, str]:
    """What is wrong with a path that is no file to read, and what may be meant."""
    with suppress(OSError, ValueError):
        if path.is_dir():
            return f"'{name}' is a folder", "Name a file in it."
        if path.exists():  # reading it may never end
            return f"'{name}' is a pipe, a socket or a device", "Save what it gives as a file, and name that."
        return f"there is no file '{name}'", did_you_mean(path.name, [other.name for other in path.parent.glob("*")])
    return f"there is no file '{name}'", ""  # no file can have such a name


def _sources(node: Node, key: str) -> Iterator[tuple[str, str]]:
    """Dotted keys of all stated values with their places."""
    inside: dict[str, Node] = {}
    if isinstance(node.value, dict):
        inside = node.value
    elif isinstance(node.value, list):
        inside = {child.name() or str(index): child for index, child in enumerate(node.value)}
    if not inside and node.place:
        yield key, node.place
    for name, child in inside.items():
        yield from _sources(child, f"{key}.{name}" if key else name)


def _notes(scenario: Scenario, tree: Node) -> Iterator[str]:
    """What is allowed but may not be meant."""
    days, network = scenario.run.days, scenario.market.network
    for index, change in enumerate(scenario.playbook):
        if change.dated and change.first >= days:
            place = place_of(tree, f"playbook.{index}.day") or place_of(tree, f"playbook.{index}")
            yield f"{place}the change on day {change.first} never comes, since run.days is {days}"
    for index, goal in enumerate(scenario.goals):
        day = read_goal(goal).day
        if day is not None and day > days:
            place = place_of(tree, f"goals.{index}")
            yield f"{place}day {day} of the goal is after the end, since run.days is {days}"
    if why := unspendable(scenario):
        yield f"{place_of(tree, 'budget.rest_to')}the rest of budget.total stays unspent: {why}"
    if network.labels and not network.file:
        place = place_of(tree, "market.network.labels")
        yield f"{place}market.network.labels is not used, since market.network.file is not stated"
    if network.file and (place := place_of(tree, "market.people")):
        yield f"{place}market.people is not used, since market.network.file sets the number of people"
