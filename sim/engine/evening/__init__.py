"""The evening: what people asked for today is granted for tomorrow, in order of a hashed priority, and paid.

Serial and shared by both drivers. It looks only at those who ask (``flags & ASKS``), gathered in order of person.
"""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.evening.admit import admit
from sim.engine.evening.close import close, total
from sim.engine.evening.deliver import clear, deliver, pay, publish
from sim.engine.evening.serve import serve
from sim.engine.state.board import World
from sim.engine.state.people import ASKS


@compiled
def evening(w: World) -> None:
    """Settle the day."""
    total(w)
    asking = gather(w)
    admit(w, asking)
    serve(w, asking)
    deliver(w, asking)
    pay(w, asking)
    publish(w, asking)
    clear(w, asking)
    close(w)


@compiled
def gather(w: World) -> int:
    """Put those who ask into the line, in order of person; returns their number."""
    asking = 0
    for i in range(w.flags.shape[0]):
        if w.flags[i] & ASKS:
            w.line[asking] = i
            asking += 1
    return asking
