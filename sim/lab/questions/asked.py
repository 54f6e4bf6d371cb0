"""What a question of many runs is about: a scenario with what varies, or a design file; and the metric it asks of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.lab.designs import Design
from sim.lab.designs.designfile import is_designfile, load_designfile
from sim.lab.questions.loading import Given, loaded
from sim.lab.store.folder import found_folder
from sim.model import measures
from sim.scenario.catalogue import did_you_mean
from sim.scenario.load import Loaded, find_scenario
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import read

#: The outcome where none is named: the aim.
AIM = "strong"
#: Replicates of each point where none are stated (design choice): luck is told from the factors by its own spread, so
#: few do.
REPLICATES = 4


class Asked:
    """A scenario and what varies in it, or a design file and what comes instead.

    Parameters
    ----------
    given : a scenario, its file or name, or a design file.
    vary : ``KEY=SPEC`` each. constraints : expressions over the factors. overrides : ``KEY=VALUE`` for the scenario.
    days : instead of ``run.days``.
    stated : ``sampler``, ``runs``, ``points``, ``replicates``, ``seed``, ``seeds``, as in
        :class:`~sim.lab.designs.Design`; None where they are not stated.

    Attributes
    ----------
    design : as stated. designed : whether it is a design file. file : of the scenario that is varied; None where the
    scenario is at hand. name : for folders.

    Raises
    ------
    InputError, InputErrors : something is wrong with it; with its place.
    """

    def __init__(
        self, given: Given, *, vary: Sequence[str] = (), constraints: Sequence[str] = (), days: int | None = None,
        overrides: Sequence[str] = (), **stated: Any,
    ) -> None:  # fmt: skip
        self.given, self.vary, self.constraints, self.stated = given, vary, constraints, stated
        self.changes = [*overrides] if days is None else [*overrides, f"run.days={days}"]
        self.named = given if isinstance(given, str | Path) else None
        self.designed = self.named is not None and is_designfile(self.named)
        self.file = _file(given)
        self.design = self.with_sampler()
        self.name = self.design.scenario.name if self.file is None else self.file.stem
        self.states_replicates = stated.get("replicates") is not None
        if self.designed and self.file is not None:
            tree = read(self.file)
            self.states_replicates |= tree.child("replicates") is not None
            if base := tree.child("scenario"):
                self.file = find_scenario(str(base.value), self.file.parent)

    def with_sampler(self, **chosen: Any) -> Design:
        """The design with a sampler, points and replicates instead of those stated; None leaves what is stated."""
        given = {name: value for name, value in {**self.stated, **_known(chosen)}.items() if value is not None}
        if self.designed and self.named is not None:
            if "points" in given:
                hint = "Write them into the file."
                raise InputError("a design file states its own points", place="--points", hint=hint)
            return load_designfile(self.named, self.changes, vary=self.vary, constraints=self.constraints, **given)
        found = loaded([self.given], self.changes, {})[0]
        names = ("sampler", "runs", "replicates", "seed", "seeds", "points")
        sources = {name: f"--{name}" for name in names} | {"factors": "--vary"}
        return Design(found.scenario, self.vary, constraints=self.constraints, sources=sources, **given)

    @property
    def replicates(self) -> int | None:
        """The replicates of a point that suit where none are stated; None where some are."""
        return None if self.states_replicates else REPLICATES


def outcome_of(design: Design, outcome: str | None, place: str = "--outcome") -> str:
    """The metric that a question or page is about: as stated, else the design's first, else strong ties.

    ``place``: where it is stated, for messages.

    Raises
    ------
    InputError : an unknown one.
    """
    known = metrics()
    if outcome is None:
        return next((name for name in design.outcomes if name in known), AIM)
    return check_known(outcome, [*known, *(name for name in design.outcomes if name not in known)], "outcome", place)


def metrics() -> list[str]:
    """The names of all metrics of a run."""
    return [each.name for each in measures.metrics()]


def check_known(name: str, known: Sequence[str], what: str, place: str) -> str:
    """The name, if it is known.

    Raises
    ------
    InputError : it is not; with the nearest one.
    """
    if name not in known:
        hint = did_you_mean(name, known)
        raise InputError(f"unknown {what} '{name}'", place=place, expected="one of " + ", ".join(known), hint=hint)
    return name


def _known(chosen: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in chosen.items() if value is not None}


def _file(given: Given) -> Path | None:
    """The file of a scenario or design; of a folder it is said which questions take one."""
    if isinstance(given, Scenario):
        return None
    if isinstance(given, Loaded):
        return given.path if given.files else None
    try:
        return find_scenario(given)
    except InputError as error:
        if not found_folder(given).is_dir():
            raise
        hint = "'discover' and 'report' take the folder of a sweep."
        raise InputError(f"'{given}' is a folder", expected="a scenario or a design file", hint=hint) from error
