"""Names that no gazetteer knows: taken up where an open head word stands by them.

"The Regiment of the Guardians" or a militia called "X" acts in a report like any other group, so
new groups and sources become entities of the document, with ids that say that they are new. New
places are only proposed: a place needs a position, and that is for a person to give.
"""

from __future__ import annotations

import re
from typing import Any

from maabar.reader.claim import Mention
from maabar.reader.gazetteer import key
from maabar.reader.preposition import PREPOSITIONS
from maabar.reader.text import fold_word
from maabar.reader.word import Sentence, Word, cuts

OPEN_HEADS = {
    fold_word(w): kind for kind, words in {
        "armed_group": "ميليشيا لواء كتيبة كتائب سرايا فصيل حركة فوج مجموعة جماعة تشكيل عصابة درع تجمع",
        "town": "بلدة", "village": "قرية", "tribe": "قبيلة عشيرة", "checkpoint": "حاجز",
        "crossing": "معبر", "facility": "حقل", "source": "شبكة مرصد وكالة صوت موقع منصة", "quarter": "حي",
        "camp": "مخيم",
    }.items() for w in words.split()
}  # fmt: skip
QUOTED_ONLY = frozenset(map(fold_word, ["حركة", "مجموعة", "جماعة", "تشكيل", "عصابة", "درع", "تجمع", "صوت", "موقع", "منصة"]))  # fmt: skip
ENGLISH_HEADS = {
    "brigade": "armed_group", "brigades": "armed_group", "battalion": "armed_group",
    "regiment": "armed_group", "militia": "armed_group", "faction": "armed_group",
    "movement": "armed_group", "group": "armed_group", "gang": "armed_group",
    "network": "source", "observatory": "source", "agency": "source", "outlet": "source",
}  # fmt: skip
TAKEN_UP = frozenset({"armed_group", "source"})
LONGEST = 5
_CLOSE = re.compile("[\"”»“']")
_ARABIC = re.compile(r"[\u0600-\u06ff]{3,20}")
_LATIN = str.maketrans({
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
    "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w",
    "ي": "y", "ى": "a", "ة": "h", "ء": "", "ؤ": "w", "ئ": "y",
})  # fmt: skip


def identifier(name: str) -> str:
    """The id of a new name: its letters in Latin.

    Examples
    --------
    >>> identifier("فوج حماة الفرات")
    'unknown-fwj-hmah-alfrat'
    """
    words = re.findall(r"\w+", fold_word(name).translate(_LATIN))
    plain = ("".join(c for c in w if c.isascii()) for w in words)
    return "-".join(["unknown", *filter(None, plain)])


def proposals(
    sentences: list[Sentence], named: list[list[Mention]], raw: str
) -> list[dict[str, Any]]:
    """Unknown names after open heads ("militia X", "town of X"), each once."""
    found: dict[str, dict[str, Any]] = {}
    for sentence, known in zip(sentences, named, strict=True):
        for i, word in enumerate(sentence.words):
            kind = _open(word)
            run = kind and _name(sentence.words, i, kind, raw)
            if not run:
                continue
            first, last = run
            start, end = sentence.words[first].start, sentence.words[last].end
            inside = [m for m in known if m.span[0] < end and start < m.span[1]]
            if any(m.kind == "actor" or m.span[1] - m.span[0] >= end - start for m in inside):
                continue
            if inside and not sentence.words[first].quoted:
                continue
            text = raw[start:end]
            entry = {"id": identifier(text), "kind": kind, "text": text, "span": [start, end],
                     "head": raw[word.start : word.end]}  # fmt: skip
            found.setdefault(text, entry)
    return list(found.values())


def entries(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """New groups and sources as entries of a gazetteer."""
    return {
        str(p["id"]): {"kind": p["kind"], ("en" if p["text"][0].isascii() else "ar"): [p["text"]]}
        for p in found
        if p.get("kind") in TAKEN_UP and p.get("text") and len(p.get("id", "")) > len("unknown-")
    }


def _open(word: Word) -> str:
    if word.text.isascii():
        return ENGLISH_HEADS.get(word.text, "")
    plain = (key(c.rest) for c in cuts(word.text) if not c.article)
    return next((OPEN_HEADS[p] for p in plain if p in OPEN_HEADS), "")


def _name(words: list[Word], i: int, kind: str, raw: str) -> tuple[int, int] | None:
    """First and last word of the name that word i heads; None where there is no name."""
    if words[i].text.isascii():
        return _english(words, i, raw)
    if words[i].quoted:  # the head stands inside the quotation marks
        last = _closed(words, i, raw)
        return (i, last) if last > i else None
    if i + 1 >= len(words) or words[i + 1].pause or not _ARABIC.fullmatch(words[i + 1].text):
        return None
    if words[i + 1].quoted:
        last = _closed(words, i + 1, raw)
        return (i + 1, last) if last else None
    only = {key(c.rest) for c in cuts(words[i].text)} & QUOTED_ONLY
    if only:
        return None
    if kind == "armed_group" and _of_two(words, i):
        return i, i + 2
    if not words[i + 1].text.startswith("ال"):
        return None
    return (i if kind in TAKEN_UP else i + 1), i + 1


def _of_two(words: list[Word], i: int) -> bool:
    """Whether a head is followed by two nouns that make a name ("brigade of hawks of the Island")."""
    if i + 2 >= len(words) or words[i + 2].pause:
        return False
    first, second = words[i + 1].text, words[i + 2].text
    plain = first not in PREPOSITIONS and not first.startswith("ال") and first not in _SAID_OF
    return plain and len(first) > 2 and second.startswith("ال") and not first.endswith(("ه", "يه"))


_SAID_OF = frozenset(
    map(
        fold_word,
        ["تابع", "موال", "محلي", "مسلح", "كامل", "مدعوم", "من", "آخر", "كان", "هو", "سابق"],
    )
)


def _closed(words: list[Word], first: int, raw: str) -> int:
    """The word before the closing quotation mark; 0 where none is near."""
    for j in range(first, min(len(words), first + LONGEST)):
        if _CLOSE.match(raw[words[j].end : words[j].end + 1]):
            return j
    return 0


def _english(words: list[Word], i: int, raw: str) -> tuple[int, int] | None:
    """A capitalised name before its head ("the Khabur Hawks militia"), or quoted after it."""
    for j in range(i + 1, min(len(words), i + 4)):
        if words[j].quoted and words[j].capital:
            last = _closed(words, j, raw)
            return (j, last) if last else None
        if words[j].text not in ("calling", "itself", "called", "named", "known", "as", "the"):
            break
    first = i
    while first and words[first - 1].capital and i - first < LONGEST - 1 and not words[first].pause:
        first -= 1
    while first < i and words[first].text in ("the", "a", "an"):
        first += 1
    if first == i or (first == 0 and i - first < 2):
        return None
    return first, i if words[i].capital else i - 1
