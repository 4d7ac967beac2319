"""The program's log: a few small files in the user's log folder, never interview text.

Records say which act ran, how long it took and which file format failed; names of people and
words of transcripts stay out of them. Every module logs with
``logging.getLogger(__name__)``; only the program's start calls ``configure``.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
from pathlib import Path
from types import TracebackType

from ikt_coder import paths
from ikt_coder.core.errors import UserError

FILE_NAME = "ikt-coder.log"
LARGEST_FILE = 1_000_000  # bytes
OLDER_FILES = 4

_ROOT = "ikt_coder"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _PlacesOnly(logging.Formatter):
    """Writes of an error its kind and the lines of code it passed, not what it says.

    The message of an unexpected error may quote the text it met (a decoding error shows
    bytes of the file, a database error the values of the statement).
    """

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines.append(type(error).__qualname__)
            trace = error.__traceback__
            while trace is not None:
                code = trace.tb_frame.f_code
                lines.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def configure(verbose: bool = False) -> Path | None:
    """Start the log file and return its path; ``None`` where none can be written.

    ``verbose`` writes the details too, in the file and on standard error. May be called
    again: the earlier handlers are closed first.
    """
    logger = logging.getLogger(_ROOT)
    close()
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    formatter = _PlacesOnly(_FORMAT)
    handlers: list[logging.Handler] = []
    path: Path | None = None
    try:
        path = paths.user_log_dir() / FILE_NAME
        handlers.append(
            logging.handlers.RotatingFileHandler(
                path, maxBytes=LARGEST_FILE, backupCount=OLDER_FILES, encoding="utf-8"
            )
        )
    except (OSError, UserError):
        # A log is a convenience: the program runs without one.
        path = None
        handlers.append(logging.NullHandler())
    if verbose and sys.stderr is not None:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(formatter)
        logger.addHandler(handler)
    # Other libraries' records, and lines printed by the handler of last resort, stay out.
    logger.propagate = False
    return path


def close() -> None:
    """End logging to the files that ``configure`` began."""
    logger = logging.getLogger(_ROOT)
    for handler in list(logger.handlers):
        if isinstance(handler.formatter, _PlacesOnly):
            logger.removeHandler(handler)
            handler.close()
    logger.propagate = True
