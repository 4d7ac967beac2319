"""Reports in French: « », no-break spaces before the double signs, a decimal comma.

Thin no-break spaces (U+202F) stand within guillemets, before ; and %, and between groups of
three digits; a full no-break space (U+00A0) stands before the colon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ikt_coder.core.table import Run, TableStyle
from ikt_coder.core.words import LinkKind, Stance, ThemeStatus, Valence, WordPair
from ikt_coder.services.report_language.french_frameworks import FRAMEWORKS, NODES
from ikt_coder.services.report_language.language import Language
from ikt_coder.services.report_language.words import TOTAL, DirectionWord, N, Words
from ikt_coder.services.theme_table_options import ThemeColumn
from ikt_coder.services.wording_seen import WordingSeen

THIN = "\u202f"
COLON = "\u00a0:"
_INNER = re.compile(r"(?:[“\"]|«\s?)([^“”\"«»]*?)(?:\s?»|[”\"])")

_WORDS = Words(
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    directions={
        WordPair.BARRIERS_FACILITATORS: (
            DirectionWord("obstacle", "obstacles"),
            DirectionWord("facilitateur", "facilitateurs"),
        ),
        WordPair.BARRIERS_ENABLERS: (
            DirectionWord("obstacle", "obstacles"),
            DirectionWord("facteur favorable", "facteurs favorables"),
        ),
        WordPair.HINDERS_HELPS: (
            DirectionWord("entrave", "ce qui entrave"),
            DirectionWord("aide", "ce qui aide"),
        ),
    },
    headings={
        ThemeColumn.DESCRIPTION: (Run("Description"),),
        ThemeColumn.CENTRAL_IDEA: (Run("Idée centrale"),),
        ThemeColumn.QUOTES: (Run("Citation"),),
        ThemeColumn.PARTICIPANTS: (N,),
        ThemeColumn.OWN_PARTICIPANTS: (N, Run(" propre")),
        ThemeColumn.DIRECTIONS: (),  # one column for each direction
        ThemeColumn.PASSAGES: (Run("Passages"),),
        ThemeColumn.REFERENCES: (Run("Références"),),
        ThemeColumn.BOTH_DIRECTIONS: (Run("Les deux directions, "), N),
        ThemeColumn.DOMAINS: (Run("Domaine ("), N, Run(")")),
        ThemeColumn.COMPONENTS: (Run("Composante COM-B ("), N, Run(")")),
        ThemeColumn.LEVELS: (Run("Niveau ("), N, Run(")")),
        ThemeColumn.STATUS: (Run("Statut"),),
    },
    statuses={
        ThemeStatus.CANDIDATE: "candidat",
        ThemeStatus.UNDER_REVIEW: "en révision",
        ThemeStatus.DEFINED: "défini",
        ThemeStatus.SET_ASIDE: "écarté",
    },
    stances={
        Stance.SUPPORTS: "appuie",
        Stance.QUALIFIES: "nuance",
        Stance.CONTRADICTS: "contredit",
    },
    links={
        LinkKind.RECIPROCAL: "va de pair avec (réciproque)",
        LinkKind.CONTRAST: "contraste avec",
        LinkKind.LEADS_TO: "mène à",
    },
    nodes=NODES,
    frameworks=FRAMEWORKS,
    mixed="mixte",
    neutral="neutre",
    not_set="non précisée",
    interviewer="intervieweur",
    proposed="[proposée]",
    theme="Thème",
    tdf_domain="Domaine du TDF",
    undecided="non tranché",
    passages_spanner=(Run("Passages, "), N),
    no_component="Aucune composante COM-B",
    no_domain="Aucun domaine",
    no_level="Aucun niveau",
    no_themes="Il n’y a pas encore de thèmes.",
    table_description="Thèmes de l’analyse, une ligne par thème et sous-thème.",
    quote="Citation",
    quote_label="C",
    label="Repère",
    reference="Référence",
    stance="Position",
    passage="Passage",
    participant="Participant",
    document="Document",
    memo="Mémo",
    words_withheld="[propos non reproduits]",
    quotes_empty="Aucune citation n’a encore été acceptée.",
    cases_empty="Aucun codage ne nuance ni ne contredit un thème.",
    quotes_description="Citations acceptées pour chaque thème.",
    cases_description="Codages qui nuancent ou contredisent leur thème, avec leurs passages.",
    appendix_description="Citations longues en entier, avec le thème et l’endroit de chacune.",
    central_idea="Idée centrale",
    boundaries="Ne porte pas sur",
    links_heading="Liens avec les autres thèmes",
    cases_heading="Ce qui le nuance ou le contredit",
    no_narrative="Aucun récit n’a encore été rédigé.",
    set_aside_heading="Thèmes écartés",
    status="Statut",
    levels="Niveaux",
    domains="Domaines",
    counts="Effectifs",
)


def _plural(count: int, one: str, many: str = "") -> str:
    """In French nothing and one are singular."""
    return f"{count} {one if count < 2 else many or one + 's'}"


def _joined(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


class French(Language):
    tag = "fr"
    semicolon = f"{THIN};"
    words = _WORDS

    def quoted(self, text: str) -> str:
        return f"«{THIN}{text}{THIN}»"

    def spoken(self, text: str) -> str:
        return f"«{THIN}" + _INNER.sub(r"“\1”", text) + f"{THIN}»"

    def decimal(self, written: str) -> str:
        return written.replace(".", ",")

    def thousands(self, style: TableStyle) -> str:
        return THIN

    def percent(self, figure: str) -> str:
        return f"{figure}{THIN}%"

    def interval(self, low: str, high: str, style: TableStyle) -> str:
        if style is TableStyle.APA:
            return f"IC à 95{THIN}% [{low}{THIN}; {high}]"
        return f"IC à 95{THIN}% de {low} à {high}"

    def and_list(self, words: Sequence[str]) -> str:
        return _joined(words, "et")

    def or_list(self, words: Sequence[str]) -> str:
        return _joined(words, "ou")

    def labelled(self, label: str, text: str) -> str:
        return f"{label}{COLON} {text}"

    def title(self, text: str, style: TableStyle) -> str:
        return text  # French titles have capitals only where sentences have them

    def counted_on(self, day: date) -> str:
        first = "1er" if day.day == 1 else str(day.day)
        return f"Dénombré le {first} {self.month(day)} {day.year}."

    # -- titles -----------------------------------------------------------------------------

    def themes_title(self, side: str, *, by_direction: bool) -> str:
        about = f"Thèmes{COLON} {side}" if side else "Thèmes"
        return f"{about}, avec les passages par direction" if by_direction else about

    def appendix_title(self, table: int) -> str:
        return f"Citations longues du tableau {table}, en entier"

    def quotes_title(self) -> str:
        return "Citations acceptées"

    def cases_title(self) -> str:
        return "Codages qui nuancent ou contredisent un thème"

    # -- layer and counting -----------------------------------------------------------------

    def layer(
        self, consensus: int, leads: Sequence[str], led: int, single: int, counted: int
    ) -> str:
        whose = []
        if consensus:
            whose.append(f"consensus dans {_plural(consensus, 'document')}")
        if leads:
            whose.append(f"codages de {self.and_list(leads)} dans {_plural(led, 'document')}")
        said = f"dont {single or 'aucun'} codé par une seule personne"
        if single > 1:
            said = f"dont {single} codés par une seule personne"
        if counted == 1:
            said = f"{'' if single else 'non '}codé par une seule personne"
        return f"Couche d’analyse{COLON} {self.and_list(whose)}, {said}."

    def unchosen(self, count: int) -> str:
        if count == 1:
            return "1 document n’a ni consensus ni codeur principal et n’est pas compté."
        return f"{count} documents n’ont ni consensus ni codeur principal et ne sont pas comptés."

    def being_settled(self, count: int) -> str:
        if count == 1:
            return (
                f"1 document est en cours de conciliation{THIN}; son consensus compte quand il "
                "ne reste aucune divergence."
            )
        return (
            f"{count} documents sont en cours de conciliation{THIN}; leur consensus compte quand "
            "il ne reste aucune divergence."
        )

    def sealed(self, count: int) -> str:
        if count == 1:
            return (
                "1 document est scellé jusqu’à l’ouverture d’un tour à l’aveugle et n’est pas "
                "compté."
            )
        return (
            f"{count} documents sont scellés jusqu’à l’ouverture d’un tour à l’aveugle et ne sont "
            "pas comptés."
        )

    def interim(self, coded: int, documents: int) -> str:
        many = "codés" if coded > 1 else "codé"
        return f"Provisoire{COLON} {coded} {many} sur {_plural(documents, 'document')}."

    def left_out(self, people: int) -> str:
        said = "exclus" if people > 1 else "exclu"
        return f"{_plural(people, 'participant')} {said} de l’analyse."

    def total(self, people: int, pending: int, *, percentages: bool) -> tuple[Run, ...]:
        whose = "participants" if people > 1 else "participant"
        runs = [TOTAL, Run(f" = {people} {whose} des documents marqués comme codés{THIN}; "), N]
        runs.append(Run(" = nombre de participants"))
        if pending:
            still = _plural(pending, "participant")
            runs.append(Run(f", dont au plus {still} de documents en cours de codage"))
        if percentages:
            runs += [Run(f"{THIN}; les pourcentages portent sur "), TOTAL]
        return (*runs, Run("."))

    def only(self, documents: int, groups: Sequence[str]) -> str:
        parts = []
        if documents:
            parts.append(_plural(documents, "document choisi", "documents choisis"))
        if groups:
            named = self.and_list([self.quoted(group) for group in groups])
            many = "des groupes" if len(groups) > 1 else "du groupe"
            parts.append(f"participants {many} {named}")
        return f"Comptés dans ce tableau{COLON} seulement {self.and_list(parts)}."

    def only_answers(self, questions: Sequence[str]) -> str:
        named = self.or_list([self.quoted(name) for name in questions]) or "retirées du guide"
        return (
            f"Comptés ici{COLON} seulement les codages des réponses aux questions {named}{THIN}; "
            "une réponse va jusqu’à la question suivante. N ne dépend pas de qui a été interrogé."
        )

    def only_themes(self, *, chosen: bool, statuses: Sequence[str]) -> str:
        if not statuses:
            return "Seuls les thèmes choisis figurent dans le tableau."
        which = "thèmes choisis" if chosen else "thèmes"
        return f"Seuls figurent les {which} dont le statut est {self.or_list(statuses)}."

    def passage_unit(self) -> str:
        return (
            "Un passage est la réunion des codages d’un thème qui se touchent ou se chevauchent "
            "dans un même document."
        )

    def reference_unit(self) -> str:
        return "Une référence est un codage."

    def rolled_up(self, *, own: bool) -> str:
        tail = f"{THIN}; les effectifs «{THIN}propres{THIN}» les excluent" if own else ""
        return (
            "Les effectifs incluent les sous-thèmes, chaque participant et chaque passage une "
            f"fois{THIN}; les lignes des thèmes et de leurs sous-thèmes se recoupent donc{tail}."
        )

    def own_counts(self) -> str:
        return f"Les effectifs «{THIN}propres{THIN}» excluent les sous-thèmes."

    def themes_set_aside(self, reasons: Sequence[tuple[str, str]]) -> str:
        named = f"{THIN}; ".join(
            f"{self.quoted(name)} ({reason or 'sans motif'})" for name, reason in reasons
        )
        return (
            "Les thèmes écartés sont montrés sans entrer dans les effectifs de leur thème "
            f"parent{COLON} {named}."
        )

    def contrary(self, qualify: int, contradict: int) -> str:
        parts = [
            f"{_plural(count, 'codage')} qui {verbs if count > 1 else verb}"
            for count, verb, verbs in (
                (qualify, "nuance", "nuancent"),
                (contradict, "contredit", "contredisent"),
            )
            if count
        ]
        return f"Les effectifs incluent {self.and_list(parts)} le thème."

    # -- directions -------------------------------------------------------------------------

    def only_directions(self, names: Sequence[str]) -> str:
        return f"Seuls sont comptés les codages de direction {self.or_list(names)}."

    def without_direction(self, themes: Sequence[str]) -> str:
        return f"Sans aucun codage de ce genre{COLON} {self.and_list(themes)}."

    def mixed_in_both(self) -> str:
        return (
            f"{Valence.MIXED.sign} mixte{COLON} figure dans les tableaux des deux directions et "
            "compte une fois dans chaque total."
        )

    def dropped_columns(self, names: Sequence[str]) -> str:
        return f"Les colonnes sans passage sont omises{COLON} {', '.join(names)}."

    def several_directions(self) -> str:
        return "Un passage dont les codages ont plusieurs directions figure dans chacune."

    def both_directions(self, barrier: str, facilitator: str) -> str:
        return (
            f"Les deux directions{COLON} participants ayant les directions {barrier} et "
            f"{facilitator}, ou un passage mixte."
        )

    def to_what(self, barriers: str, facilitators: str, behaviours: Sequence[str]) -> str:
        said = f"{barriers} et {facilitators}".capitalize()
        return f"{said} par rapport à ceci{COLON} {f'{THIN}; '.join(behaviours)}."

    def focal_actor(self, actor: str) -> str:
        return f"Niveau individuel = {actor}."

    # -- frameworks -------------------------------------------------------------------------

    def overlap_rule(self, *, domains: bool, components: bool, levels: bool) -> str:
        named = {"les domaines": domains, "les composantes": components, "les niveaux": levels}
        about = self.and_list([name for name, wanted in named.items() if wanted])
        said = "sont celles" if components and not (domains or levels) else "sont ceux"
        return (
            f"{about[:1].upper()}{about[1:]} {said} des codages de la même couche qui "
            "recouvrent un passage du thème sur au moins la moitié du plus court des deux"
            f"{THIN}; tous sont énumérés, et un passage peut en porter plusieurs."
        )

    def several_levels(self) -> str:
        return "Un codage à plusieurs niveaux compte une fois dans chacun."

    def none_coded(self) -> str:
        return "— aucun codé."

    def derived(self, sign: str, *, beside: bool, sources: Sequence[str], drawn: bool) -> str:
        tail = ", après un point-virgule le nombre atteint ainsi seulement" if beside else ""
        published = f"la correspondance publiée ({f'{self.semicolon} '.join(sources)})"
        ways = [f"par {published}"] if sources else []
        ways += ["par les liens tracés par les auteurs"] if drawn else []
        return f"{sign} Dérivé des domaines {self.and_list(ways)}, non codé{tail}."

    def undecided(self) -> str:
        return (
            f"Non tranché{COLON} le domaine mène à plusieurs composantes et le codeur n’a pas "
            f"choisi{THIN}; il ne compte pour aucune."
        )

    def added(self, sign: str) -> str:
        return f"{sign} Ajouté par les auteurs."

    def hidden(self, sign: str, theme: str, names: Sequence[str]) -> str:
        which = self.quoted(theme)
        return f"{sign} Masqué par les auteurs pour {which}{COLON} {self.and_list(names)}."

    def com_b(self) -> str:
        return "COM-B = capacité, opportunité, motivation, comportement"

    def tdf(self) -> str:
        return "TDF = cadre des domaines théoriques, version 2"

    def definitions_seen(self, seen: WordingSeen, *, codes: bool, levels: bool) -> str:
        what = "des cadres"
        if levels:
            what = "des codes des cadres et des niveaux" if codes else "des niveaux"
        if seen.with_source == seen.total:
            return f"Les codeurs ont vu les définitions {what} dans les mots de leur source."
        told = ["dans les mots de ce projet"]
        if seen.reworded < seen.total:
            told = ["dans la paraphrase d’IKT Coder"]
            if seen.reworded:
                told.append(f"dont {seen.reworded} sur {seen.total} dans les mots de ce projet")
        if seen.with_source:
            told.append(
                f"dont {seen.with_source} sur {seen.total} aussi dans les mots de leur source"
            )
        return f"Les codeurs ont vu les définitions {what} {', '.join(told)}."

    def framework_order(self) -> str:
        return (
            "Chaque thème figure une fois, avec ses sous-thèmes, sous son domaine qui réunit le "
            "plus de participants et sous la composante COM-B à laquelle ce domaine mène et qui "
            "en réunit le plus."
        )

    def level_order(self) -> str:
        return (
            "Chaque thème figure une fois, avec ses sous-thèmes, sous son niveau qui réunit le "
            "plus de participants."
        )

    # -- quotes -----------------------------------------------------------------------------

    def longer(self, sign: str) -> str:
        return f"{sign} Citation plus longue que son codage."

    def altered(self) -> str:
        return (
            "Dans les citations, les crochets contiennent des mots modifiés ou ajoutés, et … "
            "remplace des mots omis."
        )

    def proposed(self) -> str:
        return (
            f"[proposée] Pas encore acceptée par une personne{COLON} d’abord les codages "
            "étoilés, puis ceux des participants les moins cités dans tout le tableau, puis les "
            f"plus courts{THIN}; au plus deux par thème, jamais deux du même participant."
        )

    def not_accepted(self) -> str:
        return "[proposée] Pas encore acceptée comme citation par une personne."

    def withheld(self, count: int) -> str:
        said = "citations acceptées ne sont pas reproduites"
        if count < 2:
            said = "citation acceptée n’est pas reproduite"
        return (
            f"{count} {said}, car le consentement ou une marque sur le codage ne permet pas de "
            "citer."
        )

    def in_appendix(self, label: str, table: int) -> str:
        return f"[{label}] Abrégée à la fin{THIN}; en entier au tableau {table}."

    def appendix_of(self, words: int, table: int) -> str:
        return f"Citations acceptées du tableau {table} d’au moins {words} mots."

    def passages_not_quotes(self) -> str:
        return f"Passages tels qu’ils ont été codés{THIN}; ce ne sont pas des citations acceptées."

    def passages_withheld(self, count: int) -> str:
        return (
            f"Les propos de {_plural(count, 'passage')} ne sont pas reproduits, car le "
            "consentement ou une marque sur le codage ne permet pas de citer."
        )

    def cases_unit(self, cases: int, codings: int) -> str:
        return (
            f"{cases} cas parmi {_plural(codings, 'codage')} des thèmes{THIN}; un cas est un "
            "codage dans un thème."
        )

    def quotes_unit(self, quotes: int) -> str:
        return f"{_plural(quotes, 'citation acceptée', 'citations acceptées')}."

    # -- the theme report -------------------------------------------------------------------

    def report_title(self, project: str) -> str:
        return f"Thèmes{COLON} {project}"

    def report_counts(self, passages: int, participants: int, total: int | None) -> str:
        people = (
            f"{_plural(participants, 'participant')} à ce jour"
            if total is None
            else f"{participants} sur {_plural(total, 'participant')}"
        )
        return f"{_plural(passages, 'passage')}, {people}, sous-thèmes inclus"

    def set_aside_because(self, reason: str) -> str:
        return f"Écarté{COLON} {reason}" if reason else "Écarté, sans motif indiqué."

    def turn(self, number: int) -> str:
        return f"tour de parole {number}"
