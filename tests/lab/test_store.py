"""Result folders under kills, races, full disks and bad paths."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.lab.store import find, new_folder, write_file
from sim.lab.store import folder as folder_module

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and file names of POSIX")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's /dev/full and /proc")
ROOT = Path(folder_module.__file__).resolve().parents[3]

#: What the child processes below share: fill a folder with a table and a manifest for study sys.argv[2].
CHILD = """
import os, signal, sys, time
from pathlib import Path
from sim.errors import InputError
from sim.lab.store import folder
from sim.lab.store.folder import new_folder, write_file

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
        write_file(made / "series.parquet", study)
        write_file(made / "manifest.json", json.dumps({"study": study, "tables": ["series"]}))


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
