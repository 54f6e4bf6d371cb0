"""Run every case in a process of its own and save what it leaves: ``python -m tests.parity.saved FOLDER``.

The compiler is switched off, or made to check bounds, for a whole process only.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from sim.model.community import CommunityModel
from sim.model.parity import parts
from tests.scenarios import cases


def save(folder: Path) -> None:
    """One file a case: the arrays by name."""
    for name, scenario in cases().items():
        with CommunityModel(scenario) as model:
            model.run_model()
            np.savez(folder / f"{name}.npz", allow_pickle=False, **parts(model.world))


if __name__ == "__main__":
    save(Path(sys.argv[1]))
