"""Scenarios: the schema with every parameter, reading files and options, and what two plans differ in."""

from __future__ import annotations

from sim.scenario.explain import json_schema, to_yaml
from sim.scenario.keys import Parameter, difference, flat, parameters, phases, played, transplant, with_changes
from sim.scenario.load import Loaded, available, find_scenario, load, shipped
from sim.scenario.schema import Scenario

__all__ = [
    "Loaded",
    "Parameter",
    "Scenario",
    "available",
    "difference",
    "find_scenario",
    "flat",
    "json_schema",
    "load",
    "parameters",
    "phases",
    "played",
    "shipped",
    "to_yaml",
    "transplant",
    "with_changes",
]
