"""Trials: the runs that patterns are looked for in. A trial is lived once and shared by all patterns that name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.state.people import MEMBER, NEVER
from sim.lab.evidence.textbook import bare
from sim.market.network import Network
from sim.model.community import CommunityModel
from sim.model.tables import Run, origins, tables
from sim.model.world import MarketDraw
from sim.scenario.keys import with_changes
from sim.scenario.load import load
from sim.scenario.schema import Scenario

Array = NDArray[Any]
#: Days of a month, the step of most looks.
MONTH = 30


@dataclass(frozen=True, slots=True)
class Trial:
    """Runs of one plan: a shipped one with changes, or (``plan`` "bare") a textbook market.

    ``every``: days between two looks at the people's ``columns``, from day ``since`` on; 0: only at the end.
    ``shared``: one market for all replicates, whose luck alone differs (complete networks are large).
    """

    name: str
    plan: str = "base"
    changes: Mapping[str, Any] = field(default_factory=dict)
    days: int = 365
    replicates: int = 30
    every: int = 0
    since: int = 0
    columns: tuple[str, ...] = ()
    shared: bool = False

    def scenario(self, seed: int | None = None) -> Scenario:
        """The plan of the trial; ``seed``: instead of its own."""
        changes = {"run.days": self.days, **self.changes} | ({} if seed is None else {"run.seed": seed})
        return with_changes(bare(), changes) if self.plan == "bare" else load(self.plan, changes=changes).scenario


@dataclass(frozen=True)
class Lived:
    """What is looked at of one run: people at the end, the records, and columns at the looks (``seen[name][look]``)."""

    people: Array
    run: Run
    network: Network
    looks: Array
    seen: Mapping[str, Array]

    @property
    def days(self) -> Array:
        """The record of the days."""
        return self.run.days

    @cached_property
    def registered(self) -> Array:
        """Whether each person ever joined."""
        return np.asarray(self.people["first_joined"] != NEVER)

    @cached_property
    def members(self) -> Array:
        """Whether each person is a member at the end."""
        return np.asarray(self.people["status"] == MEMBER)

    def active(self, days: int) -> Array:
        """Whether each person is a member who came within the last ``days``."""
        return np.asarray(self.members & (self.people["seen_day"] >= len(self.days) - days))

    def total(self, column: str) -> float:
        """Sum of a column of the days' record."""
        return float(self.days[column].sum())

    def origin(self, *kinds: str) -> Array:
        """The numbers of the ways in of these kinds or names, as in ``people.origin`` and the records."""
        return np.array([i for i, pair in enumerate(origins(self.run.scenario)) if set(pair) & set(kinds)], int)

    def events(self, kind: str) -> Array:
        """The days of events whose kind begins with ``kind``."""
        found = tables([self.run])["events"]
        return np.asarray(found.loc[found["kind"].str.startswith(kind), "day"], int)

    def friends(self, mask: Array) -> Array:
        """How many friends of each person are in ``mask``."""
        sums = np.concatenate(([0], np.cumsum(mask[self.network.indices])))
        return np.asarray(sums[self.network.indptr[1:]] - sums[self.network.indptr[:-1]])


def live(trial: Trial, scenario: Scenario, replicate: int, market: MarketDraw | None = None) -> Lived:
    """One run of a trial; ``market``: drawn before, where all replicates share it."""
    with CommunityModel(scenario, replicate=replicate, market=market) as model:
        days: list[int] = []
        seen: dict[str, list[Array]] = {name: [] for name in trial.columns}
        if trial.every:
            for day in range(max(trial.since, trial.every), trial.days + 1, trial.every):
                model.run_for(day - model.steps)
                days.append(day)
                for name in trial.columns:
                    seen[name].append(_column(model, name))
        model.run_for(trial.days - model.steps)
        people = model.world.people
        network = Network(np.asarray(people.indptr), np.asarray(people.neighbours))
        stacked = {name: np.array(column) for name, column in seen.items()}
        return Lived(np.array(people.rows), model.record(), network, np.array(days, int), stacked)


def _column(model: CommunityModel, name: str) -> Array:
    """A copy of a column of all people's rows, or of ``bought``, the days of their last purchases of each product."""
    world = model.world
    return np.array(world.board.shelf.bought if name == "bought" else world.people.rows[name])


def _qualities(q: float) -> dict[str, float]:
    return {
        "mechanism.content.quality": q, "structure.kols.host.quality": q, "mechanism.activities.salon.quality": q,
        "business.products.course.quality": q,
    }  # fmt: skip


def _market(people: int, base: int = 5000) -> dict[str, Any]:
    """The base plan in another market: people, seeds, advertising, hours, seats and thresholds in proportion."""
    scale = people / base
    return {
        "market.people": people, "entrance.seeds.number": round(30 * scale),
        "mechanism.content.audience": 5.0 * scale, "structure.kols.host.audience": 20.0 * scale,
        "entrance.channels.ads.daily_budget": 100 * scale, "structure.operators.mei.hours_day": 4 * scale,
        "structure.operators.mei.wage_month": 4000 * scale, "mechanism.activities.salon.capacity": round(100 * scale),
        "business.rocket.platform.min_members": round(150 * scale),
    }  # fmt: skip


def _chat(people: int) -> Trial:
    """Everybody in one group, whose posters of the last month are looked at daily."""
    hours = min(24.0, 4 * people / 5000)
    changes = _market(people) | {"carrier.groups.cap": 100_000, "structure.operators.mei.hours_day": hours}
    return Trial(f"chat_{people}", changes=changes, replicates=20, every=1, since=335, columns=("posts", "status"))


#: Posts a week of the firm in the trials of the dose.
DOSES = (0.5, 2, 7, 21, 70, 140)
#: Markets of the trials of the chat.
CHATS = (1500, 5000, 15_000, 20_000)
_MONTHLY = (
    "status", "tie", "tier", "satisfaction", "seen_day", "posts", "referrals", "purchases", "spent"
)  # fmt: skip
_ACTIVITY_OFF = {"switches.activities": False}
_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "small_market": {"market.people": 1000}, "small_groups": {"carrier.groups.cap": 100},
    "good_salon": {"mechanism.activities.salon.quality": 0.95},
}  # fmt: skip
_SPREAD = {"market.network.kind": "heavy_tailed", "switches.channels": False}
#: Centola's design: 128 people with six friends each; who joins tells all of them, nobody weighs the step but when
#: told, and it needs two signals. How likely it then is, and what a missing one costs, were set to near his levels.
_RING = {
    "market.people": 128, "market.tribes": 1, "market.latent.joining": 0.0, "culture.breadth": 1.0,
    "market.network.kind": "small_world", "market.network.mean_degree": 6, "entrance.seeds.number": 1,
    "entrance.consideration": {
        **dict.fromkeys(("match", "quality", "promise", "invitation", "social", "reconsider"), 0.0),
        "base": 0.95, "signals": 2, "hesitation": 4.5, "mood": 1.0,
    },
    "mechanism.word_of_mouth": {"visible": 0.0, "at_joining": 14.0, "good": 0.0, "bad": 0.0},
}  # fmt: skip

_ALL: tuple[Trial, ...] = (
    Trial("base", every=MONTH, columns=_MONTHLY),
    Trial("two_years", days=730, every=MONTH, columns=_MONTHLY),
    Trial("alike", days=730, changes={"market.activity_sigma": 0.0}, every=MONTH, columns=_MONTHLY),
    Trial("visits", every=5, columns=("seen_day",)),
    Trial("screened", days=480, changes={"entrance.screening.threshold": 0.5}, every=5, columns=("seen_day",)),
    Trial("answers", days=240, changes={"structure.operators.mei.hours_day": 0.2}, every=1,
          columns=("posts", "answer")),
    *(Trial(f"quality_{q}", changes=_qualities(q)) for q in (0.0, 0.3, 0.9, 1.0)),
    *(_chat(people) for people in CHATS),
    Trial("split", changes={"carrier.groups.cap": 250}, every=1, since=1,
          columns=("status", "experience", "satisfaction", "overloaded", "seen_day", "posts")),
    Trial("scale_1", days=180),
    Trial("scale_4", days=180, changes=_market(20_000) | {"structure.operators.mei.hours_day": 16.0}),
    Trial("products", plan="dedao", days=730, replicates=10, every=1, since=1, columns=("bought",)),
    Trial("no_hours", changes={"structure.operators.mei.hours_day": 0.0}),
    Trial("no_operators", changes={"switches.operators": False}),
    Trial("cent", changes={"mechanism.incentives.inviter_reward": 0.01}),
    Trial("tired", changes={"structure.kols.host.posts_per_week": 28.0}),
    Trial("base_off", changes=_ACTIVITY_OFF),
    *(Trial(name, changes=changes) for name, changes in _SETTINGS.items()),
    *(Trial(f"{name}_off", changes={**changes, **_ACTIVITY_OFF}) for name, changes in _SETTINGS.items()),
    *(Trial(f"dose_{dose:g}", changes={"mechanism.content.posts_per_week": float(dose)}, replicates=20)
      for dose in DOSES),
    *(Trial(name, days=180, changes={"market.network.clustering": share})
      for name, share in (("open", 0.0), ("closed", 0.6))),
    *(Trial(name, days=90, changes={**_SPREAD, "entrance.seeds.choice": choice})
      for name, choice in (("hubs", "connected"), ("anybody", "random"))),
    Trial("ring", "bare", {**_RING, "market.network.rewiring": 0.0}, days=200, replicates=600),
    Trial("rewired", "bare", {**_RING, "market.network.rewiring": 1.0}, days=200, replicates=600),
    Trial("bass", "bare", {"market.people": 2500, "entrance.channels": [{"name": "by_itself", "organic": 0.0003}],
                           "mechanism.word_of_mouth.visible": 0.0038}, days=1500, replicates=60, shared=True),
    *(Trial(f"epidemic_{r}", "bare", {"market.people": 5000, "entrance.seeds.number": 15,
                                      "mechanism.word_of_mouth.at_joining": r}, days=250, replicates=60, shared=True)
      for r in (1.5, 2.0, 3.0)),
    *(Trial(f"loop_{k}", "bare", {"market.people": 4000, "entrance.seeds.number": 5,
                                  "mechanism.word_of_mouth.at_joining": k}, days=300, replicates=n, shared=True)
      for k, n in ((0.5, 1000), (0.8, 3500))),
)  # fmt: skip

#: Name → trial.
TRIALS: Mapping[str, Trial] = {trial.name: trial for trial in _ALL}
#: Settings in which the salon is tried, each with and without it.
SALONS: tuple[str, ...] = ("base", *_SETTINGS)
