"""The methods paragraph in English. No sentence begins with a numeral (APA 7, 6.33)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services.methods_facts import ProjectFacts, RoundFacts, VersionFacts
from ikt_coder.services.report_language.comparing_english import English as Comparing
from ikt_coder.services.report_language.english import English as Language
from ikt_coder.services.report_language.methods import Methods, MethodsWords, Written
from ikt_coder.services.round_rows import ChangeKind

_LANGUAGE = Language()
_COMPARING = Comparing.words
_ENOUGH = 20


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _share(part: int, whole: int) -> str:
    """A share in brackets; none of fewer than twenty, where the numbers say it better."""
    return f" ({100 * part / whole:.0f}%)" if whole >= _ENOUGH else ""


class English(Methods):
    words = MethodsWords(
        title="Methods: How Coders Worked and Agreed",
        paragraph="Methods paragraph",
        guideline="COREQ items 24 to 27",
        editable="A draft to edit: every fact in it is taken from the project as it is now.",
        unknown="The project cannot know how coders were trained, what they are to the "
        "participants, or why these documents were chosen: add that by hand.",
        no_rounds="No round of coding was set up in this project, so there is no figure of "
        "agreement to report.",
        reflexive="The analysis is reflexive: coders were not measured against each other, and "
        "no coefficient is reported. Their readings were set side by side and talked over; "
        "where two readings stand, both were kept. Report by RTARG rather than COREQ.",
    )

    def _how_chosen(self, facts: RoundFacts) -> str:
        if facts.drawn:
            seed = f", seed {facts.row.seed}" if facts.row.seed is not None else ""
            return f"drawn at random{seed}"
        return "that is all there were" if facts.documents == facts.of else "chosen by the team"

    def _documents(self, facts: RoundFacts) -> str:
        whole = f"{facts.documents} of {_plural(facts.of, 'document')}"
        return f"{whole}{_share(facts.documents, facts.of)}, {self._how_chosen(facts)},"

    def _codes(self, facts: RoundFacts) -> str:
        version = facts.row.codebook_number
        book = f"codebook version {version}" if version else "the codebook"
        if facts.row.codes:
            return f"{_plural(facts.codes, 'code')} of {book}"
        return f"{book} ({_plural(facts.codes, 'code')})"

    def blind(self, facts: RoundFacts) -> str:
        who = f"{_plural(len(facts.coders), 'coder')} ({_LANGUAGE.and_list(facts.coders)})"
        double = (
            "all of them were"
            if facts.double == facts.documents
            else (f"{facts.double} of them {_was(facts.double)}")
        )
        said = (
            f"In {facts.row.name} (set up on {_day(facts.set_up)}), {who} independently coded "
            f"{self._documents(facts)} with {self._codes(facts)}; {double} "
            "finished by two coders or more. They worked blind: until all had finished, "
            "none could see another’s codings, memos or counts in the program."
        )
        if facts.row.first:
            said += (
                f" The first {_plural(facts.row.first, 'document')} were compared and settled "
                "before the rest was coded."
            )
        if facts.row.unsealed is not None:
            day = _day(facts.row.unsealed.astimezone().date())
            said += f" Coding was frozen as each finished and unsealed on {day}."
        return said

    def open(self, facts: RoundFacts) -> str:
        coders = _LANGUAGE.and_list(facts.coders)
        return (
            f"In {facts.row.name} (set up on {_day(facts.set_up)}), {coders} coded "
            f"{self._documents(facts)} openly as a team with {self._codes(facts)}: each could see "
            "the others’ codings. No coefficient is given, since it would measure that rather "
            "than the codebook."
        )

    def verified(self, facts: RoundFacts) -> str:
        first, second = _LANGUAGE.and_list(facts.coders), _LANGUAGE.and_list(facts.verifiers)
        said = (
            f"In {facts.row.name} (set up on {_day(facts.set_up)}), {first} coded "
            f"{self._documents(facts)} with {self._codes(facts)}, and {second} verified the coding."
        )
        rates = facts.rates
        if rates is not None and rates.judged:
            kinds = [
                (rates.accepted, "accepted"),
                (rates.edges_changed, "given other edges"),
                (rates.code_changed, "given another code"),
                (rates.removed, "removed"),
            ]
            named = [f"{n}{_share(n, rates.judged)} {word}" for n, word in kinds if n]
            said += (
                f" Of {_plural(rates.judged, 'coding')} that were judged: "
                f"{_LANGUAGE.and_list(named)}; {_plural(rates.added, 'coding')} "
                f"{'was' if rates.added == 1 else 'were'} added in "
                f"{_plural(rates.documents, 'document')}."
            )
        if rates is not None and rates.turns:
            said += (
                f" Of {_plural(rates.turns, 'turn')}, {rates.turns_checked} "
                f"{_was(rates.turns_checked)} marked as checked (marked by an act, which does not "
                "say that they were read)."
            )
        return said + (
            " No kappa or alpha is given of that: the second judgement is not independent of the "
            "first."
        )

    def blind_check(self, facts: RoundFacts) -> str:
        if not facts.blind_check:
            return ""
        documents = _plural(facts.blind_check, "document")
        said = (
            f"As a check on that, {documents} {_was(facts.blind_check)} coded blind by both, "
            "without sight of the other’s coding"
        )
        only = "; what follows is of these alone" if facts.agreement is not None else ""
        return f"{said}{only}."

    def sealed(self, facts: RoundFacts) -> str:
        return (
            f"{facts.row.name} is blind and still sealed ({facts.row.finished} of "
            f"{facts.row.assigned} assignments finished): nothing of it is reported."
        )

    def kept_apart(self, facts: RoundFacts) -> str:
        said = []
        if facts.switches:
            said.append(
                "While coding was sealed another coder sat down at the same program "
                f"{_plural(facts.switches, 'time')}, which was asked about and logged."
            )
        before = facts.reopened - facts.reopened_after
        if before:
            said.append(
                f"Before the comparison, {_plural(before, 'finished document')} {_was(before)} "
                "reopened."
            )
        if facts.reopened_after:
            said.append(
                f"After the comparison, {_plural(facts.reopened_after, 'document')} "
                f"{_was(facts.reopened_after)} reopened; what was changed then is in no figure."
            )
        return " ".join(said)

    def agreement(self, facts: RoundFacts, written: Written) -> str:
        said = f"{written.setting} {written.statistic}"
        if not written.defined:
            return f"{said} No code has a value."
        said += (
            f" Pooled over codes, {written.pooled} (de Vries et al., 2008); by code it ranged "
            f"from {written.low} to {written.high} ({_plural(written.defined, 'code')})."
        )
        if written.target:
            said += f" {written.target}"
        if written.intervals:
            said += f" {written.intervals}"
        if written.undefined:
            said += f" Undefined: {'; '.join(written.undefined)}."
        if written.unused:
            said += f" Not used at all: {_plural(written.unused, 'code')} in scope."
        return said

    def differences(self, facts: RoundFacts) -> str:
        if facts.settling is None:
            return ""
        progress = facts.settling.progress
        kinds = [
            f"{_COMPARING.differences[kind]} ({count})"
            for kind, count in progress.kinds.items()
            if count and kind is not DifferenceKind.MATCH
        ]
        listed = f": {'; '.join(kinds)}" if kinds else ""
        return (
            f"The coders agreed on {_plural(progress.agreed, 'passage')} and differed in "
            f"{_plural(progress.total, 'item')}{listed}."
        )

    def settled(self, facts: RoundFacts) -> str:
        found = facts.settling
        if found is None or not found.progress.total:
            return ""
        progress = found.progress
        if not progress.settled:
            return "None of the differences has been settled yet."
        ways_of = [(found.together, "by coders together")] if found.together else []
        ways_of += [
            (count, f"by {name or 'a coder'} with nobody else noted as present")
            for name, count in found.alone
        ]
        if found.adjudicated:
            who = f" by {facts.adjudicator}" if facts.adjudicator else ""
            blind = ", to whom coders’ names were hidden" if found.blind else ""
            ways_of.append((found.adjudicated, f"by adjudication{who}{blind}"))
        told = [f"{count} {how}" for count, how in ways_of]
        if told:
            count, how = ways_of[0]
            told[0] = f"{_plural(count, 'difference')} {_was(count)} settled {how}"
        said = f"Of these, {_LANGUAGE.and_list(told)}"
        ways = [
            f"{_COMPARING.decisions[kind]}: {found.ways[kind]}"
            for kind in DecisionKind
            if found.ways.get(kind)
        ]
        said += f" ({', '.join(ways)})." if ways else "."
        if found.in_bulk:
            said += f" Of these decisions, {found.in_bulk} {_was(found.in_bulk)} taken in bulk."
        rest = progress.total - progress.settled
        said += (
            f" Negotiated agreement: {progress.settled} of {progress.total} differences"
            f"{_share(progress.settled, progress.total)} are settled"
            + (f", {rest} are open or deferred" if rest else "")
            + ". This is not a second coefficient of reliability, which stays as it was before "
            "the talk. The coders’ own codings were left as they were."
        )
        return said

    def between_versions(self, versions: Sequence[VersionFacts]) -> str:
        said = []
        names = {
            ChangeKind.ADDED: "added",
            ChangeKind.REMOVED: "removed",
            ChangeKind.CHANGED: "changed",
            ChangeKind.MERGED: "merged",
        }
        for one in versions:
            counts = [f"{n} {names[kind]}" for kind, n in one.changes.items() if n]
            what = f"{_LANGUAGE.and_list(counts)}" if counts else "nothing changed"
            said.append(f"from version {one.before} to {one.after}, {what}")
        if not said:
            return ""
        return f"Codes between versions of the codebook: {'; '.join(said)}."

    def copies(self, facts: ProjectFacts) -> str:
        if not facts.copies and not facts.merged:
            return ""
        written = _plural(facts.copies, "copy", "copies")
        back = _plural(facts.merged, "copy", "copies")
        return (
            f"Coders were given {written} of the project without others’ work, and {back} "
            f"{_was(facts.merged)} brought back."
        )

    def coreq(self, facts: ProjectFacts) -> tuple[tuple[str, str], ...]:
        who = ", ".join(f"{name} ({role.replace('_', ' ')})" for name, role in facts.coders)
        number = _plural(len(facts.coders), "coder")
        tree = (
            f"{_plural(facts.codes, 'code')} in {_plural(facts.branches, 'branch', 'branches')}, "
            f"up to {_plural(facts.depth, 'level')} deep; definitions, rules and examples are in "
            "the codebook report, and as they were at each round in the report of its versions."
        )
        presets = ""
        if facts.frameworks:
            presets = (
                f" Frameworks in the project: {_LANGUAGE.and_list(list(facts.frameworks))} "
                f"({_plural(facts.framework_codes, 'code')})."
            )
        own = facts.codes - facts.framework_codes
        return (
            ("24. Number of data coders", f"{number}{f': {who}' if who else ''}."),
            ("25. Description of the coding tree", tree + presets),
            (
                "26. Derivation of themes",
                f"{_plural(facts.themes, 'theme')}; {_plural(facts.framework_codes, 'code')} "
                f"laid down by frameworks, {own} made in the project. Say which of these were "
                "identified in advance and which were derived from the data.",
            ),
            ("27. Software", f"{facts.program}."),
        )


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _day(day: date) -> str:
    return f"{day.day} {_LANGUAGE.month(day)} {day.year}"
