"""What a result was made from and with, and how to make it again: ``manifest.json`` in every result folder.

The *fingerprint* names a study or sweep by what decides its numbers. Threads, language and timings do not, so the same
one is recognised however it was run; another version of the model (:mod:`sim.lab.store.version`) makes another one.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import math
import os
import platform
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

import sim
from sim.errors import InputError
from sim.lab.store.folder import MANIFEST, write_file
from sim.lab.store.version import model_version

#: The layout of result folders. Raised when a reader of the old layout would misread the new one, or the other way.
FORMAT = 2
#: What the sweeps of version 0.1.0 had instead of a manifest.
SWEEP_OF_0_1 = "design.json"

_ANY, _TEXTS = (object,), (str,)
#: What is in the manifest's fields, and in the lists and mappings among them.
_TYPES: dict[str, tuple[tuple[type, ...], tuple[type, ...]]] = {
    "kind": (_TEXTS, _ANY), "scenarios": ((list,), (dict,)), "seeds": ((list,), (int,)), "replicates": ((int,), _ANY),
    "days": ((int,), _ANY), "study": (_TEXTS, _ANY), "digest": (_TEXTS, _ANY), "command": ((list,), _TEXTS),
    "remake": (_TEXTS, _ANY), "versions": ((dict,), _TEXTS), "commit": ((str, type(None)), _ANY),
    "timings": ((dict,), (int, float)), "tables": ((list,), _TEXTS), "runs": ((dict,), (int,)),
    "settings": ((dict,), _ANY),
}  # fmt: skip
_TABLE = re.compile(r"\w[\w-]*")
_DISTRIBUTIONS = ("numpy", "numba", "mesa", "pandas", "pyarrow")


class FormatError(InputError):
    """A result that another version of this program wrote in another format."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The provenance of one result folder; make it with :meth:`of`.

    ``kind``: the command, e.g. ``compare``. ``scenarios``: resolved, as plain dictionaries. ``replicates`` and ``days``
    are counts, ``timings`` seconds by stage. ``settings``: what else decides the numbers, e.g. what a sweep varies.
    ``digest``: of the results, see :func:`sim.lab.store.tables.digest`; empty while a sweep is under way. ``study``:
    see :func:`fingerprint`. ``command``: the arguments as given; ``remake``: the same as a line for a shell, empty if
    it was made from Python. ``commit``: of the sources, with ``-dirty`` after it where they were edited since; None
    outside a repository. ``tables``: the Parquet tables beside it, by name. ``runs``: of a sweep that has ended, how
    many are done and how many failed; of a study all are done.
    """

    kind: str
    scenarios: list[dict[str, Any]]
    seeds: list[int]
    replicates: int
    days: int
    study: str
    digest: str
    command: list[str]
    remake: str
    versions: dict[str, str]
    commit: str | None
    settings: dict[str, Any] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)
    runs: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT

    @classmethod
    def of(
        cls,
        kind: str,
        *,
        scenarios: Sequence[Mapping[str, Any]],
        seeds: Sequence[int],
        replicates: int,
        days: int,
        digest: str,
        command: Sequence[str],
        settings: Mapping[str, Any] | None = None,
        timings: Mapping[str, float] | None = None,
    ) -> Manifest:
        """The manifest of a result made by this program, on this machine, now.

        ``command``: the arguments after ``run.py``; for the others see the class.
        """
        return cls(
            kind=kind,
            scenarios=[dict(scenario) for scenario in scenarios],
            seeds=list(seeds),
            replicates=replicates,
            days=days,
            study=fingerprint(
                kind, scenarios=scenarios, seeds=seeds, replicates=replicates, days=days, settings=settings
            ),
            digest=digest,
            command=list(command),
            remake=remake(command) if command else "",
            versions=versions(),
            commit=commit(),
            settings=dict(settings or {}),
            timings=dict(timings or {}),
        )

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into ``folder``, after its tables: it names those it finds there.

        Raises
        ------
        ValueError, TypeError : a part of the manifest is not plain (see :func:`canonical_json`).
        InputError : the file cannot be written.
        """
        content = asdict(self) | {"tables": sorted(path.stem for path in folder.glob("*.parquet"))}
        text = json.dumps(_plain(content, ""), ensure_ascii=False, allow_nan=False, indent=2)
        write_file(folder / MANIFEST, text + "\n")

    @classmethod
    def read(cls, folder: Path, *kinds: str) -> Manifest:
        """The manifest in ``folder``; what later programs of the same format have added is passed over.

        Parameters
        ----------
        kinds : of results that are meant; none for any.

        Raises
        ------
        FormatError : an earlier or later version of this program wrote it.
        InputError : there is none, it is damaged, or of another kind.
        """
        path = folder / MANIFEST
        if not path.exists() and (folder / SWEEP_OF_0_1).is_file():
            raise _earlier(folder / SWEEP_OF_0_1, "this is a sweep of version 0.1.0 of this program", {})
        hint = "Name a folder made by run, compare or another command that writes results."
        if path.exists() and not path.is_file():
            raise InputError(f"not a result folder ({MANIFEST} is no file)", place=str(folder), hint=hint)
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            problem = "it is nested too deep" if _is_deep(content) else ""
            _plain({} if problem else content, "")
        except OSError as error:
            raise InputError(f"not a result folder ({error.strerror})", place=str(folder), hint=hint) from error
        except RecursionError:
            problem = "it is nested too deep"
        except ValueError as error:
            raise _damaged(path, str(error)) from error
        if problem:
            raise _damaged(path, problem)
        if not isinstance(content, dict) or type(content.get("format")) is not int:
            raise _damaged(path, "it names no format")
        if content["format"] > FORMAT:
            raise FormatError(
                f"format {content['format']} is of a later version of this program",
                place=str(path),
                expected=f"format {FORMAT}",
                hint="Update the program, or make the result again with this one.",
            )
        if content["format"] < FORMAT:
            raise _earlier(path, f"format {content['format']} is of an earlier version of this program", content)
        try:
            found = cls(**{each.name: content[each.name] for each in fields(cls)})
        except KeyError as error:
            raise _damaged(path, f"{error} is missing") from error
        if problem := next(_mistakes(found), ""):
            raise _damaged(path, problem)
        if kinds and found.kind not in kinds:
            raise InputError(
                f"it holds a {found.kind}", place=str(folder), expected=f"a result of {' or '.join(kinds)}"
            )
        return found


def fingerprint(
    kind: str,
    *,
    scenarios: Sequence[Mapping[str, Any]],
    seeds: Sequence[int],
    replicates: int,
    days: int,
    settings: Mapping[str, Any] | None = None,
) -> str:
    """SHA-256 (hex) of all that decides a result's numbers, the model's version included.

    Parameters: see :class:`Manifest`. Anything that leaves the numbers as they are (threads, workers, language, the
    folder, the plots) does not belong into ``settings``.

    Raises
    ------
    ValueError, TypeError : a value that has no canonical form, see :func:`canonical_json`.
    """
    study = {
        "kind": kind,
        "scenarios": list(scenarios),
        "seeds": list(seeds),
        "replicates": replicates,
        "days": days,
        "settings": settings or {},
        "source": model_version(),
    }
    return hashlib.sha256(canonical_json(study).encode()).hexdigest()


def canonical_json(value: object) -> str:
    """One text for one value: sorted keys, no spaces, shortest exact floats, text as it is (not escaped).

    Parameters
    ----------
    value : dictionaries with string keys, lists, tuples, strings, numbers, booleans, None; NumPy's scalars and arrays
        count as their Python values.

    Raises
    ------
    ValueError : NaN or an infinity, with the place of it. TypeError : a value or key of another type.
    """
    return json.dumps(_plain(value, ""), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def remake(command: Sequence[str]) -> str:
    """The line for a shell of this system that makes a result again; ``command`` is what follows ``run.py``."""
    words = ["python", "run.py", *command]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def table_hint(folder: Path) -> str:
    """What to do where a table of a result is missing or damaged."""
    try:
        found = Manifest.read(folder)
    except InputError:
        return "Is this a result folder?"
    if found.kind != "sweep":
        return "Run the study again with --force."
    if found.command[:1] == ["optimize"]:  # its points are known from that table alone
        return "Choose another folder with --out, or remove this one."
    return "The same sweep command writes it again" + (f": {found.remake}" if found.remake else ".")


def versions() -> dict[str, str]:
    """The versions numbers may depend on: of this program, Python, the machine and the libraries it computes with."""
    found = {
        "sim": getattr(sim, "__version__", None) or _version("community-growth"),
        "source": model_version(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "machine": platform.machine(),
    }
    return found | {name: _version(name) for name in _DISTRIBUTIONS}


def commit() -> str | None:
    """The Git commit of this program's sources, with ``-dirty`` if edited since; None if they are in no repository."""
    root = Path(sim.__file__).resolve().parent.parent
    top = _git(root, "rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != root:  # an installed copy may lie inside someone else's repository
        return None
    return _git(root, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=10,
            env=os.environ | {"GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    return done.stdout.strip() or None


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _earlier(path: Path, problem: str, content: Mapping[str, Any]) -> FormatError:
    """What an earlier version wrote is refused, not guessed at: its columns and runs may mean something else."""
    line = content.get("remake")
    hint = "Its Parquet tables stay as they are, for any reader of such files. Make it again with another --out"
    return FormatError(
        problem,
        place=str(path),
        expected=f"{MANIFEST} in format {FORMAT}",
        hint=f"{hint}{f': {line}' if line else '.'}",
    )


def _is_deep(value: Any, most: int = 50) -> bool:
    """Whether values lie in more blocks than any that this program writes."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return most == 0 or any(_is_deep(each, most - 1) for each in inside)


def _mistakes(found: Manifest) -> Iterator[str]:
    """What no manifest has that this program wrote, by its type."""
    for name, (kind, inner) in _TYPES.items():
        value = getattr(found, name)
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if not _is_of(value, kind):
            yield f"'{name}' is {_shown(value)}"
        elif odd := [each for each in items if not _is_of(each, inner)]:
            yield f"'{name}' has {_shown(odd[0])}"
    for name in ("scenarios", "seeds"):
        if not getattr(found, name):
            yield f"'{name}' is empty"
    for name in ("replicates", "days"):
        if getattr(found, name) < 1:
            yield f"'{name}' is {getattr(found, name)}"
    if "source" not in found.versions:
        yield "'versions' has no source"
    if odd := [name for name in found.tables if not _TABLE.fullmatch(name)]:
        yield f"'tables' has {_shown(odd[0])}"


def _is_of(value: Any, kinds: tuple[type, ...]) -> bool:
    """Whether it is of one of these types; true and false are no numbers."""
    return isinstance(value, kinds) and not (isinstance(value, bool) and int in kinds)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _damaged(path: Path, problem: str) -> InputError:
    hint = "Make it again with another --out (beside this folder finished runs are taken over), or remove this folder."
    return InputError(f"the manifest is damaged ({problem})", place=str(path), hint=hint)


def _plain(value: Any, place: str) -> Any:
    """``value`` in JSON's own types; ``place`` is the dotted path to it, for messages."""
    if isinstance(value, np.generic | np.ndarray):
        value = value.tolist()
    if isinstance(value, str):
        # A file name that is no valid Unicode holds lone surrogates, which cannot be written.
        return value.encode("utf-8", "backslashreplace").decode()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{place or 'the value'} is {value!r}, which JSON has no word for")
        return float(value)
    if isinstance(value, Mapping):
        if odd := [key for key in value if not isinstance(key, str)]:
            raise TypeError(f"{place or 'the value'} has a key that is no string: {odd[0]!r}")
        return {key: _plain(item, f"{place}.{key}" if place else key) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{place}[{number}]") for number, item in enumerate(value)]
    raise TypeError(f"{place or 'the value'} is of type {type(value).__name__}, which JSON has no form for")
