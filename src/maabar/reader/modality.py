"""Did it happen, is it aimed at, tried, announced, feared, denied; in whose mouth does it stand."""

from __future__ import annotations

import re

from maabar.reader.argument import POPULATION_OF
from maabar.reader.claim import Mention
from maabar.reader.clause import FINITE, NEGATIONS, RELATIVES, Line
from maabar.reader.frame import Trigger
from maabar.reader.governor import DUTIFUL, light_verb, negated
from maabar.reader.hedge import (
    ENDS,
    THAT,
    after_trying,
    form_of,
    hedge,
    marked,
    onward,
)
from maabar.reader.parse import parse
from maabar.reader.preposition import PREPOSITIONS, folded
from maabar.reader.state import State
from maabar.reader.text import fold_plain, fold_word
from maabar.reader.word import bare, cuts
from maabar.reader.wordclass import DET, NOUN, PRONOUN

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
RUMOURED = folded("تداولته تداوله تتداوله تروجه تروج تناقلته روجته أشاعته يشاع أشيع تداولت")
HYPOTHETIC = (("عن", "اي"), ("من", "اي"), ("ان", "لم"))
TRYING = folded("محاولة محاولات محاولا محاولين بمحاولة attempt attempts attempted trying tried bid "
              "effort efforts")  # fmt: skip
STOPPED = folded("تأخر تأخير توقف وقف إيقاف انقطاع عدم تعليق تخفيض إلغاء إنهاء انتهاء تقليص بوقف لوقف "
               "ending halted stopped suspended")  # fmt: skip
STOPPABLE = frozenset(
    {"WITHDRAWAL", "SUPPORT", "RECRUITMENT", "RESTRICT", "STRIKE", "SIEGE", "SMUGGLING_FLOW"}
)
ABSENT = folded("أنباء معلومات تفاصيل تعليق news information reports")
CONFIRMING = folded("صحة التأكد يتأكد تأكيد يؤكد تؤكد يتسن confirmed confirm verified verify")
BLAME = folded("مسؤولية مسؤوليتها مسؤوليته مسؤوليتهم responsibility")
DENYING = folded("لا لم دون بدون غير ولم not no cannot nor none")
DENIED = folded("ننفي نفينا denied denies deny أنكر أنكرت")
DISOWNING = folded("أنكر أنكرت نفى نفت تتبن يتبن denied nobody one")
NEWS = folded(
    "أنباء الأنباء شائعات الشائعات تقارير التقارير صحة أخبار الأخبار reports claims rumours"
)
_WILLING = DUTIFUL | {"agent"}
DUTIES = {"try": "attempted", "plan": "expected", "threat": "expected", "demand": "purpose"}
ACCORDING = folded("بحسب وفق وفقا حسب نقلا according")


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
    if governed == "none" or _supposed(line, trigger) or _unknown(line, trigger):
        return None
    if nominal and not line.english and _disowned(line, i):
        return None
    if governed == "not" or (nominal and _untrue(line, trigger)):
        return "asserted"
    if _idle(line, trigger):
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
    if not line.english and nominal and _yet(line, trigger):
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


_OPENED_IF = fold_plain(r"\^ [وف]?(?:ما لم|إذا|لو|إن لم|في حال|بدون|من دون) ")


def _yet(line: Line, trigger: Trigger) -> bool:
    """Whether what the Arabic noun names is said to come ("new clashes will break out")."""
    near = line.readings[trigger.last : trigger.last + 3]
    return any(r.prefix == "س" and r.lemma.duty in ("none", "passive") for rs in near for r in rs)


def _as_soon(line: Line) -> bool:
    """Whether "hatta" only answers "as soon as" ("ma in ... hatta")."""
    return " ما ان " in marked(line)


def _supposed(line: Line, trigger: Trigger) -> bool:
    """Whether the words after the trigger make it a supposition ("an exit would ...", "... in case")."""
    i, kind = trigger.first, trigger.reading.form.kind
    noun = kind in ("noun", "masdar", "gerund") or (
        line.english and any(r.form.kind == "noun" for r in line.readings[i])
    )
    after = _rest(line, trigger)
    if line.english:
        if noun and re.search(_PURPORTED, onward(line, trigger)):
            return True
        if trigger.frame.type == "STRIKE" and line.words[i].text in ("strike", "strikes"):
            by = after[1:3] if after[:1] == ["by"] else []
            if i and line.words[i - 1].text in (
                "on",
                "hunger",
                "general",
                "shop",
                "labour",
                "teachers",
            ):
                return True
            if any(w in POPULATION_OF or w in _WORKERS for w in by):
                return True
        modal = next((n for n, w in enumerate(after[:6]) if w in ("would", "could", "might")), None)
        if noun and modal is not None and not _spoken(line, i):
            between = line.readings[trigger.last : trigger.last + modal]
            return not any(
                r.form.kind in ("past", "present") for rs in between for r in rs
            ) and not (set(after[:modal]) & RELATIVES)
        near = {w.text for w in line.words[max(0, i - 5) : i] if not w.pause}
        return "would" in near and not _spoken(line, i)
    if noun and after and after[0].startswith(_POSSIBLE):
        return True
    if noun and re.search(_PURPORTED, onward(line, trigger)):
        return True
    if noun and _yet(line, trigger) and re.search(_OPENED_IF, marked(line)):
        return True
    if noun and i and line.words[i - 1].text == "اي":  # "any attack will be met"
        later = line.readings[trigger.last : trigger.last + 7]
        if any(r.prefix == "س" for rs in later for r in rs):
            return True
    return (
        noun
        and bool({"اذا", "شريطه", "بشرط"} & set(after[:7]) or "في حال" in " ".join(after[:8]))
        and (not _promised(line, i))
    )


_PURPORTED = fold_plain(
    r"^(?: \w+){0,7} \| (?:were|should|had|if) (?:it|they|one|this|that|there)\b"
    r"|^(?: \w+){0,7} \| (?:the|its|their|his) (?:stated|declared|official|avowed|professed|ostensible) (?:purpose|aim|goal|reason|pretext|mission)"
    r"|^(?: \w+){0,7} \| (?:لو|إن|إذا) (?:حصل|حدث|تم|وقع|جرى|صح)\w*"
    r"|^(?: \w+){0,7} \| وهو (?:الهدف|السبب|الغرض) (?:ال)?(?:معلن|رسمي)"
)


_POSSIBLE = tuple(map(fold_word, ["محتمل", "وشيك", "مفترض", "مزعوم", "متخيل"]))
_WORKERS = frozenset(["shopkeepers", "workers", "staff", "employees", "merchants", "traders", "nurses", "doctors", "drivers", "students", "bakers"])  # fmt: skip


def _rest(line: Line, trigger: Trigger) -> list[str]:
    """The words after a trigger up to the next pause."""
    found = []
    for word in line.words[trigger.last :]:
        if word.pause:
            break
        found.append(word.text)
    return found


def _spoken(line: Line, i: int) -> bool:
    """Whether somebody said, promised or agreed to it earlier in the sentence."""
    return any(
        r.lemma.duty in ("say", "plan", "threat", "demand")
        or any(f.type in ("AGREEMENT", "MEETING") for f in r.lemma.frames)
        for k in range(i)
        for r in line.readings[k]
    )


def _promised(line: Line, i: int) -> bool:
    return any(
        r.lemma.duty in ("threat", "plan", "demand")
        for k in range(max(0, i - 10), i)
        for r in line.readings[k]
    )


def _around(kinds: str, *patterns: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Words about a trigger, itself in angle brackets, that make of it another thing."""
    body = re.sub(r"~(\d+)", r"(?: \\w+){0,\1}?", "|".join(patterns))
    return frozenset(kinds.split()), re.compile(rf"(?:{fold_plain(body)})(?= )")


IDLE = (
    _around("MOTIVE", r"<\w+> على~1 (?:سؤال\w*|أسئلة|استفسار\w*)", r"<[\w ]+> to (?:\w+ ){0,2}(?:question|questions|query|inquiry)"),
    _around("TAKEOVER", r"<\w*(?:ستلا?م|تسل[مي])\w*>(?: (?!مع )\w+){0,5}? (?:(?:ال)?(?:محصول|محاصيل|قمح|شعير|قطن|حبوب|جثمان|جثامين|جثة|جثث|مساعدات|سلال|بطاقات|معونات|شكاوى|طلبات)|رواتب\w*|مستحقات\w*)"),
    _around("TAKEOVER CONTROL", r"<\w*سيطر\w*>~3 على (?:(?:ال)?(?:موقف|وضع|أوضاع|حريق|حرائق|نيران|غضب|وباء)|أعصاب\w*)",
            r"<(?:control|controlled|took control|taking control)> (?:of )?(?:the )?(?:situation|fire|blaze|flames|crowd|outbreak|traffic)"),
    _around("TAKEOVER CONTROL", r"<\w*[سيت]يطر\w*> (?:ال)?(?:قلق|حزن|خوف|ذعر|هدوء|ترقب|صمت|غضب|هلع|توتر|يأس|إحباط|ارتباك|فوضى)"),
    _around("WITHDRAWAL MOVEMENT", r"<\w+>~4 من (?:ال)?(?:دوري|بطولة|مباراة|انتخابات|سباق|جلسة|اجتماع|قاعة|منافسة|مفاوضات|محادثات)",
            r"<[\w ]+>~2 (?:from|of) (?:the )?(?:race|talks|league|meeting|session|election|elections|contest|room|negotiations)"),
    _around("CASUALTIES", r"<\w*صيب\w*>~3 (?:بالشلل|بالجمود|بالركود|بخيبة|بالذعر|بالإحباط|بالصدمة|بالهلع|بالدهشة)",
            r"<kill\w*> (?:the |their |his |most |much )*(?:barley|wheat|crops?|trees|harvest|trade|time|hopes?)"),
    _around("BASE_ESTABLISHED", r"<\w*فتت?ا?ح\w*>(?: (?!و)\w+){0,6}? (?:دورة|دورات|معرض\w*|مهرجان\w*|بطولة|ندوة|مسابقة|جلسة)",
            r"<open\w*>~2 (?:course|courses|exhibition|fair|festival|tournament|classes)"),
    _around("CASUALTIES", r"(?:شهاد\w+|ورق\w+|وثيق\w+|أحكام|حكما?|عقوب\w+) <\w+>", r"<deaths?> (?:certificates?|sentences?|penalty|threats?)"),
    _around("MOVEMENT WITHDRAWAL", r"<\w+> to (?:work|school|class|classes|normal|normality|calm|their (?:jobs|desks|shops|work|classes|studies|stalls))",
            r"<\w+>~3 إلى (?:العمل|الدوام|عملهم|أعمالهم|مدارسهم|المدارس|الدراسة|مقاعد|محالهم|طبيعت\w+)"),
    _around("AGREEMENT", r"<\w*تعهد\w*>~3 (?:بعدم|بألا|بأن|بال\w+|بترك|بدفع)", r"(?:خروق\w*|خرق|انتهاك\w*)~2 (?:لوقف|لاتفاق) <\w+>"),
    _around("ATTACK", r"<\w*هجوم\w*>~1 (?:لاذع|اعلامي|كلامي|لفظي|شفهي|لغوي)\w*", r"(?:scathing|verbal|blistering|rhetorical|media|stinging) <attacks?>"),
    _around("CLASH COMPETITION", r"<\w*(?:معرك|معارك|حرب|اشتباك|سجال)\w*> (?:انتخابي|قانوني|كلامي|قضائي|دبلوماسي|إعلامي|لفظي)\w*",
            r"<(?:battles?|wars?|clash|clashes)> of (?:words|wills|nerves|ideas|opinions|interests)", r"(?:legal|court|electoral|verbal|election) <\w+>"),
    _around("WITHDRAWAL", r"(?:لا|لم|ما) <[يتن]زال\w*>"),
    _around("AGREEMENT", r"<[\w ]*result[\w ]*> (?:mentioned|reported|known|announced)"),
    _around("RESTRICT", r"(?<!بموجب )(?<!وفق )(?:(?:ال)?(?:قانون|دستور|ميثاق)(?:ه|ها|هم)?|القوانين|الشريعة|الأعراف|الاتفاقيات)~3 <[يت]\w+>",
            r"<[يت]\w+> (?:ال)?(?:قانون|قوانين|دستور|ميثاق|شريعة)(?:ه|ها|هم)?", r"(?:international|humanitarian|the|its|own|islamic) law <(?:bans|forbids|prohibits|bars)>"),
)  # fmt: skip


def _idle(line: Line, trigger: Trigger) -> bool:
    """Whether the words about the trigger make of it no event ("control of the blaze")."""
    patterns = [p for kinds, p in IDLE if trigger.frame.type in kinds]
    if not patterns:
        return False
    words = [f"| {w.text}" if w.pause else w.text for w in line.words]
    first, last = trigger.first, max(trigger.last, trigger.first + 1)
    words[first:last] = ["<" + " ".join(w.text for w in line.words[first:last]) + ">"]
    text = " ".join(words) + " "
    return any(p.search(text) for p in patterns)


def _unknown(line: Line, trigger: Trigger) -> bool:
    """Whether what the noun names is then said to be unknown or unlikely."""
    if trigger.reading.form.kind in FINITE and not line.english:
        return False
    words = " ".join(_rest(line, trigger)[:11])
    if trigger.frame.type == "CASUALTIES" and re.match(_UNKNOWN, words):
        return True
    return bool(re.search(_UNLIKELY, words) or re.search(_MERELY, words))


def _untrue(line: Line, trigger: Trigger) -> bool:
    """Whether what the noun names is then said to be untrue ("... is devoid of truth")."""
    text = marked(line)
    told = re.search(_TOLD, text)
    before = " ".join(w.text for w in line.words[: trigger.first])
    return bool(
        told and re.search(_ALLEGED, f" {before} ") and trigger.last <= _index(text, told.start())
    )


_UNLIKELY = (
    r"^(?:\w+ ){0,3}(?:must|should|can|may|might|is to|are to) be (?:expected|feared|avoided|ruled|averted|prevented)|"
    + r"^(?:\w+ ){0,3}(?:is|was|remains?|seems?|looks|appears)(?: \w+)? (?:unlikely|doubtful|improbable|impossible|inevitable|likely|imminent|possible|probable)"
    r"|^(?:\w+ ){0,5}(?:is|was|remains?) (?:(?:a|the) (?:matter|subject|object) of (?:speculation|conjecture|debate|guesswork)|anyone s guess)"
)
_MERELY = fold_plain(
    r"(?:مجرد|محض) (?:وعد|وعود|حبر|كلام|حلم|أمل|فكرة)|حبرا على ورق|(?:[يت]بدو|بات|باتت|أصبح\w*) (?:وشيك|حتمي|محتمل|وارد|مرجح)\w*"
    r"|remain\w* (?:only |just |no more than )?(?:a|an|the) (?:promise|dream|hope|dead letter|plan|idea|threat|possibility)|remain\w* on paper"
)
_UNKNOWN = fold_plain(
    r"(?:\w+ )?(?:are |is |remain |remains |were )?(?:unknown|not known|undisclosed|unclear|غير معروف\w*|مجهول\w*|لم تعرف|لم تتضح)\b"
)
_TOLD = fold_plain(
    r" (?:devoid of truth|is doubtful|is unlikely|seems unlikely|is untrue|(?:is|was|are|were) (?:false|baseless|unfounded|not true)|"
    r"عار\w* (?:عن|من) الصحة|لا أساس ل\w+|لا صحة ل\w+|غير صحيح\w*|مختلق\w*|ملفق\w*|مفبرك\w*|as (?:invented|fabricated|false|baseless|untrue|lies|nonsense|propaganda|fiction|unfounded)|a (?:lie|fabrication)|محض (?:افتراء|كذب|خيال)|مجرد شائعات|كاذبة) "
)
_ALLEGED = fold_plain(
    r" (?:what|reports?|rumou?rs?|claims?|talk|that|news|story|stories|accounts?|accusations?|allegations?|ما|اتهام\w*|الاتهام\w*|ادعاء\w*|مزاعم|رواية|الأنباء|أنباء|الحديث|الشائعات|شائعات|أخبار|الأخبار|المعلومات) "
)


def _index(text: str, at: int) -> int:
    """Number of the word at an offset of the marked text."""
    return len([w for w in text[: at + 1].split() if w not in "^|"])


def _beaten_off(line: Line, trigger: Trigger) -> bool:
    """Whether what the English noun names was stopped ("drones were shot down", "infiltration attempt")."""
    after = _rest(line, trigger)[:5]
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
    return any(
        line.words[k].text in RUMOURED and not any(w.pause for w in line.words[k + 1 : i + 1])
        for k in range(max(0, i - 7), i)
    )


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
    if news is None or any(w.pause for w in line.words[news + 1 : i + 1]):
        return False
    return any(
        r.lemma.duty == "not" for k in range(max(0, news - 6), news) for r in line.readings[k]
    )


def _doubted(line: Line, i: int) -> bool:
    """Whether the sentence says that this is unconfirmed ("could not be confirmed", "no sign that")."""
    words = [w.text for w in line.words]
    low = max(0, i - 10)
    for k in range(low, i):
        near = set(words[max(0, k - 4) : k])
        forms = bare(words[k])
        apart = [j for j in range(k + 1, i + 1) if line.words[j].pause]
        if forms & CONFIRMING and near & DENYING and not apart:
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


def polarity(line: Line, trigger: Trigger) -> str | None:
    """Positive or negative; None where nothing is said ("no news of casualties")."""
    i = trigger.first
    denied = negated(line, i) and _denies(line, i, trigger.reading.form.kind in FINITE)
    if denied:
        near = [b for k in range(max(0, i - 4), i) for b in bare(line.words[k].text)]
        if set(near) & ABSENT or any(
            r.lemma.duty == "active" and r.lemma.name not in ("م ك ن 5", "ن ج ح", "و ص ل 5")
            for k in range(max(0, i - 4), i)
            for r in line.readings[k]
        ):
            return None
        if trigger.reading.form.kind in ("agent", "patient"):
            return None
    governor = light_verb(line, i)
    nominal = form_of(line, trigger) not in FINITE or line.english
    if governor is not None and governor[1].lemma.name in _RESULTING:
        nominal = nominal and (
            line.english or bool({"عن", "الي"} & {w.text for w in line.words[governor[0] : i]})
        )
    if (
        nominal
        and governor is not None
        and not any(line.words[k].text in ENDS - _EXCEPT for k in range(governor[0], i))
        and governor[1].lemma.duty in ("none", "passive")
        and not denied
    ):
        denied = negated(line, governor[0]) and _denies(line, governor[0])
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
            or (
                refused
                and _refusal(line, k, i)
                and (i - k < 5 or bare(line.words[k].text) & DISOWNING)
            )
        ):
            denied = True
            break
    if trigger.frame.type == "CONDITION" and i and line.words[i - 1].text == "without":
        return "positive"  # "without work": the want itself
    if trigger.frame.type == "AGREEMENT" and trigger.reading.lemma.name.startswith("without"):
        return "negative"
    if trigger.frame.type == "SIEGE" and i and line.words[i - 1].text.lstrip("وبل") in _LIFTED:
        return "negative"
    if line.english and line.words[min(trigger.last, len(line.words) - 1)].text in (
        "none",
        "nobody",
        "nothing",
    ):
        denied = True
    if line.english and _rest(line, trigger)[:2] in (["no", "one"], ["no", "civilians"]):
        denied = True
    if denied and not line.english and {"سوي", "الا"} & set(_rest(line, trigger)[:5]):
        denied = False
    if hedge(line, trigger) == "not" or (nominal and (_failed(line, i) or _untrue(line, trigger))):
        denied = True
    if i and nominal and bare(line.words[i - 1].text) & STOPPED and trigger.frame.type == "CLASH":
        return None
    if (
        i
        and nominal
        and bare(line.words[i - 1].text) & (STOPPED - NEGATIONS)
        and trigger.frame.type in STOPPABLE
    ):
        denied = not denied or trigger.frame.negative
        return "negative" if denied else "positive"
    return "negative" if denied != trigger.frame.negative else "positive"


_LIFTED = folded("فك رفع كسر إنهاء إزالة")


def _verbal(line: Line, k: int) -> bool:
    """Whether an Arabic word after a negation is its verb, known or not."""
    return not line.english and (
        line.words[k].text[0] in "يت" or bool({r.form.kind for r in line.readings[k]} & FINITE)
    )


_RESULTING = frozenset({"س ف ر 4", "أ د ي 2", "ن ج م"})


def _refusal(line: Line, k: int, i: int) -> bool:
    """Whether an English refusal is of the trigger itself ("refused to leave", not "who refused to pay were held")."""
    if not line.english:
        return True
    apart = any(line.words[j].text in RELATIVES - THAT for j in range(k + 1, i))
    return not apart and (line.words[k + 1].text != "to" or i - k <= 3)


def _denies(line: Line, i: int, finite: bool = False) -> bool:
    """Whether the negation before word i denies: not "still", "no less than", nor before "despite"."""
    for k in range(i - 1, max(-1, i - 5), -1):
        word = line.words[k].text
        if word in ENDS and word not in _EXCEPT:
            return False
        if word in NEGATIONS or word[1:] in NEGATIONS:
            after = line.words[k + 1].text
            other = k + 1 < i and finite and _verbal(line, k + 1)
            told = any(line.words[j].text in THAT for j in range(k + 1, i))
            if word == "without" and finite and i - k > 2:
                return False  # "without proof the militia held him"
            if after in ("يكن", "تكن") and k + 2 == i:
                return False  # "the change was no whim": the change itself is told
            return after not in _STILL and (told or not other)
    return True


_EXCEPT = folded("غير إلا في as before")
_STILL = folded("يزال تزال يزالون يزل تزل يقل تقل سيما بد شك يزالوا زال زالت")


def _failed(line: Line, i: int) -> bool:
    """Whether what the noun names is then said not to have come about ("the handover did not")."""
    after = [w.text for w in line.words[i + 1 : i + 13]]
    stop = next((n for n, w in enumerate(line.words[i + 1 : i + 13]) if w.pause), len(after))
    after = after[:stop]
    for n, word in enumerate(after[:-1]):
        if word in _NOT_YET and after[n + 1] in _COME_ABOUT and n < 4:
            return not any(w in RELATIVES for w in after[:n])
    said = " ".join(after)
    return bool(
        re.search(
            r"^(?:(?!who |which |that |and |but )\w+ ){0,9}(?:did not|never|has not|had not) (?:take|taken|took|happen|materiali[sz]e|go ahead|occur|come about|be carried out|carried out|implemented|come|chang|ris)"
            r"|^(?:\w+ ){0,4}(?:was|were|been) (?:never |later |then )?(?:cancelled|canceled|suspended|shelved|aborted|averted|postponed|called off|scrapped|rejected|put off)",
            said,
        )
    )


_NOT_YET = folded("لم ولم لن")
_COME_ABOUT = folded("يتم تتم يحصل تحصل يحدث تحدث يقع تقع يجر تجر ينفذ تنفذ يتحقق تتحقق")


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
    if _bygone(line, trigger):
        return "presupposed"
    return "explicit"


_LONG_AGO = fold_plain(
    r"^(?: \w+){0,4} (?:سابقا|في السابق|(?:قبل|منذ)(?: \w+)? (?:سنوات|أعوام|عام|عامين|سنة|سنتين|عقود|عقد|عقدين)"
    r"|previously|(?:years|decades|a year|months) (?:ago|before|earlier))(?= |$)"
)


def _bygone(line: Line, trigger: Trigger) -> bool:
    """Whether a relative clause tells of it as long past ("houses it had seized years before")."""
    i = trigger.first
    if trigger.frame.type == "FOUNDING":
        return False
    if trigger.reading.form.kind not in ("past", "participle") or trigger.reading.conjunction:
        return False
    bound = _relative(line, i)
    if not bound and not line.english and i and not line.words[i].pause:
        before = line.readings[i - 1]
        named = line.covered[i - 1] is not None or line.words[i - 1].text.startswith("ال")
        bound = not named and i > 1 and line.words[i - 2].text in PREPOSITIONS
        bound = bound and not any(r.form.kind in FINITE for r in before)
    return bound and bool(re.search(_LONG_AGO, onward(line, trigger)))


def _relative(line: Line, i: int) -> bool:
    return any(
        line.words[k].text in _RELATIVE
        for k in range(max(0, i - 3), i)
        if line.clause[k] == line.clause[i] or i - k == 1
    )


_RELATIVE = folded("الذي التي الذين والتي والذي which who that where حيث")


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
