"""Study files: everything that a sweep is, in one YAML file.

.. code-block:: yaml

    scenario: dedao                     # a name, or a file relative to this one
    factors:                            # KEY: SPEC as in --vary, a list of levels, or a mapping; or a list of KEY=SPEC
      mechanism.content.posts_per_week: 1:14
      mechanism.content.quality: [0.2, 0.5, 0.8]
      mechanism.incentives.inviter_reward: {low: 1, high: 100, log: true}
      plan: [dedao, hard_selling]
    constraints: [mechanism.content.posts_per_week * mechanism.content.quality <= 6]
    sampler: {kind: lhs, runs: 200}     # runs: points, each with all its replicates; {kind: list, file: points.csv}
    replicates: 10
    seed: 7
    seeds: paired                       # or independent
    outcomes: [strong_share, profit]
    budget: {runs: 5000, hours: 2}
    assumptions: {mechanism.word_of_mouth.visible: 0.001:0.05}
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.errors import InputError, InputErrors
from sim.experiments.design.constraints import Constraint
from sim.experiments.design.factors import Factor
from sim.experiments.design.specification import Budget, Design, make_list
from sim.experiments.design.vary import make_factors
from sim.scenario.catalogue import did_you_mean
from sim.scenario.load import find_scenario, load
from sim.scenario.mistakes import show
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import Node, read
