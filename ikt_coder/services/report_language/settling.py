"""The words of the decision log, the units table and the codebook versions."""

from __future__ import annotations

from collections.abc import Mapping

from ikt_coder.core.frozen import frozen
from ikt_coder.core.rounds import RoundEventKind
from ikt_coder.services.theme_table_options import ExportLanguage


@frozen
class SettlingWords:
    """Every fixed word; a language that lacks one cannot be made. Sentences have fields in
    braces that the caller fills."""

    when: str
    who: str
    role: str
    round: str
    document: str
    before: str
    now: str
    decision: str
    after: str
    reason: str
    present: str
    nobody_else: str
    present_note: str
    holds: str
    yes: str
    no: str
    somebody: str
    whole: str
    nothing: str
    bulk: str
    proposed: str
    positions: str
    strength: str
    spans_note: str
    bulk_note: str
    superseded: str
    sealed_note: str
    log_title: str
    what: str
    about: str
    by: str
    events: Mapping[RoundEventKind, str]
    version: str
    kept_on: str
    codes: str
    note: str
    change: str
    changes: Mapping[str, str]
    fields: Mapping[str, str]
    definition: str
    include: str
    exclude: str
    example: str
    versions_title: str
    version_title: str
    changes_title: str
    no_versions: str
    versions_note: str
    no_change: str


_ENGLISH = SettlingWords(
    when="When (UTC)",
    who="Who",
    role="Role",
    round="Round",
    document="Document",
    before="Before",
    now="Then",
    decision="Decision",
    after="Consensus",
    reason="Reason",
    present="Present",
    nobody_else="nobody else noted",
    present_note="Present: who was noted as there beside who decided.",
    holds="Holds",
    yes="yes",
    no="no",
    somebody="a coder",
    whole="whole document",
    nothing="nothing",
    bulk="accepted in bulk",
    proposed="proposed by a rule",
    positions="{start}–{end}",
    strength="strength {value}",
    spans_note="Before and after name code, coder and place: code points of the text as it was "
    "then, end excluded. The words of interviews are left out.",
    bulk_note="{count} passages that coders agreed on were accepted in bulk; each has a row in the "
    ".csv and .xlsx files.",
    superseded="A decision that was replaced later stands with “no” under Holds; none is deleted.",
    sealed_note="Rounds that are still sealed are left out: {names}.",
    log_title="Log of Rounds and Copies",
    what="What",
    about="About",
    by="By",
    events={
        RoundEventKind.SET_UP: "round set up",
        RoundEventKind.ASSIGNED: "assigned",
        RoundEventKind.UNASSIGNED: "assignment taken back",
        RoundEventKind.FINISHED: "finished and frozen",
        RoundEventKind.REOPENED: "reopened",
        RoundEventKind.UNSEALED: "unsealed",
        RoundEventKind.SWITCHED: "another coder sat down while the round was sealed",
        RoundEventKind.STATISTIC: "figures given out",
        RoundEventKind.COPIED: "copy written for a coder",
        RoundEventKind.MERGED: "copy brought back",
        RoundEventKind.CLOSED: "closed",
    },
    version="Version",
    kept_on="Kept on",
    codes="Codes",
    note="Note",
    change="Change",
    changes={
        "added": "added",
        "removed": "removed",
        "changed": "changed",
        "merged": "merged into “{into}”",
    },
    fields={
        "name": "name",
        "path": "place in the tree",
        "definition": "definition",
        "include": "when to use",
        "exclude": "when not to use",
        "example": "example",
        "source_wording": "source wording",
        "source_page": "source page",
        "applicable": "may be applied",
    },
    definition="Definition",
    include="When to use",
    exclude="When not to use",
    example="Example",
    versions_title="Codebook Versions",
    version_title="Codebook Version {number}",
    changes_title="Changes From Version {before} to {after}",
    no_versions="No version of the codebook has been kept yet; each round keeps one.",
    versions_note="A version is kept when a round is set up or unsealed, and never changes.",
    no_change="Nothing changed.",
)
_FRENCH = SettlingWords(
    when="Quand (UTC)",
    who="Qui",
    role="Rôle",
    round="Ronde",
    document="Document",
    before="Avant",
    now="Après",
    decision="Décision",
    after="Consensus",
    reason="Motif",
    present="Présents",
    nobody_else="personne d’autre de noté",
    present_note="Présents\u00a0: qui est noté comme ayant été là, outre qui a décidé.",
    holds="Tient",
    yes="oui",
    no="non",
    somebody="une personne",
    whole="document entier",
    nothing="rien",
    bulk="acceptée en bloc",
    proposed="proposée par une règle",
    positions="{start}–{end}",
    strength="force {value}",
    spans_note="Avant et après indiquent code, codeur et place\u00a0: points de code du texte tel "
    "qu’il était alors, fin exclue. Les propos des entrevues sont omis.",
    bulk_note="{count} passages faisant l’accord ont été acceptés en bloc\u202f; chacun a sa ligne "
    "dans les fichiers .csv et .xlsx.",
    superseded="Une décision remplacée plus tard porte «\u202fnon\u202f» sous Tient\u202f; aucune "
    "n’est supprimée.",
    sealed_note="Rondes encore sous scellé, omises\u00a0: {names}.",
    log_title="Journal des rondes et des copies",
    what="Quoi",
    about="À propos de",
    by="Par",
    events={
        RoundEventKind.SET_UP: "ronde préparée",
        RoundEventKind.ASSIGNED: "confié",
        RoundEventKind.UNASSIGNED: "retiré",
        RoundEventKind.FINISHED: "terminé et figé",
        RoundEventKind.REOPENED: "rouvert",
        RoundEventKind.UNSEALED: "descellée",
        RoundEventKind.SWITCHED: "une autre personne a pris place pendant le scellé",
        RoundEventKind.STATISTIC: "chiffres communiqués",
        RoundEventKind.COPIED: "copie écrite pour une personne",
        RoundEventKind.MERGED: "copie réunie",
        RoundEventKind.CLOSED: "fermée",
    },
    version="Version",
    kept_on="Conservée le",
    codes="Codes",
    note="Note",
    change="Changement",
    changes={
        "added": "ajouté",
        "removed": "retiré",
        "changed": "modifié",
        "merged": "fusionné dans «\u202f{into}\u202f»",
    },
    fields={
        "name": "nom",
        "path": "place dans l’arbre",
        "definition": "définition",
        "include": "quand l’utiliser",
        "exclude": "quand ne pas l’utiliser",
        "example": "exemple",
        "source_wording": "texte source",
        "source_page": "page source",
        "applicable": "applicable",
    },
    definition="Définition",
    include="Quand l’utiliser",
    exclude="Quand ne pas l’utiliser",
    example="Exemple",
    versions_title="Versions du livre de codes",
    version_title="Livre de codes, version {number}",
    changes_title="Changements de la version {before} à la version {after}",
    no_versions="Aucune version du livre de codes n’a encore été conservée\u202f; chaque ronde en "
    "conserve une.",
    versions_note="Une version est conservée quand une ronde est préparée ou descellée, et ne "
    "change jamais.",
    no_change="Rien n’a changé.",
)

SETTLING: dict[ExportLanguage, SettlingWords] = {
    ExportLanguage.ENGLISH: _ENGLISH,
    ExportLanguage.FRENCH: _FRENCH,
}
"""Every language, complete: a phrase that is missing keeps the program from starting."""
