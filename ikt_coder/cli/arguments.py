"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ProjectArgument = Annotated[Path, typer.Argument(metavar="PROJECT", help="The project file.")]
DocumentArgument = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help="A document by its title or id.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON value.")]
