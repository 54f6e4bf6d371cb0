"""Bootstrap samples and permutations that depend on nothing but a seed and their number."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.draws import plain_mix, root_key

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: An odd number of its own keeps these draws apart from the model's, whatever the seed.
_STRIDE = np.uint64(0xD6E8FEB86659FD93)
_UNIT = 1.0 / 9007199254740992.0  # 2**-53


def bootstrap_weights(size: int, resamples: int, seed: int = 0) -> Iterator[Floats]:
    """How often each of ``size`` rows is drawn, with replacement, in each of ``resamples`` samples; shape [row].

    The weights are shares and sum to 1. Source: Efron (1979), *Annals of Statistics* 7.
    """
    for number in range(resamples):
        picked = (_uniforms(size, number, seed) * size).astype(np.int64)
        yield np.bincount(picked, minlength=size) / size


def permutations(size: int, resamples: int, seed: int = 0) -> Iterator[Ints]:
    """Orders of the rows 0 to ``size`` - 1, each as likely as any other; ``resamples`` arrays of shape [row]."""
    for number in range(resamples):
        yield np.argsort(_uniforms(size, number, seed), kind="stable")


def _uniforms(size: int, number: int, seed: int) -> Floats:
    with np.errstate(over="ignore"):
        bits = plain_mix(root_key(seed, number) ^ (np.arange(1, size + 1, dtype=np.uint64) * _STRIDE))
    return np.asarray((bits >> np.uint64(11)).astype(np.float64) * _UNIT)
