"""Result folders: written whole or not at all.

A result is made in a hidden sibling folder and renamed into place when it is complete and on the disk, so whatever
bears a result's name is a result, after a kill or a power cut too. A hidden folder's name holds the machine and the
process that makes it; what dead processes left is cleared at the next start.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from sim.errors import InputError

MANIFEST = "manifest.json"
#: Where results lie that are given no folder.
RESULTS = Path("results")

_HOST = re.sub(r"[^A-Za-z0-9]", "", platform.node())[:24] or "host"
_HIDDEN = re.compile(rf"\.(?P<name>.+)\.{_HOST}-(?P<pid>\d+)-\d+\.(?P<kind>tmp|old)")
_numbers = itertools.count()
_mine: set[Path] = set()  # a restarted container gives the same process number again, so our own are told by this
_STORAGE = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the disk quota is used up", errno.EROFS: "it is read-only"}


def found_folder(named: str | Path) -> Path:
    """A result folder as named, or of that name in ``./results``."""
    path = Path(named)
    return RESULTS / named if not path.exists() and (RESULTS / named).is_dir() else path


def chosen_folder(out: str | Path | None, name: str) -> Path:
    """The folder for a result: as stated, else ``results/NAME``."""
    return Path(out) if out is not None else RESULTS / name


@contextmanager
def new_folder(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Make a result folder: fill the folder this yields, and it becomes ``path`` when the block ends well.

    Parameters
    ----------
    path : the folder to make. If only its parent is missing (``results`` in a fresh clone), that is made too.
    force : replace a result that is already there; it stays in place until the new one is complete.

    Yields
    ------
    An empty hidden folder beside ``path``. It is removed if the block raises.

    Raises
    ------
    InputError : the place is taken (without ``force``, or by something that is not a result) or cannot be written, or
        the disk is full. If the place was taken while the block ran, the new result is kept beside it, as ``path-2``;
        if it was taken by the same study, that one stays and nothing is raised.
    """
    target = path.resolve()
    _check_place(path, target, force)
    with _explained(path):
        target.parent.mkdir(exist_ok=True)
        _clear(target.parent)
        made = _hidden(target, "tmp")
        made.mkdir()
    try:
        with _storage_explained(path):
            yield made
            _sync_all(made)
        _publish(path, target, made, force)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        _mine.discard(made)


def find(path: Path, fingerprint: str) -> Literal["absent", "same", "other", "broken"]:
    """What is at ``path``, for a study with this fingerprint (see :func:`sim.lab.store.manifest.fingerprint`).

    Returns
    -------
    ``absent``: nothing, or an empty folder. ``same``: this study, finished. ``other``: another study, or no result at
    all. ``broken``: a result whose manifest cannot be read or whose tables are gone.

    Raises
    ------
    InputError : ``path`` is a file, or cannot be looked at.
    """
    with _explained(path):
        if path.parent.is_dir():
            _clear(path.resolve().parent)
        if not _is_taken(path):
            return "absent"
        if not path.is_dir():
            raise InputError(f"{path} is a file, not a folder", place="--out", hint="Choose another folder.")
        if not (path / MANIFEST).exists():
            return "other"
    study = _study(path)
    if study is None:
        return "broken"
    return "same" if study == fingerprint else "other"


def write_file(path: Path, content: bytes | str) -> None:
    """Write one file whole or not at all (text as UTF-8), also over an older one.

    Raises
    ------
    InputError : it cannot be written, or the disk is full.
    """
    made = path.with_name(f".{path.name}.{os.getpid()}-{next(_numbers)}.tmp")
    try:
        with _explained(path):
            with made.open("wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            made.replace(path)
            _sync(path.parent)
    finally:
        with suppress(OSError):
            made.unlink()


def _check_place(path: Path, target: Path, force: bool) -> None:
    """Refuse early what could not be put in place at the end of a long run."""
    above, hint = target.parent, "Choose another folder with --out."
    with _explained(path):
        for folder, named in ((above.parent, path.parent.parent), (above, path.parent), (target, path)):
            if folder.exists() and not folder.is_dir():
                raise InputError(f"{named} is a file, not a folder", place="--out", hint=hint)
        if not above.parent.is_dir():
            raise InputError(f"{path.parent} does not exist", place="--out", hint=f"Make it first. {hint}")
        if not _is_taken(target):
            return
        # Never remove what this program did not make whole: what has folders in it is a sweep, or holds a user's own.
        if not (target / MANIFEST).exists() or any(each.is_dir() for each in target.iterdir()):
            raise InputError(f"{path} holds other things than a study", place="--out", hint=hint)
    if not force:
        raise InputError(f"{path} already holds a result", place="--out", hint=f"Replace it with --force. {hint}")


def _publish(path: Path, target: Path, made: Path, force: bool) -> None:
    """Rename the finished folder into place; where that fails, keep it beside rather than lose a long run."""
    try:
        if force and _is_taken(target):
            _swap(made, target)
        else:
            _place(made, target)
        _sync(target.parent)
    except OSError as error:
        problem = error.strerror or str(error)
        if error.errno in {errno.ENOTEMPTY, errno.EEXIST}:
            study = _study(made)
            if study is not None and study == _study(target):
                return  # another process has finished the same study meanwhile
            problem = "another process has put a result there meanwhile"
        kept = _keep_beside(made, target)
        hint = f"The finished result is kept as {path.with_name(kept.name)}." if kept else "Run the command again."
        raise InputError(f"{path} cannot be put in place: {problem}", place="--out", hint=hint) from error


def _place(made: Path, target: Path) -> None:
    with suppress(OSError):
        target.rmdir()  # only if empty; Windows renames onto nothing, not even an empty folder
    made.rename(target)


def _swap(made: Path, target: Path) -> None:
    """Replace a result. After a kill between the two renames :func:`_clear` puts the old one back."""
    old = _hidden(target, "old")
    with suppress(FileNotFoundError):  # another process is replacing it too
        target.rename(old)
    try:
        _place(made, target)
    finally:
        _retire(old, target)
        _mine.discard(old)


def _retire(old: Path, target: Path) -> None:
    """Remove what has been replaced, or put it back if nothing took its place."""
    if _is_taken(target):
        shutil.rmtree(old, ignore_errors=True)
    elif old.exists():
        old.rename(target)


def _keep_beside(made: Path, target: Path) -> Path | None:
    for number in range(2, 100):
        kept = target.with_name(f"{target.name}-{number}")
        if not kept.exists():
            with suppress(OSError):
                made.rename(kept)
                return kept
    return None


def _hidden(target: Path, kind: str) -> Path:
    while True:
        path = target.with_name(f".{target.name}.{_HOST}-{os.getpid()}-{next(_numbers)}.{kind}")
        if not path.exists():
            _mine.add(path)
            return path


def _clear(parent: Path) -> None:
    """Remove what dead processes of this machine left hidden; put back a result whose replacement was cut short."""
    with suppress(OSError):
        for path in sorted(parent.iterdir()):
            match = _HIDDEN.fullmatch(path.name)
            if match is None or path in _mine or not _is_dead(int(match["pid"])):
                continue
            if match["kind"] == "old":
                _retire(path, parent / match["name"])
            else:
                shutil.rmtree(path, ignore_errors=True)


def _is_dead(pid: int) -> bool:
    if pid == os.getpid():
        return True
    if sys.platform == "win32":  # there, signal 0 is Ctrl-C
        import ctypes  # noqa: PLC0415

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return not handle
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _is_taken(path: Path) -> bool:
    return path.exists() and not (path.is_dir() and not any(path.iterdir()))


def _study(folder: Path) -> str | None:
    """The fingerprint in a folder's manifest, if it can be read and the tables it names are there."""
    try:
        if not (folder / MANIFEST).is_file():
            return None
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        study, tables = manifest["study"], manifest["tables"]
        whole = all((folder / f"{name}.parquet").is_file() for name in tables)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return study if whole and isinstance(study, str) else None


def _sync_all(folder: Path) -> None:
    """Have the disk hold every file before the rename says that it does."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())
        elif path.is_dir():
            _sync(path)
    _sync(folder)


def _sync(folder: Path) -> None:
    if sys.platform == "win32":  # a folder cannot be synchronised there
        return
    handle = os.open(folder, os.O_RDONLY)
    with suppress(OSError):  # some network file systems know no such thing
        os.fsync(handle)
    os.close(handle)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn whatever the file system refuses into an error that says what to do."""
    try:
        with _storage_explained(path):
            yield
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror or error})",
            place="--out",
            hint="Choose a folder you may write to.",
        ) from error


@contextmanager
def _storage_explained(path: Path) -> Iterator[None]:
    """The same for a full or read-only disk only: other errors in a block of someone else's are that block's own."""
    try:
        yield
    except OSError as error:
        if error.errno not in _STORAGE:
            raise
        raise InputError(
            f"{path} cannot be written: {_STORAGE[error.errno]}",
            place="--out",
            hint="Free some space, or choose a folder on another disk with --out.",
        ) from error
