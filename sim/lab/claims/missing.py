"""Claims that have no file yet, and what the model lacks for them; from ``missing.yaml`` beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from sim.lab.evidence.pattern import Text
from sim.scenario.yaml12 import Node, read


@dataclass(frozen=True, slots=True)
class Missing:
    """A claim without an experiment. ``lacks``: mechanisms that the model does not have; none: the file alone lacks."""

    id: str
    essays: tuple[str, ...]
    text: Text
    lacks: tuple[Text, ...]


@cache
def missing() -> tuple[Missing, ...]:
    """The claims without a file, in their order."""
    with as_file(files("sim.lab.claims").joinpath("missing.yaml")) as path:
        tree = read(path)
    names = {key: Text(*_pair(node)) for key, node in _inside(tree, "mechanisms").items()}
    found = []
    for id_, node in _inside(tree, "claims").items():
        row = node.plain()
        if not isinstance(row, dict):
            raise TypeError(f"{node.place}: a claim is a mapping")
        lacks = tuple(names[key] for key in row["lacks"])
        found.append(Missing(id_, tuple(row["essay"]), Text(row["en"], row["zh"]), lacks))
    return tuple(found)


def _inside(tree: Node, key: str) -> dict[str, Node]:
    node = tree.child(key)
    return node.value if node and isinstance(node.value, dict) else {}


def _pair(node: Node) -> tuple[str, str]:
    plain = node.plain()
    return (str(plain["en"]), str(plain["zh"])) if isinstance(plain, dict) else ("", "")
