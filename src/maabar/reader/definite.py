"""English noun phrases that take up an actor without naming it: the faction, the two, our forces."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from maabar.reader.actor import actors
from maabar.reader.argument import argument, armed, sided
from maabar.reader.claim import Argument, Mention
from maabar.reader.clause import Line
from maabar.reader.gazetteer import shipped
from maabar.reader.parse import parse
from maabar.reader.phrase import Phrase
from maabar.reader.preposition import folded
from maabar.reader.state import State, Subject, us
from maabar.reader.text import fold_word
from maabar.reader.unit import Unit
from maabar.reader.wordclass import ADVERB, DET, NOUN, OWN

BANDS = folded("group militia faction brigade battalion regiment movement organisation organization "
               "party band outfit gang militiamen")  # fmt: skip
ARMED_BANDS = frozenset({"armed_group", "collective", "company"})

HEADS: dict[str, frozenset[str]] = dict.fromkeys(BANDS, ARMED_BANDS) | {
    word: frozenset(kinds.split()) for words, kinds in {
        "division corps": "state_force armed_group",
        "army regime": "state_force government", "government ministry": "government",
        "administration authorities authority": "administration government",
        "council": "administration armed_group",
        "force alliance coalition": "armed_group foreign_force collective state_force",
        "unit contingent": "armed_group state_force foreign_force", "tribe clan": "tribe collective", "company network": "company",
    }.items() for word in words.split()
}  # fmt: skip
"""Nouns that with an article take up an actor, and the kinds of actor that they can be."""

NUMBERED = folded("division corps regiment brigade battalion")
LED = {"sdf": folded("alliance force"), "isis": folded("group organisation organization"),
       "aanes": folded("administration authorities authority"), "hezbollah": folded("party")}  # fmt: skip
"""By what nouns reports take up these."""

MEN = folded("men fighters members gunmen troops forces soldiers guards officers patrol patrols convoy commander "
             "commanders leader leaders leadership spokesman checkpoint checkpoints units militants artillery "
             "snipers jets vehicles police positions guns")  # fmt: skip

NATIONS = {"turks": "turkish-forces", "russians": "russian-forces", "iranians": "iran",
           "americans": "us-forces", "israelis": "israel", "afghans": "fatemiyoun",
           "kurds": "sdf"}  # fmt: skip

AIRBORNE = folded("planes plane jets jet drones drone helicopters helicopter warplanes warplane "
                  "aircraft gunships pilots")  # fmt: skip
ENVOYS = folded(
    "envoys envoy delegation delegates emissaries emissary delegates visitors negotiators"
)
SIDES = folded("sides parties factions groups rivals forces men")
PAIRS = folded("two both pair neither neither_ both_")
EARLY = 6
"""With so few actors told of, the first of them issues a statement."""
OURS = folded("our ours")
OUR_MEN = folded("forces fighters men units heroes troops soldiers brothers members comrades companies patrol "
                 "patrols guards command battalions own artillery lads boys special_ ranks")  # fmt: skip
STATES = {"russia": "russian-forces", "turkey": "turkish-forces", "usa": "us-forces"}
"""Countries whose officers and soldiers are of their forces."""


NAMELESS = frozenset({"fighters", "unidentified-gunmen"})
"""What men without a name are called: these name nobody."""


def taken_up(line: Line, phrase: Phrase, state: State) -> Subject | None:
    """Who a phrase is that names nobody, but takes up an actor told of before; None if it does not."""
    unit = next((u for u in line.units if u.first < phrase.end and u.last > phrase.first), None)
    who = (
        _ours(line, phrase, state)
        or _guard(line, phrase)
        or _nation(line, phrase)
        or _band(line, phrase, state)
        or _sent(line, phrase, state)
    )
    if who is not None:
        return Subject((who,), "before", unit_as(line, phrase, unit, who))
    if sides := _both(line, phrase, state):
        return Subject(sides, "before", unit)
    return None


def take_up(line: Line, state: State) -> None:
    """Let every phrase that takes up an actor name it, also as object and after "with"."""
    for phrase in parse(line).phrases:
        who = _guard(line, phrase) or _nation(line, phrase) or _band(line, phrase, state)
        unit = unit_of(line, phrase)
        if who is not None and (unit is None or unit.actor is None):
            unit_as(line, phrase, unit, who)


def unit_of(line: Line, phrase: Phrase) -> Unit | None:
    return next((u for u in line.units if u.first < phrase.last and u.last > phrase.first), None)


def _word(line: Line, k: int, ident: str) -> Argument:
    """A capitalised word as an argument of its own."""
    word = line.words[k]
    return Argument(ident, (word.start, word.end), word.text.capitalize())


def spoken(line: Line, state: State) -> Argument | None:
    """Who "we" are: an actor who says this sentence, else who issues a statement of "our forces"."""
    if state.speaker:
        return state.speaker[0]
    for predicate in parse(line).predicates.values():
        said = any(r.lemma.duty == "say" for r in line.readings[predicate.at])
        if said and predicate.subjects:
            phrase = predicate.subjects[0]
            for unit in line.units:
                if phrase.first <= unit.first < phrase.end and armed(unit.actor):
                    return next(iter(actors(line, unit, state)), None)
    return state.bands.get("our")


def _ours(line: Line, phrase: Phrase, state: State) -> Argument | None:
    """ "Our forces", "a patrol of our men": of who issues the statement."""
    words = [line.words[k].text for k in range(phrase.first, phrase.end)]
    if not set(words) & OURS or not set(words) & OUR_MEN:
        return None
    who = us(state) or (state.seen[:1] if len(state.seen) < EARLY else ())
    if who:
        state.bands.setdefault("our", who[0])
    return spoken(line, state) or next(iter(who), None)


def _guard(line: Line, phrase: Phrase) -> Argument | None:
    """ "The Guards" with a capital: those of Iran."""
    for k in range(max(1, phrase.first), phrase.end):
        word, before = line.words[k], line.words[k - 1].text
        over = line.covered[k]
        bare = over is None or over.form == "anaphor"
        after = line.words[k + 1 : k + 2]
        named = bool(after) and after[0].capital and not after[0].pause and after[0].text != "s"
        if (
            word.text in ("guard", "guards")
            and word.capital
            and bare
            and (before == "the" or (before in ("a", "an", "of", "by") and word.text == "guards"))
        ):
            return None if named else _word(line, k, "irgc")
    return None


def _nation(line: Line, phrase: Phrase) -> Argument | None:
    """ "The Turks": the forces of the nation."""
    for k in range(phrase.first + 1, phrase.end):
        if (
            line.words[k].text in NATIONS
            and line.words[k - 1].text == "the"
            and line.covered[k] is None
        ):
            return _word(line, k, NATIONS[line.words[k].text])
    return None


def _band(line: Line, phrase: Phrase, state: State) -> Argument | None:
    """ "The faction", "a patrol of the division": the actor so called, else of such a kind."""
    tags = parse(line).tags
    for k in range(phrase.first + 1, phrase.end):
        word = line.words[k]
        if word.text not in HEADS or word.pause or not _definite(line, tags, phrase, k):
            continue
        if not _ends(line, tags, k):
            continue
        named = [line.covered[j] for j in range(phrase.first, phrase.end)]
        if any(m is not None and m.kind == "actor" and m.form != "anaphor" and m.id not in NAMELESS
               and not m.id.startswith("unknown") for m in named):  # fmt: skip
            return None
        return told(line, word.text, line.words[phrase.first].start, state)
    return None


def _definite(line: Line, tags: list[str], phrase: Phrase, k: int) -> bool:
    """Whether an article stands before the noun, with no more than adjectives between."""
    j = k - 1
    while j >= phrase.first and j >= k - 4 and line.words[j].text not in ARTICLES:
        if tags[j] not in (NOUN, DET, ADVERB) or line.words[j + 1].pause:
            return False
        j -= 1
    between = {line.words[m].text for m in range(j + 1, k)}
    return j >= phrase.first and line.words[j].text in ARTICLES and not between & FRESH


ARTICLES = frozenset({"the", "this", "that"})
FRESH = folded("other another new rival first second same third local")


def _ends(line: Line, tags: list[str], k: int) -> bool:
    """Whether the phrase ends with the noun, or goes on with its men."""
    if k + 1 >= len(tags) or line.words[k + 1].pause or tags[k + 1] == OWN:
        return True
    if tags[k + 1] != NOUN:
        return not line.words[k + 1].quoted
    return line.words[k + 1].text in MEN


def told(line: Line, word: str, at: int, state: State) -> Argument | None:
    """The actor that a noun takes up: so called, else the latest of its kind."""
    here = [
        argument(m) for m in line.mentions if sided(m) and m.span[1] <= at and m.form != "anaphor"
    ]
    before = [a for a in (*reversed(here), *reversed(state.seen))
              if not a.id.endswith("air-force")]  # fmt: skip
    if (titled := state.bands.get("a " + word)) is not None:
        return titled
    stem = word.removesuffix("s")
    called = [a for a in before if stem in fold_word(a.text) and len(fold_word(a.text).split()) > 1]
    if called:
        return called[0]
    fitting = [a for a in before if shipped().kind(a.id) in HEADS[word]
               or (word in BANDS and a.id.startswith("unknown-"))]  # fmt: skip
    known = [a for a in before if word in LED.get(a.id, ()) or (
        a.id.startswith("unknown") and word in a.id)]  # fmt: skip
    headed = [a for a in before if word in shipped().heads.get(a.id, ())]
    if word in NUMBERED:  # these are always called so
        fitting = []
    elif word in BANDS:
        headed = [a for a in before if a in headed or a in fitting]
    for options in (known, headed, fitting):
        if options:
            return options[0]
    if word == "division" and any(w.text == word and w.capital for w in line.words):
        return Argument("fourth-division")
    return _ruling(word, before)


def _ruling(word: str, before: Iterable[Argument]) -> Argument | None:
    """ "The administration" where the SDF is spoken of: that of its area."""
    if word == "government":
        return Argument("syrian-regime")
    near = any(a.id in ("sdf", "asayish") for a in before)
    return Argument("aanes") if near and word == "administration" else None


def note_titles(line: Line, state: State) -> None:
    """What an actor is called in passing ("X, a tribal band"): "the band" is X later on."""
    phrases = parse(line).phrases
    for one, other in itertools.pairwise(phrases):
        head = line.words[other.last - 1].text
        if other.first != one.end or not other.pause or head not in HEADS:
            continue
        if line.words[other.first].text in ("a", "an") and one.last > one.first:
            named = line.covered[one.last - 1]
            if named is not None and armed(named) and not named.zone:
                state.bands["a " + head] = argument(named)


def _sent(line: Line, phrase: Phrase, state: State) -> Argument | None:
    """ "The planes", "the envoys": of who struck, of who sent them."""
    head, first = line.words[phrase.last - 1].text, line.words[phrase.first].text
    if first not in ("the", "these", "those") or any(
        line.covered[k] is not None for k in range(phrase.first, phrase.end)
    ):
        return None
    if head in AIRBORNE and state.doer and line.sentence.index - state.line <= 2:
        return state.doer[0]
    return state.subject[0] if head in ENVOYS and state.subject else None


def _both(line: Line, phrase: Phrase, state: State) -> tuple[Argument, ...]:
    """ "The two", "both", "neither side", "the former": of the two told of last."""
    words = [line.words[k].text for k in range(phrase.first, phrase.last)]
    if words == ["the", "others"] and phrase.end == phrase.last:
        doing = {a.id for a in state.subject}
        return tuple(a for a in _last_two(line, phrase, state) if a.id not in doing)[:1]
    if words == ["the", "former"]:
        return state.parties[:1] or state.seen[-1:]
    pair = words[-1] in PAIRS and (len(words) == 1 or words[0] in ("the", "both"))
    sides = bool(set(words) & PAIRS) and words[-1] in SIDES | folded("side party patron")
    if phrase.last < phrase.end and line.words[phrase.last].text == "of":
        return ()
    return _last_two(line, phrase, state) if pair or sides else ()


def _last_two(line: Line, phrase: Phrase, state: State) -> tuple[Argument, ...]:
    at = line.words[phrase.first].start
    here = [argument(m) for m in line.mentions if sided(m) and m.span[1] <= at]
    last = _distinct(here)
    if len(last) == 2:
        return last
    if state.parties and not last:
        return state.parties
    both = _distinct([*state.seen, *here])
    return both if len(both) == 2 else ()


def _distinct(found: Iterable[Argument]) -> tuple[Argument, ...]:
    """The two told of last; countries only where they are two."""
    last = list({a.id: a for a in reversed(list(found))}.values())[::-1]
    bands = [a for a in last if shipped().kind(a.id) != "country"]
    return tuple((bands if len(bands) > 1 else last)[-2:])


def forced(args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Of the forces of a country, where its men are told of."""
    return tuple(Argument(STATES.get(a.id, a.id), a.span, a.text) for a in args)


def in_them(line: Line, phrase: Phrase) -> int:
    """The pronoun of "some of them", "one of whom"; -1 where there is none."""
    k = phrase.last + 1
    if k < phrase.end and line.words[k].text == "them" and line.words[k - 1].text == "of":
        return k
    return -1


def unit_as(line: Line, phrase: Phrase, unit: Unit | None, who: Argument) -> Unit | None:
    """The phrase as of the actor that it takes up: what such an actor can do."""
    if who.span is None:
        return unit
    named = Mention(who.id, "actor", "anaphor", who.span, who.text, False, shipped().kind(who.id))
    if unit is None:
        clause = line.clause[phrase.first]
        unit = Unit(phrase.first, phrase.last, mentions=[named], clause=clause)
        line.units.append(unit)
        line.units.sort(key=lambda u: u.first)
    elif unit.actor is None or unit.actor.id != who.id:
        unit.mentions.insert(0, named)
    return unit
