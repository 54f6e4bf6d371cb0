"""What a sweep is to run, as stated from the command line, a design file or Python, and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sim.errors import InputError
from sim.lab.designs.constraints import Constraint
from sim.lab.designs.factors import Factor
from sim.lab.designs.pointsfile import read_csv, read_nodes
from sim.lab.designs.samplers import KINDS, MOST_POINTS, Kind, Point
from sim.lab.designs.vary import make_factors, stated
from sim.model import measures
from sim.scenario.catalogue import did_you_mean
from sim.scenario.keys import with_changes
from sim.scenario.load import Loaded, find_scenario, load
from sim.scenario.mistakes import show
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import Node, node_of

Given: TypeAlias = Scenario | Loaded | str | Path
Varied: TypeAlias = Mapping[str, object] | Sequence[str | Factor]
Listed: TypeAlias = Path | str | Sequence[Mapping[str, object]] | Node
Seeds: TypeAlias = Literal["paired", "independent"]

MOST_REPLICATES, MOST_SEED = 100_000, 2**53


@dataclass(frozen=True)
class Budget:
    """What a sweep may cost: ``runs`` in all (points × replicates), ``hours`` of wall time; None for no limit."""

    runs: int | None = None
    hours: float | None = None


@dataclass(frozen=True, init=False)
class Design:
    """What a sweep is to run, checked; see :class:`~sim.lab.designs.points.Points`.

    Parameters
    ----------
    scenario : what is varied, or its file or name.
    factors : ``KEY=SPEC`` texts or factors, or a mapping from keys to SPEC, list of levels or mapping (see ``vary``).
    points : instead of factors, the points themselves: a CSV file whose columns are keys, or mappings.
    constraints : see :mod:`sim.lab.designs.constraints`.
    sampler : by default ``list`` with points, else ``grid``. runs : points wanted, where the sampler takes a number.
    replicates, seed : instead of the scenario's.
    seeds : ``paired``, every point has the same people and luck; or ``independent``.
    outcomes : headline metrics and daily columns that the sweep is about; empty for all.
    assumptions : uncertain parameters with the range that each may have, as factors; they are not varied.
    folder : what files and plans are relative to. sources : where an argument was stated, for messages.

    Raises
    ------
    InputError, InputErrors : an argument cannot be used; with its place.
    """

    scenario: Scenario
    factors: tuple[Factor, ...]
    constraints: tuple[Constraint, ...]
    sampler: Kind
    runs: int | None
    replicates: int
    seed: int
    seeds: Seeds
    outcomes: tuple[str, ...]
    budget: Budget
    assumptions: tuple[Factor, ...]
    given: tuple[Point, ...]
    sources: Mapping[str, str] = field(compare=False, repr=False)

    def __init__(
        self,
        scenario: Given,
        factors: Varied = (),
        *,
        points: Listed | None = None,
        constraints: Sequence[str | Constraint] = (),
        sampler: str | None = None,
        runs: int | None = None,
        replicates: int | None = None,
        seed: int | None = None,
        seeds: str = "paired",
        outcomes: Sequence[str] = (),
        budget: Budget | None = None,
        assumptions: Varied = (),
        folder: Path = Path(),
        sources: Mapping[str, str] | None = None,
    ) -> None:
        at = Places(sources or {})
        base = _base(scenario, replicates, seed, folder, at)
        varied, rows = _factors_or_points(factors, points, base, folder, at)
        kind = _kind(sampler, bool(rows), at)
        self.__dict__.update(
            scenario=base,
            factors=varied,
            constraints=tuple(_constraints(constraints, varied, at)),
            sampler=kind,
            runs=_runs(kind, runs, at),
            replicates=base.run.replicates,
            seed=base.run.seed,
            seeds=at.choice("seeds", seeds, ("paired", "independent")),
            outcomes=_outcomes(outcomes, at),
            budget=budget or Budget(),
            assumptions=factors_of(assumptions, base, folder),
            given=tuple(rows),
            sources=dict(sources or {}),
        )


class Places:
    """Where arguments were stated, and the errors about them."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources

    def of(self, name: str) -> str:
        """The place of an argument, else its name."""
        return self.sources.get(name, name)

    def error(self, name: str, problem: str, expected: str = "", hint: str = "") -> InputError:
        """An error about an argument."""
        return InputError(problem, place=self.of(name), expected=expected, hint=hint)

    def whole(self, name: str, value: object, low: int, high: int) -> int:
        """An argument that is a whole number from low to high."""
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.error(name, f"{name} is {show(value)}", f"a whole number from {low} to {high}")
        return value

    def choice(self, name: str, value: object, known: Sequence[Any]) -> Any:
        """An argument that is one of the known words."""
        if not isinstance(value, str) or value not in known:
            hint = did_you_mean(str(value), known)
            raise self.error(name, f"{name} is {show(value)}", f"one of {', '.join(known)}", hint)
        return value


def factors_of(given: Varied | str, scenario: Scenario, folder: Path) -> tuple[Factor, ...]:
    """Factors as the arguments of :class:`Design` state them.

    Raises
    ------
    InputErrors : see :func:`sim.lab.designs.vary.make_factors`.
    """
    if isinstance(given, Mapping):
        pairs = [(key, spec if isinstance(spec, Node) else node_of(spec, key)) for key, spec in given.items()]
        return make_factors(pairs, scenario, folder)
    given = [given] if isinstance(given, str) else given
    ready = [each for each in given if isinstance(each, Factor)]
    plans = [plan for factor in ready for plan in factor.meant.values() if isinstance(plan, Scenario)]
    made = iter(make_factors([stated(each) for each in given if isinstance(each, str)], scenario, folder, plans))
    factors = tuple(each if isinstance(each, Factor) else next(made) for each in given)
    keys = [factor.key for factor in factors]
    for factor in ready:
        if keys.count(factor.key) > 1:
            raise InputError(f"the factor '{factor.key}' is stated twice", place=factor.place)
    return factors


def _base(scenario: Given, replicates: int | None, seed: int | None, folder: Path, at: Places) -> Scenario:
    """The scenario with the replicates and the seed of the design."""
    given = load(find_scenario(scenario, folder)) if isinstance(scenario, str | Path) else scenario
    base = given.scenario if isinstance(given, Loaded) else given
    repeats = at.whole("replicates", base.run.replicates if replicates is None else replicates, 1, MOST_REPLICATES)
    luck = at.whole("seed", base.run.seed if seed is None else seed, 0, MOST_SEED)
    return with_changes(base, {"run.replicates": repeats, "run.seed": luck})


def _factors_or_points(
    factors: Varied, points: Listed | None, base: Scenario, folder: Path, at: Places
) -> tuple[tuple[Factor, ...], list[Point]]:
    found, rows = factors_of(factors, base, folder), list[Point]()
    if points is not None:
        if found:
            raise at.error("points", "factors are stated too", "points alone: their keys are the factors")
        found, rows = _points(points, base, folder, at.of("points"))
    if not found:
        raise at.error("factors", "nothing is varied", "--vary KEY=SPEC, or factors", "'sweep --help' shows how.")
    return found, rows


def _kind(sampler: str | None, listed: bool, at: Places) -> Kind:
    kind: Kind = at.choice("sampler", sampler or ("list" if listed else "grid"), KINDS)
    if (kind == "list") != listed:
        hint = "Leave the sampler out." if listed else "Give points, or another sampler."
        raise at.error("sampler", f"the sampler is {kind} {'with' if listed else 'without'} points", hint=hint)
    return kind


def _constraints(given: Sequence[str | Constraint], factors: Sequence[Factor], at: Places) -> Iterator[Constraint]:
    for each in [given] if isinstance(given, str) else given:
        stated_at = "" if isinstance(each, Constraint) else at.sources.get(f"constraints.{each}", "")
        yield each if isinstance(each, Constraint) else Constraint.parse(each, factors, stated_at)


def _points(given: Listed, scenario: Scenario, folder: Path, place: str) -> tuple[tuple[Factor, ...], list[Point]]:
    if isinstance(given, str | Path):
        return read_csv(folder / given, scenario, place)
    node = given if isinstance(given, Node) else node_of(list(given), place)
    return read_nodes(node.value if isinstance(node.value, list) else [node], scenario, folder, place)


def _runs(kind: Kind, runs: int | None, at: Places) -> int | None:
    """The points wanted, None where the sampler or the list says how many."""
    if kind in {"grid", "list"}:
        if runs is not None:
            problem = f"runs is {runs}, and a {kind} runs all its points"
            raise at.error("runs", problem, "none", "For a sample of so many points choose lhs or sobol.")
        return None
    if runs is None:
        raise at.error("runs", f"{kind} needs the number of points", "--runs N, or runs under sampler")
    return at.whole("runs", runs, 1, MOST_POINTS)


def _outcomes(names: Sequence[str], at: Places) -> tuple[str, ...]:
    known = [each.name for each in measures.MEASURES]
    for name in names:
        if name not in known:
            place = f"outcomes.{name}" if f"outcomes.{name}" in at.sources else "outcomes"
            hint = did_you_mean(name, known) or "'list metrics' shows them all."
            raise at.error(place, f"unknown outcome '{name}'", "a headline metric or a daily column", hint)
    return tuple(names)
