"""Members and whose they are: "fighters of X", "a patrol belonging to X" as one phrase about X."""

from __future__ import annotations

from maabar.reader.clause import Line, event_noun, verbal
from maabar.reader.preposition import folded
from maabar.reader.unit import MEMBER_CLASSES, Unit
from maabar.reader.word import Word, bare

LINKS = folded("من في لدى تابع تابعة تابعين تابعون التابع التابعة صفوف مرتبات ينتمون ينتمي تتبع يتبع "
             "منتسبين عاملين برتبة ميليشيا ميليشيات أبناء محلي محليين بصفوف ملاك القيادي of from in "
             "belonging affiliated with to the linked")  # fmt: skip


def merge_members(ready: Line) -> None:
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
            (verbal(ready, j) or event_noun(ready, j)) and not (bare(ready.words[j].text) & LINKS)
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


OWNED = frozenset({"fighters", "tribal-notables", "unidentified-gunmen", "local-commanders",
                   "military-police", "border-guards"})  # fmt: skip
"""Whose men are meant is said by what follows ("the military police of X")."""


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
