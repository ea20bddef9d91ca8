"""English noun phrases: where they begin and end, what stands before them."""

from __future__ import annotations

from dataclasses import dataclass, field

from maabar.reader.clause import Line
from maabar.reader.wordclass import (
    ADVERB,
    AND,
    AUX,
    DET,
    DETERMINERS,
    NOUN,
    OWN,
    PREP,
    PRONOUN,
    TIME_NOUNS,
    VERBS,
)

FREE, OBJECT, AFTER_PREP = "free", "object", "prep"


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun phrase: word range, its role by what stands before it."""

    first: int
    last: int  # one past its end
    role: str = FREE
    pause: bool = False
    joined: bool = False  # after "and"
    said: bool = False  # right after a verb: may open the clause that the verb reports
    end: int = 0  # one past the "of" phrases that belong to it
    verb: int = -1  # the verb whose object it is
    mates: list[Phrase] = field(default_factory=list)  # joined to it as subjects of one verb

    def __post_init__(self) -> None:
        """Without an "of" the phrase ends where it ends."""
        self.end = self.end or self.last


def phrase_at(line: Line, tags: list[str], i: int) -> Phrase | None:
    """The phrase that begins at word i, its role not yet known."""
    if tags[i] not in (NOUN, DET, PRONOUN):
        return None
    if tags[i] == PRONOUN:
        return Phrase(i, i + 1)
    last = i + 1
    while last < len(tags) and _goes_on(line, tags, last):
        last += 1
    return Phrase(i, last)


def _goes_on(line: Line, tags: list[str], k: int) -> bool:
    if tags[k] not in (NOUN, DET, OWN):
        return False
    covered, before = line.covered[k], line.covered[k - 1]
    if covered is not None and covered is before:
        return True
    text, previous = line.words[k].text, line.words[k - 1].text
    if line.words[k].pause:
        return False
    if tags[k] == OWN:
        return True
    if tags[k] == DET and tags[k - 1] == NOUN and (text in DETERMINERS or text[0].isdigit()):
        return bool(text[0].isdigit() and line.words[k - 1].capital)
    if before is None and previous in TIME_NOUNS and text not in TIME_NOUNS:
        return False
    year = previous.isdigit() and len(previous) == 4
    if year and covered is not None:
        return False
    both = covered is not None and before is not None
    return not (both and before is not None and before.kind == "place" and covered is not None
                and covered.kind == "actor")  # fmt: skip


def placed(line: Line, tags: list[str], phrase: Phrase) -> Phrase:
    """The phrase with its role, by the word before it."""
    i = phrase.first
    phrase.pause = line.words[i].pause
    if i == 0 or phrase.pause:
        return phrase
    before = tags[i - 1]
    if before == AND:
        phrase.joined = True
        phrase.pause = line.words[i - 1].pause
    elif before == PREP:
        phrase.role = AFTER_PREP
    else:
        k = i - 1
        while k > 0 and tags[k] == ADVERB and not line.words[k + 1].pause:
            k -= 1
        if tags[k] in VERBS or tags[k] == AUX:
            phrase.role, phrase.verb, phrase.said = OBJECT, k, True
    return phrase


def of_time(line: Line, phrase: Phrase) -> bool:
    """Whether the phrase only says when ("two days", "Monday morning")."""
    nouns = [k for k in range(phrase.first, phrase.last) if line.covered[k] is None
             and line.words[k].text in TIME_NOUNS]  # fmt: skip
    named = any(line.covered[k] is not None for k in range(phrase.first, phrase.last))
    return bool(nouns) and not named and nouns[-1] == phrase.last - 1


def only_place(line: Line, phrase: Phrase) -> bool:
    """Whether the phrase names a place and nobody."""
    over = [m for m in line.covered[phrase.first : phrase.last] if m is not None]
    return bool(over) and all(m.kind == "place" for m in over) and (
        line.covered[phrase.last - 1] is not None
    )  # fmt: skip
