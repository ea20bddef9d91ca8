"""Who does it, in English: the noun phrase before the verb, the owner of an event noun."""

from __future__ import annotations

from maabar.reader.argument import (
    State,
    Subject,
    actors,
    by_agent,
    finite,
    harms,
    light_verb,
    repelled,
    verb_between,
)
from maabar.reader.clause import RELATIVES, Line, Unit
from maabar.reader.lexicon import Reading


def english_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
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
            harms(reading)
            and following in ("since", "in", "near", "during", "overnight")
            and i > 0
            and bool(line.classes[i - 1] & {"person", "personnel", "detainees"})
        )
    )
    if line.words[i - 1].text == "to":  # "attempts by X to close": X's
        by = next((u for u in line.units if u.prep == "by" and 0 <= i - 1 - u.last <= 1), None)
        if by is not None and by.actor is not None:
            return Subject(actors(line, by, state), "light", by)
    if kind in ("noun", "gerund") and not passive:
        if repelled(line, i):
            return Subject()
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
        if (
            (unit.joined and not unit.actor and i - unit.last > 1)
            or unit.head == "="
            or unit.prep not in ("", "time")
        ):
            continue
        if _verb_governs(line, unit) or (
            unit.actor is None and unit.first and line.words[unit.first - 1].text in RELATIVES
        ):
            continue
        verbs = [k for k in range(unit.last, i) if finite(line, k) and not any(
            r.lemma.duty == "plain" for r in line.readings[k])
            and line.words[k + 1].text != "by"]  # fmt: skip
        told = any(r.lemma.duty == "say" for k in verbs for r in line.readings[k])
        if any(m.subkind == "source" for m in unit.mentions) or (told and unit.actor is None):
            continue
        if len(verbs) == 1 and line.words[unit.last : unit.last + 1][0].text in RELATIVES:
            verbs = []  # "the men who came from X fired": the first verb is the relative's
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
        if not verbs and thing is None and unit.classes - {"place", "road"}:
            thing = unit
            if not joined and i - unit.last <= 3:
                return Subject((), "thing", unit)
    return Subject((), "thing", thing) if thing and not state.subject else Subject()


def _verb_governs(line: Line, unit: Unit) -> bool:
    """Whether a verb stands right before the noun, so that it is an object."""
    for k in range(unit.first - 1, max(-1, unit.first - 5), -1):
        if line.clause[k] != line.clause[unit.first]:
            return False
        if finite(line, k):
            return not any(r.lemma.duty in ("say", "plain") for r in line.readings[k])
    return False


def _english_noun_subject(line: Line, i: int, reading: Reading, state: State) -> Subject:
    for unit in line.units:
        if unit.first < i <= unit.last + 1 and unit.actor is not None and unit.last <= i + 1:
            mention = unit.actor
            if line.words[i - 1].text == "and":
                continue
            if verb_between(line, unit.first, i):
                continue
            if mention.span[1] <= line.words[i].start:
                return Subject(actors(line, unit, state), "genitive", unit)
    for k in range(i - 1, max(-1, i - 5), -1):
        if line.clause[k] != line.clause[i] or line.words[k].text in ("of", "in", "after", "from"):
            break
        if (
            finite(line, k)
            and reading.form.kind == "noun"
            and not any(r.lemma.duty in ("plain", "say") for r in line.readings[k])
        ):
            found = _english_topic(line, k, state)
            if found.args:
                return Subject(found.args, "light", found.unit)
            break
    if any(line.words[k].text == "claimed" for k in range(max(0, i - 4), i)):
        k = next(k for k in range(i - 1, -1, -1) if line.words[k].text == "claimed")
        found = _english_topic(line, k, state)
        if found.args:
            return Subject(found.args, "light", found.unit)
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
