"""From agents back to people: where one agent stands for several, what a run has counted is multiplied here, once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.state.events import GROUP_OPENED, GROUPS_SHUT, STAFF_LEAVE
from sim.engine.state.measures import Day

#: Units of what there is more of when there are more people.
GROWING = {"people", "cents", "messages", "invitations", "warnings", "purchases", "hours", "2**-32"}
COUNTED = tuple(column.name for column in Day.columns() if column.unit in GROWING)


def days_of_people(days: NDArray[np.void], u: int) -> NDArray[np.void]:
    """The records of days (Day, of any shape) where an agent stands for ``u`` people."""
    if u == 1:
        return days
    days = days.copy()
    for name in COUNTED:
        days[name] *= u
    return days


def events_of_people(events: NDArray[np.void], u: int) -> NDArray[np.void]:
    """The events, with as many people and cents as there were; groups and operators are as many as of agents."""
    events = events.copy()
    events["amount"][~np.isin(events["kind"], (GROUP_OPENED, GROUPS_SHUT, STAFF_LEAVE))] *= u
    return events


def times(counts: NDArray[Any], u: int) -> NDArray[Any]:
    """Counts of people, cents or hours."""
    return counts if u == 1 else counts * u
