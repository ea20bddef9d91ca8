"""Words of a folded text, their clitics, and the sentences and clauses they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from maabar.reader.text import Folded

_WORD = re.compile(r"\d+(?:[.,:]\d+)+|\w+")
_END = re.compile(r"[.!?؟\n•]")
_PAUSE = re.compile(r"[,;؛:()\[\]–—]|\s-\s")
_ABBREVIATION = re.compile(r"(?:^|[^a-z])[a-z]$")
LONGEST = 40
"""A longer word is noise and is not analysed."""

CONJUNCTIONS = "وف"
PREFIXES = "بكل"
ENDINGS = ("هما", "ها", "هم", "هن", "كم", "نا", "ه")


@dataclass(slots=True)
class Word:
    """One word: folded text, raw span, what stands before it."""

    text: str
    start: int
    end: int
    pause: bool = False  # punctuation before it
    glued: bool = False  # joined to the word before by a hyphen
    capital: bool = False
    passive_mark: bool = False  # written with a damma on its first letter
    quoted: bool = False
    tanwin: bool = False  # written with the accusative an
    marbuta: bool = False  # written with a final teh marbuta


@dataclass(slots=True)
class Sentence:
    """Words of one sentence."""

    words: list[Word]
    paragraph: int
    index: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """Raw span."""
        return self.words[0].start, self.words[-1].end


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to take the clitics off a word."""

    rest: str
    conjunction: bool = False
    prefix: str = ""  # b, k, l or empty
    article: bool = False


def sentences(folded: Folded) -> list[Sentence]:
    """Cut a folded text into sentences of words."""
    found: list[Sentence] = []
    words: list[Word] = []
    paragraph = 0
    last = 0
    text, raw = folded.text, folded.raw
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        if (
            words
            and _END.search(between)
            and not (between.strip() in (".", ".,") and _ABBREVIATION.search(words[-1].text))
            and (between[0] != "." or len(between) > 1 or not words[-1].text.isdigit())
        ):
            found.append(Sentence(words, paragraph, len(found)))
            words = []
        paragraph += between.count("\n") > 0
        start, end = folded.span(match.start(), match.end())
        first = raw[start]
        words.append(Word(
            match[0], start, end, bool(_PAUSE.search(between)), between == "-", first.isupper(),
            "\u064f" in raw[start + 1 : start + 4] and raw[start + 1 : start + 2] != "ا",
            bool(last and _quote(raw, start)), "\u064b" in raw[start : end + 1], raw[end - 1] == "ة" or raw[end - 2 : end - 1] == "ة",
        ))  # fmt: skip
        last = match.end()
    if words:
        found.append(Sentence(words, paragraph, len(found)))
    return found


def _quote(raw: str, start: int) -> bool:
    return start > 0 and raw[start - 1] in "\"“«„‘'"


@lru_cache(maxsize=60_000)
def cuts(word: str) -> tuple[Cut, ...]:
    """All ways to take conjunction, preposition and article off an Arabic word.

    Examples
    --------
    >>> [c.rest for c in cuts("وبالعشاره")]
    ['وبالعشاره', 'بالعشاره', 'العشاره', 'عشاره']
    """
    if len(word) > LONGEST or not "\u0600" <= word[0] <= "\u06ff":
        return (Cut(word),)
    found = [Cut(word)]
    if word[0] in CONJUNCTIONS and len(word) > 3:
        found.append(Cut(word[1:], True))
    for cut in list(found):
        rest = cut.rest
        if rest.startswith("لل") and len(rest) > 4:
            found.append(Cut("ال" + rest[2:], cut.conjunction, "ل"))
        elif rest[0] in PREFIXES and len(rest) > 3:
            found.append(Cut(rest[1:], cut.conjunction, rest[0]))
    for cut in list(found):
        if cut.rest.startswith("ال") and len(cut.rest) > 4:
            found.append(Cut(cut.rest[2:], cut.conjunction, cut.prefix, True))
    return tuple(found)


@lru_cache(maxsize=60_000)
def bare(word: str) -> frozenset[str]:
    """The word with and without clitics and pronouns: what a condition may name."""
    found = set()
    for cut in cuts(word):
        found.add(cut.rest)
        for ending in ENDINGS:
            if cut.rest.endswith(ending) and len(cut.rest) > len(ending) + 2:
                stem = cut.rest[: -len(ending)]
                found.add(stem)
                if stem.endswith("ت"):
                    found.add(stem[:-1] + "ه")
                if stem.endswith(("اي", "او")):
                    found.add(stem[:-1])
        if cut.rest.endswith("ا") and len(cut.rest) > 4:
            found.add(cut.rest[:-1])
    return frozenset(found)


@dataclass(slots=True)
class Run:
    """A half-open range of words in a sentence."""

    first: int
    last: int
    note: str = field(default="")
