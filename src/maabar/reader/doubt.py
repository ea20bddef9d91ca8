"""Doubt: what is unconfirmed, unknown, unlikely or untrue."""

from __future__ import annotations

import re

from maabar.reader.clause import FINITE, Line
from maabar.reader.context import marked, rest, told_between
from maabar.reader.frame import Trigger
from maabar.reader.preposition import folded
from maabar.reader.text import fold_plain
from maabar.reader.word import bare

CONFIRMING = folded("صحة التأكد يتأكد تأكيد يؤكد تؤكد يتسن confirmed confirm verified verify")
BLAME = folded("مسؤولية مسؤوليتها مسؤوليته مسؤوليتهم responsibility")
DENYING = folded("لا لم دون بدون غير ولم not no cannot nor none")
DISOWNING = folded("أنكر أنكرت نفى نفت تتبن يتبن denied nobody one")


def doubted(line: Line, i: int) -> bool:
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
        if (fears or words[k] in ("fear", "fears", "feared")) and told_between(line, k, i):
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


def unknown(line: Line, trigger: Trigger) -> bool:
    """Whether what the noun names is then said to be unknown or unlikely."""
    if trigger.reading.form.kind in FINITE and not line.english:
        return False
    words = " ".join(rest(line, trigger)[:11])
    if trigger.frame.type == "CASUALTIES" and re.match(_UNKNOWN, words):
        return True
    return bool(re.search(_UNLIKELY, words) or re.search(_MERELY, words))


def untrue(line: Line, trigger: Trigger) -> bool:
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
