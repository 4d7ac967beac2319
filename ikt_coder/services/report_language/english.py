"""Reports in English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ikt_coder.core.table import Run, TableStyle
from ikt_coder.core.words import LinkKind, Stance, ThemeStatus, Valence, WordPair
from ikt_coder.services.report_language.language import Language
from ikt_coder.services.report_language.words import TOTAL, DirectionWord, N, Words
from ikt_coder.services.theme_table_options import ThemeColumn
from ikt_coder.services.wording_seen import WordingSeen

_INNER = re.compile(r"[“\"]([^“”\"]*)[”\"]")
# APA 7 leaves these small in a title; all other words of ours are capitalised.
_SMALL = frozenset({"of", "the", "a", "an", "and", "or", "by", "in", "to", "on", "for", "from"})

_WORDS = Words(
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    directions={
        WordPair.BARRIERS_FACILITATORS: (
            DirectionWord("barrier", "barriers"),
            DirectionWord("facilitator", "facilitators"),
        ),
        WordPair.BARRIERS_ENABLERS: (
            DirectionWord("barrier", "barriers"),
            DirectionWord("enabler", "enablers"),
        ),
        WordPair.HINDERS_HELPS: (
            DirectionWord("hinders", "what hinders"),
            DirectionWord("helps", "what helps"),
        ),
    },
    headings={
        ThemeColumn.DESCRIPTION: (Run("Description"),),
        ThemeColumn.CENTRAL_IDEA: (Run("Central organising idea"),),
        ThemeColumn.QUOTES: (Run("Quote"),),
        ThemeColumn.PARTICIPANTS: (N,),
        ThemeColumn.OWN_PARTICIPANTS: (Run("Own "), N),
        ThemeColumn.DIRECTIONS: (),  # one column for each direction
        ThemeColumn.PASSAGES: (Run("Passages"),),
        ThemeColumn.REFERENCES: (Run("References"),),
        ThemeColumn.BOTH_DIRECTIONS: (Run("Both directions, "), N),
        ThemeColumn.DOMAINS: (Run("Domain ("), N, Run(")")),
        ThemeColumn.COMPONENTS: (Run("COM-B component ("), N, Run(")")),
        ThemeColumn.LEVELS: (Run("Level ("), N, Run(")")),
        ThemeColumn.STATUS: (Run("Status"),),
    },
    statuses={
        ThemeStatus.CANDIDATE: "candidate",
        ThemeStatus.UNDER_REVIEW: "under review",
        ThemeStatus.DEFINED: "defined",
        ThemeStatus.SET_ASIDE: "set aside",
    },
    stances={
        Stance.SUPPORTS: "supports",
        Stance.QUALIFIES: "qualifies",
        Stance.CONTRADICTS: "contradicts",
    },
    links={
        LinkKind.RECIPROCAL: "goes together with (reciprocal)",
        LinkKind.CONTRAST: "contrasts with",
        LinkKind.LEADS_TO: "leads to",
    },
    nodes={},
    frameworks={},
    mixed="mixed",
    neutral="neutral",
    not_set="not set",
    interviewer="interviewer",
    proposed="[proposed]",
    theme="Theme",
    tdf_domain="TDF domain",
    undecided="undecided",
    passages_spanner=(Run("Passages, "), N),
    no_component="No COM-B component",
    no_domain="No domain",
    no_level="No level",
    no_themes="There are no themes yet.",
    table_description="Themes of the analysis, one row for each theme and sub-theme.",
    quote="Quote",
    quote_label="Q",
    label="Label",
    reference="Reference",
    stance="Stance",
    passage="Passage",
    participant="Participant",
    document="Document",
    memo="Memo",
    words_withheld="[words withheld]",
    quotes_empty="No quotes have been accepted yet.",
    cases_empty="No coding qualifies or contradicts a theme.",
    quotes_description="Quotes accepted for each theme.",
    cases_description="Codings that qualify or contradict their theme, with their passages.",
    appendix_description="Long quotes in full, with the theme and the place of each.",
    central_idea="Central organising idea",
    boundaries="Not about",
    links_heading="How it stands to other themes",
    cases_heading="What qualifies or contradicts it",
    no_narrative="No narrative has been written yet.",
    set_aside_heading="Themes set aside",
    status="Status",
    levels="Levels",
    domains="Domains",
    counts="Counts",
)


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _joined(words: Sequence[str], last: str) -> str:
    if len(words) < 3:
        return f" {last} ".join(words)
    return f"{', '.join(words[:-1])}, {last} {words[-1]}"


class English(Language):
    tag = "en"
    semicolon = ";"
    words = _WORDS

    def quoted(self, text: str) -> str:
        return f"“{text}”"

    def spoken(self, text: str) -> str:
        return "“" + _INNER.sub(r"‘\1’", text) + "”"

    def decimal(self, written: str) -> str:
        return written

    def thousands(self, style: TableStyle) -> str:
        # BMC: "Commas should not be used to indicate numerical values."
        return "," if style is TableStyle.APA else "\u202f"

    def percent(self, figure: str) -> str:
        return f"{figure}%"

    def interval(self, low: str, high: str, style: TableStyle) -> str:
        if style is TableStyle.APA:
            return f"95% CI [{low}, {high}]"
        return f"95% CI {low} to {high}"

    def and_list(self, words: Sequence[str]) -> str:
        return _joined(words, "and")

    def or_list(self, words: Sequence[str]) -> str:
        return _joined(words, "or")

    def labelled(self, label: str, text: str) -> str:
        return f"{label}: {text}"

    def title(self, text: str, style: TableStyle) -> str:
        if style is not TableStyle.APA:
            return text
        words = text.split(" ")
        return " ".join(
            word if at and word in _SMALL else word[:1].upper() + word[1:]
            for at, word in enumerate(words)
        )

    def counted_on(self, day: date) -> str:
        return f"Counted on {day.day} {self.month(day)} {day.year}."

    # -- titles -----------------------------------------------------------------------------

    def themes_title(self, side: str, *, by_direction: bool) -> str:
        about = f"Themes: {side}" if side else "Themes"
        return f"{about}, with passages by direction" if by_direction else about

    def appendix_title(self, table: int) -> str:
        return f"Long quotes of table {table} in full"

    def quotes_title(self) -> str:
        return "Accepted quotes"

    def cases_title(self) -> str:
        return "Codings that qualify or contradict a theme"

    # -- layer and counting -----------------------------------------------------------------

    def layer(
        self, consensus: int, leads: Sequence[str], led: int, single: int, counted: int
    ) -> str:
        whose = []
        if consensus:
            whose.append(f"consensus in {_plural(consensus, 'document')}")
        if leads:
            whose.append(f"codings by {self.and_list(leads)} in {_plural(led, 'document')}")
        said = f"{single or 'none'} of them single-coded"
        if counted == 1:
            said = "single-coded" if single else "not single-coded"
        return f"Analysis layer: {self.and_list(whose)}, {said}."

    def unchosen(self, count: int) -> str:
        has, is_ = ("has", "is") if count == 1 else ("have", "are")
        return (
            f"{_plural(count, 'document')} {has} neither a consensus nor a lead coder and "
            f"{is_} not counted."
        )

    def being_settled(self, count: int) -> str:
        is_, its = ("is", "its") if count == 1 else ("are", "their")
        return (
            f"{_plural(count, 'document')} {is_} being settled; {its} consensus counts when no "
            "difference is left."
        )

    def sealed(self, count: int) -> str:
        is_ = "is" if count == 1 else "are"
        return (
            f"{_plural(count, 'document')} {is_} sealed until a blind round is unsealed and "
            f"{is_} not counted."
        )

    def interim(self, coded: int, documents: int) -> str:
        return f"Interim: {coded} of {_plural(documents, 'document')} coded."

    def left_out(self, people: int) -> str:
        return f"{_plural(people, 'participant')} left out of analysis."

    def total(self, people: int, pending: int, *, percentages: bool) -> tuple[Run, ...]:
        whose = "participant" if people == 1 else "participants"
        runs = [TOTAL, Run(f" = {people} {whose} in documents marked coded; "), N]
        runs.append(Run(" = number of participants"))
        if pending:
            still = _plural(pending, "participant")
            runs.append(Run(f", among them up to {still} of documents still being coded"))
        if percentages:
            runs += [Run("; percentages are of "), TOTAL]
        return (*runs, Run("."))

    def only(self, documents: int, groups: Sequence[str]) -> str:
        parts = []
        if documents:
            parts.append(_plural(documents, "chosen document"))
        if groups:
            named = self.and_list([self.quoted(group) for group in groups])
            parts.append(f"participants of {'group' if len(groups) == 1 else 'groups'} {named}")
        return f"Counted in this table: only {self.and_list(parts)}."

    def only_answers(self, questions: Sequence[str]) -> str:
        named = self.or_list([self.quoted(name) for name in questions])
        said = named or "questions that are no longer in the interview guide"
        return (
            f"Counted in this table: only codings that touch answers to {said}; an answer goes on "
            "to the next question of the guide. N does not depend on who was asked."
        )

    def only_themes(self, *, chosen: bool, statuses: Sequence[str]) -> str:
        if not statuses:
            return "Only chosen themes are shown."
        with_status = f"with the status {self.or_list(statuses)}"
        return f"Only {'chosen themes' if chosen else 'themes'} {with_status} are shown."

    def passage_unit(self) -> str:
        return (
            "A passage is the union of touching or overlapping codings of a theme in one document."
        )

    def reference_unit(self) -> str:
        return "A reference is one coding."

    def rolled_up(self, *, own: bool) -> str:
        tail = "; “own” counts leave them out" if own else ""
        return (
            "Counts include sub-themes, each participant and passage once; rows of themes and "
            f"their sub-themes therefore overlap{tail}."
        )

    def own_counts(self) -> str:
        return "“Own” counts leave sub-themes out."

    def themes_set_aside(self, reasons: Sequence[tuple[str, str]]) -> str:
        named = "; ".join(
            f"{self.quoted(name)} ({reason})" if reason else f"{self.quoted(name)} (no reason)"
            for name, reason in reasons
        )
        return f"Themes set aside are shown but not part of the counts above them: {named}."

    def contrary(self, qualify: int, contradict: int) -> str:
        parts = [
            f"{_plural(count, 'coding')} that {verbs if count == 1 else verb}"
            for count, verb, verbs in (
                (qualify, "qualify", "qualifies"),
                (contradict, "contradict", "contradicts"),
            )
            if count
        ]
        return f"Counts include {self.and_list(parts)} their theme."

    # -- directions -------------------------------------------------------------------------

    def only_directions(self, names: Sequence[str]) -> str:
        return f"Only codings with the direction {self.or_list(names)} are counted."

    def without_direction(self, themes: Sequence[str]) -> str:
        return f"Without any such coding: {self.and_list(themes)}."

    def mixed_in_both(self) -> str:
        return (
            f"{Valence.MIXED.sign} mixed: stands in the tables of both directions and "
            "counts once in each total."
        )

    def dropped_columns(self, names: Sequence[str]) -> str:
        return f"Columns without passages are left out: {', '.join(names)}."

    def several_directions(self) -> str:
        return "A passage with codings of several directions stands in each."

    def both_directions(self, barrier: str, facilitator: str) -> str:
        return (
            f"Both directions: participants with a {barrier} and a {facilitator}, "
            "or with a mixed passage."
        )

    def to_what(self, barriers: str, facilitators: str, behaviours: Sequence[str]) -> str:
        return f"{barriers} and {facilitators}".capitalize() + (
            f" to this: {'; '.join(behaviours)}."
        )

    def focal_actor(self, actor: str) -> str:
        return f"Individual level = {actor}."

    # -- frameworks -------------------------------------------------------------------------

    def overlap_rule(self, *, domains: bool, components: bool, levels: bool) -> str:
        named = {"domains": domains, "components": components, "levels": levels}
        about = self.and_list([name for name, wanted in named.items() if wanted])
        return (
            f"{about.capitalize()} are those of codings in the same layer that overlap a "
            "passage of the theme by at least half of the shorter of the two; all are listed, "
            "and one passage may carry several."
        )

    def several_levels(self) -> str:
        return "A coding on several levels counts once in each."

    def none_coded(self) -> str:
        return "— none coded."

    def derived(self, sign: str, *, beside: bool, sources: Sequence[str], drawn: bool) -> str:
        tail = ", after a semicolon those reached in this way alone" if beside else ""
        ways = (
            [f"the published crosswalk ({f'{self.semicolon} '.join(sources)})"] if sources else []
        )
        ways += ["links the authors drew"] if drawn else []
        return f"{sign} Derived from domains by {self.and_list(ways)}, not coded{tail}."

    def undecided(self) -> str:
        return (
            "Undecided: the domain leads to several components and the coder has not chosen; it is "
            "counted for none."
        )

    def added(self, sign: str) -> str:
        return f"{sign} Added by the authors."

    def hidden(self, sign: str, theme: str, names: Sequence[str]) -> str:
        return f"{sign} Hidden by the authors for {self.quoted(theme)}: {self.and_list(names)}."

    def com_b(self) -> str:
        return "COM-B = capability, opportunity, motivation, behaviour"

    def tdf(self) -> str:
        return "TDF = Theoretical Domains Framework, version 2"

    def definitions_seen(self, seen: WordingSeen, *, codes: bool, levels: bool) -> str:
        what = "framework definitions"
        if levels:
            what = f"definitions of {'framework codes and ' if codes else ''}levels"
        if seen.with_source == seen.total:
            return f"Coders saw {what} in the wording of their source."
        told = ["in the words of this project"]
        if seen.reworded < seen.total:
            told = ["as paraphrased by IKT Coder"]
            if seen.reworded:
                told.append(f"{seen.reworded} of {seen.total} in the words of this project")
        if seen.with_source:
            told.append(f"{seen.with_source} of {seen.total} also in the wording of their source")
        return f"Coders saw {what} {', '.join(told)}."

    def framework_order(self) -> str:
        return (
            "Each theme stands once, with its sub-themes, under its domain of most participants "
            "and the COM-B component of most participants that this domain leads to."
        )

    def level_order(self) -> str:
        return "Each theme stands once, with its sub-themes, under its level of most participants."

    # -- quotes -----------------------------------------------------------------------------

    def longer(self, sign: str) -> str:
        return f"{sign} Quote longer than its coding."

    def altered(self) -> str:
        return (
            "In quotes, square brackets hold words that were altered or added, and … stands for "
            "words left out."
        )

    def proposed(self) -> str:
        return (
            "[proposed] Not yet accepted by a person: starred codings first, then those of "
            "participants quoted least in the whole table, then the shortest; at most two to a "
            "theme and none of the same participant."
        )

    def not_accepted(self) -> str:
        return "[proposed] Not yet accepted by a person as a quote."

    def withheld(self, count: int) -> str:
        return (
            f"{count} accepted {'quote is' if count == 1 else 'quotes are'} withheld, as "
            "consent or a mark on the coding does not allow quoting."
        )

    def in_appendix(self, label: str, table: int) -> str:
        return f"[{label}] Shortened at its end; in full in Table {table}."

    def appendix_of(self, words: int, table: int) -> str:
        return f"Accepted quotes of Table {table} with {words} words or more."

    def passages_not_quotes(self) -> str:
        return "Passages as they were coded; they are not accepted quotes."

    def passages_withheld(self, count: int) -> str:
        return (
            f"The words of {_plural(count, 'passage')} are withheld, as consent or a mark on the "
            "coding does not allow quoting."
        )

    def cases_unit(self, cases: int, codings: int) -> str:
        return (
            f"{_plural(cases, 'case')} among {_plural(codings, 'coding')} of the themes; one case "
            "is one coding in one theme."
        )

    def quotes_unit(self, quotes: int) -> str:
        return f"{_plural(quotes, 'accepted quote')}."

    # -- the theme report -------------------------------------------------------------------

    def report_title(self, project: str) -> str:
        return f"Themes of {project}"

    def report_counts(self, passages: int, participants: int, total: int | None) -> str:
        people = (
            f"{_plural(participants, 'participant')} so far"
            if total is None
            else f"{participants} of {_plural(total, 'participant')}"
        )
        return f"{_plural(passages, 'passage')}, {people}, sub-themes included"

    def set_aside_because(self, reason: str) -> str:
        return f"Set aside: {reason}" if reason else "Set aside; no reason was given."

    def turn(self, number: int) -> str:
        return f"turn {number}"
