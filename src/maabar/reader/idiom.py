"""Idioms: words about a trigger that make of it no event ("control of the blaze")."""

from __future__ import annotations

import re

from maabar.reader.clause import Line
from maabar.reader.frame import Trigger
from maabar.reader.text import fold_plain


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


def idle(line: Line, trigger: Trigger) -> bool:
    """Whether the words about the trigger make of it no event ("control of the blaze")."""
    patterns = [p for kinds, p in IDLE if trigger.frame.type in kinds]
    if not patterns:
        return False
    words = [f"| {w.text}" if w.pause else w.text for w in line.words]
    first, last = trigger.first, max(trigger.last, trigger.first + 1)
    words[first:last] = ["<" + " ".join(w.text for w in line.words[first:last]) + ">"]
    text = " ".join(words) + " "
    return any(p.search(text) for p in patterns)
