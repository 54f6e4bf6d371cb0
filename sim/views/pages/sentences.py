"""The summary in plain sentences. Each says what an interval allows, and no more."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from sim.lab.goals import parsed
from sim.lab.statistics.intervals import FEWEST_REPLICATES
from sim.views.language.metrics import metric
from sim.views.language.numbers import MISSING, finite
from sim.views.pages import arms
from sim.views.playbook import recovery
from sim.views.study import Plan, Study

Point = tuple[str, list[str]]


def summary(study: Study) -> list[Point]:
    """Leads with their paragraphs (in a comparison one a plan), the most important first."""
    points = _comparison(study) if study.compared else _single(study)
    points.append(("summary.recovery", [recovery(study.summary, study.words, study.numbers)]))
    points.append(("summary.money", _money(study)))
    points.append(("summary.energy", [_dropped(study, plan) for plan in study.plans]))
    if study.compared:
        points.append(("summary.why", _why(study)))
    points.append(("summary.arms", arms.sentences(study)))
    n = min(study.replicates(plan) for plan in study.plans)
    if n < FEWEST_REPLICATES:
        points.append(("summary.sure", [study.words("sure.one" if n == 1 else "sure.few", n=n)]))
    told = [(study.words(lead), [text for text in texts if text]) for lead, texts in points]
    return [(lead, texts) for lead, texts in told if texts]


def goal_text(study: Study, goal: str) -> str:
    """A goal in words; as it was written where it cannot be read."""
    try:
        wish = parsed(goal)
    except ValueError:
        return goal
    shown = study.numbers.text(wish.value, metric(wish.metric).form)
    sign = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}[wish.sign]
    key = "goals.end" if wish.day is None else "goals.by"
    return study.words(key, metric=study.metric_label(wish.metric), sign=sign, value=shown, day=wish.day)


def _single(study: Study) -> list[Point]:
    plan, words, text = study.plans[0], study.words, study.numbers.text
    ties = words(
        "ties.run", days=study.words.days(study.days(plan)), people=text(study.people(plan), "people"),
        strong=text(study.headline(plan, "strong"), "people"),
        share=text(study.headline(plan, "strong_share"), "share"),
        weak=text(study.headline(plan, "weak"), "people"),
    )  # fmt: skip
    members = words(
        "members.run", members=text(study.headline(plan, "members"), "people"),
        active=text(study.headline(plan, "active_share"), "share"),
    )  # fmt: skip
    if not math.isnan(study.headline(plan, "k_factor")):
        members += study.gap + words("members.k", k=text(study.headline(plan, "k_factor"), "ratio"))
    goals = [_goal(study, goal) for goal in study.entry(plan).get("goals") or []]
    points = [("summary.ties", [ties]), ("summary.members", [members]), ("summary.goals", goals)]
    low, high, p05, p95 = (study.headline(plan, "strong", part) for part in ("low", "high", "p05", "p95"))
    if study.replicates(plan) >= FEWEST_REPLICATES and not math.isnan(low):
        span, spread = study.numbers.span(low, high, "people"), study.numbers.span(p05, p95, "people")
        points.append(("summary.sure", [words("sure.run", span=span, spread=spread)]))
    return points


def _goal(study: Study, goal: dict[str, Any]) -> str:
    chance = study.numbers.text(goal.get("chance"), "chance")
    span = study.numbers.span(goal.get("low"), goal.get("high"), "chance")
    return study.words("goal.run", goal=goal_text(study, str(goal["goal"])), chance=chance, span=span or MISSING)


def _comparison(study: Study) -> list[Point]:
    others = study.plans[1:]
    ties = [_ties(study, plan) for plan in others]
    when = [_when(study, plan) for plan in others]
    return [("summary.ties", ties), ("summary.when", when)]


def _ties(study: Study, plan: Plan) -> str:
    told = study.difference(plan, "strong")
    if told is None:
        return ""
    text, first = study.numbers.text, study.plans[0]
    said = study.words(
        f"ties.{told['verdict']}", plan=study.named(plan), first=study.named(first), n=told.get("n"),
        days=study.words.days(study.days(plan)), value=text(study.headline(plan, "strong"), "people"),
        base=text(study.headline(first, "strong"), "people"), size=text(abs(finite(told["mean"])), "people"),
        span=study.numbers.span(told["low"], told["high"], "people", signed=True),
    )  # fmt: skip
    return said + study.gap + _sure(study, plan, told) if told["verdict"] in {"higher", "lower"} else said


def _sure(study: Study, plan: Plan, told: dict[str, Any]) -> str:
    """How often the plan that is better on average was better."""
    share = finite(told.get("share_better"))
    better = plan if told["verdict"] == "higher" else study.plans[0]
    share = share if better is plan else 1 - share
    if math.isnan(share):
        return ""
    key = "sure.clear" if share >= 0.95 else "sure.most" if share >= 0.75 else "sure.mean"
    return study.words(key, better=study.called(better), share=study.numbers.text(share, "chance"), n=told.get("n"))


def _when(study: Study, plan: Plan) -> str:
    """From which day on the plan is ahead, in ties and in money."""
    return study.gap.join(filter(None, (_overtakes(study, plan, name) for name in ("strong", "profit"))))


def _overtakes(study: Study, plan: Plan, name: str) -> str:
    told = study.difference(plan, name) or {}
    overtakes = told.get("overtakes")
    if not overtakes or told["verdict"] in {"too_few", "identical"}:
        return ""
    share = finite(overtakes.get("share"))
    shown = study.numbers.text(share, "chance")
    names = {
        "plan": study.called(plan), "first": study.called(study.plans[0]), "metric": study.metric_label(name),
        "share": shown,
    }  # fmt: skip
    median, low, high, clear = (finite(overtakes.get(part)) for part in ("median", "low", "high", "clear_day"))
    if not share > 0:
        return study.words("when.never", **names)
    if told["verdict"] == "undecided":
        return study.words("when.undecided", **names)
    if math.isnan(median):
        return study.words("when.seldom", **names)
    span = "" if math.isnan(low + high) else study.words("when.span", low=f"{low:.0f}", high=f"{high:.0f}")
    said = study.words("when.day", day=f"{median:.0f}", span=span, **names)
    return said if math.isnan(clear) else said + study.gap + study.words("when.clear", day=f"{clear:.0f}")


def _dropped(study: Study, plan: Plan) -> str:
    """That posts were planned which no KOL had the energy for."""
    dropped, made = (float(np.sum(study.values(plan, name))) for name in ("posts_dropped", "posts"))
    if not dropped > 0:
        return ""
    share = study.numbers.text(dropped / (dropped + made), "share")
    return study.words("energy.dropped", plan=study.called(plan), share=share)


def _money(study: Study) -> list[str]:
    costs = [study.headline(plan, "cost") for plan in study.plans]
    earned = [study.headline(plan, "revenue") for plan in study.plans]
    if not any(amount > 0 for amount in costs + earned):
        return [study.words("money.none")]
    said = []
    for plan in study.plans:
        own = [_plan_money(study, plan)]
        if plan is not study.plans[0]:
            own += [_money_difference(study, plan, name) for name in ("cost_per_strong", "profit")]
        said.append(study.gap.join(filter(None, own)))
    return said


def _plan_money(study: Study, plan: Plan) -> str:
    text = study.numbers.text
    profit = study.headline(plan, "profit")
    outcome = study.words("money.loss" if profit < 0 else "money.profit", amount=text(abs(profit), "money"))
    low = finite((study.entry(plan).get("cash_low") or {}).get("mean"))
    said = study.words(
        "money.plan", plan=study.called(plan), cost=text(study.headline(plan, "cost"), "money"),
        revenue=text(study.headline(plan, "revenue"), "money"), profit=outcome, low=text(abs(low), "money"),
        payback=_payback(study, plan),
    )  # fmt: skip
    each = study.headline(plan, "cost_per_strong")
    if math.isnan(each):
        return said
    return said + study.gap + study.words("money.each", each=text(each, "money"))


def _payback(study: Study, plan: Plan) -> str:
    told = study.entry(plan).get("payback_day") or {}
    share, day = finite(told.get("share")), finite(told.get("median"))
    if math.isnan(share):
        return study.words("money.unknown")
    if share == 0:
        return study.words("money.never")
    shown = study.numbers.text(share, "chance")
    if math.isnan(day):
        return study.words("money.seldom", share=shown)
    return study.words("money.payback", day=f"{day:.0f}", share=shown)


def _money_difference(study: Study, plan: Plan, name: str) -> str:
    told = study.difference(plan, name)
    if told is None or told["verdict"] in {"too_few", "identical"}:
        return ""
    names = {
        "metric": study.metric_label(name), "plan": study.called(plan), "first": study.called(study.plans[0]),
        "span": study.numbers.span(told["low"], told["high"], "money", signed=True),
    }  # fmt: skip
    if told["verdict"] == "undecided":
        return study.words("money.difference.undecided", **names)
    size = study.numbers.text(abs(finite(told["mean"])), "money")
    return study.words("money.difference.told", direction=study.words(told["verdict"]), size=size, **names)


def _why(study: Study) -> list[str]:
    table = study.rows("attribution")
    if table.empty:
        return []
    said = []
    for plan in study.plans[1:]:
        own = table[(table["plan"] == plan.name).to_numpy()]
        if own.empty:
            continue
        name = "strong" if (own["metric"] == "strong").any() else str(own["metric"].iloc[0])
        told = study.difference(plan, name)
        if told and told["verdict"] not in {"higher", "lower"}:
            names = {"plan": study.called(plan), "first": study.called(study.plans[0])}
            said.append(study.words("why.nothing", metric=study.metric_label(name), **names))
            continue
        own = own[(own["metric"] == name).to_numpy()]
        largest = [_largest(study, plan, name, own, part) for part in ("groups", "mechanisms")]
        said.append(study.gap.join(filter(None, largest)))
    return said


def _largest(study: Study, plan: Plan, name: str, table: pd.DataFrame, part: str) -> str:
    """The largest group or mechanism among those whose interval excludes zero."""
    rows = table[(table["part"] == part).to_numpy()]
    if rows.empty:
        return ""
    names = {"plan": study.called(plan), "first": study.called(study.plans[0]), "metric": study.metric_label(name)}
    clear = rows[((rows["low"] > 0) | (rows["high"] < 0)).to_numpy()]
    key = "why.group" if part == "groups" else "why.mechanism"
    if clear.empty:
        return study.words(f"{key}.unclear", **names)
    row = clear.iloc[int(clear["mean"].abs().to_numpy().argmax())]
    form = metric(name).form
    mean = finite(row["mean"])
    shown = study.part_label(plan, part, str(row["name"]))
    size = study.numbers.text(mean, form, signed=True) if part == "groups" else study.numbers.text(abs(mean), form)
    direction = study.words("higher" if mean > 0 else "lower")
    span = study.numbers.span(row["low"], row["high"], form, signed=True)
    return study.words(key, name=shown, size=size, direction=direction, span=span, **names)
