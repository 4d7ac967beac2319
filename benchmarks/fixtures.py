"""Seeded projects of known size, built through the services and kept between runs.

I      one interview of 60,000 characters, 835 codings, a fifth of the passages coded twice
S      60 transcripts of about 60,000 characters, 120 codes in 20 parents, 2 coders,
       20,000 codings (three quarters of coder B's derived from A's with moved edges)
L      300 transcripts, 18 M characters, 200,000 codings
D700, D3300   one document with so many codings
A      10,000 participants by 40 attributes, all values known
"""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from uuid import UUID

from benchmarks.of_attributes import people_with_attributes
from benchmarks.of_charting import charted_review
from benchmarks.prose import paragraph
from ikt_coder.core.ops import Op
from ikt_coder.core.span import Span
from ikt_coder.core.transcript import SpeakerRole, Transcript, Turn
from ikt_coder.core.words import DocumentStatus, Origin, Valence
from ikt_coder.services.documents import NewDocument
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project

FOLDER = Path(__file__).parent / "results" / "fixtures"
VERSION = 4


def interview(rng: random.Random, length: int, who: str) -> Transcript:
    """A transcript of about ``length`` code points in which two people take turns."""
    parts: list[str] = []
    turns: list[Turn] = []
    at, ms, asking = 0, 0, True
    while at < length:
        label = "Interviewer" if asking else who
        head = f"{label}: "
        line = head + paragraph(rng, rng.randint(8, 25) if asking else rng.randint(40, 160)) + "\n"
        turns.append(Turn(Span(at, at + len(line)), label, ms, at + len(head)))
        parts.append(line)
        at += len(line)
        ms += len(line) * 60
        asking = not asking
    roles = {"Interviewer": SpeakerRole.INTERVIEWER}
    return Transcript("".join(parts), tuple(turns), speaker_roles=roles)


def spans(rng: random.Random, length: int, count: int) -> list[Span]:
    """Spans with log-normal lengths, median 135 characters."""
    made = []
    for _ in range(count):
        size = min(length // 2, max(5, round(math.exp(rng.gauss(math.log(135), 0.8)))))
        start = rng.randrange(0, length - size)
        made.append(Span(start, start + size))
    return made


def codebook(project: Project, parents: int, children: int) -> list[UUID]:
    """A tree of codes; returns those that codings get."""
    codes: list[UUID] = []
    with project.operation(Op.ADD_CODE, name="codebook"):
        for p in range(parents):
            parent = project.codes.add(f"Parent {p + 1}")
            codes += [project.codes.add(f"Code {p + 1}.{c + 1}", parent) for c in range(children)]
    return codes


def _documents(project: Project, rng: random.Random, count: int, length: int) -> list[UUID]:
    return project.documents.add_many(
        [
            NewDocument(
                interview(rng, length, f"P{n + 1:03}"),
                f"P{n + 1:03}",
                f"P{n + 1:03}.txt",
                "txt",
                b"",
                participants={f"P{n + 1:03}": f"P{n + 1:03}"},
            )
            for n in range(count)
        ]
    )


def _start(path: Path, coders: int = 1) -> tuple[Project, list[UUID]]:
    project = Project.create(path, path.stem)
    made = [project.coders.add(f"Coder {'AB'[n]}") for n in range(coders)]
    project.coders.switch(made[0])
    return project, made


def _one_document(path: Path, codings: int) -> None:
    rng = random.Random(codings)
    project, _ = _start(path)
    codes = codebook(project, 10, 6)
    (document,) = _documents(project, rng, 1, 60_000)
    length = project.documents.get(document).length
    new = []
    for span in spans(rng, length, codings * 5 // 6):
        new.append(NewCoding(document, span, rng.choice(codes), valence=_valence(rng)))
    while len(new) < codings:  # a fifth of the passages carries a second code
        new.append(NewCoding(document, rng.choice(new).span, rng.choice(codes)))
    project.codings.apply_many(new, Origin.IMPORT)
    project.close()


def _valence(rng: random.Random) -> Valence | None:
    return rng.choice([Valence.BARRIER, Valence.FACILITATOR, Valence.MIXED, None])


def _study(path: Path) -> None:
    rng = random.Random(60)
    project, (first, second) = _start(path, 2)
    codes = codebook(project, 20, 6)
    documents = _documents(project, rng, 60, 60_000)
    lengths = {row.id: row.length for row in project.documents.all()}
    a: list[NewCoding] = []
    for document in documents:
        a += [
            NewCoding(document, span, rng.choice(codes), first, _valence(rng))
            for span in spans(rng, lengths[document], 10_000 // 60)
        ]
    b: list[NewCoding] = []
    for coding in rng.sample(a, len(a) * 3 // 4):
        start = max(0, coding.span.start + rng.randint(-20, 20))
        end = min(lengths[coding.document], max(start + 5, coding.span.end + rng.randint(-20, 20)))
        b.append(NewCoding(coding.document, Span(start, end), coding.code, second))
    while len(a) + len(b) < 20_000:
        document = rng.choice(documents)
        (span,) = spans(rng, lengths[document], 1)
        b.append(NewCoding(document, span, rng.choice(codes), second))
    project.codings.apply_many(a, Origin.IMPORT)
    project.codings.apply_many(b, Origin.IMPORT)
    with project.operation(Op.SET_STATUS, count=60):
        for document in documents:
            project.documents.set_status(document, DocumentStatus.CODED)
    with project.operation(Op.ADD_THEME, name="themes"):
        for n in range(8):
            project.themes.add(f"Theme {n + 1}", codes=codes[n * 8 : n * 8 + 8])
    project.close()


def _large(path: Path) -> None:
    rng = random.Random(300)
    project, (coder,) = _start(path)
    codes = codebook(project, 20, 6)
    documents = _documents(project, rng, 300, 60_000)
    lengths = {row.id: row.length for row in project.documents.all()}
    new = [
        NewCoding(document, span, rng.choice(codes), coder, _valence(rng))
        for document in documents
        for span in spans(rng, lengths[document], 200_000 // 300 + 1)
    ][:200_000]
    project.codings.apply_many(new, Origin.IMPORT)
    project.close()


BUILDERS = {
    "I": lambda path: _one_document(path, 835),
    "D700": lambda path: _one_document(path, 700),
    "D3300": lambda path: _one_document(path, 3300),
    "S": _study,
    "L": _large,
    "A": people_with_attributes,
    "C": charted_review,
}


def fixture(name: str) -> Path:
    """The project of this name, built where it is not there yet."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    mark = FOLDER / "version.json"
    if not mark.exists() or json.loads(mark.read_text()) != VERSION:
        for old in FOLDER.glob("*.ikt"):
            old.unlink()
        mark.write_text(json.dumps(VERSION))
    path = FOLDER / f"{name}.ikt"
    if not path.exists():
        partial = FOLDER / f"{name} being built.ikt"
        partial.unlink(missing_ok=True)
        BUILDERS[name](partial)
        partial.rename(path)
    return path
