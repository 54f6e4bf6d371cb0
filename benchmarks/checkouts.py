"""Two checkouts, the same numbers? ``python benchmarks/checkouts.py BEFORE AFTER [--quick] [--only NAME...]``.

For changes that may move code but no number. Both checkouts make the same runs, each with its own ``sim``, and the
tables they write are compared. What they are asked for is what stays when modules move: the public door and the
command line. Exit status 1 if anything differs, 2 for input that is no checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
from differences import SIDES, Tables, differences

INSIDE = Path(__file__).resolve().parent / "inside_checkout.py"
#: What a checkout has.
PARTS = ("run.py", "sim/__init__.py", "scenarios", "tests")
#: Lines that are told of a case.
MOST = 10
#: Columns of a sweep's tables that tell how a run was made and not what came out: its time; its names, which are hashes
#: of the sources too; the file of a traceback, which names lines of the sources.
CIRCUMSTANCES = ("seconds", "run_id", "key", "trace")
#: A plan in which everything happens early.
LIT = (
    "business.rocket.platform.day=10",
    "business.rocket.platform.min_members=5",
    "business.rocket.paid_products.day=20",
    "business.rocket.paid_products.min_members=0",
    "business.selling={promos_per_week: 5, push: 0.4}",
    "mechanism.incentives={inviter_reward: 8, invitee_reward: 3, commission: 0.15, points_per_post: 5, praise: 0.3}",
    "mechanism.attention.visit=0.4",
    "entrance.seeds.number=15",
    "goals=[]",
)
#: 200 people × 200 days of it, with other rules from the middle on.
WALKED = (
    *LIT,
    "market.people=200",
    "run.days=200",
    "carrier.groups.cap=30",
    "entrance.screening={threshold: 0.2, fee: 5}",
    "playbook=[{day: 100, set: {business.selling.promos_per_week: 1, mechanism.incentives.commission: 0.3,"
    " switches.crowding: false}}]",
)
#: Sweeps of small runs: the scenario, and options.
SWEEPS = {
    "markets of several shapes": (
        "base",
        *("--seeds", "independent"),
        *("--vary", "market.people=120,300,9000"),  # runs in the largest market are not lived in batches
        *("--vary", "entrance.seeds.number=5,20"),
        *("--vary", "market.network.kind=homophilous,heavy_tailed,none"),
    ),
    "plans of several kinds": (
        "hard_selling",
        *("--sampler", "lhs", "--runs", "40"),
        *("--set", "market.people=250"),
        *("--vary", "mechanism.content.quality=0:1"),
        *("--vary", "mechanism.word_of_mouth.visible=0.001:0.1:log"),
        *("--vary", "business.rocket.platform.day=0:30"),
        *("--vary", "business.products.class.price=100:2000"),
        *("--vary", "entrance.seeds.choice=matched,random"),
        *("--vary", "switches.crowding=true,false"),
    ),
}
#: What they keep of each day besides the headline.
DAILY = (
    *("none_to_weak", "weak_to_strong", "strong_to_weak", "weak_to_none", "aware", "active", "visitors", "joined"),
    *("left", "returned", "lapsed", "fans", "partners", "posts", "activities", "attendance", "member_posts", "promos"),
    *("invitations", "warnings", "referral_joins", "purchases", "buyers", "cost_content", "cost_incentives"),
    *("tie_strength_mean", "expectation_mean", "hours_wanted", "hours_done", "network_value", "groups"),
)


@dataclass(frozen=True)
class Checkout:
    """A folder with the project and one of its own for what it makes, compiled code included.

    Nothing that is compiled already is taken over: it might be older than the sources.
    """

    root: Path
    made: Path
    python: str

    def start(self, arguments: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start Python in it; what it prints is let go, what it complains about is heard."""
        own = {
            "PYTHONPATH": str(self.root),
            "COMMUNITY_GROWTH_CACHE": str(self.made / "cache"),
            "NUMBA_CACHE_DIR": "",  # it would go before
            "HYPOTHESIS_STORAGE_DIRECTORY": str(self.made / "hypothesis"),
        }
        return subprocess.Popen(
            [self.python, *arguments],
            cwd=self.root,
            env={**os.environ, **own, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


Pair = tuple[Checkout, Checkout]


def abreast(checkouts: Sequence[Checkout], command: Callable[[Checkout], Sequence[str]], **environment: str) -> bool:
    """Run a command in the checkouts at the same time; whether it succeeded in all of them."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        for checkout in checkouts:
            started.append(checkout.start(command(checkout), environment))  # noqa: PERF401 - one may start and the next not
        ended = [process.wait() for process in started]
        return not any(ended)
    finally:
        for process in started:
            if process.poll() is None:
                end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it has started, such as workers."""
    family = [psutil.Process(process.pid)]
    family += family[0].children(recursive=True)
    for each in family:
        with suppress(psutil.NoSuchProcess):
            each.terminate()
    psutil.wait_procs(family, timeout=10)
    process.wait()


def runs(pair: Pair, group: str, cases: Sequence[dict[str, Any]], **environment: str) -> list[str]:
    """Make one run a case in both checkouts, in one process each; the names of the cases."""
    asked = json.dumps(cases)
    abreast(pair, lambda checkout: [str(INSIDE), "runs", str(checkout.made / group), asked], **environment)
    return [case["name"] for case in cases]


def case(name: str, file: str | Path, changes: Sequence[str] = (), **how: Any) -> dict[str, Any]:
    """A run: the scenario's file, ``KEY=VALUE`` laid over it, and how the model is to be made."""
    return {"name": name, "file": str(file), "set": list(changes), "how": how}


def shipped(pair: Pair, *, quick: bool) -> list[str]:
    """Every shipped scenario at its full size, on one thread and on two."""
    files = sorted({file.name for checkout in pair for file in (checkout.root / "scenarios").glob("*.yaml")})
    ways = product(files, (0,) if quick else (0, 1), (1, 2))
    return runs(pair, "shipped", [
        case(f"{Path(file).stem}, replicate {r}, threads {t}", f"scenarios/{file}", replicate=r, threads=t)
        for file, r, t in ways
    ])  # fmt: skip


def batches(pair: Pair, *, quick: bool) -> list[str]:
    """Sweeps of small runs by the command line, exported."""
    options = ["--quiet", "--workers", "1", "--days", "60", "--replicates", "2" if quick else "10"]
    options += [word for change in LIT for word in ("--set", change)]
    for number, (name, (scenario, *varied)) in enumerate(SWEEPS.items(), 1):
        print(f"  {number}/{len(SWEEPS)} {name}", file=sys.stderr, flush=True)
        swept(pair, name, scenario, [*options, *varied])
    return list(SWEEPS)


def swept(pair: Pair, name: str, scenario: str, options: Sequence[str]) -> None:
    """Make a sweep in both checkouts, each in a folder of its own: there is no other whose runs it could take over."""
    study = pair[0].made / "studies" / f"{name}.yaml"
    study.parent.mkdir(parents=True, exist_ok=True)
    study.write_text(json.dumps({"scenario": scenario, "outcomes": DAILY}), encoding="utf-8")
    sweep, export = ["run.py", "sweep", str(study), *options, "--out"], ["run.py", "export", "--format", "parquet"]
    folder = Path("sweeps") / name / "sweep"
    abreast(pair, lambda checkout: [*sweep, str(checkout.made / folder)])
    abreast(
        pair, lambda checkout: [*export, "--out", str(checkout.made / "batches" / name), str(checkout.made / folder)]
    )


def walk(pair: Pair, *, quick: bool) -> list[str]:
    """The readable driver, and the other one without its compiler: every stage, every incentive, a playbook."""
    plans = ("dedao",) if quick else ("dedao", "hard_selling")
    walked = [case(f"{plan}, walked", f"scenarios/{plan}.yaml", WALKED, driver="walk") for plan in plans]
    plain = [case(f"{plan}, not compiled", f"scenarios/{plan}.yaml", WALKED, driver="sweep") for plan in plans]
    return runs(pair, "walk", walked) + runs(pair, "walk", plain, NUMBA_DISABLE_JIT="1")


def random(pair: Pair, *, quick: bool) -> list[str]:
    """Random scenarios of the property tests, drawn once, in BEFORE.

    Raises
    ------
    RuntimeError : none could be drawn.
    """
    drawn = pair[0].made / "drawn"
    if not abreast(pair[:1], lambda _: [str(INSIDE), "scenarios", str(drawn), "6" if quick else "40"]):
        raise RuntimeError("BEFORE draws no random scenarios: tests/scenarios.py and hypothesis are needed for it")
    return runs(pair, "random", [case(file.stem, file) for file in sorted(drawn.glob("*.yaml"))])


GROUPS = {"shipped": shipped, "batches": batches, "walk": walk, "random": random}


def compared(pair: Pair, group: str, name: str) -> list[str]:
    """What differs in one case: the lines to be told, none if all is the same."""
    folders = [checkout.made / group / name for checkout in pair]
    failed = [f"{side} {why}" for side, folder in zip(SIDES, folders, strict=True) if (why := _failure(folder))]
    lines = failed or list(differences(*map(_tables, folders)))
    return lines if len(lines) <= MOST else [*islice(lines, MOST), f"… and {len(lines) - MOST} more"]


def _failure(folder: Path) -> str:
    """Why a checkout made no tables of a case; empty if it did."""
    told = folder / "failed.txt"
    if told.is_file():
        return "failed: " + " ".join(told.read_text(encoding="utf-8").split())
    return "" if any(folder.glob("*.parquet")) else "wrote nothing"


def _tables(folder: Path) -> Tables:
    """The tables of a case by name, the series first, without columns that tell how they were made."""
    paths = sorted(folder.glob("*.parquet"), key=lambda path: (path.stem != "series", path.stem))
    frames = {path.stem: pd.read_parquet(path) for path in paths}
    return {name: frame.drop(columns=list(CIRCUMSTANCES), errors="ignore") for name, frame in frames.items()}


def compare(pair: Pair, names: Sequence[str], *, quick: bool) -> int:
    """Run the groups in both checkouts and print a line a case, more where it differs; how many differ."""
    parted = 0
    for group in names:
        print(f"{group} …", file=sys.stderr, flush=True)
        for name in GROUPS[group](pair, quick=quick):
            lines = compared(pair, group, name)
            parted += bool(lines)
            for line in lines or ["same"]:
                print(f"{group}: {name}: {'DIFFERS: ' if lines else ''}{line}", flush=True)
    return parted


def main(arguments: list[str] | None = None) -> int:
    """Compare two checkouts; the exit status."""
    parser = argparse.ArgumentParser(description="Whether two checkouts of this project write the same tables.")
    for side in SIDES:
        parser.add_argument(side.lower(), type=Path, metavar=side, help="folder of a checkout")
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=GROUPS, metavar="NAME", help=", ".join(GROUPS))
    parser.add_argument("--python", default=sys.executable, metavar="PATH", help="the interpreter that runs both")
    asked = parser.parse_args(arguments)
    for side, root in zip(SIDES, (asked.before, asked.after), strict=True):
        if gone := [part for part in PARTS if not (root / part).exists()]:
            parser.error(f"{side}: {root} is no checkout: {', '.join(gone)} missing")
    if not (python := shutil.which(asked.python)):
        parser.error(f"--python: there is no interpreter {asked.python}")
    with tempfile.TemporaryDirectory(prefix="checkouts-", ignore_cleanup_errors=True) as made:
        roots = zip(SIDES, (asked.before.resolve(), asked.after.resolve()), strict=True)
        before, after = (Checkout(root, Path(made) / side, str(Path(python).absolute())) for side, root in roots)
        try:
            return min(1, compare((before, after), [name for name in GROUPS if name in asked.only], quick=asked.quick))
        except RuntimeError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            print("interrupted", file=sys.stderr)
            return 130


if __name__ == "__main__":
    sys.exit(main())
