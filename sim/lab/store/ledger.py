"""Which runs of a sweep are on disk: reads its parts, sets broken ones aside, and passes over what is not its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sim.lab.store.folder import write_file
from sim.lab.store.parts import DAILY, PARTS, RUNS, VERSION_KEY

BROKEN = "broken"


class Entry(NamedTuple):
    """A run as the ledger knows it: ``part`` is the name of the part that counts."""

    run_id: str
    point: int
    replicate: int
    status: str
    part: str


@dataclass(frozen=True)
class Ledger:
    """What :func:`read_ledger` found.

    ``folder``: of the sweep. ``parts``: names of the parts that count. ``entries``: each run once, a finished one
    before a failed one. ``repeated``: (part, run_id, point) of rows that stand elsewhere too and do not count.
    ``notes``: what a user should know.
    """

    folder: Path
    version: str
    parts: tuple[str, ...]
    entries: dict[tuple[str, int], Entry]
    repeated: tuple[tuple[str, str, int], ...]
    notes: tuple[str, ...]

    def count(self, status: str) -> int:
        """Runs with this status."""
        return sum(entry.status == status for entry in self.entries.values())

    def told(self, missing: int, wanted: int, remake: str) -> list[str]:
        """The notes for a reader of its numbers: before the others, that ``missing`` of ``wanted`` runs are not there.

        ``remake``: the line for a shell that goes on; empty if there is none.
        """
        line = f": go on with {remake}" if remake else ""
        gap = f"{missing:,} of {wanted:,} runs {'is' if missing == 1 else 'are'} missing{line}"
        return [gap, *self.notes] if missing else list(self.notes)

    def path(self, part: str, ending: str) -> Path:
        """A file of a part."""
        return self.folder / PARTS / f"{part}{ending}"


def read_ledger(folder: Path, version: str, *, mend: bool = True) -> Ledger:
    """The runs that stand in the parts of a sweep's folder.

    Unreadable parts are moved to ``parts/broken/``, noted as long as they lie there, and their runs are not done. Parts
    of another version of the model stay where they are and do not count. Files on their way (``.tmp``) are none of a
    reader's business.
    ``mend``: move unreadable parts, rather than only pass over them.
    """
    parts, broken, others = list[str](), list[str](), Counter[str]()
    entries: dict[tuple[str, int], Entry] = {}
    repeated: list[tuple[str, str, int]] = []
    # Runs files first: once one is there, so is the daily file, whatever is being written meanwhile.
    for name in _names(folder):
        try:
            wrote, rows = _read(folder / PARTS, name)
        except FileNotFoundError:  # another reader has set it aside
            continue
        except (OSError, ValueError) as error:
            if mend:
                _set_aside(folder / PARTS, name, str(error))
            broken.append(name)
            continue
        if wrote != version:
            others[wrote] += len(rows)
            continue
        parts.append(name)
        for row in rows:
            repeated += _enter(entries, row)
    return Ledger(folder, version, tuple(parts), entries, tuple(repeated), tuple(_notes(folder, broken, others)))


def read_part(folder: Path, name: str, version: str) -> list[Entry]:
    """The rows of one part; none if it is not there, cannot be read, or is of another version of the model."""
    try:
        wrote, rows = _read(folder / PARTS, name)
    except (OSError, ValueError):
        return []
    return rows if wrote == version else []


def _names(folder: Path) -> list[str]:
    return sorted(path.name.removesuffix(RUNS) for path in (folder / PARTS).glob(f"[!.]*{RUNS}"))


def _read(parts: Path, name: str) -> tuple[str, list[Entry]]:
    """Version and rows of a part. Of the runs file every checksum is looked at, of the daily file that it is whole."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

    with pq.ParquetFile(parts / f"{name}{RUNS}", page_checksum_verification=True) as file:
        wrote = _version(file)
        columns: dict[str, list[Any]] = file.read(["run_id", "point", "replicate", "status"]).to_pydict()
    daily = parts / f"{name}{DAILY}"
    if not daily.is_file():
        message = "its daily file is missing"
        raise ValueError(message)
    with pq.ParquetFile(daily) as file:
        if _version(file) != wrote:
            message = "its two files do not belong together"
            raise ValueError(message)
    rows = zip(*columns.values(), strict=True)
    return wrote, [Entry(run_id, point, replicate, status, name) for run_id, point, replicate, status in rows]


def _version(file: Any) -> str:
    found = (file.schema_arrow.metadata or {}).get(VERSION_KEY)
    if found is None:
        message = "it was not written by this program"
        raise ValueError(message)
    return str(found.decode())


def _enter(entries: dict[tuple[str, int], Entry], row: Entry) -> Iterator[tuple[str, str, int]]:
    """Enter a row; give the one that now does not count, if the run stands there twice."""
    key = (row.run_id, row.point)
    known = entries.get(key)
    if known is None or (known.status, row.status) == ("failed", "done"):
        entries[key] = row
        row = known or row
    if known is not None:
        yield row.part, row.run_id, row.point


def _set_aside(parts: Path, name: str, problem: str) -> None:
    with suppress(OSError):  # a reader may not be allowed to; then it only does not count
        (parts / BROKEN).mkdir(exist_ok=True)
        note = f"This part could not be read, so its runs are made again: {problem}\n"
        write_file(parts / BROKEN / f"{name}.txt", note)
        for ending in (RUNS, DAILY):
            with suppress(FileNotFoundError):
                (parts / f"{name}{ending}").replace(parts / BROKEN / f"{name}{ending}")


def _notes(folder: Path, broken: list[str], others: Counter[str]) -> Iterator[str]:
    place = folder / PARTS / BROKEN
    aside = {path.name.partition(".")[0] for path in place.glob("[!.]*")}
    if aside:
        one = len(aside) == 1
        yield f"{len(aside)} part{'' if one else 's'} could not be read and {'lies' if one else 'lie'} in {place}"
    if stuck := set(broken) - aside:
        yield f"parts that cannot be read do not count: {', '.join(sorted(stuck))}"
    for wrote, rows in sorted(others.items()):
        yield f"{rows} runs were made by another version of the model ({wrote}); they are kept and do not count"
