"""Tables on disk and their digest."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.lab.store import digest, read_table, write_table


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
