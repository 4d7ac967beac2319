"""The methods paragraph: how coders worked and agreed, every fact of it from the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ikt_coder.agreement.display import UNDEFINED
from ikt_coder.core.report import Block, Heading, Report, Voice, bold, bullets, prose
from ikt_coder.core.rounds import RoundMode
from ikt_coder.core.words import Approach
from ikt_coder.services.agreement_notes import Writer
from ikt_coder.services.agreement_table import agreement_tables
from ikt_coder.services.comparison_rows import Agreement, CodeLine
from ikt_coder.services.methods_facts import ProjectFacts, RoundFacts, project_facts
from ikt_coder.services.report_language import LANGUAGES
from ikt_coder.services.report_language.methods import Methods, Written
from ikt_coder.services.report_language.methods_languages import METHODS
from ikt_coder.services.theme_table_options import ExportLanguage

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def methods_report(
    project: Project,
    language: ExportLanguage = ExportLanguage.ENGLISH,
    *,
    initials: bool = False,
) -> Report:
    """A draft to edit: one paragraph for each round, the table of the newest one, and COREQ
    items 24 to 27. A reflexive project has no figure in it."""
    methods = METHODS[language]
    words = methods.words
    card = project.card.get()
    blocks: list[Block] = [prose(words.editable, voice=Voice.NOTE)]
    if card.approach is Approach.REFLEXIVE:
        blocks += [Heading(words.paragraph), prose(words.reflexive)]
        return _report(words.title, card.name, blocks, language)
    facts = project_facts(project, initials=initials)
    blocks.append(Heading(words.paragraph))
    newest: Agreement | None = None
    for one in facts.rounds:
        blocks.append(prose(_paragraph(methods, one, language, initials=initials)))
        newest = one.agreement or newest
    if not facts.rounds:
        blocks.append(prose(words.no_rounds))
    blocks += _beside(methods, facts)
    blocks.append(Heading(words.guideline))
    blocks.append(bullets([(bold(f"{name}. "), said) for name, said in methods.coreq(facts)]))
    blocks.append(prose(words.unknown, voice=Voice.NOTE))
    if newest is not None and newest.used:
        (table, *_) = agreement_tables(project, language=language, initials=initials,
                                       agreement=newest)  # fmt: skip
        blocks.append(table)
    return _report(words.title, card.name, blocks, language)


def _report(title: str, project: str, blocks: list[Block], language: ExportLanguage) -> Report:
    return Report(title, tuple(blocks), subtitle=project, language=LANGUAGES[language].tag)


def _paragraph(
    methods: Methods, facts: RoundFacts, language: ExportLanguage, *, initials: bool
) -> str:
    """One round in a paragraph."""
    mode = facts.row.mode
    if mode is RoundMode.OPEN:
        said = [methods.open(facts)]
    elif mode is RoundMode.VERIFY:
        said = [methods.verified(facts), methods.kept_apart(facts), methods.blind_check(facts)]
    elif facts.agreement is None:
        return methods.sealed(facts)
    else:
        said = [methods.blind(facts)]
    if mode is not RoundMode.VERIFY:
        said.append(methods.kept_apart(facts))
    if facts.agreement is not None:
        written = _written(Writer(facts.agreement, language, initials=initials))
        said.append(methods.agreement(facts, written))
    said += [methods.differences(facts), methods.settled(facts)]
    return " ".join(part for part in said if part)


def _beside(methods: Methods, facts: ProjectFacts) -> list[Block]:
    said = [methods.between_versions(facts.versions), methods.copies(facts)]
    text = " ".join(part for part in said if part)
    return [prose(text)] if text else []


def _written(writer: Writer) -> Written:
    """The figures of a round as sentences need them, with two decimals as a text has them."""
    found = writer.agreement
    values = [value for line in found.used if (value := writer.value(line)) is not None]
    pooled = found.overall.pooled_kappa
    interval = found.pooled_interval
    said = f"κ {UNDEFINED}"
    if pooled.value is not None:
        edges = None if interval is None else (interval.low, interval.high)
        said = writer.figures.coefficient("κ", pooled.value, edges)
    target = ""
    row = found.round
    if row is not None and row.target is not None and values:
        reached = sum(value >= row.target for value in values)
        symbol = writer.symbol(found.coefficient)
        target = writer.comparing.target(
            writer.figures.coefficient(symbol, row.target), reached, len(values)
        )
    return Written(
        setting=_setting(writer),
        statistic=writer.statistic(found.coefficient),
        pooled=said,
        low=writer.figures.bounded(min(values)) if values else UNDEFINED,
        high=writer.figures.bounded(max(values)) if values else UNDEFINED,
        defined=len(values),
        undefined=tuple(_why(writer, line) for line in found.used if writer.value(line) is None),
        unused=len(found.codes) - len(found.used),
        target=target,
        intervals=" ".join(writer.intervals()),
    )


def _setting(writer: Writer) -> str:
    found, comparing = writer.agreement, writer.comparing
    said = [
        comparing.unit(
            found.setting.unit,
            found.setting.unit_size,
            writer.figures.whole(found.units),
            len(found.documents),
        )
    ]
    if found.setting.projected:
        said.append(comparing.rule(found.setting.rule))
    return " ".join([*said, comparing.scope(found.setting.scope)])


def _why(writer: Writer, line: CodeLine) -> str:
    figure = line.figures.figures[writer.agreement.coefficient]
    why = "" if figure.reason is None else writer.words.reasons[figure.reason]
    return f"{line.label} ({why})"
