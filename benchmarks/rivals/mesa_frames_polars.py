"""mesa-frames: an agent set kept as a Polars data frame; friends counted by a gather and a running sum over ties."""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF
from workload import Days, Workload, main


class People(AgentSetPolars):
    """Everybody as rows."""

    def __init__(self, model: Adoption) -> None:
        super().__init__(model)
        n = model.workload.people
        indptr, friends = model.workload.graph(model.random)
        self.friends = pl.Series(friends.astype(np.uint32))
        self.first, self.last = pl.Series(indptr[:-1]), pl.Series(indptr[1:])
        self.degree = pl.Series(np.maximum(np.diff(indptr), 1))
        self.add(pl.DataFrame({"unique_id": np.arange(n), "member": np.zeros(n, bool), "tie": np.zeros(n)}))

    def step(self) -> None:
        """One day."""
        w: Workload = self.model.workload
        seen = self.agents["member"].gather(self.friends).cast(pl.Int32).cum_sum()
        running = pl.concat([pl.Series([0], dtype=pl.Int32), seen])
        share = (running.gather(self.last) - running.gather(self.first)) / self.degree
        u, member, tie = pl.Series(self.model.random.random(len(self.agents))), pl.col("member"), pl.col("tie")
        grown = tie + pl.when(member).then(w.gain * share * (1.0 - tie)).otherwise(0.0)
        self.agents = self.agents.with_columns(tie=grown * w.kept).with_columns(
            member=pl.when(member)
            .then(u >= w.hazard * (-w.hold * tie).exp())
            .otherwise(u < w.spontaneous + w.imitation * share)
        )


class Adoption(ModelDF):
    """The workload."""

    def __init__(self, workload: Workload) -> None:
        super().__init__(workload.seed)
        self.workload = workload
        self.people = People(self)
        self.agents += self.people

    def day(self) -> int:
        """Live a day; returns the members."""
        self.people.step()
        return int(self.people.agents["member"].sum())


def prepare(workload: Workload) -> Days:
    """A model with its people."""
    model = Adoption(workload)
    return lambda: [model.day() for _ in range(workload.days)]


if __name__ == "__main__":
    main({"mesa-frames": prepare}, f"mesa-frames {version('mesa-frames')}, polars {version('polars')}")
