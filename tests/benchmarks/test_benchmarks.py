"""That every benchmark runs, on tiny sizes, and that its record has what it promises. Nothing here is timed."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
MODULES = ("run", "record", "adoption", "engine", "scaling", "sweep", "store", "first_result")
MODULES += ("checkouts", "differences")

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _benchmarks_on_path(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")  # in the processes that are started: nothing is compiled
    yield
    for name in MODULES:
        sys.modules.pop(name, None)


def benchmark(name: str) -> ModuleType:
    return importlib.import_module(name)


def checked(record: dict[str, Any], name: str) -> dict[str, Any]:
    """The record as a reader of the file gets it."""
    read: dict[str, Any] = json.loads(json.dumps(record, allow_nan=False))
    assert read["benchmark"] == name
    assert read["machine"]["cores"] >= 1
    assert read["python"]
    return read


def is_spread(value: dict[str, float]) -> bool:
    return 0.0 < value["min"] <= value["median"] <= value["max"]


def test_adoption() -> None:
    adoption = benchmark("adoption")
    few = [rival._replace(threads=(1,)) for rival in adoption.RIVALS if rival.name in {"ours", "mesa", "ceiling"}]
    gone = adoption.Rival("gone", "rivals/gone.py", "no_such_module")
    record = checked(adoption.measure(sizes=(100,), repetitions=1, days=4, rivals=[*few, gone]), "adoption")
    assert record["absent"] == ["gone"]
    assert [each["market"] for each in record["tables"]] == list(adoption.MARKETS)
    for each in record["tables"]:
        assert [row["name"] for row in each["rows"]] == ["ours", "mesa", "ceiling"]
        for row in each["rows"]:
            assert all(is_spread(row[name]) for name in ("speed", "times_mesa", "of_ceiling", "ours_times", "setup_s"))
            assert row["library"]
            assert row["peak_mb"] > 0.0
        assert all(row["same_model"] == "yes" for row in each["rows"] if row["name"] != "ceiling")


def test_adoption_tells_another_model() -> None:
    adoption = benchmark("adoption")
    reference = [[0.1, 0.2 + noise] for noise in (-0.01, 0.0, 0.01)]
    assert adoption._agreement([[0.1, 0.201]], reference)["same_model"] == "yes"
    assert adoption._agreement([[0.1, 0.3]], reference)["same_model"] == "NO"


def test_engine() -> None:
    record = checked(benchmark("engine").measure(people=200, repetitions=1, days=2), "engine")
    assert [(row["market"], row["threads"]) for row in record["rows"]] == [
        ("a tenth are members", 1),
        ("everybody is a member", 1),
        ("a tenth are members", 2),
        ("everybody is a member", 2),
    ]
    for row in record["rows"]:
        assert all(is_spread(row[name]) for name in ("speed", "of_ceiling", "ceiling", "members", "setup_s"))
        assert row["peak_mb"] >= row["peak_run_mb"] > 0.0
        assert row["library"]


def test_scaling() -> None:
    record = checked(benchmark("scaling").measure(sizes=(100, 200), repetitions=1, days=2), "scaling")
    assert [row["people"] for row in record["rows"]] == [100, 200]
    assert record["rows"][0]["times_smallest"] == 1.0
    assert record["flat_within"] >= 1.0


def test_sweep() -> None:
    kinds = {"sweep": 25, "sweep, a market a run": 2, "models": 2, "mesa": 2}
    record = checked(benchmark("sweep").measure(people=30, repetitions=1, days=2, kinds=kinds), "sweep")
    assert [(row["name"], row["workers"]) for row in record["rows"]] == [(kind, n) for kind in kinds for n in (1, 2)]
    assert all(is_spread(row["runs_per_s"]) and is_spread(row["times_mesa"]) for row in record["rows"])


def test_store() -> None:
    sizes = {"days": 3, "long_runs": 2, "long_people": 50, "long_days": 3}
    record = checked(benchmark("store").measure(sizes=(20, 40), repetitions=1, **sizes), "store")
    assert [row["runs"] for row in record["rows"]] == [20, 40]
    assert all(is_spread(row[name]) for row in record["rows"] for name in row if name.endswith("_s"))
    assert 0.0 <= record["overhead"]["median"] < 1.0


def test_first_result() -> None:
    options = ("--set", "market.people=60", "--set", "entrance.seeds.number=10")
    options += ("--days", "3", "--replicates", "2", "--attribution-replicates", "0")
    record = checked(benchmark("first_result").measure(quick=True, options=options), "first_result")
    assert [row["cache"] for row in record["rows"]] == ["empty", "filled"]
    for row in record["rows"]:
        assert is_spread(row["total"])
        assert {"import", "compile", "runs", "attribution", "rest"} <= row.keys()
    assert is_spread(record["help_s"])


def test_the_program_writes_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run, scaling = benchmark("run"), benchmark("scaling")
    asked: dict[str, Any] = {}

    def measure(**options: Any) -> dict[str, Any]:
        asked.update(options)
        return {"benchmark": "scaling"}

    monkeypatch.setattr(scaling, "measure", measure)
    file = tmp_path / "record.json"
    assert run.main(["scaling", "--quick", "--python", "elsewhere", "--out", str(file)]) == 0
    assert asked == {"quick": True, "pythons": ["elsewhere"]}
    assert json.loads(file.read_text(encoding="utf-8")) == [{"benchmark": "scaling"}]


def test_the_program_refuses_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        benchmark("run").main(["speed"])
    assert refused.value.code == 2
    assert "choose from adoption" in capsys.readouterr().err


def days(**columns: list[Any]) -> dict[str, pd.DataFrame]:
    """A table as a run writes it."""
    return {"series": pd.DataFrame({"scenario": "base", "replicate": 0, "day": range(3)} | columns)}


def parted(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame]) -> list[str]:
    return list(benchmark("differences").differences(before, after))


def test_equal_tables_are_the_same() -> None:
    columns: dict[str, list[Any]] = {"strong": [1, 2, 3], "cac": [0.5, float("nan"), -0.0], "kind": ["a", None, "b"]}
    assert parted(days(**columns), days(**columns)) == []


def test_the_first_row_of_each_column_that_differs_is_told() -> None:
    before = days(strong=[1, 2, 3], cac=[0.1, 0.5, 0.5], kind=["a", "b", "c"])
    after = days(strong=[1, 7, 8], cac=[0.1, 0.5, 0.5000000000000001], kind=["a", "b", None])
    assert parted(before, after) == [
        "table series, column strong, row 1 (scenario base, replicate 0, day 1, kind b): 2 != 7",
        "table series, column cac, row 2 (scenario base, replicate 0, day 2, kind c): 0.5 != 0.5000000000000001",
        "table series, column kind, row 2 (scenario base, replicate 0, day 2, kind c): 'c' != nan",
    ]


def test_zeros_differ_by_their_signs_and_nan_from_numbers() -> None:
    before, after = days(cac=[0.0, 0.0, 0.0], ltv=[float("nan")] * 3), days(cac=[0.0, -0.0, 0.0], ltv=[0.0] * 3)
    assert [line.partition(": ")[2] for line in parted(before, after)] == ["0.0 != -0.0", "nan != 0.0"]


def test_what_only_one_side_has_is_named() -> None:
    table = days(strong=[1, 2, 3])["series"]
    before = {"series": table, "events": table}
    assert parted(before, {"series": table.drop(columns="strong").assign(weak=1)}) == [
        "table events is only in BEFORE",
        "table series, column strong is only in BEFORE",
        "table series, column weak is only in AFTER",
    ]
    assert parted({"series": table}, {"series": table.head(2)}) == ["table series: 3 rows != 2 rows"]
    assert parted({"series": table}, {"series": table.assign(strong=[1.0, 2.0, 3.0])}) == [
        "table series, column strong: type int64 != float64"
    ]
    turned = table[["scenario", "replicate", "strong", "day"]]
    assert parted({"series": table}, {"series": turned}) == ["table series: its columns stand in another order"]


def test_two_checkouts_are_compared(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    checkouts, root = benchmark("checkouts"), str(BENCHMARKS.parent)
    tiny = ["market.people=60", "run.days=3"]

    def walk(pair: Any, *, quick: bool) -> list[str]:
        assert quick
        cases = [checkouts.case("tiny", "scenarios/base.yaml", tiny), checkouts.case("gone", "scenarios/gone.yaml")]
        names: list[str] = checkouts.runs(pair, "walk", cases)
        series = pair[1].made / "walk" / "tiny" / "series.parquet"
        pd.read_parquet(series).assign(members=-1).to_parquet(series)
        return names

    monkeypatch.setitem(checkouts.GROUPS, "walk", walk)
    assert checkouts.main([root, root, "--quick", "--only", "walk"]) == 1
    tiny_line, *gone_lines = capsys.readouterr().out.splitlines()
    assert tiny_line.startswith(
        "walk: tiny: DIFFERS: table series, column members, row 0 (scenario base, replicate 0, day"
    )
    assert [line.split(": ")[2:4] for line in gone_lines] == [["DIFFERS", "BEFORE failed"], ["DIFFERS", "AFTER failed"]]


def test_a_folder_that_is_no_checkout_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "run.py").touch()
    with pytest.raises(SystemExit) as refused:
        benchmark("checkouts").main([str(BENCHMARKS.parent), str(tmp_path)])
    assert refused.value.code == 2
    assert "is no checkout: sim/__init__.py, scenarios, tests missing" in capsys.readouterr().err
