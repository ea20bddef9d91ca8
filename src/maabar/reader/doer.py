"""Who did it, weighed: all actors that a claim could be of, and what speaks for each.

The rules (`subject`, `role`) name a doer. Where the text speaks clearly for somebody else, the
claim is theirs: a conditional logit (McFadden 1974, ISBN 0-12-776150-0) over the actors in reach,
whose marks are plain facts of the sentence (which side of the verb, after which preposition, what
kind of actor, who was spoken of last ...). The weights are in ``doer.yaml``, made from labelled
reports by ``python -m maabar.reader.learn``; what they are worth on other text is in
``docs/reading.md``. Nothing but the weights is learned, and nothing is drawn: the same text gives
the same doer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from maabar.reader.actor import actors, agentive
from maabar.reader.argument import NOBODY, argument, population
from maabar.reader.claim import Argument
from maabar.reader.clause import RELATIVES, Line
from maabar.reader.english import SUBJECT_PRONOUNS
from maabar.reader.frame import Trigger
from maabar.reader.gazetteer import shipped
from maabar.reader.gender import shape
from maabar.reader.reach import finite
from maabar.reader.state import State
from maabar.reader.unit import ARMED, Unit

WEIGHTS = Path(__file__).with_name("doer.yaml")
INFERRED = {
    "ar": frozenset({"carried", "none", ""}),
    "en": frozenset({"none", ""}),
}
MARGIN = 1.25
NAMED_MARGIN = 2.5
"""By how much another actor must weigh more than whom the rules infer, or find named, in log odds."""
UNSPECIFIED = frozenset({NOBODY.id})
MANY = 3
SIDES = frozenset({"CLASH", "MEETING", "AGREEMENT", "COMPETITION"})
POWER = frozenset({"DETENTION", "RELEASE", "STRIKE", "SIEGE", "RECRUITMENT", "RESTRICT", "ATTACK",
                   "TAKEOVER", "BASE_ESTABLISHED", "RAISE_FLAG", "MOVE_WEAPONS", "RELOCATE",
                   "REINFORCE", "WITHDRAWAL"})  # fmt: skip
OWN = frozenset({"CASUALTIES", "MOVEMENT", "CONDITION", "REVENUE", "SUPPORT", "MOTIVE",
                 "SMUGGLING_FLOW"})  # fmt: skip
MEMORIES = ("subject", "last", "doer", "jailer", "power", "parties", "speaker", "victim", "issuer")


@dataclass(slots=True)
class Candidate:
    """An actor that a claim could be of, with what is to be said of it."""

    args: tuple[Argument, ...]
    marks: set[str] = field(default_factory=set)

    @property
    def ids(self) -> frozenset[str]:
        """Who it is."""
        return frozenset(a.id for a in self.args)


def group(kind: str) -> str:
    """What types have in common: two sides, power over others, or a type of its own."""
    if kind in SIDES:
        return "sides"
    if kind in POWER:
        return "power"
    return kind.lower() if kind in OWN else "other"


def ilk(ident: str) -> str:
    """Whether an actor is armed, people, a source ...: what can do what."""
    if ident == "unspecified":
        return "nobody"
    kind = shipped().kind(ident)
    if ident == "unidentified-gunmen":
        return "gunmen"
    if kind in ("population", "source", "country", "tribe", "person", "company"):
        return kind
    return "armed" if kind in ARMED or not kind else kind


def _form(line: Line, trigger: Trigger) -> str:
    """Language, kind of word and voice of the trigger."""
    kind = trigger.reading.form.kind
    word = "participle"
    if kind in ("masdar", "noun", "gerund"):
        word = "noun"
    elif kind in ("past", "present"):
        word = "verb"
    passive = "-passive" if trigger.subject.passive else ""
    return f"{'en' if line.english else 'ar'}-{word}{passive}"


def _few(n: int, most: int = MANY) -> int:
    return min(n, most)


class Scene:
    """A trigger in its sentence, and the actors in reach."""

    def __init__(
        self, line: Line, trigger: Trigger, args: dict[str, tuple[Argument, ...]], state: State
    ):
        self.line, self.trigger, self.state = line, trigger, state
        self.kind = trigger.frame.type
        self.group = group(self.kind)
        self.form = _form(line, trigger)
        self.language = self.form[:2]
        self.main = next(iter(args), "")
        self.roles = {a.id: role for role, fs in args.items() if role != self.main for a in fs}
        form = trigger.reading.form
        verbal = form.kind in ("past", "present")
        self.agrees = ("" if not verbal or line.english else
                       form.number if form.number in ("p", "d") else form.gender)  # fmt: skip
        self.deeds = [d for d in state.deeds if d.line == line.sentence.index]
        self.margin = self._margin()
        self.found: dict[str, Candidate] = {}
        self._gather(args)

    def _margin(self) -> float:
        """By how much another actor must weigh more than the doer of the rules."""
        i, words = self.trigger.first, self.line.words
        if self.language == "en" and any(
            w.text in RELATIVES | SUBJECT_PRONOUNS for w in words[max(0, i - 3) : i]
        ):
            return math.inf
        inferred = self.trigger.subject.how in INFERRED[self.language]
        return MARGIN if inferred else NAMED_MARGIN

    def _gather(self, args: dict[str, tuple[Argument, ...]]) -> None:
        for unit in self.line.units:
            if unit.head != "=":
                for n, who in enumerate(_named(self.line, unit, self.state)):
                    self._place(self._candidate(who), unit, n > 0)
        state = self.state
        carried = [topic for topic, _ in state.topics]
        carried += [
            getattr(state, name)
            for name in ("last", "doer", "jailer", "power", "subject", "issuer")
        ]
        carried += [state.parties] if len(state.parties) > 1 else []
        carried += [(a,) for a in state.seen[-8:]]
        told = args.get(self.main, ())
        for who in carried:
            if who:
                self._candidate(who)
        if told and told[0].id not in self.found and told[0].id != "unspecified":
            self._candidate(told)
        self.found["unspecified"] = Candidate((NOBODY,), self._of_nobody(told))

    def _candidate(self, who: tuple[Argument, ...]) -> Candidate:
        ident = who[0].id
        if ident not in self.found:
            self.found[ident] = Candidate(who, self._of_actor(ident))
        return self.found[ident]

    def _of_actor(self, ident: str) -> set[str]:
        """What an actor is, what else it is in this claim, and how it was spoken of before."""
        what, form, state = ilk(ident), self.form, self.state
        marks = {f"is {what}", f"is {what} {self.group}", f"is {what} {self.kind}",
                 f"is {what} of {self.trigger.reading.lemma.name}"}  # fmt: skip
        if role := self.roles.get(ident):
            marks |= {f"also {role} {self.group}", f"also {role} {form}"}
        for name in MEMORIES:
            told = getattr(state, name) if name != "issuer" or state.voice else ()
            if any(a.id == ident for a in told):
                marks |= {f"memory {name}", f"memory {name} {form}", f"memory {name} {self.group}"}
        times, last = state.heard.get(ident, (0, 0))
        marks.add(f"named {_few(times, 4)} {form}")
        if times:
            marks.add(f"back {_few(self.line.sentence.index - last, 4)} {form}")
        for rank, (topic, agreeing) in enumerate(state.topics):
            if any(a.id == ident for a in topic):
                marks |= {
                    f"topic {rank}",
                    f"topic {rank} {form}",
                    self._agreement("topic", agreeing),
                }
                break
        return marks | self._of_deeds(ident)

    def _of_deeds(self, ident: str) -> set[str]:
        """Whether the claim before is of the same actor."""
        marks = set()
        if self.deeds:
            before = self.deeds[-1]
            same = "same" if ident in before.ids else "other"
            marks |= {f"before {same} {self.form}", f"before {same} {self.group} {before.group}"}
        elif self.state.deeds:
            before = self.state.deeds[-1]
            same = "same" if ident in before.ids else "other"
            marks.add(f"earlier {same} {self.form}")
        if any(ident in d.others for d in self.deeds):
            marks.add(f"suffered {self.form}")
        return marks

    def _agreement(self, what: str, agreeing: str) -> str:
        if not self.agrees or not agreeing:
            return f"agrees {what} unknown"
        return f"agrees {what} {agreeing == self.agrees}"

    def _place(self, candidate: Candidate, unit: Unit, inner: bool) -> None:
        """Where an actor stands: side, preposition, what lies between."""
        i, line, form, marks = self.trigger.first, self.line, self.form, candidate.marks
        after = unit.first > i
        side = "after" if after else "inside" if i < unit.last else "before"
        low, high = (i + 1, unit.first) if after else (unit.last, i)
        prep = unit.prep + ("&" if unit.joined else "")
        between = [u for u in line.units if low <= u.first < high]
        rivals = sum(u.actor is not None for u in between)
        verbs = sum(finite(line, j) for j in range(low, high))
        apart = abs(line.clause[i] - line.clause[unit.first])
        marks |= {
            f"at {form} {side} {prep}", f"at {self.group} {side} {prep}",
            f"phrases {form} {side} {_few(len(between))}",
            f"phrases {self.group} {side} {_few(len(between))}",
            f"clauses {self.language} {side} {_few(apart)}",
            f"verbs {form} {side} {_few(verbs, 2)}", f"rivals {form} {side} {_few(rivals, 2)}",
        }  # fmt: skip
        what = ilk(candidate.args[0].id)
        marks.add(f"at {form} {side} {prep} {what}")
        if after and unit.first - i == 1:
            marks |= {f"next {form} {prep} {what}", f"next {self.group} {form} {prep}"}
        marks |= {f"head {c} {form} {side}" for c in unit.classes}
        marks |= {f"head {c} {self.group} {side} {prep}" for c in unit.classes}
        marks.add(f"at {self.kind} {side} {prep}")
        mention = next((m for m in unit.mentions if m.kind == "actor"), None)
        marks.add(f"called {self.language} {side} {prep} {mention.form if mention else 'noun'}")
        if not agentive(unit):
            marks.add(f"suffers {side}")
        if inner:
            marks.add("inner")
        if any(line.words[k].text in RELATIVES for k in range(low, high)):
            marks.add(f"relative {form} {side}")
        if any(line.words[k].pause for k in range(low, min(high + 1, len(line.words)))):
            marks.add(f"pause {form} {side} {_few(len(between))}")
        marks.add(self._agreement(side, shape(line.words[unit.first].text)))

    def _of_nobody(self, told: tuple[Argument, ...]) -> set[str]:
        form, how = self.form, self.trigger.subject.how
        first = "first" if self.line.sentence.index == 0 else "later"
        told_of = "with" if self.deeds else "alone"
        marks = {"nobody", f"nobody {self.kind}", f"nobody {form}", f"nobody {how}",
                 f"nobody {self.group} {form}", f"nobody {self.group} {how}", f"nobody {first}",
                 f"nobody {self.group} {form} {first}", f"nobody {told_of} {form}",
                 f"nobody of {self.trigger.reading.lemma.name}"}  # fmt: skip
        if self.trigger.reading.form.suffix:
            marks.add("nobody suffix")
        if self.trigger.reading.article:
            marks.add("nobody article")
        return marks


def _named(line: Line, unit: Unit, state: State) -> Iterable[tuple[Argument, ...]]:
    """The actors of a phrase: who acts, then all that are named inside it; or its people."""
    acting = actors(line, unit, state)
    options = [acting] if acting else []
    for mention in unit.mentions:
        if mention.kind == "actor" and not mention.zone and mention.subkind != "source":
            one = argument(mention)
            if not any(one.id == a.id for args in options for a in args):
                options.append((one,))
    people = population(line, unit) if not options else None
    return [(people,)] if people else options


WATCH: ContextVar[list[tuple[Scene, tuple[Argument, ...]]] | None] = ContextVar(
    "WATCH", default=None
)
"""Where the scenes go that are met while weights are learned; the rules alone then decide."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """What each mark speaks for or against an actor, in log odds.

    Examples
    --------
    >>> bool(weights())
    True
    """
    content = yaml.load(WEIGHTS.read_text("utf-8"), yaml.CSafeLoader)
    return dict(content["weights"])


def decided(trigger: Trigger, told: tuple[Argument, ...]) -> bool:
    """Whether the rules know better: several sides, nobody, or not the subject but who is meant."""
    if trigger.subject.how == "undergone" or (len(told) > 1 and trigger.frame.type in SIDES):
        return True
    subject = {a.id for a in trigger.subject.args}
    return bool(subject) and subject.isdisjoint(a.id for a in told)


def outweighing(
    ids: Sequence[frozenset[str]],
    marks: Sequence[Iterable[str]],
    told: frozenset[str],
    table: dict[str, float],
    margin: float,
) -> int | None:
    """Which actor weighs clearly more than whom the rules name; none where they stand.

    Parameters
    ----------
    ids, marks
        Who each actor in reach is, and what is to be said of it.
    told
        Whom the rules name; nobody never outweighs somebody.
    table
        Weights of the marks, in log odds.
    margin
        By how much another must weigh more, in log odds.
    """
    score = [
        -math.inf if who == UNSPECIFIED != told else math.fsum(table.get(m, 0.0) for m in said)
        for who, said in zip(ids, marks, strict=True)
    ]
    best = max(range(len(score)), key=score.__getitem__)
    own = max((s for s, who in zip(score, ids, strict=True) if who & told), default=-math.inf)
    return None if ids[best] & told or score[best] - own < margin else best


def weighed(scene: Scene, told: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The doer: that of the rules, unless another actor weighs clearly more.

    Parameters
    ----------
    scene
        The trigger and the actors in reach.
    told
        Whom the rules name.
    """
    watched = WATCH.get()
    if watched is not None:
        watched.append((scene, told))
        return told
    if decided(scene.trigger, told):
        return told
    options = list(scene.found.values())
    best = outweighing([c.ids for c in options], [c.marks for c in options],
                       named(told), weights(), scene.margin)  # fmt: skip
    return told if best is None else options[best].args


def named(told: tuple[Argument, ...]) -> frozenset[str]:
    """Ids of whom the rules name, or nobody's."""
    return frozenset(a.id for a in told) or UNSPECIFIED
