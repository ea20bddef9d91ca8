"""Did it happen, is it aimed at, tried, announced, feared, denied; in whose mouth does it stand."""

from __future__ import annotations

from maabar.reader.argument import DUTIFUL, State, light_verb, negated
from maabar.reader.claim import Mention
from maabar.reader.clause import RELATIVES, Line
from maabar.reader.frame import Trigger
from maabar.reader.parse import parse
from maabar.reader.text import fold_word
from maabar.reader.word import bare, cuts
from maabar.reader.wordclass import DET, NOUN, PRONOUN


def _set(text: str) -> frozenset[str]:
    return frozenset(map(fold_word, text.split()))


PURPOSE = _set("بهدف بغية بغرض كي لكي هدفه هدفها الهدف تهدف يهدف سعيا لمناقشة بقصد مشروع خطة خطط")
PURPOSE_EN = frozenset({"to", "order", "aimed", "aiming", "meant"})
FEARED = _set("خوفا خشية تحسبا تخوفا مخاوف تخوف تتخوف يتخوف تجنبا خوف تفاديا وخشية لتجنب لتفادي قلق هلع منعا كاد كادت كادوا تكاد أوشك أوشكت "
              "تحذيرات احتمال احتمالية احتمالات شائعات إشاعات أشيع ترددت يخشى يخشون تخشى أوهم يتخوفون "
              "possible possibility rumours rumors feared may might could whether fearing_ "
              "fearing fear fears deter avoid avert prevent_")  # fmt: skip
CHARGED = _set("بتهمة بتهم تهمة تهم بشبهة بدعوى شبهة يشتبه اتهامات suspected accused charges charge "
               "suspicion")  # fmt: skip
CONDITIONAL = _set("إذا لو حال شرط بشرط إن_ شريطة if unless condition")
BEHIND = _set("خلف وراء")
STANDING = _set("وقوف الوقوف ضلوع")
"""Being behind an event is said of one told before."""
IF = _set("إذا لو حال وإذا ولو فإذا if")
TRADED = _set("لقاء مقابل")
EXPECTED = _set(
    "راح رح سوف قريبا المقبل المقبلة القادم القادمة_ المقرر المتوقع المرتقب المرتقبة المزمع will would shall expected due"
)
TERMS = _set("يقضي تقضي قضى قضت ينص تنص نص نصت يقضيان بموجبه بموجبها تضمن يتضمن تضمنت تشترط يشترط")
UNDER = _set("بموجبه بموجبها")
RUMOURED = _set("تداولته تداوله تتداوله تروجه تروج تناقلته روجته أشاعته يشاع أشيع تداولت")
HYPOTHETIC = (("عن", "اي"), ("من", "اي"), ("ان", "لم"))
TRYING = _set("محاولة محاولات محاولا محاولين بمحاولة attempt attempts attempted trying tried bid "
              "effort efforts")  # fmt: skip
THAT = _set("أن بأن أنه أنها إن that بأنها بأنه")
STOPPED = _set("تأخر تأخير توقف وقف إيقاف انقطاع عدم تعليق تخفيض إلغاء إنهاء انتهاء تقليص بوقف لوقف "
               "ending halted stopped suspended")  # fmt: skip
STOPPABLE = frozenset({"SUPPORT", "RECRUITMENT", "RESTRICT", "STRIKE", "SIEGE", "SMUGGLING_FLOW"})
ABSENT = _set("أنباء معلومات تفاصيل أي تعليق news information reports")
CONFIRMING = _set("صحة التأكد يتأكد تأكيد يؤكد تؤكد يتسن confirmed confirm verified verify")
BLAME = _set("مسؤولية مسؤوليتها مسؤوليته مسؤوليتهم responsibility")
DENYING = _set("لا لم دون بدون غير ولم not no cannot nor none")
DENIED = _set("ننفي نفينا denied denies deny أنكر أنكرت")
DISOWNING = _set("أنكر أنكرت نفى نفت تتبن يتبن denied nobody one")
FINITE = frozenset({"past", "present"})
NEWS = _set(
    "أنباء الأنباء شائعات الشائعات تقارير التقارير صحة أخبار الأخبار reports claims rumours"
)
_WILLING = DUTIFUL | {"agent"}
DUTIES = {"try": "attempted", "plan": "expected", "threat": "expected", "demand": "purpose"}
ACCORDING = _set("بحسب وفق وفقا حسب نقلا according")
STATIVE = frozenset({"CONTROL", "PRESENCE", "AFFILIATION", "COMPOSITION", "LEADERSHIP", "ASSESSMENT",
                     "MOTIVE", "CONDITION"})  # fmt: skip


def modality(line: Line, trigger: Trigger) -> str | None:
    """Modality of a trigger; None where it must not become a claim (feared, charged, if)."""
    i = trigger.first
    reading = trigger.reading
    kind = trigger.frame.type
    nominal = reading.form.kind in ("masdar", "noun", "gerund") or line.english
    for k in range(i - 1, max(-1, i - 9), -1):
        if line.clause[k] < line.clause[i] - (1 if i - k < 4 else 0):
            break
        word = line.words[k].text
        forms = _forms(line, k)
        if word in RELATIVES:
            break
        if forms & FEARED and kind != "MOTIVE":
            return None
        if forms & CHARGED and line.clause[k] == line.clause[i]:
            return None
        if nominal and i - k <= 4 and word in BEHIND and bare(line.words[k - 1].text) & STANDING:
            return None
        if i - k <= 6 and forms & CONDITIONAL:
            return None
        if (
            forms & TRADED
            and nominal
            and i - k <= 2
            and (kind == "RELEASE" or (kind != "REVENUE" and "لقا" in forms))
        ):
            return None
    if _doubted(line, i) or (line.english and _unreal(line, i)):
        return None
    if (
        kind == "CASUALTIES"
        and reading.form.kind in ("noun", "masdar", "patient")
        and _aftermath(line, i)
    ):
        return None
    if nominal and _disowned(line, i):
        return None
    if i > 1 and (line.words[i - 2].text, line.words[i - 1].text) in HYPOTHETIC:
        return None
    if nominal and _rumoured(line, i) and not _refuted(line, i):
        return None
    if kind == "TAKEOVER" and nominal and _rivalry(line, i):
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
    crossed = 0
    for k in range(i - 1, max(-1, i - 9), -1):
        if line.clause[k] < line.clause[k + 1]:
            crossed += 1 if line.words[k + 1].text in THAT else 9
        word = line.words[k].text
        if crossed > 1 or (word in RELATIVES and not _told_that(line, k)):
            break
        forms = _forms(line, k)
        if forms & TRYING:
            return "attempted"
        if (forms & PURPOSE or word in TERMS) and nominal:
            return "purpose"
        if forms & EXPECTED and i - k <= 3:
            return "expected"
        for other in line.readings[k]:
            duty = other.lemma.duty if other.form.kind in _WILLING else ""
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
                if duty == "plan" and line.words[k].text.startswith("ل"):
                    continue
                return DUTIES[duty]
        if (
            kind in ("RECRUITMENT", "TAKEOVER", "CONTROL")
            and nominal
            and i - k <= 8
            and any(f.type == "COMPETITION" for r in line.readings[k] for f in r.lemma.frames)
        ):
            return "purpose"
        if any(f.type == "AGREEMENT" for r in line.readings[k] for f in r.lemma.frames) and (
            nominal
            and not line.english
            and i - k <= 3
            and kind not in ("AGREEMENT", "COMPETITION", "CASUALTIES")
        ):
            return "purpose"
    if line.english:
        before = [w.text for w in line.words[max(0, i - 3) : i]]
        if before[-1:] == ["to"] and reading.form.kind == "present" and reading.form.number == "p":
            return "purpose"
    elif reading.prefix == "ل" and reading.form.kind == "masdar" and not _lexical_lam(line, i):
        return "purpose"
    return "asserted"


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
    if i and line.words[i].text.startswith("ال") and bare(line.words[i - 1].text) & _KIN:
        return True
    return (
        any(line.classes[k] & {"salary"} for k in near[-3:])
        or any(r.lemma.name in _MOURNED for k in near for r in line.readings[k])
        or any(bare(line.words[k].text) & _BODIES for k in near)
    )


_KIN = _set("أقارب ذوي ذوو عائلات أهالي أسر وجود")
_MOURNED = frozenset({"ش ي ع 2", "bury", "mourn"})
_BODIES = _set("جثمان جثماني جثامين جثث جنازة تشييع تعازي ذوي funeral funerals bodies")


def _unreal(line: Line, i: int) -> bool:
    """Whether the clause tells what would have been ("had the crossings been shut, ...")."""
    words = [w.text for w in line.words]
    opened = next((k for k in range(i, -1, -1) if k == 0 or line.words[k].pause), 0)
    following = parse(line).tags[opened + 1 : opened + 2]
    if words[opened] in ("had", "should") and following and following[0] in (NOUN, DET, PRONOUN):
        return True
    return any(
        words[k : k + 2] in (["before", "a"], ["before", "any"]) for k in range(max(0, i - 6), i)
    )


def _rumoured(line: Line, i: int) -> bool:
    """Whether the noun is what others spread ("what pages circulated about a retreat")."""
    return any(line.words[k].text in RUMOURED for k in range(max(0, i - 7), i))


def _refuted(line: Line, i: int) -> bool:
    """Whether the sentence says that what is spread is not so."""
    return any(
        line.words[k].text in DENIED or any(r.lemma.duty == "not" for r in line.readings[k])
        for k in range(max(0, i - 14), i)
    )


def _disowned(line: Line, i: int) -> bool:
    """Whether the noun is what rumours say and someone denies ("denied the news of a retreat")."""
    news = next((k for k in range(i - 1, max(-1, i - 6), -1)
                 if bare(line.words[k].text) & NEWS), None)  # fmt: skip
    return news is not None and any(
        r.lemma.duty == "not" for k in range(max(0, news - 6), news) for r in line.readings[k]
    )


def _doubted(line: Line, i: int) -> bool:
    """Whether the sentence says that this is unconfirmed ("could not be confirmed", "no sign that")."""
    words = [w.text for w in line.words]
    low = max(0, i - 10)
    for k in range(low, i):
        near = set(words[max(0, k - 4) : k])
        forms = bare(words[k])
        if forms & CONFIRMING and near & DENYING:
            return True
        if words[k] in ("sign", "evidence", "indication") and "no" in near:
            return True
        if forms & BLAME and i - k <= 4 and set(words[max(0, k - 8) : k]) & (DENYING | DISOWNING):
            return True
        fears = any(r.lemma.duty == "fear" and r.form.kind in FINITE for r in line.readings[k])
        if (fears or words[k] in ("fear", "fears", "feared")) and _that_between(line, k, i):
            return True
    later = set(words[i + 1 :])
    if later & {"baseless", "unfounded", "false"} and {
        "rumours",
        "rumors",
        "claims",
        "reports",
    } & set(words[:i]):
        return True
    return bool({"confirmed", "verified"} & later and {"not", "cannot"} & later) and bool(
        set(words[low:i]) & {"rumours", "rumors", "reports", "claims", "claim"}
    )


def _that_between(line: Line, k: int, i: int) -> bool:
    """Whether the one clause break between two words is "that"."""
    breaks = [j for j in range(k + 1, i + 1) if line.clause[j] != line.clause[j - 1]]
    return len(breaks) <= 1 and any(line.words[j].text in THAT for j in range(k + 1, i))


def _parenthesis(line: Line, k: int, i: int) -> bool:
    """Whether only a remark on the source, between commas, parts two words."""
    breaks = [j for j in range(k + 1, i + 1) if line.clause[j] != line.clause[j - 1]]
    return (
        len(breaks) == 2
        and all(line.words[j].pause for j in breaks)
        and bool(bare(line.words[breaks[0]].text) & ACCORDING)
    )


def _rivalry(line: Line, i: int) -> bool:
    """Whether the taking is only what others quarrel over."""
    return any(
        f.type == "COMPETITION"
        for k in range(max(0, i - 8), i)
        for r in line.readings[k]
        for f in r.lemma.frames
    )


def _purpose_before(line: Line, i: int) -> bool:
    return i > 0 and line.words[i - 1].text in PURPOSE_EN


def _governs(line: Line, k: int, i: int) -> bool:
    """Whether no other finite verb stands between a modal verb and the trigger."""
    return not any(
        r.form.kind in ("past",) and r.lemma.frames
        for j in range(k + 1, i)
        for r in line.readings[j]
    )


_LAM = _set("تعرض تعرضت يتعرض تتعرض تعرضها تعرضه أدى أدت نتيجة إضافة نظرا شهد تتعرض ردا يتعرضون "
            "تعرضوا التعرض عرضة تحت ضحية")  # fmt: skip


def _lexical_lam(line: Line, i: int) -> bool:
    """Whether li- belongs to a verb before it ("exposed to shelling")."""
    return any(
        bare(line.words[k].text) & _LAM
        for k in range(max(0, i - 9), i)
        if line.clause[i] - line.clause[k] <= 0
    )


def polarity(line: Line, trigger: Trigger) -> str | None:
    """Positive or negative; None where nothing is said ("no news of casualties")."""
    i = trigger.first
    denied = negated(line, i)
    if denied:
        near = [b for k in range(max(0, i - 4), i) for b in bare(line.words[k].text)]
        if set(near) & ABSENT or any(
            r.lemma.duty == "active" and r.lemma.name not in ("م ك ن 5", "ن ج ح")
            for k in range(max(0, i - 4), i)
            for r in line.readings[k]
        ):
            return None
        if trigger.reading.form.kind in ("agent", "patient"):
            return None
    governor = light_verb(line, i)
    if governor is not None and governor[1].lemma.duty in ("none", "passive") and not denied:
        denied = negated(line, governor[0])
    reach = 14 if _rumoured(line, i) else 9
    for k in range(i - 1, max(-1, i - reach), -1):
        if line.clause[k] < line.clause[i] and not (
            _that_between(line, k, i) or _parenthesis(line, k, i)
        ):
            break
        told = any(line.words[j].text in THAT for j in range(k + 1, i))
        if line.english:
            own = parse(line).predicates.get(i)
            apart = own is not None and own.kind == "finite" and not told
        else:
            apart = trigger.reading.form.kind in FINITE and not told
        refused = not apart and any(r.lemma.duty == "not" for r in line.readings[k])
        if (
            (line.words[k].text in DENIED and not (line.english and apart))
            or (refused and _rumoured(line, i))
            or (refused and (i - k < 5 or bare(line.words[k].text) & DISOWNING))
        ):
            denied = True
            break
    nominal = line.english or trigger.reading.form.kind not in FINITE
    if i and nominal and bare(line.words[i - 1].text) & STOPPED and trigger.frame.type == "CLASH":
        return None
    if i and nominal and bare(line.words[i - 1].text) & STOPPED and trigger.frame.type in STOPPABLE:
        denied = not denied
    return "negative" if denied != trigger.frame.negative else "positive"


def tier(line: Line, trigger: Trigger) -> str:
    """Explicit, or presupposed by a noun phrase or a relative clause."""
    kind, reading = trigger.frame.type, trigger.reading
    if kind == "CONTROL" and (
        reading.form.kind in ("masdar", "agent") or _relative(line, trigger.first)
    ):
        return "presupposed"
    if kind in ("PRESENCE", "AFFILIATION") and reading.form.kind in ("agent", "patient", "noun"):
        article = reading.article or line.words[trigger.first].text.startswith("ال")
        return "presupposed" if article or kind == "AFFILIATION" else "explicit"
    if kind == "AFFILIATION" and reading.form.kind == "present" and reading.lemma.name == "تبع":
        return "presupposed"
    if kind in ("PRESENCE", "CONTROL", "AFFILIATION") and _relative(line, trigger.first):
        return "presupposed"
    if kind == "CONTROL" and line.english and reading.form.kind in ("past", "participle", "noun"):
        return "presupposed"
    if kind == "LEADERSHIP" and reading.form.kind == "noun":
        return "presupposed"
    return "explicit"


def _relative(line: Line, i: int) -> bool:
    return any(
        line.words[k].text in _RELATIVE
        for k in range(max(0, i - 3), i)
        if line.clause[k] == line.clause[i] or i - k == 1
    )


_RELATIVE = _set("الذي التي الذين والتي والذي which who that where حيث")


def attribution(line: Line, state: State) -> str:
    """Who is made to say the sentence: a source or party, else the narrator."""
    speaker = _speaker(line)
    if speaker:
        return speaker
    first = line.words[0].text
    if (
        first.startswith("و")
        and any(r.lemma.duty == "say" for r in line.readings[0])
        and (state.attribution != "narrator")
    ):
        return state.attribution
    return "narrator"


def _speaker(line: Line) -> str:
    for mention in line.mentions:
        first = next((i for i, m in enumerate(line.covered) if m is mention), 0)
        last = max((i for i, m in enumerate(line.covered) if m is mention), default=0)
        near = range(max(0, first - 3), first)
        after = range(last + 1, min(len(line.words), last + 4))
        said = any(r.lemma.duty == "say" for k in (*near, *after) for r in line.readings[k])
        by = any(bare(line.words[k].text) & ACCORDING for k in near)
        if mention.subkind == "source" and (said or by):
            return mention.id
        if mention.kind == "actor" and (by or (said and _speaks(line, mention, first, last))):
            return mention.id
    return ""


def _speaks(line: Line, mention: Mention, first: int, last: int) -> bool:
    if line.english:
        return any(line.words[k].text in ("said", "says", "claimed", "announced", "told", "reported")
                   for k in range(last + 1, min(len(line.words), last + 3)))  # fmt: skip
    return (
        first <= 2
        and any(r.lemma.duty == "say" for k in range(first) for r in line.readings[k])
        and not mention.zone
    )
