"""A YAML file that is no scenario (a design, a claim), as it is read: its tree, and what is wrong with it so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sim.errors import InputError, InputErrors
from sim.scenario.catalogue import did_you_mean
from sim.scenario.mistakes import show
from sim.scenario.yaml12 import Node, read


class ReadFile:
    """What is read of a file; ``problems`` are gathered, so that a user mends them all at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = read(path)
        self.problems: list[InputError] = []

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Keep errors that are raised within the block."""
        try:
            yield
        except InputErrors as errors:
            self.problems += errors.errors
        except InputError as error:
            self.problems.append(error)

    @staticmethod
    def inside(node: Node) -> Mapping[str, Node]:
        """The entries of a mapping; none of anything else."""
        return node.value if isinstance(node.value, dict) else {}

    def check_keys(self, node: Node, known: Sequence[str], what: str, hints: Mapping[str, str] | None = None) -> None:
        """Refuse unknown keys of a mapping; ``hints``: the next step for keys that belong elsewhere."""
        for key, child in self.inside(node).items():
            if key not in known:
                hint = (hints or {}).get(key) or did_you_mean(key, known)
                problem = f"unknown key '{key}' in {what}"
                error = InputError(problem, place=child.key_place, expected="one of " + ", ".join(known), hint=hint)
                self.problems.append(error)

    def refuse(self, node: Node, what: str, expected: str, hint: str = "") -> None:
        """Say that a value is not what is expected."""
        problem = f"{what} is {show(node.plain())}"
        self.problems.append(InputError(problem, place=node.place, expected=expected, hint=hint))

    def wanted(self, node: Node, key: str, expected: str, where: str = "") -> Node | None:
        """What stands under a key that must be there; None, with the problem kept, if it is not."""
        child = node.child(key) if isinstance(node.value, dict) else None
        if child is None or child.value is None:
            name, place = f"{where}.{key}" if where else key, child.place if child else node.place
            hint = "" if isinstance(node.value, dict) else f"Write {key}: … below it."
            self.problems.append(InputError(f"{name} is missing", place=place, expected=expected, hint=hint))
            return None
        return child
