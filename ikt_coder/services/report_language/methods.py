"""What a language of reports must be able to say in a methods paragraph."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from ikt_coder.core.frozen import frozen
from ikt_coder.services.methods_facts import ProjectFacts, RoundFacts, VersionFacts


@frozen
class MethodsWords:
    """Every fixed word; a language that lacks one cannot be made."""

    title: str
    paragraph: str
    guideline: str
    editable: str
    unknown: str
    no_rounds: str
    reflexive: str


@frozen
class Written:
    """Figures as the language writes them: the locked coefficient with its definition, the
    pooled kappa with its interval, the lowest and highest code, and unit, rule and scope."""

    setting: str
    statistic: str
    pooled: str
    low: str
    high: str
    defined: int
    undefined: tuple[str, ...]
    unused: int
    target: str
    intervals: str


class Methods(ABC):
    """One language. Each function gives whole sentences."""

    words: MethodsWords

    @abstractmethod
    def blind(self, facts: RoundFacts) -> str:
        """Who coded what without seeing the others, and how the documents were chosen."""

    @abstractmethod
    def open(self, facts: RoundFacts) -> str:
        """Open team coding, and why there is no coefficient."""

    @abstractmethod
    def verified(self, facts: RoundFacts) -> str:
        """Code and verify with its rates, and why there is no coefficient."""

    @abstractmethod
    def blind_check(self, facts: RoundFacts) -> str:
        """That both coded some documents of a round of code and verify blind."""

    @abstractmethod
    def sealed(self, facts: RoundFacts) -> str: ...

    @abstractmethod
    def kept_apart(self, facts: RoundFacts) -> str:
        """How blindness was kept: switches of coder and documents that were reopened."""

    @abstractmethod
    def agreement(self, facts: RoundFacts, written: Written) -> str: ...

    @abstractmethod
    def differences(self, facts: RoundFacts) -> str:
        """How many items of each class there were."""

    @abstractmethod
    def settled(self, facts: RoundFacts) -> str:
        """How differences were settled, and the share, labelled as negotiated agreement."""

    @abstractmethod
    def between_versions(self, versions: Sequence[VersionFacts]) -> str: ...

    @abstractmethod
    def copies(self, facts: ProjectFacts) -> str: ...

    @abstractmethod
    def coreq(self, facts: ProjectFacts) -> tuple[tuple[str, str], ...]:
        """COREQ items 24 to 27: number and name, and what the project says."""
