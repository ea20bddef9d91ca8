"""Which readings of a word fit the place where it stands: verb, noun, or neither."""

from __future__ import annotations

from maabar.reader.clause import RELATIVES, Line
from maabar.reader.frame import Trigger
from maabar.reader.governor import light_verb
from maabar.reader.lexicon import Reading
from maabar.reader.masdar import ANNOUNCE
from maabar.reader.parse import parse
from maabar.reader.reach import finite
from maabar.reader.text import fold_word
from maabar.reader.verb import agree
from maabar.reader.word import bare
from maabar.reader.wordclass import NOUN

ADJECTIVES = frozenset(map(fold_word, ["مدفعي", "مدفعية", "صاروخي", "صاروخية", "جوي", "جوية", "مكثف", "مكثفة", "عنيف", "عنيفة", "متبادل", "متبادلة", "مسلح", "مسلحة", "بري", "برية", "متقطعة", "متقطع", "عشوائي", "مباشر", "عسكرية", "أمنية", "مشترك", "مشتركة"]))  # fmt: skip


def plausible(line: Line, i: int, before: list[Trigger]) -> list[Reading]:
    """Readings that fit the place of the word, best first."""
    readings = [r for r in line.readings[i] if r.lemma.frames]
    if not readings:
        return []
    if line.english:
        previous = line.words[i - 1].text if i else ""
        if line.words[i].glued:  # "US-backed", "Arab-led": no verb of its own
            readings = [r for r in readings if r.form.kind not in _VERBAL]
        next_classes = line.classes[i + 1] if i + 1 < len(line.words) else frozenset()
        if previous in _DETERMINERS and next_classes:  # "the returning men"
            readings = [r for r in readings if r.form.kind != "gerund"]
        if len(line.words) == 1:  # a heading
            readings = []
        if previous in _DETERMINERS:
            readings = [r for r in readings if r.form.kind != "present"]
        if line.classes[i] and parse(line).tags[i] == NOUN:  # "held the crossing"
            readings = [r for r in readings if r.form.kind != "gerund"]
        if line.words[i].capital and i and line.words[i - 1].capital and not line.words[i].pause:
            readings = []
    elif readings and i and readings[0].article and bare(line.words[i - 1].text) & _OFFICES:
        readings = []
    elif i and line.words[i - 1].text in _BUREAUS and not line.words[i].pause:
        readings = [r for r in readings if r.conjunction or r.prefix or r.form.kind not in _NOUNS]
    if not line.english:
        readings = [r for r in readings if not _adjective(line, i, r) and not _state(line, i, r)]
    if not line.english:
        readings = _agreeing_first(line, i, readings)
    verbs = [r for r in readings if r.form.kind in ("past", "present", "participle")]
    nouns = [r for r in readings if r not in verbs]
    if not verbs or not nouns:
        return readings
    if line.english:
        return _english_order(line, i, verbs, nouns)
    word = line.words[i].text
    previous = line.words[i - 1].text if i else ""
    following = line.words[i + 1].text if i + 1 < len(line.words) else ""
    if any(r.article or r.prefix in ("ب", "ك", "ل") for r in nouns if len(word) > 3) and not any(
        not r.prefix and not r.conjunction for r in verbs
    ):
        return nouns
    if line.words[i].passive_mark:
        return verbs + nouns
    nominal = (
        (previous and not line.words[i].pause and _noun_before(line, i))
        or following in ADJECTIVES
        or (
            readings[0].conjunction
            and any(
                t.reading.form.kind == "masdar" and i - t.first < (7 if t is before[-1] else 9)
                for t in before[-2:]
            )
        )
        or _prepositional(previous)
        or (not readings[0].conjunction and _awaited(line, i, before))
        or _verb_stands(line, i, readings)
    )
    return nouns + verbs if nominal else verbs + nouns


def _agreeing_first(line: Line, i: int, readings: list[Reading]) -> list[Reading]:
    """Of verbs that are written alike the one that agrees with the actor that follows."""
    unit = next((u for u in line.units if 0 < u.first - i <= 2), None)
    if unit is None or unit.prep or unit.actor is None:
        return readings
    return sorted(readings, key=lambda r: r.form.kind in ("past", "present") and (
        not agree(r, line, unit)))  # fmt: skip


_VERBAL = frozenset({"past", "present", "participle"})
_NOUNS = frozenset({"masdar", "noun"})


_BUREAUS = frozenset(map(fold_word, ["مكتب", "مكتبا", "مركز", "مركزا", "شعبة", "دائرة", "لجنة"]))


_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "this",
        "these",
        "those",
        "of",
        "in",
        "by",
        "with",
        "for",
        "another",
        "any",
        "some",
        "no",
        "new",
        "first",
        "second",
        "main",
    ]
)


_OFFICES = frozenset(map(fold_word, ["مسؤول", "مسؤولة", "شعبة", "مركز", "لجنة", "مكتب", "قسم", "دائرة", "هيئة", "وزارة", "فرع", "جهاز", "مديرية", "محكمة", "قانون", "مرسوم", "وحدة", "شارع", "دوار", "ساحة", "ملف", "قضية", "موسم", "خط", "ضابط", "مدير", "رئيس", "أمير", "والي", "كتيبة", "معبر", "طريق", "نقطة", "نقاط", "معابر"]))  # fmt: skip


def _awaited(line: Line, i: int, before: list[Trigger]) -> bool:
    """Whether a light verb to the left still waits for its noun."""
    governor = light_verb(line, i)
    if governor is None or any(t.first > governor[0] for t in before):
        return False
    duty = governor[1].lemma.duty
    return duty in ("active", "passive", "none", "place", "try") and (
        governor[1].form.kind in ("past", "present")
        and not any(line.words[k].text in RELATIVES for k in range(governor[0], i))
    )


def _adjective(line: Line, i: int, reading: Reading) -> bool:
    """Whether a definite noun only says which force is meant ("the attacking force")."""
    return (
        reading.article
        and reading.form.kind == "masdar"
        and i > 0
        and line.words[i].marbuta
        and not line.words[i].pause
        and line.words[i - 1].text.startswith("ال")
        and bool(line.classes[i - 1] & {"personnel", "faction", "aircraft", "person", "patrol"})
    )


_STATES = frozenset({
    "أغلق", "أقفل", "احتجز", "اعتقل", "خطف", "اختطف", "جند", "أوقف", "أسر", "حاصر", "تطوع", "انشق", "قاتل",
    "سلح", "قيد", "أصاب", "ضبط", "صادر", "جرح", "هجر", "دمر", "أحرق", "سجن", "حبس", "نزح", "قتل", "درب",
})  # fmt: skip
"""Verbs whose participle in the accusative is a man or a state ("a hundred detained")."""


def _state(line: Line, i: int, reading: Reading) -> bool:
    return (
        reading.form.kind == "agent"
        and reading.lemma.name in _STATES
        and line.words[i].text.endswith("ا")
    )


def _verb_stands(line: Line, i: int, readings: list[Reading]) -> bool:
    """Whether the clause has its verb: a second one would need a conjunction or a relative."""
    if any(r.conjunction for r in readings) or line.words[i].pause:
        return False
    if all(r.form.kind == "present" for r in readings if r.form.kind in ("past", "present")):
        return False
    for k in range(i - 1, max(-1, i - 8), -1):
        word = line.words[k]
        if line.clause[k] != line.clause[i] or word.text in RELATIVES or word.text == "قد":
            return False
        if finite(line, k):
            return not any(r.lemma.duty in ("plain", "say") and r.lemma.name not in ANNOUNCE
                           for r in line.readings[k])  # fmt: skip
        if word.pause:
            return False
    return False


def _prepositional(previous: str) -> bool:
    return previous in _BEFORE_NOUN or (previous[:1] in ("و", "ف") and previous[1:] in _BEFORE_NOUN)


_BEFORE_NOUN = frozenset(map(fold_word, ["في", "من", "على", "إلى", "عن", "بعد", "قبل", "عقب", "منذ", "خلال", "أثناء", "عملية", "عمليات", "جراء", "نتيجة", "بسبب", "إثر", "تم", "يتم", "جرى", "يجري", "جرت", "تجري", "حول", "مقابل", "ضد", "رغم", "دون", "عبر", "سقوط", "مع", "بين", "لقاء", "أي", "ثمة", "حملة", "حملات", "محاولة", "وقوع", "كل", "ظل", "إطار", "سياق", "بفعل", "عدم", "استمرار", "ضمن", "بغية", "بهدف", "بغرض", "سوى", "بقصد"]))  # fmt: skip


def _noun_before(line: Line, i: int) -> bool:
    if (
        line.classes[i - 1]
        and line.covered[i - 1] is None
        and not any(r.conjunction for r in line.readings[i])
    ):
        return bool(line.classes[i - 1] & {"campaign", "raid", "explosive"})
    return any(r.lemma.duty in ("active", "passive", "none", "place", "try") for r in
               line.readings[i - 1])  # fmt: skip


def _english_order(line: Line, i: int, verbs: list[Reading], nouns: list[Reading]) -> list[Reading]:
    previous = line.words[i - 1].text if i else ""
    if previous in ("to", "and", "who", "they", "it", "will", "would", "not", "could"):
        return verbs + nouns
    tenses = [r for r in verbs if r.form.kind == "past" or r.form.number == "s"]
    if i + 1 < len(line.words) and finite(line, i + 1):
        return nouns + verbs
    if previous in ("the", "a", "an", "of", "in", "after", "on", "for", "by", "into", "its") or (
        not tenses
    ):
        return nouns + verbs
    if line.covered[i - 1] is not None if i else False:
        return verbs + nouns
    return nouns + verbs
