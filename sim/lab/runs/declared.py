"""What a sweep's folder says of itself: ``manifest.json`` and ``plan.parquet``, from which its runs can be made again.

The manifest is written before the first run and completed when the sweep ends. It says the same whoever made the runs
and however often they were interrupted, but for ``command`` and ``remake``, which are as first given, and ``timings``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.lab.designs import Design, Factor, Points, Value
from sim.lab.designs.factors import written
from sim.lab.designs.identity import identity, sha256
from sim.lab.executors import Task
from sim.lab.executors.work import ERRORS
from sim.lab.store import Manifest, canonical_json, read_table, write_table
from sim.lab.store.folder import MANIFEST
from sim.lab.store.manifest import SWEEP_OF_0_1
from sim.lab.store.parts import PARTS, point_key
from sim.lab.store.version import model_version
from sim.scenario.schema import Scenario

KIND, PLAN = "sweep", "plan"


@dataclass(frozen=True)
class Setting:
    """One point: its values, its seed, the key that names its runs, and a name for its market and seed.

    ``key``: see :func:`sim.lab.store.parts.point_key`. ``market``: points with the same one share people in each
    replicate.
    """

    values: tuple[Value, ...]
    seed: int
    key: str
    market: str


def declare(points: Points, folder: Path, command: Sequence[str]) -> list[Setting]:
    """Write what the sweep is into its folder, or check that it is what stands there; return its points.

    The files' order matters: a folder with a sweep's manifest has everything else in place.

    Raises
    ------
    InputError : the folder holds another sweep (the message says in what it differs) or other things.
    """
    before = _standing(folder)
    if before is None:
        _check_place(folder)
        before = _standing(folder)  # another command may have been faster
    if before is not None:
        if before.settings["plan"] != points.fingerprint():
            raise _another(points, before.settings["about"], folder)
        if before.versions["source"] == model_version() and (known := _known(folder, points)) is not None:
            if points.replicates > before.replicates:
                _manifest(points, command or before.command).write(folder)
            return known
    for each in (folder / PARTS, folder / ERRORS):
        try:
            each.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder} cannot be made ({error.strerror})", place="--out") from error
    found = [_setting(points, point) for point in range(len(points))]
    frame = points.table.assign(seed=[each.seed for each in found])
    frame = frame.assign(key=[each.key for each in found], market=[each.market for each in found])
    write_table(folder, PLAN, frame)
    _manifest(points, command).write(folder)
    return found


def record(folder: Path, digest: str = "", runs: Mapping[str, int] | None = None, seconds: float | None = None) -> None:
    """Enter what came out of a sweep into its manifest; with the folder alone, that it is under way.

    Parameters
    ----------
    digest : of its results. runs : how many are done, how many failed. seconds : that they took, added up.

    Raises
    ------
    InputError : the manifest is gone or damaged, or cannot be written.
    """
    before = Manifest.read(folder, KIND)
    timings = {} if seconds is None else {"runs": round(seconds, 3)}
    found = replace(before, digest=digest, runs=dict(runs or {}), timings=timings)
    if found != before:
        found.write(folder)


def is_sweep(folder: Path) -> bool:
    """Whether a folder is a sweep's; one whose manifest is damaged is not known to be."""
    try:
        return _standing(folder) is not None
    except InputError:
        return False


@dataclass(frozen=True)
class Declared:
    """What :func:`declare` once wrote."""

    folder: Path
    manifest: Manifest
    _design: Design | None

    @classmethod
    def read(cls, folder: Path) -> Declared:
        """The sweep in a folder, by whatever version of the model.

        Raises
        ------
        InputError : it is no sweep's folder, or damaged.
        """
        found = _standing(folder)
        if found is None:
            raise InputError("this is no sweep's folder", place=str(folder), expected="a folder made by 'sweep'")
        design, alike = None, True
        try:
            about, factors = found.settings["about"], [_factor(each) for each in found.settings["factors"]]
            told = [(each["key"], each["kind"], each["spec"], set(each["contents"])) for each in about["factors"]]
            alike = told == [(each.key, each.kind, each.spec, set(map(written, each.meant))) for each in factors]
            design = Design(
                Scenario.model_validate(found.scenarios[0]), factors,
                seed=about["seed"], seeds=about["seeds"], outcomes=about["outcomes"],
            )  # fmt: skip
        except (InputError, AttributeError, KeyError, TypeError, ValueError) as error:
            if found.versions.get("source") == model_version():
                raise _damaged(folder, str(error)) from error
        if not alike:
            raise _damaged(folder, "its factors are told in two ways")
        return cls(folder, found, design)

    @property
    def design(self) -> Design:
        """What is varied.

        Raises
        ------
        InputError : another version of the model wrote it, and this one has no such parameters or metrics.
        """
        if self._design is None:
            problem = "another version of the model made this sweep, and this one cannot read its plan"
            hint = "Its tables can be read ('query', 'export'). Sweep again with another --out."
            raise InputError(problem, place=str(self.folder / MANIFEST), hint=hint)
        return self._design

    @property
    def replicates(self) -> int:
        """The most that were asked for."""
        return self.manifest.replicates

    @property
    def version(self) -> str:
        """Of the model whose runs count."""
        return self.manifest.versions["source"]

    @property
    def outdated(self) -> bool:
        """Whether another version of the model made its runs, so that they count no longer."""
        return self.version != model_version()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of its numbers should know of the model that made them."""
        versions = f"{self.version}; this is {model_version()}"
        told = (
            f"another version of the model made these runs ({versions}): they stand as they are and are never mixed "
            "with new ones; the same command makes every run again"
        )
        return (told,) if self.outdated else ()

    @property
    def remake(self) -> str:
        """The line for a shell that goes on with it; empty if it was made from Python."""
        return self.manifest.remake

    def task(self, point: int, replicate: int) -> Task:
        """The task of one run.

        Raises
        ------
        InputError : there is no such point.
        """
        frame = read_table(self.folder, PLAN)
        rows = frame[frame["point"] == point]
        if len(rows) != 1:
            raise InputError(f"there is no point {point}", place=str(self.folder), expected=f"0 to {len(frame) - 1}")
        row = rows.iloc[0]
        values = tuple(factor.read(row[factor.key]) for factor in self.design.factors)
        return Task(point, values, replicate, str(row["key"]))

    def points(self) -> int:
        """How many points it has."""
        return len(read_table(self.folder, PLAN))


def key_of(scenario: Scenario) -> str:
    """What names the runs of a scenario under the present version of the model."""
    return _named(scenario)[0]


def _named(scenario: Scenario) -> tuple[str, str]:
    """What names the runs of a scenario, and its market."""
    decisive = identity(scenario) | {"seed": scenario.run.seed}
    market = json.dumps([decisive["market"], scenario.run.seed], sort_keys=True)
    return point_key(decisive, model_version()), sha256(market.encode())[:16]


def _setting(points: Points, point: int) -> Setting:
    values, seed = points.sample.points[point], points.seed(point)
    try:
        return Setting(values, seed, *_named(points.scenario(point)))
    except InputError:  # its runs will fail, each with the reason
        named = point_key(
            {"contradiction": canonical_json([points.fingerprint(), list(values), seed])}, model_version()
        )
        return Setting(values, seed, named, "")


def _known(folder: Path, points: Points) -> list[Setting] | None:
    """The points as they stand in ``plan.parquet``; None if it is damaged."""
    try:
        frame = read_table(folder, PLAN)
        columns = zip(frame["seed"].tolist(), frame["key"].tolist(), frame["market"].tolist(), strict=True)
        return [Setting(values, *row) for values, row in zip(points.sample.points, columns, strict=True)]
    except (InputError, KeyError, ValueError):
        return None


def _manifest(points: Points, command: Sequence[str]) -> Manifest:
    """What is known before the first run. ``settings`` has what names the points, and the factors to make them."""
    design = points.design
    factors = [_described(factor) for factor in design.factors]
    return Manifest.of(
        KIND, scenarios=[design.scenario.plain()], seeds=[design.seed], replicates=points.replicates,
        days=design.scenario.run.days, digest="", command=command,
        settings={"plan": points.fingerprint(), "about": points.about, "factors": factors},
    )  # fmt: skip


def _standing(folder: Path) -> Manifest | None:
    """The manifest of a sweep's folder; None if it is no sweep's.

    Raises
    ------
    InputError : the manifest is damaged, or of another format.
    """
    if not any((folder / name).is_file() for name in (MANIFEST, SWEEP_OF_0_1)):
        return None
    found = Manifest.read(folder)
    if found.kind != KIND:
        return None
    kinds = {"plan": str, "about": dict, "factors": list}
    if odd := [key for key, kind in kinds.items() if not isinstance(found.settings.get(key), kind)]:
        raise _damaged(folder, f"its settings do not say '{odd[0]}'")
    if found.settings["plan"] != sha256(canonical_json(found.settings["about"]).encode()):
        raise _damaged(folder, "its settings do not belong together")
    return found


def _damaged(folder: Path, problem: str) -> InputError:
    hint = "Remove the file and sweep again; the runs are kept."
    first = problem.partition("\n")[0]
    return InputError(f"the manifest is damaged ({first})", place=str(folder / MANIFEST), hint=hint)


def _check_place(folder: Path) -> None:
    """Refuse a folder that is somebody else's."""
    for each in (folder, *folder.parents):
        if each.exists() and not each.is_dir():
            raise InputError(f"{each} is a file, not a folder", place="--out", hint="Choose another name.")
    names = {each.name for each in folder.iterdir() if each.name[0] != "."} if folder.is_dir() else set()
    if names - {PARTS, ERRORS, f"{PLAN}.parquet", MANIFEST}:  # those are of a sweep that has just begun, or was killed
        raise InputError(f"{folder} holds other things than a sweep", place="--out", hint="Choose another folder.")


def _another(points: Points, before: Mapping[str, Any], folder: Path) -> InputError:
    told = "; ".join(list(points.difference(before))[:6]) or "its points are others"
    empty = "" if any((folder / PARTS).glob("*.parquet")) else ", in which no run was made"
    hint = f"Keep both with --out {folder}-2, or remove that folder{empty}."
    return InputError(f"{folder} holds another sweep: {told}", place="--out", hint=hint)


def _described(factor: Factor) -> dict[str, Any]:
    meant = {value: each.plain() if isinstance(each, Scenario) else each for value, each in factor.meant.items()}
    return {"key": factor.key, "kind": factor.kind, "levels": list(factor.levels), "low": factor.low,
            "high": factor.high, "log": factor.log, "meant": meant}  # fmt: skip


def _factor(plain: Mapping[str, Any]) -> Factor:
    meant = {
        value: Scenario.model_validate(each) if isinstance(each, dict) else each
        for value, each in plain["meant"].items()
    }
    return Factor(**{**plain, "levels": tuple(plain["levels"]), "meant": meant})
