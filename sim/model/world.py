"""Building the state of a run: the market's people and network, the plan, the board, the records."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.draws import Purpose, root_key, uniforms
from sim.engine.state.arrays import Arrays, assembled, declared
from sim.engine.state.board import ACTIVITY, CHANNEL, NOWHERE, VOICE, Today
from sim.engine.state.people import APPLIED, ASKS, AWAKE, NEVER
from sim.engine.state.plan import Plan
from sim.engine.state.world import BLOCK, World
from sim.errors import InputError
from sim.market.edgelist import read_edges, read_labels
from sim.market.generate import generate
from sim.market.inflow import inflow
from sim.market.network import Network
from sim.market.people import draw_people, draw_tribes, mean_fit, people_by_day
from sim.model.arms import assigned, key_of_run, patches_of, place
from sim.model.commitments import committed
from sim.model.plan import CompiledPlan, cents_within, compile_plan
from sim.model.playbook import turns_of
from sim.scenario.changes import treated
from sim.scenario.playbook import Played, played
from sim.scenario.rest import outlets
from sim.scenario.scale import in_agents
from sim.scenario.schema import Scenario
from sim.scenario.sections.seeds import Seeds

#: Arrays that a plan or a market fills, or that are views of others.
GIVEN = {
    "people.rows", "people.indptr", "people.neighbours", "board.today",
    "playbook.phases", "playbook.present", "playbook.inflow", "playbook.rows", "playbook.committed", "playbook.worth",
    "playbook.entries", "playbook.terms", "playbook.cuts", "playbook.places", "playbook.kept", "playbook.changed",
    "playbook.own",
    *(f"board.plan.{name}" for name in Plan._fields),
}  # fmt: skip
#: Arrays that show the memory of another one as numbers.
SAME_MEMORY = {
    "people.words": "people.rows",
    "records.tally_flat": "records.tally",
    "records.days_flat": "records.days",
    "records.arm_days_flat": "records.arm_days",
}


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
    market = in_agents(scenario).market
    key = root_key(scenario.run.seed, replicate)
    file = market.network.file
    if file is not None:
        stamp = tuple(Path(f).stat().st_mtime for f in (file, market.network.labels) if f and Path(f).exists())
        network, tribe, tribes = _from_file(file, market.network.labels, stamp)
        n = network.n
        if tribe is None:
            tribe, tribes = draw_tribes(market, key, n), market.tribes
    else:
        n, tribes = int(people_by_day(market, market.people, scenario.run.days).max()), market.tribes
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
    weight, scenario = scenario.run.users_per_agent, in_agents(scenario)
    plan = plan_of(scenario, drawn)
    n, key = len(drawn.people), root_key(scenario.run.seed, replicate)
    plan.rows["fit_lift"] = fit_lifts(plan.themes, drawn.people)
    plan.patches.changed[plan.patches.lifts] = fit_lifts(plan.patches.themes, drawn.people).view(np.uint64)
    people = drawn.people if market is None else drawn.people.copy()
    met: Arrays = {
        "people.rows": people,
        "people.indptr": drawn.network.indptr,
        "people.neighbours": drawn.network.indices,
    }
    w = world_of(met | planned(plan, today_of(scenario, key, n, weight)) | blank(plan, n), plan.rows.dtype)
    chosen = founders(scenario.entrance.seeds, plan.themes[0], people[: plan.present[0]], key)
    people["status"][chosen], people["origin"][chosen] = APPLIED, w.records.joined.shape[1] - 1
    if scenario.arms:
        people["arm"] = assigned(scenario.arms, people, drawn.network, key_of_run(key))
    w.people.flags[chosen] = AWAKE | ASKS
    return w


def plan_of(scenario: Scenario, drawn: MarketDraw) -> CompiledPlan:
    """The compiled plan of a scenario in a market.

    Raises
    ------
    InputError : a topic that the market does not have, a playbook that cannot be run, or a table of multiples that
        cannot be read.
    """
    plan = played(scenario)
    _check_topics(plan, drawn.tribes)
    if scenario.arms:
        for each in chain((phase for _, phase in plan.phases[1:]), *plan.states):
            treated(each)  # what an arm sets must agree with every change of plan
    n = len(drawn.people)
    present = np.minimum(people_by_day(scenario.market, n, scenario.run.days), np.int32(n))
    multiples = inflow(scenario.market.inflow, scenario.run.days)
    compiled = compile_plan(scenario.playbook, plan, present, multiples, drawn.tribes, ring=drawn.ring)
    return compiled._replace(arms=1 + len(scenario.arms), own=patches_of(scenario, compiled.rows.dtype))


def fit_lifts(themes: NDArray[np.float64], people: NDArray[np.void]) -> NDArray[np.float64]:
    """One over the market's mean fit with the community's topic, shape [theme]; ``themes``: float64[theme, tribe]."""
    return np.array([1.0 / max(1e-6, mean_fit(people, theme)) for theme in themes], np.float64)


def today_of(scenario: Scenario, key: np.uint64, n: int, weight: int) -> NDArray[np.void]:
    """The notice board before day 0, Today[1]; ``key`` of the replicate, ``n`` agents, each for ``weight`` people."""
    today = Today.blank(1)
    budget = scenario.budget
    today["run_key"], today["people"], today["weight"] = key, n, weight
    limit = budget.cap if budget.total is None else budget.total
    today["cap"] = NEVER if limit is None else cents_within(limit)
    today["capped"] = limit is not None and (budget.total is not None or budget.when_reached == "stop_spending")
    if budget.total is not None and budget.rest_to is not None:
        rest = outlets(scenario)[budget.rest_to]
        today["rest_kind"] = {"channel": CHANNEL, "voice": VOICE, "activity": ACTIVITY}[rest.kind]
        today["rest_item"] = rest.number
    return today


def planned(plan: CompiledPlan, today: NDArray[np.void]) -> Arrays:
    """The arrays of a world that a plan fills."""
    words = plan.rows.view(np.uint64).reshape(len(plan.rows), -1)
    today["links"] = plan.links
    if len(plan.own):
        word = place(plan.rows.dtype, "entrance.consideration.linked", {})[1] // 8
        today["links"] |= ((plan.own[:, 1] == word) & (plan.own[:, 3] != 0)).any()
    return (
        plan.entries
        | plan.patches.arrays()
        | {
            "board.today": today,
            "playbook.phases": plan.phases,
            "playbook.present": plan.present,
            "playbook.inflow": plan.inflow,
            "playbook.committed": committed(plan, known=bool(today["rest_kind"][0] != NOWHERE)),
            "playbook.worth": plan.worth,
            "playbook.rows": words,
            "playbook.own": plan.own,
        }
    )


def sizes(plan: CompiledPlan, n: int) -> dict[str, int]:
    """How long the axes of a world of ``n`` people are, by name."""
    row, days, groups = plan.rows.dtype, len(plan.phases), groups_of(plan, n)
    turns = turns_of(plan.entries["playbook.entries"], days)
    voices, channels, activities, products = (
        row[name].shape[0] for name in ("voices", "channels", "activities", "products")
    )
    return {
        "people": n,
        "blocks": (n + BLOCK - 1) // BLOCK,
        "voices": voices,
        "channels": channels,
        "activities": activities,
        "groups": groups,
        "products": products,
        "days": days,
        "days + 1": days + 1,
        "words": row.itemsize // 8,
        "arms": plan.arms,
        "origins": channels + 1 + voices + 1,  # ways in: channels, friends, voices, and being a founding member
        "entries": len(plan.entries["playbook.entries"]),
        "events": 96
        + days * (activities + 2)
        + (5 + products) * (len(plan.rows) + turns)
        + groups
        + voices
        + channels
        + activities,
    }


def groups_of(plan: CompiledPlan, n: int) -> int:
    """Groups that ``n`` people can ever need: another is opened only when all are full."""
    return n // plan.cap + 1


def blank(plan: CompiledPlan, n: int) -> Arrays:
    """The arrays of a world of ``n`` people in which nothing has happened yet: all that no plan or market fills."""
    known = sizes(plan, n)
    return {name: each.made(known) for name, each in declared(World) if name not in GIVEN | set(SAME_MEMORY)}


def world_of(arrays: Arrays, row: np.dtype[np.void]) -> World:
    """The world of these arrays: what :func:`planned` and :func:`blank` give, people, and their network.

    ``row`` : the record of a phase of the plan; that of an arm is the same, and the board shows its fields.
    """
    today = arrays["playbook.arms"].view(row).reshape(-1)
    views = {f"board.plan.{name}": today[name] for name in Plan._fields}
    views |= {name: arrays[of].view(np.int64).reshape(*arrays[of].shape, -1) for name, of in SAME_MEMORY.items()}
    world: World = assembled(World, arrays | views)
    return world


def _check_topics(plan: Played, tribes: int) -> None:
    """With tribes from a file, topics can be checked only now."""
    for each in (*(phase for _, phase in plan.phases), *chain.from_iterable(plan.states)):
        topics: list[tuple[str, int]] = [("culture.theme", each.culture.theme)]
        topics += [(f"structure.kols.{kol.name}.topic", kol.topic) for kol in each.structure.kols]
        topics += [(f"business.products.{item.name}.needs_topic", item.needs_topic) for item in each.business.products]
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
