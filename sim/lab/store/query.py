"""Questions to the runs of a sweep in SQL: DuckDB over the Parquet parts, so that results may be larger than memory.

Three views: ``runs``, a row a run; ``daily``, a row a finished run and day; ``plan``, a row a point.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError
from sim.lab.store.ledger import Ledger
from sim.lab.store.parts import DAILY, RUNS
from sim.lab.store.tables import digest, read_table

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

PLAN = "plan"
VIEWS = ("runs", "daily", PLAN)
#: Columns that tell how a run was made and not what came out.
CIRCUMSTANCES = ("seconds", "error", "error_type", "trace")


@contextmanager
def connected(ledger: Ledger) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the three views, on which nothing but they can be read, and no file written."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="sweep-") as spill, duckdb.connect(":memory:") as connection:
        paths = [ledger.folder / f"{PLAN}.parquet"]
        paths += [ledger.path(part, ending) for part in ledger.parts for ending in (RUNS, DAILY)]
        allowed = dict.fromkeys(text for path in paths for text in (_quoted(str(path)), _pattern(path)))
        _define(connection, ledger)
        connection.execute(f"SET temp_directory = {_quoted(spill)}")
        connection.execute(f"SET allowed_paths = [{', '.join(allowed)}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def ask(ledger: Ledger, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and rows that one SELECT gives.

    Raises
    ------
    InputError : it is no single SELECT, is wrong, or reaches for anything but the views.
    """
    import duckdb

    expected = f"one SELECT from {', '.join(VIEWS)}"
    with connected(ledger) as connection:
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise InputError("the query does not only ask", place="SQL", expected=expected)
            connection.execute(statements[0])
            columns = [column[0] for column in connection.description or ()]
            return columns, connection.fetchall()
        except duckdb.Error as error:
            problem = " ".join(str(error).split())
            message = f"the query cannot be answered ({problem})"
            hint = "Keys with dots need double quotes." if isinstance(error, duckdb.BinderException) else ""
            raise InputError(message, place="SQL", expected=expected, hint=hint) from None


def read_runs(ledger: Ledger) -> pd.DataFrame:
    """The run table, each run once, by point and replicate."""
    return _frame(ledger, "SELECT * FROM runs ORDER BY point, replicate, run_id")


def read_daily(ledger: Ledger) -> pd.DataFrame:
    """The daily table by point, replicate and day. It may be large: ask for aggregates where it is."""
    return _frame(ledger, "SELECT * FROM daily ORDER BY point, replicate, run_id, day")


def results_digest(ledger: Ledger) -> str:
    """SHA-256 (hex) of what came out of all runs, whoever made them, in whatever order, however often interrupted.

    The daily numbers are in it by the digest that each run has of its own.
    """
    frame = read_runs(ledger).drop(columns=list(CIRCUMSTANCES))
    return digest({"runs": frame})


def export(ledger: Ledger, target: Path, form: str) -> list[Path]:
    """Write ``runs``, ``daily`` and ``plan`` as files of their own into the folder ``target``, by point and replicate.

    ``form``: ``csv``, ``parquet`` or ``xlsx`` (one workbook, ``runs`` and ``plan`` only).

    Raises
    ------
    InputError : the plan is gone, ``target`` cannot be written, or a table has more rows than a worksheet holds.
    """
    orders = {"runs": "point, replicate, run_id", "daily": "point, replicate, run_id, day", PLAN: "point"}
    read_table(ledger.folder, PLAN)
    if files := [each for each in (target, *target.parents) if each.is_file()]:
        raise InputError(f"{files[0]} is a file, not a folder", place="--out", hint="Name another folder.")
    try:
        target.mkdir(parents=True, exist_ok=True)
        if form == "xlsx":
            return [_workbook(ledger, target)]
        return [_copied(ledger, name, order, target / f"{name}.{form}") for name, order in orders.items()]
    except OSError as error:
        raise InputError(f"{target} cannot be written ({error.strerror})", place="--out") from error


def _copied(ledger: Ledger, view: str, order: str, path: Path) -> Path:
    import duckdb

    form = "FORMAT parquet, COMPRESSION zstd" if path.suffix == ".parquet" else "FORMAT csv, HEADER"
    with tempfile.TemporaryDirectory(prefix="sweep-") as spill, duckdb.connect(":memory:") as connection:
        connection.execute(f"SET temp_directory = {_quoted(spill)}")
        _define(connection, ledger)
        try:
            connection.execute(f"COPY (FROM {view} ORDER BY {order}) TO {_quoted(str(path))} ({form})")
        except duckdb.IOException as error:
            raise InputError(f"{path} cannot be written ({error})", place="--out") from error
    return path


def _workbook(ledger: Ledger, target: Path) -> Path:
    import pandas as pd  # noqa: PLC0415

    if find_spec("xlsxwriter") is None:
        hint = "Install it: python -m pip install 'community-growth[excel]', or take csv."
        raise InputError("the package 'xlsxwriter' is missing", place="--format xlsx", hint=hint)
    frames = {"runs": read_runs(ledger), PLAN: _frame(ledger, f"FROM {PLAN}")}
    most = 1_048_575  # rows of a worksheet below its header
    if (rows := max(map(len, frames.values()))) > most:
        raise InputError(f"there are {rows:,} runs", expected=f"at most {most:,} for xlsx", hint="Take csv or parquet.")
    path = target / "runs.xlsx"
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
    return path


def _frame(ledger: Ledger, sql: str) -> pd.DataFrame:
    with connected(ledger) as connection:
        return connection.execute(sql).df()


def _define(connection: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """Make the views, without the rows that stand elsewhere too."""
    import duckdb
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    if ledger.repeated:
        names = ("part", "run_id", "point")
        rows = pa.table(dict(zip(names, map(list, zip(*ledger.repeated, strict=True)), strict=True)))
        connection.register("given", rows)
        connection.execute("CREATE TEMP TABLE repeated AS SELECT * FROM given")
        connection.unregister("given")
    for view, ending in (("runs", RUNS), ("daily", DAILY)):
        connection.execute(f"CREATE VIEW {view} AS {_source(ledger, ending)}")
    path = ledger.folder / f"{PLAN}.parquet"
    if path.is_file():
        try:
            connection.execute(f"CREATE VIEW {PLAN} AS SELECT * FROM read_parquet({_pattern(path)})")  # noqa: S608
        except duckdb.Error:
            read_table(ledger.folder, PLAN)  # says what is to be done about it
            raise


def _source(ledger: Ledger, ending: str) -> str:
    """The SELECT behind a view: each run once."""
    files = ", ".join(_pattern(ledger.path(part, ending)) for part in ledger.parts)
    if not files:
        return f"SELECT * FROM ({_empty()}) WHERE false"  # noqa: S608
    if not ledger.repeated:
        return f"SELECT * FROM read_parquet([{files}])"  # noqa: S608
    return (
        f"SELECT * EXCLUDE (filename) FROM read_parquet([{files}], filename = true) AS found WHERE NOT EXISTS"  # noqa: S608
        f" (SELECT 1 FROM repeated WHERE part = replace(parse_filename(filename), {_quoted(ending)}, '')"
        " AND repeated.run_id = found.run_id AND repeated.point = found.point)"
    )


def _empty() -> str:
    """The fixed columns, for a sweep of which nothing is done yet."""
    texts = [f"'' AS {name}" for name in ("run_id", "status", "digest", *CIRCUMSTANCES[1:])]
    numbers = [f"0 AS {name}" for name in ("point", "replicate", "day", "seed")]
    return "SELECT " + ", ".join([*texts, *numbers, "0.0 AS seconds"])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _pattern(path: Path) -> str:
    """A path as DuckDB takes it, which would otherwise look for files that match."""
    return _quoted("".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path)))
