"""The only place where Python is turned into machine code, and the cache of what was turned.

Every rule, act and driver is marked with :func:`compiled`. The same functions stay callable as plain Python:
:func:`rebind` makes a twin of a function in which some of the functions it calls are replaced, which serves both the
readable driver (every callee plain) and a researcher who swaps a rule (one callee replaced, the rest compiled again).

Measured choices, with reasons in docs/decisions.md: NumPy's error model; no fastmath and no SVML, so that the compiled
and the plain functions give the same bits; a cache folder named after the hash of the sources, because Numba's own
check notices only an edit in the file of the caller.
"""

from __future__ import annotations

import dis
import hashlib
import os
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, overload

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # spinning threads on shared cores are five times slower
os.environ["NUMBA_DISABLE_INTEL_SVML"] = "1"  # vectorised exp and log differ from the C library in the last bit

import numba
from numba.core import config
from numba.core.dispatcher import Dispatcher
from numba.core.registry import CPUDispatcher

Function: TypeAlias = Callable[..., Any]  # of any arguments
F = TypeVar("F", bound=Function)


def cache_folder() -> Path:
    """The folder where this user's programs keep what can be made again."""
    if named := os.environ.get("COMMUNITY_GROWTH_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "community-growth" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "community-growth"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "community-growth"


def source_hash() -> str:
    """SHA-256 (first 16 hex digits) over the sources of machine code: the name of their cache folder."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


config.reload_config()  # Numba may be loaded already; else the first compilation would reread all settings
if not os.environ.get("NUMBA_CACHE_DIR"):
    config.CACHE_DIR = str(cache_folder() / source_hash())
if config.USING_SVML:  # pragma: no cover - depends on the machine
    message = "SVML is active although it was switched off: import sim before any module that loads numba"
    raise RuntimeError(message)

#: Whether functions are compiled at all (NUMBA_DISABLE_JIT=1 turns it off for a whole process).
ENABLED: bool = not config.DISABLE_JIT


class _Inner(CPUDispatcher):  # type: ignore[misc]
    """A function whose machine code only compiled code calls: called from Python, that would end the process."""

    def __call__(self, *args: Any) -> Any:  # whatever the function takes and gives
        """Run the plain source, with everything it calls."""
        return rebind(self, compile_again=False)(*args)


@overload
def compiled(fn: F, *, inline: bool = ..., merged: bool = ..., entry: bool = ..., cache: bool = ...) -> F: ...
@overload
def compiled(*, inline: bool = ..., merged: bool = ..., entry: bool = ..., cache: bool = ...) -> Callable[[F], F]: ...
def compiled(
    fn: F | None = None,
    *,
    inline: bool = False,
    merged: bool = False,
    entry: bool = False,
    cache: bool = True,
) -> F | Callable[[F], F]:
    """Mark a function as part of the model's compiled core.

    Parameters
    ----------
    fn : the function; it must be defined at module level (closures never hit the cache).
    inline : copy the body into its callers: for rules, which are short and called everywhere.
    merged : have the machine code merged into that of its callers: for acts, which would otherwise be handed the whole
        scene by value (half as fast again where most people are members).
    entry : Python calls the machine code of this function. Others get no wrapper for Python and no reference counting
        of arrays (they allocate none): that halves compilation and makes the run four times faster. Called from Python,
        they run as plain Python.
    cache : keep the machine code on disk.

    Returns
    -------
    A Numba dispatcher that releases the interpreter's lock, or ``fn`` itself where the compiler is off.
    """
    if fn is None:
        return lambda f: compiled(f, inline=inline, merged=merged, entry=entry, cache=cache)
    options = {"inline": inline, "merged": merged, "entry": entry}
    if not ENABLED:
        fn.__dict__["compiled_options"] = options
        return fn
    bare = {} if entry else {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
    made: Any = numba.njit(  # a dispatcher, which stands for the function
        fn,
        error_model="numpy",
        nogil=True,
        inline="always" if inline else "never",
        forceinline=merged,
        cache=cache,
        **bare,
    )
    made.py_func.__dict__["compiled_options"] = options
    if not entry:
        made.__class__ = _Inner
    return made


def plain(fn: F) -> F:
    """The Python source function behind a compiled one (or ``fn`` itself)."""
    return fn.py_func if isinstance(fn, Dispatcher) else fn


def is_compiled(fn: object) -> bool:
    """Whether ``fn`` was marked with :func:`compiled`."""
    return callable(fn) and hasattr(plain(fn), "compiled_options")


def rebind(
    fn: F,
    replacements: dict[Function, Function] | None = None,
    *,
    compile_again: bool,
) -> F:
    """A twin of ``fn`` that calls twins of everything compiled below it, with some functions replaced.

    Parameters
    ----------
    fn : a function marked with :func:`compiled`.
    replacements : original (as imported) → what to call instead, a plain Python function that Numba can compile.
    compile_again : compile the twins (without the disk cache: their code is the same, their globals are not), or leave
        them plain Python.
    """
    swaps = {plain(old): new for old, new in (replacements or {}).items()}
    twin: Any = _twin(plain(fn), swaps, compile_again, {})  # of the same signature
    return twin


def _twin(
    source: Function,
    swaps: dict[Function, Function],
    compile_again: bool,
    made: dict[Function, Function],
) -> Function:
    if source in made:
        return made[source]
    options = source.__dict__.get("compiled_options", {"inline": False, "merged": False, "entry": False})
    chosen = plain(swaps.get(source, source))
    assert isinstance(chosen, types.FunctionType)
    space = dict(chosen.__globals__)
    for name in {i.argval for i in dis.get_instructions(chosen) if i.opname == "LOAD_GLOBAL"}:
        callee = space.get(name)
        if callee is not None and is_compiled(callee):
            space[name] = _twin(plain(callee), swaps, compile_again, made)
    twin: Function = types.FunctionType(
        chosen.__code__, space, chosen.__name__, chosen.__defaults__, chosen.__closure__
    )
    if compile_again:
        twin = compiled(twin, cache=False, **options)
    made[source] = twin
    return twin


def compile_for(fn: Function, *types: object) -> None:
    """Compile a function now for arguments of these Numba types, into the cache."""
    if isinstance(fn, Dispatcher):
        fn.compile(types)
