"""What a plan is known to spend beforehand, day by day: the ground on which the rest of a budget's total is spread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.model.plan import CompiledPlan

#: What a plan commits: wages, which end when operators leave, and all else.
WAGES, REST = range(2)


def committed(plan: CompiledPlan, *, known: bool = True) -> NDArray[np.float64]:
    """Cents that a plan commits from each day to the end, float64[days + 1, 2]; the last row is nothing.

    Wages, posts, ads, activities, what stages cost from their earliest day on: as far as it is known without living it.
    Posts and events fall due as in a run. What depends on what happens (rewards, heads, dues for members, a stage that
    waits for members) is not in it. With ``known`` false all are 0: nobody asks.
    """
    days = len(plan.phases)
    spent = np.zeros((days + 1, 2))
    if not known:
        return spent
    due = {name: np.zeros(plan.rows.dtype[name].shape[0]) for name in ("voices", "activities")}
    for day in range(days):
        row = plan.rows[plan.phases[day]]
        on = row["params"]["switches"]
        spent[day, WAGES] = row["team"]["wages"] if on["operators"] else 0
        voices, activities, stages = row["voices"], row["activities"], row["stages"]
        speaking = np.where(np.arange(len(voices)) == 0, on["content"], on["kols"])
        posts = _fallen_due(due["voices"], voices["posts_per_week"] / 7.0 * speaking)
        events = _fallen_due(due["activities"], activities["per_month"] * 12.0 / 365.0 * on["activities"])
        ads = np.floor(row["channels"]["daily_budget"] * 100.0 + 0.5).sum() * on["channels"]
        lit = np.where(stages["enabled"], stages["day_cents"] * (day >= stages["day"]), 0)
        new = np.where(stages["enabled"], stages["cost"] * (day == stages["day"]), 0.0)
        spent[day, REST] = ads + lit.sum() + np.floor(new * 100.0 + 0.5).sum()
        spent[day, REST] += np.floor(posts * price_of_posts(voices) * 100.0 + 0.5).sum()
        spent[day, REST] += (events * np.floor(price_of_events(activities) * 100.0 + 0.5)).sum()
    return np.asarray(np.cumsum(spent[::-1], axis=0)[::-1])


def _fallen_due(due: NDArray[np.float64], rate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Whole posts or events that fall due on a day; what is left of ``due`` stays for the next."""
    due += rate
    whole = np.floor(due + 1e-9)
    due -= whole
    return np.asarray(whole)


def price_of_posts(voices: NDArray[np.void]) -> NDArray[np.float64]:
    """What a post of each voice costs."""
    return _priced(voices["fee_per_post"], voices)


def price_of_events(activities: NDArray[np.void]) -> NDArray[np.float64]:
    """What an event of each activity costs, heads apart."""
    return _priced(activities["cost"], activities)


def _priced(fee: NDArray[np.float64], items: NDArray[np.void]) -> NDArray[np.float64]:
    """A fee, and the price of quality: see :func:`sim.engine.rules.content.price_of`."""
    quality = np.where(items["cost_quality"] > 0.0, items["quality"], 0.0)
    return np.asarray(fee + items["cost_quality"] * quality / (1.0 - quality))
