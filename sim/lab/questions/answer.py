"""What every answer has, and what it means that a question was interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sim.lab.store.manifest import remake

if TYPE_CHECKING:
    import pandas as pd

    from sim.lab.runs.sweep import Sweep


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a question has found. Its sentences and its page: :func:`sim.views.told.told`.

    ``kind``: which question's. ``folder``: where its files lie. ``tables``: name → table. ``remake``: the line for a
    shell that makes it again, empty if it was asked from Python. ``notes``: what to bear in mind. ``made``: runs that
    were made for it just now; 0 where all were found finished. ``failed``: runs that have failed and are left out.
    """

    kind: ClassVar[str]
    folder: Path
    tables: Mapping[str, pd.DataFrame]
    remake: str = ""
    notes: tuple[str, ...] = ()
    made: int = 0
    failed: int = 0


class Interrupted(KeyboardInterrupt):
    """A question was stopped with Ctrl-C: what is finished is kept, and the same question goes on from there.

    ``folder``: where it lies. ``done``, ``failed`` and ``missing``: its runs so far, 0 where they are not counted.
    ``remake``: the line for a shell that goes on, empty if it was asked from Python.
    """

    def __init__(self, folder: Path, command: Sequence[str], done: int = 0, failed: int = 0, missing: int = 0) -> None:
        self.folder, self.done, self.failed, self.missing = folder, done, failed, missing
        self.remake = remake(command) if command else ""
        super().__init__(f"what is finished is kept in {folder}. {going_on(command)}")


@contextmanager
def kept(folder: Path, command: Sequence[str], *sweeps: Sweep) -> Iterator[None]:
    """Make Ctrl-C within the block an :class:`Interrupted`, with the runs of the sweeps that are on the disk."""
    try:
        yield
    except KeyboardInterrupt as stop:
        for sweep in sweeps:
            sweep.look()
        done, failed = (sum(sweep.ledger.count(status) for sweep in sweeps) for status in ("done", "failed"))
        missing = sum(len(sweep.todo()) for sweep in sweeps)
        raise Interrupted(folder, command, done, failed, missing) from stop


def going_on(command: Sequence[str]) -> str:
    """How to go on with a question, for messages."""
    return f"To go on: {remake(command)}" if command else "To go on, ask the same again."
