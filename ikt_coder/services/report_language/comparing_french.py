"""Comparing coders, in French."""

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
from ikt_coder.services.report_language.french import French as Language

_THIN = "\u202f"
_COLON = "\u00a0:"
_MONTHS = Language.words.months

_WORDS = ComparingWords(
    units={
        Unit.CHARACTERS: "caractères",
        Unit.TOKENS: "mots",
        Unit.SENTENCES: "phrases",
        Unit.TURNS: "tours de parole",
        Unit.PARAGRAPHS: "paragraphes",
        Unit.FIXED: "segments de longueur fixe",
        Unit.DOCUMENTS: "documents",
    },
    scopes={
        Scope.WHOLE: "texte entier",
        Scope.RESPONDENTS: "tours des répondants",
        Scope.SELECTION: "passages choisis à la préparation de la ronde",
    },
    modes={
        RoundMode.BLIND: "codage à l’insu, indépendant",
        RoundMode.VERIFY: "codage puis vérification",
        RoundMode.OPEN: "codage ouvert en équipe",
    },
    differences={
        DifferenceKind.MATCH: "accord",
        DifferenceKind.BOUNDARY: "même code, autres limites",
        DifferenceKind.DIFFERENT_CODE: "même passage, code différent",
        DifferenceKind.ATTRIBUTE: "même passage, autre direction, niveau ou force",
        DifferenceKind.ONE_SIDE: "codé par une seule personne",
        DifferenceKind.SPLIT: "un segment contre plusieurs",
        DifferenceKind.FIRST_CODER: "codage de la première personne",
        DifferenceKind.MISSED: "ajouté par la seconde personne",
    },
    decisions={
        DecisionKind.KEEP: "une version retenue",
        DecisionKind.BOTH: "les deux retenues",
        DecisionKind.EDGES: "un codage aux limites nouvelles",
        DecisionKind.OTHER_CODE: "un autre code",
        DecisionKind.NEITHER: "aucune retenue",
        DecisionKind.DEFER: "renvoyé à l’arbitre",
        DecisionKind.UNCLEAR: "livre de codes imprécis",
        DecisionKind.ACCEPT: "accepté",
        DecisionKind.CHANGE_EDGES: "limites modifiées",
        DecisionKind.CHANGE_CODE: "code modifié",
        DecisionKind.REMOVE: "retiré",
        DecisionKind.ADD: "ajouté",
        DecisionKind.WITHDRAW: "rouvert",
    },
    categories={
        ReasonCategory.OVERSIGHT: "oubli",
        ReasonCategory.BOUNDARY: "limites",
        ReasonCategory.DEFINITION: "définition",
        ReasonCategory.INTERPRETATION: "interprétation",
        ReasonCategory.TECHNICAL: "technique",
    },
    coefficients={
        "percent": "pourcentage d’accord",
        "kappa": "kappa de Cohen",
        "alpha": "alpha de Krippendorff (nominal)",
        "ac1": "AC1 de Gwet",
        "dice": "accord positif (Dice, F1)",
        "negative_agreement": "accord négatif",
        "jaccard": "recouvrement de Jaccard",
        "scott_pi": "pi de Scott",
        "bennett_s": "coefficient de Brennan et Prediger",
        "fleiss_kappa": "kappa de Fleiss",
        "conger_kappa": "kappa de Conger",
        "pooled_kappa": "kappa groupé",
    },
    flags={
        Flag.PREVALENCE: "rare ou presque partout",
        Flag.BIAS: "usage inégal",
        Flag.SMALL_BASE: "base réduite",
        Flag.NOT_USED: "non utilisé",
        Flag.ONLY_ONE_CODER: "une seule personne",
        Flag.FEW_DOCUMENTS: "peu de documents",
    },
    flag_notes={
        Flag.PREVALENCE: f"«{_THIN}Rare ou presque partout{_THIN}»{_COLON} l’accord est élevé et "
        "le coefficient faible, parce qu’une réponse est de loin la plus fréquente"
        f"{_THIN}; l’accord positif en dit plus.",
        Flag.BIAS: f"«{_THIN}Usage inégal{_THIN}»{_COLON} une personne a appliqué le code à "
        "nettement plus de texte (au moins un dixième des unités).",
        Flag.SMALL_BASE: f"«{_THIN}Base réduite{_THIN}»{_COLON} moins de trois passages, ou tous "
        "dans un seul document.",
        Flag.NOT_USED: f"«{_THIN}Non utilisé{_THIN}»{_COLON} personne n’a appliqué le code.",
        Flag.ONLY_ONE_CODER: f"«{_THIN}Une seule personne{_THIN}»{_COLON} les autres n’ont jamais "
        "appliqué le code.",
        Flag.FEW_DOCUMENTS: f"«{_THIN}Peu de documents{_THIN}»{_COLON} moins de dix sous "
        "l’intervalle.",
    },
    reasons={
        Reason.NO_VARIATION: "aucune variation",
        Reason.NO_COMMON_DOCUMENT: "aucun document commun",
        Reason.ONE_CATEGORY: "une seule catégorie",
        Reason.NOT_APPLICABLE: "sans objet",
    },
    why_left_out={
        WhyLeftOut.ONE_CODER: "confié à une seule personne",
        WhyLeftOut.NOT_FINISHED: "non terminé par deux personnes",
        WhyLeftOut.NOT_CODED_BY_ALL: "sans codage de l’une des personnes",
        WhyLeftOut.SEALED: "sous scellé",
        WhyLeftOut.EMPTY: "aucun texte retenu",
        WhyLeftOut.UNMATCHED: "le texte n’est plus dans le projet",
    },
    why_code_left_out={
        WhyCodeLeftOut.NEW: "créés pendant la ronde, donc inconnus d’une partie de l’équipe",
        WhyCodeLeftOut.OUT_OF_SCOPE: "hors des codes de la ronde",
    },
    code="Code",
    both="Les deux",
    all_coders="Toutes",
    some="Plusieurs",
    neither="Aucune",
    none="Aucune",
    interval=f"IC à 95{_THIN}%",
    documents="Documents",
    document="Document",
    passages="Passages",
    remarks="Remarques",
    pair="Codeurs",
    percent="%",
    pooled="Kappa groupé",
    all_codes="Tous les codes",
    mean="Moyenne des documents",
    weighted="Moyenne pondérée par la longueur",
    counted_together="Comptes groupés",
    kind="Classe",
    items="Éléments",
    coder="Codeur",
    not_set="non précisée",
    used_by_other="Utilisé au même endroit par",
    nothing_there="(rien)",
    also_title=f"Aussi calculés{_COLON} autres coefficients selon le code",
    agreement_title="Accord entre codeurs selon le code",
    pairs_title="Accord selon la paire de codeurs",
    documents_title="Accord selon le document",
    differences_title="Différences entre codeurs selon la classe",
    directions_title="Direction des passages dont le code fait l’accord",
    confusion_title="Ce que la seconde personne a utilisé au même endroit",
    confusion_note="Est compté le texte où la première personne n’a pas utilisé le code de la "
    "seconde, ni la seconde celui de la première. Le texte qui porte aussi un code des deux n’y "
    "figure pas, de sorte que les lignes ne donnent pas toujours la somme de ce qu’une personne "
    "seule a codé.",
    confusion_cut="Sont montrées les {shown} paires les plus fréquentes de {of}\u202f; le fichier "
    ".xlsx les contient toutes.",
    trend_title="Accord selon la ronde",
    round="Ronde",
    nothing_compared="Aucun document n’a encore été terminé par deux personnes.",
    decisions_title="Journal des décisions",
    decisions_empty="Rien n’a encore été décidé.",
    units_title="Unités",
    codebook_title="Versions du livre de codes",
)


class French(Comparing):
    words = _WORDS

    def only(self, name: str) -> str:
        return f"{name} seulement"

    def unit_heading(self, unit: Unit, size: int | None) -> str:
        said = self._units(unit, size)
        return f"{said[0].upper()}{said[1:]}, n"

    def _units(self, unit: Unit, size: int | None) -> str:
        if unit is Unit.FIXED:
            return f"segments de {size} caractères"
        return self.words.units[unit]

    def unit(self, unit: Unit, size: int | None, units: str, documents: int) -> str:
        if unit is Unit.DOCUMENTS:
            return (
                f"L’unité est le document ({units} en tout){_COLON} un code compte dès qu’il "
                "apparaît une fois."
            )
        there = "1 document" if documents < 2 else f"{documents} documents"
        return (
            f"Les effectifs sont des {self._units(unit, size)}{_THIN}; {units} jugés dans {there}."
        )

    def rule(self, rule: Projection) -> str:
        part = {
            Projection.ANY: "au moins un de ses caractères l’est",
            Projection.HALF: "au moins la moitié de ses caractères le sont",
            Projection.ALL: "tous ses caractères le sont",
        }[rule]
        return f"Une unité est tenue pour codée quand {part}."

    def scope(self, scope: Scope) -> str:
        return f"Portée{_COLON} {self.words.scopes[scope]}."

    def rolled_up(self) -> str:
        return (
            f"Un code compte dès qu’un code placé dessous est appliqué{_THIN}; les lignes se "
            "recoupent donc."
        )

    def of_round(self, name: str, number: int, unsealed: date | None, version: int | None) -> str:
        when = f", descellée le {_day(unsealed)}" if unsealed else ""
        label = f"Ronde {number}"
        # A round that kept the name it was proposed would be named twice.
        called = [] if name in (label, f"Round {number}") else [f"«{_THIN}{name}{_THIN}»"]
        book = [f"version {version} du livre de codes"] if version else []
        beside = ", ".join([*called, *book])
        return (
            f"{label}{f' ({beside})' if beside else ''}{_COLON} codage indépendant, figé "
            f"avant que quiconque ait vu celui des autres{when}."
        )

    def of_no_round(self, day: date) -> str:
        return (
            f"Hors de toute ronde{_COLON} codages tels qu’ils sont le {_day(day)}. Personne n’a "
            "déclaré les documents terminés, les codeurs ont pu voir le travail des autres et "
            "les chiffres changent avec les codages."
        )

    def not_locked(self) -> str:
        return (
            "L’unité, la règle ou la portée ne sont pas celles fixées à la préparation de la ronde."
        )

    def coders(self, names: Sequence[str]) -> str:
        return f"Codeurs{_COLON} {', '.join(names)}."

    def left_out(self, why: WhyLeftOut, titles: Sequence[str]) -> str:
        return f"Écartés ({self.words.why_left_out[why]}){_COLON} {', '.join(titles)}."

    def codes_left_out(self, why: WhyCodeLeftOut, names: Sequence[str]) -> str:
        return f"Codes écartés ({self.words.why_code_left_out[why]}){_COLON} {', '.join(names)}."

    def reopened(self, titles: Sequence[str]) -> str:
        return (
            f"Rouverts après la comparaison{_COLON} {', '.join(titles)}{_THIN}; ce qui a changé "
            "alors n’entre dans aucun chiffre."
        )

    def statistic(self, symbol: str, coefficient: str, coders: int, source: str) -> str:
        said = self.words.coefficients.get(coefficient, coefficient)
        if coders > 2 and coefficient == "kappa":
            said = f"{said}, moyenne des paires de codeurs (Light)"
        return f"{symbol} = {said}{f' ({source})' if source else ''}."

    def intervals(self, replicates: int, seed: int | None, documents: int) -> str:
        return (
            f"IC = intervalle de confiance{_COLON} bootstrap par centiles sur {documents} "
            f"documents, {replicates} tirages, germe {seed}."
        )

    def analytic_intervals(self) -> str:
        return (
            "IC = intervalle de confiance selon l’erreur type des grands échantillons (Fleiss et "
            "coll., 1969)."
        )

    def too_few_documents(self, needed: int) -> str:
        return (
            f"Sans intervalles{_COLON} il faut au moins {needed} documents codés par deux "
            "personnes."
        )

    def few_documents(self, documents: int) -> str:
        return f"Peu de documents ({documents}){_COLON} les intervalles sont approximatifs."

    def overall(self, figure: str, low: str, high: str, codes: int) -> str:
        return (
            f"Sur l’ensemble des codes, groupé{_COLON} {figure} (de Vries et coll., 2008){_THIN}; "
            f"selon le code, de {low} à {high} pour {codes} codes ayant une valeur."
        )

    def unused(self, names: Sequence[str]) -> str:
        count = (
            "1 code que personne n’a utilisé n’a"
            if len(names) == 1
            else f"{len(names)} codes que personne n’a utilisés n’ont"
        )
        return f"{count} pas de ligne{_COLON} {', '.join(names)}."

    def undefined(self, count: int) -> str:
        return f"– = non défini ({count} des lignes){_COLON} les unités ne varient pas."

    def merged_since(self, pairs: Sequence[tuple[str, str]]) -> str:
        said = f"{_THIN}; ".join(
            f"«{_THIN}{one}{_THIN}» dans «{_THIN}{other}{_THIN}»" for one, other in pairs
        )
        return f"Fusionnés après le gel du codage et toujours comptés à part{_COLON} {said}."

    def target(self, figure: str, reached: int, codes: int) -> str:
        return (
            f"Fixé d’avance{_COLON} {figure} ou plus{_THIN}; atteint par {reached} des {codes} "
            "codes ayant une valeur."
        )

    def guidance(self, coefficient: str) -> str:
        if coefficient == "alpha":
            return (
                f"À titre de repère seulement{_COLON} Krippendorff (2019) juge fiable α ≥ 0,800 "
                "et suffisant pour des conclusions provisoires de 0,667 à 0,800."
            )
        if coefficient in ("kappa", "scott_pi", "fleiss_kappa", "conger_kappa"):
            return (
                f"À titre de repère seulement{_COLON} Landis et Koch (1977) qualifient l’accord "
                "de très faible jusqu’à 0,20, faible jusqu’à 0,40, modéré jusqu’à 0,60, fort "
                "jusqu’à 0,80 et presque parfait au-delà"
                f"{_THIN}; Fleiss (1981) le dit acceptable à bon dès 0,40 et excellent dès 0,75."
            )
        return ""

    def guidance_caution(self) -> str:
        return "Ces seuils ont été proposés pour des unités fixées d’avance, non des caractères."

    def computed_on(self, day: date, formulas: str) -> str:
        return f"Calculé le {_day(day)}, version {formulas} des définitions."

    def also_computed(self) -> str:
        return "Le coefficient fixé d’avance figure dans le tableau qui précède."

    def means(self, mean: str, weighted: str, pooled: str, left_out: int) -> str:
        tail = ""
        if left_out:
            tail = f" Sans valeur, donc hors des moyennes{_COLON} {left_out}."
        return (
            f"Moyenne des documents {mean}{_THIN}; pondérée par leurs unités {weighted}{_THIN}; "
            f"d’après les comptes groupés de tous les documents {pooled}.{tail}"
        )

    def agreed_passages(self, passages: int, overlap: str) -> str:
        return (
            f"{passages} passages portant le même code des deux personnes, appariés un à un "
            f"quand leur recouvrement (intersection sur union) atteint {overlap}."
        )

    def direction_figures(self, percent: str, kappa: str, count: int) -> str:
        return (
            f"Sur {count} passages dont la direction est donnée par les deux{_COLON} {percent} "
            f"identiques, {kappa}."
        )

    def direction_apart(
        self, neither: int, first: str, only_first: int, second: str, only_second: int
    ) -> str:
        return (
            f"Hors du tableau{_COLON} {neither} passages sans direction, {only_first} où "
            f"seulement {first} en donne une, {only_second} où seulement {second} en donne une."
        )

    def level_figures(self, jaccard: str, same: int, passages: int, neither: int) -> str:
        return (
            f"Niveaux{_COLON} recouvrement moyen de Jaccard des deux ensembles {jaccard} sur "
            f"{passages} passages, dont {same} identiques{_THIN}; {neither} passages sans niveau."
        )

    def classes_of(self, first: str, second: str) -> str:
        return (
            f"Segments de {first} et de {second} pour les codes comparés, chacun dans un seul "
            "élément."
        )


def _day(day: date) -> str:
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {_MONTHS[day.month - 1]} {day.year}"
