"""What is in a sweep's folder, for the command line."""

from __future__ import annotations

import json
import math
import os
import traceback
from pathlib import Path
from typing import Any

import click

from sim.cli.options import Language
from sim.cli.pages import standing
from sim.cli.sweeping import RUNNER, TEXTS
from sim.lab.executors.work import ERRORS
from sim.lab.runs.declared import Declared
from sim.lab.runs.replay import find_run, replay
from sim.lab.store.folder import RESULTS, found_folder
from sim.lab.store.query import ask, export, results_digest
from sim.views.columns import columns

#: Rows that a query shows to a reader; ``--json`` gives all.
MOST_ROWS = 1000
GROUPS = (
    "SELECT error_type, trace, first(error ORDER BY point, replicate) AS error, count(*) AS runs,"
    " first(run_id ORDER BY point, replicate) AS run_id FROM runs WHERE status = 'failed'"
    " GROUP BY error_type, trace, CASE WHEN trace = '' THEN error END ORDER BY runs DESC, run_id"
)


def tell_status(named: str, lang: Language, *, as_json: bool) -> None:
    """Print how far a sweep or search is; of a search, whose plan grows, the round under way is what is missing.

    Raises
    ------
    InputError : there is no sweep.
    """
    left = standing(named)
    declared, ledger, missing, searched = left.declared, left.ledger, left.missing, left.searched
    points, wanted, folder = declared.points(), declared.replicates, declared.folder
    found = {
        "result": str(folder), "points": points, "replicates": None if searched else wanted,
        "done": ledger.count("done"), "failed": ledger.count("failed"), "missing": missing,
        "finished": not missing and (not searched or bool(declared.manifest.digest)),
        "digest": results_digest(ledger) if ledger.parts else None, "model": ledger.version,
        "outdated": declared.outdated, "go_on": declared.remake,
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    text = TEXTS[lang]
    plan = text["search"] if searched else text["plan"]
    click.echo(plan.format(points=points, replicates=wanted, runs=points * wanted))
    click.echo(text["done"].format(**found))
    if found["digest"]:
        click.echo(text["digest"].format(digest=found["digest"]))
    if not found["finished"] and declared.remake:
        click.echo(declared.remake)


def tell_errors(named: str, *, as_json: bool) -> None:
    """Print failed runs by kind.

    Raises
    ------
    InputError : there is no sweep.
    """
    found = standing(named)
    folder = found.declared.folder
    names, rows = ask(found.ledger, GROUPS)
    program = click.get_current_context().find_root().info_name
    groups = [dict(zip(names, row, strict=True)) for row in rows]
    for group in groups:
        group["replay"] = f"{program} replay {group['run_id'][:12]} {folder}"
        trace = folder / ERRORS / f"{group['trace']}.txt"
        group["traceback"] = str(trace) if group["trace"] and trace.is_file() else None
    if as_json:
        click.echo(json.dumps(groups, ensure_ascii=False, indent=1))
        return
    for group in groups:
        click.echo(f"{group['runs']:,} × {group['error_type']}: {group['error']}")
        click.echo(f"  {group['replay']}")
        if group["traceback"]:
            click.echo(f"  {group['traceback']}")
    if not groups:
        click.echo("no run has failed")


def tell_replay(run_id: str, named: str | None, *, as_json: bool) -> int:
    """Make a run again and print what came out; the exit status.

    Raises
    ------
    InputError : there is no such run.
    """
    folders = [Declared.read(found_folder(named)).folder] if named is not None else sorted(RESULTS.glob("*"))
    folder, whole = find_run(run_id, folders)
    try:
        made = replay(folder, whole, os.environ.get(RUNNER))
    except Exception:  # whatever the run does is what the user wants to see
        traceback.print_exc()
        return 1
    stored = made.stored
    if as_json:
        click.echo(json.dumps({
            "run_id": whole, "result": str(folder), "point": int(stored["point"]),
            "replicate": int(stored["replicate"]), "same": made.same, "note": made.note,
            "metrics": {name: value if math.isfinite(value) else None for name, value in made.metrics.items()},
        }, indent=1))  # fmt: skip
    else:
        click.echo(f"{whole}: point {stored['point']}, replicate {stored['replicate']}, seed {stored['seed']}")
        rows = [["", "now", "stored"]]
        rows += [[name, f"{value:.12g}", f"{stored[name]:.12g}"] for name, value in made.metrics.items()]
        click.echo("\n".join(columns(rows)))
        verdict = {None: f"it had failed: {stored['error']}; now it does not", True: "every number is the same",
                   False: "numbers differ, daily ones included"}  # fmt: skip
        click.echo(verdict[made.same])
    if made.note:
        click.echo(f"note: {made.note}", err=True)
    return 1 if made.same is False else 0


def write_tables(named: str, form: str, out: Path | None) -> list[Path]:
    """Export a sweep; the files.

    Raises
    ------
    InputError : there is no sweep, or the files cannot be written.
    """
    found = standing(named)
    return export(found.ledger, out or found.declared.folder / "export", form)


def answer(named: str, sql: str, *, as_json: bool) -> None:
    """Print what a query gives.

    Raises
    ------
    InputError : there is no sweep, or the query cannot be answered.
    """
    names, rows = ask(standing(named).ledger, sql)
    if as_json:
        click.echo(json.dumps([dict(zip(names, map(_plain, row), strict=True)) for row in rows], ensure_ascii=False))
        return
    shown = [["" if value is None else str(value) for value in row] for row in rows[:MOST_ROWS]]
    click.echo("\n".join(columns([names, *shown], left=range(len(names)))))
    if len(rows) > MOST_ROWS:
        click.echo(f"note: {len(rows) - MOST_ROWS:,} more rows; --json gives all", err=True)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, str | int | None) else str(value)
