"""How far a sweep or search is that lies in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import InputError
from sim.lab.runs.declared import Declared
from sim.lab.search.laboratory import is_search, owed_runs
from sim.lab.store.ledger import Ledger, read_ledger
from sim.lab.store.query import read_runs

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Standing:
    """A sweep or search as it was left, by whatever version of the model.

    ``missing``: runs that are wanted and not made; of a search, whose points grow in number, of the round under way.
    ``notes``: that not all runs count yet, and the like.
    """

    declared: Declared
    ledger: Ledger
    missing: int
    searched: bool
    notes: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path) -> Standing:
        """What stands in a folder.

        Raises
        ------
        InputError : there is no sweep, or it is damaged.
        """
        if not folder.is_dir():
            raise InputError(f"there is no folder {folder}", place="DIR", hint="'sweep' makes one.")
        declared = Declared.read(folder)
        ledger, points = read_ledger(folder, declared.version), declared.points()
        searched = is_search(folder)
        if searched:
            missing = len(owed_runs(ledger))
            wanted = len(ledger.entries) + missing
        else:
            wanted = points * declared.replicates
            missing = wanted - sum(entry.replicate < declared.replicates for entry in ledger.entries.values())
        notes = (*declared.notes, *ledger.told(missing, wanted, declared.remake))
        return cls(declared, ledger, missing, searched, notes)

    def runs(self) -> pd.DataFrame:
        """The run table.

        Raises
        ------
        InputError : no run is done.
        """
        if not self.ledger.count("done"):
            hint = f"To go on: {self.declared.remake}" if self.declared.remake else ""
            raise InputError(f"{self.ledger.folder} has no finished run", hint=hint)
        return read_runs(self.ledger)
