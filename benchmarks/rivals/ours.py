"""This project's engine, its whole machinery, with the scenario reduced to the adoption workload."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from workload import Days, Workload, main

from sim import __version__
from sim.model.community import CommunityModel
from sim.scenario.schema import Scenario

#: Mechanisms that the workload has; every other one is switched off.
ON = ("channels", "member_ties", "word_of_mouth", "leaving")


def reduced(workload: Workload) -> Scenario:
    """The scenario whose rules are those of the workload: everybody alike, open door, members come every day."""
    off = {"enabled": False}
    return Scenario.model_validate(
        {
            "run": {"days": workload.days, "seed": workload.seed},
            "market": {
                "people": workload.people,
                "tribes": 1,
                "activity_sigma": 0.0,
                "purchasing_power_sigma": 0.0,
                "latent": {"joining": 0.0, "buying": 0.0},
                "network": {"kind": "random", "mean_degree": workload.mean_degree},
            },
            "entrance": {
                "channels": [{"name": "world", "organic": workload.spontaneous}],
                "consideration": {"base": 1.0, "reconsider": 0.0},
                "seeds": {"number": 0},
            },
            "structure": {"kols": [], "operators": []},
            "mechanism": {
                "attention": {"visit": 1.0},
                "activities": [],
                "ties": {"member_gain": workload.gain, "half_life": workload.half_life},
                "word_of_mouth": {"visible": workload.imitation, "at_joining": 0.0, "good": 0.0, "bad": 0.0},
                "leaving": {
                    "hazard": workload.hazard,
                    "tie": workload.hold,
                    "dissatisfaction": 0.0,
                    "come_back": 0.0,
                },
            },
            "business": {"rocket": {"free_content": off, "platform": off, "paid_products": off}, "products": []},
            "switches": {name: name in ON for name in type(Scenario().switches).model_fields},
        }
    )


def prepare(workload: Workload) -> Days:
    """Draw the market and the network, build the model."""
    model = CommunityModel(reduced(workload), threads=workload.threads)

    def days() -> list[int]:
        model.run_for(workload.days)
        return [int(members) for members in model.world.records.days["members"]]

    return days


if __name__ == "__main__":
    main({"ours": prepare}, f"community-growth {__version__}")
