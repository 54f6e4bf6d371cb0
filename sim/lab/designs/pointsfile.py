"""Points as given: a CSV file whose columns are keys, or a list of mappings from keys to values."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.errors import InputError
from sim.lab.designs.factors import PLAN, Factor
from sim.lab.designs.samplers import MOST_POINTS, Point
from sim.lab.designs.vary import KINDS, values_of, varied
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import Node, Scalar

NUMBER_COLUMN = "point"
"""The column with which plans are exported; it is passed over."""

_INTEGER = re.compile(r"[-+]?\d{1,18}")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None, "": None}


def read_csv(path: Path, scenario: Scenario, place: str = "") -> tuple[tuple[Factor, ...], list[Point]]:
    """Factors and points of a CSV file (UTF-8), each row a point. Files and plans in it are relative to its folder.

    Raises
    ------
    InputError : it cannot be read, or states what cannot be varied; with ``file:line:column``, the column as a cell.
    """
    if path.exists() and not path.is_file():  # a pipe or a device may never end, and cannot be read again to go on
        raise InputError(f"{path} is no file", place=place, expected="a CSV file", hint="Save the points as a file.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", place=place, expected="a CSV file") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"this is no CSV in UTF-8 ({error})", place=str(path)) from error
    if not lines:
        raise InputError("the file is empty", place=str(path), expected="a line of keys, then a line for each point")
    header = [cell.strip() for cell in lines[0][1]]
    keys = [(key, f"{path}:{lines[0][0]}:{column}") for column, key in enumerate(header, 1)]
    rows: list[dict[str, Node]] = []
    for line, cells in lines[1:]:
        if len(cells) != len(header):
            expected = f"{len(header)}, as in the first line"
            raise InputError(f"this line has {len(cells)} cells", place=f"{path}:{line}:1", expected=expected)
        nodes = (Node(_scalar(cell), f"{path}:{line}:{column}") for column, cell in enumerate(cells, 1))
        rows.append(dict(zip(header, nodes, strict=True)))
    return _columns(keys, rows, scenario, path.parent, str(path))


def read_nodes(
    rows: Sequence[Node], scenario: Scenario, folder: Path, place: str
) -> tuple[tuple[Factor, ...], list[Point]]:
    """Factors and points of a list of mappings; all state the same keys.

    Raises
    ------
    InputError : a row is no mapping, states other keys than the first, or what cannot be varied.
    """
    mappings: list[dict[str, Node]] = []
    for node in rows:
        if not isinstance(node.value, dict) or not node.value:
            raise InputError("this is no point", place=node.place or place, expected="a mapping from keys to values")
        if mappings and (odd := set(node.value) ^ set(mappings[0])):
            key = min(odd)
            problem = f"this point does not state {key}" if key in mappings[0] else f"only this point states {key}"
            raise InputError(problem, place=node.place or place, expected="the keys of the first point")
        mappings.append(node.value)
    keys = [(key, node.key_place) for key, node in mappings[0].items()] if mappings else []
    return _columns(keys, mappings, scenario, folder, place)


def _columns(
    keys: Sequence[tuple[str, str]], rows: Sequence[Mapping[str, Node]], scenario: Scenario, folder: Path, place: str
) -> tuple[tuple[Factor, ...], list[Point]]:
    places = dict(keys)
    if not 0 < len(rows) <= MOST_POINTS:
        raise InputError(f"there are {len(rows)} points", place=place, expected=f"from 1 to {MOST_POINTS:,}")
    if len(places) < len(keys):
        twice = next((key, at) for n, (key, at) in enumerate(keys) if key in dict(keys[:n]))
        raise InputError(f"the key '{twice[0]}' is stated twice", place=twice[1])
    places.pop(NUMBER_COLUMN, None)
    scenarios, found, columns = [scenario], dict[str, Factor](), []
    for key in sorted(places, key=lambda key: key != PLAN):  # an item may be in the plans only
        entry = None if key == PLAN else varied(key, places[key], scenarios)
        values, meant = values_of(key, entry, [row[key] for row in rows], folder)
        kind = "plan" if entry is None else KINDS[entry.type]
        found[key] = Factor(key, kind, tuple(dict.fromkeys(values)), meant=meant, place=places[key])
        scenarios += [plan for plan in meant.values() if isinstance(plan, Scenario)]
        columns.append(values)
    return tuple(found.values()), list(zip(*columns, strict=True))


def _scalar(cell: str) -> Scalar:
    """What stands in a cell: a number, a switch, null or text."""
    text = cell.strip()
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    return _WORDS.get(text, text)
