"""Frameworks: a user's own of 2,000 nodes, and reading those that come with the program."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from benchmarks.timing import Result, summed
from ikt_coder.codebooks import catalogue
from ikt_coder.codebooks.framework_file import parse_framework
from ikt_coder.services.project import Project

NODES = 2_000
RUNS = 5


def large_framework() -> str:
    """A codebook of 2,000 nodes in three levels, each defined."""
    nodes: list[dict[str, object]] = []
    for number in range(NODES):
        node: dict[str, object] = {
            "id": f"n{number}",
            "name": f"Idea number {number}",
            "definition": f"What {{actor}} can say about idea {number}, in a sentence or two.",
            "include": "Where it is the matter of the passage",
            "constructs": [f"part {number}", "trust"],
            "synonyms": [f"notion {number}"],
        }
        if number % 10:
            node["parent"] = f"n{number - number % 10 if number % 10 == 1 else number - 1}"
            if number % 10 > 3:
                node["parent"] = f"n{number - number % 10}"
        nodes.append(node)
    return json.dumps(
        {
            "format": "ikt-coder-framework-1",
            "id": "large",
            "name": "A large framework",
            "kind": "codebook",
            "nodes": nodes,
        },
        indent=1,
    )


def frameworks() -> list[Result]:
    text = large_framework()
    folder = Path(tempfile.mkdtemp(prefix="ikt-bench-"))
    path = folder / "large.json"
    path.write_text(text, "utf-8")
    added, checked, all_read = [], [], []
    for run in range(RUNS + 1):
        project = Project.create(folder / f"run{run}.ikt", "Frameworks")
        project.coders.switch(project.coders.add("Amara Okafor"))
        # a byte more in each run, so that nothing that was read before is found again
        path.write_text(text + " " * run, "utf-8")
        start = time.perf_counter()
        project.frameworks.add_file(path)
        added.append((time.perf_counter() - start) * 1000)
        if len(project.codes.all(counted=False)) != NODES + 1:
            raise ValueError("the framework was not added whole")
        project.close()
        start = time.perf_counter()
        parse_framework(text, "large.json")
        checked.append((time.perf_counter() - start) * 1000)
        for cached in (catalogue.catalogue, catalogue._read_framework):
            cached.cache_clear()
        start = time.perf_counter()
        catalogue.catalogue()
        all_read.append((time.perf_counter() - start) * 1000)
    return [
        summed("read, check and add a framework of 2,000 nodes", added[1:], 500),
        summed("read and check a framework of 2,000 nodes", checked[1:], 200),
        summed("read every framework that comes with the program", all_read[1:], 100),
    ]
