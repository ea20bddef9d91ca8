"""Who acts in a phrase: its actors and those joined to it, its own men, the two sides, an agent."""

from __future__ import annotations

import itertools

from maabar.reader.argument import argument, armed, population, sided
from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import Line
from maabar.reader.gazetteer import shipped
from maabar.reader.gender import shape
from maabar.reader.mention import AIR_FORCES
from maabar.reader.preposition import folded
from maabar.reader.reach import units_after, verb_between, walled
from maabar.reader.state import State, us
from maabar.reader.text import fold_word
from maabar.reader.unit import ARMED, MEMBER_CLASSES, UNNAMED, Unit
from maabar.reader.word import bare

PARTIES = frozenset(map(fold_word, ["الأطراف", "الطرفين", "الطرفان", "الجانبان", "الجانبين", "المجتمعون", "المجتمعين"]))  # fmt: skip


ATTACKERS = frozenset(map(fold_word, ["المهاجمون", "المهاجمين", "المهاجمان", "المهاجم", "attackers", "assailants"]))  # fmt: skip


COMPLEMENTS = frozenset(map(fold_word, ["أن", "إن", "بأن", "لأن", "لكن", "بينما", "فيما", "حيث"]))


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
