"""How each pattern is measured, by its id."""

from __future__ import annotations

from collections.abc import Mapping

from sim.lab.evidence.behaviour import BEHAVIOUR
from sim.lab.evidence.doing import DOING
from sim.lab.evidence.finding import Measurement
from sim.lab.evidence.plans import PLANS
from sim.lab.evidence.spread import SPREAD

#: Id → measurement; patterns that the model cannot express have none.
MEASUREMENTS: Mapping[str, Measurement] = {**BEHAVIOUR, **PLANS, **SPREAD, **DOING}
