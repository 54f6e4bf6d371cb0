"""What two factors do together: the terms of Sobol's second-order indices, from the longer form of their design."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.lab.estimators.noise import product

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: What a factor does alone is described by a curve of at most so many cosines, by at most one for so many rows, and of
#: fewer levels than that by any curve (design choices).
_COSINES, _ROWS_EACH = 6, 8


def pairs_of(d: int) -> tuple[Ints, Ints]:
    """All pairs of ``d`` factors, the lower number first."""
    first, second = np.triu_indices(d, 1)
    return first, second


def pair_terms(rows: Floats, settings: Floats) -> Floats:
    """What each row of the base sample adds to the numerator of each pair's index, shape [row, pair].

    Parameters
    ----------
    rows : outcomes, shape [row, place in it, replicate]: A, A with factor j from B (each j), B with factor j from A
        (each j), B.
    settings : shape [row, place in it, factor], from 0 to 1.

    Source: Saltelli (2002), *Computer Physics Communications* 145, with differences for values, so that the term of a
    pair of which one does nothing is 0 row by row. A product of what two factors do alone is 0 on average, as they are
    drawn apart, but most of the noise: so far as smooth curves tell it, it is taken off (a control variate; design
    choice).
    """
    d = settings.shape[2]
    up, down = rows[:, 1 : d + 1] - rows[:, :1], rows[:, d + 1 : -1] - rows[:, -1:]
    moved = (up - down).mean(axis=2) / 2
    alone = np.column_stack([_smooth(settings[:, [0, -1], number], moved[:, number]) for number in range(d)])
    j, k = pairs_of(d)
    return (product(down[:, j], up[:, k]) + product(down[:, k], up[:, j])) / 2 + alone[:, j] * alone[:, k]


def above_zero(terms: Floats) -> Floats:
    """The one-sided chance of each column's mean if its expectation were 0.

    Rows count as independent. They share the luck of replicates, though: an interaction that these markets have and
    others had not is taken for one of the factors, the more surely the more rows there are; only more replicates help.
    """
    from scipy.special import stdtr

    mean, error = terms.mean(axis=0), terms.std(axis=0, ddof=1) / np.sqrt(len(terms))
    size = np.divide(mean, error, out=np.where(mean > 0.0, np.inf, 0.0), where=error > 0.0)
    return np.asarray(stdtr(len(terms) - 1, -size))


def _smooth(ends: Floats, moved: Floats) -> Floats:
    """The part of ``moved`` [row] that a curve of one factor explains, which goes between two ``ends`` [row, 2]."""
    levels = np.unique(ends)
    if len(levels) <= _COSINES:
        basis = (ends[:, :, None] == levels[1:]).astype(np.float64)
    else:
        count = max(min(_COSINES, len(ends) // _ROWS_EACH), 1)
        basis = np.cos(np.pi * ends[:, :, None] * np.arange(1, count + 1))
    steps = basis[:, 1] - basis[:, 0]
    return np.asarray(steps @ np.linalg.lstsq(steps, moved, rcond=None)[0])
