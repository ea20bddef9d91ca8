"""A sentence as a row of units: noun phrases with their preposition, verbs, boundaries.

No parser: news prose is regular enough that a preposition, a conjunction, a known verb or a pause
ends a phrase. What a phrase is about is known from the gazetteer (`Mention`) and from `things`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from maabar.reader.claim import Mention
from maabar.reader.lexicon import Lexicon, Reading, things
from maabar.reader.preposition import NUMERALS, PREFIX_CODES, PREPOSITIONS, folded, preposition
from maabar.reader.text import fold_word
from maabar.reader.word import Sentence, Word, bare, cuts

SUBORDINATORS = folded(
    "فيما بينما حيث إذ كما لكن حين عندما بعدما إن أن بأن وأن وإن فإن لأن لكنها لكنه لكنهم أنه أنها أنهم وذلك ذلك لأن ريثما كي لكي "
    "إلا غير إضافة بالتزامن تزامنا وسط الأمر that while when where whereas but because although "
    "which who if as though"
)
RELATIVES = folded("الذي التي الذين اللذين اللتين اللذان اللواتي والذي والتي والذين who which that")
NEGATIONS = folded("لم لن لا ليس ليست دون بدون عدم not never no without nobody none neither")
LINKS = folded("من في لدى تابع تابعة تابعين تابعون التابع التابعة صفوف مرتبات ينتمون ينتمي تتبع يتبع "
             "منتسبين عاملين برتبة ميليشيا ميليشيات أبناء محلي محليين بصفوف ملاك القيادي of from in "
             "belonging affiliated with to the linked")  # fmt: skip
TIMES = folded(
    "اليوم أمس صباح مساء فجر ظهر ليل ليلة عصر يوم الأحد الاثنين الإثنين الثلاثاء الأربعاء "
    "الخميس الجمعة السبت الماضي الفائت الجاري الحالي الأسبوع الشهر العام قبل منتصف أمس"
)
FUNCTION = (
    frozenset(PREPOSITIONS)
    | SUBORDINATORS
    | RELATIVES
    | NEGATIONS
    | NUMERALS
    | folded("عبره عبرها عبرهما عبرهم هو هي هم كل بعض أي هناك كما ثم قد لقد كان كانت")
    | {"the", "and", "or", "to", "its", "their", "of", "for", "by", "in"}
)
MEMBER_CLASSES = frozenset({"personnel", "person", "patrol", "convoy", "aircraft", "post",
                            "faction", "checkpoint", "shell", "missile", "position", "hq",
                            "base", "casualty", "raid", "detainees"})  # fmt: skip
ARMED = frozenset({"armed_group", "state_force", "foreign_force", "collective", "government",
                   "country", "unspecified", "unidentified", "company", "tribe", "administration",
                   "organisation"})  # fmt: skip


@dataclass(slots=True)
class Unit:
    """A noun phrase: word range, preposition code, what it is about."""

    first: int
    last: int
    prep: str = ""
    joined: bool = False  # coordinated with the unit before
    mentions: list[Mention] = field(default_factory=list)
    thing: str = ""
    thing_span: tuple[int, int] = (0, 0)
    classes: frozenset[str] = frozenset()
    head: str = ""
    pause: bool = False
    clause: int = 0

    @property
    def actor(self) -> Mention | None:
        """First actor that may act (no source, no holder of a zone)."""
        return next((m for m in self.mentions if m.kind == "actor" and not m.zone
                     and m.subkind != "source"), None)  # fmt: skip

    @property
    def place(self) -> Mention | None:
        """First place."""
        return next((m for m in self.mentions if m.kind == "place"), None)


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

    def near(self, i: int, reach: int = 6, left: bool = False) -> list[int]:
        """Word numbers around i, kept within the sentence."""
        if left:
            return list(range(max(0, i - reach), i))
        return list(range(i + 1, min(len(self.words), i + 1 + reach)))


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
    clause = _clauses(words, covered)
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


def _clauses(words: list[Word], covered: list[Mention | None]) -> list[int]:
    number, found = 0, []
    for i, word in enumerate(words):
        inside = i > 0 and covered[i] is not None and covered[i] is covered[i - 1]
        if not inside and (word.pause or _subordinates(word)):
            number += 1
        found.append(number)
    return found


def _subordinates(word: Word) -> bool:
    return any(c.rest in SUBORDINATORS and not c.article for c in cuts(word.text))


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
        if mention is None and (word.text in RELATIVES or _subordinates(word)):
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
        if mention is None and ready.covered[i] is None and _verbal(ready, i):
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
        if not mention and not classes and _event_noun(ready, i):
            prep, unit, pending = "", None, False
            i += 1
            continue
        if mention or classes or (ready.readings[i] and not _verbal(ready, i)):
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
            if mention is None and _event_noun(ready, i - max(length, 1)):
                unit = None
            continue
        if unit is not None and word.text not in RELATIVES and not word.pause:
            unit.last = i + 1
        elif prep and word.text.startswith("ال") and not ready.english:
            prep, pending = "", False  # an unknown noun took the preposition
        elif word.text in RELATIVES:
            unit = None
        i += 1
    _merge_members(ready)


def _verb_follows(ready: Line, starts: dict[int, Mention], i: int) -> bool:
    """Whether a name opens a new clause: a verb comes right after it."""
    j = i + 1
    while j < len(ready.words) and ready.covered[j] is ready.covered[i]:
        j += 1
    if j < len(ready.words) and ready.words[j].text in _MEN:
        j += 1
    if j >= len(ready.words) or ready.words[j].pause:
        return False
    return _verbal(ready, j) or ready.words[j].text in ("who", "which", "backed")


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


def _verbal(ready: Line, i: int) -> bool:
    """Whether every reading of the word is a finite verb (then it ends a phrase)."""
    readings = ready.readings[i]
    word = ready.words[i].text
    if word.endswith("وا") and len(word) > 4 and not thing_at(ready.words, i)[2]:
        return True
    kinds = FINITE
    if ready.english and i and ready.words[i - 1].text not in BEFORE_ADJECTIVE:
        kinds = FINITE | {"participle"}
    return bool(readings) and all(r.form.kind in kinds for r in readings)


def _event_noun(ready: Line, i: int) -> bool:
    """Whether the word may be a trigger noun: what follows it is a phrase of its own."""
    return any(r.form.kind in ("masdar", "noun", "gerund") for r in ready.readings[i])


def _merge_members(ready: Line) -> None:
    """Join "members of X", "a patrol belonging to X" into one phrase about X."""
    units = ready.units
    for k, before in enumerate(units):
        own = before.actor
        if not (before.classes & MEMBER_CLASSES or own) or (own and own.id not in OWNED):
            continue
        presumed = _presumed(ready, before, units[k + 1 : k + 3])
        if presumed is not None and presumed.actor is not None:
            before.mentions.insert(0, presumed.actor)
            presumed.head = presumed.head or "="
            continue
        after = next((u for u in units[k + 1 : k + 3] if u.mentions or u.classes), None)
        if after is None or not after.actor or after.actor.subkind == "population":
            continue
        if after.pause or after.first - before.last > 3 or after.joined:
            continue
        joint = "patrol" in before.classes and after.first == before.last and not after.prep
        if after.prep == "for" and _given(ready, before.first):
            continue
        speaks = after.prep == "about" and bool(bare(ready.words[before.first].text) & _ENVOYS)
        if not joint and not speaks and not _linked(ready.words, before, after):
            continue
        between = [w.text for w in ready.words[before.first : after.first + 1]]
        linking = {b for w in between for b in bare(w)} & LINKS
        if (joint or speaks or after.prep in ("from", "in", "for", "of") or linking) and not any(
            (_verbal(ready, j) or _event_noun(ready, j)) and not (bare(ready.words[j].text) & LINKS)
            for j in range(
                before.last if "casualty" in before.classes else before.first + 1, after.first
            )
        ):
            if own is None:
                before.mentions.append(after.actor)
            else:
                before.mentions.insert(0, after.actor)
            before.last = max(before.last, after.last)
            gap = 2 if ready.english else 0  # "and the"
            follower = next((u for u in units if 0 <= u.first - after.last <= gap), None)
            if follower is not None and follower.joined and follower.prep == after.prep:
                follower.prep = before.prep
            after.prep = after.prep or "of"
            after.joined = False
            after.head = after.head or "="


def _presumed(ready: Line, before: Unit, following: list[Unit]) -> Unit | None:
    """Whose men they are believed to be ("gunmen thought to belong to X")."""
    for unit in following:
        if unit.actor is None or unit.actor.subkind == "population" or unit.first - before.last > 6:
            continue
        words = [ready.words[j].text for j in range(before.last, unit.first + 1)]
        belong = any(b in _BELONGING for w in words for b in bare(w))
        if set(words) & _BELIEVED and (belong or set(words) & _BEING):
            return unit
    return None


def _given(ready: Line, i: int) -> bool:
    """Whether a verb of giving stands before a phrase: "handed the posts to X" makes them not X's."""
    return any(r.lemma.name in _GIVING for k in range(max(0, i - 2), i) for r in ready.readings[k])


_GIVING = frozenset({"سلم", "منح", "أعطى", "م ن ح", "س ل م 2"})
_BEING = folded("أنها أنه أنهم بأنها بأنه بأنهم")
_BELIEVED = folded(
    "يعتقد يرجح رجح يشتبه ويعتقد ويرجح يقال believed thought suspected likely presumed"
)
_BELONGING = folded("تابع تابعة تابعين تابعون انتماء انتماؤ انتمائ تبعية تبعيت ينتمون تنتمي يتبعون تتبع ارتباط "
                  "مرتبطون مرتبطين موالون موالين belong belonging linked affiliated tied")  # fmt: skip
FINITE = frozenset({"past", "present"})
BEFORE_ADJECTIVE = frozenset(
    {"the", "a", "an", "of", "two", "three", "several", "some", "many", "its", "their"}
)
OWNED = frozenset({"fighters", "tribal-notables", "unidentified-gunmen", "local-commanders",
                   "military-police", "border-guards"})  # fmt: skip
"""Whose men are meant is said by what follows ("the military police of X")."""
UNNAMED = frozenset({"fighters", "tribal-notables", "unidentified-gunmen", "local-commanders"})


_ENVOYS = folded("ممثل ممثلين ممثلون ممثلي ممثلو مندوب مندوبين مندوبون مندوبي")
_BINDING = folded("من في لدى ضمن صفوف تابع تابعة التابع التابعة تابعين تابعون ينتمون ينتمي تتبع يتبع "
                "برتبة سابقين سابقون سابق القيادي of from in belonging affiliated with to")  # fmt: skip


def _linked(words: list[Word], before: Unit, after: Unit) -> bool:
    """Whether membership, not a place, joins two phrases ("fighters of X", not "before X")."""
    if words[after.first].text.startswith("لل") or after.prep == "for":
        return True
    return bool(
        words[after.first - 1].text in _BINDING
        or any(bare(words[k].text) & _BINDING for k in range(before.last, after.first))
    )


def spans(ready: Line, first: int, last: int) -> tuple[int, int]:
    """Raw span of a word range."""
    return ready.words[first].start, ready.words[max(first, last - 1)].end
