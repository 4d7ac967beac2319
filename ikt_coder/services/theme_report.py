"""The themes as a draft of a chapter: narrative, idea, boundaries, quotes, cases, links.

Only words of the study are printed as findings: the program's own are headings and counts.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ikt_coder.core.report import Block, Heading, Report, Voice, bold, bullets, prose
from ikt_coder.core.span import Span
from ikt_coder.core.table import Run
from ikt_coder.core.words import Approach, Stance, ThemeStatus
from ikt_coder.services.deviant_cases import DeviantCase, deviant_cases
from ikt_coder.services.report_language import ENGLISH, Language
from ikt_coder.services.rows import LinkRow
from ikt_coder.services.table_signs import APA_SIGNS
from ikt_coder.services.theme_counts import ThemeCounts, passages
from ikt_coder.services.theme_domains import ThemeDomains
from ikt_coder.services.theme_notes import layer_sentences
from ikt_coder.services.theme_quotes import ThemeQuotes

if TYPE_CHECKING:
    from ikt_coder.services.project import Project


def theme_report(
    project: Project, language: Language = ENGLISH, *, group_labels: bool = False
) -> Report:
    """Every theme with all that was written about it; those set aside last, with the reason."""
    return _ThemeReport(project, language, group_labels=group_labels).build()


class _ThemeReport:
    def __init__(self, project: Project, language: Language, *, group_labels: bool) -> None:
        self._project = project
        self._language = language
        self._words = language.words
        self._card = project.card.get()
        self._counts = ThemeCounts(project, whole_layer=True)
        self._domains = ThemeDomains(project, self._counts, language)
        self._quotes = ThemeQuotes(
            project,
            self._counts,
            with_groups=group_labels,
            mark_mixed=False,
            language=language,
        )
        self._cases: dict[UUID, list[DeviantCase]] = {}
        for case in deviant_cases(project, counts=self._counts):
            self._cases.setdefault(case.theme, []).append(case)
        self._links: dict[UUID, list[LinkRow]] = {}
        for link in project.themes.links.all():
            for theme in (link.theme, link.other):
                self._links.setdefault(theme, []).append(link)
        self._longer = self._altered = self._proposed = False
        self._withheld_cases = 0

    def build(self) -> Report:
        kept: list[Block] = []
        aside: list[Block] = []
        gone: set[UUID] = set()

        def visit(row: Any, depth: int) -> None:
            if row.status == ThemeStatus.SET_ASIDE.value or row.parent_id in gone:
                gone.add(row.id)
                aside.extend(self._set_aside(row))
            else:
                kept.extend(self._theme(row, depth))

        self._counts.walk(visit)
        blocks = [*kept]
        if aside:
            blocks += [Heading(self._words.set_aside_heading, 1), *aside]
        if blocks:
            blocks += self._notes()
        return Report(
            title=self._language.report_title(self._card.name),
            blocks=tuple(blocks),
            subtitle=self._card.research_question,
            language=self._language.tag,
            empty=self._words.no_themes,
        )

    def _theme(self, row: Any, depth: int) -> list[Block]:
        words = self._words
        blocks: list[Block] = [Heading(row.name, min(depth + 1, 3))]
        if row.description:
            blocks += _paragraphs(row.description)
        for label, text in (
            (words.central_idea, row.central_idea),
            (words.boundaries, row.boundaries),
        ):
            # Who wrote "Not about money" has said it already.
            said = text.strip()
            if said.casefold().startswith(f"{label.casefold()} "):
                said = said[len(label) :].lstrip()
            if said:
                blocks.append(self._labelled(label, said))
        blocks += _paragraphs(row.narrative)
        if not row.narrative.strip():
            blocks.append(prose(Run(words.no_narrative, italic=True), voice=Voice.NOTE))
        for quote in self._quotes.accepted(row.id):
            self._longer |= quote.longer
            self._altered |= quote.altered
            blocks.append(prose(quote.text, voice=Voice.QUOTE))
        blocks += self._cases_of(row.id, depth)
        blocks += self._links_of(row.id, depth)
        blocks.append(self._facts(row))
        return blocks

    def _set_aside(self, row: Any) -> list[Block]:
        because = self._language.set_aside_because(row.set_aside_reason)
        return [Heading(row.name, 2), prose(because), *_paragraphs(row.description)]

    def _cases_of(self, theme: UUID, depth: int) -> list[Block]:
        """Words that nobody accepted as a quote yet are marked as proposals."""
        items: list[tuple[str, str]] = []
        printer = self._quotes.printer
        accepted = {quote.coding for quote in self._quotes.accepted(theme)}
        seen: set[tuple[UUID, Span, Stance, str]] = set()
        for case in self._cases.get(theme, ()):
            stance = self._words.stances[case.stance]
            coding = case.passage.coding
            # Several codes on the same words are one case to a reader.
            same = (coding.document, coding.span, case.stance, coding.memo)
            if same in seen:
                continue
            seen.add(same)
            if not case.may_quote:
                self._withheld_cases += 1
                who = ", ".join(case.passage.participants)
                said = self._words.words_withheld + (f" ({who})" if who else "")
                memo = ""  # a memo may repeat the words
            else:
                quote = printer.print(coding, coding.span)
                if coding.id not in accepted:
                    quote = printer.as_proposal(quote)
                    self._proposed = True
                said, memo = quote.text, " ".join(coding.memo.split())
            lead = self._language.labelled(f"{stance[:1].upper()}{stance[1:]}", "")
            items.append((lead, f"{said} {memo}".strip()))
        if not items:
            return []
        # Withheld words of one person read alike: one line with how many there are.
        alike = Counter(items)
        lines: list[tuple[str | Run, ...]] = [
            (bold(lead), f"{said} × {count}" if count > 1 else said)
            for (lead, said), count in alike.items()
        ]
        return [self._sub_heading(self._words.cases_heading, depth), bullets(lines)]

    def _sub_heading(self, text: str, depth: int) -> Block:
        """Below the theme's own heading; a theme two levels down leaves no level free."""
        return Heading(text, 3) if depth < 2 else prose(bold(text))

    def _links_of(self, theme: UUID, depth: int) -> list[Block]:
        items: list[tuple[str | Run, ...]] = []
        for link in self._links.get(theme, ()):
            kind = self._words.links[link.kind]
            said = f"{self._language.quoted(link.theme_name)} {kind} "
            said += self._language.quoted(link.other_name)
            items.append((self._language.labelled(said, link.note) if link.note else said,))
        if not items:
            return []
        return [self._sub_heading(self._words.links_heading, depth), bullets(items)]

    def _facts(self, row: Any) -> Block:
        """Status, counts, domains and levels, small."""
        language, words = self._language, self._words
        below = self._counts.members_below(row.id)
        facts = [language.labelled(words.status, words.statuses[ThemeStatus(row.status)])]
        if self._card.approach is not Approach.REFLEXIVE:
            counted = language.report_counts(
                len(passages(below)),
                len(self._counts.participants(below)),
                None if self._counts.info.pending else len(self._counts.info.participants),
            )
            facts.append(language.labelled(words.counts, counted))
            for label, listed in (
                (words.domains, self._domains.domains(row.id, below)),
                (words.levels, self._domains.on_levels(row.id, below)),
            ):
                if listed:
                    named = f"{language.semicolon} ".join(one.written(language) for one in listed)
                    facts.append(language.labelled(label, named))
        return prose(". ".join(facts) + ".", voice=Voice.NOTE)

    def _notes(self) -> list[Block]:
        """Layer, unit, denominator and date; what was altered and withheld."""
        language, info = self._language, self._counts.info
        sentences = layer_sentences(info, language)
        runs: list[str | Run] = []
        if self._card.approach is not Approach.REFLEXIVE:
            total = language.total(len(info.participants), len(info.pending), percentages=False)
            runs += [*total, " "]
            sentences.append(language.passage_unit())
        if self._altered:
            sentences.append(language.altered())
        if self._longer:
            sentences.append(language.longer(APA_SIGNS.longer))
        if self._quotes.withheld:
            sentences.append(language.withheld(len(self._quotes.withheld)))
        if self._proposed:
            sentences.append(language.not_accepted())
        if self._withheld_cases:
            sentences.append(language.passages_withheld(self._withheld_cases))
        sentences.append(language.counted_on(date.today()))
        return [prose(*runs, " ".join(sentences), voice=Voice.NOTE)]

    def _labelled(self, label: str, text: str) -> Block:
        lead, _, rest = self._language.labelled(label, "\0").partition("\0")
        return prose(bold(lead), f"{' '.join(text.split())}{rest}")


def _paragraphs(text: str) -> list[Block]:
    return [prose(line.strip()) for line in text.split("\n") if line.strip()]
