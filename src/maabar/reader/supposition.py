"""Suppositions: what would be, may be, or is only to come."""

from __future__ import annotations

import re

from maabar.reader.argument import POPULATION_OF
from maabar.reader.clause import RELATIVES, Line
from maabar.reader.context import marked, onward, rest
from maabar.reader.frame import Trigger
from maabar.reader.parse import parse
from maabar.reader.text import fold_plain, fold_word
from maabar.reader.wordclass import DET, NOUN, PRONOUN


def supposed(line: Line, trigger: Trigger) -> bool:
    """Whether the words after the trigger make it a supposition ("an exit would ...", "... in case")."""
    i, kind = trigger.first, trigger.reading.form.kind
    noun = kind in ("noun", "masdar", "gerund") or (
        line.english and any(r.form.kind == "noun" for r in line.readings[i])
    )
    after = rest(line, trigger)
    if line.english:
        if noun and re.search(_PURPORTED, onward(line, trigger)):
            return True
        if trigger.frame.type == "STRIKE" and line.words[i].text in ("strike", "strikes"):
            by = after[1:3] if after[:1] == ["by"] else []
            if i and line.words[i - 1].text in (
                "on",
                "hunger",
                "general",
                "shop",
                "labour",
                "teachers",
            ):
                return True
            if any(w in POPULATION_OF or w in _WORKERS for w in by):
                return True
        modal = next((n for n, w in enumerate(after[:6]) if w in ("would", "could", "might")), None)
        if noun and modal is not None and not _spoken(line, i):
            between = line.readings[trigger.last : trigger.last + modal]
            return not any(
                r.form.kind in ("past", "present") for rs in between for r in rs
            ) and not (set(after[:modal]) & RELATIVES)
        near = {w.text for w in line.words[max(0, i - 5) : i] if not w.pause}
        return "would" in near and not _spoken(line, i)
    if noun and after and after[0].startswith(_POSSIBLE):
        return True
    if noun and re.search(_PURPORTED, onward(line, trigger)):
        return True
    if noun and yet(line, trigger) and re.search(_OPENED_IF, marked(line)):
        return True
    if noun and i and line.words[i - 1].text == "اي":  # "any attack will be met"
        later = line.readings[trigger.last : trigger.last + 7]
        if any(r.prefix == "س" for rs in later for r in rs):
            return True
    return (
        noun
        and bool({"اذا", "شريطه", "بشرط"} & set(after[:7]) or "في حال" in " ".join(after[:8]))
        and (not _promised(line, i))
    )


_PURPORTED = fold_plain(
    r"^(?: \w+){0,7} \| (?:were|should|had|if) (?:it|they|one|this|that|there)\b"
    r"|^(?: \w+){0,7} \| (?:the|its|their|his) (?:stated|declared|official|avowed|professed|ostensible) (?:purpose|aim|goal|reason|pretext|mission)"
    r"|^(?: \w+){0,7} \| (?:لو|إن|إذا) (?:حصل|حدث|تم|وقع|جرى|صح)\w*"
    r"|^(?: \w+){0,7} \| وهو (?:الهدف|السبب|الغرض) (?:ال)?(?:معلن|رسمي)"
)


_OPENED_IF = fold_plain(r"\^ [وف]?(?:ما لم|إذا|لو|إن لم|في حال|بدون|من دون) ")


_POSSIBLE = tuple(map(fold_word, ["محتمل", "وشيك", "مفترض", "مزعوم", "متخيل"]))
_WORKERS = frozenset(["shopkeepers", "workers", "staff", "employees", "merchants", "traders", "nurses", "doctors", "drivers", "students", "bakers"])  # fmt: skip


def _spoken(line: Line, i: int) -> bool:
    """Whether somebody said, promised or agreed to it earlier in the sentence."""
    return any(
        r.lemma.duty in ("say", "plan", "threat", "demand")
        or any(f.type in ("AGREEMENT", "MEETING") for f in r.lemma.frames)
        for k in range(i)
        for r in line.readings[k]
    )


def _promised(line: Line, i: int) -> bool:
    return any(
        r.lemma.duty in ("threat", "plan", "demand")
        for k in range(max(0, i - 10), i)
        for r in line.readings[k]
    )


def yet(line: Line, trigger: Trigger) -> bool:
    """Whether what the Arabic noun names is said to come ("new clashes will break out")."""
    near = line.readings[trigger.last : trigger.last + 3]
    return any(r.prefix == "س" and r.lemma.duty in ("none", "passive") for rs in near for r in rs)


def unreal(line: Line, i: int) -> bool:
    """Whether the clause tells what would have been ("had the crossings been shut, ...")."""
    words = [w.text for w in line.words]
    opened = next((k for k in range(i, -1, -1) if k == 0 or line.words[k].pause), 0)
    following = parse(line).tags[opened + 1 : opened + 2]
    if words[opened] in ("had", "should") and following and following[0] in (NOUN, DET, PRONOUN):
        return True
    return any(
        words[k : k + 2] in (["before", "a"], ["before", "any"]) for k in range(max(0, i - 6), i)
    )
