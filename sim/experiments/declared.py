"""What a sweep's folder says of itself: ``design.json`` and ``plan.parquet``, from which its runs can be made again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.experiments.design import Design, Factor, Plan, Value
from sim.experiments.design.identity import identity, sha256
from sim.experiments.executors import Task
from sim.experiments.executors.work import ERRORS
from sim.scenario.schema import Scenario
from sim.store import canonical_json, read_table, write_file, write_table
from sim.store.manifest import commit, remake, versions
from sim.store.parts import PARTS, model_version, point_key

DESIGN, PLAN = "design.json", "plan"
FORMAT = 1


@dataclass(frozen=True)
class Setting:
    """One point: its values, its seed, the key that names its runs, and a name for its market and seed.

    ``key``: see :func:`sim.store.parts.point_key`. ``market``: points with the same one share people in a replicate.
    """

    values: tuple[Value, ...]
    seed: int
    key: str
    market: str


def declare(plan: Plan, folder: Path, command: Sequence[str]) -> list[Setting]:
    """Write what the sweep is into its folder, or check that it is what stands there; return its points.

    The files' order matters: a folder with a ``design.json`` is a sweep's, with everything else in place.

    Raises
    ------
    InputError : the folder holds another sweep (the message says in what it differs) or other things.
    """
    before = _standing(folder)
    if before is None:
        _check_place(folder)
    else:
        if before["fingerprint"] != plan.fingerprint():
            raise _another(plan, before, folder)
        if before["version"] == model_version() and (known := _known(folder, plan)) is not None:
            if plan.replicates > before["replicates"]:
                _write(plan, folder, before["command"])
            return known
    for each in (folder.parent, folder, folder / PARTS, folder / ERRORS):
        try:
            each.mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder} cannot be made ({error.strerror})", place="--out") from error
    found = [_setting(plan, point) for point in range(len(plan))]
    frame = plan.points.assign(seed=[each.seed for each in found])
    frame = frame.assign(key=[each.key for each in found], market=[each.market for each in found])
    write_table(folder, PLAN, frame)
    _write(plan, folder, command)
    return found


@dataclass(frozen=True)
class Declared:
    """What :func:`declare` once wrote. ``command``: the arguments that made it; ``replicates``: the most asked for."""

    folder: Path
    design: Design
    replicates: int
    version: str
    command: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path) -> Declared:
        """The sweep in a folder.

        Raises
        ------
        InputError : it is no sweep's folder, or damaged.
        """
        found = _standing(folder)
        if found is None:
            raise InputError("this is no sweep's folder", place=str(folder), expected=f"a folder with {DESIGN}")
        try:
            design = Design(
                Scenario.model_validate(found["scenario"]),
                [_factor(each) for each in found["factors"]],
                seed=found["about"]["seed"],
                seeds=found["about"]["seeds"],
                outcomes=found["about"]["outcomes"],
            )
            return cls(folder, design, found["replicates"], found["version"], tuple(found["command"]))
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged(folder, str(error)) from error

    @property
    def remake(self) -> str:
        """The line for a shell that goes on with it; empty if it was made from Python."""
        return remake(self.command) if self.command else ""

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
        values = tuple(_value(row[factor.key], factor.kind) for factor in self.design.factors)
        return Task(point, values, replicate, str(row["key"]))

    def points(self) -> int:
        """Points of its plan."""
        return len(read_table(self.folder, PLAN))


def key_of(scenario: Scenario) -> str:
    """What names the runs of a scenario under the present version of the model."""
    return point_key({**identity(scenario), "seed": scenario.run.seed}, model_version())


def _setting(plan: Plan, point: int) -> Setting:
    values, seed = plan.sample.points[point], plan.seed(point)
    try:
        scenario = plan.scenario(point)
    except InputError:  # its runs will fail, each with the reason
        named = point_key({"contradiction": canonical_json([plan.fingerprint(), list(values), seed])}, model_version())
        return Setting(values, seed, named, "")
    market = canonical_json([identity(scenario)["market"], seed])
    return Setting(values, seed, key_of(scenario), sha256(market.encode())[:16])


def _known(folder: Path, plan: Plan) -> list[Setting] | None:
    """The points as they stand in ``plan.parquet``; None if it is damaged."""
    try:
        frame = read_table(folder, PLAN)
        columns = zip(frame["seed"].tolist(), frame["key"].tolist(), frame["market"].tolist(), strict=True)
        return [Setting(values, *row) for values, row in zip(plan.sample.points, columns, strict=True)]
    except (InputError, KeyError, ValueError):
        return None


def _write(plan: Plan, folder: Path, command: Sequence[str]) -> None:
    content = {
        "format": FORMAT,
        "fingerprint": plan.fingerprint(),
        "about": plan.about,
        "replicates": plan.replicates,
        "scenario": plan.design.scenario.plain(),
        "factors": [_described(factor) for factor in plan.design.factors],
        "version": model_version(),
        "versions": versions(),
        "commit": commit(),
        "command": list(command),
    }
    write_file(folder / DESIGN, json.dumps(content, ensure_ascii=True, allow_nan=False, indent=1) + "\n")


def _standing(folder: Path) -> dict[str, Any] | None:
    """What ``design.json`` says; None if there is none.

    Raises
    ------
    InputError : the file is damaged, or of a later format.
    """
    if not (folder / DESIGN).is_file():
        return None
    try:
        found = json.loads((folder / DESIGN).read_text(encoding="utf-8"))
        if found["format"] > FORMAT:
            raise InputError("it was made by a later version of this program", place=str(folder / DESIGN))
        return dict(found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, str(error)) from error


def _check_place(folder: Path) -> None:
    """Refuse a folder that is somebody else's."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file, not a folder", place="--out")
    names = {each.name for each in folder.iterdir() if each.name[0] != "."} if folder.is_dir() else set()
    if names - {PARTS, ERRORS, f"{PLAN}.parquet"}:  # those are of a sweep that was killed as it began
        raise InputError(f"{folder} holds other things than a sweep", place="--out", hint="Choose another folder.")


def _another(plan: Plan, before: Mapping[str, Any], folder: Path) -> InputError:
    told = "; ".join(list(plan.difference(before["about"]))[:6]) or "its points are others"
    hint = f"Keep both with --out {folder}-2, or remove that folder."
    return InputError(f"{folder} holds another sweep: {told}", place="--out", hint=hint)


def _damaged(folder: Path, problem: str) -> InputError:
    return InputError(f"the file is damaged ({problem})", place=str(folder / DESIGN), hint="Remove it and sweep again.")


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


def _value(cell: Any, kind: str) -> Value:
    """A cell of the plan as the value it was."""
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN stands for null
        return None
    convert: Any = {"number": float, "integer": int, "switch": bool}.get(kind, str)
    return convert(cell)  # type: ignore[no-any-return]
