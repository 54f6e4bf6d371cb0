"""How a study tells how far it is."""

from __future__ import annotations

from typing import Literal, TypeAlias

Stage: TypeAlias = Literal["compile", "runs", "attribution", "mechanisms"]


class Progress:
    """Hears how far a study is, and says nothing. The command line has listeners that do.

    One stage follows the other. Only :meth:`advance` is called from several threads at once.
    """

    def begin(self, stage: Stage, total: int) -> None:
        """A stage of ``total`` runs begins (0: it cannot be counted)."""

    def advance(self, runs: float) -> None:
        """So much more is done, in runs; a run that is under way counts by its days."""

    def end(self) -> None:
        """The stage is over."""


SILENT = Progress()
