"""From files to documents: read, shown, changed by a person, brought in as one act."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from ikt_coder.core.errors import Cancelled, UnreadableFile, UserError
from ikt_coder.core.ops import Op
from ikt_coder.core.transcript import Transcript
from ikt_coder.importers import detection
from ikt_coder.importers.catalogue import SUFFIXES, read_file
from ikt_coder.importers.limits import refuse_large_file
from ikt_coder.importers.merging import merge_by_time
from ikt_coder.importers.options import Guess, ImportOptions
from ikt_coder.importers.protocol import RawText
from ikt_coder.model import Document, SourceFile
from ikt_coder.services.documents import NewDocument, fingerprint
from ikt_coder.services.import_people import guess_language, propose, theirs
from ikt_coder.services.project import Project
from ikt_coder.services.source_archive import packed

_log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], object]
"""Told how many are done, of how many, and the name of the file that comes next."""
Cancel = Callable[[], bool]

_PLAIN = frozenset((".txt", ".md", ".vtt", ".srt", ".tsv", ".textgrid", ".otr"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may become a document, with everything a person can still change.

    Exactly one of ``transcript`` and ``error`` is there. ``duplicate_of`` names the
    document of the project, or the earlier file, that holds the same; such a candidate is
    left out of the import unless ``anyway``. ``participants`` links speakers' names to
    participants' pseudonyms; ``participant`` names the one whose whole document it is.
    ``known``: pseudonyms that were in the project when the file was read.
    """

    name: str
    path: Path | None = None
    kind: str = ""
    data: bytes = b""
    raw: RawText | None = None
    options: ImportOptions = field(default_factory=ImportOptions)
    guess: Guess | None = None
    transcript: Transcript | None = None
    title: str = ""
    language: str = "en"
    participants: Mapping[str, str] = field(default_factory=dict)
    participant: str | None = None
    duplicate_of: str | None = None
    anyway: bool = False
    error: UserError | None = None
    known: tuple[str, ...] = ()
    parts: tuple[Candidate, ...] = ()

    @property
    def readable(self) -> bool:
        return self.transcript is not None

    @property
    def ready(self) -> bool:
        """Whether it takes part in the import."""
        return self.readable and (self.duplicate_of is None or self.anyway)

    @property
    def timed(self) -> bool:
        """Whether it can be merged with other timed files of the same talk."""
        return self.raw is not None and bool(self.raw.cues) and not self.parts


def prepare(
    project: Project,
    paths: Iterable[Path],
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    options: ImportOptions | None = None,
) -> list[Candidate]:
    """Read files and guess how each is laid out; a folder stands for the files in it.

    A file that cannot be read becomes a candidate with its ``error``; nothing is raised
    for it. Raises Cancelled. Writes nothing.
    """
    files = _expanded(paths)
    known = tuple(row.label for row in project.participants.all())
    candidates: list[Candidate] = []
    seen: dict[str, str] = {}
    for index, path in enumerate(files):
        _step(progress, cancel, index, len(files), path.name)
        candidate = read_candidate(path, known=known, options=options)
        candidates.append(_marked_duplicate(project, candidate, seen))
    _step(progress, cancel, len(files), len(files), "")
    return candidates


def read_candidate(
    path: Path, *, known: Sequence[str] = (), options: ImportOptions | None = None
) -> Candidate:
    """Read one file; never raises for what is in it."""
    empty = Candidate(name=path.name, path=path, kind=_kind(path), title=path.stem)
    try:
        data = _bytes_of(path)
        raw = read_file(path.name, data)
        candidate = replace(empty, data=data, raw=raw, known=tuple(known))
        candidate = rebuild(candidate, options or ImportOptions())
    except UserError as error:
        return replace(empty, error=error)
    except Exception as error:  # noqa: BLE001 - see below
        # Damaged files bring the libraries that read them to fail in ways nobody lists; one
        # such file must not keep the others out. The message may quote the interview.
        _log.info("A %s file could not be read: %s", empty.kind, type(error).__qualname__)
        return replace(
            empty,
            error=UnreadableFile(
                f"“{path.name}” seems to be damaged; nothing was imported from it.",
                "Open it in the program that made it, save it again, and try that file.",
            ),
        )
    assert candidate.transcript is not None
    return replace(candidate, language=guess_language(candidate.transcript.text))


def rebuild(candidate: Candidate, options: ImportOptions) -> Candidate:
    """The candidate read anew under other options. Links to participants are kept for
    speakers that remain and proposed for new ones. Raises UnreadableFile."""
    if candidate.raw is None:
        raise candidate.error or UnreadableFile(f"“{candidate.name}” could not be read.")
    transcript = detection.build(candidate.raw, options)
    guess = detection.guess(candidate.raw, options)
    same = {merge.label: merge.into for merge in guess.merges}
    speakers, whole = propose(transcript, candidate.title, candidate.known, same)
    if candidate.transcript is not None:
        before, now = theirs(candidate.transcript), theirs(transcript)
        speakers = {name: who for name, who in speakers.items() if name not in before}
        speakers.update({n: who for n, who in candidate.participants.items() if n in now})
        if bool(candidate.transcript.speakers) == bool(transcript.speakers):
            whole = candidate.participant
    return replace(
        candidate,
        options=options,
        transcript=transcript,
        guess=guess,
        participants=speakers,
        participant=whole,
    )


def merge(project: Project, candidates: Sequence[Candidate]) -> Candidate:
    """Several timed files of one talk as one candidate, in the order of their times; a cue
    that names nobody gets the name of its file. The files are kept together as the
    original. Raises UnreadableFile where one has no times."""
    raw = merge_by_time([(c.name, c.raw or RawText("")) for c in candidates])
    first = candidates[0]
    title = _common_title([c.title for c in candidates])
    merged = Candidate(
        name=f"{title}.zip",
        kind=first.kind,
        data=packed([(c.name, c.data) for c in candidates]),
        raw=raw,
        title=title,
        known=first.known,
        parts=tuple(candidates),
    )
    merged = rebuild(merged, ImportOptions(times=first.options.times))
    assert merged.transcript is not None
    merged = replace(merged, language=guess_language(merged.transcript.text))
    return _marked_duplicate(project, merged, {})


def bring_in(
    project: Project,
    candidates: Sequence[Candidate],
    folder: UUID | str | None = None,
    participants: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> list[UUID]:
    """Import the candidates that are ready, in one act, with their original bytes.

    ``folder`` is a folder or the name of a new one; ``participants`` decides over the
    candidates' own links (speaker's name to pseudonym). Raises Cancelled (nothing is
    kept), and UserError where no candidate is ready.
    """
    ready = [candidate for candidate in candidates if candidate.ready]
    if not ready:
        raise _nothing_ready(candidates)
    with ExitStack() as stack:
        if isinstance(folder, str):
            stack.enter_context(
                project.operation(Op.IMPORT_DOCUMENTS, count=len(ready), title=ready[0].title)
            )
            folder = project.folders.add(folder)
        new = [_new_document(candidate, folder, participants or {}) for candidate in ready]

        def tell(done: int, whole: int) -> None:
            if progress is not None:
                progress(done, whole, ready[done].name if done < whole else "")

        return project.documents.add_many(new, tell, cancel)


def _new_document(
    candidate: Candidate, folder: UUID | None, participants: Mapping[str, str]
) -> NewDocument:
    assert candidate.transcript is not None
    links = dict(candidate.participants)
    links.update({n: p for n, p in participants.items() if n in candidate.transcript.speakers})
    return NewDocument(
        transcript=candidate.transcript,
        title=candidate.title,
        source_name=candidate.name,
        source_kind=candidate.kind,
        original=candidate.data,
        folder=folder,
        language=candidate.language,
        participants={name: who for name, who in links.items() if who.strip()},
        participant=candidate.participant or None,
    )


def _nothing_ready(candidates: Sequence[Candidate]) -> UserError:
    if len(candidates) == 1 and candidates[0].error is not None:
        return candidates[0].error
    doubles = sum(1 for c in candidates if c.readable)
    if doubles:
        return UserError(
            "Everything chosen is in the project already. Nothing was imported.",
            "Choose “import anyway” for a file that should stand there twice.",
        )
    return UserError(
        "None of the files could be read. Nothing was imported.",
        " ".join(c.error.what for c in candidates[:3] if c.error is not None),
    )


def _marked_duplicate(project: Project, candidate: Candidate, seen: dict[str, str]) -> Candidate:
    """The candidate with the document or earlier file that holds the same, if any."""
    if candidate.transcript is None:
        return candidate
    mark = fingerprint(candidate.transcript.text)
    row = project.documents.duplicate_of(candidate.transcript.text)
    known = row.title if row is not None else _same_file(project, candidate.data)
    known = known or seen.get(mark)
    seen.setdefault(mark, candidate.name)
    return replace(candidate, duplicate_of=known)


def _same_file(project: Project, data: bytes) -> str | None:
    """The title of the document made from the same bytes, under whatever options."""
    if not data:
        return None
    rows = project.connection.execute(
        select(SourceFile.data, Document.title)
        .join(Document, Document.id == SourceFile.document_id)
        .where(func.length(SourceFile.data) == len(data))
    ).all()
    return next((row.title for row in rows if row.data == data), None)


def _expanded(paths: Iterable[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
            files.extend(inside or [path])
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _kind(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")[:16] or "txt"


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file that is not too large. Raises UnreadableFile."""
    name = path.name
    if path.is_dir():
        raise UnreadableFile(
            f"In the folder “{name}” is no file that can be imported.",
            f"These can: {', '.join(SUFFIXES)}.",
        )
    try:
        plain = path.suffix.lower() in _PLAIN
        refuse_large_file(name, path.stat().st_size, plain_text=plain)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"There is no file “{name}” any more.") from error
    except PermissionError as error:
        raise UnreadableFile(
            f"“{name}” may not be read; nothing was imported from it.",
            "Ask who owns the file, or copy it into a folder of yours.",
        ) from error
    except OSError as error:
        raise UnreadableFile(
            f"“{name}” could not be read from its disk; nothing was imported from it.",
            "Copy it to this computer and try that file.",
        ) from error


def _common_title(titles: Sequence[str]) -> str:
    """What the titles begin with, where that says something; else the first."""
    start = titles[0]
    for title in titles[1:]:
        while not title.startswith(start):
            start = start[:-1]
    start = start.rstrip(" -_.,(")
    return start if len(start) >= 3 else titles[0]


def _step(
    progress: Progress | None, cancel: Cancel | None, done: int, whole: int, name: str
) -> None:
    if cancel is not None and cancel():
        raise Cancelled
    if progress is not None:
        progress(done, whole, name)
