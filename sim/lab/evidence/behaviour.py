"""Measurements of the gates of behaviour: satisfaction, ties, word of mouth, strangers, load."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.engine.state.people import MEMBER, NEVER, NONE, STRONG
from sim.lab.evidence.finding import (
    Floats,
    Measurement,
    difference_of_ratios,
    each,
    gap,
    over,
    pooled,
    ratio,
    ratio_of_ratios,
)
from sim.lab.evidence.trials import Array, Lived


def tie_and_satisfaction(run: Lived) -> float:
    """Their correlation 75 to 105 days after joining, over all who have come since."""
    ties, moods, joined = [], [], run.people["first_joined"]
    for look, day in enumerate(run.looks):
        due = run.registered & (joined > day - 105) & (joined <= day - 75) & (run.seen["seen_day"][look] > joined)
        mood = run.seen["satisfaction"][look]
        due &= np.isfinite(mood)
        ties.append(run.seen["tie"][look][due])
        moods.append(mood[due])
    tie, mood = np.concatenate(ties), np.concatenate(moods)
    return float(np.corrcoef(tie, mood)[0, 1]) if tie.size > 2 and tie.std() > 0 and mood.std() > 0 else math.nan


def strong_less_none(run: Lived) -> float:
    """Mean satisfaction of members with a strong tie less that of members without one, of those who have come."""
    came = run.members & (run.people["seen_day"] > run.people["joined_day"])
    strong, none = (_mean(run, came & (run.people["tier"] == tier)) for tier in (STRONG, NONE))
    return strong - none


def mood_of_active(run: Lived) -> float:
    """Mean satisfaction of members who came within a week."""
    return _mean(run, run.active(7))


def _mean(run: Lived, who: Array) -> float:
    """Mean satisfaction, of those who have one."""
    moods = run.people["satisfaction"][who]
    moods = moods[np.isfinite(moods)]
    return float(moods.mean()) if moods.size else math.nan


def brought(run: Lived) -> tuple[float, float]:
    """People who joined by invitation, and people who joined."""
    return run.total("referral_joins"), run.total("joined")


def brought_by_tie(run: Lived) -> list[float]:
    """People brought in and months lived, of members with a strong tie at the month's beginning, and without one."""
    parts = []
    for tier in (STRONG, NONE):
        people = months = 0.0
        for look in range(len(run.looks) - 1):
            who = (run.seen["status"][look] == MEMBER) & (run.seen["tier"][look] == tier)
            people += float((run.seen["referrals"][look + 1] - run.seen["referrals"][look])[who].sum())
            months += float(who.sum())
        parts += [people, months]
    return parts


def words(run: Lived) -> tuple[float, float]:
    """Invitations and warnings."""
    return run.total("invitations"), run.total("warnings")


def strangers(run: Lived) -> tuple[float, float]:
    """Those who joined, and who noticed, through channels and voices."""
    ways = run.origin("channel", "kol")
    return float(run.run.joined[:, ways].sum()), float(run.run.noticed[:, ways].sum())


def beyond(run: Lived) -> tuple[float, float]:
    """Active members who were overloaded on their last visit, and all active members."""
    active = run.active(7)
    return float((run.people["overloaded"][active] > 0).sum()), float(active.sum())


def strong(run: Lived) -> float:
    """People with a strong tie at the end."""
    return float((run.people["tier"] == STRONG).sum())


def members(run: Lived) -> tuple[float, float]:
    """Members at the end, and people in the market."""
    return float(run.members.sum()), float(len(run.people))


def fall(parts: Floats) -> float:
    """How far the second ratio lies below the first."""
    return 1.0 - over(parts[2], parts[3]) / over(parts[0], parts[1])


def told_of_dropped(run: Lived) -> tuple[float, float]:
    """Posts of KOLs that were dropped and are told by an event or a column, and all that were dropped."""
    planned = sum(kol.posts_per_week for kol in run.run.scenario.structure.kols) / 7.0 * len(run.days)
    dropped = max(0.0, math.floor(planned) - float(run.run.voice_posts[:, 1:].sum()))
    names = [name for name in run.days.dtype.names or () if "dropped" in name]
    told = sum(run.total(name) for name in names) if names else float(run.events("post").size)
    return min(told, dropped), dropped


def early(run: Lived) -> tuple[float, float]:
    """Repeated purchases of a product within its rest, and all repeated ones."""
    rests = [product.repurchase_days for product in run.run.scenario.business.products]
    bought = run.seen["bought"]  # [look, people, products]: day of the last purchase
    too_early = repeated = 0
    for look in range(1, len(run.looks)):
        who, product = np.nonzero((bought[look] != bought[look - 1]) & (bought[look - 1] != NEVER))
        waited = (bought[look] - bought[look - 1])[who, product]
        repeated += len(who)
        too_early += int((waited < np.array(rests)[product]).sum())
    return float(too_early), float(repeated)


BEHAVIOUR: Mapping[str, Measurement] = {
    "G01": each("base", tie_and_satisfaction),
    "G02": each("base", strong_less_none),
    "G03": gap("quality_0.0", "quality_1.0", mood_of_active),
    "G04": pooled({"quality_0.9": brought, "quality_0.3": brought}, ratio_of_ratios),
    "G05": pooled({"base": brought_by_tie}, difference_of_ratios),
    "G06": pooled({"base": words}, ratio),
    "G07": pooled({"base": strangers}, ratio),
    "G08": pooled({"base": beyond}, ratio),
    "G11": pooled({"scale_4": members, "scale_1": members}, ratio_of_ratios),
    "G12": pooled({"products": early}, ratio),
    "G14": pooled({"base": brought, "cent": brought}, fall),
    "G15": pooled({"tired": told_of_dropped}, ratio),
}
