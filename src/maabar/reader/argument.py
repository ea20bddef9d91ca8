"""Who does what to whom, where: subjects, objects and prepositional roles of a trigger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import ARMED, MEMBER_CLASSES, NEGATIONS, RELATIVES, Line, Unit, spans
from maabar.reader.lexicon import Reading
from maabar.reader.mention import zone_of
from maabar.reader.text import fold_word
from maabar.reader.word import bare

DUTIFUL = frozenset({"past", "present", "masdar", "noun", "gerund", "participle"})
REACH = 22  # words that a search may cross
PEOPLE = frozenset({"person"})
PARTIES = frozenset(map(fold_word, ["الأطراف", "الطرفين", "الطرفان", "الجانبان", "الجانبين", "منهم", "منهما", "المجتمعون", "المجتمعين"]))  # fmt: skip
SUBJECTLESS = frozenset({"", "between"})
GENDER_F = frozenset(
    map(fold_word, ["قسد", "داعش", "الأسايش", "روسيا", "تركيا", "إيران", "إسرائيل", "قيادة"])
)
GENDER_M = frozenset(map(fold_word, ["النظام", "التنظيم", "تنظيم", "التحالف", "الجيش", "جيش", "فرع", "الفرع", "حرس", "لواء", "الفوج", "الحرس", "الدفاع", "الأمن", "حزب", "مجلس", "أمن", "الحشد", "طيران", "الطيران", "الأهالي"]))  # fmt: skip
POPULATIONS = {  # a bare head noun to the population that it names
    "civilians": "مدني مدنيين مدنيون مدنيا مدنيان طفل أطفال طفلا طفلة طفلين امرأة نساء مارة عائلة "
    "عائلات عاملين عاملان عامل عمال رجل فتاة مدنيا civilian civilians woman women "
    "child children man families family boy girl worker workers",
    "residents": "أهالي سكان شاب شبان شابا شابين شابان شباب مواطن مواطنين أبناء شخص شخصين أشخاص "
    "شخصا شخصان رجال residents people locals youths resident men teenagers person",
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
}
POPULATION_OF = {fold_word(w): ident for ident, ws in POPULATIONS.items() for w in ws.split()}


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
    retold: bool = False  # whether "the attack" took up an earlier event here
    fresh: bool = False  # whether the subject was named in this sentence


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
    ident = zone_of(mention) if mention.zone else _PEOPLE.get(mention.id, mention.id)
    return Argument(ident, mention.span, mention.text)


_PEOPLE = {"families": "civilians", "youths": "residents"}


def population(line: Line, unit: Unit) -> Argument | None:
    """People named by a common noun, as the population of the gazetteer."""
    for i in range(unit.first, unit.last):
        word = line.words[i]
        for b in bare(word.text):
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
        if other is not unit and not (
            other.joined
            and other.first - previous.last <= 2
            and other.prep == unit.prep
            and not _verb_between(line, previous.last, other.first)
        ):
            break
        if any(b in PARTIES for i in range(other.first, other.last)
               for b in bare(line.words[i].text)):  # fmt: skip
            found += state.parties
        acting = [m for m in other.mentions if m.kind == "actor" and m.subkind != "source"
                  and not m.zone]  # fmt: skip
        found += [argument(m) for m in acting[:1]]
        if not acting and (people := population(line, other)) and (other is unit or found):
            found.append(people)
        if not acting and other is not unit and not found:
            break
        previous = other
    return tuple(dict.fromkeys(found))


def _verb_between(line: Line, first: int, last: int) -> bool:
    return any(_finite(line, j) for j in range(first, last))


def _finite(line: Line, j: int) -> bool:
    return any(r.form.kind in ("past", "present") for r in line.readings[j]) and not any(
        r.form.kind in ("masdar", "noun", "agent", "patient") for r in line.readings[j]
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
        if verbs and _finite(line, k):
            return True
    return False


def agree(reading: Reading, line: Line, unit: Unit) -> bool:
    """Whether a verb before its subject agrees in gender with it, where both are known."""
    gender = reading.form.gender
    if line.english or not gender or reading.form.number not in ("s", ""):
        return True
    head = line.words[unit.first].text
    forms = bare(head)
    if forms & GENDER_F:
        return gender == "f"
    if forms & GENDER_M:
        return gender == "m"
    if head.endswith(("ه", "ات")) and unit.classes & {"person", "personnel"} == frozenset():
        return gender == "f"
    return True


def subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    """Find who does it."""
    if line.english:
        return _english_subject(line, i, reading, state)
    agent = by_agent(line, i, state)
    if reading.form.kind in ("past", "present"):
        found = _finite_subject(line, i, reading, state)
    elif reading.form.kind in ("agent", "patient"):
        found = _participle_subject(line, i, reading, state)
    else:
        found = _masdar_subject(line, i, reading, state)
    if agent:
        found = Subject(agent, "agent", found.unit, True, found.units)
    return found


def by_agent(line: Line, i: int, state: State) -> tuple[Argument, ...]:
    """The agent of a passive: min qibal X, `ala yad X, by X."""
    side = line.words[i].passive_mark
    for unit in units_after(line, i):
        if side and unit.prep == "from" and armed(unit.actor) and unit.first - i <= 3:
            return actors(line, unit, state)
        if unit.prep == "by" and (unit.actor or unit.classes & MEMBER_CLASSES):
            if walled(line, i, unit.first):
                return ()
            return actors(line, unit, state)
    return ()


def _finite_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    plural = reading.form.number == "p"
    relative = i > 0 and line.words[i - 1].text in RELATIVES
    past = reading.form.kind == "past"
    marked = (past and line.words[i].passive_mark) or reading.form.passive is True
    if not plural and not marked:
        for unit in units_after(line, i, 14):
            if walled(line, i, unit.first):
                break
            if unit.clause != line.clause[i] and not _aside(line, i, unit.first):
                break
            if unit.prep or (unit.joined and unit.first - i > 1):
                continue
            if ((unit.actor is not None and agentive(unit)) or (
                unit.classes & MEMBER_CLASSES and _agent_head(unit, line)
            )) and agree(reading, line, unit) and not (relative and reading.form.suffix == ""
                                                   and _object_like(unit)):  # fmt: skip
                args = actors(line, unit, state)
                if args and not _patient_like(reading, unit, line):
                    return Subject(args, "after", unit)
            break
    before = _topic(line, i, reading, state)
    object_unit = next((u for u in units_after(line, i, 8) if not u.prep and not u.joined), None)
    if marked and not before.args:
        return Subject((), "passive", object_unit, True)
    if marked:
        return Subject((), "passive", object_unit or before.unit, True)
    if before.args:
        return before
    people = object_unit is not None and bool(
        object_unit.classes
        & {"person", "personnel", "detainees", "property", "vehicle", "convoy", "position"}
        or object_unit.mentions
    )
    if (
        reading.form.passive is None and people and object_unit is not None
        and _transitive(reading) and (past or not state.subject)
        and object_unit.first - i <= 2 and not plural
        and _same_gender(reading, line, object_unit)
        and not _accusative(line, object_unit)
        and (_nominative(line, object_unit) or not (
            state.subject and _feminine(state.subject) and reading.form.gender == "f"))
    ):  # fmt: skip
        return Subject((), "passive", object_unit, True)
    if state.subject:
        return Subject(state.subject, "carried")
    return Subject()


def _patient_like(reading: Reading, unit: Unit, line: Line) -> bool:
    """A lone person after a verb that could be passive ("qutila madani") is no agent."""
    if unit.actor is not None and unit.actor.subkind not in ("population",):
        member = unit.classes & {"person", "personnel"} and unit.head not in ("", "=")
        return (
            bool(member)
            and reading.lemma.frames
            and _harms(reading)
            and not _object_follows(line, unit)
        )
    return _harms(reading) and not _object_follows(line, unit)


def _harms(reading: Reading) -> bool:
    frames = reading.lemma.frames
    return bool(frames) and frames[-1].type in ("CASUALTIES", "DETENTION", "RELEASE", "ATTACK")


def _object_follows(line: Line, unit: Unit) -> bool:
    index = line.units.index(unit)
    for other in line.units[index + 1 : index + 4]:
        if (
            other.first - unit.last > 6
            or other.pause
            or other.joined
            or _verb_between(line, unit.last, other.first)
        ):
            return False
        if not other.prep and (other.classes or other.mentions) and other.head != "=":
            return True
    return False


def _agent_head(unit: Unit, line: Line) -> bool:
    return bool(unit.classes & {"personnel", "patrol", "aircraft", "convoy", "post", "person",
                                "faction"})  # fmt: skip


def _object_like(unit: Unit) -> bool:
    return bool(unit.classes & {"position", "hq", "weapon", "goods"})


def _same_gender(reading: Reading, line: Line, unit: Unit) -> bool:
    head = line.words[unit.first].text
    feminine = head.endswith(("ه", "ات", "تين", "تان"))
    return reading.form.gender == ("f" if feminine else "m")


def _accusative(line: Line, unit: Unit) -> bool:
    """Whether the first words after a verb are written as its object."""
    words = [line.words[k] for k in range(unit.first, min(unit.first + 2, unit.last))]
    return any(w.text.endswith("ين") or w.tanwin for w in words)


def _nominative(line: Line, unit: Unit) -> bool:
    return line.words[unit.first].text.endswith(("ون", "ان"))


def _feminine(args: tuple[Argument, ...]) -> bool:
    words = fold_word(args[0].text).split()
    return bool(words) and not set(words[:1]) & GENDER_M


def _aside(line: Line, i: int, j: int) -> bool:
    """Whether the clause breaks between i and j only enclose a remark of time or place."""
    breaks = [k for k in range(i + 1, j + 1) if line.clause[k] != line.clause[k - 1]]
    return (
        len(breaks) == 2 and breaks[1] - breaks[0] <= 8 and all(line.words[k].pause for k in breaks)
    )


def _topic(line: Line, i: int, reading: Reading, state: State) -> Subject:
    """Subject before the verb: the noun that opens the clause, or a relative's antecedent."""
    best: Unit | None = None
    relative = i > 0 and line.words[i - 1].text in RELATIVES
    for unit in reversed([u for u in line.units if u.first < i]):
        if i - unit.last > 12 or (
            _verb_between(line, unit.last, i - int(relative)) and not (relative)
        ):
            break
        if line.clause[i] - unit.clause > 1 + int(relative):
            break
        if (unit.joined and not unit.pause) or unit.head == "=":
            continue
        if unit.prep and not relative:
            continue
        if unit.actor is not None or unit.classes & MEMBER_CLASSES:
            best = unit
            close = i - unit.last <= 0 and reading.form.number == "p"
            if relative or close:
                break
            if not _verb_before(line, unit):
                break
            best = None
            break
        if unit.classes & {"explosive", "missile", "shell", "raid", "convoy"}:
            best = unit
            break
    if best is None:
        return Subject()
    args = actors(line, best, state)
    if not args and not best.classes & {"convoy", "aircraft", "patrol"}:
        return Subject((), "thing", best) if best.classes else Subject()
    return Subject(args, "before", best)


def _verb_before(line: Line, unit: Unit) -> bool:
    """Whether the noun already is the subject or object of an earlier verb in its clause."""
    for k in range(unit.first - 1, max(-1, unit.first - 12), -1):
        if line.clause[k] != line.clause[unit.first]:
            return False
        if _finite(line, k):
            return not any(r.lemma.duty == "plain" for r in line.readings[k])
    return False


def _participle_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    for unit in reversed([u for u in line.units if u.first < i]):
        if i - unit.last > 6:
            break
        if (
            unit.actor is not None
            or unit.classes & MEMBER_CLASSES
            or unit.classes & {"position", "checkpoint", "hq", "goods"}
        ):
            args = actors(line, unit, state)
            return Subject(args, "before" if args else "thing", unit)
    return Subject(state.subject, "carried") if not reading.article else Subject()


def light_verb(line: Line, i: int) -> tuple[int, Reading] | None:
    """The verb that carries the noun at word i: "carried out a raid"."""
    for j in range(i - 1, max(-1, i - 10), -1):
        if line.clause[j] < line.clause[i] - 2:
            return None
        for reading in line.readings[j]:
            duty = reading.lemma.duty if reading.form.kind in DUTIFUL else ""
            if duty in ("active", "passive", "place", "none", "try", "plan", "threat", "demand"):
                return j, reading
        if _finite(line, j):
            return None
    return None


def _masdar_subject(line: Line, i: int, reading: Reading, state: State, depth: int = 0) -> Subject:
    following = next(iter(units_after(line, i, 6)), None)
    if _hurts(reading):
        following = None
    flag = (
        reading.lemma.noun
        and reading.lemma.frames[-1:]
        and (reading.lemma.frames[-1].type == "RAISE_FLAG")
    )
    if (
        following is not None
        and not flag
        and not following.prep
        and not following.joined
        and (
            following.first - i <= 2
            and not following.pause
            and agentive(following)
            and not reading.form.suffix
            and _genitive_subject(line, reading, following)
        )
    ):
        args = actors(line, following, state)
        if args:
            return Subject(args, "genitive", following)
    if _event(reading):
        made = _made_by(line, i, state)
        if made.args:
            return made
    own = next((u for u in units_after(line, i, 8) if u.prep in ("for", "of") and u.head != "="
                and u.actor is not None and not walled(line, i, u.first)), None)  # fmt: skip
    if (
        own is not None
        and not _transitive(reading)
        and not _hurts(reading)
        and not reading.form.suffix
    ):
        return Subject(actors(line, own, state), "genitive", own)
    governor = light_verb(line, i)
    if governor is not None and depth < 3:
        j, verb = governor
        duty = verb.lemma.duty
        if duty == "passive":
            victim = _verb_subject(line, j, verb, state)
            return Subject((), "passive", victim.unit, True, [victim.unit] if victim.unit else [])
        if duty in ("active", "try", "plan", "threat", "demand"):
            found = _verb_subject(line, j, verb, state, depth)
            if found.args:
                return Subject(found.args, "light", found.unit)
        if duty == "place":
            return Subject((), "none")
    if reading.form.suffix and not _transitive(reading) and state.subject:
        return Subject(state.subject, "carried")
    if state.fresh and state.subject:
        return Subject(state.subject, "carried")
    earlier = [u for u in line.units if u.first < i]
    for unit in reversed(earlier):
        if i - unit.last > REACH:
            break
        if armed(unit.actor) and not unit.prep and not unit.joined and agentive(unit):
            return Subject(actors(line, unit, state), "carried", unit)
    if state.subject and (reading.form.suffix or reading.conjunction or reading.prefix):
        return Subject(state.subject, "carried")
    return Subject()


def _event(reading: Reading) -> bool:
    frames = reading.lemma.frames
    return bool(frames) and frames[-1].type in ("STRIKE", "ATTACK", "SIEGE", "RESTRICT", "DETENTION",
                                                "MOVEMENT")  # fmt: skip


def _made_by(line: Line, i: int, state: State) -> Subject:
    """Who makes an event that a noun names: "raids that X carried out", "a strike from X"."""
    for k in range(i + 1, min(len(line.words), i + 6)):
        for reading in line.readings[k]:
            if reading.form.suffix in ("ه", "ها") and reading.form.kind in ("past", "present"):
                found = _finite_subject(line, k, reading, state)
                if found.how == "after":
                    return found
    for unit in units_after(line, i, 7):
        if walled(line, i, unit.first):
            break
        if unit.prep == "from" and unit.actor is not None and unit.actor.subkind in ARMED:
            return Subject(actors(line, unit, state), "genitive", unit)
    return Subject()


def parties(line: Line, i: int, subject: Subject, state: State, kind: str) -> list[Argument]:
    """All sides of a clash, meeting, agreement or rivalry."""
    named = [] if subject.how == "carried" else list(subject.args)
    for unit in units_after(line, i, 30):
        if any(line.words[k].text in RELATIVES for k in range(i + 1, unit.first)):
            break
        if unit.clause - line.clause[i] > 2 or (unit.joined and unit.prep == ""):
            continue
        present = unit.prep == "" and kind == "MEETING"
        if unit.prep in ("between", "with") or present or _attending(line, unit):
            for a in actors(line, unit, state):
                if all(n.id != a.id for n in named):
                    named.append(a)
    if not named and subject.how == "carried":
        named = list(subject.args)
    return named


_ATTEND = frozenset(map(fold_word, ["بحضور", "بمشاركة", "ومشاركة", "وحضور"]))


def _attending(line: Line, unit: Unit) -> bool:
    return any(line.words[k].text in _ATTEND for k in range(max(0, unit.first - 3), unit.last))


def _hurts(reading: Reading) -> bool:
    """Death and injury nouns: what follows them is the victim."""
    return bool(reading.lemma.frames) and reading.lemma.frames[-1].type == "CASUALTIES"


def _verb_subject(line: Line, j: int, verb: Reading, state: State, depth: int = 0) -> Subject:
    if verb.form.kind in ("past", "present"):
        return _finite_subject(line, j, verb, state)
    unit = next(iter(units_after(line, j, 4)), None)
    if unit is not None and not unit.prep and agentive(unit):
        return Subject(actors(line, unit, state), "after", unit)
    return _masdar_subject(line, j, verb, state, depth + 1)


_INTRANSITIVE = frozenset({"MOVEMENT", "WITHDRAWAL", "CLASH", "AFFILIATION_CHANGE", "MEETING",
                           "AGREEMENT", "PRESENCE", "COMPETITION", "CONDITION"})  # fmt: skip


def _transitive(reading: Reading) -> bool:
    frames = reading.lemma.frames
    return not frames or frames[-1].type not in _INTRANSITIVE


def _genitive_subject(line: Line, reading: Reading, unit: Unit) -> bool:
    """Whether the noun after a masdar is its subject rather than its object."""
    if unit.head and unit.classes & {"person", "personnel", "casualty"}:
        return not _transitive(reading)
    harms = _harms(reading)
    if harms and reading.lemma.frames[-1].type in ("CASUALTIES", "RELEASE"):
        return False
    if not _transitive(reading):
        return True
    return unit.actor is not None and unit.actor.subkind not in ("population",)


def _english_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    agent = by_agent(line, i, state)
    kind = reading.form.kind
    before = [w.text for w in line.words[max(0, i - 4) : i]]
    passive = (
        kind in ("past", "participle")
        and bool({"was", "were", "been", "being", "is", "are", "be", "got"} & set(before))
        and "had" not in before[-1:]
    )
    following = line.words[i + 1].text if i + 1 < len(line.words) else ""
    reduced = kind in ("past", "participle") and (
        following == "by"
        or (
            _harms(reading)
            and following in ("since", "in", "during", "overnight")
            and i > 0
            and bool(line.classes[i - 1] & {"person", "detainees"})
        )
    )
    if kind in ("noun", "gerund") and not passive:
        found = _english_noun_subject(line, i, reading, state)
        return Subject(agent, "agent", found.unit, True) if agent else found
    topic = _english_topic(line, i, state)
    if passive or reduced:
        return Subject(agent, "agent" if agent else "passive", topic.unit, True)
    if topic.args or topic.unit:
        return topic
    return Subject(state.subject, "carried") if state.subject else Subject()


def _english_topic(line: Line, i: int, state: State) -> Subject:
    """The noun phrase before an English verb; across "and" the subject of the verb before."""
    aside = False
    thing: Unit | None = None
    for unit in reversed([u for u in line.units if u.first < i and i - u.first <= 26]):
        if line.clause[i] - unit.clause > 3:
            break
        if (unit.joined and not unit.actor) or unit.head == "=" or unit.prep not in ("", "time"):
            continue
        if _verb_governs(line, unit):
            continue
        verbs = [k for k in range(unit.last, i) if _finite(line, k) and not any(
            r.lemma.duty == "plain" for r in line.readings[k])]  # fmt: skip
        told = any(r.lemma.duty == "say" for k in verbs for r in line.readings[k])
        if any(m.subkind == "source" for m in unit.mentions) or (told and unit.actor is None):
            continue
        aside = bool(verbs) and any(line.words[k].pause for k in range(unit.last, i + 1))
        joined = any(
            line.words[k].text in ("and", "but", "or") for k in range(max(unit.last, i - 1), i)
        )
        opened = {line.words[k].text for k in range(max(0, unit.first - 2), unit.first)}
        inner = bool(opened & (RELATIVES | {"where", "while", "as"})) and any(
            line.clause[k] == unit.clause < line.clause[i] for k in verbs
        )
        if inner and not joined and not told:
            continue
        if verbs and not aside and not joined and not told:
            continue
        args = actors(line, unit, state)
        if args:
            return Subject(args, "before", unit)
        if not verbs and thing is None and unit.classes:
            thing = unit
            if not joined and i - unit.last <= 3:
                return Subject((), "thing", unit)
    return Subject((), "thing", thing) if thing and not state.subject else Subject()


def _verb_governs(line: Line, unit: Unit) -> bool:
    """Whether a verb stands right before the noun, so that it is an object."""
    for k in range(unit.first - 1, max(-1, unit.first - 5), -1):
        if line.clause[k] != line.clause[unit.first]:
            return False
        if _finite(line, k):
            return not any(r.lemma.duty in ("say", "plain") for r in line.readings[k])
    return False


def _english_noun_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    for unit in line.units:
        if unit.first < i <= unit.last + 1 and unit.actor is not None and unit.last <= i + 1:
            mention = unit.actor
            if _verb_between(line, unit.first, i):
                continue
            if mention.span[1] <= line.words[i].start:
                return Subject(actors(line, unit, state), "genitive", unit)
    for k in range(i - 1, max(-1, i - 5), -1):
        if line.clause[k] != line.clause[i] or line.words[k].text in ("of", "in", "after", "from"):
            break
        if (
            _finite(line, k)
            and reading.form.kind == "noun"
            and not any(r.lemma.duty in ("plain", "say") for r in line.readings[k])
        ):
            found = _english_topic(line, k, state)
            if found.args:
                return Subject(found.args, "light", found.unit)
            break
    governor = light_verb(line, i)
    if governor is not None and governor[1].lemma.duty in ("active", "try", "plan"):
        found = _english_topic(line, governor[0], state)
        if found.args:
            return Subject(found.args, "light", found.unit)
    if reading.form.kind == "gerund":
        found = _english_topic(line, i, state)
        if found.args:
            return found
    return Subject(state.subject, "carried") if state.fresh else Subject()


def negated(line: Line, i: int) -> bool:
    """Whether a negation governs the trigger."""
    for k in range(i - 1, max(-1, i - 5), -1):
        if line.clause[k] != line.clause[i]:
            break
        if line.words[k].text in NEGATIONS or (
            line.words[k].text[1:] in NEGATIONS and (line.words[k].text[0] in "وف")
        ):
            return True
    return False


def armed(mention: Mention | None) -> bool:
    """Whether a mention is of an armed or governing actor."""
    return mention is not None and mention.subkind in ARMED
