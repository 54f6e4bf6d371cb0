"""Reading ties and tribes from files: one order whatever the lines, and the place of whatever is wrong."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.market.edgelist import EdgeList, read_edges, read_labels

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "networks"
needs_real = pytest.mark.skipif(
    not REAL.is_dir(), reason="the public networks are not beside the project (../shared/data)"
)


def written(folder: Path, content: str | bytes, name: str = "ties.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def ties(edges: EdgeList) -> list[tuple[object, object]]:
    return [(edges.ids[a], edges.ids[b]) for a, b in zip(edges.src, edges.dst, strict=True)]


@pytest.mark.parametrize(
    "content",
    [
        "src,dst\n-3,10\n10,700\n",
        "-3,10\n10,700",
        "-3\t10\n10\t700\n",
        "-3 10\n10   700\n",
        "-3;10\r\n10;700\r\n",
        "-3,10\r10,700\r",
        "# made by hand\nfollower,followee\n\n-3, 10\n  # in between\n10,700\n",
        "% sym unweighted\n-3 10\n10 700\n",
        "\ufeff-3,10\n10,700\n",
        '"-3","10"\n"10","700"\n',
        ",source,target\n0,-3,10\n1,10,700\n",
        "10,-3\n700,10\n10,700\n10,10\n",
        gzip.compress(b"-3,10\n10,700\n", mtime=0),
    ],
)
def test_every_way_of_writing_the_same_ties(tmp_path: Path, content: str | bytes) -> None:
    edges = read_edges(written(tmp_path, content))
    assert edges.ids.tolist() == [-3, 10, 700]
    assert ties(edges) == [(-3, 10), (10, 700)]


def test_ids_that_are_text(tmp_path: Path) -> None:
    edges = read_edges(written(tmp_path, 'source,target\n王,"Li, Wei"\nb#1,王\n"Li, Wei",b#1\n'))
    assert edges.ids.tolist() == ["Li, Wei", "b#1", "王"]
    assert edges.network().degree.tolist() == [2, 2, 2]
    assert edges.notes == ()


def test_what_was_passed_over_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "1,2,0.5\n2,1,0.5\n3,3,1\n1,3,1\n")
    notes = read_edges(path).notes
    assert len(notes) == 3
    assert "only columns 1 and 2" in notes[0]
    assert "left out 1 tie of somebody with themselves" in notes[1]
    assert "left out 1 repeated tie " in notes[2]


def test_a_possible_header_among_text_ids_is_said(tmp_path: Path) -> None:
    edges = read_edges(written(tmp_path, "idol,fan\nann,bob\nbob,cat\ncat,ann\n"))
    assert edges.ids.size == 5
    assert "header" in edges.notes[0]


def test_mostly_text_ids_are_all_text(tmp_path: Path) -> None:
    edges = read_edges(written(tmp_path, "ann,bob\nbob,12345\nann,cat\ncat,bob\n"))
    assert edges.ids.tolist() == ["12345", "ann", "bob", "cat"]
    assert "taken as text" in edges.notes[0]


BAD = {
    "empty": ("", "ties.csv: the file is empty"),
    "comments": ("# nothing\n\n", "ties.csv: the file is empty"),
    "header_only": ("src,dst\n", "ties.csv: nothing below the header"),
    "one_column": ("1\n2\n", "ties.csv:1:2: only 1 field in '1'"),
    "missing_field": ("1,2\n\n3\n", "ties.csv:3:2: only 1 field in '3'"),
    "empty_id": ("src,dst\n1,2\n3,\n", "ties.csv:3:3: the value '' is missing"),
    "nan": ("1,2\n nan,4\n", "ties.csv:2:2: the value 'nan' is missing"),
    "odd_one": ("1,2\n3,4\n5,6\n7,l0\n", "ties.csv:4:3: the id 'l0'; expected a whole number"),
    "odd_first": ("1o,2\n3,4\n5,6\n", "ties.csv:1:1: the id '1o'; expected a whole number"),
    "fraction": ("1,2\n3,4.5\n", "ties.csv:2:3: the id '4.5'; expected a whole number"),
    "too_large": (
        "1,2\n3,9223372036854775808\n",
        "ties.csv:2:3: the id '9223372036854775808'; expected a whole number from",
    ),
    "quoted": ('a,b\n"c,d",\n', "ties.csv:2:7: the value '' is missing"),
    "words": ("1 2\n3 4\n5\n", "ties.csv:3:2: only 1 field in '5'"),
    "binary": (b"1,2\n\x00\x01\x02", "ties.csv: the file is binary"),
    "zip": (b"PK\x03\x04rest", "ties.csv: the file is a zip or Excel file"),
    "utf_16": ("1,2\n".encode("utf-16"), "ties.csv: the file is text in UTF-16"),
    "latin_1": ("1,2\nJos\u00e9,4\n".encode("latin-1"), "ties.csv:2:4: the byte 0xe9 is not UTF-8"),
    "truncated_gzip": (gzip.compress(b"1,2\n3,4\n" * 99)[:-12], "ties.csv: damaged gzip"),
    "broken_gzip": (b"\x1f\x8b garbage", "ties.csv: damaged gzip"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_names_its_place(tmp_path: Path, name: str) -> None:
    content, message = BAD[name]
    path = written(tmp_path, content)
    with pytest.raises(InputError) as raised:
        read_edges(path)
    assert str(raised.value).startswith(str(path.with_name(message)))
    assert raised.value.expected


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    written(tmp_path, "1,2\n")
    with pytest.raises(InputError, match=r"no such file; .*Did you mean .*ties\.csv\?"):
        read_edges(tmp_path / "tie.csv")
    with pytest.raises(InputError, match="There is no folder"):
        read_edges(tmp_path / "nowhere" / "ties.csv")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        read_edges(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices of POSIX")
def test_what_may_never_end_is_not_read(special: list[str]) -> None:
    for name in special:
        with pytest.raises(InputError, match="a pipe, a socket or a device; expected a file"):
            read_edges(name)
        with pytest.raises(InputError, match="a pipe, a socket or a device; expected a file"):
            read_labels(name, np.arange(3))


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_edges("a\0b")


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        read_edges(tmp_path / "ties.csv")


def test_labels_add_people_without_ties(tmp_path: Path) -> None:
    edges = read_edges(written(tmp_path, "5,9\n9,20\n"))
    labels = read_labels(written(tmp_path, "id,label\n20,10\n7,9\n5,9\n9,10\n", "labels.csv"), edges.ids)
    assert labels.ids.tolist() == [5, 7, 9, 20]
    assert labels.names == ("9", "10")
    assert labels.tribe.tolist() == [0, 0, 1, 1]
    assert labels.tribe.dtype == np.int32
    assert edges.among(labels.ids).network().degree.tolist() == [1, 0, 2, 1]


def test_labels_may_be_several_words(tmp_path: Path) -> None:
    labels = read_labels(written(tmp_path, "1 Mr. Hi\n2 Mr. John\n"), np.array([1, 2]))
    assert labels.names == ("Mr. Hi", "Mr. John")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("1,a\n2,b\n", "labels.csv: no label for 3 and 1 other;"),
        ("1,a\n2,b\n3,c\n4,\n", "labels.csv:4:3: the value '' is missing"),
        ("1,a\n2,b\n3,c\n4,d\nann,d\n", "labels.csv:5:1: the id 'ann'; expected a whole number"),
        ("1,a\n2,b\n3,c\n4,d\n1,b\n", "labels.csv:1:3: 1 has the label 'a' here and 'b' further down"),
        ("1\n", "labels.csv:1:2: only 1 field"),
    ],
)
def test_bad_labels_name_their_place(tmp_path: Path, content: str, message: str) -> None:
    path = written(tmp_path, content, "labels.csv")
    with pytest.raises(InputError) as raised:
        read_labels(path, np.array([1, 2, 3, 4]))
    assert str(raised.value).startswith(str(path.with_name(message)))


def test_labels_of_text_ids_that_look_like_numbers(tmp_path: Path) -> None:
    labels = read_labels(written(tmp_path, "12,a\n7,b\n"), np.array(["12"], dtype=object))
    assert labels.ids.tolist() == ["12", "7"]


anybody = st.one_of(
    st.integers(-(10**12), 10**12).map(str), st.text("abcäöü王#_.-", min_size=1).map(lambda name: "x" + name)
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.one_of(
        st.lists(st.tuples(st.integers(-50, 50).map(str), st.integers(-50, 50).map(str)), min_size=1, max_size=40),
        st.lists(st.tuples(anybody.filter(lambda i: i[0] == "x"), anybody.filter(lambda i: i[0] == "x")), min_size=1),
    ),
    shuffle=st.randoms(use_true_random=False),
    separator=st.sampled_from([",", "\t", ";", " "]),
)
def test_the_order_of_lines_and_ends_changes_nothing(
    tmp_path: Path, pairs: list[tuple[str, str]], shuffle: random.Random, separator: str
) -> None:
    def read(rows: list[tuple[str, str]], name: str) -> EdgeList:
        return read_edges(written(tmp_path, "".join(f"{a}{separator}{b}\n" for a, b in rows), name))

    other = [pair[::-1] if shuffle.random() < 0.5 else pair for pair in pairs]
    shuffle.shuffle(other)
    one, two = read(pairs, "one.csv"), read(other, "two.csv")
    assert one.ids.tolist() == two.ids.tolist() == sorted(one.ids)
    assert np.array_equal(one.src, two.src)
    assert np.array_equal(one.dst, two.dst)
    named = {frozenset((a, b)) for a, b in pairs if a != b}
    assert {frozenset(map(str, tie)) for tie in ties(one)} == named


@needs_real
@pytest.mark.parametrize(
    ("name", "people", "edges", "same"),
    [
        ("karate", 34, 78, 0.859),
        ("lastfm_asia", 7_624, 27_806, 0.874),
        ("facebook_pages", 22_470, 170_823, 0.885),
        ("deezer_europe", 28_281, 92_752, 0.525),
    ],
)
def test_real_networks(name: str, people: int, edges: int, same: float) -> None:
    read = read_edges(next(REAL.glob(f"{name}_edges.csv*")))
    labels = read_labels(REAL / f"{name}_nodes.csv", read.ids)
    network = read.among(labels.ids).network()
    assert (network.n, network.edges) == (people, edges)
    assert network.same_share(labels.tribe) == pytest.approx(same, abs=0.001)
    assert read.notes == ()
