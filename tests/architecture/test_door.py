"""The public door: what ``import sim`` promises is there, and costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys

import sim
from tests.architecture.tree import ROOT

PROMISED = {"KOL", "CommunityModel", "InputError", "Operator", "Scenario", "User", "__version__", "load"}


def test_the_door_is_what_is_promised() -> None:
    assert set(sim.__all__) == PROMISED
    assert set(dir(sim)) == PROMISED


def test_every_name_can_be_imported() -> None:
    for name in sim.__all__:
        assert getattr(sim, name) is not None
        assert name != "__version__" or sim.__version__.count(".") == 2


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(sim, "no_such_name")


def test_the_door_alone_loads_no_library() -> None:
    code = "import sys, sim; print(sorted({'mesa', 'numba', 'numpy', 'pandas', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
