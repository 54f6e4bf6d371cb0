"""The twin of a plan: the same without an entry of its playbook. What differs under the same luck, the entry did."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.state.events import PLAN_CHANGED
from sim.errors import InputError
from sim.model.tables import Run
from sim.scenario.catalogue import did_you_mean
from sim.scenario.changes import checked
from sim.scenario.schema import Scenario
from sim.scenario.titles import titles_of
from sim.scenario.yaml12 import position

#: Active members are back when they have been within this share of the twin's for so many days on end (design choice).
WITHIN, FOR_DAYS = 0.05, 7
_WITHOUT = {"en": ("without {}", "; "), "zh": ("没有{}", "；")}


def numbers_of(scenario: Scenario, called: Sequence[str]) -> tuple[int, ...]:
    """The numbers of entries of the playbook, by name or number.

    Raises
    ------
    InputError : there is no such entry; with the nearest one.
    """
    names = [entry.name for entry in scenario.playbook]
    found = []
    for each in called:
        at = position(names, each)
        if at is None:
            known = [name or str(number) for number, name in enumerate(names)]
            expected = f"one of {', '.join(known)}" if known else "a plan that has a playbook"
            problem = f"the playbook of '{scenario.name}' has no entry '{each}'"
            raise InputError(problem, place="--twin", expected=expected, hint=did_you_mean(each, known))
        found.append(at)
    return tuple(dict.fromkeys(found))


def twin_of(scenario: Scenario, entries: Sequence[int]) -> Scenario:
    """The same plan in which some entries set nothing. They stay, so that all others keep their luck."""
    plain = scenario.model_dump()
    for number in entries:
        plain["playbook"][number]["set"] = {}
    left = [titles_of(scenario.playbook[number]) for number in entries]
    plain["title"] = {
        lang: text.format(gap.join(each[lang] for each in left)) for lang, (text, gap) in _WITHOUT.items()
    }
    called = "-".join(scenario.playbook[number].name or str(number) for number in entries)
    plain["name"] = "".join(c if c.isalnum() or c in "_.-" else "_" for c in f"{scenario.name[:30]}-without-{called}")[
        :64
    ]
    return checked(plain)


def recovery(plan: Scenario, entries: Sequence[int], twins: Sequence[Run], runs: Sequence[Run]) -> dict[str, Any]:
    """When active members are back: how long after the entries first held, in each replicate.

    Parameters
    ----------
    twins, runs : of the twin and of the plan, of the same replicates in the same order.

    Returns
    -------
    ``title`` and ``entries``; of ``replicates`` in how many it ``happened``, then took them ``apart`` by more than
    ``within``, and in how many they came ``back`` for ``for_days`` on end. ``days`` from when it first held until they
    were back, and ``deepest``, the largest gap as a share of the twin's: median and the middle 80 % of those apart
    (those not back by the end count as later than all; None where that is the answer).
    """
    began = [_began(plan, entries, run) for run in runs]
    gaps = [_gap(twin, run) for twin, run in zip(twins, runs, strict=True)]
    apart = [(first, gap) for first, gap in zip(began, gaps, strict=True)
             if first is not None and (np.abs(gap[first:]) > WITHIN).any()]  # fmt: skip
    took = np.array([back_after(gap, first) for first, gap in apart], np.float64)
    deepest = [float(gap[first:][np.argmax(np.abs(gap[first:]))]) for first, gap in apart]
    told = [titles_of(plan.playbook[number]) for number in entries]
    return {
        "entries": list(entries),
        "title": {lang: gap.join(each[lang] for each in told) for lang, (_, gap) in _WITHOUT.items()},
        "within": WITHIN,
        "for_days": FOR_DAYS,
        "replicates": len(runs),
        "happened": sum(first is not None for first in began),
        "apart": len(apart),
        "back": int(np.isfinite(took).sum()),
        "days": _spread(took),
        "deepest": _spread(np.array(deepest, np.float64)),
    }


def back_after(gap: NDArray[np.float64], first: int) -> float:
    """Days from ``first`` until a gap that has opened closes for :data:`FOR_DAYS` on end; infinite if it does not."""
    out = np.abs(gap) > WITHIN
    opened = first + int(np.argmax(out[first:]))
    for day in range(opened + 1, len(gap) - FOR_DAYS + 1):
        if not out[day : day + FOR_DAYS].any():
            return float(day - first)
    return math.inf


def _began(plan: Scenario, entries: Sequence[int], run: Run) -> int | None:
    """The day on which one of the entries first held; None if none did."""
    days = [int(e["day"]) for e in run.events if e["kind"] == PLAN_CHANGED and e["which"] in entries and e["amount"]]
    days += [0 for number in entries if plan.playbook[number].dated and plan.playbook[number].first == 0]
    return min(days, default=None)


def _gap(twin: Run, run: Run) -> NDArray[np.float64]:
    """Active members less the twin's, as a share of the twin's (of one where it has none), by day."""
    whole = twin.days["active"].astype(np.float64)
    return np.asarray((run.days["active"] - whole) / np.maximum(whole, 1.0))


def _spread(values: NDArray[np.float64]) -> dict[str, float | None]:
    """Median and the middle 80 %; None where that is infinite or nothing is known."""
    if not len(values):
        return {"median": None, "low": None, "high": None}
    low, median, high = (float(v) for v in np.quantile(values, [0.1, 0.5, 0.9], method="inverted_cdf"))
    found = {"median": median, "low": low, "high": high}
    return {name: value if math.isfinite(value) else None for name, value in found.items()}
