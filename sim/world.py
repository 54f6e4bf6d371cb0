"""Building the state of a run: the market's people and network, the plan, the board, the records."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.board import ACTIVITY, CHANNEL, EVENT, TODAY, VOICE, Scene, World
from sim.draws import Purpose, root_key, uniforms
from sim.drivers.sweep import BLOCK
from sim.errors import InputError
from sim.market.edgelist import read_edges, read_labels
from sim.market.generate import generate
from sim.market.network import Network
from sim.market.people import draw_people, draw_tribes, mean_fit
from sim.measures import AGES, DAY, TALLY
from sim.people import APPLIED, ASKS, AWAKE, NEVER
from sim.plan import Plan, cents, compile_plan
from sim.scenario.keys import phases as phases_of
from sim.scenario.schema import Scenario


class MarketDraw(NamedTuple):
    """A market before anything happens in it."""

    people: NDArray[np.void]  # PERSON[n]
    network: Network
    tribes: int
    ring: bool  # whether tribes have neighbours; labels from a file have none


@lru_cache(maxsize=4)
def _from_file(
    edges: str, labels: str | None, _stamp: tuple[float, ...]
) -> tuple[Network, NDArray[np.int32] | None, int]:
    """A network read from files, once for all replicates (``_stamp``: when the files changed)."""
    ties = read_edges(edges)
    if labels is None:
        return ties.network(), None, 0
    listed = read_labels(labels, ties.ids)
    return ties.among(listed.ids).network(), listed.tribe, len(listed.names)


def draw_market(scenario: Scenario, replicate: int) -> MarketDraw:
    """The people and the network of one replicate; a network from a file is the same in every replicate."""
    market = scenario.market
    key = root_key(scenario.run.seed, replicate)
    file = market.network.file
    if file is not None:
        stamp = tuple(Path(f).stat().st_mtime for f in (file, market.network.labels) if f and Path(f).exists())
        network, tribe, tribes = _from_file(file, market.network.labels, stamp)
        n = network.n
        if tribe is None:
            tribe, tribes = draw_tribes(market, key, n), market.tribes
    else:
        n, tribes = market.people, market.tribes
        tribe = draw_tribes(market, key, n)
        shape = market.network
        network = generate(
            shape.kind,
            n,
            key,
            mean_degree=shape.mean_degree,
            tribe=tribe,
            tribes=tribes,
            homophily=shape.homophily,
            clustering=shape.clustering,
            rewiring=shape.rewiring,
            tail=shape.tail,
        )
    if n == 0:
        message = "the market is empty"
        raise InputError(message, place="market.people", expected="at least one person")
    ring = file is None or market.network.labels is None
    return MarketDraw(draw_people(market, key, tribe, tribes, network.degree), network, tribes, ring)


def build(scenario: Scenario, replicate: int = 0, market: MarketDraw | None = None) -> World:
    """The state of one run on the morning of day 0.

    Parameters
    ----------
    scenario : the plan.
    replicate : which luck (≥ 0); the same replicate of two plans has the same people, friends and luck.
    market : a market drawn before, to be shared by plans (it is copied where it will change).
    """
    drawn = market if market is not None else draw_market(scenario, replicate)
    phases = phases_of(scenario)
    _check_topics(phases, drawn.tribes)
    days = scenario.run.days
    plan = compile_plan(phases, days, drawn.tribes, ring=drawn.ring)
    people, network = drawn.people if market is None else drawn.people.copy(), drawn.network
    flags = np.zeros(len(people), np.uint8)
    voices, activities = plan.voices.shape[1], plan.activities.shape[1]
    found_seeds(scenario, plan, people, flags, root_key(scenario.run.seed, replicate), _origins(plan) - 1)
    return World(
        people=people,
        bonds=np.zeros((len(people), voices)),
        flags=flags,
        indptr=network.indptr,
        neighbours=network.indices,
        scene=_scene(plan, _board(scenario, replicate, len(people)), days),
        phases=plan.phases,
        fit_lifts=np.array([1.0 / max(1e-6, mean_fit(people, topics[0])) for topics in plan.topics]),
        voice_plan=plan.voices,
        channel_plan=plan.channels,
        activity_plan=plan.activities,
        team=plan.team,
        ignited=np.full(3, NEVER, np.int32),
        events=np.zeros(64 + days * (activities + 2) + 4 * len(phases), EVENT),
        event_count=np.zeros(1, np.int64),
        line=np.zeros(len(people), np.int32),
        picked=np.zeros(len(people), np.int32),
        rank=np.zeros(len(people)),
        **_records(plan, len(people), days),
    )


def _origins(plan: Plan) -> int:
    """Ways in: channels, friends, voices, and being a founding member."""
    return int(plan.channels.shape[1] + 1 + plan.voices.shape[1] + 1)


def _scene(plan: Plan, today: NDArray[np.void], days: int) -> Scene:
    voices = np.zeros(plan.voices.shape[1], VOICE)
    voices["energy"] = 1.0
    return Scene(
        today=today,
        params=plan.params,
        voices=voices,
        channels=np.zeros(plan.channels.shape[1], CHANNEL),
        activities=np.zeros(plan.activities.shape[1], ACTIVITY),
        products=plan.products,
        topics=plan.topics,
        feed=np.zeros((days + 1, len(voices))),
    )


def _records(plan: Plan, n: int, days: int) -> dict[str, NDArray[Any]]:
    """The empty records of a run, by the names they have in a world."""
    blocks, voices = (n + BLOCK - 1) // BLOCK, plan.voices.shape[1]
    tally, records = np.zeros(blocks, TALLY), np.zeros(days, DAY)
    return {
        "tally": tally,
        "tally_flat": tally.view(np.int64).reshape(blocks, -1),
        "ages": np.zeros((blocks, len(AGES), 2), np.int64),
        "days": records,
        "days_flat": records.view(np.int64).reshape(days, -1),
        "cohorts": np.zeros((days, len(AGES), 2), np.int64),
        "noticed": np.zeros((days, _origins(plan)), np.int64),
        "joined": np.zeros((days, _origins(plan)), np.int64),
        "channel_cents": np.zeros((days, plan.channels.shape[1]), np.int64),
        "energy": np.zeros((days, voices)),
        "voice_posts": np.zeros((days, voices)),
        "work": np.zeros((days, 4, 2)),
        "generations": np.zeros(64, np.int64),
    }


def _board(scenario: Scenario, replicate: int, n: int) -> NDArray[np.void]:
    today = np.zeros(1, TODAY)
    budget = scenario.budget
    today["run_key"] = root_key(scenario.run.seed, replicate)
    today["people"], today["groups"] = n, 1
    today["cap"] = NEVER if budget.cap is None else cents(budget.cap)
    today["cap_stops"] = budget.when_reached == "stop_spending"
    return today


def _check_topics(phases: list[tuple[int, Scenario]], tribes: int) -> None:
    """With tribes from a file, topics can be checked only now."""
    for _, scenario in phases:
        topics: list[tuple[str, int]] = [("culture.theme", scenario.culture.theme)]
        topics += [(f"structure.kols.{kol.name}.topic", kol.topic) for kol in scenario.structure.kols]
        topics += [
            (f"business.products.{item.name}.needs_topic", item.needs_topic) for item in scenario.business.products
        ]
        for key, topic in topics:
            if topic >= tribes:
                message = f"{key}: tribe {topic} does not exist in this market"
                raise InputError(message, expected=f"0 to {tribes - 1}", hint=f"Set it with --set {key}=0")


def found_seeds(
    scenario: Scenario, plan: Plan, people: NDArray[np.void], flags: NDArray[np.uint8], key: Any, origin: int
) -> None:
    """The founding members apply before day 0: random, best matched, or best connected people."""
    seeds = scenario.entrance.seeds
    rank = uniforms(key_of_run(key), np.arange(len(people)), Purpose.PLACE)
    if seeds.choice == "matched":
        topic = plan.topics[0, 0]
        fit = people["focus"] * topic[people["tribe"]] + (1.0 - people["focus"]) * topic[people["tribe2"]]
        rank = rank - 4.0 * fit * people["norm"]
    elif seeds.choice == "connected":
        rank = rank - people["degree"]
    chosen = np.argsort(rank, kind="stable")[: seeds.number]
    people["status"][chosen] = APPLIED
    people["origin"][chosen] = origin
    flags[chosen] = AWAKE | ASKS


def key_of_run(key: Any) -> np.uint64:
    """A key apart from those of the days, for what is drawn before day 0."""
    with np.errstate(over="ignore"):
        return np.uint64(key) ^ np.uint64(0x5EED5EED5EED5EED)
