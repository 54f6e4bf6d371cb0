"""A table of judged things (patterns, claims) as a result folder: found if it is finished, else made."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sim.lab.store import find, new_folder, write_file
from sim.lab.store.manifest import Manifest, fingerprint
from sim.scenario.schema import Scenario

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """What decides the numbers of a table: ``kept`` as :func:`provenance` gives it, ``settings`` all else.

    ``kind``: the command. ``file``: the name of the file that holds the rows.
    """

    kind: str
    file: str
    kept: Mapping[str, Any]
    settings: Mapping[str, Any]

    def found_or_made(
        self, folder: Path, rows: Callable[[], Rows], *, force: bool, command: Sequence[str]
    ) -> tuple[str, bool]:
        """Fill the folder with the rows unless it holds this very table; how to remake it, and whether it was made.

        Raises
        ------
        InputError : the folder is taken or cannot be written.
        """
        study = fingerprint(self.kind, **self.kept, settings=self.settings)
        if not force and find(folder, study) == "same":
            return Manifest.read(folder, self.kind).remake, False
        with new_folder(folder, force=force) as made:
            text = json.dumps(rows(), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
            write_file(made / self.file, text)
            digest = hashlib.sha256(text.encode()).hexdigest()
            manifest = Manifest.of(self.kind, **self.kept, digest=digest, command=command, settings=self.settings)
            manifest.write(made)
        return manifest.remake, True


def provenance(plans: Sequence[Scenario], replicates: int) -> dict[str, Any]:
    """What a manifest says of the plans that are run."""
    return {
        "scenarios": [plan.model_dump(mode="json") for plan in plans],
        "seeds": sorted({plan.run.seed for plan in plans}),
        "replicates": replicates,
        "days": max(plan.run.days for plan in plans),
    }


def sources(room: ModuleType) -> str:
    """A digest of the sources of a room: how its things are defined and measured."""
    digest = hashlib.sha256()
    for path in sorted(Path(room.__path__[0]).glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def rows_of(path: Path) -> Rows:
    """The rows in a file of a table."""
    found: Rows = json.loads(path.read_text(encoding="utf-8"))
    return found


def plain(value: Any) -> Any:
    """Values that JSON has; numbers that are not finite are None."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def number(value: float | None) -> float:
    """A number as it was before :func:`plain`: None was not finite."""
    return math.nan if value is None else float(value)
