"""Phrases as arguments: actors of a phrase and those joined to it, agents, sides, people."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import NEGATIONS, RELATIVES, Line, spans
from maabar.reader.gazetteer import shipped
from maabar.reader.lexicon import Reading, things
from maabar.reader.mention import AIR_FORCES, zone_of
from maabar.reader.preposition import NUMERALS, TENS, folded
from maabar.reader.text import fold_word
from maabar.reader.thing import singular
from maabar.reader.unit import ARMED, MEMBER_CLASSES, UNNAMED, Unit
from maabar.reader.word import bare

DUTIFUL = frozenset({"past", "present", "masdar", "noun", "gerund", "participle"})


REACH = 22  # words that a search may cross


PARTIES = frozenset(map(fold_word, ["الأطراف", "الطرفين", "الطرفان", "الجانبان", "الجانبين", "المجتمعون", "المجتمعين"]))  # fmt: skip


ATTACKERS = frozenset(map(fold_word, ["المهاجمون", "المهاجمين", "المهاجمان", "المهاجم", "attackers", "assailants"]))  # fmt: skip


POPULATIONS = {  # a bare head noun to the population that it names
    "civilians": "مدني مدنيين مدنيون مدنيا مدنيان طفل أطفال طفلا طفلة طفلين امرأة نساء مارة "
    "عاملين عاملان عامل عمال رجل فتاة مدنيا civilian civilians woman women "
    "child children man boy girl worker workers",
    "residents": "أهالي أهال سكان مواطن مواطنين أبناء شخص شخصين أشخاص "
    "شخصا شخصان رجال قاطنون قاطنين residents people locals resident men person",
    "families": "عائلة عائلات عوائل أسرة أسر ذوو ذوي families family households",
    "youths": "شاب شبان شابا شابين شابان شباب فتية youths youth",
    "detainees": "معتقلين معتقلا محتجزين موقوفين أسرى detainees prisoners",
    "drivers": "سائق سائقين سائقها سائقه سائقون driver drivers",
    "smugglers": "مهرب مهربين smuggler smugglers",
    "traders": "تاجر تجار trader traders",
    "farmers": "مزارع مزارعين farmer farmers",
    "minors": "قاصر قاصرين minors teenagers",
    "teachers": "معلم معلمين teacher teachers",
    "criminals": "مطلوب مطلوبين مطلوبون عصابة شبكة لصوص suspects",
    "journalist": "صحفي إعلامي journalist",
    "displaced": "نازح نازحين نازحون",
    "protesters": "محتجون محتجين متظاهرون متظاهرين غاضبون غاضبين معتصمون معتصمين protesters demonstrators",
}


POPULATION_OF = {
    fold_word(word): ident for ident, words in POPULATIONS.items() for word in words.split()
}


GENDER_F = folded("""ميليشيا مليشيا ميليشيات قسد داعش الأسايش روسيا تركيا إيران إسرائيل قيادة فصائل الفصائل عشائر العشائر
    قبائل القبائل كتائب الكتائب سرايا السرايا حواجز الحواجز أجهزة الأجهزة مفارز المفارز خلايا الخلايا فرق أرتال
    آليات قوى وسائل صفحات موسكو واشنطن أنقرة طهران دمشق بغداد قبيلة عشيرة""")  # fmt: skip


GENDER_M = folded("""النظام التنظيم تنظيم التحالف الجيش جيش فرع الفرع حرس لواء اللواء الفوج فوج
    الفيلق فيلق الحرس الدفاع الأمن حزب الحزب مجلس المجلس أمن الحشد طيران الطيران الأهالي فصيل الفصيل مركز مكتب
    جهاز المرصد وفد الوفد رتل الرتل""")  # fmt: skip


MEN = folded("""عناصر مقاتلون مقاتلين مقاتلو مقاتلي مسلحون مسلحين مسلحو مسلحي أفراد جنود ضباط شبان شباب
    أهالي أهال سكان وجهاء شيوخ مهربون مهربين تجار سائقون متظاهرون محتجون مدنيون مزارعون رعاة ملثمون مجهولون مهاجمون نازحون
    قادة قياديون قياديين رجال أشخاص مدنيين شيوخ طلاب عمال سائقين مهاجمين""")  # fmt: skip


TOPICS = 5


ALONE = folded("فاطميون زينبيون هاشميون حيدريون")
"""Names that look like a plural and are of one group."""


def shape(word: str) -> str:
    """How a verb agrees with a head noun: m, f, p (people), or not known."""
    forms = bare(word) if word else frozenset()
    if forms & MEN or (word.endswith(("ون", "يين")) and word not in ALONE):
        return "p"
    if word.endswith("ان") and any(one in things() for one in singular(word)):
        return "d"
    if forms & GENDER_F:
        return "f"
    if forms & GENDER_M:
        return "m"
    if word.endswith(("ه", "ات")):
        return "f"
    common = any(b in things() for b in forms) and not forms & TENS and word not in NUMERALS
    if word in ALONE:
        return ""
    if common and word.endswith("ا"):
        return "p"  # counted: "thirty men"
    return "m" if common else ""


@dataclass(frozen=True, slots=True)
class Deed:
    """An earlier claim: its sentence, its kind of event, who did it, who else was in it."""

    line: int
    group: str
    ids: frozenset[str]
    others: frozenset[str]


@dataclass(slots=True)
class State:
    """What is carried from sentence to sentence."""

    subject: tuple[Argument, ...] = ()
    parties: tuple[Argument, ...] = ()
    event: str = ""
    doer: tuple[Argument, ...] = ()
    victim: tuple[Argument, ...] = ()
    place: tuple[Argument, ...] = ()
    line: int = -9
    attribution: str = "narrator"
    last: tuple[Argument, ...] = ()  # armed actors of the claim before
    told: frozenset[str] = frozenset()  # kinds of accords and meetings spoken of so far
    speaker: tuple[Argument, ...] = ()  # an actor whose words the sentence reports
    issuer: tuple[Argument, ...] = ()  # who speaks of "our forces" in a statement
    voice: bool = False  # whether the report speaks as "we": a statement
    power: tuple[Argument, ...] = ()  # who arrested, searched or raided last
    jailer: tuple[Argument, ...] = ()
    besieger: tuple[Argument, ...] = ()
    left: tuple[Argument, ...] = ()  # a patron that was left, who then paid no more
    retold: str = ""  # the type of an earlier event taken up here ("the attack")
    fresh: bool = False  # whether the subject was named in this sentence
    topics: tuple[tuple[tuple[Argument, ...], str], ...] = ()  # subjects, latest first; shape
    seen: tuple[Argument, ...] = ()  # actors of earlier sentences, the latest last
    people: tuple[Argument, ...] = ()  # unarmed people that the sentence before was about
    bands: dict[str, Argument] = field(default_factory=dict)  # "a patrol of X": patrol to X
    heard: list[tuple[str, int]] = field(default_factory=list)  # actors named, in which sentence
    deeds: list[Deed] = field(default_factory=list)  # the claims so far

    def note_bands(self, line: Line) -> None:
        """Whose the patrols, cells and gangs are that a sentence speaks of without an article."""
        for unit in line.units:
            for stem in bare(line.words[unit.first].text) & BANDS:
                of = unit.actor or _strength(line, unit)
                if (
                    of is not None
                    and armed(of)
                    and not line.words[unit.first].text.startswith("ال")
                ):
                    self.bands[stem] = argument(of)

    def take(self, args: tuple[Argument, ...], head: str = "", form: str = "") -> None:
        """Make a subject the one that later clauses may leave out."""
        self.subject = args
        self.remember(args, head, form)

    def remember(self, args: tuple[Argument, ...], head: str = "", form: str = "") -> None:
        """Keep a subject for verbs that agree with it and not with the latest."""
        words = head or fold_word(args[0].text).partition(" ")[0]
        self.topics = ((args, form or shape(words)), *self.topics)[:TOPICS]

    def form(self, args: tuple[Argument, ...]) -> str:
        """How the verbs of a subject agree, as it was spoken of."""
        told = next((form for topic, form in self.topics if topic[:1] == args[:1]), "")
        return told or shape(fold_word(args[0].text).partition(" ")[0])

    def agreeing(self, gender: str, number: str) -> tuple[Argument, ...]:
        """The latest subject that a verb agrees with; the latest where none does."""
        wanted = "p" if number == "p" else "d" if number == "d" else gender
        for args, form in self.topics:
            several = len(args) > 1 and wanted in ("p", "d")
            if not wanted or several or form in ("", wanted):
                return args
        return self.subject


def _strength(line: Line, unit: Unit) -> Mention | None:
    """Whose a band is whose strength is told first ("a group sixty strong of X")."""
    after = line.words[unit.last : unit.last + 1]
    if not after or not bare(after[0].text) & frozenset({"قوام", "تعداد"}):
        return None
    return next((u.actor for u in units_after(line, unit.first, 9) if u.actor), None)


@dataclass(slots=True)
class Subject:
    """A subject and how it was found: after, before, light, agent, carried, none."""

    args: tuple[Argument, ...] = ()
    how: str = "none"
    unit: Unit | None = None
    passive: bool = False
    units: list[Unit] = field(default_factory=list)


def argument(mention: Mention) -> Argument:
    """A mention as an argument; the holder of a zone becomes the zone."""
    ident = zone_of(mention) if mention.zone else mention.id
    return Argument(ident, mention.span, mention.text)


def population(line: Line, unit: Unit) -> Argument | None:
    """People named by a common noun, as the population of the gazetteer."""
    for i in range(unit.first, unit.last):
        word = line.words[i]
        for b in bare(word.text):
            if b == "عامل" and word.text.startswith("ال"):  # "the one that works in", no worker
                continue
            if b in POPULATION_OF and not (word.marbuta and word.text.endswith(b + "ه")):
                start, end = spans(line, unit.first, min(unit.last, i + 1))
                return Argument(POPULATION_OF[b], (start, end), "")
    return None


def agentive(unit: Unit) -> bool:
    """Whether the phrase can be an agent: an armed actor, or members of one."""
    actor = unit.actor
    if actor is not None:
        first = unit.mentions[0]
        if (
            unit.head
            and not unit.classes & MEMBER_CLASSES
            and not unit.prep
            and unit.classes
            & {
                "position",
                "hq",
                "base",
                "checkpoint",
                "depot",
                "vehicle",
                "property",
                "goods",
                "weapon",
                "settlement",
                "place",
                "flag",
                "portrait",
                "support",
                "salary",
            }
        ):
            return False
        return first.kind == "actor" or not unit.head
    return False


def actors(line: Line, unit: Unit, state: State) -> tuple[Argument, ...]:
    """All actors of a phrase and of those joined to it."""
    found: list[Argument] = []
    index = line.units.index(unit)
    previous = unit
    for other in line.units[index:]:
        if other is not unit and other.head == "=" and other.first < previous.last:
            continue
        if other is not unit and not (
            other.joined
            and other.first - previous.last <= 2
            and other.prep == unit.prep
            and not verb_between(line, previous.last, other.first)
        ):
            break
        if any(b in PARTIES for i in range(other.first, other.last)
               for b in bare(line.words[i].text)):  # fmt: skip
            found += both_sides(line, other.first, state)
        if not other.actor and any(b in ATTACKERS for i in range(other.first, other.last)
                                   for b in bare(line.words[i].text)):  # fmt: skip
            found += state.doer
        acting = [m for m in other.mentions if m.kind == "actor" and m.subkind != "source"
                  and not m.zone]  # fmt: skip
        first = _band_of(line, other, acting, state) or [
            argument(m) for m in _owned(line, acting)[:1]]  # fmt: skip
        if other is unit and not first:
            first = _own_men(line, unit, state) or _known_band(line, unit, state)
        first = _believed(line, other, first) or first
        if other.classes & {"aircraft"} and first:
            first = [_aircraft_of(first[0])]
        found += first
        people = None if first else population(line, other)
        if people and (other is unit or found):
            found.append(people)
        if not acting and other is not unit and not found:
            break
        previous = other
    return tuple(dict.fromkeys(found))


def _believed(line: Line, unit: Unit, named: list[Argument]) -> list[Argument]:
    """Whose the gunmen are held to be ("two gunmen believed to be of X")."""
    if line.english or [a.id for a in named] != ["unidentified-gunmen"]:
        return []
    for following in line.units:
        near = 0 < following.first - unit.last <= 4 and following.actor is not None
        between = {w.text for w in line.words[unit.last : following.first]}
        if near and between & BELIEVED:
            return [argument(m) for m in following.mentions if m is following.actor]
    return []


BELIEVED = folded(
    "يعتقد يرجح يشتبه يظن يشتبه ينتمون ينتمي ينتميان يتبعون تابعون تابعين تابعان محسوبون محسوبين"
)


BANDS = folded("""مجموعة دورية قوة خلية خلايا مفرزة رتل حاجز مسلحون مسلحين مقاتلون مقاتلين عناصر
    مجموعات قوات وحدات وحدة فصيل فصائل مسلحو مقاتلو""")  # fmt: skip


def _band_of(
    line: Line, unit: Unit, acting: list[Mention], state: State
) -> list[Argument]:  # fmt: skip
    """Of "the group" that was told of as "a group of X" rather X than who was named last."""
    if not acting or acting[0].form != "anaphor":
        return []
    stem = line.words[unit.first].text.lstrip("وف")[2:]
    return [state.bands[stem]] if stem in state.bands else []


def _known_band(line: Line, unit: Unit, state: State) -> list[Argument]:
    """Of "the patrol", whose it was when it was spoken of first."""
    word = line.words[unit.first].text.lstrip("وف")
    if line.english or not word.startswith(("ال", "لل")) or unit.actor is not None:
        return []
    stem = word[2:]
    if stem in state.bands:
        return [state.bands[stem]]
    return list(state.subject[:1]) if stem in _MEN_OF_LATE and _fighting(state.subject) else []


_MEN_OF_LATE = frozenset(map(fold_word, ["عناصر", "قوات", "مقاتلون", "مقاتلين"]))


def _fighting(args: tuple[Argument, ...]) -> bool:
    return bool(args) and shipped().kind(args[0].id) in ARMED


def us(state: State) -> tuple[Argument, ...]:
    """Who "we" are: whose words are reported, else who issues the statement."""
    return state.speaker[:1] or state.issuer[:1]


def _aircraft_of(owner: Argument) -> Argument:
    """The air force whose aircraft a phrase names."""
    return Argument(AIR_FORCES.get(owner.id, owner.id), owner.span, owner.text)


def both_sides(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """Who "the two sides" are: those of the clash or accord told, else the two named last."""
    if state.parties:
        return state.parties
    here = [argument(m) for m in line.mentions if m.span[1] <= line.words[i].start and sided(m)]
    last = {a.id: a for a in (*state.seen, *here)}
    return tuple(last.values())[-2:] if len(last) > 1 else ()


def sided(mention: Mention) -> bool:
    """Whether a mention may be of a side: an armed or governing actor that is named."""
    return armed(mention) and not mention.zone and mention.id not in UNNAMED


def _own_men(line: Line, unit: Unit, state: State) -> list[Argument]:
    """Of "its forces" the actor named last before, else the subject carried."""
    if not unit.classes & MEMBER_CLASSES or unit.first == 0:
        return []
    if "person" in unit.classes and not unit.classes & {"personnel", "patrol", "post"}:
        return []  # "his two children"
    if _belonging(line, unit):
        if state.fresh and state.subject:
            return list(state.subject[:1])
        free = [u.actor for u in line.units if u.first < unit.first and not u.prep]
        told = [argument(m) for m in free if m is not None and armed(m)][-1:]
        return told or list(state.subject[:1])
    word, before = line.words[unit.first], line.words[unit.first - 1].text
    owned = (
        before in ("its", "their", "whose")
        if line.english
        else word.text.endswith(("ها", "هم", "نا")) or (word.text[-1] == "ه" and not word.marbuta)
    )
    if not owned:
        return []
    if word.text.endswith("نا") and not line.english:
        return list(us(state))
    if before in COMPLEMENTS and (state.speaker or state.subject):
        return list(state.speaker[:1] or state.subject[:1])
    if not line.english and state.fresh and _possessor(word.text, state.subject):
        return list(state.subject[:1])
    named = [
        argument(m) for m in line.mentions if m.span[1] <= word.start and armed(m) and not m.zone
    ]
    if line.english:
        return named[-1:] or list(state.subject[:1])
    near = [*state.seen, *state.subject[:1], *named]
    if state.fresh and state.subject and _pronoun(word.text) in ("", state.form(state.subject)):
        return list(state.subject[:1])
    return [a for a in near if _possessor(word.text, (a,))][-1:] or near[-1:]


def _possessor(word: str, owner: tuple[Argument, ...]) -> bool:
    """Whether a pronoun may stand for an owner: "its" feminine or masculine, "their"."""
    if not owner:
        return False
    form = shape(fold_word(owner[0].text).partition(" ")[0])
    return form in ("", _pronoun(word))


def _pronoun(word: str) -> str:
    """Whose a noun's pronoun says that it is: f, p, m."""
    return "f" if word.endswith("ها") else "p" if word.endswith("هم") else "m"


COMPLEMENTS = frozenset(map(fold_word, ["أن", "إن", "بأن", "لأن", "لكن", "بينما", "فيما", "حيث"]))


def _belonging(line: Line, unit: Unit) -> bool:
    """Whether a pronoun says whose they are ("a patrol belonging to it")."""
    words = [w.text for w in line.words[unit.first + 1 : unit.first + 6]]
    return any(bare(one) & _TIED and other in _ITS for one, other in itertools.pairwise(words))


_TIED = frozenset(map(fold_word, ["تابع", "تابعة", "تابعين", "تابعون", "موال", "موالين", "موالية"]))
_ITS = frozenset(map(fold_word, ["له", "لها", "لهم", "إليه", "إليها"]))


def _owned(line: Line, acting: list[Mention]) -> list[Mention]:
    """Of "Iran's Revolutionary Guards" the Guards."""
    close = (
        line.english
        and len(acting) > 1
        and acting[1].id not in UNNAMED
        and 0 <= acting[1].span[0] - acting[0].span[1] <= 3
    )
    return acting[1:] if close else acting


def verb_between(line: Line, first: int, last: int) -> bool:
    return any(finite(line, j) for j in range(first, last))


def finite(line: Line, j: int) -> bool:
    return any(r.form.kind in ("past", "present") for r in line.readings[j]) and not any(
        r.form.kind in ("masdar", "noun", "agent", "patient") for r in line.readings[j]
    )


def asyndetic(line: Line, i: int) -> bool:
    """Whether a verb tells more of the noun before it ("raids that X may carry out")."""
    if not i or line.english or line.words[i].pause:
        return False
    back = 2 if line.words[i - 1].text in ("قد", "كان", "كانت") and i > 1 else 1
    k = i - back
    noun = (
        bool(line.classes[k])
        or any(u.last == k + 1 for u in line.units)
        or any(r.form.kind in ("masdar", "noun") for r in line.readings[k])
    )
    return noun and any(
        r.form.suffix in ("ه", "ها") and not r.conjunction and r.form.kind in ("past", "present")
        for r in line.readings[i]
    )


def units_after(line: Line, i: int, reach: int = REACH) -> Iterable[Unit]:
    """Phrases to the right of word i up to a wall: verb, relative, or far end."""
    for unit in line.units:
        if unit.first <= i:
            continue
        if unit.first - i > reach:
            return
        yield unit


def walled(line: Line, i: int, j: int, verbs: bool = True) -> bool:
    """Whether something between words i and j ends the trigger's reach."""
    for k in range(i + 1, j):
        word = line.words[k].text
        if word in RELATIVES or (line.clause[k] != line.clause[k - 1] and not line.words[k].pause):
            return True
        if verbs and finite(line, k):
            return True
    return False


def by_agent(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """The agent of a passive: min qibal X, `ala yad X, by X; who is blamed."""
    for k in range(i + 1, min(len(line.words) - 1, i + 4)):
        if line.words[k].text == "blamed" and line.words[k + 1].text == "on":
            accused = next(iter(units_after(line, k, 4)), None)
            return actors(line, accused, state) if accused else ()
    side = line.words[i].passive_mark
    for unit in units_after(line, i):
        if (
            side
            and unit.prep == "from"
            and unit.head != "="
            and armed(unit.actor)
            and unit.first - i <= 3
        ):
            return actors(line, unit, state)
        if unit.prep == "by" and (unit.actor or unit.classes & MEMBER_CLASSES):
            if walled(line, i, unit.first) or _deed_between(line, i, unit.first):
                return ()
            return actors(line, unit, state)
    return ()


def _deed_between(line: Line, i: int, j: int) -> bool:
    """Whether a later event noun stands nearer to an agent: it is that one's."""
    return not line.english and any(
        r.form.kind == "masdar" and r.lemma.frames and r.prefix != "ب"
        for k in range(i + 1, j)
        if not line.words[k].text.endswith("ا")  # "stabbed": how, not what else
        for r in line.readings[k]
    )


def harms(reading: Reading) -> bool:
    frames = reading.lemma.frames
    return bool(frames) and frames[-1].type in ("CASUALTIES", "DETENTION", "RELEASE", "ATTACK")


def light_verb(line: Line, i: int, reach: int = 10) -> tuple[int, Reading] | None:
    """The verb that carries the noun at word i: "carried out a raid"."""
    for j in range(i - 1, max(-1, i - reach), -1):
        if line.clause[j] < line.clause[i] - 2:
            return None
        for reading in line.readings[j]:
            willing = reading.form.kind in DUTIFUL or (
                reading.form.kind == "agent" and not reading.article and not line.english
            )
            duty = reading.lemma.duty if willing else ""
            if duty in ("active", "passive", "place", "none", "try", "plan", "threat", "demand"):
                return j, reading
        if finite(line, j):
            return None
    return None


REPEL = frozenset({"ص د د", "ص د ي 5", "أحبط", "ف ش ل 4", "repel", "thwart", "foil"})


def repelled(line: Line, i: int) -> bool:
    """Whether the noun names what was warded off: its doer is the other side."""
    return any(r.lemma.name in REPEL for k in range(max(0, i - 4), i) for r in line.readings[k])


def parties(line: Line, i: int, subject: Subject, state: State, kind: str) -> list[Argument]:
    """All sides of a clash, meeting, agreement or rivalry."""
    convened = any(r.lemma.name == "جمع" for r in line.readings[i])
    mediated = convened or (subject.how == "agent" and kind in ("AGREEMENT", "MEETING"))
    named = [] if subject.how == "carried" or mediated else list(subject.args)
    for unit in units_after(line, i, 30):
        if any(
            line.words[k].text in RELATIVES or _other_sides(line, k, kind)
            for k in range(i + 1, unit.first)
        ):
            break
        if unit.clause - line.clause[i] > 2 or (unit.joined and unit.prep == ""):
            continue
        present = (
            unit.prep == "" and kind == "MEETING" and not verb_between(line, i + 1, unit.first)
        )
        envoys = unit.prep == "about" and "parties" in unit.classes
        if unit.prep in ("between", "with") or present or envoys or _attending(line, unit):
            for a in actors(line, unit, state):
                if all(n.id != a.id for n in named) and a.id not in HELD:
                    named.append(a)
    if kind == "MEETING" and not line.english:
        named += [a for a in _gathered(line, i, state) if all(n.id != a.id for n in named)]
    if not named:
        named = list(_sides_before(line, i, state))
    if not named and subject.how == "carried" and not convened:
        named = list(subject.args)
    return named


HELD = frozenset({"detainees"})
"""Those who sit at no table."""


def _gathered(line: Line, i: int, state: State) -> Iterable[Argument]:
    """Whom a meeting brought together ("a meeting that joined officers with envoys of X")."""
    verb = next((k for k in range(i + 1, min(len(line.words), i + 9))
                 if any(r.lemma.name in GATHERING for r in line.readings[k])), None)  # fmt: skip
    if verb is None:
        return
    for unit in units_after(line, verb, 14):
        if verb_between(line, verb + 1, unit.first):
            return
        if unit.prep in ("", "in", "with") and (unit.actor is None or armed(unit.actor)):
            yield from actors(line, unit, state)


GATHERING = frozenset({"جمع", "ضم"})


def _sides_before(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """Sides told before the noun ("between X and Y a quarrel broke out")."""
    for unit in line.units:
        near = 0 < i - unit.last <= 10 and line.clause[i] == unit.clause
        if near and unit.prep == "between" and not unit.joined:
            return actors(line, unit, state)
    return ()


def _other_sides(line: Line, k: int, kind: str) -> bool:
    """Whether a noun there has sides of its own ("an accord after clashes between ...")."""
    return any(
        r.form.kind in ("masdar", "noun")
        and any(f.type in SIDED and f.type != kind for f in r.lemma.frames)
        for r in line.readings[k]
    )


SIDED = frozenset({"CLASH", "COMPETITION", "MEETING"})
_ATTEND = frozenset(map(fold_word, ["بحضور", "بمشاركة", "ومشاركة", "وحضور"]))


def _attending(line: Line, unit: Unit) -> bool:
    return any(line.words[k].text in _ATTEND for k in range(max(0, unit.first - 3), unit.last))


WITHOUT = frozenset({"دون", "بدون", "عدم"})


def negated(line: Line, i: int) -> bool:
    """Whether a negation governs the trigger."""
    for k in range(i - 1, max(-1, i - 5), -1):
        if line.clause[k] != line.clause[i] and not (
            line.words[k + 1].text == "ان" and line.words[k].text in WITHOUT
        ):
            break
        if line.words[k].text in NEGATIONS or (
            line.words[k].text[1:] in NEGATIONS and (line.words[k].text[0] in "وف")
        ):
            return True
    return False


def armed(mention: Mention | None) -> bool:
    """Whether a mention is of an armed or governing actor."""
    return mention is not None and mention.subkind in ARMED
