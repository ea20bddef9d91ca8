"""English past forms that are participles: "men arrested by X", "aircraft believed to be Russian"."""

from __future__ import annotations

from maabar.reader.clause import Line
from maabar.reader.mention import NATIONAL
from maabar.reader.phrase import object_follows, of_time, paused, phrase_at, skip_back
from maabar.reader.preposition import folded
from maabar.reader.wordclass import (
    ADVERB,
    AND,
    AUX,
    DET,
    GERUND,
    NOUN,
    PREP,
    PRONOUN,
    RELATIVE,
    SUB,
    TO,
    VERB,
)

BOUND = folded(
    "accused believed thought suspected known called based stationed affiliated linked loaded "
    "backed supported equipped involved located caught held used published issued signed planted "
    "named dubbed described considered said_ allied loyal charged injured wounded killed arrested "
    "detained freed released seized captured displaced mounted trapped hidden stolen smuggled "
    "dressed disguised clad armed imported paid owned manned staffed founded funded sponsored brokered"
)
"""Participles that without an object say something of the noun before them."""
_HELD_TO = folded("believed thought suspected presumed said alleged understood reported known")


def reduced(line: Line, tags: list[str], i: int, verbless: int, subjectless: bool) -> bool:
    """Whether a past form is a participle that says more of a noun."""
    following = line.words[i + 1].text if i + 1 < len(line.words) else ""
    if i and line.words[i].text in _HELD_TO and (following == "to" or following in NATIONAL):
        return tags[i - 1] == NOUN
    said = any(r.lemma.duty == "say" for r in line.readings[i])
    if not i and _fronted(line, tags):
        return True
    if not i or (said and following not in ("by", "of")):
        return False
    before = skip_back(tags, i)
    if tags[before] in (PRONOUN, RELATIVE):
        return False
    k = i + 1 + (tags[i + 1 : i + 2] == [ADVERB])  # "carried out by"
    if k < len(tags) and line.words[k].text == "by" and not line.words[k].pause:
        return tags[min(k + 1, len(tags) - 1)] != GERUND
    if any(r.form.kind == "present" for r in line.readings[i]) and not (
        {r.form.kind for r in line.readings[i]} & {"past", "participle"}
    ):
        return False
    if tags[before] in (NOUN, DET) and not paused(line, tags, i) and subjectless:
        return True
    if tags[before] == AND and verbless and _by_ahead(line, tags, i):
        return True
    if tags[before] == AND or object_follows(line, tags, i):
        return False
    if tags[before] not in (NOUN, DET):
        return False
    return _verb_ahead(line, tags, i, verbless) or (
        _bound(line, i) and not _late_object(line, tags, i)
    )


def _fronted(line: Line, tags: list[str]) -> bool:
    """ "Driven out in May, it complained": what was done to the subject that comes."""
    if object_follows(line, tags, 0):
        return False
    comma = next((k for k in range(1, len(tags)) if line.words[k].pause), -1)
    plain = comma > 0 and not any(t in (VERB, AUX, AND) for t in tags[1:comma])
    return plain and any(t in (VERB, AUX) for t in tags[comma + 1 :])


def _by_ahead(line: Line, tags: list[str], i: int) -> bool:
    """Whether an agent comes before any verb or comma ("joined by X and covered from there by Y")."""
    for k in range(i + 1, min(len(tags), i + 7)):
        if line.words[k].pause or tags[k] in (VERB, AUX, AND):
            return False
        if line.words[k].text == "by":
            return True
    return False


def _late_object(line: Line, tags: list[str], i: int) -> bool:
    """Whether the object comes after words of place ("arrested in X two traders")."""
    k = i + 1
    while k < len(tags) and not line.words[k].pause:
        if tags[k] in (AND, SUB, RELATIVE, VERB, AUX):
            return False
        phrase = phrase_at(line, tags, k)
        if phrase is None:
            k += 1
            continue
        if tags[k - 1] not in (PREP, ADVERB) and not of_time(line, phrase):
            return True
        k = phrase.last
    return False


def _bound(line: Line, i: int) -> bool:
    """A participle that needs an object and has none."""
    frames = [r.lemma.frames[-1].type for r in line.readings[i] if r.lemma.frames]
    harms = any(f in ("DETENTION", "RELEASE") for f in frames)
    hurts = any(r.lemma.name in ("kill", "wound", "injure") for r in line.readings[i])
    return harms or hurts or line.words[i].text in BOUND


def _verb_ahead(line: Line, tags: list[str], i: int, verbless: int) -> bool:
    """Whether the finite verb of every open clause is still to come."""
    awaited = max(verbless, 1)
    aside = line.words[i].pause
    between = False
    k = i + 1
    while k < len(tags):
        word = line.words[k]
        if word.pause:
            while aside and k < len(tags) and tags[k] == ADVERB:
                k += 1
            return aside and k < len(tags) and tags[k] in (VERB, AUX) and verbless > 0
        between = between or word.text == "between"
        if tags[k] == AND and between:
            between = False
            k += 1
            continue
        if tags[k] in (AND, SUB, RELATIVE):
            return False
        if tags[k] in (AUX, VERB) and tags[k - 1] not in (TO, AUX):
            awaited -= 1
            if not awaited or aside:
                return not aside
        phrase = phrase_at(line, tags, k)
        if phrase is not None:
            if tags[k - 1] not in (PREP, AND) and not of_time(line, phrase):
                return False
            k = phrase.last
            continue
        k += 1
    return False
