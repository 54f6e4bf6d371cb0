"""The model: a Mesa model of one community, run by one of two drivers."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled import ENABLED, Function, is_compiled, rebind
from sim.engine.drivers.readable import readable
from sim.engine.drivers.sweep import part_of_day, sweep, sweep_threads
from sim.engine.drivers.walk import LIMIT, Rules, Walk, functions, walk
from sim.errors import InputError
from sim.model.kol import KOL
from sim.model.operator import Operator
from sim.model.plan import SPAN, row_of, wage_a_day
from sim.model.tables import Run, run_of, tables
from sim.model.user import User
from sim.model.users import Users
from sim.model.world import MarketDraw, build
from sim.scenario.load import load
from sim.scenario.scale import in_agents
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

Driver = Literal["sweep", "walk"]


class CommunityModel(mesa.Model):  # type: ignore[misc]
    """One community under one plan.

    Parameters
    ----------
    scenario : a :class:`~sim.scenario.schema.Scenario`, the path of a scenario file, or None for the defaults.
    replicate : which luck and which draw of the market (≥ 0); the same replicate of two plans has the same people.
    rng : seed, instead of the scenario's ``run.seed``.
    driver : ``"sweep"`` (compiled) or ``"walk"`` (plain Python over Mesa agents); both give the same bits.
    threads : threads for one large market under sweep (≥ 1).
    market : a market drawn before by :func:`sim.model.world.draw_market`, to be shared.
    rules : original rule → replacement, e.g. ``{sim.engine.rules.ties.grown: mine}``; both drivers follow it (sweep
        compiles anew, about ten seconds).
    agents : agent classes to use instead: ``{"user": …, "kol": …, "operator": …}``. A user class that overrides an act
        needs ``driver="walk"``.

    Raises
    ------
    InputError : the scenario cannot be run, or a user class cannot run under the driver.

    Examples
    --------
    >>> model = CommunityModel("scenarios/base.yaml")
    >>> model.run_for(30)
    >>> model.series[["day", "members", "weak", "strong"]].tail()
    """

    def __init__(
        self,
        scenario: Scenario | str | Path | None = None,
        *,
        replicate: int = 0,
        rng: int | None = None,
        driver: Driver = "sweep",
        threads: int = 1,
        market: MarketDraw | None = None,
        rules: Rules | None = None,
        agents: Mapping[str, type] | None = None,
    ) -> None:
        if scenario is None or isinstance(scenario, str | Path):
            scenario = load(scenario).scenario if scenario is not None else Scenario()
        if rng is not None:
            scenario = scenario.model_copy(update={"run": scenario.run.model_copy(update={"seed": rng})})
        super().__init__(rng=scenario.run.seed)
        self.steps: int = 0
        self.scenario, self.replicate, self.driver, self.threads = scenario, replicate, driver, threads
        self.world = build(scenario, replicate, market)  # arrays, for whoever looks
        self._driven = self.world  # the same, as the driver needs it
        self._rules: Rules = rules or {}
        classes = {"user": User, "kol": KOL, "operator": Operator} | dict(agents or {})
        self._check(classes)
        self.users = Users(self, classes["user"])
        self.kols = [classes["kol"](self, k) for k in range(len(scenario.structure.kols))]
        self.operators = [
            classes["operator"](self, o, plan) for o, plan in enumerate(in_agents(scenario).structure.operators)
        ]
        self._deciding = [a for a in (*self.kols, *self.operators) if _decides(a)]
        if self._deciding and driver == "sweep":
            names = ", ".join(sorted({type(a).__name__ for a in self._deciding}))
            warnings.warn(f"{names}.decide is Python and called every morning: this run is slower", stacklevel=2)
        self._walk: Walk | None = None
        self._sweep: Function = part_of_day if threads > 1 else sweep
        if driver == "walk":
            self._walk = functions(self._rules)
            for user in self.users:
                self.register_agent(user)
        elif self._rules:
            self._sweep = rebind(self._sweep, dict(self._rules), compile_again=True)
        if driver == "walk" or not ENABLED:
            self._driven = readable(self.world)

    def _check(self, classes: Mapping[str, type]) -> None:
        """Refuse what a driver cannot do."""
        for name, base in (("user", User), ("kol", KOL), ("operator", Operator)):
            if not issubclass(classes[name], base):
                message = f"agents['{name}'] is {classes[name].__name__}"
                raise InputError(message, expected=f"a subclass of {base.__name__}")
        if unknown := set(classes) - {"user", "kol", "operator"}:
            message = f"agents has the unknown key {min(unknown)!r}"
            raise InputError(message, expected="user, kol or operator")
        for rule in self._rules:
            if not is_compiled(rule):
                message = f"rules has {getattr(rule, '__name__', rule)!r}, which is no rule of the model"
                raise InputError(
                    message, expected="functions of sim.engine.rules as imported, such as sim.engine.rules.ties.grown"
                )
        own = classes["user"].overridden()  # type: ignore[attr-defined]
        if own and self.driver == "sweep":
            message = f"{classes['user'].__name__} overrides {', '.join(own)}, which the compiled driver cannot call"
            raise InputError(message, hint='Use driver="walk", or replace a rule: rules={sim.engine.rules.…: yours}')
        size = len(self.world.people.rows) * self.scenario.run.days
        if self.driver == "walk" and size > LIMIT:
            message = f"driver walk over {len(self.world.people.rows)} people × {self.scenario.run.days} days"
            raise InputError(message, expected=f"at most {LIMIT:,} user-days", hint="Use driver sweep, or fewer people")

    @property
    def time(self) -> float:
        """Days lived so far."""
        return float(self.steps)

    @property
    def finished(self) -> bool:
        """Whether every day of the scenario has been lived."""
        return bool(self.steps >= self.scenario.run.days)

    @property
    def phase(self) -> int:
        """The phase of the plan that holds today (or on the last day)."""
        return int(self.world.playbook.phases[min(self.steps, self.scenario.run.days - 1)])

    @property
    def acts(self) -> dict[str, Any]:
        """The acts as plain Python functions, with replaced rules."""
        if self._walk is None:
            self._walk = functions(self._rules)
        return self._walk.acts

    def step(self) -> None:
        """Live one day (Mesa counts it in ``steps``)."""
        self._live(self.steps - 1, self.steps)

    def run_for(self, days: int) -> None:
        """Live ``days`` (≥ 0) more days, or until the scenario ends."""
        if days < 0:
            message = f"run_for({days})"
            raise InputError(message, expected="at least 0 days")
        last = min(self.steps + days, self.scenario.run.days)
        self._live(self.steps, last)
        self.steps = last
        self.running = not self.finished

    def run_model(self) -> None:
        """Live to the end of the scenario."""
        self.run_for(self.scenario.run.days)

    def _live(self, first: int, last: int) -> None:
        if last > self.scenario.run.days:
            self.running = False
            self.steps = self.scenario.run.days
            message = f"the scenario ends after {self.scenario.run.days} days"
            raise InputError(message, hint="Give it more with run.days")
        if not self._deciding:
            self._drive(first, last)
            return
        for day in range(first, last):
            self.steps = day  # Mesa has counted the step already; a strategy decides in today's phase
            for agent in self._deciding:
                agent.decide()
            self._drive(day, day + 1)
            self.steps = day + 1

    def _drive(self, first: int, last: int) -> None:
        """Hand the days to the driver."""
        if self.driver == "walk":
            assert self._walk is not None
            walk(self._driven, self.users.all(), self._walk, first, last)
            return
        with np.errstate(over="ignore"):
            if self.threads > 1:
                sweep_threads(self._driven, first, last, self.threads, self._sweep)
            else:
                self._sweep(self._driven, first, last)

    def restaff(self) -> None:
        """Recompute the team's hours, span and wages from the operator agents."""
        for rows in self.plans():
            team = rows["team"]
            team["hours"] = sum(o.hours_day * o.skill for o in self.operators)
            team["span"] = sum(SPAN[o.rank] for o in self.operators)
            team["wages"] = sum(wage_a_day(o.wage_month, o.wage_hour, o.hours_day) for o in self.operators)
            team["clock"] = sum(o.hours_day for o in self.operators)

    def plans(self) -> tuple[NDArray[np.void], NDArray[np.void]]:
        """What the plan says, with the fields of :class:`~sim.engine.state.plan.Plan`: a row a phase, one an arm."""
        playbook, row = self.world.playbook, row_of(self.world.board.plan)
        return playbook.rows.view(row)[:, 0], playbook.arms.view(row)[:, 0]

    def record(self) -> Run:
        """What was recorded so far; days not yet lived are empty."""
        return run_of(self.scenario, self.replicate, self.world)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables of the days lived so far (see :mod:`sim.model.tables`)."""
        return {name: _until(frame, self.steps) for name, frame in tables([self.record()]).items()}

    @property
    def series(self) -> pd.DataFrame:
        """One row per day lived: the columns of ``series.parquet``."""
        return self.tables()["series"]

    def dispose(self) -> None:
        """Let go of agents and arrays, so that many models in one process cost nothing."""
        self.remove_all_agents()
        self.users.forget()
        self.kols, self.operators, self._deciding = [], [], []
        self.__dict__.pop("step", None)  # Mesa's wrapper refers back to the model

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()


def _decides(agent: KOL | Operator) -> bool:
    base = KOL if isinstance(agent, KOL) else Operator
    return type(agent).decide is not base.decide


def _until(frame: pd.DataFrame, days: int) -> pd.DataFrame:
    return frame[frame["day"] < days].reset_index(drop=True) if "day" in frame else frame
