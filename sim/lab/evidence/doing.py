"""Measurements of what members do: writing, coming back, paying; and of the ranges seen in real communities."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from sim.engine.state.people import GRANTED, HELPED, LEFT, MEMBER, NEVER, REFUSED
from sim.lab.evidence.behaviour import brought
from sim.lab.evidence.finding import (
    Curve,
    Finding,
    Floats,
    Measurement,
    Seen,
    difference_of_ratios,
    each,
    of,
    over,
    pooled,
    ratio,
    ratio_of_ratios,
)
from sim.lab.evidence.pattern import Text
from sim.lab.evidence.trials import MONTH, Array, Lived
from sim.lab.statistics.intervals import gini

YEAR = 365


def messages(run: Lived) -> Array:
    """Messages of those who ever wrote, most first."""
    posts = run.people["posts"]
    return np.sort(posts[posts > 0])[::-1]


def written_between(first: float, last: float) -> Callable[[Lived], float]:
    """Share of all messages written by those who ever joined from one share of ranks to another."""

    def share(run: Lived) -> float:
        posts = np.sort(run.people["posts"][run.registered])[::-1]
        return over(float(posts[round(first * posts.size) : round(last * posts.size)].sum()), float(posts.sum()))

    return share


def written_by_top(share: float) -> Callable[[Lived], float]:
    """Share of all messages by the top ``share`` of those who ever wrote."""

    def written(run: Lived) -> float:
        wrote = messages(run)
        return over(float(wrote[: max(1, round(share * wrote.size))].sum()), float(wrote.sum()))

    return written


def straightness(run: Lived) -> float:
    """R² of log messages on log rank."""
    wrote = messages(run)
    if wrote.size < 3:
        return math.nan
    return float(np.corrcoef(np.log(np.arange(wrote.size) + 1.0), np.log(wrote))[0, 1] ** 2)


def _ranked(run: Lived) -> tuple[float, Floats]:
    """R², and messages at ranks that lie evenly in logs."""
    wrote = messages(run)
    at = np.unique(np.geomspace(1, max(1, min(200, wrote.size)), 24).astype(int)) - 1
    shown = np.full(200, np.nan)
    shown[at] = wrote[at] if wrote.size else np.nan
    return straightness(run), shown


def _by_rank(seen: Seen) -> Finding:
    first: Floats = seen["base"][0][1]
    at = np.nonzero(np.isfinite(first))[0]
    labels = Text("rank (first replicate)", "排名（首次重复）"), Text("messages (log10)", "消息数（对数）")
    shown = Curve((at + 1.0).tolist(), np.log10(first[at]).tolist(), *labels, log_x=True)
    return of([value for value, _ in seen["base"]]).with_(shown)


def staying(run: Lived) -> list[float]:
    """Of those active in the second and the ninth month after joining: who are in the next one too, and how many."""
    counted, joined = np.zeros((2, 2)), run.people["first_joined"]
    for row, age in enumerate((9, 2)):
        for look in range(age, len(run.looks) - 1):
            begun = run.looks[look - age]
            wave = run.registered & (joined >= begun - MONTH) & (joined < begun)
            now, later = (run.seen["seen_day"][at] >= run.looks[at] - MONTH for at in (look, look + 1))
            counted[row] += ((wave & now & later).sum(), (wave & now).sum())
    return counted.ravel().tolist()


def _rise(parts: Floats) -> float:
    """Rise of retention with tenure, less that where all are alike."""
    return difference_of_ratios(parts[:4]) - difference_of_ratios(parts[4:])


def answered(run: Lived) -> list[float]:
    """Of those whose first message was answered, and was not: who write again within 60 days, and how many."""
    posts, answer, counted = run.seen["posts"], run.seen["answer"], np.zeros((2, 2))
    for look in range(1, len(run.looks) - 60):
        first = (posts[look - 1] == 0) & (posts[look] > 0)
        again = posts[look + 60] > posts[look]
        for row, codes in enumerate(((GRANTED, HELPED), (REFUSED,))):
            who = first & np.isin(answer[look], codes)
            counted[row] += ((who & again).sum(), who.sum())
    return counted.ravel().tolist()


def writing_again(months: int) -> Callable[[Lived], tuple[float, float]]:
    """Of those who first wrote in a month: who write ``months`` later, and how many."""

    def again(run: Lived) -> tuple[float, float]:
        posts, wrote, all_ = run.seen["posts"], 0, 0
        for look in range(1, len(run.looks) - months):
            first = (posts[look - 1] == 0) & (posts[look] > 0)
            wrote += int((first & (posts[look + months] > posts[look + months - 1])).sum())
            all_ += int(first.sum())
        return float(wrote), float(all_)

    return again


def came_after(age: int) -> Callable[[Lived], tuple[float, float]]:
    """Those who came in the month after their first ``age`` days, and all who had joined so long before."""

    def came(run: Lived) -> tuple[float, float]:
        seen = there = 0
        joined = run.people["first_joined"]
        for look, day in enumerate(run.looks):
            wave = run.registered & (joined >= max(0, day - age - MONTH - 5)) & (joined < day - age - MONTH)
            there += int(wave.sum())
            seen += int((wave & (run.seen["seen_day"][look] >= day - MONTH)).sum())
        return float(seen), float(there)

    return came


def those_with(column: str) -> Callable[[Lived], float]:
    """Share of those who ever joined for whom a column counts anything."""
    return lambda run: over(float((run.people[column] > 0).sum()), float(run.registered.sum()))


def a_month_of(column: str) -> Callable[[Lived], float]:
    """Mean of the last 30 days for each person who ever joined."""
    return lambda run: over(float(run.days[column][-MONTH:].mean()), float(run.registered.sum()))


def spending(run: Lived, who: Array) -> list[float]:
    """Money spent in the year after joining by those among ``who`` who can be followed for it, and how many."""
    spent, joined = run.seen["spent"], run.people["first_joined"]
    look = np.searchsorted(run.looks, joined + YEAR)
    followed = who & run.registered & (joined >= 150) & (look < len(run.looks))
    rows = np.nonzero(followed)[0]
    return [float(spent[look[rows], rows].sum()), float(rows.size)]


def value_of_referred(run: Lived) -> list[float]:
    """Spending of those whom a member brought, and of all others."""
    referred = run.people["inviter"] != NEVER
    return spending(run, referred) + spending(run, ~referred)


def value_by_source(run: Lived) -> list[float]:
    """Spending of those whom friends brought, and of those whom advertisements brought."""
    referred, origin = run.people["inviter"] != NEVER, run.people["origin"]
    friends, ads = np.isin(origin, run.origin("friends")), np.isin(origin, run.origin("ads"))
    return spending(run, referred | friends) + spending(run, ads & ~referred & ~friends)


def leaving_of_referred(run: Lived) -> list[float]:
    """Those who have left half a year after joining, and all: brought by a member, and others."""
    joined, look = run.people["first_joined"], np.searchsorted(run.looks, run.people["first_joined"] + 180)
    parts = []
    for who in (run.people["inviter"] != NEVER, run.people["inviter"] == NEVER):
        rows = np.nonzero(who & run.registered & (joined > 0) & (look < len(run.looks)))[0]
        parts += [float((run.seen["status"][look[rows], rows] == LEFT).sum()), float(rows.size)]
    return parts


def paying_peers(run: Lived) -> list[float]:
    """Mantel and Haenszel's sums of the odds ratio of a first purchase, by paying friends: fewer friends, more, all."""
    degree = run.network.degree
    parts = np.zeros((3, 2))
    for look in range(len(run.looks) - 1):
        bought = run.seen["purchases"][look] > 0
        may = (run.seen["status"][look] == MEMBER) & ~bought
        buys, peers = run.seen["purchases"][look + 1] > 0, run.friends(bought) > 0
        if not bought.any():
            continue
        few = degree <= np.median(degree)
        for row, who in enumerate((may & few, may & ~few, may)):
            parts[row] += _mantel_haenszel(peers[who], buys[who])
    return parts.ravel().tolist()


def _mantel_haenszel(exposed: Array, acts: Array) -> tuple[float, float]:
    """ad/n and bc/n of the fourfold table."""
    n = max(1, exposed.size)
    a, d = (exposed & acts).sum(), (~exposed & ~acts).sum()
    b, c = (exposed & ~acts).sum(), (~exposed & acts).sum()
    return float(a * d / n), float(b * c / n)


def decline(run: Lived) -> float:
    """How far newcomers of the last quarter fall short of the best one."""
    quarter = np.convolve(run.days["joined"], np.ones(90), "valid")
    return 1.0 - over(float(quarter[-1]), float(quarter.max()))


def a_payer(run: Lived) -> float:
    """Revenue for each buyer."""
    return over(run.total("revenue") / 100.0, float((run.people["purchases"] > 0).sum()))


def tail(run: Lived) -> float:
    """Hill's exponent of the best connected tenth."""
    degree = np.sort(run.network.degree)[::-1]
    top = degree[: max(2, degree.size // 10)].astype(float)
    return 1.0 + over(float(top.size), float(np.log(top / (top[-1] - 0.5)).sum()))


DOING: Mapping[str, Measurement] = {
    "P09a": each("base", written_between(0.0, 0.01)),
    "P09b": each("base", written_between(0.01, 0.1)),
    "P09c": each("base", written_between(0.1, 1.0)),
    "P10": Measurement({"base": _ranked}, _by_rank),
    "P13": pooled({"two_years": staying, "alike": staying}, _rise),
    "P14": pooled({"answers": answered}, difference_of_ratios),
    "P19a": pooled({"two_years": value_of_referred}, ratio_of_ratios),
    "P19b": pooled({"two_years": leaving_of_referred}, ratio_of_ratios),
    "P20": pooled({"two_years": value_by_source}, ratio_of_ratios),
    "P21a": pooled({"base": paying_peers}, lambda parts: over(parts[4], parts[5])),
    "P21b": pooled({"base": paying_peers}, ratio_of_ratios),
    "R01": each("base", those_with("posts")),
    "R02": pooled({"two_years": writing_again(1)}, ratio),
    "R03": pooled({"two_years": writing_again(6)}, ratio),
    "R04": pooled({"visits": came_after(30)}, ratio),
    "R05": pooled({"visits": came_after(90)}, ratio),
    "R06": pooled({"screened": came_after(335)}, ratio),
    "R07": each("base", a_month_of("visitors")),
    "R08": each("base", a_month_of("active_30")),
    "R09": each("base", those_with("purchases")),
    "R10": each("base", a_payer),
    "R11": each("base", lambda run: gini(messages(run))),
    "R12": each("base", written_by_top(0.01)),
    "R13": each("base", written_by_top(0.1)),
    "R14": each("base", lambda run: run.network.mean_degree),
    "R15": each("base", lambda run: run.network.clustering),
    "R16": each("base", tail),
    "R17": each("base", lambda run: over(float(run.run.joined[:, run.origin("friends")].sum()),
                                         float(run.registered.sum()))),
    "R18": pooled({"base": brought}, ratio),
    "R19": each("two_years", decline),
}  # fmt: skip
