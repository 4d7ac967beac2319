"""Comparing coders, in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ikt_coder.agreement.figure import Flag, Reason
from ikt_coder.core.rounds import (
    DecisionKind,
    DifferenceKind,
    Projection,
    ReasonCategory,
    RoundMode,
    Scope,
    Unit,
)
from ikt_coder.services.comparison_rows import WhyCodeLeftOut, WhyLeftOut
from ikt_coder.services.report_language.comparing import Comparing, ComparingWords
from ikt_coder.services.report_language.english import English as Language

_MONTHS = Language.words.months

_WORDS = ComparingWords(
    units={
        Unit.CHARACTERS: "characters",
        Unit.TOKENS: "words",
        Unit.SENTENCES: "sentences",
        Unit.TURNS: "speaker turns",
        Unit.PARAGRAPHS: "paragraphs",
        Unit.FIXED: "segments of fixed length",
        Unit.DOCUMENTS: "documents",
    },
    scopes={
        Scope.WHOLE: "the whole text",
        Scope.RESPONDENTS: "respondents’ turns",
        Scope.SELECTION: "passages marked when the round was set up",
    },
    modes={
        RoundMode.BLIND: "blind, independent coding",
        RoundMode.VERIFY: "code and verify",
        RoundMode.OPEN: "open team coding",
    },
    differences={
        DifferenceKind.MATCH: "agreed",
        DifferenceKind.BOUNDARY: "same code, other edges",
        DifferenceKind.DIFFERENT_CODE: "same passage, different code",
        DifferenceKind.ATTRIBUTE: "same passage, other direction, level or strength",
        DifferenceKind.ONE_SIDE: "coded by one coder only",
        DifferenceKind.SPLIT: "one segment against several",
        DifferenceKind.FIRST_CODER: "coding of the first coder",
        DifferenceKind.MISSED: "added by the second coder",
    },
    decisions={
        DecisionKind.KEEP: "one coder’s version kept",
        DecisionKind.BOTH: "both kept",
        DecisionKind.EDGES: "one coding with new edges",
        DecisionKind.OTHER_CODE: "another code",
        DecisionKind.NEITHER: "neither kept",
        DecisionKind.DEFER: "deferred to the adjudicator",
        DecisionKind.UNCLEAR: "codebook unclear",
        DecisionKind.ACCEPT: "accepted",
        DecisionKind.CHANGE_EDGES: "edges changed",
        DecisionKind.CHANGE_CODE: "code changed",
        DecisionKind.REMOVE: "removed",
        DecisionKind.ADD: "added",
        DecisionKind.WITHDRAW: "opened again",
    },
    categories={
        ReasonCategory.OVERSIGHT: "oversight",
        ReasonCategory.BOUNDARY: "boundary",
        ReasonCategory.DEFINITION: "definition",
        ReasonCategory.INTERPRETATION: "interpretation",
        ReasonCategory.TECHNICAL: "technical",
    },
    coefficients={
        "percent": "percentage agreement",
        "kappa": "Cohen’s kappa",
        "alpha": "Krippendorff’s alpha (nominal)",
        "ac1": "Gwet’s AC1",
        "dice": "positive agreement (Dice, F1)",
        "negative_agreement": "negative agreement",
        "jaccard": "Jaccard overlap",
        "scott_pi": "Scott’s pi",
        "bennett_s": "the Brennan–Prediger coefficient",
        "fleiss_kappa": "Fleiss’ kappa",
        "conger_kappa": "Conger’s kappa",
        "pooled_kappa": "pooled kappa",
    },
    flags={
        Flag.PREVALENCE: "rare or nearly everywhere",
        Flag.BIAS: "unequal use",
        Flag.SMALL_BASE: "small base",
        Flag.NOT_USED: "not used",
        Flag.ONLY_ONE_CODER: "one coder only",
        Flag.FEW_DOCUMENTS: "few documents",
    },
    flag_notes={
        Flag.PREVALENCE: "“Rare or nearly everywhere”: agreement is high and the coefficient "
        "low, because one answer is far more common; positive agreement says more.",
        Flag.BIAS: "“Unequal use”: one coder applied the code to clearly more of the text "
        "(by a tenth or more of all units).",
        Flag.SMALL_BASE: "“Small base”: fewer than three passages, or all of them in one document.",
        Flag.NOT_USED: "“Not used”: no coder applied the code.",
        Flag.ONLY_ONE_CODER: "“One coder only”: all other coders never used the code.",
        Flag.FEW_DOCUMENTS: "“Few documents”: fewer than ten stand behind the interval.",
    },
    reasons={
        Reason.NO_VARIATION: "no variation",
        Reason.NO_COMMON_DOCUMENT: "no common document",
        Reason.ONE_CATEGORY: "one category only",
        Reason.NOT_APPLICABLE: "does not apply",
    },
    why_left_out={
        WhyLeftOut.ONE_CODER: "assigned to one coder only",
        WhyLeftOut.NOT_FINISHED: "not finished by two coders",
        WhyLeftOut.NOT_CODED_BY_ALL: "without a coding by one of the coders",
        WhyLeftOut.SEALED: "sealed",
        WhyLeftOut.EMPTY: "no text in scope",
        WhyLeftOut.UNMATCHED: "the text is no longer in the project",
    },
    why_code_left_out={
        WhyCodeLeftOut.NEW: "made during the round, so not there for every coder",
        WhyCodeLeftOut.OUT_OF_SCOPE: "not among the codes of the round",
    },
    code="Code",
    both="Both",
    all_coders="All",
    some="Several",
    neither="Neither",
    none="None",
    interval="95% CI",
    documents="Documents",
    document="Document",
    passages="Passages",
    remarks="Remarks",
    pair="Coders",
    percent="%",
    pooled="Pooled kappa",
    all_codes="All codes",
    mean="Mean of documents",
    weighted="Mean weighted by length",
    counted_together="Pooled counts",
    kind="Class",
    items="Items",
    coder="Coder",
    not_set="not set",
    used_by_other="Used there by",
    nothing_there="(nothing)",
    also_title="Also Computed: Other Coefficients by Code",
    agreement_title="Agreement Between Coders by Code",
    pairs_title="Agreement by Pair of Coders",
    documents_title="Agreement by Document",
    differences_title="Differences Between Coders by Class",
    directions_title="Direction on Passages With an Agreed Code",
    confusion_title="What the Second Coder Used Where the First Used a Code",
    confusion_note="Counted is text where the first coder did not use the second’s code, nor the "
    "second the first’s. Text that also carries a code of both is not here, so that rows need not "
    "add up to what one coder alone coded.",
    confusion_cut="The {shown} most frequent of {of} pairs are shown; the .xlsx file has all.",
    trend_title="Agreement by Round",
    round="Round",
    nothing_compared="No document was finished by two coders yet.",
    decisions_title="Decision Log",
    decisions_empty="Nothing has been decided yet.",
    units_title="Units",
    codebook_title="Codebook Versions",
)


class English(Comparing):
    words = _WORDS

    def only(self, name: str) -> str:
        return f"Only {name}"

    def unit_heading(self, unit: Unit, size: int | None) -> str:
        return f"{self._units(unit, size).capitalize()}, n"

    def _units(self, unit: Unit, size: int | None) -> str:
        if unit is Unit.FIXED:
            return f"segments of {size} characters"
        return self.words.units[unit]

    def unit(self, unit: Unit, size: int | None, units: str, documents: int) -> str:
        if unit is Unit.DOCUMENTS:
            return (
                f"The unit is the document ({units} in all): a code counts where it occurs at "
                "least once."
            )
        there = "1 document" if documents == 1 else f"{documents} documents"
        return f"Counts are {self._units(unit, size)}; {units} in {there} were judged."

    def rule(self, rule: Projection) -> str:
        part = {
            Projection.ANY: "any of its characters is",
            Projection.HALF: "at least half of its characters are",
            Projection.ALL: "all of its characters are",
        }[rule]
        return f"A unit counts as coded where {part}."

    def scope(self, scope: Scope) -> str:
        return f"Scope: {self.words.scopes[scope]}."

    def rolled_up(self) -> str:
        return "A code counts where any code below it is coded, so rows overlap."

    def of_round(self, name: str, number: int, unsealed: date | None, version: int | None) -> str:
        when = f", unsealed on {_day(unsealed)}" if unsealed else ""
        label = f"Round {number}"
        # A round that kept the name it was proposed would be named twice.
        called = [] if name == label else [f"“{name}”"]
        beside = ", ".join([*called, *([f"codebook version {version}"] if version else [])])
        return (
            f"{label}{f' ({beside})' if beside else ''}: independent coding, frozen before any "
            f"coder saw another’s{when}."
        )

    def of_no_round(self, day: date) -> str:
        return (
            f"Not from a round: codings as they stand on {_day(day)}. Nobody marked the "
            "documents as finished, coders may have seen each other’s work, and the figures "
            "change with the codings."
        )

    def not_locked(self) -> str:
        return "Unit, rule or scope are not those that were laid down when the round was set up."

    def coders(self, names: Sequence[str]) -> str:
        return f"Coders: {', '.join(names)}."

    def left_out(self, why: WhyLeftOut, titles: Sequence[str]) -> str:
        return f"Left out ({self.words.why_left_out[why]}): {', '.join(titles)}."

    def codes_left_out(self, why: WhyCodeLeftOut, names: Sequence[str]) -> str:
        return f"Codes left out ({self.words.why_code_left_out[why]}): {', '.join(names)}."

    def reopened(self, titles: Sequence[str]) -> str:
        return (
            f"Reopened after the comparison: {', '.join(titles)}; what was changed then is in no "
            "figure here."
        )

    def statistic(self, symbol: str, coefficient: str, coders: int, source: str) -> str:
        said = self.words.coefficients.get(coefficient, coefficient)
        if coders > 2 and coefficient == "kappa":
            said = f"{said}, mean over pairs of coders (Light)"
        return f"{symbol} = {said}{f' ({source})' if source else ''}."

    def intervals(self, replicates: int, seed: int | None, documents: int) -> str:
        return (
            f"CI = confidence interval: percentile bootstrap over {documents} documents, "
            f"{replicates} replicates, seed {seed}."
        )

    def analytic_intervals(self) -> str:
        return "CI = confidence interval by the large-sample standard error (Fleiss et al., 1969)."

    def too_few_documents(self, needed: int) -> str:
        return f"No intervals: they take at least {needed} documents coded by two coders."

    def few_documents(self, documents: int) -> str:
        return f"Few documents ({documents}): the intervals are rough."

    def overall(self, figure: str, low: str, high: str, codes: int) -> str:
        return (
            f"Over all codes, pooled {figure} (de Vries et al., 2008); by code from {low} to "
            f"{high} in {codes} codes with a value."
        )

    def unused(self, names: Sequence[str]) -> str:
        count = "1 code that no coder used has" if len(names) == 1 else (
            f"{len(names)} codes that no coder used have"
        )  # fmt: skip
        return f"{count} no row: {', '.join(names)}."

    def undefined(self, count: int) -> str:
        return f"– = undefined ({count} of the rows): the units do not vary."

    def merged_since(self, pairs: Sequence[tuple[str, str]]) -> str:
        said = "; ".join(f"“{one}” into “{other}”" for one, other in pairs)
        return f"Merged after the coding was frozen, and still counted apart: {said}."

    def target(self, figure: str, reached: int, codes: int) -> str:
        return (
            f"Laid down beforehand: {figure} or more; {reached} of {codes} codes with a value "
            "reached it."
        )

    def guidance(self, coefficient: str) -> str:
        if coefficient == "alpha":
            return (
                "For orientation only: Krippendorff (2019) takes α ≥ .800 as reliable and .667 "
                "to .800 as enough for tentative conclusions."
            )
        if coefficient in ("kappa", "scott_pi", "fleiss_kappa", "conger_kappa"):
            return (
                "For orientation only: Landis and Koch (1977) call values up to .20 slight, .40 "
                "fair, .60 moderate, .80 substantial and above that almost perfect; Fleiss "
                "(1981) calls values from .40 fair to good and from .75 excellent."
            )
        return ""

    def guidance_caution(self) -> str:
        return "These bands were proposed for units laid down beforehand, not for characters."

    def computed_on(self, day: date, formulas: str) -> str:
        return f"Computed on {_day(day)}, definitions version {formulas}."

    def also_computed(self) -> str:
        return "The coefficient that was laid down stands in the table before this one."

    def means(self, mean: str, weighted: str, pooled: str, left_out: int) -> str:
        tail = f" {left_out} without a value are left out of the means." if left_out else ""
        return (
            f"Mean of the documents {mean}; weighted by their units {weighted}; from the pooled "
            f"counts of all documents {pooled}.{tail}"
        )

    def agreed_passages(self, passages: int, overlap: str) -> str:
        return (
            f"{passages} passages with the same code by both coders, matched one to one where "
            f"their overlap (intersection over union) is at least {overlap}."
        )

    def direction_figures(self, percent: str, kappa: str, count: int) -> str:
        return f"Of {count} passages with a direction by both: {percent} the same, {kappa}."

    def direction_apart(
        self, neither: int, first: str, only_first: int, second: str, only_second: int
    ) -> str:
        return (
            f"Not in the table: {neither} passages without a direction by either, {only_first} "
            f"where only {first} gave one, {only_second} where only {second} did."
        )

    def level_figures(self, jaccard: str, same: int, passages: int, neither: int) -> str:
        return (
            f"Levels: mean Jaccard overlap of the two sets {jaccard} over {passages} passages, "
            f"{same} of them the same; {neither} passages without a level by either coder."
        )

    def classes_of(self, first: str, second: str) -> str:
        return f"Segments of {first} and {second} in the codes compared, each in exactly one item."


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
