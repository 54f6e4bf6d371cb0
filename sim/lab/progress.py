"""How a question tells what it is about to run, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Stage: TypeAlias = Literal["compile", "runs", "attribution", "mechanisms"]


@dataclass(frozen=True, kw_only=True)
class Workload:
    """What a question is about to run.

    ``runs``: wanted in all, and of them ``todo`` that are not on the disk. Of a sweep also: ``points`` ×
    ``replicates``; ``there``: runs on the disk, ``adopted`` of them from other sweeps; ``kept``: the replicates of a
    point that the folder holds, where they are more; and rough estimates of what is to do, ``seconds`` on ``workers``
    and ``megabytes``. ``notes``: what a user should know before.
    """

    runs: int
    todo: int
    points: int = 0
    replicates: int = 0
    there: int = 0
    adopted: int = 0
    kept: int = 0
    seconds: float = 0.0
    workers: int = 1
    megabytes: float = 0.0
    notes: tuple[str, ...] = ()


class Progress:
    """Hears how far a question is, and says nothing. The command line has listeners that do.

    The workload comes first, once; then one stage follows the other. Only :meth:`advance` is called from several
    threads at once.
    """

    def plan(self, workload: Workload) -> None:
        """So much is going to be run."""

    def begin(self, stage: Stage, total: int) -> None:
        """A stage of ``total`` runs begins (0: it cannot be counted)."""

    def advance(self, runs: float) -> None:
        """So much more is done, in runs; a run that is under way counts by its days."""

    def end(self) -> None:
        """The stage is over."""

    def failed(self, runs: int, folder: Path) -> None:
        """So many runs in a folder have failed, and the answer is without them."""


SILENT = Progress()
