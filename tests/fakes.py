"""Finished studies that were never run: tables, summary and manifest of plausible shape, the same at every call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.engine.state.measures import AGES
from sim.lab.statistics.intervals import interval, overtaking, paired, wilson, worst_tenth
from sim.model.counts import Counts
from sim.model.measures import columns

Floats = NDArray[np.float64]

TITLES = (
    {"en": "Hard selling in friends' feeds (微商)", "zh": "微商硬推销"},
    {"en": "Friend logic first: warm content, then products", "zh": "朋友逻辑：先有温度的内容，后有产品"},
    {"en": "Elite circle by invitation", "zh": "精英圈层邀请制"},
)
NAMES = ("hard_selling", "friend_logic", "elite_circle")
CHANNELS = (("search", "channel"), ("ads", "channel"), ("friends", "friends"), ("Luo", "kol"), ("seed", "seed"))
COSTS = ("cost_goods", "cost_content", "cost_activities", "cost_incentives", "cost_operators", "cost_acquisition")
LOWER_IS_BETTER = {"cost", "cac", "cost_per_strong"}


def noise(*shape: int, key: int) -> Floats:
    """Numbers in [-1, 1] without any generator: a sine at incommensurable steps."""
    count = int(np.prod(shape))
    return np.sin(np.arange(1, count + 1) * 12.9898 + key * 78.233).reshape(shape)


def study(
    plans: int = 2, replicates: int = 8, days: int = 180, *, sales: bool = True, effect: float = 0.25
) -> tuple[dict[str, pd.DataFrame], dict[str, Any], dict[str, Any]]:
    """Tables, summary and manifest of ``plans`` scenarios; each is better than the one before by about ``effect``."""
    series = {NAMES[i]: _series(i, replicates, days, sales, 1 + effect * i) for i in range(plans)}
    tables = {"series": pd.concat([_frame(name, data) for name, data in series.items()], ignore_index=True)}
    for name, make in (("channels", _channels), ("stages", _stages), ("generations", _generations), ("kols", _kols),
                       ("work", _work), ("cohorts", _cohorts), ("events", _events)):  # fmt: skip
        parts = [make(NAMES[i], i, replicates, days) for i in range(plans)]
        tables[name] = pd.concat(parts, ignore_index=True)
    if plans > 1:
        tables["levers"] = _levers(plans)
        tables["attribution"] = _attribution(plans, replicates)
    return tables, _summary(series), _manifest(plans, replicates)


def _series(plan: int, replicates: int, days: int, sales: bool, lift: float) -> dict[str, Floats]:
    day = np.arange(days) / max(days - 1, 1)
    luck = 1 + 0.06 * noise(replicates, 1, key=1) + 0.02 * noise(replicates, 1, key=plan + 2)
    people = 20_000.0
    grown = 1 / (1 + np.exp(-8 * (day - 0.45)))
    members = np.round(luck * (60 + 2400 * lift * grown))
    strong = np.round(luck * 420 * lift * day**1.5 * (1 + 0.1 * plan * (day - 0.6)))
    weak = np.round(0.55 * members)
    data = {column.name: np.zeros((replicates, days)) for column in columns()}
    ripple = 0.15 * noise(replicates, days, key=plan)
    data |= {"strong": strong, "weak": weak, "none": people - strong - weak, "members": members}
    data |= {"active": np.round(members * (0.42 + 0.1 * ripple)), "aware": np.round(3 * members)}
    data["joined"] = np.round(np.maximum(np.diff(members, axis=1, prepend=0), 0))
    for flow, level, rate in (("none_to_weak", "none", 0.002), ("weak_to_strong", "weak", 0.004 * lift),
                              ("strong_to_weak", "strong", 0.003), ("weak_to_none", "weak", 0.006)):  # fmt: skip
        data[flow] = np.round(rate * data[level] * (1 + ripple))
    bought = np.round(0.02 * members * (day > 0.4) * (1 + ripple)) if sales else np.zeros((replicates, days))
    data["purchases"], data["revenue"] = bought, 199.0 * bought
    data["buyers"] = np.minimum(np.round(0.4 * np.cumsum(bought, axis=1)), members)
    for i, name in enumerate(COSTS):
        data[name] = np.round(40.0 * bought if name == "cost_goods" else 90.0 * (i + 1) * (1 + ripple), 2)
    data["cost_platform"] = np.where(np.arange(days) == days // 3, 20_000.0, 50.0) * np.ones((replicates, 1))
    data["profit"] = data["revenue"] - sum(data[name] for name in (*COSTS, "cost_platform"))
    data["k_factor"] = luck * 0.5 * lift * np.minimum(1.0, 2 * day)
    data["satisfaction_mean"] = 0.55 + 0.1 * lift * day + 0.02 * ripple
    return data


def _frame(name: str, data: dict[str, Floats]) -> pd.DataFrame:
    replicates, days = data["strong"].shape
    frame = {"scenario": [name] * (replicates * days)}
    frame["replicate"] = np.repeat(np.arange(replicates), days)  # type: ignore[assignment]
    frame["day"] = np.tile(np.arange(days), replicates)  # type: ignore[assignment]
    return pd.DataFrame(frame | {column.name: data[column.name].ravel() for column in columns()})


def _grid(name: str, **keys: Iterable[Any]) -> pd.DataFrame:
    frame = pd.MultiIndex.from_product(keys.values(), names=list(keys)).to_frame(index=False)
    frame.insert(0, "scenario", name)
    return frame


def _channels(name: str, plan: int, replicates: int, days: int) -> pd.DataFrame:
    frame = _grid(name, replicate=range(replicates), day=range(days), origin=range(len(CHANNELS)))
    wave = 1 + noise(len(frame), key=plan)
    size = np.array([3.0, 6.0 - 2 * plan, 4.0 + 3 * plan, 2.0, 0.0])[frame["origin"]]
    size = size * (0.3 + frame["day"].to_numpy() / max(days, 1))
    frame["noticed"] = np.round(8 * size * wave)
    frame["joined"] = np.where((frame["origin"] == 4) & (frame["day"] == 0), 30.0, np.round(size * wave))
    frame["cost"] = np.where(frame["origin"] == 1, 120.0, 0.0)
    frame.insert(4, "kind", [CHANNELS[i][1] for i in frame["origin"]])
    frame["origin"] = [CHANNELS[i][0] for i in frame["origin"]]
    return frame


def _stages(name: str, plan: int, replicates: int, days: int) -> pd.DataFrame:
    frame = _grid(name, replicate=range(replicates), stage=("free_content", "platform", "paid_products"))
    start = np.tile([0.0, 0.3 * days, 0.45 * days], replicates)
    ignited = np.round(start * (1 + 0.1 * noise(len(frame), key=plan)))
    last = np.arange(replicates) % 5 == 4
    ignited[2::3][last] = np.nan
    frame["ignited"], frame["members"] = ignited, np.where(np.isnan(ignited), 0, 60 + 8 * np.nan_to_num(ignited))
    return frame


def _generations(name: str, plan: int, replicates: int, _days: int) -> pd.DataFrame:
    frame = _grid(name, replicate=range(replicates), generation=range(6))
    frame["joined"] = np.round(
        900 * (0.35 + 0.15 * plan) ** frame["generation"] * (1 + 0.1 * noise(len(frame), key=plan))
    )
    return frame


def _kols(name: str, plan: int, replicates: int, days: int) -> pd.DataFrame:
    frame = _grid(name, replicate=range(replicates), day=range(days), kol=("Luo", "吴声"))
    frame["energy"] = 0.9 - 0.3 * frame["day"] / max(days, 1) + 0.05 * noise(len(frame), key=plan)
    frame["posts"] = np.where(noise(len(frame), key=plan + 9) > 0.2, 1, 0)
    return frame


def _work(name: str, plan: int, replicates: int, days: int) -> pd.DataFrame:
    frame = _grid(name, replicate=range(replicates), day=range(days),
                  task=("onboarding", "replying", "activities", "moderating", "advising", "supporting"))  # fmt: skip
    frame["wanted"] = (1.5 + 4 * frame["day"] / max(days, 1)) * (1 + 0.3 * noise(len(frame), key=plan))
    frame["done"] = np.minimum(frame["wanted"], 3.0)
    return frame


def _cohorts(name: str, plan: int, replicates: int, days: int) -> pd.DataFrame:
    frame = _grid(name, replicate=range(replicates), cohort=range(0, days, 30), age=AGES)
    frame = frame[frame["cohort"] + frame["age"] < days].reset_index(drop=True)
    frame["joined"] = 100
    frame["members"] = np.round(100 * (0.98 - 0.002 * frame["age"]))
    frame["active"] = np.round(
        100 * (0.3 + 0.05 * plan + 0.6 * np.exp(-frame["age"] / 12)) + noise(len(frame), key=plan)
    )
    return frame


def _events(name: str, _plan: int, replicates: int, days: int) -> pd.DataFrame:
    rows = [
        {"scenario": name, "replicate": replicate, "day": day, "kind": kind, "detail": detail}
        for replicate in range(replicates)
        for day, kind, detail in (
            (0, "ignition", "free_content"),
            (days // 3, "ignition", f"platform members={90 + replicate}"),
            (days // 2, "crisis", "a post goes wrong <b>online</b>"),
        )
    ]
    return pd.DataFrame(rows)


def _levers(plans: int) -> pd.DataFrame:
    rows = [
        ("mechanism.content.warmth", 0.2, 0.8, "mechanism.content"),
        ("mechanism.content.posts_per_week", 3.0, 7.0, "mechanism.content"),
        ("business.selling.promos_per_week", 14.0, 1.0, "business.selling"),
        ("structure.kols.Luo.authenticity", 0.3, 0.9, "structure"),
    ]
    columns = ["key", "baseline_value", "plan_value", "group"]
    parts = [pd.DataFrame(rows, columns=columns).assign(plan=NAMES[i]) for i in range(1, plans)]
    return pd.concat(parts, ignore_index=True)[["plan", *columns]]


def _attribution(plans: int, replicates: int) -> pd.DataFrame:
    rows = []
    for i in range(1, plans):
        for metric, scale in (("strong", 40.0), ("profit", 9000.0)):
            for part, name, mean, half in (
                ("groups", "mechanism.content", 1.6, 0.5), ("groups", "business.selling", 0.9, 0.4),
                ("groups", "structure", -0.1, 0.3), ("mechanisms", "word_of_mouth", 1.2, 0.5),
                ("mechanisms", "selling_fatigue", 0.7, 0.3), ("mechanisms", "habituation", -0.2, 0.4),
            ):  # fmt: skip
                low, high = scale * (mean - half), scale * (mean + half)
                rows.append((NAMES[i], metric, part, name, scale * mean, low, high, replicates))
    return pd.DataFrame(rows, columns=["plan", "metric", "part", "name", "mean", "low", "high", "n"])


def metrics(data: dict[str, Floats]) -> dict[str, Floats]:
    """Headline metrics, each of shape [replicate]."""
    end = {name: column[:, -1] for name, column in data.items()}
    cost = sum(data[name].sum(axis=1) for name in (*COSTS, "cost_platform"))
    strong = end["strong"]
    return {
        "strong": strong, "strong_share": strong / 20_000, "weak": end["weak"], "members": end["members"],
        "active_share": end["active"] / end["members"], "revenue": data["revenue"].sum(axis=1), "cost": cost,
        "profit": data["profit"].sum(axis=1), "k_factor": end["k_factor"], "cac": np.full(len(strong), np.nan),
        "satisfaction_mean": end["satisfaction_mean"],
        "cost_per_strong": np.divide(cost, strong, out=np.full(len(strong), np.nan), where=strong > 0),
    }  # fmt: skip


def _estimate(values: Floats) -> dict[str, float]:
    found = interval(values)
    return {"mean": found.mean, "low": found.low, "high": found.high, "p05": found.spread_low, "p95": found.spread_high}


def _summary(series: dict[str, dict[str, Floats]]) -> dict[str, Any]:
    first, *others = series
    return {
        "scenarios": [_entry(i, name, data) for i, (name, data) in enumerate(series.items())],
        "differences": [row for name in others for row in _differences(name, first, series)],
    }


def _entry(i: int, name: str, data: dict[str, Floats]) -> dict[str, Any]:
    found = metrics(data)
    cumulative = np.cumsum(data["profit"], axis=1)
    back = Counts.back_since(cumulative)[:, -1]
    met = wilson(int((found["strong_share"] >= 0.02).sum()), len(back))
    return {
        "name": name, "title": TITLES[i], "replicates": len(back),
        "metrics": {metric: _estimate(values) for metric, values in found.items()},
        "goals": [{"goal": "strong_share >= 0.02 by day 150", "chance": met.share, "low": met.low, "high": met.high}],
        "payback_day": {
            "share": float(np.isfinite(back).mean()),
            "median": float(np.median(back)) if np.isfinite(back).all() else None,
        },
        "cash_low": _estimate(Counts.lowest(cumulative)[:, -1]),
        "worst_tenth": {metric: worst_tenth(values) for metric, values in found.items()},
    }  # fmt: skip


def _differences(name: str, first: str, series: dict[str, dict[str, Floats]]) -> list[dict[str, Any]]:
    rows = []
    ours, theirs = metrics(series[name]), metrics(series[first])
    for metric in ours:
        found = paired(theirs[metric], ours[metric], higher_is_better=metric not in LOWER_IS_BETTER)
        row = {"scenario": name, "baseline": first, "metric": metric, **asdict(found), "verdict": str(found.verdict)}
        if metric in {"strong", "profit"}:
            sides = [series[side][metric] for side in (first, name)]
            over = overtaking(*(np.cumsum(side, axis=1) if metric == "profit" else side for side in sides))
            row["overtakes"] = {"share": over.share.share, "median": over.median, "low": over.low, "high": over.high,
                                "clear_day": over.clear_day}  # fmt: skip
        rows.append(row)
    return rows


def _manifest(plans: int, replicates: int) -> dict[str, Any]:
    files = " ".join(f"{name}.yaml" for name in NAMES[:plans])
    return {
        "remake": f"python run.py {'compare' if plans > 1 else 'run'} {files} --replicates {replicates}",
        "seeds": [7], "replicates": replicates, "versions": {"sim": "0.1.0", "python": "3.11.9", "numpy": "2.4.0"},
        "scenarios": [{"name": name, "run": {"currency": "RMB"}} for name in NAMES[:plans]], "commit": "0123abc",
        "digest": "6f1c9a2b7d", "study": "9d2e41c07a",
    }  # fmt: skip
