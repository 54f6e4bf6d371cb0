"""Building the state of a run: the market's people and network, the plan, the board, the records."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.draws import Purpose, root_key, uniforms
from sim.engine.drivers.sweep import BLOCK
from sim.engine.state.board import ACTIVITY, CHANNEL, EVENT, TODAY, VOICE, Scene, World
from sim.engine.state.measures import AGES, DAY, TALLY
from sim.engine.state.people import APPLIED, ASKS, AWAKE, NEVER
from sim.errors import InputError
from sim.market.edgelist import read_edges, read_labels
from sim.market.generate import generate
from sim.market.network import Network
from sim.market.people import draw_people, draw_tribes, mean_fit
from sim.model.plan import Plan, cents, compile_plan
from sim.scenario.keys import phases as phases_of
from sim.scenario.schema import Scenario
from sim.scenario.sections.seeds import Seeds

Arrays = dict[str, NDArray[Any]]


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
    plan = plan_of(scenario, drawn)
    n, key = len(drawn.people), root_key(scenario.run.seed, replicate)
    people = drawn.people if market is None else drawn.people.copy()
    given = planned(plan, board(scenario, key, n), fit_lifts(plan.topics[:, 0], people))
    met: Arrays = {"people": people, "indptr": drawn.network.indptr, "neighbours": drawn.network.indices}
    w = assembled(met | given | blank(given, n))
    chosen = founders(scenario.entrance.seeds, plan.topics[0, 0], people, key)
    w.people["status"][chosen], w.people["origin"][chosen] = APPLIED, w.joined.shape[1] - 1
    w.flags[chosen] = AWAKE | ASKS
    return w


def plan_of(scenario: Scenario, drawn: MarketDraw) -> Plan:
    """The compiled plan of a scenario in a market.

    Raises
    ------
    InputError : a topic that the market does not have.
    """
    phases = phases_of(scenario)
    _check_topics(phases, drawn.tribes)
    return compile_plan(phases, scenario.run.days, drawn.tribes, ring=drawn.ring)


def fit_lifts(themes: NDArray[np.float64], people: NDArray[np.void]) -> NDArray[np.float64]:
    """One over the market's mean fit with the community's topic, shape [phase]; ``themes``: float64[phase, tribe]."""
    return np.array([1.0 / max(1e-6, mean_fit(people, theme)) for theme in themes])


def board(scenario: Scenario, key: np.uint64, n: int) -> NDArray[np.void]:
    """The notice board before day 0, TODAY[1]; ``key`` of the replicate, ``n`` people in the market."""
    today = np.zeros(1, TODAY)
    budget = scenario.budget
    today["run_key"], today["people"], today["groups"] = key, n, 1
    today["cap"] = NEVER if budget.cap is None else cents(budget.cap)
    today["cap_stops"] = budget.when_reached == "stop_spending"
    return today


def planned(plan: Plan, today: NDArray[np.void], lifts: NDArray[np.float64]) -> Arrays:
    """The arrays of a world that a plan fills, by the names they have in it."""
    return {
        "today": today,
        "params": plan.params,
        "products": plan.products,
        "topics": plan.topics,
        "phases": plan.phases,
        "fit_lifts": lifts,
        "voice_plan": plan.voices,
        "channel_plan": plan.channels,
        "activity_plan": plan.activities,
        "team": plan.team,
    }


def blank(given: Arrays, n: int) -> Arrays:
    """The arrays of a world of ``n`` people in which nothing has happened yet; ``given``: see :func:`planned`."""
    days, blocks = len(given["phases"]), (n + BLOCK - 1) // BLOCK
    phases, voices = given["voice_plan"].shape
    channels, activities = given["channel_plan"].shape[1], given["activity_plan"].shape[1]
    origins = channels + 1 + voices + 1  # ways in: channels, friends, voices, and being a founding member
    speaking = np.zeros(voices, VOICE)
    speaking["energy"] = 1.0
    return {
        "bonds": np.zeros((n, voices)),
        "flags": np.zeros(n, np.uint8),
        "voices": speaking,
        "channels": np.zeros(channels, CHANNEL),
        "activities": np.zeros(activities, ACTIVITY),
        "feed": np.zeros((days + 1, voices)),
        "ignited": np.full(3, NEVER, np.int32),
        "tally": np.zeros(blocks, TALLY),
        "ages": np.zeros((blocks, len(AGES), 2), np.int64),
        "days": np.zeros(days, DAY),
        "cohorts": np.zeros((days, len(AGES), 2), np.int64),
        "noticed": np.zeros((days, origins), np.int64),
        "joined": np.zeros((days, origins), np.int64),
        "channel_cents": np.zeros((days, channels), np.int64),
        "energy": np.zeros((days, voices)),
        "voice_posts": np.zeros((days, voices)),
        "work": np.zeros((days, 4, 2)),
        "generations": np.zeros(64, np.int64),
        "events": np.zeros(64 + days * (activities + 2) + 4 * phases, EVENT),
        "event_count": np.zeros(1, np.int64),
        "line": np.zeros(n, np.int32),
        "picked": np.zeros(n, np.int32),
        "rank": np.zeros(n),
    }


def assembled(arrays: Arrays) -> World:
    """The world of these arrays: what :func:`planned` and :func:`blank` give, people, and their network."""
    flat = {f"{name}_flat": arrays[name].view(np.int64).reshape(len(arrays[name]), -1) for name in ("tally", "days")}
    scene = Scene(**{name: arrays[name] for name in Scene._fields})
    return World(scene=scene, **flat, **{name: arrays[name] for name in World._fields if name in arrays})


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


def founders(seeds: Seeds, theme: NDArray[np.float64], people: NDArray[np.void], key: np.uint64) -> NDArray[np.int64]:
    """The founding members, who apply before day 0: random, best matched with the theme, or best connected people."""
    rank = uniforms(key_of_run(key), np.arange(len(people)), Purpose.PLACE)
    if seeds.choice == "matched":
        fit = people["focus"] * theme[people["tribe"]] + (1.0 - people["focus"]) * theme[people["tribe2"]]
        rank = rank - 4.0 * fit * people["norm"]
    elif seeds.choice == "connected":
        rank = rank - people["degree"]
    return np.argsort(rank, kind="stable")[: seeds.number].copy()


def key_of_run(key: Any) -> np.uint64:
    """A key apart from those of the days, for what is drawn before day 0."""
    with np.errstate(over="ignore"):
        return np.uint64(key) ^ np.uint64(0x5EED5EED5EED5EED)
