"""How far the distribution of an outcome shifts, all of it, when a factor's value is known: Borgonovo's delta."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Densities are worked out at so many places, and so many bandwidths beyond the outermost outcomes (design choices).
_CELLS, _ROOM = 512, 6.0


class Densities:
    """The outcomes of points, ready for densities of any classes of them.

    Parameters
    ----------
    values : an outcome, shape [point], finite.

    Source: Gaussian kernels with Silverman's bandwidth (Silverman 1986, *Density Estimation*, §3.4), on a grid by
    linear binning and the Fourier transform (Wand 1994, *J. Computational and Graphical Statistics* 3).
    """

    def __init__(self, values: Floats) -> None:
        room = _ROOM * float(values.std()) * _narrowing(np.array([len(values)]))[0]
        low, high = float(values.min()) - room, float(values.max()) + room
        self.cell = (high - low) / (_CELLS - 1)
        self.values = values
        places = (values - low) / (self.cell or 1.0)
        self._left = np.minimum(places.astype(np.int64), _CELLS - 2)
        self._beyond = places - self._left
        self._waves = -2.0 * (np.pi * np.fft.rfftfreq(2 * _CELLS)) ** 2

    def delta(self, codes: Ints, order: Ints | None = None, weights: Floats | None = None) -> float:
        """The mean over classes of half the area between the density of one and that of all points, in [0, 1].

        Parameters
        ----------
        codes : the class of each point, 0 to k - 1, each taken.
        order : in which the points' outcomes are given to the ``codes``; as they are by default.
        weights : shares of the points, summing to 1; all alike by default.

        Source: Borgonovo (2007), *Reliability Engineering & System Safety* 92; from given data by Plischke, Borgonovo &
        Smith (2013), *EJOR* 226.
        """
        if self.cell == 0.0:
            return 0.0
        shares = np.full(len(codes), 1 / len(codes)) if weights is None else weights
        rows = slice(None) if order is None else order
        count = int(codes.max()) + 1
        whole = self._of(np.zeros(len(codes), dtype=np.int64), 1, shares, rows)
        parts = self._of(codes, count, shares, rows)
        held = np.bincount(codes, weights=shares, minlength=count)
        return float(0.5 * held @ np.abs(parts - whole).sum(axis=1))

    def _of(self, codes: Ints, count: int, shares: Floats, rows: slice | Ints) -> Floats:
        """The density of each class over the cells, shape [class, cell], summing to 1; of an empty one nothing."""
        values, left, beyond = self.values[rows], self._left[rows], self._beyond[rows]
        width = codes * _CELLS + left
        cells = np.bincount(width, weights=shares * (1 - beyond), minlength=count * _CELLS)
        cells += np.bincount(width + 1, weights=shares * beyond, minlength=count * _CELLS)
        held, squares, mean, square = (
            np.bincount(codes, weights=each, minlength=count)
            for each in (shares, shares**2, shares * values, shares * values**2)
        )
        some = np.where(held > 0.0, held, 1.0)
        size = np.maximum(some**2 / np.where(squares > 0.0, squares, 1.0), 1.0)  # how many points it is worth
        spread = np.sqrt(np.maximum(square / some - (mean / some) ** 2, 0.0) * size / np.maximum(size - 1, 1.0))
        band = np.maximum(spread * _narrowing(size) / self.cell, 1.0)  # one outcome alone is as sharp as the grid
        waves = np.fft.rfft(cells.reshape(count, _CELLS) / some[:, None], 2 * _CELLS)
        smooth = np.fft.irfft(waves * np.exp(band[:, None] ** 2 * self._waves), 2 * _CELLS)
        return np.asarray(smooth[:, :_CELLS])


def class_count(points: int) -> int:
    """How many classes of a number so many points allow. Source: Plischke, Borgonovo & Smith (2013), ibid."""
    share = 2 / (7 + math.tanh((1500 - points) / 500))
    return min(math.ceil(math.pow(points, share)), 48)


def _narrowing(size: Floats | Ints) -> Floats:
    """Silverman's bandwidth for so many points, in standard deviations."""
    return np.asarray((0.75 * np.asarray(size, dtype=np.float64)) ** -0.2)
