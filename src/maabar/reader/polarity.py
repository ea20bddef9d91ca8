"""Whether it is told as done or as not done: negations, denials, what failed or stopped."""

from __future__ import annotations

import re

from maabar.reader.clause import FINITE, NEGATIONS, RELATIVES, Line
from maabar.reader.context import ENDS, THAT, remark_between, rest, told_between
from maabar.reader.doubt import DISOWNING, untrue
from maabar.reader.form import form_of
from maabar.reader.frame import Trigger
from maabar.reader.governor import light_verb, negated
from maabar.reader.hedge import hedge
from maabar.reader.parse import parse
from maabar.reader.preposition import folded
from maabar.reader.rumour import DENIED, rumoured
from maabar.reader.word import bare


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
    reach = 14 if rumoured(line, i) else 9
    for k in range(i - 1, max(-1, i - reach), -1):
        if line.clause[k] < line.clause[i] and not (
            told_between(line, k, i) or remark_between(line, k, i)
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
            or (refused and rumoured(line, i))
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
    if line.english and rest(line, trigger)[:2] in (["no", "one"], ["no", "civilians"]):
        denied = True
    if denied and not line.english and {"سوي", "الا"} & set(rest(line, trigger)[:5]):
        denied = False
    if hedge(line, trigger) == "not" or (nominal and (_failed(line, i) or untrue(line, trigger))):
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


ABSENT = folded("أنباء معلومات تفاصيل تعليق news information reports")
STOPPED = folded("تأخر تأخير توقف وقف إيقاف انقطاع عدم تعليق تخفيض إلغاء إنهاء انتهاء تقليص بوقف لوقف "
               "ending halted stopped suspended")  # fmt: skip
STOPPABLE = frozenset(
    {"WITHDRAWAL", "SUPPORT", "RECRUITMENT", "RESTRICT", "STRIKE", "SIEGE", "SMUGGLING_FLOW"}
)


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
