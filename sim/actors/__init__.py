"""The actors as Mesa agents: users, KOLs and operators are rows of arrays, and these are their faces.

All contact with ``mesa.Agent`` is in this room.
"""

from sim.actors.face import Face
from sim.actors.kol import KOL
from sim.actors.operator import Operator
from sim.actors.user import User

__all__ = ["KOL", "Face", "Operator", "User"]
