"""Networks are canonical, and the made ones have the properties they are asked for."""

from __future__ import annotations

from typing import Any

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.engine.draws import Purpose, root_key, uniforms
from sim.errors import InputError
from sim.market.generate import KINDS, generate
from sim.market.network import CLUSTERING_SAMPLE, Network, from_pairs


def made(kind: str, n: int, *, seed: int = 7, tribes: int = 18, **settings: float) -> tuple[Network, NDArray[np.int32]]:
    key = root_key(seed, 0)
    tribe = (uniforms(key, np.arange(n), Purpose.TRIBE) * tribes).astype(np.int32)
    chosen: dict[str, Any] = {"mean_degree": 10.0, "homophily": 0.93, "clustering": 0.25, "rewiring": 0.1, "tail": 3.0}
    return generate(kind, n, key, tribe=tribe, tribes=tribes, **(chosen | settings)), tribe


def tail_exponent(degree: NDArray[np.int64]) -> float:
    """Maximum likelihood over the upper tenth (Clauset, Shalizi & Newman 2009, equation 3.7)."""
    upper = degree[degree >= np.quantile(degree, 0.9)]
    return 1.0 + upper.size / float(np.log(upper / (upper.min() - 0.5)).sum())


def assert_canonical(network: Network) -> None:
    assert network.indptr.dtype == np.int64
    assert network.indices.dtype == np.int32
    assert network.indptr[0] == 0
    assert network.indptr[-1] == network.indices.size == 2 * network.edges
    own = np.repeat(np.arange(network.n), network.degree)
    assert (own != network.indices).all()
    cells = own * max(network.n, 1) + network.indices
    assert (np.diff(cells) > 0).all()
    assert np.array_equal(np.sort(network.indices.astype(np.int64) * max(network.n, 1) + own), cells)


pairs_of_nine = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=60)


@given(pairs=pairs_of_nine, flips=st.lists(st.booleans(), min_size=60, max_size=60), shuffle=st.randoms())
def test_the_order_and_direction_of_pairs_change_nothing(pairs: Any, flips: list[bool], shuffle: Any) -> None:
    other = [pair[::-1] if flip else pair for pair, flip in zip(pairs, flips, strict=False)]
    shuffle.shuffle(other)
    one, two = (from_pairs(9, *np.array(rows, dtype=np.int64).reshape(-1, 2).T) for rows in (pairs, other))
    assert one.indptr.tobytes() == two.indptr.tobytes()
    assert one.indices.tobytes() == two.indices.tobytes()
    assert_canonical(one)
    assert one.edges == len({frozenset(pair) for pair in pairs if pair[0] != pair[1]})


@settings(deadline=None)
@given(pairs=pairs_of_nine)
def test_clustering_agrees_with_networkx(pairs: list[tuple[int, int]]) -> None:
    network = from_pairs(9, *np.array(pairs, dtype=np.int64).reshape(-1, 2).T)
    graph = networkx.Graph((a, b) for a, b in pairs if a != b)
    graph.add_nodes_from(range(9))
    assert network.clustering == pytest.approx(networkx.average_clustering(graph))


def test_sampled_clustering_is_near_the_whole() -> None:
    network, _ = made("homophilous", 3 * CLUSTERING_SAMPLE)
    graph = networkx.Graph()
    graph.add_nodes_from(range(network.n))
    graph.add_edges_from(zip(np.repeat(np.arange(network.n), network.degree), network.indices, strict=True))
    assert network.clustering == pytest.approx(networkx.average_clustering(graph), abs=0.015)


@pytest.mark.parametrize(("src", "dst"), [([0, 3], [1, 1]), ([-1], [1]), ([0, 1], [1])])
def test_impossible_pairs_are_refused(src: list[int], dst: list[int]) -> None:
    with pytest.raises(ValueError, match=r"must"):
        from_pairs(3, np.array(src), np.array(dst))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [0, 1, 2, 3, 40, 700])
def test_every_kind_is_canonical_and_repeatable(kind: str, n: int) -> None:
    one, two, other = made(kind, n)[0], made(kind, n)[0], made(kind, n, seed=8)[0]
    assert_canonical(one)
    assert one.n == n
    assert one.indices.tobytes() == two.indices.tobytes()
    if n == 700 and kind not in {"none", "complete"}:
        assert one.indices.tobytes() != other.indices.tobytes()


@pytest.mark.parametrize("kind", ["random", "homophilous", "small_world", "heavy_tailed"])
@pytest.mark.parametrize("mean_degree", [0.0, 1.0, 7.0, 10.5, 15.0])
def test_mean_degree_is_met(kind: str, mean_degree: float) -> None:
    assert made(kind, 4_000, mean_degree=mean_degree)[0].mean_degree == pytest.approx(mean_degree, abs=0.001)


def test_none_and_complete() -> None:
    assert made("none", 50)[0].edges == 0
    complete, _ = made("complete", 50)
    assert complete.edges == 50 * 49 // 2
    assert complete.clustering == 1.0
    with pytest.raises(InputError, match="5000 people"):
        made("complete", 5_001)


def test_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(InputError, match="Did you mean heavy_tailed"):
        made("heavy_tail", 10)


def test_random_has_poisson_degrees_and_no_clustering() -> None:
    network, tribe = made("random", 20_000)
    assert network.degree.var() == pytest.approx(10.0, rel=0.05)
    assert network.clustering < 0.005
    assert network.same_share(tribe) == pytest.approx(1 / 18, abs=0.005)


def test_a_dense_random_network_has_all_its_ties() -> None:
    assert made("random", 30, mean_degree=100.0)[0].edges == 30 * 29 // 2
    assert made("random", 30, mean_degree=28.0)[0].mean_degree == 28.0


@pytest.mark.parametrize(("rewiring", "clustering"), [(0.0, 2 / 3), (0.1, 2 / 3 * 0.9**3), (1.0, 0.005)])
def test_small_world_follows_barrat_and_weigt(rewiring: float, clustering: float) -> None:
    """Clustering 3(k − 2) / 4(k − 1) × (1 − p)³ (Barrat & Weigt 2000)."""
    network, _ = made("small_world", 10_000, rewiring=rewiring)
    assert network.clustering == pytest.approx(clustering, abs=0.02)


@pytest.mark.parametrize("kind", ["homophilous", "heavy_tailed"])
@pytest.mark.parametrize(("mean_degree", "clustering"), [(7.0, 0.14), (10.0, 0.25), (15.0, 0.36)])
@pytest.mark.parametrize("n", [2_000, 45_000])
def test_realistic_networks_lie_where_real_ones_do(kind: str, mean_degree: float, clustering: float, n: int) -> None:
    network, tribe = made(kind, n, mean_degree=mean_degree, clustering=clustering)
    assert network.clustering == pytest.approx(clustering, abs=0.035)
    assert network.same_share(tribe) == pytest.approx(0.87, abs=0.03)
    assert network.degree.std() > 0.6 * mean_degree
    assert (network.degree == 0).mean() < 0.03


@pytest.mark.parametrize("tail", [2.6, 3.0, 3.8, 4.9])
def test_heavy_tails_have_their_exponent(tail: float) -> None:
    network, _ = made("heavy_tailed", 60_000, tail=tail)
    assert tail_exponent(network.degree) == pytest.approx(tail, abs=0.25)


def test_homophily_from_chance_to_certainty() -> None:
    shares = [made("homophilous", 5_000, tribes=6, homophily=h)[0].same_share(made("none", 5_000, tribes=6)[1]) for h in
              (0.0, 0.3, 0.6, 0.9, 1.0)]  # fmt: skip
    assert shares == sorted(shares)
    assert shares[0] == pytest.approx(1 / 6, abs=0.015)
    assert shares[-1] > 0.99


def test_nearer_tribes_are_closer() -> None:
    network, tribe = made("homophilous", 20_000, tribes=6, homophily=0.6, clustering=0.0)
    own = np.repeat(tribe, network.degree)
    apart = np.abs(own - tribe[network.indices])
    count = np.bincount(np.minimum(apart, 6 - apart), minlength=4) / [1, 2, 2, 1]
    assert count[1:] / count[:-1] == pytest.approx(0.4, abs=0.03)


def test_the_sociable_have_no_more_luck_with_low_numbers() -> None:
    degree = made("homophilous", 20_000, clustering=0.36)[0].degree
    halves = degree[:10_000].mean(), degree[10_000:].mean()
    assert halves[0] == pytest.approx(halves[1], rel=0.05)


def test_tribes_of_any_size_are_equally_sociable() -> None:
    n = 6_000
    tribe = np.minimum(np.arange(n) // 500, 3).astype(np.int32)  # three of 500, one of 4,500
    network = generate(
        "homophilous", n, root_key(3, 0), mean_degree=10.0, tribe=tribe, tribes=5, homophily=0.9, clustering=0.2,
        rewiring=0.0, tail=3.0,
    )  # fmt: skip
    means = [network.degree[tribe == t].mean() for t in range(4)]
    assert min(means) > 0.75 * max(means)
