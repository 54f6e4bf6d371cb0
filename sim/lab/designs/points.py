"""The points of a design: numbered, each a scenario, each run so many times.

>>> design = Design("dedao", factors=["mechanism.content.quality=0,1", "plan=dedao,hard_selling"])
>>> points = Points.of(design)
>>> points.table           # a table: point, mechanism.content.quality, plan
>>> points.scenario(3)     # built when it is wanted
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.errors import InputError
from sim.lab.designs.factors import Value
from sim.lab.designs.identity import described, differences, identity, sha256
from sim.lab.designs.samplers import Sample, listed, sample
from sim.lab.designs.specification import Design, Places
from sim.lab.store import canonical_json
from sim.scenario.keys import difference, played, transplant, with_changes
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"number": "float64", "integer": "int64", "switch": "bool"}


@dataclass(frozen=True)
class Points:
    """The points of a design, numbered from 0, and the scenario of each. The same design gives the same points."""

    design: Design
    sample: Sample

    @classmethod
    def of(cls, design: Design) -> Points:
        """The points of a design.

        Raises
        ------
        InputError : the sampler cannot make the points (see :func:`sim.lab.designs.samplers.sample`), or they
            are more than the budget.
        """
        at, most = Places(design.sources), design.budget.runs
        if design.sampler == "list":
            made = listed(design.given, design.factors, design.constraints)
        else:
            made = sample(
                design.sampler, design.factors, design.constraints,
                runs=design.runs or 0, seed=design.seed, place=at.of("sampler"),
            )  # fmt: skip
        points = cls(design, made)
        if most is not None and points.runs > most:
            problem = f"{len(points):,} points × {design.replicates:,} replicates are {points.runs:,} runs"
            hint = "Take fewer points or replicates, or raise the budget."
            raise at.error("budget.runs", problem, f"at most {most:,}", hint)
        return points

    def __len__(self) -> int:
        return len(self.sample.points)

    @property
    def runs(self) -> int:
        """Points × replicates."""
        return len(self) * self.design.replicates

    @property
    def notes(self) -> tuple[str, ...]:
        """What is not as asked for."""
        return self.sample.notes

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per point: ``point`` (int64), and a column per factor.

        float64 for numbers (NaN for null), int64, bool, str for choices, files as written and names of plans.
        """
        import pandas as pd  # noqa: PLC0415 - workers do without

        columns = {"point": pd.Series(range(len(self)), dtype="int64")}
        for factor, values in zip(self.design.factors, zip(*self.sample.points, strict=True), strict=True):
            columns[factor.key] = pd.Series(values, dtype=_DTYPES.get(factor.kind, "str"))
        return pd.DataFrame(columns)

    @property
    def replicates(self) -> int:
        """How often each point is run."""
        return self.design.replicates

    def values(self, point: int) -> dict[str, Value]:
        """Key → value of one point, as in its row."""
        return {factor.key: value for factor, value in zip(self.design.factors, self.sample.points[point], strict=True)}

    def seed(self, point: int) -> int:
        """``run.seed`` of one point: with paired seeds the design's, else a hash of that and the point's values."""
        if self.design.seeds == "paired":
            return self.design.seed
        named = canonical_json([self.design.seed, self.values(point)])
        return int.from_bytes(hashlib.sha256(named.encode()).digest()[:6], "big")  # 48 of the 53 bits allowed

    def scenario(self, point: int) -> Scenario:
        """The scenario of one point, with its seed and the design's replicates.

        Raises
        ------
        InputError : its values contradict each other, so it cannot be run; the reason, with the point's number.
        """
        changes: dict[str, object] = {"run.seed": self.seed(point)}
        scenario = self.design.scenario
        try:
            for factor, value in zip(self.design.factors, self.sample.points[point], strict=True):
                meant = factor.meant.get(value, value)
                if isinstance(meant, Scenario):
                    scenario = transplant(scenario, meant, [key for key, _, _ in difference(scenario, meant)])
                else:
                    changes[factor.key] = meant
            scenario = with_changes(scenario, changes)
            played(scenario)  # the playbook may contradict what is varied
        except InputError as error:
            raise InputError(str(error), place=f"point {point}") from error
        return scenario

    @cached_property
    def contradictions(self) -> dict[int, str]:
        """Points that cannot be run → the reason. Takes about a millisecond a point."""
        found: dict[int, str] = {}
        for point in range(len(self)):
            try:
                self.scenario(point)
            except InputError as error:
                found[point] = error.problem
        return found

    @cached_property
    def about(self) -> dict[str, Any]:
        """All that decides the points, as plain values for JSON. Replicates, which may be raised later, do not."""
        design = self.design
        return {
            "scenario": identity(design.scenario),
            "factors": [described(factor) for factor in design.factors],
            "constraints": sorted(constraint.text for constraint in design.constraints),
            "sampler": design.sampler,
            "runs": design.runs,
            "seed": design.seed,
            "seeds": design.seeds,
            "outcomes": sorted(design.outcomes),
            "assumptions": [described(factor) for factor in design.assumptions],
            "points": sha256(canonical_json(self.sample.points).encode()),
        }

    def fingerprint(self) -> str:
        """SHA-256 (hex) of :attr:`about`. The program's version is not in it: a run's id knows that."""
        return sha256(canonical_json(self.about).encode())

    def difference(self, other: Points | Mapping[str, Any]) -> tuple[str, ...]:
        """In what earlier points, or their ``about``, differ from these: a sentence each; empty where they agree."""
        theirs = other.about if isinstance(other, Points) else other
        return tuple(differences(self.about, theirs))
