"""Design files: everything that a sweep is, in one YAML file.

.. code-block:: yaml

    scenario: dedao                     # a name, or a file relative to this one
    factors:                            # KEY: SPEC as in --vary, a list of levels, or a mapping; or a list of KEY=SPEC
      mechanism.content.posts_per_week: 1:14
      mechanism.content.quality: [0.2, 0.5, 0.8]
      mechanism.incentives.inviter_reward: {low: 1, high: 100, log: true}
      plan: [dedao, hard_selling]
    constraints: [mechanism.content.posts_per_week * mechanism.content.quality <= 6]
    sampler: {kind: lhs, runs: 200}     # runs: points, each with all its replicates; {kind: list, file: points.csv}
    replicates: 10
    seed: 7
    seeds: paired                       # or independent
    outcomes: [strong_share, profit]
    budget: {runs: 5000, hours: 2}
    assumptions: {mechanism.word_of_mouth.visible: 0.001:0.05}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sim.errors import InputError, InputErrors
from sim.lab.designs.factors import PLAN, Factor
from sim.lab.designs.specification import Budget, Design
from sim.lab.designs.vary import make_factors, stated
from sim.scenario.load import find_scenario, is_scenario_name, load
from sim.scenario.mistakes import show
from sim.scenario.readfile import ReadFile
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import Node, read

KEYS = (
    "scenario", "factors", "constraints", "sampler", "replicates", "seed", "seeds", "outcomes", "budget", "assumptions",
)  # fmt: skip
#: A file with one of these is meant as a design: no scenario has them.
_OWN = ("scenario", "factors", "sampler", "outcomes")
_VARIES = (
    "A design varies a scenario; fix values with --set KEY=VALUE, or in a scenario file of its own that extends it."
)
_SAMPLER = ("kind", "runs", "file", "points")
_BUDGET = ("runs", "hours")
_OPTIONS = ("sampler", "runs", "replicates", "seed", "seeds")


def is_designfile(named: str | Path) -> bool:
    """Whether this is a file that is meant as a design, not as a scenario.

    Raises
    ------
    InputError : a file that is no YAML. One that does not end as scenarios do is not read.
    """
    path = Path(named)
    return is_scenario_name(path) and path.is_file() and any(read(path).child(key) is not None for key in _OWN)


def load_designfile(
    path: str | Path,
    overrides: Sequence[str] = (),
    *,
    vary: Sequence[str] = (),
    constraints: Sequence[str] = (),
    **instead: str | int | None,
) -> Design:
    """The design in a design file.

    Parameters
    ----------
    overrides : ``KEY=VALUE`` for its scenario, as in ``--set``.
    vary, constraints : more factors (``KEY=SPEC``) and constraints.
    instead : ``sampler``, ``runs``, ``replicates``, ``seed``, ``seeds`` instead of the file's; None leaves the file's.

    Raises
    ------
    InputErrors : everything that is wrong with it, each with ``file:line:column``, or the option that states it.
    """
    if odd := set(instead) - set(_OPTIONS):
        raise TypeError(f"no such option: {', '.join(sorted(odd))}")
    file = _File(Path(path))
    file.check_keys(file.tree, KEYS, "a design file", dict.fromkeys((*Scenario.model_fields, "set", "days"), _VARIES))
    scenario = file.scenario(overrides)
    factors = file.factors("factors", scenario, vary)
    assumptions = file.factors("assumptions", scenario, ())
    sampler = file.sampler()
    arguments: dict[str, Any] = {
        "points": sampler.pop("points", None),
        "constraints": [*file.texts("constraints"), *constraints],
        "outcomes": file.texts("outcomes"),
        "budget": file.budget(),
        "assumptions": assumptions,
        "folder": file.path.parent,
    }
    arguments |= sampler
    arguments |= {key: node.plain() for key in ("replicates", "seed", "seeds") if (node := file.tree.child(key))}
    if instead.get("sampler") in {"grid", "list"}:
        arguments.pop("runs", None)
    for key, value in instead.items():
        if value is not None:
            arguments[key], file.sources[key] = value, f"--{key}"
    if file.problems:
        raise InputErrors(file.problems)
    return Design(scenario, factors, **arguments, sources=file.sources)


class _File(ReadFile):
    """A design file as it is read, and where its arguments stand."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.sources = {key: node.place for key, node in self.inside(self.tree).items()}

    def scenario(self, overrides: Sequence[str]) -> Scenario:
        """The scenario that is varied; without it nothing else can be checked."""
        node = self.tree.child("scenario")
        if node is None or not isinstance(node.value, str):
            problem = "scenario is missing" if node is None else f"scenario is {show(node.plain())}"
            place = self.tree.place if node is None else node.place
            expected = "the name or path of the scenario that is varied"
            self.problems.append(InputError(problem, place=place, expected=expected))
        else:
            with self.collected():
                return load(find_scenario(node.value, self.path.parent, node.place), overrides).scenario
        raise InputErrors(self.problems)

    def factors(self, key: str, scenario: Scenario, vary: Sequence[str]) -> tuple[Factor, ...]:
        """Factors or assumptions: a mapping from keys, or a list of KEY=SPEC or of mappings with ``key``."""
        node = self.tree.child(key)
        with self.collected():
            pairs = [*self.pairs(node), *map(stated, vary)]
            if key == "assumptions" and any(name == PLAN for name, _ in pairs):
                raise InputError("a plan is no assumption", place=node.place if node else "", expected="dotted keys")
            return make_factors(pairs, scenario, self.path.parent)
        return ()

    def pairs(self, node: Node | None) -> Iterator[tuple[str, Node]]:
        if node is None or node.value is None:
            return
        if isinstance(node.value, dict):
            yield from node.value.items()
            return
        for item in node.value if isinstance(node.value, list) else [node]:
            named = item.child("key")
            if isinstance(item.value, str) and "=" in item.value:
                key, _, spec = item.value.partition("=")
                yield key.strip(), Node(spec.strip(), item.place, item.place)
            elif isinstance(item.value, dict) and named is not None and isinstance(named.value, str):
                rest = {key: child for key, child in item.value.items() if key != "key"}
                yield named.value, Node(rest, item.place, named.place)
            else:
                expected = "a mapping of keys to values, or a list of 'KEY=SPEC'"
                raise InputError(f"this is no factor: {show(item.plain())}", place=item.place, expected=expected)

    def texts(self, key: str) -> list[str]:
        """A text or a list of texts; the place of each becomes the source ``KEY.TEXT``."""
        node = self.tree.child(key)
        found: list[str] = []
        items = [] if node is None or node.value is None else node.value if isinstance(node.value, list) else [node]
        for item in items:
            if isinstance(item.value, str):
                found.append(item.value)
                self.sources[f"{key}.{item.value}"] = item.place
            else:
                problem = f"{key} has {show(item.plain())}"
                self.problems.append(InputError(problem, place=item.place, expected="text", hint="Put it in quotes."))
        return found

    def sampler(self) -> dict[str, Any]:
        """The arguments ``sampler``, ``runs`` and ``points``, as far as they are stated."""
        node = self.tree.child("sampler")
        if node is None or not isinstance(node.value, dict):
            return {} if node is None else {"sampler": node.plain()}
        self.check_keys(node, _SAMPLER, "sampler")
        self.sources |= {key: child.place for key, child in node.value.items()}
        kind = node.child("kind")
        self.sources["sampler"] = kind.place if kind else node.place
        found = {"runs": node.value["runs"].plain()} if "runs" in node.value else {}
        found |= {"sampler": kind.plain()} if kind else {}
        file = node.child("file")
        if file is not None:
            self.sources["points"] = file.place
        if file is not None and not isinstance(file.value, str):
            self.problems.append(InputError(f"file is {show(file.plain())}", place=file.place, expected="a CSV file"))
        return found | {"points": file.value if file else node.child("points")}

    def budget(self) -> Budget:
        node = self.tree.child("budget")
        if node is None or node.value is None:
            return Budget()
        if not isinstance(node.value, dict):
            expected = "such as {runs: 1000, hours: 2}"
            self.problems.append(InputError(f"budget is {show(node.plain())}", place=node.place, expected=expected))
        self.check_keys(node, _BUDGET, "budget")
        found: dict[str, Any] = {}
        for key, kinds in (("runs", (int,)), ("hours", (int, float))):
            child = node.child(key)
            if child is None or child.value is None:
                continue
            self.sources[f"budget.{key}"] = child.place
            if type(child.value) in kinds and child.value > 0:  # type: ignore[operator]
                found[key] = child.value
            else:
                expected = "a whole number above 0" if key == "runs" else "a number above 0"
                problem = f"budget.{key} is {show(child.plain())}"
                self.problems.append(InputError(problem, place=child.place, expected=expected))
        return Budget(**found)
