"""Measurements that compare plans or sizes: chats, a group's cap, hours, the salon, the dose."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from sim.engine.state.people import MEMBER
from sim.lab.evidence.behaviour import strong
from sim.lab.evidence.finding import Curve, Finding, Floats, Measurement, Seen, jackknife, of, over
from sim.lab.evidence.pattern import Text
from sim.lab.evidence.trials import CHATS, DOSES, SALONS, Lived

#: Days on either side of the day on which a group is opened.
WEEK = 7
#: What may change overnight, and whether the change is relative.
OVERNIGHT: tuple[tuple[Text, bool], ...] = (
    (Text("visitors' experience", "到访者体验"), True),
    (Text("satisfaction", "满意度"), True),
    (Text("messages a visitor writes", "人均发言"), True),
    (Text("share overloaded", "过载比例"), False),
)


def posters(run: Lived) -> tuple[float, float]:
    """People who write in a day, and members, over the looks."""
    wrote = np.diff(run.seen["posts"], axis=0) > 0
    return float(wrote.sum()), float((run.seen["status"][1:] == MEMBER).sum())


def saturation(large: int, small: int, figure: Callable[[Floats], float]) -> Measurement:
    """A figure of the posters and members of two markets, with the curve over all of them."""
    names = [f"chat_{people}" for people in CHATS]

    def weigh(seen: Seen) -> Finding:
        ends = np.array([(*a, *b) for a, b in zip(seen[f"chat_{large}"], seen[f"chat_{small}"], strict=True)])
        found = jackknife(ends, figure)
        means = np.array([np.mean(seen[name], axis=0) for name in names]) / 30.0
        labels = Text("members", "成员数"), Text("writers a day", "每日发言人数")
        return found.with_(Curve(means[:, 1].tolist(), means[:, 0].tolist(), *labels))

    return Measurement(dict.fromkeys(names, posters), weigh)


def elasticity(parts: Floats) -> float:
    """Of posters on members, between two sizes."""
    return over(float(np.log(over(parts[0], parts[2]))), float(np.log(over(parts[1], parts[3]))))


def overnight(run: Lived) -> list[float]:
    """What changes from the week before a second group is opened to the week after; NaN without such a day."""
    opened = [day for day in run.events("group") if WEEK < day < len(run.looks) - WEEK - 1]
    if not opened:
        return [math.nan] * len(OVERNIGHT)
    before = np.mean([_felt(run, day) for day in range(opened[0] - WEEK, opened[0])], axis=0)
    after = np.mean([_felt(run, day) for day in range(opened[0] + 1, opened[0] + 1 + WEEK)], axis=0)
    return [
        float((b - a) / a if relative else b - a)
        for (_, relative), a, b in zip(OVERNIGHT, before, after, strict=True)
    ]  # fmt: skip


def _felt(run: Lived, day: int) -> list[float]:
    """What a day is like: experience, satisfaction, messages and overload of those who came."""
    came = (run.seen["status"][day] == MEMBER) & (run.seen["seen_day"][day] == day)
    wrote = run.seen["posts"][day] - run.seen["posts"][day - 1]
    columns = run.seen["experience"][day], run.seen["satisfaction"][day], wrote, run.seen["overloaded"][day] > 0
    return [float(np.nanmean(column[came])) if came.any() else math.nan for column in columns]


def _worst_night(seen: Seen) -> Finding:
    """The quantity that changes most on average."""
    changes = np.array(seen["split"], float)
    known = changes[np.isfinite(changes).all(axis=1)]
    if not len(known):
        return of(changes[:, 0])
    most = int(np.argmax(np.abs(known.mean(axis=0))))
    return of(known[:, most]).with_(note=OVERNIGHT[most][0])


def _hours_against_none(seen: Seen) -> Finding:
    """Planned hours less the better of the two ways to have none."""
    planned, best = (np.array(seen[name], float) for name in ("base", _better(seen)))
    return of(planned - best)


def _better(seen: Seen) -> str:
    return max(("no_hours", "no_operators"), key=lambda name: float(np.mean(seen[name])))


def bought_ties(run: Lived) -> tuple[float, float]:
    """People with a strong tie, and what the plan has cost, goods apart."""
    names = [name for name in run.days.dtype.names or () if name.startswith("cost_") and name != "cost_goods"]
    spent = [name for name in names if name not in {"cost_attendance", "cost_points"}]  # parts of the others
    return strong(run), sum(run.total(name) for name in spent) / 100.0


def worth(parts: Floats) -> float:
    """Ties per money of what the salon adds, relative to the rest; parts: ties and cost with it, and without."""
    return over(over(parts[0] - parts[2], parts[1] - parts[3]), over(parts[2], parts[3]))


def _best_salon(seen: Seen) -> Finding:
    """The setting in which the salon is surest to be worth its money."""
    best, where = None, ""
    for name in SALONS:
        sums = np.array([(*a, *b) for a, b in zip(seen[name], seen[f"{name}_off"], strict=True)])
        found = jackknife(sums, worth)
        if best is None or not found.low <= best.low:
            best, where = found, name
    assert best is not None
    return best.with_(note=_SETTING[where])


_SETTING: Mapping[str, Text] = {
    "base": Text("as shipped", "原样"), "small_market": Text("small market", "小市场"),
    "small_groups": Text("small groups", "小群"), "good_salon": Text("high quality", "高质量"),
}  # fmt: skip


def hump(ties: Floats) -> float:
    """How far the best inner dose lies above the nearer end, relative to itself."""
    best = float(ties[1:-1].max())
    return over(best - float(max(ties[0], ties[-1])), best)


def _dose(seen: Seen) -> Finding:
    rows: Sequence[Sequence[float]] = [seen[f"dose_{dose:g}"] for dose in DOSES]
    ties = np.array(rows, float).T
    labels = Text("posts a week", "每周发文数"), Text("strong ties", "强关系人数")
    return jackknife(ties, hump).with_(Curve(list(map(float, DOSES)), ties.mean(axis=0).tolist(), *labels, log_x=True))


PLANS: Mapping[str, Measurement] = {
    "G09": saturation(20_000, 5000, elasticity),
    "G10": Measurement({"split": overnight}, _worst_night),
    "G13": Measurement(dict.fromkeys(("base", "no_hours", "no_operators"), strong), _hours_against_none),
    "G16": Measurement({name: bought_ties for each in SALONS for name in (each, f"{each}_off")}, _best_salon),
    "P25": saturation(15_000, 5000, lambda parts: over(parts[0], parts[2])),
    "P26": Measurement({f"dose_{dose:g}": strong for dose in DOSES}, _dose),
}
