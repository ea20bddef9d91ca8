"""What is known of an English clause: its verb, who is said to do it, what still waits for a verb."""

from __future__ import annotations

from dataclasses import dataclass, field

from maabar.reader.phrase import Phrase


@dataclass(slots=True)
class Predicate:
    """A verb and who is said to do it: the likeliest subject first."""

    at: int
    subjects: list[Phrase] = field(default_factory=list)
    passive: bool = False
    kind: str = "finite"  # finite, reduced, gerund, bare
    depth: int = 0
    after: int = -1  # the passive that "and" goes on with ("were killed and wounded")


@dataclass(slots=True)
class Parse:
    """Word classes, phrases and predicates of a sentence."""

    tags: list[str]
    phrases: list[Phrase] = field(default_factory=list)
    predicates: dict[int, Predicate] = field(default_factory=dict)

    def phrase_of(self, i: int) -> Phrase | None:
        """The phrase that word i stands in."""
        return next((p for p in self.phrases if p.first <= i < p.last), None)


@dataclass(slots=True)
class Frame:
    """A clause that is open: its subject, once there is a verb; phrases that wait for one."""

    kind: str = "main"
    antecedent: Phrase | None = None
    pause: bool = False  # opened after a comma
    subject: list[Phrase] = field(default_factory=list)
    verb: int = -1
    passive: bool = False
    waiting: list[Phrase] = field(default_factory=list)
    owed: list[Predicate] = field(default_factory=list)
    asked: bool = False  # "it is not clear who": nobody
    named: list[Phrase] = field(default_factory=list)  # whom the antecedent only describes
