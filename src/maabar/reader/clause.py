"""A sentence in clauses: what opens, links and negates one, and which words are verbs in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maabar.reader.claim import Mention
from maabar.reader.lexicon import Reading
from maabar.reader.preposition import NUMERALS, PREPOSITIONS, folded
from maabar.reader.thing import thing_at
from maabar.reader.unit import Unit
from maabar.reader.word import Sentence, Word, cuts

SUBORDINATORS = folded(
    "فيما بينما حيث إذ كما لكن حين عندما بعدما إن أن بأن وأن وإن فإن لأن لكنها لكنه لكنهم أنه أنها أنهم وذلك ذلك لأن ريثما كي لكي "
    "إلا غير إضافة بالتزامن تزامنا وسط الأمر that while when where whereas but because although "
    "which who if as though"
)
RELATIVES = folded("الذي التي الذين اللذين اللتين اللذان اللواتي والذي والتي والذين who which that")
NEGATIONS = folded("لم لن لا ليس ليست دون بدون عدم not never no without nobody none neither")
FUNCTION = (
    frozenset(PREPOSITIONS)
    | SUBORDINATORS
    | RELATIVES
    | NEGATIONS
    | NUMERALS
    | folded("عبره عبرها عبرهما عبرهم هو هي هم كل بعض أي هناك كما ثم قد لقد كان كانت")
    | {"the", "and", "or", "to", "its", "their", "of", "for", "by", "in"}
)


@dataclass(slots=True)
class Line:
    """A sentence made ready: words, units, readings, clause numbers."""

    sentence: Sentence
    words: list[Word]
    mentions: list[Mention]
    readings: list[tuple[Reading, ...]]
    units: list[Unit]
    clause: list[int]
    covered: list[Mention | None]  # the mention over each word
    classes: list[frozenset[str]]
    english: bool
    cues: list[tuple[int, dict[str, Any]]] | None = None  # words of time, found when first asked
    parse: Any = None  # clauses of an English sentence, found when first asked

    def unit_at(self, i: int) -> Unit | None:
        """The unit that begins at word i."""
        return next((u for u in self.units if u.first == i), None)


FINITE = frozenset({"past", "present"})
BEFORE_ADJECTIVE = frozenset(
    {"the", "a", "an", "of", "two", "three", "several", "some", "many", "its", "their"}
)


def spans(ready: Line, first: int, last: int) -> tuple[int, int]:
    """Raw span of a word range."""
    return ready.words[first].start, ready.words[max(first, last - 1)].end


def clauses(words: list[Word], covered: list[Mention | None]) -> list[int]:
    """The number of the clause of each word."""
    number, found = 0, []
    for i, word in enumerate(words):
        inside = i > 0 and covered[i] is not None and covered[i] is covered[i - 1]
        if not inside and (word.pause or subordinates(word)):
            number += 1
        found.append(number)
    return found


def subordinates(word: Word) -> bool:
    """Whether a word opens a subordinate clause."""
    return any(c.rest in SUBORDINATORS and not c.article for c in cuts(word.text))


def verbal(ready: Line, i: int) -> bool:
    """Whether every reading of the word is a finite verb (then it ends a phrase)."""
    readings = ready.readings[i]
    word = ready.words[i].text
    if word.endswith("وا") and len(word) > 4 and not thing_at(ready.words, i)[2]:
        return True
    kinds = FINITE
    if ready.english and i and ready.words[i - 1].text not in BEFORE_ADJECTIVE:
        kinds = FINITE | {"participle"}
    return bool(readings) and all(r.form.kind in kinds for r in readings)


def event_noun(ready: Line, i: int) -> bool:
    """Whether the word may be a trigger noun: what follows it is a phrase of its own."""
    return any(r.form.kind in ("masdar", "noun", "gerund") for r in ready.readings[i])
