"""What is carried from sentence to sentence: the subjects, sides, places and deeds told so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from maabar.reader.argument import argument, armed
from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import Line
from maabar.reader.gender import shape
from maabar.reader.preposition import folded
from maabar.reader.reach import units_after
from maabar.reader.text import fold_word
from maabar.reader.unit import Unit
from maabar.reader.word import bare

TOPICS = 5


BANDS = folded("""مجموعة دورية قوة خلية خلايا مفرزة رتل حاجز مسلحون مسلحين مقاتلون مقاتلين عناصر
    مجموعات قوات وحدات وحدة فصيل فصائل مسلحو مقاتلو""")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """An earlier claim: its sentence, its kind of event, who did it, who else was in it."""

    line: int
    group: str
    ids: frozenset[str]
    others: frozenset[str]


@dataclass(slots=True)
class State:
    """What is carried from sentence to sentence."""

    subject: tuple[Argument, ...] = ()
    parties: tuple[Argument, ...] = ()
    event: str = ""
    doer: tuple[Argument, ...] = ()
    victim: tuple[Argument, ...] = ()
    place: tuple[Argument, ...] = ()
    line: int = -9
    attribution: str = "narrator"
    last: tuple[Argument, ...] = ()  # armed actors of the claim before
    told: frozenset[str] = frozenset()  # kinds of accords and meetings spoken of so far
    speaker: tuple[Argument, ...] = ()  # an actor whose words the sentence reports
    issuer: tuple[Argument, ...] = ()  # who speaks of "our forces" in a statement
    voice: bool = False  # whether the report speaks as "we": a statement
    power: tuple[Argument, ...] = ()  # who arrested, searched or raided last
    jailer: tuple[Argument, ...] = ()
    besieger: tuple[Argument, ...] = ()
    left: tuple[Argument, ...] = ()  # a patron that was left, who then paid no more
    retold: str = ""  # the type of an earlier event taken up here ("the attack")
    fresh: bool = False  # whether the subject was named in this sentence
    topics: tuple[tuple[tuple[Argument, ...], str], ...] = ()  # subjects, latest first; shape
    seen: tuple[Argument, ...] = ()  # actors of earlier sentences, the latest last
    people: tuple[Argument, ...] = ()  # unarmed people that the sentence before was about
    bands: dict[str, Argument] = field(default_factory=dict)  # "a patrol of X": patrol to X
    heard: dict[str, tuple[int, int]] = field(default_factory=dict)  # how often, where last named
    deeds: list[Deed] = field(default_factory=list)  # of the sentence, after the one before it

    def note_bands(self, line: Line) -> None:
        """Whose the patrols, cells and gangs are that a sentence speaks of without an article."""
        for unit in line.units:
            for stem in bare(line.words[unit.first].text) & BANDS:
                of = unit.actor or _strength(line, unit)
                if (
                    of is not None
                    and armed(of)
                    and not line.words[unit.first].text.startswith("ال")
                ):
                    self.bands[stem] = argument(of)

    def take(self, args: tuple[Argument, ...], head: str = "", form: str = "") -> None:
        """Make a subject the one that later clauses may leave out."""
        self.subject = args
        self.remember(args, head, form)

    def remember(self, args: tuple[Argument, ...], head: str = "", form: str = "") -> None:
        """Keep a subject for verbs that agree with it and not with the latest."""
        words = head or fold_word(args[0].text).partition(" ")[0]
        self.topics = ((args, form or shape(words)), *self.topics)[:TOPICS]

    def form(self, args: tuple[Argument, ...]) -> str:
        """How the verbs of a subject agree, as it was spoken of."""
        told = next((form for topic, form in self.topics if topic[:1] == args[:1]), "")
        return told or shape(fold_word(args[0].text).partition(" ")[0])

    def agreeing(self, gender: str, number: str) -> tuple[Argument, ...]:
        """The latest subject that a verb agrees with; the latest where none does."""
        wanted = "p" if number == "p" else "d" if number == "d" else gender
        for args, form in self.topics:
            several = len(args) > 1 and wanted in ("p", "d")
            if not wanted or several or form in ("", wanted):
                return args
        return self.subject


def _strength(line: Line, unit: Unit) -> Mention | None:
    """Whose a band is whose strength is told first ("a group sixty strong of X")."""
    after = line.words[unit.last : unit.last + 1]
    if not after or not bare(after[0].text) & frozenset({"قوام", "تعداد"}):
        return None
    return next((u.actor for u in units_after(line, unit.first, 9) if u.actor), None)


@dataclass(slots=True)
class Subject:
    """A subject and how it was found: after, before, light, agent, carried, none."""

    args: tuple[Argument, ...] = ()
    how: str = "none"
    unit: Unit | None = None
    passive: bool = False
    units: list[Unit] = field(default_factory=list)


def us(state: State) -> tuple[Argument, ...]:
    """Who "we" are: whose words are reported, else who issues the statement."""
    return state.speaker[:1] or state.issuer[:1]
