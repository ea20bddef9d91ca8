"""What a hedge does to a trigger, by the type and the form of what it governs."""

from __future__ import annotations

import re

from maabar.reader.clause import FINITE, Line
from maabar.reader.context import onward
from maabar.reader.form import form_of, past_only
from maabar.reader.frame import Trigger
from maabar.reader.preposition import folded
from maabar.reader.text import fold_plain


def effect_on(line: Line, first: int, end: int, trigger: Trigger, effect: str) -> str:
    """What a hedge does to this trigger; empty where it does nothing."""
    kind, form = trigger.frame.type, form_of(line, trigger)
    match effect:
        case "maybe":  # "qad" with a present
            after = line.words[end].text if end < len(line.words) else ""
            present = after[:1] in ("ي", "ت", "ن") and not after.endswith(("ت", "وا"))
            kinds = {r.form.kind for r in line.readings[end]} & FINITE if present else set()
            return "none" if present and kinds <= {"present"} and (kinds or after[0] == "ي") else ""
        case "charge":
            return "" if kind == "MOTIVE" else "none"
        case "event":
            return "none" if kind in _HAPPENING and form not in FINITE else ""
        case "barred":
            apart = trigger.reading.conjunction and trigger.first - end > 2
            barred = kind not in ("RESTRICT", "SIEGE", "MOTIVE") and form not in FINITE
            return "none" if barred and not apart else ""
        case "rumour":
            later = [w.text for w in line.words[trigger.last :]]
            refuted = any(w.lstrip("و") in _REFUTES for w in later) or "denied" in later
            return "not" if refuted else "none"
        case "hoped":
            if kind == "AGREEMENT" and form == "masdar":
                return ""
            near = line.english or trigger.first - end <= 3
            return "expected" if form == "present" or (near and form != "past") else ""
        case "tried":
            return "" if kind == "CASUALTIES" else effect
        case "future":  # "will go on with its attacks"
            read = line.readings[first]
            return "expected" if read and all(r.prefix == "س" for r in read) else ""
        case "charged":
            return "none" if line.words[first].passive_mark else ""
        case "demand":
            return "" if kind in ("REVENUE", "CASUALTIES", "CLASH") else "purpose"
        case "if":  # a habit ("if we sell elsewhere they take the lorry") is told as done
            told = form == "present" and any(
                past_only(line, k) or _spoke(line, k) for k in range(end, trigger.first)
            )
            first_verb = line.readings[end] if end < trigger.first else ()
            told = told or (form == "present" and any(r.form.kind == "past" for r in first_verb))
            threat = line.words[trigger.first].text.lstrip("و").startswith("ن")
            if told:
                return "expected" if threat or trigger.reading.prefix == "س" else ""
            return "none" if trigger.first - end < 6 else ""
        case "whoever":
            return "none" if any(r.form.kind == "present" for r in line.readings[end]) else ""
        case "did":
            return "none" if past_only(line, end) else ""
        case "evade":
            word = line.words[trigger.first]
            owned = word.text.startswith("ال") or (
                word.text.endswith(("ه", "ها", "هم", "هما", "نا")) and not word.marbuta
            )
            evaded = kind in ("RECRUITMENT", "DETENTION") and (line.english or owned)
            return "none" if evaded else ""
        case "gossip":
            return "none" if re.search(_IDLE_TALK, onward(line, trigger)) else ""
        case "who":
            known = line.words[end - 1].text != "من" or any(
                r.form.kind in FINITE for r in line.readings[end]
            )
            return "none" if known else ""
        case "claimed":
            return "none" if kind in ("ATTACK", "STRIKE") else ""
        case "hope":
            return "purpose"
        case "fightless":
            return "none" if kind in ("CLASH", "ATTACK", "STRIKE") and form not in FINITE else ""
        case "topic":
            return "none" if kind in _TOPICS and form in ("masdar", "noun") else ""
        case "news":
            rest = {w.text.lstrip("و") for w in line.words[trigger.last :]}
            return "none" if rest & _REFUTES else ""
        case "agreed":
            return "" if kind in _ACCORDS else "expected"
        case "wanted":
            return "purpose" if form == "present" else ""
        case "none":
            return "" if kind == "MOTIVE" else "none"
    return effect


_REFUTES = folded("نفت نفى نفته نفاه نفوا تنفيه ينفيه تنفي ينفي كذبت")
_TOPICS = frozenset({"WITHDRAWAL", "RELEASE", "RECRUITMENT", "TAKEOVER", "AGREEMENT", "RELOCATE", "SUPPORT",
                     "MOVE_WEAPONS", "MOVEMENT", "BASE_ESTABLISHED", "FOUNDING", "LEADERSHIP"})  # fmt: skip
_ACCORDS = frozenset({"AGREEMENT", "COMPETITION", "CASUALTIES", "MEETING", "CLASH"})
_HAPPENING = frozenset({"STRIKE", "ATTACK", "CLASH", "CASUALTIES", "DETENTION", "MEETING", "COMPETITION",
                        "AGREEMENT", "SIEGE", "WITHDRAWAL", "MOVEMENT", "SMUGGLING_FLOW"})  # fmt: skip


def _spoke(line: Line, k: int) -> bool:
    """Whether an unread Arabic word ends as a verb of "we" or "you" does ("bi'na", "hakayt")."""
    word = line.words[k].text
    return (
        not line.readings[k]
        and line.covered[k] is None
        and len(word) > 3
        and word.endswith(("نا", "ت"))
    )


_IDLE_TALK = fold_plain(
    r" (?:إذا|لو|والله أعلم|هذا حجي|هاد حكي|هذا حكي|كله حكي|كله حجي|كذب|إشاعات|حكي فاضي|ما نصدق|ما بنصدق|ما حدا مصدق)\b"
)
