"""From the records of runs to tables: one DataFrame per kind of row, as they are written to Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.state.board import STAGES
from sim.engine.state.events import (
    ACTIVITIES_END,
    ACTIVITY_CANCELLED,
    ACTIVITY_HELD,
    ADS_END,
    BUDGET_REACHED,
    DOOR_CLOSED,
    EVENT_KINDS,
    GROUP_OPENED,
    GROUP_SPLIT,
    GROUPS_SHUT,
    IGNITION,
    POSTS_END,
    PRODUCT_FAULT,
    REWARDS_END,
    STAFF_LEAVE,
    STAGE_OUT,
    STAGE_UNPAID,
)
from sim.engine.state.measures import AGES
from sim.engine.state.people import NEVER
from sim.engine.state.world import TASKS, World
from sim.model import measures
from sim.model.counts import Counts, Lived
from sim.model.treated import Treated, arm_columns, treated_of, trial_columns
from sim.model.weights import days_of_people, events_of_people, times
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

#: Days of joining that make one cohort.
COHORT = 30
Columns = dict[str, Any]


class Run(NamedTuple):
    """What a finished run leaves: its scenario, its replicate, and the records of its world (the people are let go)."""

    scenario: Scenario
    replicate: int
    people: int
    days: NDArray[np.void]
    cohorts: NDArray[np.int64]
    noticed: NDArray[np.int64]
    joined: NDArray[np.int64]
    channel_cents: NDArray[np.int64]
    energy: NDArray[np.float64]
    voice_posts: NDArray[np.float64]
    work: NDArray[np.float64]
    generations: NDArray[np.int64]
    events: NDArray[np.void]
    ignited: NDArray[np.int32]
    treated: Treated


def run_of(scenario: Scenario, replicate: int, w: World) -> Run:
    """The records of a world that has lived its days."""
    kept, u = w.records, scenario.run.users_per_agent
    return Run(
        scenario,
        replicate,
        len(w.people.rows) * u,
        days_of_people(np.asarray(kept.days), u),
        *(times(kept.cohorts, u), times(kept.noticed, u), times(kept.joined, u), times(kept.channel_cents, u)),
        *(kept.energy, kept.voice_posts, times(kept.work, u), times(kept.generations, u)),
        events_of_people(np.asarray(kept.events)[: int(kept.event_count[0])], u),
        w.board.ignited,
        treated_of(scenario, replicate, w),
    )


def series(run: Lived) -> Columns:
    """The daily columns of one run, in the order of :data:`sim.model.measures.MEASURES`."""
    counts = Counts(run)
    return {each.name: each.formula(counts) for each in measures.columns()}


def origins(scenario: Scenario) -> list[tuple[str, str]]:
    """(name, kind) of every way in, in the order of the records."""
    named = [(channel.name, "channel") for channel in scenario.entrance.channels]
    voices = [("own_posts", "kol"), *((kol.name, "kol") for kol in scenario.structure.kols)]
    return [*named, ("friends", "friends"), *voices, ("seeds", "seed")]


def channels(run: Run) -> Columns:
    """Growth by origin and day; only origins and days on which something happened, or money was spent."""
    names = origins(run.scenario)
    cost = np.zeros_like(run.joined)
    cost[:, : run.channel_cents.shape[1]] = run.channel_cents
    day, origin = np.nonzero((run.noticed > 0) | (run.joined > 0) | (cost > 0))
    return {
        "day": day,
        "origin": np.array([name for name, _ in names], object)[origin],
        "kind": np.array([kind for _, kind in names], object)[origin],
        "noticed": run.noticed[day, origin],
        "joined": run.joined[day, origin],
        "cost": cost[day, origin] / 100.0,
    }


def stages(run: Run) -> Columns:
    """When each stage of the rocket ignited (NaN: never), with the members on that morning."""
    lit = np.where(run.ignited == NEVER, np.nan, run.ignited.astype(np.float64))
    pool = [run.days["members"][day - 1] if day > 0 else 0 for day in run.ignited]
    return {"stage": np.array(STAGES, object), "ignited": lit, "members": np.where(np.isnan(lit), np.nan, pool)}


def generations(run: Run) -> Columns:
    """People who joined by generation of invitations; 0 came by themselves."""
    last = int(np.max(np.nonzero(run.generations)[0], initial=0)) + 1
    return {"generation": np.arange(last), "joined": run.generations[:last]}


def kols(run: Run) -> Columns:
    """Energy (at the end) and posts of each KOL on each day."""
    names = [kol.name for kol in run.scenario.structure.kols]
    days = len(run.days)
    return {
        "day": np.repeat(np.arange(days), len(names)),
        "kol": np.tile(np.array(names, object), days),
        "energy": run.energy[:, 1:].ravel(),
        "posts": run.voice_posts[:, 1:].ravel(),
    }


def work(run: Run) -> Columns:
    """Operators' hours wanted and done by task and day."""
    days = len(run.days)
    return {
        "day": np.repeat(np.arange(days), len(TASKS)),
        "task": np.tile(np.array(TASKS, object), days),
        "wanted": run.work[:, :, 0].ravel(),
        "done": run.work[:, :, 1].ravel(),
    }


def cohorts(run: Run) -> Columns:
    """Survivors of each 30-day window of joining at set ages; only windows whose every member has reached the age."""
    days = len(run.days)
    rows: list[tuple[int, ...]] = []
    for first in range(0, days, COHORT):
        for slot, age in enumerate(AGES):
            if first + COHORT + age > days:
                continue
            seen = slice(first + age, first + COHORT + age)
            joined = int(run.days["joined"][first : first + COHORT].sum())
            rows.append((first, age, joined, *(int(v) for v in run.cohorts[seen, slot].sum(axis=0))))
    table = np.array(rows, np.int64).reshape(-1, 5)
    return {name: table[:, k] for k, name in enumerate(("cohort", "age", "joined", "members", "active"))}


def events(run: Run) -> Columns:
    """What happened, in words that a program can read."""
    return {
        "day": run.events["day"].astype(np.int64),
        "kind": np.array([EVENT_KINDS[e["kind"]] for e in run.events], object),
        "detail": np.array([_detail(run.scenario, e) for e in run.events], object),
    }


def _detail(scenario: Scenario, event: np.void) -> str:
    which, amount = int(event["which"]), int(event["amount"])
    texts = {
        IGNITION: lambda: f"{STAGES[which]} members={amount}",
        GROUP_OPENED: lambda: f"groups={amount}",
        GROUP_SPLIT: lambda: f"moved={amount}",
        ACTIVITY_HELD: lambda: f"{scenario.mechanism.activities[which].name} places_given={amount}",
        ACTIVITY_CANCELLED: lambda: f"{scenario.mechanism.activities[which].name} no_hours",
        BUDGET_REACHED: lambda: f"spent={amount / 100:.2f}",
        DOOR_CLOSED: lambda: f"waiting={amount}",
        PRODUCT_FAULT: lambda: f"{scenario.business.products[which].name} owners={amount}",
        POSTS_END: lambda: "own_posts" if which == 0 else scenario.structure.kols[which - 1].name,
        ADS_END: lambda: f"{scenario.entrance.channels[which].name} last={amount / 100:.2f}",
        ACTIVITIES_END: lambda: f"{scenario.mechanism.activities[which].name} left={amount / 100:.2f}",
        REWARDS_END: lambda: f"left={amount / 100:.2f}",
        STAFF_LEAVE: lambda: f"operators={amount}",
        STAGE_UNPAID: lambda: f"{STAGES[which]} members={amount}",
        STAGE_OUT: lambda: f"{STAGES[which]} members={amount}",
        GROUPS_SHUT: lambda: f"groups={amount}",
    }
    return texts.get(int(event["kind"]), lambda: _entry(scenario, which, amount))()


def _entry(scenario: Scenario, which: int, began: int) -> str:
    """An entry of the playbook by name, else by number, and whether it began or ended."""
    return f"{scenario.playbook[which].name or which} {'began' if began else 'ended'}"


def arms(run: Run) -> Columns:
    """What is counted of the people of each arm, by day; ``none`` are those who are in no arm."""
    return arm_columns(run.scenario, run.treated)


def trials(run: Run) -> Columns:
    """Sums over the people of each arm and of none on the last day, from which differences are computed."""
    return trial_columns(run.scenario, run.treated)


TABLES = {
    "series": series,
    "channels": channels,
    "stages": stages,
    "generations": generations,
    "kols": kols,
    "work": work,
    "cohorts": cohorts,
    "events": events,
}


#: Tables that only plans with arms have.
OF_ARMS = {"arms": arms, "trials": trials}


def tables(runs: Sequence[Run]) -> dict[str, pd.DataFrame]:
    """Every table of some runs, in the order given; columns ``scenario`` and ``replicate`` come first."""
    made = TABLES | (OF_ARMS if any(run.scenario.arms for run in runs) else {})
    return {name: _stack(runs, make) for name, make in made.items()}


def _stack(runs: Sequence[Run], make: Any) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - workers do without

    parts = [make(run) for run in runs]
    sizes = [len(next(iter(part.values()))) for part in parts]
    columns: Columns = {
        "scenario": np.repeat(np.array([run.scenario.name for run in runs], object), sizes),
        "replicate": np.repeat([run.replicate for run in runs], sizes),
    }
    if make is series:
        columns["day"] = np.concatenate([np.arange(size) for size in sizes])
    for name in parts[0]:
        columns[name] = np.concatenate([part[name] for part in parts])
    return pd.DataFrame(columns)
