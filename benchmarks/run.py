"""Benchmarks: ``python benchmarks/run.py [NAME...] [--quick] [--out FILE.json] [--python PATH]``."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

BENCHMARKS = ("adoption", "engine", "first_result", "scaling", "sweep", "store")


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks named (all by default), print their tables, write their records."""
    parser = argparse.ArgumentParser(description="Ratios to rivals and to the machine's ceiling, measured in one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="small sizes and fewer repetitions: a minute or two each")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the records to this JSON file")
    parser.add_argument(
        "--python", action="append", default=[], metavar="PATH", help="another interpreter that has rivals installed"
    )
    asked = parser.parse_args(arguments)
    names = asked.names or BENCHMARKS
    if unknown := sorted(set(names) - set(BENCHMARKS)):
        parser.error(f"unknown benchmark {unknown[0]!r} (choose from {', '.join(BENCHMARKS)})")
    records = []
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        records.append(importlib.import_module(name).measure(quick=asked.quick, pythons=asked.python))
        if asked.out:  # after each, so that an interrupted series keeps what is finished
            asked.out.write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
