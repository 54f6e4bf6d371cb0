"""Plans under which the model is a textbook one, made by parameters alone; and means with their intervals."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.lab.evidence import textbook
from sim.model.community import CommunityModel
from sim.model.world import draw_market
from sim.scenario import Scenario, with_changes
from sim.scenario.sections.channels import Channel


def bare(organic: float = 0.0, **changes: Any) -> Scenario:
    """A textbook market; ``organic``: share of it that comes by itself each day. Double underscores stand for dots."""
    plain = textbook.bare().model_dump()
    plain["entrance"]["channels"] = [Channel(name="by_itself", organic=organic).model_dump()] if organic else []
    return with_changes(
        Scenario.model_validate(plain), {key.replace("__", "."): value for key, value in changes.items()}
    )


def joined(scenario: Scenario, replicates: int) -> NDArray[np.int64]:
    """People who joined, shape [replicates, days]. All replicates share one market; their luck differs."""
    market = draw_market(scenario, 0)
    curves = []
    for replicate in range(replicates):
        with CommunityModel(scenario, replicate=replicate, market=market) as model:
            model.run_model()
            curves.append(model.world.records.days["joined"].copy())
    return np.array(curves)


class Mean(NamedTuple):
    """A mean over independent runs with its 99 % confidence interval (Student's t)."""

    value: float
    low: float
    high: float

    def holds(self, target: float, bias: tuple[float, float] = (0.0, 0.0)) -> bool:
        """Whether ``target``, moved by an expected bias that lies between two bounds, is inside the interval."""
        return self.low - max(bias) <= target <= self.high - min(bias)


def mean(values: Any) -> Mean:
    """The mean of independent values."""
    values = np.asarray(values, float)
    half = stats.t.ppf(0.995, values.size - 1) * values.std(ddof=1) / np.sqrt(values.size)
    return Mean(float(values.mean()), float(values.mean() - half), float(values.mean() + half))


def show(name: str, found: Mean, target: float, note: str = "") -> None:
    """One line of simulated beside expected (seen with ``pytest -s``, and when a test fails)."""
    print(f"{name:<44} {found.value:9.4f}  [{found.low:.4f}, {found.high:.4f}]  target {target:.4f}  {note}")  # noqa: T201
