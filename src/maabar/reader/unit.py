"""A noun phrase of a sentence: its words, its preposition, the actors, places and things in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from maabar.reader.claim import Mention

MEMBER_CLASSES = frozenset({"personnel", "person", "patrol", "convoy", "aircraft", "post",
                            "faction", "checkpoint", "shell", "missile", "position", "hq",
                            "base", "casualty", "raid", "detainees"})  # fmt: skip
ARMED = frozenset({"armed_group", "state_force", "foreign_force", "collective", "government",
                   "country", "unspecified", "unidentified", "company", "tribe", "administration",
                   "organisation"})  # fmt: skip
UNNAMED = frozenset({"fighters", "tribal-notables", "unidentified-gunmen", "local-commanders"})


@dataclass(slots=True)
class Unit:
    """A noun phrase: word range, preposition code, what it is about."""

    first: int
    last: int
    prep: str = ""
    joined: bool = False  # coordinated with the unit before
    mentions: list[Mention] = field(default_factory=list)
    thing: str = ""
    thing_span: tuple[int, int] = (0, 0)
    classes: frozenset[str] = frozenset()
    head: str = ""
    pause: bool = False
    clause: int = 0

    @property
    def actor(self) -> Mention | None:
        """First actor that may act (no source, no holder of a zone)."""
        return next((m for m in self.mentions if m.kind == "actor" and not m.zone
                     and m.subkind != "source"), None)  # fmt: skip

    @property
    def place(self) -> Mention | None:
        """First place."""
        return next((m for m in self.mentions if m.kind == "place"), None)
