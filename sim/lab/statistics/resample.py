"""Bootstrap samples and permutations that depend on nothing but a seed and their number."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.engine.draws import plain_mix, root_key

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


def percentiles(samples: ArrayLike, level: float, units: int) -> tuple[Floats, Floats]:
    """The interval between two percentiles of bootstrap samples, a little wider than ``level`` says for few units.

    Parameters
    ----------
    samples : one statistic a resample, or several: shape [resample] or [resample, statistic]. Where one is NaN in a
        resample it is left out, and its bounds are NaN where it always is.
    level : of the interval, in (0, 1).
    units : how many independent units were resampled; fewer than 2 give no bounds (NaN).

    Source: expanded percentile interval (Hesterberg 2015, *The American Statistician* 69): with few units the plain one
    is too narrow, as a normal interval is beside Student's t.
    """
    from scipy.special import ndtr, stdtrit

    given = np.asarray(samples, dtype=np.float64)
    bounds = np.full((2, *given.shape[1:]), np.nan)
    known = ~np.isnan(given).all(axis=0)
    if units > 1 and known.any():
        tail = float(ndtr(math.sqrt(units / (units - 1)) * stdtrit(units - 1, (1 - level) / 2)))
        bounds[:, known] = np.nanquantile(given[:, known], [tail, 1 - tail], axis=0)
    return bounds[0], bounds[1]


def _uniforms(size: int, number: int, seed: int) -> Floats:
    with np.errstate(over="ignore"):
        bits = plain_mix(root_key(seed, number) ^ (np.arange(1, size + 1, dtype=np.uint64) * _STRIDE))
    return np.asarray((bits >> np.uint64(11)).astype(np.float64) * _UNIT)
