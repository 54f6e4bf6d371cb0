"""What is counted each day, as integers that people's days and the evening add up (sums in fixed point).

What is made of the counts, :mod:`sim.model.measures` says.
"""

from __future__ import annotations

import numpy as np

#: Sums of fractions are kept as integers in units of 2**-32, so that they do not depend on the order of adding.
FIXED = 4294967296.0
#: Ages in days at which a cohort is looked at.
AGES = (1, 7, 14, 30, 60, 90, 120, 180, 365)

#: Integers that people's days add up, in one record per block of people.
COUNTS: tuple[str, ...] = (
    *("none_to_weak", "weak_to_strong", "strong_to_weak", "weak_to_none", "weak", "strong"),
    *("members", "members_strong", "active", "active_30", "visitors", "lapsed", "fans", "left"),
    *("attendance", "member_posts", "new_contributors", "new_buyers", "repeat_buyers", "purchases"),
    *("revenue", "cost_goods", "cost_attendance", "cost_points"),
    *("tie_sum", "firm_sum", "kol_sum", "member_sum", "satisfaction_sum", "expectation_sum", "strength_sum"),
    *("member_ties_weak", "member_ties_strong"),
)
#: Integers that the morning and the evening add.
EVENTS_OF_DAY: tuple[str, ...] = (
    *("joined", "returned", "fees", "referral_joins", "new_aware", "new_partners"),
    *("invitations", "warnings", "posts", "activities", "promos", "rocket_stage", "groups", "staff"),
    *("cost_content", "cost_activities", "cost_incentives", "cost_operators", "cost_acquisition", "cost_platform"),
)
#: Numbers with fractions that the evening notes.
NUMBERS: tuple[str, ...] = ("hours_wanted", "hours_done", "messages_per_group")

TALLY = np.dtype([(name, np.int64) for name in COUNTS])
DAY = np.dtype([(name, np.int64) for name in COUNTS + EVENTS_OF_DAY] + [(name, np.float64) for name in NUMBERS])
