"""Result folders under kills, races, full disks and bad paths; tables and digests; manifests."""

from __future__ import annotations

import dataclasses
import errno
import json
import math
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.store import (
    Manifest,
    canonical_json,
    digest,
    find,
    fingerprint,
    new_folder,
    read_table,
    write_file,
    write_table,
)
from sim.store import folder as folder_module
from sim.store.manifest import FORMAT, commit, remake, versions

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and file names of POSIX")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's /dev/full and /proc")
ROOT = Path(folder_module.__file__).resolve().parents[2]

#: What the child processes below share: fill a folder with a table and a manifest for study sys.argv[2].
CHILD = """
import os, signal, sys, time
from pathlib import Path
from sim.errors import InputError
from sim.store import folder
from sim.store.folder import new_folder, write_file

path, study = Path(sys.argv[1]), sys.argv[2]

def fill(made):
    write_file(made / "series.parquet", study.encode() * 100_000)
    write_file(made / "manifest.json", '{"study": "%s", "tables": ["series"]}' % study)
"""


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD + textwrap.dedent(code), *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def make(path: Path, study: str, *, force: bool = False) -> None:
    with new_folder(path, force=force) as made:
        write_table(made, "series", series())
        write_file(made / "manifest.json", json.dumps({"study": study, "tables": ["series"]}))


def series() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "scenario": ["得到", "得到", "xiaomi", None],
            "replicate": np.array([0, 1, 0, 1], dtype=np.int32),
            "day": [1, 2, 1, 2],
            "revenue": [0.1, math.nan, math.inf, -0.0],
            "won": [True, False, True, True],
        }
    )


def hidden(parent: Path) -> list[str]:
    return sorted(path.name for path in parent.iterdir() if path.name.startswith("."))


class TestNewFolder:
    def test_is_not_there_until_it_is_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "study"
        with new_folder(path) as made:
            write_file(made / "a.txt", "小")
            assert made.parent == tmp_path
            assert not path.exists()
        assert (path / "a.txt").read_text(encoding="utf-8") == "小"
        assert hidden(tmp_path) == []

    @pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
    def test_an_error_leaves_nothing(self, tmp_path: Path, error: type[BaseException]) -> None:
        with pytest.raises(error), new_folder(tmp_path / "study") as made:
            write_file(made / "a.txt", "half")
            raise error
        assert list(tmp_path.iterdir()) == []

    def test_makes_one_missing_parent(self, tmp_path: Path) -> None:
        make(tmp_path / "results" / "study", "A")
        assert find(tmp_path / "results" / "study", "A") == "same"

    def test_takes_an_empty_folder(self, tmp_path: Path) -> None:
        (tmp_path / "study").mkdir()
        make(tmp_path / "study", "A")
        assert find(tmp_path / "study", "A") == "same"

    def test_follows_a_link_to_where_results_are_kept(self, tmp_path: Path) -> None:
        (tmp_path / "disk").mkdir()
        (tmp_path / "study").symlink_to(tmp_path / "disk", target_is_directory=True)
        make(tmp_path / "study", "A")
        assert find(tmp_path / "study", "A") == "same"
        assert (tmp_path / "study").is_symlink()

    def test_never_overwrites_without_force(self, tmp_path: Path) -> None:
        make(tmp_path / "study", "A")
        with pytest.raises(InputError, match=r"already holds a result.*--force"), new_folder(tmp_path / "study"):
            pytest.fail("the block must not run")
        assert find(tmp_path / "study", "A") == "same"

    def test_force_keeps_the_old_one_until_the_new_is_complete(self, tmp_path: Path) -> None:
        path = tmp_path / "study"
        make(path, "A")
        with pytest.raises(RuntimeError), new_folder(path, force=True):
            raise RuntimeError
        assert find(path, "A") == "same"
        with new_folder(path, force=True) as made:
            assert find(path, "A") == "same"
            write_file(made / "manifest.json", '{"study": "B", "tables": []}')
        assert find(path, "B") == "same"
        assert not (path / "series.parquet").exists()
        assert hidden(tmp_path) == []

    @pytest.mark.parametrize("force", [False, True])
    def test_never_removes_what_is_not_a_result(self, tmp_path: Path, force: bool) -> None:
        write_file(tmp_path / "thesis.txt", "years of work")
        with pytest.raises(InputError, match="other things"), new_folder(tmp_path, force=force):
            pytest.fail("the block must not run")
        assert (tmp_path / "thesis.txt").exists()

    def test_a_failing_swap_puts_the_old_back_and_keeps_the_new(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(made: Path, target: Path) -> None:
            raise PermissionError(errno.EACCES, "in use", str(made), None, str(target))

        path = tmp_path / "study"
        make(path, "A")
        monkeypatch.setattr(folder_module, "_place", refuse)
        with pytest.raises(InputError, match=r"in use.*kept as .*study-2"):
            make(path, "B", force=True)
        assert find(path, "A") == "same"
        assert find(tmp_path / "study-2", "B") == "same"
        assert hidden(tmp_path) == []


class TestBadPlaces:
    def test_a_file(self, tmp_path: Path) -> None:
        write_file(tmp_path / "study", "a file")
        for force in (False, True):
            with pytest.raises(InputError, match="is a file"), new_folder(tmp_path / "study", force=force):
                pytest.fail("the block must not run")

    @pytest.mark.parametrize("below", ["file/study", "file/deeper/study"])
    def test_below_a_file(self, tmp_path: Path, below: str) -> None:
        write_file(tmp_path / "file", "")
        with pytest.raises(InputError, match="file is a file"), new_folder(tmp_path / below):
            pytest.fail("the block must not run")

    def test_two_missing_parents_are_a_slip(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="does not exist"), new_folder(tmp_path / "no" / "such" / "study"):
            pytest.fail("the block must not run")
        assert list(tmp_path.iterdir()) == []

    def test_a_name_too_long(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="cannot be written"), new_folder(tmp_path / ("长" * 200)):
            pytest.fail("the block must not run")

    @linux
    def test_where_even_root_may_not_write(self) -> None:
        with pytest.raises(InputError, match="cannot be written"), new_folder(Path("/proc/study")):
            pytest.fail("the block must not run")

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
    def test_a_parent_without_permission(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(InputError, match="cannot be written"), new_folder(tmp_path / "study"):
            pytest.fail("the block must not run")

    @linux
    def test_a_full_disk(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="disk is full"), new_folder(tmp_path / "study") as made:
            (made / "series.parquet").symlink_to("/dev/full")
            (made / "series.parquet").write_bytes(b"0" * 100_000)
        assert list(tmp_path.iterdir()) == []

    def test_a_full_disk_while_syncing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_handle: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        write_file(tmp_path / "a.txt", "old")
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(InputError, match="disk is full"):
            write_file(tmp_path / "a.txt", "new")
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"

    def test_errors_of_the_block_stay_what_they_are(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError), new_folder(tmp_path / "study"):
            (tmp_path / "no such file").read_text(encoding="utf-8")


@posix
class TestKills:
    def test_kill_in_the_middle_of_writing(self, tmp_path: Path) -> None:
        path = tmp_path / "study"
        process = child(
            """
            with new_folder(path) as made:
                fill(made)
                print("half", flush=True)
                time.sleep(60)
            """,
            path,
            "A",
        )
        assert heard(process) == "half"
        assert len(hidden(tmp_path)) == 1
        assert find(path, "A") == "absent"
        assert len(hidden(tmp_path)) == 1, "the writer is alive: its folder must stay"
        process.kill()
        process.communicate()
        assert not path.exists()
        make(path, "A")
        assert find(path, "A") == "same"
        assert hidden(tmp_path) == []

    def test_kill_between_the_two_renames_of_a_swap(self, tmp_path: Path) -> None:
        path = tmp_path / "study"
        make(path, "A")
        process = child(
            """
            folder._place = lambda made, target: os.kill(os.getpid(), signal.SIGKILL)
            with new_folder(path, force=True) as made:
                fill(made)
            """,
            path,
            "B",
        )
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert not path.exists()
        assert find(path, "A") == "same", "the old result is put back"
        assert hidden(tmp_path) == []

    def test_kills_at_any_moment_leave_a_whole_result(self, tmp_path: Path) -> None:
        path = tmp_path / "study"
        make(path, "A")
        for delay in (0.003, 0.017, 0.041, 0.06):
            process = child(
                """
                print("ready", flush=True)
                while True:
                    with new_folder(path, force=True) as made:
                        fill(made)
                """,
                path,
                "A",
            )
            assert heard(process) == "ready"
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(delay)
            process.kill()
            process.communicate()
            assert find(path, "A") == "same"
            assert [entry.name for entry in tmp_path.iterdir()] == ["study"]

    def test_another_machines_work_is_left_alone(self, tmp_path: Path) -> None:
        other = tmp_path / ".study.elsewhere-1-0.tmp"
        other.mkdir()
        make(tmp_path / "study", "A")
        assert other.exists()


class TestRaces:
    CODE = """
    try:
        with new_folder(path) as made:
            fill(made)
            print("ready", flush=True)
            sys.stdin.readline()
    except InputError as error:
        sys.exit(str(error))
    """

    def race(self, path: Path, *studies: str) -> list[tuple[int, str]]:
        racers = [child(self.CODE, path, study) for study in studies]
        assert [heard(racer) for racer in racers] == ["ready"] * len(racers)
        for racer in racers:
            assert racer.stdin is not None
            racer.stdin.write("go\n")
            racer.stdin.flush()
        ends = [racer.communicate()[1] for racer in racers]
        return [(racer.returncode, end) for racer, end in zip(racers, ends, strict=True)]

    def test_the_same_study_twice(self, tmp_path: Path) -> None:
        assert self.race(tmp_path / "study", "A", "A") == [(0, ""), (0, "")]
        assert find(tmp_path / "study", "A") == "same"
        assert [path.name for path in tmp_path.iterdir()] == ["study"]

    def test_two_studies_for_one_place(self, tmp_path: Path) -> None:
        ends = self.race(tmp_path / "study", "A", "B")
        loser, winner = ("A", "B") if ends[0][0] else ("B", "A")
        assert sorted(code for code, _ in ends) == [0, 1]
        assert "another process" in max(ends)[1]
        assert find(tmp_path / "study", winner) == "same"
        assert find(tmp_path / "study-2", loser) == "same", "nobody's finished work is lost"
        assert hidden(tmp_path) == []


class TestFind:
    def test_absent(self, tmp_path: Path) -> None:
        assert find(tmp_path / "no" / "such", "A") == "absent"
        assert find(tmp_path, "A") == "absent"

    def test_same_and_other(self, tmp_path: Path) -> None:
        make(tmp_path / "study", "A")
        assert find(tmp_path / "study", "A") == "same"
        assert find(tmp_path / "study", "B") == "other"

    def test_not_a_result(self, tmp_path: Path) -> None:
        write_file(tmp_path / "notes.txt", "mine")
        assert find(tmp_path, "A") == "other"

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "null", "{}", '{"study": 1, "tables": []}', '{"study": "A"}', "\xff"]
    )
    def test_broken_manifest(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "manifest.json").write_bytes(text.encode("latin-1"))
        assert find(tmp_path, "A") == "broken"

    def test_a_table_is_gone(self, tmp_path: Path) -> None:
        make(tmp_path / "study", "A")
        (tmp_path / "study" / "series.parquet").unlink()
        assert find(tmp_path / "study", "A") == "broken"
        make(tmp_path / "study", "A", force=True)
        assert find(tmp_path / "study", "A") == "same"

    def test_a_file(self, tmp_path: Path) -> None:
        write_file(tmp_path / "study", "")
        with pytest.raises(InputError, match="is a file"):
            find(tmp_path / "study", "A")


class TestTables:
    def test_round_trip(self, tmp_path: Path) -> None:
        write_table(tmp_path, "series", series())
        pd.testing.assert_frame_equal(read_table(tmp_path, "series"), series())

    def test_equal_frames_give_equal_bytes(self, tmp_path: Path) -> None:
        first = write_table(tmp_path, "a", series())
        again = write_table(tmp_path, "b", series().set_index(pd.Index(list("wxyz"))).astype({"scenario": "category"}))
        assert first.read_bytes() == again.read_bytes()
        assert b"pandas" not in first.read_bytes()

    def test_folder_names_do_not_become_columns(self, tmp_path: Path) -> None:
        place = tmp_path / "price=9"
        place.mkdir()
        write_table(place, "series", series())
        assert list(read_table(place, "series")) == list(series())

    def test_empty_tables(self, tmp_path: Path) -> None:
        empty = pd.DataFrame({"kind": pd.Series(dtype=str), "day": pd.Series(dtype=np.int64)})
        write_table(tmp_path, "events", empty)
        pd.testing.assert_frame_equal(read_table(tmp_path, "events"), empty)
        write_table(tmp_path, "nothing", pd.DataFrame())
        assert read_table(tmp_path, "nothing").shape == (0, 0)

    def test_missing_and_damaged(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"series\.parquet: there is no such table"):
            read_table(tmp_path, "series")
        path = write_table(tmp_path, "series", series())
        path.write_bytes(path.read_bytes()[:-20])
        with pytest.raises(InputError, match=r"series\.parquet: the table is damaged"):
            read_table(tmp_path, "series")

    @pytest.mark.parametrize(
        "frame",
        [
            pd.DataFrame({"day": pd.to_datetime(["2024-01-01"])}),
            pd.DataFrame({"n": pd.array([1, None], dtype="Int64")}),
            pd.DataFrame({"mixed": ["a", 1]}),
            pd.DataFrame([[1, 2]], columns=["a", "a"]),
            pd.DataFrame([[1, 2]]),
        ],
        ids=["dates", "nullable", "mixed", "twins", "numbered"],
    )
    def test_other_kinds_are_refused(self, tmp_path: Path, frame: pd.DataFrame) -> None:
        with pytest.raises(TypeError, match="column"):
            write_table(tmp_path, "series", frame)
        with pytest.raises(TypeError, match="column"):
            digest({"series": frame})
        assert list(tmp_path.iterdir()) == []


frames = st.lists(
    st.tuples(st.one_of(st.none(), st.text(max_size=3)), st.integers(-(2**63), 2**63 - 1), st.floats(), st.booleans()),
    max_size=8,
).map(lambda rows: pd.DataFrame(rows, columns=list("abcd")).astype({"a": str, "b": np.int64, "c": float, "d": bool}))


class TestDigest:
    def test_is_what_it_was(self) -> None:
        """A change here makes every result ever written look altered."""
        known = "6d4d004f4fa6094cacb636f095c0a2801cfd6fa9319a3dbf6c85eb8184b95273"
        assert digest({"series": series()}) == known

    def test_encoding_does_not_count(self, tmp_path: Path) -> None:
        before = digest({"series": series()})
        write_table(tmp_path, "series", series())
        assert digest({"series": read_table(tmp_path, "series")}) == before
        table = pa.Table.from_pandas(series().astype({"scenario": "category"}))
        pq.write_table(table, tmp_path / "series.parquet", compression="gzip", row_group_size=1)
        assert digest({"series": read_table(tmp_path, "series")}) == before

    def test_order_and_signs_of_zero_do_not_count(self) -> None:
        frame = series()
        before = digest({"a": frame, "b": frame})
        turned = frame.iloc[::-1][["won", "day", "scenario", "revenue", "replicate"]]
        assert digest({"b": turned, "a": frame}) == before
        assert digest({"a": frame.replace({"revenue": {-0.0: 0.0}}), "b": frame}) == before

    def test_content_counts(self) -> None:
        frame = series()
        others = [
            frame.assign(day=[1, 2, 1, 3]),
            frame.assign(day=frame["day"].astype(np.int32)),
            frame.assign(revenue=[np.nextafter(0.1, 1), math.nan, math.inf, 0.0]),
            frame.assign(scenario=["得到", "得到", "xiaomi", ""]),
            frame.assign(scenario=["得到", "得到", "小米", None]),
            frame.rename(columns={"won": "lost"}),
            frame.iloc[:3],
            pd.concat([frame, frame.iloc[:1]]),
            frame.assign(won=frame["won"].to_numpy()[[1, 0, 2, 3]]),
        ]
        digests = {digest({"series": other}) for other in [frame, *others]} | {digest({"events": frame})}
        assert len(digests) == len(others) + 2

    @given(frames)
    def test_survives_the_disk(self, tmp_path_factory: pytest.TempPathFactory, frame: pd.DataFrame) -> None:
        place = tmp_path_factory.getbasetemp()
        write_table(place, "any", frame)
        assert digest({"any": read_table(place, "any")}) == digest({"any": frame})
        assert digest({"any": frame.iloc[::-1]}) == digest({"any": frame})


STUDY: dict[str, Any] = {
    "scenarios": [{"name": "得到", "market": {"people": 10_000}, "business": {"price": 199.0}}],
    "seeds": [7],
    "replicates": 20,
    "days": 730,
}


def manifest(**changes: Any) -> Manifest:
    given = STUDY | {"digest": "d", "command": ["run", "my scenario.yaml"], "timings": {"run": 1.25}} | changes
    return Manifest.of("run", **given)


class TestManifest:
    def test_round_trip(self, tmp_path: Path) -> None:
        made = manifest(settings={"vary": ["a", "b"]})
        write_table(tmp_path, "series", series())
        made.write(tmp_path)
        assert Manifest.read(tmp_path) == dataclasses.replace(made, tables=["series"])
        assert find(tmp_path, made.study) == "same"
        assert "得到" in (tmp_path / "manifest.json").read_text(encoding="utf-8")

    def test_says_how_it_was_made(self) -> None:
        made = manifest()
        assert made.remake == "python run.py run 'my scenario.yaml'" or sys.platform == "win32"
        assert {"sim", "source", "python", "platform", "machine", "numpy", "numba", "mesa", "pandas"} <= set(
            made.versions
        )
        assert made.versions["numpy"] == np.__version__

    def test_bytes_do_not_depend_on_when(self, tmp_path: Path) -> None:
        manifest().write(tmp_path)
        first = (tmp_path / "manifest.json").read_bytes()
        manifest().write(tmp_path)
        assert (tmp_path / "manifest.json").read_bytes() == first

    @posix
    def test_file_names_that_are_no_text(self, tmp_path: Path) -> None:
        manifest(command=["run", os.fsdecode(b"\xff.yaml")]).write(tmp_path)
        assert Manifest.read(tmp_path).command == ["run", "\\udcff.yaml"]

    def test_not_a_result(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="not a result folder"):
            Manifest.read(tmp_path)
        with pytest.raises(InputError, match="not a result folder"):
            Manifest.read(tmp_path / "absent")

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": "x"}', "\xff"])
    def test_damaged(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "manifest.json").write_bytes(text.encode("latin-1"))
        with pytest.raises(InputError, match=r"manifest\.json: the manifest is damaged"):
            Manifest.read(tmp_path)

    def test_a_later_format(self, tmp_path: Path) -> None:
        dataclasses.replace(manifest(), format=FORMAT + 1).write(tmp_path)
        with pytest.raises(InputError, match="later version"):
            Manifest.read(tmp_path)

    def test_what_a_later_program_added_is_passed_over(self, tmp_path: Path) -> None:
        manifest().write(tmp_path)
        content = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
        write_file(tmp_path / "manifest.json", json.dumps(content | {"weather": "fine"}))
        assert Manifest.read(tmp_path) == manifest()

    def test_commit_without_git(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        assert commit() is None

    def test_versions_of_what_is_absent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sim.store.manifest._DISTRIBUTIONS", ("no-such-distribution",))
        assert versions()["no-such-distribution"] == "not installed"

    @posix
    def test_remake_can_be_pasted(self) -> None:
        assert remake(["run", "a b.yaml", "--set", "x='1'"]) == """python run.py run 'a b.yaml' --set 'x='"'"'1'"'"''"""


class TestFingerprint:
    def test_timings_threads_and_folder_do_not_count(self) -> None:
        one = manifest()
        other = manifest(timings={"run": 9.0}, command=["run", "my scenario.yaml", "--threads", "2", "--lang", "zh"])
        assert one.study == other.study == fingerprint("run", **STUDY)

    @pytest.mark.parametrize(
        "change",
        [
            {"seeds": [8]},
            {"replicates": 21},
            {"days": 731},
            {"settings": {"vary": "x"}},
            {"scenarios": [STUDY["scenarios"][0] | {"market": {"people": 10_001}}]},
            {"scenarios": STUDY["scenarios"] * 2},
        ],
    )
    def test_what_decides_the_numbers_counts(self, change: dict[str, Any]) -> None:
        assert fingerprint("run", **STUDY | change) != fingerprint("run", **STUDY)

    def test_command_and_sources_count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = fingerprint("run", **STUDY)
        assert fingerprint("compare", **STUDY) != before
        monkeypatch.setattr("sim.store.manifest.source_hash", lambda: "edited")
        assert fingerprint("run", **STUDY) != before

    def test_order_of_keys_does_not_count(self) -> None:
        turned = dict(reversed(STUDY["scenarios"][0].items()))
        assert fingerprint("run", **STUDY | {"scenarios": [turned]}) == fingerprint("run", **STUDY)


plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


class TestCanonicalJson:
    def test_one_text_for_one_value(self) -> None:
        value = {"b": [1, 2.5, True, None], "a": {"名": "群"}, "c": (np.float64(0.1), np.int64(3), np.arange(2))}
        assert canonical_json(value) == '{"a":{"名":"群"},"b":[1,2.5,true,null],"c":[0.1,3,[0,1]]}'

    @pytest.mark.parametrize("bad", [math.nan, math.inf, np.float64("nan"), np.array([1.0, np.nan])])
    def test_not_a_number_is_refused_with_its_place(self, bad: object) -> None:
        with pytest.raises(ValueError, match=r"market\.tribes\[1\]"):
            canonical_json({"market": {"tribes": [1, bad]}})

    @pytest.mark.parametrize("bad", [{1: 2}, {1, 2}, object(), b"bytes", Path("a")])
    def test_other_types_are_refused_with_their_place(self, bad: object) -> None:
        with pytest.raises(TypeError, match=r"run\.days"):
            canonical_json({"run": {"days": bad}})

    @given(plain_values)
    def test_nothing_is_lost(self, value: object) -> None:
        assert json.loads(canonical_json(value)) == value
