"""The evening: what people asked for today is granted for tomorrow, in order of a hashed priority, and paid.

Serial and shared by all drivers. It looks only at those who ask (``flags & ASKS``), gathered in order of person.
"""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.day.queue import clear, gather
from sim.engine.mechanisms.activities import hold, want_hours
from sim.engine.mechanisms.budget import settle
from sim.engine.mechanisms.census import close, total
from sim.engine.mechanisms.content import refresh
from sim.engine.mechanisms.expectation import promise
from sim.engine.mechanisms.groups import listen_in, seat
from sim.engine.mechanisms.incentives import pay, reward
from sim.engine.mechanisms.joining import admit, count_noticed
from sim.engine.mechanisms.publicity import publish
from sim.engine.mechanisms.reputation import remember
from sim.engine.mechanisms.selling import recover
from sim.engine.mechanisms.service import serve
from sim.engine.mechanisms.ties import resume
from sim.engine.mechanisms.word_of_mouth import credit, deliver
from sim.engine.state.plan import SHARED
from sim.engine.state.world import World


@compiled
def evening(w: World) -> None:
    """Settle the day."""
    total(w)
    p, record = w.board.plan.params[SHARED], w.records.days[w.board.today[0].day]
    asking = gather(w)
    count_noticed(w, p, record, asking)
    listen_in(w, p, record, asking)
    newcomers = admit(w, p, record, asking)
    seat(w, p, record, newcomers)
    credit(w, p, record, newcomers)
    reward(w, p, record, newcomers)
    promise(w, p, record, newcomers)
    resume(w, p, record, newcomers)
    recover(w, p, record, newcomers)
    refresh(w, p, record, newcomers)
    want_hours(w, p, record)
    serve(w, p, record, asking)
    hold(w, p, record, asking)
    deliver(w, p, record, asking)
    pay(w, p, record, asking)
    publish(w, p, record, asking)
    clear(w, asking)
    remember(w, p, record)
    settle(w, p, record)
    close(w, p, record)
