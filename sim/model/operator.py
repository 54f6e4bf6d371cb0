"""An operator as a Mesa agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.model.agent import AgentProxy, Host

if TYPE_CHECKING:
    from sim.scenario.sections.service import OperatorPlan


class Operator(AgentProxy):
    """One operator: name, rank, wage, hours and skill.

    ``hours_day``, ``skill``, ``wage_month`` and ``wage_hour`` may be set; they hold from the next morning on, in every
    later phase of the plan too. A subclass may override :meth:`decide`, called every morning under both drivers.
    """

    def __init__(self, model: Host, number: int, plan: OperatorPlan) -> None:
        self.name, self.rank = plan.name, plan.rank
        self._wage_month, self._hours_day, self._skill = plan.wage_month, plan.hours_day, plan.skill
        self._wage_hour = plan.wage_hour
        super().__init__(
            model, len(model.world.people.rows) + len(model.scenario.structure.kols) + number, register=True
        )

    def decide(self) -> None:
        """Called every morning before the day; may change hours, skill or wage. The default does nothing."""

    @property
    def hours_day(self) -> float:
        """Hours available a day, 0 to 24."""
        return self._hours_day

    @hours_day.setter
    def hours_day(self, value: float) -> None:
        self._hours_day = value
        self.model.restaff()

    @property
    def skill(self) -> float:
        """Work done in an hour, relative to the usual."""
        return self._skill

    @skill.setter
    def skill(self, value: float) -> None:
        self._skill = value
        self.model.restaff()

    @property
    def wage_month(self) -> float:
        """Wage a month."""
        return self._wage_month

    @wage_month.setter
    def wage_month(self, value: float) -> None:
        self._wage_month = value
        self.model.restaff()

    @property
    def wage_hour(self) -> float:
        """Wage by the hour available, beside that by the month."""
        return self._wage_hour

    @wage_hour.setter
    def wage_hour(self, value: float) -> None:
        self._wage_hour = value
        self.model.restaff()
