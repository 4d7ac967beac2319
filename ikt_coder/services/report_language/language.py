"""What a language of reports must be able to say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date

from ikt_coder.core.table import Run, TableStyle
from ikt_coder.core.words import Valence, WordPair
from ikt_coder.services.report_language.words import DirectionWord, Words
from ikt_coder.services.wording_seen import WordingSeen


class Language(ABC):
    """One language: its fixed words and its sentences. Counts are given as numbers, so that
    each language forms its own plurals; names are the study's own and stay as they are."""

    tag: str  # the IETF tag of tables in it
    semicolon: str  # with the space before it, where there is one
    words: Words

    # -- signs and lists --------------------------------------------------------------------

    @abstractmethod
    def quoted(self, text: str) -> str:
        """A name or title in quotation marks."""

    @abstractmethod
    def spoken(self, text: str) -> str:
        """A participant's words in quotation marks; marks within them become the inner ones."""

    @abstractmethod
    def decimal(self, written: str) -> str:
        """A figure written with a point, with the language's own sign."""

    @abstractmethod
    def thousands(self, style: TableStyle) -> str:
        """What parts groups of three digits."""

    @abstractmethod
    def percent(self, figure: str) -> str: ...

    @abstractmethod
    def interval(self, low: str, high: str, style: TableStyle) -> str:
        """A 95 % confidence interval."""

    @abstractmethod
    def and_list(self, words: Sequence[str]) -> str: ...

    @abstractmethod
    def or_list(self, words: Sequence[str]) -> str: ...

    @abstractmethod
    def labelled(self, label: str, text: str) -> str:
        """A label, its colon and what it is about."""

    @abstractmethod
    def title(self, text: str, style: TableStyle) -> str:
        """A title of the program's own in the letters the style asks for; the text is given
        in sentence case."""

    def month(self, day: date) -> str:
        return self.words.months[day.month - 1]

    @abstractmethod
    def counted_on(self, day: date) -> str: ...

    def direction_words(self, pair: WordPair) -> tuple[DirectionWord, DirectionWord]:
        """The project's own words for the two directions."""
        return self.words.directions[pair]

    def direction(self, valence: Valence | None, pair: WordPair) -> str:
        """One direction in the project's own words."""
        barrier, facilitator = self.direction_words(pair)
        names: Mapping[Valence | None, str] = {
            Valence.BARRIER: barrier.single,
            Valence.FACILITATOR: facilitator.single,
            Valence.MIXED: self.words.mixed,
            Valence.NEUTRAL: self.words.neutral,
            None: self.words.not_set,
        }
        return names[valence]

    def node(self, key: str | None, name: str, preset: str) -> str:
        """A framework's node; where the author renamed it, as the author did."""
        return self.words.nodes.get(key, name) if key and name == preset else name

    # -- titles -----------------------------------------------------------------------------

    @abstractmethod
    def themes_title(self, side: str, *, by_direction: bool) -> str:
        """``side`` is the plural of the one direction of the table, or empty."""

    @abstractmethod
    def appendix_title(self, table: int) -> str: ...

    @abstractmethod
    def quotes_title(self) -> str: ...

    @abstractmethod
    def cases_title(self) -> str: ...

    # -- layer and counting -----------------------------------------------------------------

    @abstractmethod
    def layer(
        self, consensus: int, leads: Sequence[str], led: int, single: int, counted: int
    ) -> str:
        """Whose codings count in how many documents, and how many one coder coded."""

    @abstractmethod
    def unchosen(self, count: int) -> str: ...

    @abstractmethod
    def being_settled(self, count: int) -> str:
        """Documents whose Consensus is not whole yet, and so does not count."""

    @abstractmethod
    def sealed(self, count: int) -> str:
        """Documents of a blind round in which the reader may not see yet what counts."""

    @abstractmethod
    def interim(self, coded: int, documents: int) -> str: ...

    @abstractmethod
    def left_out(self, people: int) -> str: ...

    @abstractmethod
    def total(self, people: int, pending: int, *, percentages: bool) -> tuple[Run, ...]:
        """N and what n counts."""

    @abstractmethod
    def only(self, documents: int, groups: Sequence[str]) -> str:
        """That only some documents or groups count; 0 documents: not narrowed by them."""

    @abstractmethod
    def only_answers(self, questions: Sequence[str]) -> str:
        """That only answers to some questions of the interview guide count, and that N stays;
        no name: the questions are no longer in the guide."""

    @abstractmethod
    def only_themes(self, *, chosen: bool, statuses: Sequence[str]) -> str: ...

    @abstractmethod
    def passage_unit(self) -> str: ...

    @abstractmethod
    def reference_unit(self) -> str: ...

    @abstractmethod
    def rolled_up(self, *, own: bool) -> str: ...

    @abstractmethod
    def own_counts(self) -> str: ...

    @abstractmethod
    def themes_set_aside(self, reasons: Sequence[tuple[str, str]]) -> str:
        """Which themes were set aside, and why."""

    @abstractmethod
    def contrary(self, qualify: int, contradict: int) -> str:
        """How many codings in the counts say something else than their theme."""

    # -- directions -------------------------------------------------------------------------

    @abstractmethod
    def only_directions(self, names: Sequence[str]) -> str: ...

    @abstractmethod
    def without_direction(self, themes: Sequence[str]) -> str: ...

    @abstractmethod
    def mixed_in_both(self) -> str: ...

    @abstractmethod
    def dropped_columns(self, names: Sequence[str]) -> str: ...

    @abstractmethod
    def several_directions(self) -> str: ...

    @abstractmethod
    def both_directions(self, barrier: str, facilitator: str) -> str: ...

    @abstractmethod
    def to_what(self, barriers: str, facilitators: str, behaviours: Sequence[str]) -> str: ...

    @abstractmethod
    def focal_actor(self, actor: str) -> str: ...

    # -- frameworks -------------------------------------------------------------------------

    @abstractmethod
    def overlap_rule(self, *, domains: bool, components: bool, levels: bool) -> str: ...

    @abstractmethod
    def several_levels(self) -> str: ...

    @abstractmethod
    def none_coded(self) -> str: ...

    @abstractmethod
    def derived(self, sign: str, *, beside: bool, sources: Sequence[str], drawn: bool) -> str:
        """Components were reached by crosswalks of some ``sources`` ("Cane et al., 2012"), by
        links ``drawn`` in the project, or both."""

    @abstractmethod
    def undecided(self) -> str: ...

    @abstractmethod
    def added(self, sign: str) -> str: ...

    @abstractmethod
    def hidden(self, sign: str, theme: str, names: Sequence[str]) -> str: ...

    @abstractmethod
    def com_b(self) -> str: ...

    @abstractmethod
    def tdf(self) -> str: ...

    @abstractmethod
    def definitions_seen(self, seen: WordingSeen, *, codes: bool, levels: bool) -> str: ...

    @abstractmethod
    def framework_order(self) -> str: ...

    @abstractmethod
    def level_order(self) -> str: ...

    # -- quotes -----------------------------------------------------------------------------

    @abstractmethod
    def longer(self, sign: str) -> str: ...

    @abstractmethod
    def altered(self) -> str: ...

    @abstractmethod
    def proposed(self) -> str: ...

    @abstractmethod
    def not_accepted(self) -> str:
        """What the mark of a proposal means, where no rule chose it."""

    @abstractmethod
    def withheld(self, count: int) -> str: ...

    @abstractmethod
    def in_appendix(self, label: str, table: int) -> str: ...

    @abstractmethod
    def appendix_of(self, words: int, table: int) -> str: ...

    @abstractmethod
    def passages_not_quotes(self) -> str: ...

    @abstractmethod
    def passages_withheld(self, count: int) -> str: ...

    @abstractmethod
    def cases_unit(self, cases: int, codings: int) -> str: ...

    @abstractmethod
    def quotes_unit(self, quotes: int) -> str: ...

    # -- the theme report -------------------------------------------------------------------

    @abstractmethod
    def report_title(self, project: str) -> str: ...

    @abstractmethod
    def report_counts(self, passages: int, participants: int, total: int | None) -> str:
        """``total`` None: the study is still being coded, so there is no *of how many* yet."""

    @abstractmethod
    def set_aside_because(self, reason: str) -> str: ...

    @abstractmethod
    def turn(self, number: int) -> str: ...
