"""Whether it happened, or is aimed at, tried, announced, feared or supposed."""

from __future__ import annotations

import re

from maabar.reader.clause import RELATIVES, Line
from maabar.reader.context import THAT, marked, rest
from maabar.reader.doubt import doubted, unknown, untrue
from maabar.reader.form import after_trying, form_of
from maabar.reader.frame import Trigger
from maabar.reader.governor import DUTIFUL
from maabar.reader.hedge import hedge
from maabar.reader.idiom import idle
from maabar.reader.preposition import PREPOSITIONS, folded
from maabar.reader.rumour import disowned, refuted, rumoured
from maabar.reader.supposition import supposed, unreal, yet
from maabar.reader.word import bare, cuts

PURPOSE = folded("بهدف بغية بغرض كي لكي هدفه هدفها الهدف تهدف يهدف سعيا لمناقشة بقصد مشروع خطة خطط")
PURPOSE_EN = frozenset({"to", "order", "aimed", "aiming", "meant"})
BEHIND = folded("خلف وراء")
STANDING = folded("وقوف الوقوف ضلوع")
"""Being behind an event is said of one told before."""
IF = folded("إذا لو حال وإذا ولو فإذا if")
TRADED = folded("لقاء مقابل")
EXPECTED = folded(
    "راح رح سوف قريبا المقبل المقبلة القادم القادمة_ المقرر المتوقع المرتقب المرتقبة المزمع will would shall expected due"
)
TERMS = folded(
    "يقضي تقضي قضى قضت ينص تنص نص نصت يقضيان بموجبه بموجبها تضمن يتضمن تتضمن تضمنت تشترط يشترط"
)
UNDER = folded("بموجبه بموجبها")
HYPOTHETIC = (("عن", "اي"), ("من", "اي"), ("ان", "لم"))
TRYING = folded("محاولة محاولات محاولا محاولين بمحاولة attempt attempts attempted trying tried bid "
              "effort efforts")  # fmt: skip
_WILLING = DUTIFUL | {"agent"}
DUTIES = {"try": "attempted", "plan": "expected", "threat": "expected", "demand": "purpose"}


def modality(line: Line, trigger: Trigger) -> str | None:
    """Modality of a trigger; None where it must not become a claim (feared, charged, if)."""
    i = trigger.first
    reading = trigger.reading
    kind = trigger.frame.type
    nominal = form_of(line, trigger) in ("masdar", "noun", "gerund") or line.english
    for k in range(i - 1, max(-1, i - 9), -1):
        if line.clause[k] < line.clause[i] - (1 if i - k < 4 else 0):
            break
        word = line.words[k].text
        forms = _forms(line, k)
        if word in RELATIVES:
            break
        if nominal and i - k <= 4 and word in BEHIND and bare(line.words[k - 1].text) & STANDING:
            return None
        if (
            forms & TRADED
            and nominal
            and i - k <= 2
            and (kind == "RELEASE" or (kind != "REVENUE" and "لقا" in forms))
        ):
            return None
    governed = hedge(line, trigger)
    if governed == "none" or supposed(line, trigger) or unknown(line, trigger):
        return None
    if nominal and not line.english and disowned(line, i):
        return None
    if governed == "not" or (nominal and untrue(line, trigger)):
        return "asserted"
    if idle(line, trigger):
        return None
    if doubted(line, i) or (line.english and unreal(line, i)):
        return None
    if (
        kind == "CASUALTIES"
        and reading.form.kind in ("noun", "masdar", "patient")
        and _aftermath(line, i)
    ):
        return None
    if nominal and disowned(line, i):
        return None
    if i > 1 and (line.words[i - 2].text, line.words[i - 1].text) in HYPOTHETIC:
        return None
    if nominal and rumoured(line, i) and not refuted(line, i):
        return None
    if kind in ("TAKEOVER", "AGREEMENT") and nominal and _rivalry(line, i):
        return None
    if kind == "MOTIVE":
        return (
            "purpose" if reading.form.kind == "masdar" or _purpose_before(line, i) else "asserted"
        )
    if reading.form.kind == "present" and i and line.words[i - 1].text in ("قد", "ربما", "وقد"):
        return None
    opening = {w.text for w in line.words[:3]}
    if (
        opening & IF
        and i < 24
        and (
            reading.prefix == "س"
            or {w.text for w in line.words[max(0, i - 2) : i]} & {"will", "would"}
        )
    ):
        return None
    if reading.prefix == "س" or {w.text for w in line.words[i + 1 : i + 3]} & UNDER:
        return "expected"
    if not line.english and nominal and yet(line, trigger):
        return "expected"
    if any(_forms(line, k) & TRYING for k in range(i, trigger.last)) and nominal:
        return "attempted"
    if reading.lemma.name in _PLEDGES and (
        reading.lemma.name != "offer" or reading.form.kind in ("past", "participle")
    ):
        return "expected"
    if line.english and nominal and _beaten_off(line, trigger):
        return "attempted"
    if governed in ("expected", "purpose", "tried"):
        return "attempted" if governed == "tried" else governed
    crossed = 0
    for k in range(i - 1, max(-1, i - 9), -1):
        if line.clause[k] < line.clause[k + 1]:
            crossed += 1 if line.words[k + 1].text in THAT else 9
        word = line.words[k].text
        if crossed > 1 or (word in RELATIVES and not _told_that(line, k)):
            break
        forms = _forms(line, k)
        if forms & TRYING and (
            not line.english or _passive(line, i) or reading.form.kind not in ("past", "participle")
        ):
            return "attempted"
        if forms & PURPOSE and (nominal or k == i - 1):
            return "purpose"
        if word in TERMS and nominal and _binding(line, k, trigger):
            return "expected"
        if forms & EXPECTED and i - k <= 3 and _to_come(line, k, i):
            return "expected"
        for other in line.readings[k]:
            duty = other.lemma.duty if other.form.kind in _WILLING else ""
            if (
                line.english
                and reading.form.kind in ("past", "participle")
                and not _passive(line, i)
            ):
                break
            working_on = line.words[k + 1].text == "علي"  # else it is plain work
            if other.lemma.name == "ع م ل" and other.form.kind != "present" and not working_on:
                continue
            if duty == "threat" and reading.prefix != "ب" and not line.english:
                continue
            if duty == "demand" and kind == "REVENUE":
                continue
            if duty == "fear" and nominal:
                return None
            if (
                duty in DUTIES
                and (nominal or reading.form.kind == "present")
                and _governs(line, k, i)
            ):
                itself = line.words[k + 1].text in ("itself", "himself", "themselves")
                if duty == "plan" and (
                    governed == "not" or (kind == "AGREEMENT" and reading.article)
                ):
                    continue
                if itself or (duty == "plan" and line.words[k].text.startswith("ل")):
                    continue
                return DUTIES[duty]
        if (
            kind in ("RECRUITMENT", "TAKEOVER", "CONTROL")
            and nominal
            and i - k <= 8
            and any(f.type == "COMPETITION" for r in line.readings[k] for f in r.lemma.frames)
        ):
            return "purpose"
        if any(
            f.type == "AGREEMENT" and r.lemma.name != "أطلق"
            for r in line.readings[k]
            for f in r.lemma.frames
        ) and (
            nominal
            and not line.english
            and i - k <= 3
            and kind not in ("AGREEMENT", "COMPETITION", "CASUALTIES")
        ):
            return "expected"
    if line.english and kind == "RELEASE" and form_of(line, trigger) in ("noun", "present"):
        near = [w.text for w in line.words[max(0, i - 2) : i]]
        if near[:1] == ["for"] or near[-1:] == ["for"]:
            return "purpose"
    if line.english:
        before = [w.text for w in line.words[max(0, i - 3) : i]]
        if (
            before[-1:] == ["to"]
            and not set(before[-2:-1]) & _REAL
            and not _driven(line, i)
            and reading.form.kind == "present"
            and reading.form.number == "p"
        ):
            return "purpose"
    elif (
        reading.form.kind == "present" and line.words[i - 1].text == "حتي" and not _as_soon(line)
    ) or (
        reading.prefix == "ل"
        and reading.form.kind == "masdar"
        and (reading.lemma.name != "أطلق" and not _lexical_lam(line, i))
    ):
        return "purpose"
    return "asserted"


def _as_soon(line: Line) -> bool:
    """Whether "hatta" only answers "as soon as" ("ma in ... hatta")."""
    return " ما ان " in marked(line)


def _beaten_off(line: Line, trigger: Trigger) -> bool:
    """Whether what the English noun names was stopped ("drones were shot down", "infiltration attempt")."""
    after = rest(line, trigger)[:5]
    said = " ".join(after)
    return after[:1] in (["attempt"], ["attempts"], ["bid"]) or bool(
        re.search(r"(?:was|were|been|being) (?:shot down|intercepted|foiled|thwarted)", said)
    )


def _binding(line: Line, k: int, trigger: Trigger) -> bool:
    """Whether terms are of an accord: a decree that forbids something is in force."""
    word, kind = line.words[k].text, trigger.frame.type
    if word in _STIPULATED and not {"علي", "ان"} & {w.text for w in line.words[k + 1 : k + 5]}:
        return False
    if word in _SENTENCED and trigger.reading.form.kind == "noun":
        return False
    if kind in ("REVENUE", "CASUALTIES"):
        return False
    return not any(bare(line.words[j].text) & _DECREES for j in range(max(0, k - 4), k))


_STIPULATED = folded("نص نصت ينص تنص")
_SENTENCED = folded("قضى قضت")
_PLEDGES = frozenset({"promise", "pledge", "offer", "vow"})
_DECREES = folded("تعميم تعميما قرار قرارا مرسوم أمر بلاغ تعليمات")
_REAL = frozenset({"used", "began", "begun", "continued", "started", "managed", "forced", "proceeded", "went",
                   "had", "have", "has", "able", "continue", "continues", "led"})  # fmt: skip


def _driven(line: Line, i: int) -> bool:
    """Whether "to" follows what made somebody do it ("pushed dozens of families to leave")."""
    near = range(max(0, i - 9), i - 1)
    return any(_DROVE.match(line.words[k].text) for k in near if line.clause[k] == line.clause[i])


_DROVE = re.compile(
    r"(?:push|forc|prompt|compel|oblig|caus|allow|enabl)(?:s|es|ed|led|ing|e)?$|drove$|driven$|led$"
)


def _passive(line: Line, i: int) -> bool:
    """Whether an English past form is the one that a modal verb governs ("asked to be freed")."""
    same = {r.form.kind for r in line.readings[i]} & {"present", "noun"}
    return bool(same) or bool(
        {w.text for w in line.words[max(0, i - 2) : i]} & {"be", "being", "been"}
    )


def _to_come(line: Line, k: int, i: int) -> bool:
    """Whether a word of the future is one here: not "wa-raha yujannid", not "due to shelling"."""
    word = line.words[k].text
    after = line.words[k + 1] if k + 1 < len(line.words) else line.words[k]
    if word.endswith(("راح", "رح")):
        return not word.startswith("و") and after.text[0] in "يتن"
    if word == "due":
        kinds = {r.form.kind for r in line.readings[min(k + 2, i)]}
        return after.text == "to" and ("present" in kinds or line.words[k + 2].text == "be")
    return True


def _forms(line: Line, k: int) -> frozenset[str]:
    """A word with and without clitics; a final teh marbuta is no pronoun."""
    word = line.words[k]
    return frozenset(c.rest for c in cuts(word.text)) if word.marbuta else bare(word.text)


def _told_that(line: Line, k: int) -> bool:
    """Whether "that" opens what a verb of saying or asking says, and is no relative."""
    return (
        line.words[k].text == "that" and k > 0 and any(r.lemma.duty for r in line.readings[k - 1])
    )


def _aftermath(line: Line, i: int) -> bool:
    """Whether the dead and wounded are of before: buried, mourned, paid."""
    near = range(max(0, i - 5), i)
    if i and line.words[i - 1].text == "لوجود":
        return True
    if i and line.words[i].text.startswith("ال") and bare(line.words[i - 1].text) & _KIN:
        return True
    return (
        any(line.classes[k] & {"salary"} for k in near[-3:])
        or any(r.lemma.name in _MOURNED for k in near for r in line.readings[k])
        or any(bare(line.words[k].text) & _BODIES for k in near)
    )


_KIN = folded("أقارب ذوي ذوو عائلات أهالي أسر وجود")
_MOURNED = frozenset({"ش ي ع 2", "bury", "mourn"})
_BODIES = folded("جثمان جثماني جثامين جثث جنازة تشييع تعازي ذوي funeral funerals bodies")


def _rivalry(line: Line, i: int) -> bool:
    """Whether the taking is only what others quarrel over."""
    return any(
        f.type == "COMPETITION"
        and (
            {"علي", "حول", "بشان", "over", "about", "for"} & {w.text for w in line.words[k:i]}
            or line.words[i].text.startswith("لل")
        )
        and "خلفيه" not in (line.words[i - 1].text, line.words[i - 2].text)
        for k in range(max(0, i - 8), i)
        for r in line.readings[k]
        for f in r.lemma.frames
    )


def _purpose_before(line: Line, i: int) -> bool:
    owing = i > 1 and line.words[i - 2].text in ("owing", "due")
    return i > 0 and line.words[i - 1].text in PURPOSE_EN and not owing


def _governs(line: Line, k: int, i: int) -> bool:
    """Whether no other finite verb stands between a modal verb and the trigger."""
    return not any(
        r.form.kind in ("past",) and r.lemma.frames
        for j in range(k + 1, i)
        if line.english or not (line.words[j - 1].text in PREPOSITIONS or after_trying(line, j))
        for r in line.readings[j]
    )


_LAM = folded("خضع خضعت خضعوا أخضع أخضعت أخضعوا تعرض تعرضت يتعرض تتعرض تعرضها تعرضه أدى أدت نتيجة إضافة نظرا شهد تتعرض ردا يتعرضون "
            "تعرضوا التعرض عرضة تحت ضحية")  # fmt: skip


def _lexical_lam(line: Line, i: int) -> bool:
    """Whether li- belongs to a verb before it ("exposed to shelling")."""
    return any(
        bare(line.words[k].text) & _LAM
        for k in range(max(0, i - 9), i)
        if line.clause[i] - line.clause[k] <= 0
    )
