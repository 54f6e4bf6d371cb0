"""Plain Mesa: one Python object a person, days by ``AgentSet.do``."""

from __future__ import annotations

from importlib.metadata import version
from math import exp
from random import Random
from typing import Any

import mesa
from workload import Days, Workload, main


class Person(mesa.Agent):
    """Somebody who looks at all friends every day."""

    def __init__(self, model: Adoption) -> None:
        super().__init__(model)
        self.member = self.seen = False
        self.tie = 0.0
        self.friends: list[Person] = []

    def publish(self) -> None:
        """From now on friends see today's state."""
        self.seen = self.member

    def friends_inside(self) -> int:
        """How many friends were members yesterday."""
        return sum([friend.seen for friend in self.friends])

    def live(self) -> None:
        """One day."""
        model = self.model
        w: Workload = model.workload
        inside = self.friends_inside()
        share = inside / len(self.friends) if inside else 0.0
        u = model.luck()
        if not self.member:
            self.tie *= model.kept
            if u < w.spontaneous + w.imitation * share:
                self.member = True
                model.change(self, 1)
            return
        self.tie = (self.tie + w.gain * share * (1.0 - self.tie)) * model.kept
        if u < w.hazard * exp(-w.hold * self.tie):
            self.member = False
            model.change(self, -1)


class Counted(Person):
    """Somebody whose friends tell when they join or leave, so that nobody need be looked at: the fastest plain Mesa."""

    def __init__(self, model: Adoption) -> None:
        super().__init__(model)
        self.inside = 0

    def friends_inside(self) -> int:
        """How many friends were members yesterday."""
        return self.inside


class Adoption(mesa.Model):
    """The workload; ``told``: whether people tell their friends (Counted) or look at them (Person)."""

    def __init__(self, workload: Workload | None = None, told: bool = False, rng: int = 1, **sizes: Any) -> None:
        super().__init__(seed=rng)
        self.workload = workload or Workload(seed=rng, **sizes)
        self.kept, self.luck, self.members = self.workload.kept, Random(rng).random, 0
        self.told, self.changes = told, []
        self.datacollector = mesa.DataCollector(model_reporters={"members": "members"})
        people = list((Counted if told else Person).create_agents(self, self.workload.people))
        for one, other in zip(*(ends.tolist() for ends in self.workload.pairs(self.workload.rng())), strict=True):
            people[one].friends.append(people[other])
            people[other].friends.append(people[one])

    def change(self, person: Person, step: int) -> None:
        """Note that somebody joined (+1) or left (−1)."""
        self.members += step
        if self.told:
            self.changes.append((person, step))

    def step(self) -> None:
        """One day."""
        self.agents.do("live")
        if self.told:
            for person, step in self.changes:
                for friend in person.friends:
                    friend.inside += step
            self.changes = []
        else:
            self.agents.do("publish")
        self.datacollector.collect(self)


def preparing(*, told: bool) -> Any:
    """The rival in which people tell their friends, or look at them."""

    def prepare(workload: Workload) -> Days:
        model = Adoption(workload, told, workload.seed)

        def days() -> list[int]:
            for _ in range(workload.days):
                model.step()
            return list(model.datacollector.model_vars["members"])

        return days

    return prepare


if __name__ == "__main__":
    main({"mesa": preparing(told=False), "mesa counted": preparing(told=True)}, f"mesa {version('mesa')}")
