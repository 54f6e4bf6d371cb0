"""A scenario as compiled parameters: nested records made from the schema, one a phase, and what may lie over them."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple, get_args, get_origin

import numpy as np
from numpy.typing import NDArray

from sim.engine.state.arrays import Arrays
from sim.engine.state.board import STAGES
from sim.engine.state.plan import Plan, StagePlan, Team, row_dtype
from sim.model.playbook import DAYS_A_YEAR, Patches, entries_of, patches_of
from sim.scenario.parameter import Section
from sim.scenario.playbook import Played
from sim.scenario.schema import Scenario
from sim.scenario.sections.activities import ActivityPlan
from sim.scenario.sections.buying import ProductPlan
from sim.scenario.sections.channels import Channel
from sim.scenario.sections.playbook import Change
from sim.scenario.sections.voices import KolPlan

#: Sections that people's days and the evening read.
MODULES = ("market", "entrance", "carrier", "culture", "structure", "mechanism", "business", "switches")
#: People whom one operator of a rank can lead. Design choice.
SPAN = {"specialist": 0, "manager": 6, "director": 12}
MONTHS_A_YEAR = 12


@cache
def layout(kind: type[Section]) -> tuple[tuple[str, str | type[Section] | tuple[Any, ...]], ...]:
    """The compiled fields of a section: (name, dtype, or the nested section, or the choices)."""
    codes: dict[Any, str] = {bool: "u1", int: "i8", float: "f8"}
    fields: list[tuple[str, str | type[Section] | tuple[Any, ...]]] = []
    for name, field in kind.model_fields.items():
        annotation: Any = field.annotation
        if annotation in codes:
            fields.append((name, codes[annotation]))
        elif get_origin(annotation) is Literal:
            fields.append((name, get_args(annotation)))
        elif isinstance(annotation, type) and issubclass(annotation, Section):
            fields.append((name, annotation))
    return tuple(fields)


def record_of(kind: type[Section]) -> np.dtype[np.void]:
    """The structured dtype of a section: numbers as int64 or float64, switches as uint8, choices by position."""
    fields: list[tuple[str, Any]] = []
    for name, code in layout(kind):
        if isinstance(code, str):
            fields.append((name, code))
        else:
            fields.append((name, "i8" if isinstance(code, tuple) else record_of(code)))
    return np.dtype(fields, align=True)


def values_of(section: Section) -> tuple[Any, ...]:
    """A section's values in the order of :func:`record_of`."""
    names, choices, nested = _parts(type(section))
    values = list(names(section))
    for place, known in choices:
        values[place] = known.index(values[place])
    for place in nested:
        values[place] = values_of(values[place])
    return tuple(values)


@cache
def _parts(kind: type[Section]) -> tuple[Any, list[tuple[int, tuple[Any, ...]]], list[int]]:
    """What takes all compiled values out of a section; where among them choices are, and nested sections."""
    fields = layout(kind)
    taken = attrgetter(*(name for name, _ in fields))
    choices = [(place, code) for place, (_, code) in enumerate(fields) if isinstance(code, tuple)]
    nested = [place for place, (_, code) in enumerate(fields) if isinstance(code, type)]
    return (taken if len(fields) > 1 else lambda section: (taken(section),)), choices, nested


PARAMS = np.dtype([(name, record_of(Scenario.model_fields[name].annotation)) for name in MODULES], align=True)  # type: ignore[arg-type]
TABLES = {
    "voices": record_of(KolPlan),
    "channels": record_of(Channel),
    "activities": record_of(ActivityPlan),
    "products": record_of(ProductPlan),
}


class CompiledPlan(NamedTuple):
    """The compiled side of a scenario: P phases, each a record like :class:`sim.engine.state.plan.Plan`.

    ``entries`` are arrays of a world; ``patches`` say what the states of phases change. Over all phases and states:
    ``cap`` is the least that a group ever holds, ``links`` whether friends who know each other are ever counted.
    """

    phases: NDArray[np.int32]  # [days]
    present: NDArray[np.int32]  # [days]
    inflow: NDArray[np.float64]  # [days]
    worth: NDArray[np.float64]  # [days]
    rows: NDArray[np.void]  # [P]
    entries: Arrays
    patches: Patches
    cap: int
    links: bool
    arms: int = 1  # arms, with that of who is in none
    own: NDArray[np.uint64] = np.zeros((0, 4), np.uint64)  # see Playbook.own

    @property
    def themes(self) -> NDArray[np.float64]:
        """The community's topic in each phase, float64[P, T]."""
        return np.asarray(self.rows["topics"][:, 0])


def row_of(plan: Plan) -> np.dtype[np.void]:
    """The record of which the parts of a plan on the board are views."""
    sizes = {name: getattr(plan, name).shape[1] for name in TABLES}
    return row_dtype(PARAMS, TABLES, sizes | {"tribes": plan.topics.shape[2]})


def cents(amount: float) -> int:
    """An amount of currency in whole cents, halves rounded up, as the engine does."""
    return math.floor(amount * 100.0 + 0.5)


def cents_within(amount: float) -> int:
    """The whole cents in an amount, so that a limit is never passed; what floats leave below a thousandth is none."""
    return math.floor(round(amount * 100.0, 3))


def wage_a_day(month: float, hour: float, hours: float) -> int:
    """The wage of a day in cents: by the month, or by the hour for so many hours."""
    return a_day(month) + int(hour * hours * 100.0 + 0.5)


def worth(discount: float, days: int) -> NDArray[np.float64]:
    """What money of each day counts on day 0, float64[days]; ``discount`` a year, ≥ 0."""
    return np.asarray((1.0 + discount) ** (-np.arange(days) / 365.0))


def a_day(month: float) -> int:
    """A monthly amount as cents a day."""
    return math.floor(month * 100.0 * MONTHS_A_YEAR / DAYS_A_YEAR + 0.5)


def compile_plan(
    playbook: list[Change],
    plan: Played,
    present: NDArray[np.int32],
    inflow: NDArray[np.float64],
    tribes: int,
    *,
    ring: bool = True,
) -> CompiledPlan:
    """The compiled parameters of a plan; what depends on the market (``fit_lift``) is left 0.

    Parameters
    ----------
    playbook, plan : of the scenario, and what it comes to.
    present : int32[days], people in the market on each day.
    inflow : float64[days], by how much contacts and audiences are multiplied on each day of the run.
    tribes : tribes of the market.
    ring : whether tribes lie on a ring (generated ones do), or are all equally far apart (labels read from a file).
    """
    phases = np.zeros(len(inflow), np.int32)
    for number, (day, _) in enumerate(plan.phases):
        phases[day:] = number
    stages = [each for _, each in plan.phases]
    rows = _rows([*stages, *(state for states in plan.states for state in states)], tribes, ring)
    first = len(stages)
    return CompiledPlan(
        *(phases, present, inflow, worth(stages[0].budget.discount, len(inflow)), rows[:first]),
        entries=entries_of(playbook, plan.groups),
        patches=patches_of(rows[:first], rows[first:].reshape(first, -1)),
        cap=int(rows["params"]["carrier"]["groups"]["cap"].min()),
        links=bool((rows["params"]["entrance"]["consideration"]["linked"] != 0.0).any()),
    )


def _rows(scenarios: list[Scenario], tribes: int, ring: bool) -> NDArray[np.void]:
    """All that some scenarios of one plan say, a record each."""
    items = [_items(scenario) for scenario in scenarios]
    sizes = {name: len(rows) for name, rows in items[0].items()}
    rows = np.zeros(len(scenarios), row_dtype(PARAMS, TABLES, sizes | {"tribes": tribes}))
    for name in MODULES:
        rows["params"][name] = np.array([values_of(getattr(s, name)) for s in scenarios], PARAMS[name])
    for name, dtype in TABLES.items():
        rows[name] = np.array([[values_of(item) for item in each[name]] for each in items], dtype).reshape(
            len(rows), -1
        )
    rows["stages"] = np.array([_stages(s) for s in scenarios], StagePlan.dtype)
    rows["team"] = np.array([_team(s) for s in scenarios], Team.dtype)
    rows["topics"] = [_topics(s, tribes, ring) for s in scenarios]
    return rows


def _items(scenario: Scenario) -> dict[str, list[Any]]:
    """What a plan lists, by table; voice 0 is the firm."""
    return {
        "voices": [_firm(scenario), *scenario.structure.kols],
        "channels": scenario.entrance.channels,
        "activities": scenario.mechanism.activities,
        "products": scenario.business.products,
    }


def _stages(scenario: Scenario) -> list[tuple[float, ...]]:
    """The stages of the rocket, see :class:`sim.engine.state.plan.StagePlan`."""
    rocket, known = scenario.business.rocket, ("nothing", *STAGES)
    return [
        (
            stage.enabled,
            stage.day,
            known.index(stage.after),
            stage.min_members,
            stage.min_strong,
            stage.cost,
            a_day(stage.cost_month),
        )
        for stage in (rocket.free_content, rocket.platform, rocket.paid_products)
    ]


def _firm(scenario: Scenario) -> KolPlan:
    """The firm's own account as a voice that speaks on the theme and never tires."""
    content = scenario.mechanism.content
    return KolPlan(
        name="firm",
        topic=scenario.culture.theme,
        breadth=scenario.culture.breadth,
        audience=content.audience,
        posts_per_week=content.posts_per_week,
        quality=content.quality,
        warmth=content.warmth,
        attitude=content.attitude,
        authenticity=content.authenticity,
        fee_per_post=content.cost_per_post,
        cost_quality=content.cost_quality,
        warmth_hours=content.warmth_hours,
        energy_cost=0.0,
    )


def _team(scenario: Scenario) -> tuple[float, ...]:
    """The operators together, see :class:`sim.engine.state.plan.Team`."""
    operators = scenario.structure.operators
    span = float(sum(SPAN[o.rank] for o in operators))
    hours = sum(o.hours_day * o.skill for o in operators)
    wages = sum(wage_a_day(o.wage_month, o.wage_hour, o.hours_day) for o in operators)
    return (hours, span, wages, len(operators), sum(o.hours_day for o in operators))


@lru_cache(maxsize=1000)
def topic(centre: int, breadth: float, tribes: int, ring: bool) -> NDArray[np.float64]:
    """A topic as a unit vector over tribes: breadth**distance from its centre (0: one tribe, 1: all alike).

    Distance is counted on the ring of tribes; without a ring every other tribe is one step away. Not to be written to.
    """
    gap = np.abs(np.arange(tribes) - centre)
    distance = np.minimum(gap, tribes - gap) if ring else np.minimum(gap, 1)
    weights = np.power(breadth, distance.astype(np.float64))
    return np.asarray(weights / np.sqrt(np.sum(weights * weights)))


def _topics(scenario: Scenario, tribes: int, ring: bool) -> NDArray[np.float64]:
    culture = scenario.culture
    rows = [topic(culture.theme, culture.breadth, tribes, ring)]
    rows += [topic(kol.topic, kol.breadth, tribes, ring) for kol in scenario.structure.kols]
    for product in scenario.business.products:
        centre = culture.theme if product.needs_topic < 0 else product.needs_topic
        rows.append(topic(centre, culture.breadth, tribes, ring))
    return np.stack(rows)
