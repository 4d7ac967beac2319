"""`make bench`: measure each line, print a table, write JSON."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    of_agreement,
    of_attributes,
    of_cases,
    of_charting,
    of_comparing,
    of_frameworks,
    of_merging,
    of_pipelines,
    of_services,
    of_settling,
    of_window,
)
from benchmarks.timing import Result, apart

TARGET = Path(__file__).parent / "results"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--to", type=Path, default=TARGET / "results.json", help="the JSON file")
    parser.add_argument("--only", choices=("services", "window"), help="half of the lines")
    options = parser.parse_args()
    results: list[Result] = []
    if options.only != "window":
        results += of_services.all_lines()
        results += of_settling.all_lines()
        results += of_agreement.all_lines()
        results += of_merging.merging()
        results += of_attributes.files()
        results += of_frameworks.frameworks()
        results += of_cases.cases()
        results += of_charting.services()
    if options.only != "services":
        results += apart(of_pipelines.all_lines)
        results += of_window.all_lines()
        results += of_comparing.all_lines()
        results += of_charting.window()
    show(results)
    options.to.parent.mkdir(parents=True, exist_ok=True)
    options.to.write_text(
        json.dumps(
            {
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "python": platform.python_version(),
                "machine": platform.machine(),
                "results": [result.as_dict() for result in results],
            },
            indent=1,
        )
        + "\n"
    )
    print(f"\nwritten to {options.to.name}")
    return 0


def show(results: list[Result]) -> None:
    width = max(len(result.name) for result in results)
    print(f"{'':{width}}  {'median':>9}  {'p95':>9}  {'goal':>12}  met")
    for result in results:
        goal = f"{result.goal:g} {result.unit}"
        if result.measure == "p95":
            goal = f"p95 {goal}"
        met = "yes" if result.met else "NO"
        print(
            f"{result.name:{width}}  {result.median:>9.1f}  {result.p95:>9.1f}  {goal:>12}  {met}"
        )


if __name__ == "__main__":
    sys.exit(main())
