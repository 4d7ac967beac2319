"""French names of the nodes of frameworks, by their keys; the author's own names go before."""

from __future__ import annotations

from collections.abc import Mapping

NODES: Mapping[str, str] = {
    "comb.c": "Capacité",
    "comb.c.phys": "Capacité physique",
    "comb.c.psych": "Capacité psychologique",
    "comb.o": "Opportunité",
    "comb.o.phys": "Opportunité physique",
    "comb.o.soc": "Opportunité sociale",
    "comb.m": "Motivation",
    "comb.m.refl": "Motivation réfléchie",
    "comb.m.auto": "Motivation automatique",
    "tdf2.01": "Connaissances",
    "tdf2.02": "Compétences",
    "tdf2.03": "Rôle social ou professionnel et identité",
    "tdf2.04": "Croyances relatives aux capacités",
    "tdf2.05": "Optimisme",
    "tdf2.06": "Croyances relatives aux conséquences",
    "tdf2.07": "Renforcement",
    "tdf2.08": "Intentions",
    "tdf2.09": "Buts",
    "tdf2.10": "Mémoire, attention et processus de décision",
    "tdf2.11": "Contexte environnemental et ressources",
    "tdf2.12": "Influences sociales",
    "tdf2.13": "Émotions",
    "tdf2.14": "Régulation du comportement",
    "mmm.micro": "Micro",
    "mmm.meso": "Méso",
    "mmm.macro": "Macro",
    "sem3.individual": "Individuel",
    "sem3.interpersonal": "Interpersonnel",
    "sem3.organizational": "Organisationnel",
    "sem5.intrapersonal": "Facteurs intrapersonnels",
    "sem5.interpersonal": "Processus interpersonnels et groupes primaires",
    "sem5.institutional": "Facteurs institutionnels",
    "sem5.community": "Facteurs communautaires",
    "sem5.policy": "Politiques publiques",
}

FRAMEWORKS: Mapping[str, str] = {
    "levels-micro-meso-macro": "niveaux micro, méso et macro",
    "sem-ikt3": "modèle socioécologique à trois niveaux",
    "sem-mcleroy": "modèle socioécologique de McLeroy",
}
