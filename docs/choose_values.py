"""How interim values of behavioural parameters were chosen: a seeded search against the patterns that may guide them.

Each candidate is lived under the trials of those patterns (``fits``) and scored: how far the interval of each figure
lies outside its target, in units of the target's width (or of its one bound), squared and summed; and a little for
every step away from where the parameter stood, so that what no pattern cares for stays. No other pattern is looked at.

    python docs/choose_values.py --candidates 200 --replicates 6 --log docs/values.csv
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from sim.lab.evidence import play
from sim.lab.evidence.judge import Judged
from sim.lab.evidence.table import PATTERNS
from sim.scenario.catalogue import entries
from sim.scenario.origins import ORIGINS

#: Parameter → range searched, and why no further.
RANGES: Mapping[str, tuple[float, float, str]] = {
    key: (origin.low, origin.high, origin.en) for key, origin in ORIGINS.items() if origin.searched
}
#: A second candidate to begin with, set by hand after a dozen trials.
BY_HAND: Mapping[str, float] = {
    "entrance.consideration.base": 0.01,
    "entrance.consideration.invitation": 1.5,
    "mechanism.word_of_mouth.at_joining": 0.15,
    "mechanism.word_of_mouth.good": 0.05,
    "mechanism.word_of_mouth.good_satisfaction": 3.2,
    "mechanism.word_of_mouth.good_tie": 0.8,
    "mechanism.word_of_mouth.bad": 0.12,
    "mechanism.word_of_mouth.bad_dissatisfaction": 1.5,
    "mechanism.word_of_mouth.bad_tie": 0.6,
    "mechanism.participation.posts": 0.4,
    "mechanism.participation.drive": 1.9,
    "mechanism.participation.bearable": 8.0,
    "mechanism.attention.drive": 1.1,
    "mechanism.attention.forgetting": 0.8,
    "mechanism.attention.visit": 0.07,
    "mechanism.incentives.crowding": 0.21,
    "mechanism.content.half_saturation": 0.4,
}
#: What a step over the whole range costs.
STAY = 0.05


def standing() -> dict[str, float]:
    """The defaults as they stand, within the ranges."""
    known = entries()
    return {
        key: min(high, max(low, float(known[key].default)))  # type: ignore[union-attr]
        for key, (low, high, _) in RANGES.items()
    }


#: Replicates at which patterns are judged in the end: intervals of fewer are shortened to theirs.
IN_THE_END = 30


def miss(judged: Judged, replicates: int) -> float:
    """How far the interval lies outside the target, in widths of the target, at most 2."""
    pattern, found, shorter = judged.pattern, judged.finding, math.sqrt(min(1.0, replicates / IN_THE_END))
    if found is None or not math.isfinite(found.mean):
        return 2.0
    low = -math.inf if pattern.low is None else pattern.low
    high = math.inf if pattern.high is None else pattern.high
    width = high - low if math.isfinite(high - low) else abs(low if math.isfinite(low) else high) or 1.0
    lowest = found.mean - shorter * (found.mean - found.low)
    highest = found.mean + shorter * (found.high - found.mean)
    return min(2.0, max(0.0, low - lowest, highest - high) / width)


def score(values: Mapping[str, float], replicates: int) -> tuple[float, dict[str, float]]:
    """The score of a candidate, and each pattern's miss."""
    fitting = [pattern for pattern in PATTERNS if pattern.fits and pattern.cannot is None]
    shipped = dict(play.TRIALS)
    try:
        for name, trial in shipped.items():
            play.TRIALS[name] = replace(trial, changes={**values, **trial.changes})  # type: ignore[index]
        found = {each.pattern.id: miss(each, replicates) for each in play.judged(fitting, replicates=replicates)}
    finally:
        play.TRIALS.update(shipped)  # type: ignore[attr-defined]
    start = standing()
    steps = sum(((values[key] - start[key]) / (high - low)) ** 2 for key, (low, high, _) in RANGES.items())
    return sum(each**2 for each in found.values()) + STAY * steps / len(RANGES), found


def write(log: Path, rows: list[dict[str, Any]]) -> None:
    """All candidates so far."""
    with log.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Search, and write every candidate down."""
    import optuna

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=200)
    parser.add_argument("--replicates", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--log", type=Path, default=Path("values.csv"))
    asked = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(
        sampler=optuna.samplers.TPESampler(seed=asked.seed, multivariate=True, n_startup_trials=12)
    )
    study.enqueue_trial(standing())
    study.enqueue_trial(standing() | dict(BY_HAND))
    rows: list[dict[str, Any]] = []

    def tried(trial: Any) -> float:
        values = {
            key: float(f"{trial.suggest_float(key, low, high, log=low > 0 and high / low > 8):.3g}")
            for key, (low, high, _) in RANGES.items()
        }
        total, found = score(values, asked.replicates)
        misses = {name: round(value, 3) for name, value in found.items()}
        rows.append({"candidate": trial.number, "score": round(total, 4), **values, **misses})
        if total <= min(row["score"] for row in rows):
            outside = {name: value for name, value in misses.items() if value > 0.0}
            print(trial.number, round(total, 4), outside, flush=True)
            write(asked.log, rows)
        return total

    study.optimize(tried, n_trials=asked.candidates)
    write(asked.log, rows)
    best = min(rows, key=lambda row: row["score"])
    print("best", best)


if __name__ == "__main__":
    main()
