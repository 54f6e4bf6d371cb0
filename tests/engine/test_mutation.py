"""Altered behaviour is noticed: of a sample of mutants of rules, mechanisms and the day, the tests here kill most.

``pytest tests/engine/test_mutation.py -m endurance -s`` tells of every survivor; ``MUTANTS=all`` or a file such as
``mechanisms/ties`` tries all there are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("cosmic_ray")

from tests.engine.mutants import ROOT, Mutant, differs, files, mutants, sample, suite_of

SIZE, SEED = 400, 2026
#: Share that must be killed. What survives and why: docs/mutation.md.
LEAST = 0.85
AT_ONCE = 2


@pytest.mark.endurance
@pytest.mark.slow
def test_altered_behaviour_is_noticed() -> None:
    untested = [file for file in files() if not all(path.exists() for path in suite_of(file))]
    assert not untested
    chosen, survivors, killed = _chosen(), [], Counter[str]()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = pool.map(_tried, [chosen[k::AT_ONCE] for k in range(AT_ONCE)])
        for mutant, dead in sorted(pair for part in parts for pair in part):
            killed[mutant.file] += dead
            if not dead:
                survivors.append(mutant)
    of_file = Counter(mutant.file for mutant in chosen)
    for file, number in of_file.items():
        print(f"{file:<28} {killed[file]:>4} of {number:>4} killed {killed[file] / number:>7.1%}")
    print(f"{'all':<28} {killed.total():>4} of {len(chosen):>4} killed {killed.total() / len(chosen):>7.1%}")
    print("\nsurvivors", *(mutant.told for mutant in survivors), sep="\n")
    assert killed.total() / len(chosen) >= LEAST


def _chosen() -> list[Mutant]:
    asked = os.environ.get("MUTANTS", "")
    if not asked:
        return sample(SIZE, SEED)
    of = [file for file in files() if asked in {"all", file, file.partition("/")[0]}]
    return [mutant for file in of for mutant in mutants(file) if differs(mutant)]


def _tried(part: list[Mutant]) -> list[tuple[Mutant, bool]]:
    """Each mutant, and whether it was killed."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.engine.mutant_runner"],
        input="\n".join(json.dumps(mutant) for mutant in part),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)},
        check=True,
        text=True,
    )
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(lines) == len(part)
    return [(Mutant(*line[:4]), bool(line[4])) for line in lines]
