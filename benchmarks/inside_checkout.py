"""What ``checkouts.py`` starts within a checkout: the ``sim`` that lies there makes runs, or its tests draw scenarios.

``python inside_checkout.py runs|scenarios FOLDER JSON``, the checkout being working directory and ``PYTHONPATH``. Only
the public door is used, which stays where it is when modules move.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import sim

#: Neighbours are mutations of one another: of so many scenarios one is kept.
APART = 8


def runs(folder: Path, cases: list[dict[str, Any]]) -> None:
    """Make one run a case and write its tables, or why it failed, to a folder of the case's name."""
    for number, case in enumerate(cases, 1):
        print(f"  {number}/{len(cases)} {case['name']} ({Path.cwd()})", file=sys.stderr, flush=True)
        made = folder / case["name"]
        made.mkdir(parents=True)
        try:
            model = sim.CommunityModel(sim.load(case["file"], case["set"]).scenario, **case["how"])
            model.run_model()
            for name, table in (model.tables() | people(model)).items():
                table.to_parquet(made / f"{name}.parquet")
        except Exception as error:  # one checkout may fail where the other does not
            (made / "failed.txt").write_text(f"{type(error).__name__}: {error}", encoding="utf-8")


def people(model: sim.CommunityModel) -> dict[str, Any]:
    """Everybody on the last day: the series adds people up in fixed point, where the last bit of a tie is lost."""
    users = getattr(model, "users", None)
    return {"people": users.to_frame()} if hasattr(users, "to_frame") else {}


def scenarios(folder: Path, number: int) -> None:
    """Write random scenarios of the property tests as files, complete; the same ones every time."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from tests import scenarios as strategies

    drawn: list[sim.Scenario] = []

    @seed(1)
    @settings(
        max_examples=number * APART,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.scenarios(people=200, days=90))
    def draw(scenario: sim.Scenario) -> None:
        drawn.append(scenario)

    draw()
    folder.mkdir(parents=True)
    for name, scenario in enumerate(drawn[APART - 1 :: APART], 1):
        file = folder / f"{name:03}.yaml"  # JSON is YAML
        file.write_text(scenario.model_dump_json(indent=1), encoding="utf-8")
        assert sim.load(file).scenario == scenario, f"{file.name} says something else than was drawn"


if __name__ == "__main__":
    task, place, asked = sys.argv[1:]
    assert Path(sim.__file__).resolve().parent == Path.cwd().resolve() / "sim", (
        f"another sim is in the way: {sim.__file__}"
    )
    try:
        {"runs": runs, "scenarios": scenarios}[task](Path(place), json.loads(asked))
    except KeyboardInterrupt:  # checkouts.py says so
        sys.exit(130)
