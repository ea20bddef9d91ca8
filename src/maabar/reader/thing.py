"""The thing that a common noun names, also in the dual and plural: its id and its classes."""

from __future__ import annotations

from collections.abc import Iterable

from maabar.reader.lexicon import things
from maabar.reader.preposition import folded
from maabar.reader.word import Word, bare, cuts

NOT_THINGS = folded("كبير كبيرة كبيرا كبرى كثير كثيرة بليغة بليغ")
"""Adjectives that look like a noun with clitics ("like his well")."""


def singular(word: str) -> tuple[str, ...]:
    """What a dual or sound plural may be of.

    Examples
    --------
    >>> singular("ضابطين"), singular("دوريتان")
    (('ضابط',), ('دوريه',))
    """
    for ending in ("تين", "تان"):
        if word.endswith(ending) and len(word) > 5:
            return (word[:-3] + "ه",)
    for ending in ("ين", "ون", "ان"):
        if word.endswith(ending) and len(word) > 4:
            return (word[:-2],)
    if word.endswith("ات") and len(word) > 4:
        return (word[:-2], word[:-2] + "ه")
    return ()


def thing_at(words: list[Word], i: int) -> tuple[str, frozenset[str], int]:
    """The thing that begins at word i: id, classes, number of words."""
    table = things()
    if words[i].text in NOT_THINGS:
        return "", frozenset(), 0
    options = [o for b in _longest(bare(words[i].text) & table.keys()) for o in table[b]]
    options += [o for c in cuts(words[i].text) for o in table.get(c.rest, ()) if o[0]]
    if not options and not words[i].text.isascii():
        options = [
            o for b in _longest(bare(words[i].text)) for s in singular(b) for o in table.get(s, ())
        ]
    if not options:
        return "", frozenset(), 0
    best = ("", frozenset[str](), 0)
    for rest, ident, classes in options:
        size = len(rest)
        if size + 1 <= best[2]:
            continue
        following = words[i + 1 : i + 1 + size]
        if len(following) == size and all(
            r == w.text or r in bare(w.text) for r, w in zip(rest, following, strict=True)
        ):
            best = (ident, classes, size + 1)
    return best


def _longest(words: Iterable[str]) -> list[str]:
    """The longest first; the order of a set changes from run to run."""
    return sorted(words, key=lambda w: (-len(w), w))
