"""Manifests: what a result was made from, the fingerprint of a study, and canonical JSON."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.lab.store import FormatError, Manifest, canonical_json, find, fingerprint, write_file, write_table
from sim.lab.store.manifest import FORMAT, commit, remake, versions

posix = pytest.mark.skipif(sys.platform == "win32", reason="shells and file names of POSIX")

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
        write_table(tmp_path, "series", pd.DataFrame({"day": [0, 1]}))
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

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": "x"}', "\xff"])
    def test_damaged(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "manifest.json").write_bytes(text.encode("latin-1"))
        with pytest.raises(InputError, match=r"manifest\.json: the manifest is damaged"):
            Manifest.read(tmp_path)

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"scenarios": []}, "'scenarios' is empty"),
            ({"scenarios": ["a"]}, "'scenarios' has \"a\""),
            ({"scenarios": None}, "'scenarios' is null"),
            ({"replicates": "many"}, "'replicates' is \"many\""),
            ({"replicates": 0}, "'replicates' is 0"),
            ({"replicates": True}, "'replicates' is true"),
            ({"days": 20.5}, "'days' is 20.5"),
            ({"days": -1}, "'days' is -1"),
            ({"seeds": []}, "'seeds' is empty"),
            ({"seeds": ["7"]}, "'seeds' has \"7\""),
            ({"settings": []}, "'settings' is []"),
            ({"settings": {"a": math.nan}}, "settings.a is nan"),
            ({"tables": 5}, "'tables' is 5"),
            ({"tables": ["../elsewhere/series"]}, "'tables' has \"../elsewhere/series\""),
            ({"digest": None}, "'digest' is null"),
            ({"kind": 5}, "'kind' is 5"),
            ({"command": "run"}, "'command' is \"run\""),
            ({"versions": {}}, "'versions' has no source"),
            ({"commit": 1}, "'commit' is 1"),
            ({"timings": {"runs": "x"}}, "'timings' has \"x\""),
            ({"runs": {"done": None}}, "'runs' has null"),
            ({"format": True}, "it names no format"),
        ],
    )
    def test_a_field_of_another_type(self, tmp_path: Path, change: dict[str, Any], told: str) -> None:
        manifest().write(tmp_path)
        content = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
        write_file(tmp_path / "manifest.json", json.dumps(content | change))
        with pytest.raises(InputError, match=re.escape(f"manifest.json: the manifest is damaged ({told}")):
            Manifest.read(tmp_path)

    @pytest.mark.parametrize("depth", [60, 800, 100_000])
    @pytest.mark.parametrize("field", ["settings", "scenarios", "later"])
    def test_nested_without_end(self, tmp_path: Path, field: str, depth: int) -> None:
        manifest().write(tmp_path)
        content = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
        text = json.dumps(content | {field: "@"}).replace('"@"', "[" * depth + "]" * depth)
        write_file(tmp_path / "manifest.json", text)
        with pytest.raises(InputError, match=r"the manifest is damaged \(it is nested too deep\)"):
            Manifest.read(tmp_path)
        write_file(tmp_path / "manifest.json", "[" * depth + "]" * depth)
        assert find(tmp_path, "study") == "broken"

    @posix
    def test_what_is_no_file(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "manifest.json")
        with pytest.raises(InputError, match="not a result folder"):
            Manifest.read(tmp_path)
        assert find(tmp_path, "study") == "broken"

    def test_a_later_format(self, tmp_path: Path) -> None:
        dataclasses.replace(manifest(), format=FORMAT + 1).write(tmp_path)
        with pytest.raises(InputError, match="later version"):
            Manifest.read(tmp_path)

    def test_what_a_later_program_added_is_passed_over(self, tmp_path: Path) -> None:
        manifest().write(tmp_path)
        content = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
        write_file(tmp_path / "manifest.json", json.dumps(content | {"weather": "fine"}))
        assert Manifest.read(tmp_path) == manifest()

    def test_an_earlier_format(self, tmp_path: Path) -> None:
        dataclasses.replace(manifest(), format=1).write(tmp_path)
        told = "manifest.json: format 1 is of an earlier version of this program; expected manifest.json in format 2"
        with pytest.raises(FormatError, match=f"{re.escape(told)}.*Make it again with another --out: python run.py"):
            Manifest.read(tmp_path)

    def test_a_sweep_of_the_first_version(self, tmp_path: Path) -> None:
        (tmp_path / "design.json").write_text("{}", encoding="utf-8")
        with pytest.raises(FormatError, match=r"design\.json: this is a sweep of version 0\.1\.0 of this program"):
            Manifest.read(tmp_path)

    def test_another_kind_than_is_meant(self, tmp_path: Path) -> None:
        manifest().write(tmp_path)
        assert Manifest.read(tmp_path, "run", "compare") == manifest()
        with pytest.raises(InputError, match="it holds a run; expected a result of sweep"):
            Manifest.read(tmp_path, "sweep")

    def test_commit_without_git(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        assert commit() is None

    def test_versions_of_what_is_absent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sim.lab.store.manifest._DISTRIBUTIONS", ("no-such-distribution",))
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
        monkeypatch.setattr("sim.lab.store.manifest.model_version", lambda: "edited")
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
