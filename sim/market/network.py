"""Who knows whom: an undirected graph in compressed sparse rows, the same bytes whatever order the ties came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled import compiled

#: Up to this many people the clustering of everyone is measured; beyond it, that of as many people spread evenly.
CLUSTERING_SAMPLE = 5_000


@dataclass(frozen=True, eq=False)
class Network:
    """Ties between the people 0 … n − 1 of a market: no self-loops, no parallel ties, each tie in both rows.

    Attributes
    ----------
    indptr : int64 [n + 1], the row of person ``i`` is ``indices[indptr[i]:indptr[i + 1]]``.
    indices : int32 [2 × edges], the neighbours, ascending within a row.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]

    @property
    def n(self) -> int:
        """Number of people, with or without ties."""
        return self.indptr.size - 1

    @property
    def edges(self) -> int:
        """Number of ties; a tie counts once."""
        return self.indices.size // 2

    @property
    def degree(self) -> NDArray[np.int64]:
        """Number of neighbours of each person, int64 [n]."""
        return np.diff(self.indptr)

    @property
    def mean_degree(self) -> float:
        """Mean number of neighbours a person, isolated people included; 0 for an empty market."""
        return self.indices.size / self.n if self.n else 0.0

    @property
    def clustering(self) -> float:
        """Average local clustering in [0, 1]; people with fewer than two neighbours count as 0 (Watts & Strogatz 1998).

        In markets above ``CLUSTERING_SAMPLE`` people it is the average over that many evenly spaced people, the same
        ones each time; its standard error is then below .007.
        """
        if self.n == 0:
            return 0.0
        sample = min(self.n, CLUSTERING_SAMPLE)
        people = np.arange(sample, dtype=np.int64) * self.n // sample
        return float(_mean_local_clustering(self.indptr, self.indices, people))

    def same_share(self, group: NDArray[Any]) -> float:
        """Share of ties whose two ends have the same value of ``group`` [n], in [0, 1]; 0 without ties."""
        if not self.indices.size:
            return 0.0
        own = np.repeat(group, self.degree)
        return float(np.mean(own == group[self.indices]))


def from_pairs(n: int, src: NDArray[Any], dst: NDArray[Any]) -> Network:
    """The network of the ties ``src[i]``–``dst[i]``.

    Parameters
    ----------
    n : number of people, 0 ≤ n < 2**31.
    src, dst : integers [m] in 0 … n − 1, in any order and either direction; self-loops and repetitions are dropped.

    Returns
    -------
    The canonical network: any order or direction of the same pairs gives the same arrays.

    Raises
    ------
    ValueError : the lengths differ, or somebody is not in 0 … n − 1.
    """
    if src.shape != dst.shape:
        message = f"src and dst must be equally long, not {src.size} and {dst.size}"
        raise ValueError(message)
    if src.size and (min(src.min(), dst.min()) < 0 or max(src.max(), dst.max()) >= n):
        message = f"every end of a tie must lie in 0 … {n - 1}"
        raise ValueError(message)
    different = src != dst
    one, other = src[different].astype(np.int64), dst[different].astype(np.int64)
    cells = np.concatenate((one * n + other, other * n + one))
    del one, other
    cells = ascending_distinct(cells)
    indptr = np.searchsorted(cells, np.arange(n + 1, dtype=np.int64) * n).astype(np.int64)
    cells -= np.repeat(np.arange(n, dtype=np.int64) * n, np.diff(indptr))
    return Network(indptr, cells.astype(np.int32))


def ascending_distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The different ``values`` in ascending order; sorts its argument in place, which np.unique would copy and hash."""
    values.sort()
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if values.size else values


@compiled(entry=True)
def _mean_local_clustering(indptr: Any, indices: Any, people: Any) -> float:
    total = 0.0
    friend_of = np.full(len(indptr) - 1, -1, np.int64)
    for person in people:
        friends = indices[indptr[person] : indptr[person + 1]]
        for friend in friends:
            friend_of[friend] = person
        links = 0
        for friend in friends:
            for at in range(indptr[friend], indptr[friend + 1]):
                links += friend_of[indices[at]] == person
        if len(friends) > 1:
            total += links / (len(friends) * (len(friends) - 1))
    return total / len(people)
