"""The methods paragraph in French."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ikt_coder.core.rounds import DecisionKind, DifferenceKind
from ikt_coder.services.methods_facts import ProjectFacts, RoundFacts, VersionFacts
from ikt_coder.services.report_language.comparing_french import French as Comparing
from ikt_coder.services.report_language.french import French as Language
from ikt_coder.services.report_language.methods import Methods, MethodsWords, Written
from ikt_coder.services.round_rows import ChangeKind

_LANGUAGE = Language()
_COMPARING = Comparing.words
_ENOUGH = 20
_THIN = "\u202f"
_COLON = "\u00a0:"


def _plural(count: int, one: str, many: str = "") -> str:
    """In French nothing and one are singular."""
    return f"{count} {one if count < 2 else many or one + 's'}"


def _share(part: int, whole: int) -> str:
    """A share in brackets; none of fewer than twenty, where the numbers say it better."""
    return f" ({100 * part / whole:.0f}{_THIN}%)" if whole >= _ENOUGH else ""


class French(Methods):
    words = MethodsWords(
        title=f"Méthodes{_COLON} travail et accord des codeurs",
        paragraph="Paragraphe de méthode",
        guideline="Éléments 24 à 27 de COREQ",
        editable="Un brouillon à retoucher"
        f"{_COLON} chaque fait vient du projet tel qu’il est maintenant.",
        unknown="Le projet ne peut savoir comment les codeurs ont été formés, ce qu’ils sont pour "
        "les participants, ni pourquoi ces documents ont été choisis"
        f"{_COLON} à ajouter à la main.",
        no_rounds="Aucune ronde de codage n’a été préparée dans ce projet"
        f"{_THIN}; il n’y a donc aucun chiffre d’accord à rapporter.",
        reflexive="L’analyse est réflexive"
        f"{_COLON} les codeurs n’ont pas été mesurés l’un à l’autre et aucun coefficient n’est "
        "rapporté. Leurs lectures ont été mises côte à côte et discutées"
        f"{_THIN}; quand deux lectures tiennent, les deux ont été gardées. Rapporter selon RTARG "
        "plutôt que COREQ.",
    )

    def _how_chosen(self, facts: RoundFacts) -> str:
        if facts.drawn:
            seed = f", germe {facts.row.seed}" if facts.row.seed is not None else ""
            return f"tirés au hasard{seed}"
        return "soit la totalité" if facts.documents == facts.of else "choisis par l’équipe"

    def _documents(self, facts: RoundFacts) -> str:
        whole = f"{facts.documents} des {_plural(facts.of, 'document')}"
        return f"{whole}{_share(facts.documents, facts.of)}, {self._how_chosen(facts)},"

    def _codes(self, facts: RoundFacts) -> str:
        version = facts.row.codebook_number
        book = "le livre de codes" + (f", version {version}" if version else "")
        if facts.row.codes:
            return f"{_plural(facts.codes, 'code')} ({book})"
        return f"{book} ({_plural(facts.codes, 'code')})"

    def _begun(self, facts: RoundFacts) -> str:
        return f"{facts.row.name} (préparée le {_day(facts.set_up)})"

    def blind(self, facts: RoundFacts) -> str:
        who = f"{_plural(len(facts.coders), 'personne')} ({_LANGUAGE.and_list(facts.coders)})"
        said = (
            f"{self._begun(facts)}{_COLON} {who} ont codé indépendamment "
            f"{self._documents(facts)} avec {self._codes(facts)}{_THIN}; "
            f"{_plural(facts.double, 'document')} ont été terminés par au moins deux personnes. "
            "Le travail s’est fait à l’insu"
            f"{_COLON} avant que toutes aient terminé, aucune ne pouvait voir dans le logiciel les "
            "codages, les mémos ni les comptes des autres."
        )
        if facts.row.first:
            said += (
                f" Les {facts.row.first} premiers documents ont été comparés et réglés avant que "
                "le reste soit codé."
            )
        if facts.row.unsealed is not None:
            day = _day(facts.row.unsealed.astimezone().date())
            said += f" Le codage a été figé à mesure et descellé le {day}."
        return said

    def open(self, facts: RoundFacts) -> str:
        coders = _LANGUAGE.and_list(facts.coders)
        return (
            f"{self._begun(facts)}{_COLON} {coders} ont codé ouvertement en équipe "
            f"{self._documents(facts)} avec {self._codes(facts)}, chacun voyant les codages des "
            "autres. Aucun coefficient n’est donné"
            f"{_THIN}; il mesurerait cela plutôt que le livre de codes."
        )

    def verified(self, facts: RoundFacts) -> str:
        second = _LANGUAGE.and_list(facts.verifiers)
        said = (
            f"{self._begun(facts)}{_COLON} {_coded(facts.coders)} "
            f"{self._documents(facts)} avec {self._codes(facts)}{_THIN}; {second} a "
            "vérifié ce codage."
        )
        rates = facts.rates
        if rates is not None and rates.judged:
            kinds = [
                (rates.accepted, "acceptés"),
                (rates.edges_changed, "autres limites"),
                (rates.code_changed, "autre code"),
                (rates.removed, "retirés"),
            ]
            named = [f"{word} {n}{_share(n, rates.judged)}" for n, word in kinds if n]
            said += (
                f" Codages jugés{_COLON} {rates.judged}, dont {', '.join(named)}{_THIN}; codages "
                f"ajoutés{_COLON} {rates.added}, dans {_plural(rates.documents, 'document')}."
            )
        if rates is not None and rates.turns:
            said += (
                f" {rates.turns_checked} des {rates.turns} tours de parole ont été marqués comme "
                "vérifiés (par un geste, ce qui ne dit pas qu’ils ont été lus)."
            )
        return said + (
            " Ni kappa ni alpha n’en est donné"
            f"{_COLON} le second jugement n’est pas indépendant du premier."
        )

    def blind_check(self, facts: RoundFacts) -> str:
        if not facts.blind_check:
            return ""
        documents = _plural(facts.blind_check, "document")
        said = (
            f"À titre de contrôle, codage à l’insu par les deux personnes de {documents}, chacune "
            "sans voir le codage de l’autre"
        )
        only = f"{_THIN}; ce qui suit ne porte que sur ceux-ci" if facts.agreement else ""
        return f"{said}{only}."

    def sealed(self, facts: RoundFacts) -> str:
        return (
            f"{facts.row.name} est à l’insu et encore sous scellé ({facts.row.finished} des "
            f"{facts.row.assigned} tâches terminées){_COLON} rien n’en est rapporté."
        )

    def kept_apart(self, facts: RoundFacts) -> str:
        said = []
        if facts.switches:
            said.append(
                "Pendant le scellé, une autre personne a pris place au même logiciel "
                f"{facts.switches} fois, ce qui a été demandé et consigné."
            )
        before = facts.reopened - facts.reopened_after
        if before:
            said.append(
                f"{_plural(before, 'document terminé', 'documents terminés')} rouverts avant la "
                "comparaison."
            )
        if facts.reopened_after:
            said.append(
                f"{_plural(facts.reopened_after, 'document')} rouverts après"
                f"{_THIN}; ce qui a changé alors n’entre dans aucun chiffre."
            )
        return " ".join(said)

    def agreement(self, facts: RoundFacts, written: Written) -> str:
        said = f"{written.setting} {written.statistic}"
        if not written.defined:
            return f"{said} Aucun code n’a de valeur."
        said += (
            f" Sur l’ensemble des codes, groupé{_COLON} {written.pooled} (de Vries et coll., "
            f"2008){_THIN}; selon le code, de {written.low} à {written.high} "
            f"({_plural(written.defined, 'code')})."
        )
        if written.target:
            said += f" {written.target}"
        if written.intervals:
            said += f" {written.intervals}"
        if written.undefined:
            said += f" Non définis{_COLON} {f'{_THIN}; '.join(written.undefined)}."
        if written.unused:
            said += f" Codes prévus mais non utilisés{_COLON} {written.unused}."
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
        listed = f"{_COLON} {f'{_THIN}; '.join(kinds)}" if kinds else ""
        return (
            f"Les codeurs se sont accordés sur {_plural(progress.agreed, 'passage')} et ont "
            f"différé sur {_plural(progress.total, 'élément')}{listed}."
        )

    def settled(self, facts: RoundFacts) -> str:
        found = facts.settling
        if found is None or not found.progress.total:
            return ""
        progress = found.progress
        if not progress.settled:
            return "Aucune des différences n’a encore été réglée."
        ways_of = [(found.together, "par des codeurs ensemble")] if found.together else []
        ways_of += [
            (count, f"par {name or 'un codeur'} sans que la présence d’autrui soit notée")
            for name, count in found.alone
        ]
        if found.adjudicated:
            who = f" ({facts.adjudicator})" if facts.adjudicator else ""
            blind = ", qui ne voyait pas les noms" if found.blind else ""
            ways_of.append((found.adjudicated, f"par arbitrage{who}{blind}"))
        told = [f"{count} {how}" for count, how in ways_of]
        if told:
            count, how = ways_of[0]
            told[0] = f"{_plural(count, 'différence réglée', 'différences réglées')} {how}"
        said = f"Parmi elles, {_LANGUAGE.and_list(told)}"
        ways = [
            f"{_COMPARING.decisions[kind]}{_COLON} {found.ways[kind]}"
            for kind in DecisionKind
            if found.ways.get(kind)
        ]
        said += f" ({', '.join(ways)})." if ways else "."
        if found.in_bulk:
            said += f" Décisions prises en bloc{_COLON} {found.in_bulk}."
        rest = progress.total - progress.settled
        return said + (
            f" Accord négocié{_COLON} {progress.settled} des {progress.total} différences"
            f"{_share(progress.settled, progress.total)} sont réglées"
            + (f", {rest} restent ouvertes ou renvoyées" if rest else "")
            + ". Ce n’est pas un second coefficient de fidélité, lequel reste tel qu’avant la "
            "discussion. Les codages de chacun sont restés intacts."
        )

    def between_versions(self, versions: Sequence[VersionFacts]) -> str:
        names = {
            ChangeKind.ADDED: "ajoutés",
            ChangeKind.REMOVED: "retirés",
            ChangeKind.CHANGED: "modifiés",
            ChangeKind.MERGED: "fusionnés",
        }
        said = []
        for one in versions:
            counts = [f"{n} {names[kind]}" for kind, n in one.changes.items() if n]
            what = _LANGUAGE.and_list(counts) if counts else "rien n’a changé"
            said.append(f"de la version {one.before} à la version {one.after}, {what}")
        if not said:
            return ""
        return f"Codes d’une version du livre de codes à l’autre{_COLON} {f'{_THIN}; '.join(said)}."

    def copies(self, facts: ProjectFacts) -> str:
        if not facts.copies and not facts.merged:
            return ""
        return (
            f"Copies du projet écrites pour des codeurs, sans le travail des autres{_COLON} "
            f"{facts.copies}{_THIN}; copies réunies{_COLON} {facts.merged}."
        )

    def coreq(self, facts: ProjectFacts) -> tuple[tuple[str, str], ...]:
        roles = {
            "researcher": "chercheuse ou chercheur",
            "trainee": "en formation",
            "supervisor": "direction",
            "knowledge_user": "utilisatrice ou utilisateur de connaissances",
            "adjudicator": "arbitre",
            "facilitator": "animation",
        }
        who = ", ".join(f"{name} ({roles.get(role, role)})" for name, role in facts.coders)
        number = _plural(len(facts.coders), "personne")
        tree = (
            f"{_plural(facts.codes, 'code')} dans {_plural(facts.branches, 'branche')}, sur "
            f"{_plural(facts.depth, 'niveau', 'niveaux')} au plus{_THIN}; définitions, règles et "
            "exemples figurent dans le livre de codes et, tels qu’ils étaient à chaque ronde, dans "
            "le rapport de ses versions."
        )
        presets = ""
        if facts.frameworks:
            presets = (
                f" Cadres du projet{_COLON} {_LANGUAGE.and_list(list(facts.frameworks))} "
                f"({_plural(facts.framework_codes, 'code')})."
            )
        own = facts.codes - facts.framework_codes
        return (
            ("24. Nombre de codeurs", f"{number}{f'{_COLON} {who}' if who else ''}."),
            ("25. Description de l’arbre de codage", tree + presets),
            (
                "26. Dérivation des thèmes",
                f"{_plural(facts.themes, 'thème')}{_THIN}; "
                f"{_plural(facts.framework_codes, 'code')} venant de cadres, {own} créés dans le "
                "projet. Préciser lesquels ont été fixés d’avance et lesquels dérivés des données.",
            ),
            ("27. Logiciel", f"{facts.program}."),
        )


def _coded(names: Sequence[str]) -> str:
    return f"{_LANGUAGE.and_list(names)} {'a' if len(names) == 1 else 'ont'} codé"


def _day(day: date) -> str:
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {_LANGUAGE.month(day)} {day.year}"
