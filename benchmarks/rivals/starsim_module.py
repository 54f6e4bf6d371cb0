"""Starsim: a module with two states and two Bernoulli distributions on a network of edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import starsim as ss
from workload import Days, Workload, main


class Adoption(ss.Module):
    """The workload as a Starsim module."""

    def __init__(self, workload: Workload) -> None:
        super().__init__()
        self.workload = workload
        self.define_states(ss.BoolState("member"), ss.FloatArr("tie", default=0.0), ss.FloatArr("share", default=0.0))
        self.joins = ss.bernoulli(p=self.chance_of_joining)
        self.leaves = ss.bernoulli(p=self.chance_of_leaving)

    @staticmethod
    def chance_of_joining(module: Adoption, uids: Any) -> Any:
        """For people outside."""
        w = module.workload
        return w.spontaneous + w.imitation * module.share[uids]

    @staticmethod
    def chance_of_leaving(module: Adoption, uids: Any) -> Any:
        """For members."""
        w = module.workload
        return w.hazard * np.exp(-w.hold * module.tie[uids])

    def init_post(self) -> None:
        """Count everybody's friends once."""
        super().init_post()
        edges = self.sim.networks[0].edges
        self.degree = np.maximum(np.bincount(np.concatenate((edges.p1, edges.p2)), minlength=len(self.sim.people)), 1)

    def step(self) -> None:
        """One day."""
        w, edges, n = self.workload, self.sim.networks[0].edges, len(self.sim.people)
        inside = self.member.values.astype(float)
        friends = np.bincount(edges.p1, inside[edges.p2], n) + np.bincount(edges.p2, inside[edges.p1], n)
        self.share[:] = friends / self.degree
        joining = self.joins.filter((~self.member).uids)
        here = self.member.uids
        self.tie[here] += w.gain * self.share[here] * (1.0 - self.tie[here])
        self.tie[:] *= w.kept
        leaving = self.leaves.filter(here)
        self.member[joining] = True
        self.member[leaving] = False


def prepare(workload: Workload) -> Days:
    """An initialised simulation."""
    one, other = workload.pairs(workload.rng())
    adoption = Adoption(workload)
    network = ss.Network(p1=one, p2=other, beta=np.ones(one.size), label="friends")
    sim = ss.Sim(
        n_agents=workload.people,
        modules=adoption,
        networks=network,
        dt=ss.days(1),
        start=ss.days(0),
        dur=ss.days(workload.days - 1),
        rand_seed=workload.seed,
        verbose=0,
    )
    sim.init()

    def days() -> list[int]:
        sim.run()
        return [int(count) for count in sim.results.adoption.n_member]

    return days


if __name__ == "__main__":
    main({"starsim": prepare}, f"starsim {ss.__version__}")
