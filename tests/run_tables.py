"""Run tables of functions whose answers are known, in place of a sweep of the model."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.engine.draws import Purpose, root_key, uniforms


def uniform(shape: tuple[int, ...], seed: int) -> np.ndarray:
    """Uniform numbers in [0, 1) from the model's own draws."""
    count = int(np.prod(shape))
    return uniforms(root_key(seed, 0), np.arange(count), Purpose.LATENT).reshape(shape)


def normal(shape: tuple[int, ...], seed: int) -> np.ndarray:
    """Standard normal numbers by Box and Muller."""
    u, v = uniform(shape, seed), uniform(shape, seed + 1_000_000)
    return np.sqrt(-2 * np.log1p(-u)) * np.cos(2 * np.pi * v)


def run_table(factors: Mapping[str, object], *, paired: bool = True, **metrics: np.ndarray) -> pd.DataFrame:
    """The table of a finished sweep: factors [point], and metrics [point] or [point, replicate]."""
    columns = {name: np.reshape(values, (len(values), -1)) for name, values in metrics.items()}
    points, replicates = next(iter(columns.values())).shape
    point, replicate = (each.ravel() for each in np.indices((points, replicates)))
    table = pd.DataFrame({"point": point, "replicate": replicate})
    table["run_id"] = [f"run-{number}" for number in range(len(table))]
    table["seed"] = 1 if paired else np.arange(len(table))
    table["status"] = "done"
    table["seconds"] = 0.01
    for name, values in factors.items():
        table[name] = pd.Series(values).to_numpy()[point]
    for name, values in columns.items():
        table[name] = values.ravel()
    return table


def ishigami(x: np.ndarray) -> np.ndarray:
    """Ishigami & Homma (1990), a = 7, b = 0.1."""
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def named(x: np.ndarray, names: list[str]) -> dict[str, np.ndarray]:
    """The columns of a sample by the names of its factors."""
    return dict(zip(names, x.T, strict=True))
