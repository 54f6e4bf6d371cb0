"""The command line from a clone: ``python run.py COMMAND``, in any working directory."""

import sys
from pathlib import Path

INSTALL = "python -m pip install -c constraints.txt -e ."


def start() -> int:
    """Hand over to the ``sim`` beside this file; without a traceback where it cannot be imported."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the reader may have an older one
        return refuse(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    here = Path(__file__).resolve().parent
    sys.path.insert(0, str(here))
    try:
        import sim
        from sim.cli import main
    except ModuleNotFoundError as error:
        return refuse(f"the package '{error.name}' is missing. Install what is needed: {INSTALL} (in {here})")
    if Path(sim.__file__).resolve().parent != here / "sim":
        return refuse(f"another package named 'sim' is in the way: {sim.__file__}")
    return main(program="python run.py")


def refuse(problem: str) -> int:
    """Say what is wrong, for old versions of Python too."""
    sys.stderr.write("error: " + problem + "\n")
    return 2


if __name__ == "__main__":
    try:
        sys.exit(start())
    except KeyboardInterrupt:  # while importing
        sys.exit(130)
