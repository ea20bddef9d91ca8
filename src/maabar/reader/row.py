"""A sentence made ready as a row of units: its readings, and where each noun phrase begins and ends.

No parser: news prose is regular enough that a preposition, a conjunction, a known verb or a pause
ends a phrase. What a phrase is about is known from the gazetteer (`Mention`) and from `things`.
"""

from __future__ import annotations

from maabar.reader.claim import Mention
from maabar.reader.clause import (
    FINITE,
    FUNCTION,
    RELATIVES,
    Line,
    clauses,
    event_noun,
    subordinates,
    verbal,
)
from maabar.reader.lexicon import Lexicon, Reading, things
from maabar.reader.member import merge_members
from maabar.reader.preposition import PREFIX_CODES, folded, preposition
from maabar.reader.text import fold_word
from maabar.reader.thing import thing_at
from maabar.reader.unit import Unit
from maabar.reader.word import Sentence, Word, bare, cuts


def line(sentence: Sentence, mentions: list[Mention], lexicon: Lexicon) -> Line:
    """Make a sentence ready for reading."""
    words = sentence.words
    covered: list[Mention | None] = [None] * len(words)
    starts: dict[int, Mention] = {}
    for mention in mentions:
        for i, word in enumerate(words):
            inside = word.start < mention.span[1] and mention.span[0] < word.end
            if inside and covered[i] is None:
                covered[i] = mention
                starts.setdefault(i, mention) if mention not in starts.values() else None
            if word.start >= mention.span[1]:
                break
    readings = [
        _governed(
            words, i, [r for r in lexicon.readings(words[i].text) if _written(sentence, i, r)]
        )
        if covered[i] is None and words[i].text not in FUNCTION
        else ()
        for i in range(len(words))
    ]
    english = words[0].text.isascii()
    clause = clauses(words, covered)
    classes: list[frozenset[str]] = [frozenset()] * len(words)
    ready = Line(sentence, words, mentions, readings, [], clause, covered, classes, english)
    _fill_units(ready, starts)
    return ready


def _governed(words: list[Word], i: int, readings: list[Reading]) -> tuple[Reading, ...]:
    """No verb stands after a preposition, where the word may be a noun."""
    nominal = [r for r in readings if r.form.kind not in FINITE]
    if nominal and i and words[i - 1].text in ("الي", "علي", "عن", "في", "خلال", "عقب", "اثر"):
        return tuple(nominal)
    return tuple(readings)


def _written(sentence: Sentence, i: int, reading: Reading) -> bool:
    """Whether a reading fits the raw spelling: a final teh marbuta is no pronoun."""
    form = reading.form
    if form.suffix == "ه" and sentence.words[i].marbuta:
        return False
    if form.kind in FINITE and sentence.words[i].tanwin:
        return False
    return form.number != "j" or (i > 0 and sentence.words[i - 1].text in ("لم", "ولم", "فلم"))


def _fill_units(ready: Line, starts: dict[int, Mention]) -> None:
    words = ready.words
    prep, unit = "", None
    pending = False
    i = 0
    while i < len(words):
        word = words[i]
        mention = starts.get(i)
        joined = word.text in ("and",) or (
            not word.text.isascii() and word.text[0] == "و" and _splits(ready, i, mention)
        )
        if aside := _one_side(words, i):
            i += aside
            continue
        if mention is None and word.text in _TO_IT:
            prep, unit = "", None
            i += 1
            continue
        joined = joined and i > 0
        if word.text in ("and", "or"):
            pending, unit = True, None
            i += 1
            continue
        if word.text in ("the", "a", "an") and i and not preposition(words, i - 1)[1]:
            prep = ""
        if prep == "time" and i and mention is not None and bare(words[i - 1].text) & _PERIODS:
            prep = ""  # "two months ago X seized": the time is over
        if i and words[i - 1].text in _DATES and (mention is not None or not ready.english):
            prep = ""  # "on 9 November X attacked": the date is over
        code, size = ("", 0) if mention else preposition(words, i)
        if mention is None and (word.text in RELATIVES or subordinates(word)):
            prep, unit, pending = "", None, False
            i += 1
            continue
        if size and not (mention and code != "by"):
            if code == "from" and i and _partitive(words, i):
                i += size  # "a batch of 87 families", "more than 400 fighters"
                continue
            counted = code == "of" and unit is None and word.text == "of" and prep
            prep, unit = prep if counted else code, None  # "by dozens of X": by X
            if code == "back":
                prep = ""
            pending = joined and code != "back"
            i += size
            continue
        if mention is None and ready.covered[i] is None and verbal(ready, i):
            prep, unit, pending = "", None, False
            i += 1
            continue
        ident, classes, length = thing_at(words, i) if mention is None else ("", frozenset(), 0)
        known = bool(mention or classes or ready.readings[i])
        attached = _attached(word, mention, known)
        if word.pause or joined or attached or (unit and ready.clause[i] != unit.clause):
            if attached or (word.pause and not joined):
                prep = attached
            unit = None
        if not mention and not classes and event_noun(ready, i):
            prep, unit, pending = "", None, False
            i += 1
            continue
        if mention or classes or (ready.readings[i] and not verbal(ready, i)):
            if unit is not None and not ready.english and (mention or classes) and (
                unit.mentions or _owned(words[i - 1]) or _two_nouns(ready, i, classes)
            ):  # fmt: skip
                unit = None  # a name or a pronoun ends its phrase: what follows is another
            if unit is None:
                fresh = (
                    (word.pause or ready.english)
                    and mention is not None
                    and mention.kind == "actor"
                )
                inherits = (joined or pending) and not (fresh and _verb_follows(ready, starts, i))
                before = ready.units[-1] if ready.units else None
                code = prep
                if inherits and not attached and before and before.last >= i - 4:
                    code = prep or before.prep
                unit = Unit(i, i, code, inherits, pause=word.pause, clause=ready.clause[i])
                ready.units.append(unit)
                pending = False
            if mention:
                unit.mentions.append(mention)
                last = i
                while last + 1 < len(words) and ready.covered[last + 1] is mention:
                    last += 1
                unit.last = last + 1
                i = last + 1
            else:
                unit.classes |= classes
                if ident and (not unit.thing or (unit.thing in ("person", "personnel") and ident
                                                 not in ("person", "personnel"))):  # fmt: skip
                    unit.thing = ident
                    unit.thing_span = (word.start, words[i + max(length, 1) - 1].end)
                for j in range(i, i + max(length, 1)):
                    ready.classes[j] = classes
                unit.head = unit.head or word.text
                unit.last = i + max(length, 1)
                i += max(length, 1)
            prep = ""
            if mention is None and event_noun(ready, i - max(length, 1)):
                unit = None
            continue
        if unit is not None and word.text not in RELATIVES and not word.pause:
            unit.last = i + 1
        elif prep and word.text.startswith("ال") and not ready.english:
            prep, pending = "", False  # an unknown noun took the preposition
        elif word.text in RELATIVES:
            unit = None
        i += 1
    merge_members(ready)


def _prefix(word: Word, known: bool) -> str:
    """Preposition code of an attached ba-, li-, ka-; only where the rest is a known word."""
    if word.text.startswith(("وال", "فال", "ال")) or word.text in things():
        return ""
    for cut in cuts(word.text):
        if cut.prefix == "ك" and not cut.article:
            continue
        if cut.prefix and (known or cut.article or cut.rest.startswith("ال")):
            return PREFIX_CODES.get(cut.prefix, "")
    return ""


def _attached(word: Word, mention: Mention | None, known: bool) -> str:
    if mention is not None:
        gap = mention.span[0] - word.start
        if gap <= 0 and not word.text.startswith("لل"):
            return ""
        for cut in cuts(word.text):
            if cut.prefix and (gap or word.text.lstrip("وف").startswith("لل")):
                return PREFIX_CODES.get(cut.prefix, "")
        return ""
    return _prefix(word, known)


def _splits(ready: Line, i: int, mention: Mention | None) -> bool:
    """Whether an initial waw is 'and'."""
    word = ready.words[i]
    if mention is not None:
        return mention.span[0] > word.start
    if bare(word.text) & {word.text[1:]} and thing_at([Word(word.text[1:], 0, 0)], 0)[0]:
        return True
    return (
        word.text[1:3] in ("ال", "لل", "با", "لا")
        or any(r.conjunction for r in ready.readings[i])
        or (len(word.text) > 4 and not ready.readings[i])
    )


def _verb_follows(ready: Line, starts: dict[int, Mention], i: int) -> bool:
    """Whether a name opens a new clause: a verb comes right after it."""
    j = i + 1
    while j < len(ready.words) and ready.covered[j] is ready.covered[i]:
        j += 1
    if j < len(ready.words) and ready.words[j].text in _MEN:
        j += 1
    if j >= len(ready.words) or ready.words[j].pause:
        return False
    return verbal(ready, j) or ready.words[j].text in ("who", "which", "backed")


def _two_nouns(ready: Line, i: int, classes: frozenset[str]) -> bool:
    """Whether two definite nouns stand side by side ("the fighters the flag"): two phrases."""
    return bool(
        classes
        and ready.classes[i - 1]
        and ready.words[i - 1].text.startswith("ال")
        and ready.words[i].text.startswith("ال")
    )


def _partitive(words: list[Word], i: int) -> bool:
    """Whether "from" at word i only says of what an amount is."""
    back = 2 if i > 1 and words[i - 1].text.startswith(_ADJECTIVAL_PARTS) else 1
    return any(bare(words[k].text) & _PARTS for k in range(max(0, i - back), i))


_PARTS = folded("دفعة دفعات عدد أعداد العديد عديد كثير قسم بعض أكثر أقل أزيد عشرات العشرات مئات المئات آلاف كل أي "
                "مزيد المزيد كمية كميات")  # fmt: skip
_ADJECTIVAL_PARTS = tuple(
    map(fold_word, ("جديد", "كبير", "أول", "ثان", "ثالث", "إضافي", "محدود", "قليل"))
)


def _owned(word: Word) -> bool:
    """Whether a noun ends in a pronoun that says whose it is ("its fighters")."""
    return word.text.endswith(("ها", "هم", "هما")) and len(word.text) > 4


_TO_IT = folded("له لها لهم لهما لديه لديها لديهم")


def _one_side(words: list[Word], i: int) -> int:
    """Length of "on the one hand", "on the other": no phrase, and it ends none."""
    text = [w.text for w in words[i : i + 3]]
    if text[:1] != ["من"] or text[1:2] not in (["جهه"], ["طرف"], ["جانب"]):
        return 0
    if text[2:] in (["اخري"], ["اخر"], ["ثانيه"], ["اولي"]):
        return 3
    return 2 if i + 2 >= len(words) or words[i + 2].pause or text[2][0] == "و" else 0


_DATES = folded("january february march april may june july august september october november december monday "
               "tuesday wednesday thursday friday saturday sunday morning evening night yesterday today "
               "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت يناير فبراير مارس أبريل نيسان أيار مايو حزيران "
               "يونيو تموز يوليو آب أغسطس أيلول سبتمبر أكتوبر نوفمبر ديسمبر شباط آذار الجاري الماضي الفائت المنصرم")  # fmt: skip
_PERIODS = folded("شهر شهرين أشهر شهور يوم يومين أيام ساعة ساعتين ساعات أسبوع أسبوعين أسابيع سنة سنتين سنوات عام عامين "
                "أعوام دقائق قليل الماضي الماضية الفائت الفائتة الماضيين الماضيتين")  # fmt: skip
_MEN = frozenset({"fighters", "forces", "troops", "members", "officers", "soldiers", "gunmen",
                  "militants", "units", "militiamen"})  # fmt: skip
