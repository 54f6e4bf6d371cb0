"""Parts on disk: what is committed, what readers make of it, and queries."""

from __future__ import annotations

import errno
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.lab.store import parts as module
from sim.lab.store.ledger import BROKEN, read_ledger
from sim.lab.store.parts import DAILY, PARTS, RUNS, Layout, PartWriter, Row, point_key, run_id
from sim.lab.store.query import ask, export, read_daily, read_runs, results_digest
from sim.lab.store.version import model_version

LAYOUT = Layout((("a.b", "number"), ("n", "integer"), ("on", "switch"), ("kind", "choice")), ("x", "y"), ("x", "z"))
VERSION = "v1"


def row(number: int, *, failed: bool = False, seconds: float = 0.5) -> Row:
    values = (0.5 * number, number, number % 2 == 0, None if number == 3 else f"k{number}")
    fixed = (f"id{number:04d}", number, 0, 7, values, seconds)
    if failed:
        return Row(*fixed, error="no", error_type="ArithmeticError", trace="t")
    return Row(*fixed, np.array([1.5 * number, np.nan]), np.arange(6.0).reshape(2, 3) + number)


def write(folder: Path, *rows: Row, version: str = VERSION, series: str | None = None) -> None:
    writer = PartWriter(folder, LAYOUT, version, series)
    for each in rows:
        writer.add(each)
    writer.commit()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / PARTS).mkdir()
    return tmp_path


def test_ids_name_what_decides_the_numbers() -> None:
    key = point_key({"a": 1.0, "b": {"c": 2}}, "v1")
    assert key == point_key({"b": {"c": 2}, "a": 1.0}, "v1")
    others = [point_key({"a": 1.5, "b": {"c": 2}}, "v1"), point_key({"a": 1.0, "b": {"c": 2}}, "v2")]
    ids = {run_id(each, replicate) for each in [key, *others] for replicate in range(3)}
    assert len(ids) == 9
    assert {len(each) for each in ids} == {24}
    assert model_version() == model_version()
    with pytest.raises(ValueError, match="JSON"):
        point_key({"a": float("nan")}, "v1")


def test_rows_come_back_as_they_were(folder: Path) -> None:
    write(folder, *(row(number) for number in range(4)), row(9, failed=True))
    ledger = read_ledger(folder, VERSION)
    assert (ledger.count("done"), ledger.count("failed"), ledger.notes) == (4, 1, ())
    runs, daily = read_runs(ledger), read_daily(ledger)
    assert runs["run_id"].tolist() == ["id0000", "id0001", "id0002", "id0003", "id0009"]
    assert runs["a.b"].tolist() == [0, 0.5, 1, 1.5, 4.5]
    assert runs["on"].tolist() == [True, False, True, False, False]
    assert runs["kind"].isna().tolist() == [False, False, False, True, False]
    assert runs["x"].tolist()[:4] == [0, 1.5, 3, 4.5]
    assert runs["y"].isna().all()
    assert runs["error"].tolist()[-1] == "no"
    assert runs["digest"].tolist()[-1] == ""
    assert len(daily) == 4 * 3
    assert daily["z"].tolist()[:3] == [3, 4, 5]


def test_a_part_is_due_by_time_or_number(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    writer = PartWriter(folder, LAYOUT, VERSION)
    assert not writer.is_due
    for number in range(64):
        writer.add(row(number, seconds=0.0))
    assert not writer.is_due, "small runs wait a second"
    now[0] = 1.1
    assert writer.is_due
    writer.commit()
    assert not writer.is_due
    writer.add(row(99, seconds=4.0))
    assert not writer.is_due
    writer.add(row(98, seconds=4.0))
    now[0] = 2.2
    assert writer.is_due


def test_a_run_counts_only_when_its_part_has_its_name(folder: Path) -> None:
    write(folder, row(1), series="a")
    (folder / PARTS / f"b-00000{DAILY}").write_bytes((folder / PARTS / f"a-00000{DAILY}").read_bytes())
    (folder / PARTS / f".b-00000{RUNS}.1-1.tmp").write_bytes((folder / PARTS / f"a-00000{RUNS}").read_bytes())
    ledger = read_ledger(folder, VERSION)
    assert len(ledger.entries) == 1
    assert len(read_daily(ledger)) == 3
    assert ledger.notes == ()


@pytest.mark.parametrize("ending", [RUNS, DAILY])
@pytest.mark.parametrize("damage", ["truncated", "empty", "gone"])
def test_a_broken_part_is_set_aside_with_its_runs(folder: Path, ending: str, damage: str) -> None:
    write(folder, row(1), series="a")
    write(folder, row(2), series="b")
    path = folder / PARTS / f"b-00000{ending}"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] if damage == "truncated" else b"")
    if damage == "gone":
        path.unlink()
    ledger = read_ledger(folder, VERSION)
    assert [entry.run_id for entry in ledger.entries.values()] == ["id0001"]
    assert len(read_runs(ledger)) == 1
    if (ending, damage) == (RUNS, "gone"):
        return  # never committed
    assert ledger.notes == (f"1 part could not be read and lies in {folder / PARTS / BROKEN}",)
    assert ledger.told(3, 4, "again")[0] == "3 of 4 runs are missing: go on with again"
    assert ledger.told(0, 4, "again") == list(ledger.notes)
    assert "made again" in (folder / PARTS / BROKEN / "b-00000.txt").read_text(encoding="utf-8")
    assert not list((folder / PARTS).glob("b-*"))
    assert read_ledger(folder, VERSION).notes == ledger.notes, "as long as it lies there"


def test_a_part_that_is_not_set_aside_is_noted(folder: Path) -> None:
    write(folder, row(1), series="a")
    (folder / PARTS / f"a-00000{RUNS}").write_bytes(b"")
    (note,) = read_ledger(folder, VERSION, mend=False).notes
    assert note == "parts that cannot be read do not count: a-00000"


def test_a_flipped_byte_is_noticed(folder: Path) -> None:
    write(folder, *(row(number) for number in range(50)), series="a")
    path = folder / PARTS / f"a-00000{RUNS}"
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    assert read_ledger(folder, VERSION).entries == {}


def test_parts_of_another_version_stay_and_do_not_count(folder: Path) -> None:
    write(folder, row(1))
    write(folder, row(2), row(3), version="v0")
    ledger = read_ledger(folder, VERSION)
    assert len(ledger.entries) == 1
    assert ledger.notes == ("2 runs were made by another version of the model (v0); they are kept and do not count",)
    assert len(read_ledger(folder, "v0").entries) == 2


def test_a_run_made_twice_counts_once(folder: Path) -> None:
    write(folder, row(1), row(2, failed=True), row(3, failed=True), series="a")
    write(folder, row(1, seconds=9.0), row(2), row(4), series="b")
    ledger = read_ledger(folder, VERSION)
    runs = read_runs(ledger)
    assert runs["run_id"].tolist() == ["id0001", "id0002", "id0003", "id0004"]
    assert runs["status"].tolist() == ["done", "done", "failed", "done"]
    assert runs["seconds"].tolist() == [0.5, 0.5, 0.5, 0.5]
    assert read_daily(ledger).groupby("run_id").size().to_dict() == {"id0001": 3, "id0002": 3, "id0004": 3}


def test_the_digest_knows_results_and_not_circumstances(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / PARTS).mkdir(parents=True)
    write(folder, *(row(number) for number in range(5)), row(7, failed=True))
    write(other, row(7, failed=True, seconds=3.0), row(4, seconds=2.0), row(1))
    write(other, row(0), row(3), row(2), row(1))
    first = results_digest(read_ledger(folder, VERSION))
    assert results_digest(read_ledger(other, VERSION)) == first
    assert read_daily(read_ledger(other, VERSION)).equals(read_daily(read_ledger(folder, VERSION)))
    write(other, row(8))
    assert results_digest(read_ledger(other, VERSION)) != first
    assert row(1).digest != row(2).digest


@pytest.mark.parametrize("which", [1, 2])
def test_a_full_disk_leaves_nothing_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch, which: int) -> None:
    write(folder, row(1))
    original, calls = os.fsync, [0]

    def full(handle: int) -> None:
        calls[0] += 1
        if calls[0] >= (1 if which == 1 else 3):  # each file: itself and its folder
            raise OSError(errno.ENOSPC, "No space left on device")
        original(handle)

    writer = PartWriter(folder, LAYOUT, VERSION)
    writer.add(row(2))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="the disk is full"):
        writer.commit()
    monkeypatch.undo()
    assert len(read_ledger(folder, VERSION).entries) == 1
    assert not [path for path in (folder / PARTS).iterdir() if path.name.endswith(".tmp")]
    assert len(writer.commit()) == 1, "the run still waits"
    assert len(read_ledger(folder, VERSION).entries) == 2


def test_nothing_yet(folder: Path) -> None:
    ledger = read_ledger(folder, VERSION)
    assert len(read_runs(ledger)) == 0
    assert ask(ledger, "SELECT count(*) FROM daily")[1] == [(0,)]
    assert len(results_digest(ledger)) == 64


@pytest.fixture
def asked(folder: Path) -> Any:
    write(folder, *(row(number) for number in range(4)))
    ledger = read_ledger(folder, VERSION)
    return lambda sql: ask(ledger, sql)


def test_questions(asked: Any) -> None:
    assert asked('SELECT max("a.b") AS most FROM runs') == (["most"], [(1.5,)])
    assert asked("FROM daily SELECT avg(z) WHERE day = 2")[1] == [(6.5,)]
    assert asked("WITH a AS (SELECT 1 AS b) SELECT b FROM a; ")[1] == [(1,)]
    assert asked("SELECT avg(y) FROM runs")[1] == [(None,)]


@pytest.mark.parametrize(
    "sql",
    [
        "COPY runs TO 'x.csv'",
        "CREATE TABLE t (i INT)",
        "DROP VIEW runs",
        "ATTACH 'x.db'",
        "SET enable_external_access = true",
        "SELECT 1; SELECT 2",
        "SELECT 1; COPY runs TO 'x.csv'",
        "PRAGMA version",
        "INSTALL httpfs",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT getenv('PATH')",
        "SELECT nothing FROM runs",
        "SELECT * FROM ledger",
        "nonsense",
        "",
    ],
)
def test_a_query_only_asks_and_only_the_sweep(asked: Any, sql: str, tmp_path: Path) -> None:
    before = sorted(path for path in tmp_path.rglob("*"))
    with pytest.raises(InputError, match="runs, daily, plan"):
        asked(sql)
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_a_folder_with_odd_letters(tmp_path: Path) -> None:
    odd = tmp_path / "it's [a] *folder? 试"
    (odd / PARTS).mkdir(parents=True)
    write(odd, row(1), row(2))
    write(odd, row(2))
    ledger = read_ledger(odd, VERSION)
    assert ask(ledger, "SELECT count(*) FROM daily")[1] == [(6,)]
    assert len(read_runs(ledger)) == 2


def test_exports(folder: Path) -> None:
    import pyarrow.parquet as pq

    write(folder, row(1), row(0))
    (folder / "plan.parquet").write_bytes(next((folder / PARTS).glob(f"*{RUNS}")).read_bytes())
    ledger = read_ledger(folder, VERSION)
    names = [path.name for path in export(ledger, folder / "out", "parquet")]
    assert names == ["runs.parquet", "daily.parquet", "plan.parquet"]
    assert pq.read_table(folder / "out" / "runs.parquet")["point"].to_pylist() == [0, 1]
    assert len((export(ledger, folder / "out", "csv")[1]).read_text(encoding="utf-8").splitlines()) == 7
    pytest.importorskip("xlsxwriter", reason="the extra 'excel' is not installed")
    (book,) = export(ledger, folder / "out", "xlsx")
    with zipfile.ZipFile(book) as archive:
        assert "xl/worksheets/sheet2.xml" in archive.namelist()


def test_a_damaged_plan_is_no_crash(folder: Path) -> None:
    write(folder, row(1))
    (folder / "plan.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(InputError, match=r"plan\.parquet: the table is damaged"):
        read_runs(read_ledger(folder, VERSION))


def test_workbooks_are_an_extra(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, row(1))
    with pytest.raises(InputError, match=r"plan\.parquet: there is no such table"):
        export(read_ledger(folder, VERSION), folder / "out", "xlsx")
    (folder / "plan.parquet").write_bytes(next((folder / PARTS).glob(f"*{RUNS}")).read_bytes())
    monkeypatch.setattr("sim.lab.store.query.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"\[excel\]"):
        export(read_ledger(folder, VERSION), folder / "out", "xlsx")
