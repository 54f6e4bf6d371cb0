"""The order in which things are written down changes no byte."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.community import CommunityModel
from sim.model.parity import digest, first_difference
from sim.scenario import Scenario, load, to_yaml
from tests.scenarios import everything, scenarios

FEW = settings(max_examples=15)


def lived(scenario: Scenario) -> CommunityModel:
    model = CommunityModel(scenario)
    model.run_model()
    return model


def sections(text: str) -> list[str]:
    """The top-level sections of a YAML file."""
    found: list[str] = []
    for line in text.splitlines(keepends=True):
        if line[0] in " -" and found:
            found[-1] += line
        else:
            found.append(line)
    return found


@FEW
@given(scenario=scenarios(), shuffle=st.randoms(use_true_random=False))
def test_sections_of_a_file(scenario: Scenario, shuffle: Any) -> None:
    parts = sections(to_yaml(scenario))
    shuffle.shuffle(parts)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.yaml"
        file.write_text("".join(parts), encoding="utf-8")
        again = load(file).scenario
    assert again == scenario
    assert first_difference(lived(scenario).world, lived(again).world) == ""


@FEW
@given(
    pairs=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda p: p[0] != p[1]), min_size=5, max_size=60
    ),
    shuffle=st.randoms(use_true_random=False),
)
def test_rows_of_an_edge_list(pairs: list[tuple[int, int]], shuffle: Any) -> None:
    other = [pair[::-1] if shuffle.random() < 0.5 else pair for pair in pairs]
    shuffle.shuffle(other)
    digests = []
    with tempfile.TemporaryDirectory() as folder:
        for number, rows in enumerate((pairs, other)):
            file = Path(folder) / f"{number}.csv"
            file.write_text("".join(f"{a},{b}\n" for a, b in rows), encoding="utf-8")
            plain = everything().model_dump()
            plain["market"]["network"]["file"], plain["market"]["growth"] = str(file), 0.0
            plain["entrance"]["seeds"]["number"] = 2
            digests.append(digest(lived(Scenario.model_validate(plain)).world))
    assert digests[0] == digests[1]
