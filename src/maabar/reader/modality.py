"""Did it happen, is it aimed at, tried, announced, feared, denied; in whose mouth does it stand."""

from __future__ import annotations

import re
from functools import lru_cache

from maabar.reader.argument import DUTIFUL, POPULATION_OF, State, light_verb, negated
from maabar.reader.claim import Mention
from maabar.reader.clause import NEGATIONS, RELATIVES, Line
from maabar.reader.frame import Trigger
from maabar.reader.parse import parse
from maabar.reader.preposition import PREPOSITIONS
from maabar.reader.text import fold_plain, fold_word
from maabar.reader.word import bare, cuts
from maabar.reader.wordclass import DET, NOUN, PRONOUN


def _set(text: str) -> frozenset[str]:
    return frozenset(map(fold_word, text.split()))


PURPOSE = _set("بهدف بغية بغرض كي لكي هدفه هدفها الهدف تهدف يهدف سعيا لمناقشة بقصد مشروع خطة خطط")
PURPOSE_EN = frozenset({"to", "order", "aimed", "aiming", "meant"})
BEHIND = _set("خلف وراء")
STANDING = _set("وقوف الوقوف ضلوع")
"""Being behind an event is said of one told before."""
IF = _set("إذا لو حال وإذا ولو فإذا if")
TRADED = _set("لقاء مقابل")
EXPECTED = _set(
    "راح رح سوف قريبا المقبل المقبلة القادم القادمة_ المقرر المتوقع المرتقب المرتقبة المزمع will would shall expected due"
)
TERMS = _set(
    "يقضي تقضي قضى قضت ينص تنص نص نصت يقضيان بموجبه بموجبها تضمن يتضمن تتضمن تضمنت تشترط يشترط"
)
UNDER = _set("بموجبه بموجبها")
RUMOURED = _set("تداولته تداوله تتداوله تروجه تروج تناقلته روجته أشاعته يشاع أشيع تداولت")
HYPOTHETIC = (("عن", "اي"), ("من", "اي"), ("ان", "لم"))
TRYING = _set("محاولة محاولات محاولا محاولين بمحاولة attempt attempts attempted trying tried bid "
              "effort efforts")  # fmt: skip
THAT = _set("أن بأن أنه أنها إن that بأنها بأنه")
STOPPED = _set("تأخر تأخير توقف وقف إيقاف انقطاع عدم تعليق تخفيض إلغاء إنهاء انتهاء تقليص بوقف لوقف "
               "ending halted stopped suspended")  # fmt: skip
STOPPABLE = frozenset(
    {"WITHDRAWAL", "SUPPORT", "RECRUITMENT", "RESTRICT", "STRIKE", "SIEGE", "SMUGGLING_FLOW"}
)
ABSENT = _set("أنباء معلومات تفاصيل تعليق news information reports")
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


def _rule(effect: str, reach: str, *patterns: str) -> tuple[re.Pattern[str], str, str]:
    """A way of saying that something did not (yet) happen; "~3" stands for up to three words."""
    body = "|".join(patterns)
    body = re.sub(r"≈(\d+)", r"(?: [\\w|]+){0,\1}?", body)  # may cross a pause
    body = re.sub(r"~(\d+)", r"(?: \\w+){0,\1}?", body)
    return re.compile(rf"(?<= )[وف]?(?:{fold_plain(body)})(?:(?= )|(?<= ))"), effect, reach


# The reach of a rule: "noun", phrases joined to what follows; "clause", also its verbs; "both",
# phrases and verbs in the present; a number, so many words.
HEDGES = (
    # Arabic: fear, warning, possibility
    _rule("none", "both",
          r"(?:ل|ب|ال)?(?:خوفا|خشية|تحسبا|مخاوف\w*|تخوف\w*|تخوفات|هواجس|توجس\w*)", r"(?:ال)?(?:قلق|خوف|هلع|ذعر|رعب|ترقب|هاجس)(?:ه|ها|هم|نا)?~4 (?:من|إزاء|حيال|بشأن|على|أن)", r"[يت]قلق\w*~4 أن|هاجس|كابوس|قلقا|قلقون|قلقين|قلقة",
          r"(?:ب?[يتن])(?:خشى|خشون|خاف|خافون|خافوا|تخوف|تخوفون|توجس|توجسون|تحسب)",
          r"(?:خائف|خايف|متخوف|متوجس|متحسب)(?:ا|ة|ين|ون|ات)?", r"خشي|خشيت|خشوا|خافوا?",
          r"(?:حذر|حذرت|حذروا|[يتن]حذر|يحذرون|محذرا|محذرين|محذرة|التحذير|تحذير|تحذيرات|أنذر|أنذرت)≈7 (?:من|أن|بأن)",
          r"(?:ل|ب|ال)?(?:احتمال\w*|إمكانية|تكهنات|التكهنات)", r"(?:[يت])ستبعد\w*|استبعد\w*|مستبعد\w*|استبعاد",
          r"(?:من )?(?:المحتمل|الممكن|الوارد|غير المستبعد|المستبعد)", r"[يت]حتمل|يمكن|من شأن\w*|ربما|لعل\w*",
          r"كاد|كادت|كادوا|[يت]كاد|[يت]كادون|أوشك\w*|على وشك", r"لولا"),
    _rule("if", "8", r"(?:إذا|لو)(?: ما)?"),
    _rule("maybe", "both", "قد(?: لا)?"),
    _rule("none", "clause", r"كي لا|لكي لا|كيلا|حتى لا|خوفا من أن|مخافة أن", ), _rule("whoever", "clause", r"(?<=\^ )من"),
    _rule("none", "2", r"(?:بدل|بدلا من|عوضا عن)"),
    _rule("none", "6", r"وإلا(?= \w*[تاو] )", r"(?:معاقبة|محاسبة|ملاحقة|بحق|على|كل) من(?= [يت])"),
    _rule("none", "noun", r"(?:ترجيحات|تكهنات|تقديرات|تخمينات)~1 (?=ب\w)", r"(?:[يت]حاكي|محاكاة|[يت]?تدرب\w* على|التدرب على|[يت]حرض\w* على|التحريض على|تحريض على)"),
    _rule("none", "both", r"(?:لا|لم|دون|ليس\w*|غياب|ما من)~3 (?:دليل|أدلة|مؤشر\w*|دلائل|[يت]ثبت)~3 (?:على|إلى|أن)(?: أن)?"),
    _rule("hope", "both", r"(?:أمل|أملها|أمله|أملهم|الأمل|آمال|آملا|آملين|آملة|[يت]أمل|يأملون|[يت]تمنى|تمنى\w*)~3 (?:في|ب\w*|أن)(?: أن)?"),
    _rule("fightless", "3", r"دون (?!أن|وقوع|تسجيل|حدوث|سقوط)"),
    _rule("topic", "2", r"(?:بشأن|حول|بخصوص|لبحث|لمناقشة|مناقشة|تناول\w*|ملف|ملفات|موضوع|قضية|مسألة)"),
    _rule("topic", "3", r"(?:السؤال|سؤال|سؤالا|أسئلة|الأسئلة|تساؤلات|التساؤلات|التساؤل)~2 (?:عن|حول|بشأن)"),
    _rule("none", "noun", r"(?:لن|لم|لا) [يت]سمح\w*", r"(?:لا|لم) [يت]ريد\w*", r"(?:دون|لم|لا)~2 (?:الإشارة|[يت]شر|[يت]شير|ذكر|[يت]ذكر|[يت]أت على ذكر)"),
    _rule("not", "3", r"[بل]عدم"),
    _rule("news", "both", r"(?:ال)?(?:أنباء|أخبار)~3 (?:عن|حول|بشأن)"),
    # conditions, ends not reached
    _rule("none", "clause", r"(?:ما إذا|فيما إذا|عما إذا|إلا إذا|في حال|شرط|بشرط|شريطة|مهما)(?: ما)?",
          r"(?<!هو )(?<!الأمر )(?:ما لم|إن لم)", r"إلى حين|لحين|ريثما", "هل", "من أن"),
    _rule("none", "noun", r"[لب]?(?:تفادي|تجنب|تلافي|تفاديا|تجنبا|تلافيا|الحيلولة دون|حؤول دون)\w*", "منعا ل\\w+|درءا ل\\w+",
          r"للحيلولة دون|[يت]?حالت? ?دون|يحول دون|تحول دون"),
    _rule("none", "1", r"(?:ل|ال)?مكافحة|محاربة|لمحاربة|لردع|ردع"),
    _rule("barred", "5", r"(?:ل|ب|و)?(?:منع\w*|[يت]منع\w*|حظر\w*|[يت]حظر\w*|تحريم|تحظير)"),
    # what nobody knows or confirms
    _rule("none", "both",
          r"(?:لم|لن|لا|تعذر|يتعذر|دون|عدم|يصعب|ما|من دون)~7 (?:التحقق|التأكد|التثبت|تأكيد|[يتن]ؤكد\w*|[يتن]تأكد\w*|[يتن]تحقق\w*|[يتن]تثبت\w*)",
          r"(?:أنباء|الأنباء|معلومات|أخبار|تقارير|روايات|تسريبات|مزاعم|تسجيلات) (?:غير|لم) \w+ ?(?:عن|حول|بشأن|تفيد|تتحدث|أن)?",
          r"(?:لم|لا|دون|بدون|بلا|وبلا|عدم|غير|ما|أي|ليس\w*)~4 (?:أنباء|معلومات|أخبار|تقارير|تفاصيل)~2 (?:عن|حول|بشأن|تفيد|تتحدث|أن)",
          r"(?:لم|لا|ليس\w*|غير|دون|ما)~3 (?:[يتن]عرف\w*|[يتن]علم|[يتن]تضح|اتضح|واضحا?|معروفا?|معلوما?|معرفة|[يتن]دري|بيعرف|الكشف عن|[يتن]كشف عن)~3 (?:ما إذا|إن كان\w*|إذا|هوية~1 (?:التي|الذي|من)|الجهة التي|من الذي)",
          r"(?:لم|لا|دون|عدم|ما)~3 (?:تحديد|[يت]حدد) موعد\w*"),
    _rule("claimed", "noun", r"(?:لم|لا|دون أن) [يتن]تبن\w*", r"(?:لم|لا|دون أن) [يتن]علن~4 مسؤولي\w*"),
    _rule("charge", "3", r"(?:أدين\w*|إدانت\w*|مدان\w*|محكوم\w*|بجرم|بجرائم|تبرئته|تبرئة|تبرئتهم)(?: من تهمة| من)?"),
    _rule("not", "3", r"(?:تأجل|تأجلت|(?<!من )أجلت?|ألغي|ألغيت|ألغى|ألغت|تأجيل|إرجاء|أرجئ|أرجئت)"),
    _rule("rumour", "both",
          r"(?:ال)?(?:شائعات|إشاعات|شائعة|إشاعة|أقاويل|حديث|كلام)~4 (?:عن|حول|بشأن|تفيد|تتحدث|بأن|أن|مفادها|مفاده|فحواها|تقول)",
          r"(?:أشيع|شاع|شاعت|[يت]شاع|قيل|يقال|يحكون|يحكى|حكي|بيحكوا|عم يحكوا|بيقولوا|عم يقولوا)~3 (?:أن|إن|أنه|إنه|أنها|إنها|إنو|أنو|عن|بأن)"),
    _rule("none", "both", r"(?:تعذر\w*|[يت]تعذر|لم [يتن]تمكن\w*~2 من|لم [يت]تسن\w*~3|دون|عدم) (?:توثيق\w*|التوثق)(?:≈4 (?:ومنها|ومنهم|منها|بينها|بينهم))?"),
    _rule("who", "clause", r"(?:لم|لا|ليس\w*|غير|دون|ما|مجهول\w*)~2 (?:[يتن]عرف\w*|[يتن]علم\w*|[يتن]تضح|اتضح|واضحا?|الواضح|معروفا?|المعروف|معلوما?|المعلوم|معرفة|[يتن]در\w+|بعرف|حدا يعرف|تحديد|[يت]حدد)~3 (?:من|مين|أي|أيا|أيهما|أي من)(?: الذي)?"),
    _rule("not", "both", r"(?:خلافا لما|[بو]?خلاف ما|(?:على |ب)?عكس ما)~7 (?:عن|حول|أن|بأن|بشأن)"),
    _rule("not", "both", r"(?:نفى|نفت|نفوا|[يتن]نفي|كذب|كذبت|فند|فندت|[يتن]فند|[يت]كذب|دحض\w*)~4 ما~7 (?:عن|حول|أن|بأن|بشأن)"),
    _rule("rumour", "both", r"(?:سرب|سربت|سربوا|تسريب)≈4 (?:خبرا?|نبأ|أنباء|معلومات)(?: عن| حول)?"),
    _rule("not", "3", r"اعتذر\w*~3 عن(?= (?:عدم )?(?:ال)?(?:لقا|حضور|مشارك|استقبال))", r"(?:talk|reason|argu)\w*~4 out of", r"excus(?:ed|es|ing) \w+sel(?:f|ves) from"),
    _rule("not", "5", r"(?:nobody|no one|none) (?:turned up|showed up|came|attended|went)(?: to| for)?"),
    _rule("none", "4", r"(?:dream|dreams|dreamt|dreamed|dreaming) of", r"covet\w*", r"imagin(?:e|es|ed|ing)"),
    _rule("none", "both", r"false (?:reports?|alarms?|news|word|claims?|rumou?rs?)~2 (?:of|about|that)",
          r"maybe(?! (?:\d|a |an |one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|dozens|hundreds))"),
    _rule("not", "3", r"(?:remains?|remained|still|are|is) far from (?:any|an?)"),
    _rule("evade", "1", r"(?:هربا|فرارا|تهربا|هرب|هربوا|للتهرب|[يت]تهرب\w*|[يت]هرب\w*|فر|فروا|للهرب|للفرار) من", r"(?:escap|evad|dodg|fle)(?:e|es|ed|ing|eing)"),
    _rule("none", "clause", r"(?<=\^ )(?:و|ف)?متى(?: ما)?", r"(?:would|will) take~5 (?:for|before)"),
    _rule("none", "3", r"كفيل\w*", r"(?:ال)?(?:سيناريو|سيناريوهات|فرضية|احتمالات)"),
    _rule("rumour", "noun", r"[بل]?(?:ال)?(?:مزاعم|ادعاءات|افتراءات|أكاذيب)\w*"),
    _rule("not", "2", r"ما (?:صار|صارت|كان في|في) "),
    _rule("none", "both", r"(?:تضارب\w*|متضارب\w*|[يت]تضارب\w*|تباين\w*)~3 (?:حول|بشأن|عن)(?! عدد| حصيلة| أعداد)"),
    _rule("demand", "noun", r"لن≈8 (?:إلا بعد|قبل)"),
    _rule("rumour", "both", r"(?:صفحات|حسابات|مواقع|صفحة|حساب|منصات)~1 (?:مجهولة|وهمية|معادية|مغرضة|صفراء|مشبوهة)~4 (?:أن|بأن|عن|حول)"),
    _rule("purpose", "3", r"[يت]درس(?:ان|ون)?|[يت]بحث(?:ان|ون)?(?: في)?|بحثا|بحثوا|[يت]ناقش(?:ان|ون)?"),
    _rule("none", "4", r"[يتن]فكر(?:ون|وا)?(?: في)?|التفكير(?: في)?|[يت]سول\w*~1 نفسه\w*|[يت]?جرؤ\w*(?: على)?|[يت]تجرأ\w*(?: على)?"),
    _rule("demand", "noun", r"(?<!لا )(?<!لم )(?<!من )(?<!ما )[يتن]ريد(?:ون|وا)?"), _rule("demand", "both", r"(?<!لا )(?<!لم )(?<!من )(?<!ما )[يتن]ريد(?:ون|وا)?~2 (?:أن|إن)"),
    _rule("gossip", "clause", r"(?:[يبت]قولون|يكولون|[يب]+قولو?ا?|بكولوا)(?: إنو| أنو| إنه| أن| إن)?(?= (?:\w+ ){0,4}(?:راح|رح) )"),
    _rule("none", "clause", r"لو≈14 (?:لأمكن|لكان|لكانت|لكانوا|لكنا|لما|لصار\w*|لأصبح\w*)"),
    _rule("not", "1", r"(?:لم|لا) [يت]كن (?:ذلك|هذا|هذه|الأمر)|ليست? (?:ذلك|هذا|هذه|الأمر)|ما هذا"),
    # charges and pretexts
    _rule("charge", "noun", r"(?:بتهم\w*|بشبهة|بدعوى|بذريعة|بحجة|تحت ذريعة|بزعم|ل?لاشتباه|بالاشتباه|[يت]شتبه|(?:ال)?مشتبه|(?:ال)?متهم\w* (?=ب)|باتهام\w*|لاتهامه\w*|[يت]تهمونه\w*|[يت]تهمه\w*|[يت]تهمهم\w*)"),
    _rule("event", "1", r"(?:ل)?(?:ذكرى|الذكرى)(?: السنوية| الأولى| الثانية)*(?: ل)?", r"مثل (?:هذه|هذا|تلك)", r"مخلفات|ضامن\w*|الضامن\w*|رعاة|بنود|شروط"),
    # denials
    _rule("none", "noun", r"(?:نفى|نفت|نفوا|نفينا|[يتن]نفي|نافيا|نافية|أنكر|أنكرت)~5 (?:مسؤوليت\w*|علاقت\w*|صلت\w*|ضلوع\w*|تورط\w*|علمه\w*|أي (?:علاقة|صلة|دور|مسؤولية))"),
    _rule("not", "both", r"(?:نفى|نفت|نفوا|نفينا|[يتن]نفي|ينفون|نافيا|نافية|نافين|أنكر|أنكرت|أنكروا|[يت]نكر|كذب|كذبت|فند|فندت|بنفي)≈8 (?:أن|بأن)",
          r"(?:نفى|نفت|نفوا|نفينا|[يتن]نفي|ينفون|نافيا|نافية|نافين|أنكر|أنكرت|أنكروا|بنفي)",
          r"(?:لا|عدم) صحة", r"لا (?:نية|أساس)"),
    _rule("not", "noun", r"(?:لم|لن|دون أن|من دون أن) (?:[يت]تم|[يت]جر|[يت]حدث|[يت]حصل|[يت]قع|[يت]سجل|[يت]شهد|[يت]ندلع|[يت]عقد|[يت]توصل\w*|[يت]برم|[يت]نشب|[يت]در|[يت]دخل\w*|[يت]خض|[يت]تكبد\w*|[يت]ثمر|[يت]سفر|[يت]فض|[يت]ؤد)(?<!فر)(?<!فض)(?<!ود)(?<!ثمر)", r"(?:لم|لن|دون أن|من دون أن) (?:[يت]سفر|[يت]فض|[يت]ؤد|[يت]ثمر|[يت]نجم|[يت]تطور\w*|[يت]تحول\w*|[يت]رق|[يت]صل|[يت]نته\w*)~5 (?:عن|إلى|ب\w+)(?: مستوى| حد| درجة)?"),
    _rule("not", "2", r"(?<!من )(?:رافض\w*|رفضت?|رفضوا|[يت]رفض\w*)(?= [يتن]\w+)"),
    _rule("not", "3", r"(?:تراجع|تراجعت|تراجعوا|عدل|عدلت|امتنع|امتنعت|امتنعوا|أحجم\w*)~3 عن(?: قرار\w*| خطة| فكرة)?", r"(?:never|not|without) (?:taking|took|take|taken) part in"),
    _rule("none", "both", r"(?:شكك|شككت|[يت]شكك|مشككا|مشككة|تشكيك)~4 (?:في|ب\w+)(?: أن)?", r"(?:بحسب|وفق|حسب) (?:ال)?(?:شائعات|إشاعات)(?: \w+)? (?:فإن|إن)"),
    # what is announced, wanted, demanded
    _rule("rumour", "both", r"(?:[يت]?تداول\w*|[يت]?تناقل\w*|[يت]روج\w*)~4 (?:روايات|أنباء|أخبار|أحاديث|مزاعم)~3 (?:عن|حول|أن|بأن|تفيد)"),
    _rule("none", "clause", r"إن صح\w*≈6 فإن"), _rule("not", "clause", r"لم [يت]سبق~4 أن"),
    _rule("not", "1", r"(?<=\^ )ما"), _rule("not", "3", r"ما حدا|محدا|ماحدا"),
    _rule("not", "clause", r"(?:مو|مش|ليس) صحيحا?(?: ما~2)? (?:إنو|أنو|أن|أنه|أنها)"),
    _rule("expected", "noun", r"[يت]نتظر\w*|منتظرين|منتظرا"),
    _rule("not", "4", r"nothing (?:has|had|was|is)", r"(?:has|have|had) been no"),
    _rule("not", "1", r"(?:لأنهم|لأنه|لأنها|بس|هم|هو|هي|احنا|نحنا|والله|إنو|أنو) ما"),
    _rule("not", "5", r"(?:refus|declin)\w* to (?:let|allow)"), _rule("not", "7", r"neither(?= (?:\w+ ){1,4}nor)"),
    _rule("none", "4", r"(?:close|closer) to(?= \w+ing )"), _rule("none", "both", r"nothing~5 (?:points? to|suggests?|indicates?|shows?|proves?)(?: that)?"),
    _rule("future", "noun", r"س[يتن]\w\w+"),
    _rule("purpose", "noun", r"(?:ب|ل)?(?:ضرورة|وجوب)"),
    _rule("none", "noun", r"تحت طائلة|عقوبة|عقوبات"),
    _rule("none", "6", r"(?:لم|لا|دون أن)~1 [يت]علق\w*~3 على"),
    _rule("none", "2", r"(?:فكك\w*|أبطل\w*|تفكيك|إبطال)~6 قبل", r"(?:defus|dismantl|disarm)(?:ed|ing|es)?≈6 before"),
    _rule("tried", "noun", r"(?:عجز\w*|[يت]عجز\w*|أخفق\w*|[يت]خفق\w*|تعذر\w*)~3 (?:عن|في|على)"),
    _rule("charged", "noun", r"[يت]تهم"),
    _rule("demand", "noun", r"call(?:s|ed|ing)? (?:for|on)|(?:demand|urg)(?:e|es|s|ed|ing)?"),
    _rule("purpose", "4", r"اقترح\w*|[يت]قترح\w*|مقترح|مقترحا|اقتراح", r"(?:عرض|عرضت|عرضوا)(?! ل)"),
    _rule("agreed", "3", r"(?:بموجب|الاتفاق|التفاهم|اتفاق|تفاهم|اتفق\w*|توافق\w*|عرض|عرضت|مبادرة|مقترح)≈20 مقابل"),
    _rule("agreed", "noun", r"(?:الاتفاق|التفاهم|اتفق\w*|اتفاق|تفاهم|تفاهمات)~3 (?:على|يقضي|تقضي|ينص)"),
    _rule("hoped", "clause", r"بموجب~3(?: \|)?(?= [يت])", r"بموجب(?:ه|ها|هما)", r"مقابل أن(?= [يتن])"),
    _rule("hoped", "8", r"(?<= )(?:راح|رح)(?= [يتن])"),

    _rule("hoped", "clause", r"على أن(?= [يتن])",
          r"(?:[يت]توقع\w*|توقع|توقعت|المفترض|المنتظر|المزمع|المنوي|المتوقع|المرجح|[يت]رجح\w*|رجح\w*|المقرر|المرتقب|[يت]نتظر|وعد|وعدت|وعدوا|وعود|تعهد\w*|[يت]عتزم\w*)~5 (?:أن|بأن)(?= [يتن])(?! [يت]كون)"),
    _rule("expected", "noun", r"(?:هدد(?:ت|وا)?(?:ه|ها|هم)?|[يت]هدد\w*|مهددا|مهددة|مهددين|توعد\w*|لوح(?:ت|وا)?|[يت]لوح\w*|ملوحا|ملوحين|ملوحة|وعد(?:ت|وا)?(?:ه|ها|هم)?|وعود|وعودا|(?<!لم )[يت]عد|تعهد|تعهدت|تعهدوا|متعهدا|متعهدة|تكفل|تكفلت)~5 (?=ب(?!عد|ين|لد)\w)",
          r"ب?انتظار"),
    _rule("purpose", "noun", r"(?:مناديا|منادين|منادية|مطالبا|مطالبين|مطالبة|أوعز|أوعزت|إيعاز\w*)~5 (?=ب(?!عد|ين|لد)\w)"),
    _rule("purpose", "2", r"بدها|بدهم|بدن|ناوي\w*"),
    _rule("tried", "noun", r"(?:أحبط\w*|[يت]حبط\w*|إحباط|أفشلت?|إفشال)"),
    # English
    _rule("none", "both",
          r"(?:fears?|feared|fearing|afraid|scared|terrified|frightened|petrified|wary|worr(?:y|ied|ies|ying)|concern(?:s|ed)?|anxious|anxiety|apprehensive|apprehension|nervous|dread(?:s|ed|ing)?|lest|braced|bracing|panic|alarm)(?: of| that| about| over| by| for| at)*",
          r"(?:prospects?|threats?|risks?|dangers?|possibility|possibilities|specter|spectre|likelihood|chances?|anticipation|expectation|pretext|pretence|pretense) (?:of|that)",
          r"(?<!in )(?<!of )(?<!on )(?<!until )(?<!since )(?:may|might|could)(?! \d)(?: not)?", r"(?:deter|avoid)(?:s|red|ring|ed|ing)?", r"possible|possibly|perhaps",
          r"warn(?:ed|s|ing|ings)?~6 (?:of|against)", r"warn(?:ed|s|ing|ings)?~6 that~8 (?:plan|plans|planned|could|may|might|would|will|intend\w*)",
          r"(?:ruled?|ruling|rules) out", r"(?:risks?|dangers?|fears?|worr(?:y|ies)|threats?|scenarios?|concerns?) (?:is|are|was|were|remains?)", r"(?:on the (?:verge|brink) of|came close to|narrowly (?:avoided|averted|escaped))"),
    _rule("none", "clause", r"in case(?: of)?|in the event(?: of| that)?|unless|provided(?: that)?|(?:as|so) long as|on condition(?: that)?|even if|if|whether|(?:anyone|anybody|whoever|any \w+) who|until such", r"(?<=\^ )(?:q|question|س) \|",
          r"(?<=\^ )(?:were|should|had) (?!been)\w+", r"(?<=\| )(?:should|were) (?!be )(?:the |a |an )?\w+~3 (?=to|be )"),
    _rule("none", "noun", r"(?:to|of|from|at) (?:avoid|avert|prevent|deter|forestall|ward off|head off|fend off|guard against|discourage|combat|counter|curb)(?:ing)?",
          r"(?:prevent|avert|avoid|forestall|deter|discourag)(?:e|ed|ing|s)?", r"(?:instead|in lieu) of",
          r"(?:nothing to do with|no (?:part|role|hand|involvement) in)", r"responsibility for"),
    _rule("barred", "4", r"bans?(?: on)?|banned|banning|prohibit\w*|forb[ai]d\w*|barred|barring"),
    _rule("none", "both",
          r"(?:no|without|without any|nor any|not any|any)(?: immediate| further| official| independent| credible| early)? (?:word|news|reports?|information|confirmation|signs?|indications?|evidence|mention|details)~5 (?:of|on|that|about|whether)",
          r"(?:did not|does not|without|declined to|refused to|would not|not) (?:mention|mentioning|report|confirm|confirming|say|saying|comment on)(?: of| on| that| whether| if)*",
          r"(?:unclear|not clear|not known|unknown|uncertain|not immediately clear|not sure|could not say|cannot say|can not say|nobody knows|no one knows)(?: whether| if| that| who| how)+",
          r"(?:unconfirmed|unverified|uncorroborated|conflicting|contradictory)(?: \w+)? (?:reports?|claims?|accounts?|news|information|rumou?rs?)(?: of| that| about| on| from~3 that)*",
          r"(?:could|can|was|were) ?(?:not|unable to)~3 (?:confirm|confirmed|verify|verified|corroborate|corroborated|substantiate)"),
    _rule("rumour", "both", r"(?:rumou?rs?|rumou?red|gossip|talk|speculation|hearsay|whispers|word)~3 (?:of|that|about|has it)",
          r"(?:word|talk|gossip|rumou?r|story)~4 (?:is|was|goes|went)(?: \|)? that", r"without (?:any )?(?:proof|evidence|offering \w+|giving \w+|citing \w+)(?: \|)? that", r"anonymous (?:\w+ )?(?:pages?|accounts?|posts?|channels?|claims?)~4 that", r"rumou?red",
          r"it is (?:being )?(?:said|whispered|rumou?red)", r"(?:people|locals|some|they|many) (?:here )?(?:whisper|gossip)(?: that)?", r"(?:people|locals|some|they|many) (?:here )?say(?: that)?(?= (?:\w+ ){0,5}(?:will|would) )"),
    _rule("none", "both", r"(?:none|nobody|no one|neither|not|never)~6 (?:wants?|wish(?:es)?|seeks?|desires?) ",
          r"(?:doubt\w*|unlikely|improbable)(?: that| whether| to)*", r"(?:thought|presumed|assumed) to",
          ), _rule("none", "noun", r"(?:will|would|does|did|do) not (?:allow|tolerate|accept|permit)"),
    _rule("none", "clause", r"(?<=\^ )(?:did|does|do|is|are|was|will|would|could|should|has|have|can|who|whether)"),
    _rule("charge", "noun", r"(?:accused|suspected|convicted|guilty) of|(?:on|over) (?:charges|suspicion|accusations|allegations|claims) (?:of|that)|charged with|wanted for"),
    _rule("none", "5", r"(?:nearly|almost) (?:turn|led|lead|result|end|escalat|develop|broke|came|spill)\w*"),
    _rule("none", "both", r"(?:hopes?|chances|prospects) (?:of|for|that)", r"(?:dismiss|reject)(?:ed|es|s|ing)? as \w+~3 (?:reports?|claims?|accusations?|allegations?|charges?|suggestions?|rumou?rs?|talk)(?: of| that)*"),
    _rule("event", "3", r"to (?:end|stop|halt|cease|put an end to)(?: the| all| its| their| any)?"),
    _rule("event", "2", r"(?:potential|looming|imminent|alleged|purported|supposed|hypothetical)"),
    _rule("expected", "2", r"(?:planned|coming|expected|proposed|scheduled|upcoming|forthcoming)"),
    _rule("expected", "noun", r"offer(?:s|ed|ing)? (?:to|of)"),
    _rule("none", "4", r"consider(?:s|ed|ing)?|contemplat(?:es|ed|ing)|mull(?:s|ed|ing)", r"(?:train(?:ed|ing|s)?|rehears(?:ed|ing)|exercis(?:ed|ing)|drill(?:ed|ing)?|simulat(?:ed|ing)|incit(?:ed|ing))(?: to| for)"),
    _rule("event", "2", r"(?:earlier|previous|past|prior|former|such|anniversary of|commemorating|left over from|leftover from|remnants of|remnants from|left behind (?:by|from|in))(?: the| a)?"),
    _rule("not", "both", r"(?:den(?:y|ies|ied|ying)|denials?|refut(?:e|es|ed|ing))≈6 (?:that|of|any|having|reports|claims|accusations|allegations|rumou?rs)",
          r"(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing))", r"(?:dismiss|reject)(?:ed|es|s|ing)? (?:the |any |all )?(?:reports?|claims?|accusations?|allegations?|charges?|suggestions?|rumou?rs?|talk|idea|notion)(?: of| that)*"),
    _rule("not", "both", r"(?:den(?:y|ies|ied|ying)|refut\w+|reject\w*|dismiss\w*) what~10 (?:about|of|on|regarding|concerning)"),
    _rule("rumour", "both", r"(?:same|these|those|such|hostile|enemy)(?: same)? (?:pages|outlets|accounts|media|channels|voices|circles) (?:say|said|claim|claimed|wrote)≈6 that"),
    _rule("none", "clause", r"(?<=\^ )(?:suppose|supposing|imagine|assuming|assume|picture)(?: \| say \|)?(?: that)?"),
    _rule("not", "clause", r"(?:not true|untrue|a lie)(?: to say)? that"), _rule("not", "2", r"far from(?= \w+ing )"),
    _rule("none", "4", r"(?:disown|disavow)\w*"),
    _rule("none", "both", r"(?:thoughts?|idea|notion|nightmare|scenarios?) (?:of|that|is that|in which)"),
    _rule("none", "4", r"(?:risks?|risked|risking) (?=\w+ing )"),
    _rule("none", "clause", r"they (?:tell|told) (?:her|him|them)(?: that)?"),
    _rule("not", "both", r"(?:reject|refus|turn)\w*(?: down)?~4 (?:request|demand|proposal|offer|call|plan)s? (?:to|for|that)"),
    _rule("not", "2", r"(?:rather than|short of|refrain\w* from|no intention of|never)"),
    _rule("not", "5", r"(?:have|has|had) yet to"), _rule("not", "7", r"(?:none|neither|not one) of"),
    _rule("not", "3", r"(?:(?:postpon|cancel|scrapp?|abandon|shelv)(?:ed|led|ing|ling)|call(?:ed|ing) off)(?: plans?)?(?: to| for)?(?: the| a)?"),
    _rule("hoped", "4", r"(?:scheduled|slated|poised|planned|set) (?:to|for)"),
    _rule("wanted", "clause", r"until", r"(?:demand|insist|request|order|propos|recommend|urg)(?:e|es|s|ed|ing)? that"),
    _rule("purpose", "4", r"(?:hop(?:e|es|ed|ing)) (?:to|for|that)"),
)  # fmt: skip


def hedge(line: Line, trigger: Trigger) -> str:
    """What governs a trigger: "none", "not", "expected", "purpose", "tried", or nothing ("")."""
    found: dict[str, str] = {}
    for first, end, effect, reach in hedges(marked(line)):
        if end <= trigger.first and _reaches(line, end, trigger, reach):
            said = _effect(line, first, end, trigger, effect)
            if said:
                found.setdefault(said, effect)
    if found.get("none") == "rumour" and "not" in found:
        return "not"
    return next((said for said in ("none", "not") if said in found), next(iter(found), ""))


def marked(line: Line) -> str:
    """The words of a sentence, with a bar before each that stands after a pause."""
    return "^ " + " ".join(f"| {w.text}" if w.pause else w.text for w in line.words) + " "


@lru_cache(maxsize=64)
def hedges(text: str) -> tuple[tuple[int, int, str, str], ...]:
    """(first word, word after, effect, reach) of each hedge of a sentence."""
    found = []
    for pattern, effect, reach in HEDGES:
        for match in pattern.finditer(text):
            first, end = (
                len([w for w in text[:at].split() if w not in "^|"])
                for at in (match.start(), match.end())
            )
            found.append((first, end, effect, reach))
    return tuple(sorted(found))


def _effect(line: Line, first: int, end: int, trigger: Trigger, effect: str) -> str:
    """What a hedge does to this trigger; empty where it does nothing."""
    kind, form = trigger.frame.type, _kind(line, trigger)
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
                _past(line, k) or _spoke(line, k) for k in range(end, trigger.first)
            )
            first_verb = line.readings[end] if end < trigger.first else ()
            told = told or (form == "present" and any(r.form.kind == "past" for r in first_verb))
            threat = line.words[trigger.first].text.lstrip("و").startswith("ن")
            if told:
                return "expected" if threat or trigger.reading.prefix == "س" else ""
            return "none" if trigger.first - end < 6 else ""
        case "whoever":
            return "none" if any(r.form.kind == "present" for r in line.readings[end]) else ""
        case "evade":
            word = line.words[trigger.first]
            owned = word.text.startswith("ال") or (
                word.text.endswith(("ه", "ها", "هم", "هما", "نا")) and not word.marbuta
            )
            evaded = kind in ("RECRUITMENT", "DETENTION") and (line.english or owned)
            return "none" if evaded else ""
        case "gossip":
            return "none" if re.search(_IDLE_TALK, _onward(line, trigger)) else ""
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


_REFUTES = _set("نفت نفى نفته نفاه نفوا تنفيه ينفيه تنفي ينفي كذبت")
_TOPICS = frozenset({"WITHDRAWAL", "RELEASE", "RECRUITMENT", "TAKEOVER", "AGREEMENT", "RELOCATE", "SUPPORT",
                     "MOVE_WEAPONS", "MOVEMENT", "BASE_ESTABLISHED", "FOUNDING", "LEADERSHIP"})  # fmt: skip
_ACCORDS = frozenset({"AGREEMENT", "COMPETITION", "CASUALTIES", "MEETING", "CLASH"})
_HAPPENING = frozenset({"STRIKE", "ATTACK", "CLASH", "CASUALTIES", "DETENTION", "MEETING", "COMPETITION",
                        "AGREEMENT", "SIEGE", "WITHDRAWAL", "MOVEMENT", "SMUGGLING_FLOW"})  # fmt: skip
_ENDS = _set("لكن غير إلا بيد فيما بينما حيث إذ كما عندما حين بعدما رغم بعد عقب إثر جراء نتيجة بسبب لكنه لكنها لكنهم وسط "
             "فضلا ردا مؤكدا مؤكدة مشيرا مشيرة لافتا لافتة فإن سوى مقابل عبر بذريعة بحجة "
             "but while whereas although though however after following despite amid because since when where "
             "as leaving before until once owing due")  # fmt: skip
_ASIDE = _set("بحسب وفق وفقا حسب في خلال according in quoted should")
_WE_SAY = _set("نؤكد نقول نعلن نشدد نطالب نذكر نوضح نشكر")
_SUPPOSING = _set("إن إذا لو if should")
_LETS = _set("قد ما لما عما مما")
_MEANWHILE = _set("وقت الوقت حين ظل المقابل موازاة")
_CLAUSAL = _set("has had have was were is are will would said says later then")


def _reaches(line: Line, end: int, trigger: Trigger, reach: str) -> bool:
    """Whether nothing between a hedge that ends before word `end` and the trigger ends its reach."""
    i, form = trigger.first, _kind(line, trigger)
    words = line.words
    if reach.isdigit():
        return i - end < int(reach) and not any(
            words[k].pause or (k < i and words[k].text in _ENDS) for k in range(end, i + 1)
        )
    that = (
        words[end - 1].text in THAT | RELATIVES or reach == "clause" or words[end - 1].text == "من"
    )
    aside = False
    k = end
    for k in range(end, i + 1):
        word = words[k]
        if (
            word.pause
            and word.text in _SUPPOSING
            and k > end
            and any(words[j].pause for j in range(k + 1, i + 1))
        ):
            aside = True
            continue
        bare_text = word.text[1:] if word.text[0] in "وف" and len(word.text) > 2 else word.text
        joined = word.text[0] == "و" and not word.text.isascii()
        if word.text in THAT or (bare_text in THAT and joined):
            that = True
            if reach == "noun" and k > end:
                return False
            if word.pause and not joined and word.text not in ("that",):
                return False
            continue
        if aside and word.pause:
            aside = False
            if joined and bare_text in PREPOSITIONS:
                return False
            continue
        if aside:
            continue
        if word.pause and bare_text == "في" and words[k + 1].text in _MEANWHILE:
            return False
        if word.pause and k == end and {word.text, bare_text} & _ASIDE:
            aside = True
            continue
        if word.pause and k > end:
            if words[end - 1].text not in THAT and joined and bare_text in PREPOSITIONS and k < i:
                return False
            if {word.text, bare_text} & _ASIDE and any(words[j].pause for j in range(k + 1, i + 1)):
                aside = True
                continue
            speaks = joined and (
                bare_text in _WE_SAY or any(r.lemma.duty == "say" for r in line.readings[k])
            )
            if not joined or (k == i and form == "past") or _past(line, k) or speaks:
                return False
        if end < k < (i + 1 if trigger.frame.type == "MOTIVE" else i) and (
            word.text in _ENDS or bare_text in _ENDS
        ):
            return False
        if (
            word.text in RELATIVES
            and word.text != "that"
            and k > end
            and reach != "clause"
            and not _told(line, k)
        ):
            return False
        if line.english:
            if word.text in ("and", "or") and k < i and not that:
                after = line.readings[k + 1]
                finite = {r.form.kind for r in after} & {"past", "present"}
                if words[k + 1].text in _CLAUSAL or (
                    finite and not {r.form.kind for r in after} & {"noun", "participle"}
                ):
                    return False
            if word.text in _CLAUSAL and not that and k > end:
                return False
        elif k < i and not that and k > end and _past(line, k) and words[k - 1].text not in _LETS:
            return False
    if form in ("past", "participle") and not that:
        near = {w.text for w in words[max(end - 1, i - 2) : i]}
        return bool(near & {"be", "being", "been", "قد"}) if reach != "noun" else False
    return not (form == "present" and reach == "noun" and not line.english)


def _kind(line: Line, trigger: Trigger) -> str:
    """Form of a trigger; a word that is also a masdar is one where nothing sets it apart."""
    i, kind = trigger.first, trigger.reading.form.kind
    word = line.words[i]
    if kind == "past" and i and line.words[i - 1].text in PREPOSITIONS and not line.english:
        return "masdar"  # no verb stands after a preposition
    if kind == "past" and _after_trying(line, i):
        return "masdar"
    if kind == "past" and not line.english and not word.pause and i and word.text[0] not in "وف":
        same = {r.form.kind for r in line.readings[i] if r.lemma.name == trigger.reading.lemma.name}
        return "masdar" if "masdar" in same else kind
    return kind


def _after_trying(line: Line, i: int) -> bool:
    """Whether a word stands right after an Arabic verb of trying or planning, so is no verb."""
    if line.english or not i or line.words[i].pause or line.words[i].text[0] in "وف":
        return False
    return any(
        r.form.kind == "present" and r.lemma.duty in ("try", "plan", "demand")
        for r in line.readings[i - 1]
    )


def _told(line: Line, k: int) -> bool:
    """Whether what a relative opens is said, or may be ("the news that spoke of a retreat")."""
    after = line.words[k + 1].text if k + 1 < len(line.words) else ""
    return after == "قد" or any(
        r.lemma.duty == "say" for r in (line.readings[k + 1] if after else ())
    )


def _spoke(line: Line, k: int) -> bool:
    """Whether an unread Arabic word ends as a verb of "we" or "you" does ("bi'na", "hakayt")."""
    word = line.words[k].text
    return (
        not line.readings[k]
        and line.covered[k] is None
        and len(word) > 3
        and word.endswith(("نا", "ت"))
    )


def _past(line: Line, k: int) -> bool:
    """Whether a word can only be a verb in the past."""
    kinds = {r.form.kind for r in line.readings[k]}
    return kinds == {"past"}


def modality(line: Line, trigger: Trigger) -> str | None:
    """Modality of a trigger; None where it must not become a claim (feared, charged, if)."""
    i = trigger.first
    reading = trigger.reading
    kind = trigger.frame.type
    nominal = _kind(line, trigger) in ("masdar", "noun", "gerund") or line.english
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
    if line.english and kind == "RELEASE" and _kind(line, trigger) in ("noun", "present"):
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
        if noun and re.search(_PURPORTED, _onward(line, trigger)):
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
    if noun and re.search(_PURPORTED, _onward(line, trigger)):
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


_IDLE_TALK = fold_plain(
    r" (?:إذا|لو|والله أعلم|هذا حجي|هاد حكي|هذا حكي|كله حكي|كله حجي|كذب|إشاعات|حكي فاضي|ما نصدق|ما بنصدق|ما حدا مصدق)\b"
)
_PURPORTED = fold_plain(
    r"^(?: \w+){0,7} \| (?:were|should|had|if) (?:it|they|one|this|that|there)\b"
    r"|^(?: \w+){0,7} \| (?:the|its|their|his) (?:stated|declared|official|avowed|professed|ostensible) (?:purpose|aim|goal|reason|pretext|mission)"
    r"|^(?: \w+){0,7} \| (?:لو|إن|إذا) (?:حصل|حدث|تم|وقع|جرى|صح)\w*"
    r"|^(?: \w+){0,7} \| وهو (?:الهدف|السبب|الغرض) (?:ال)?(?:معلن|رسمي)"
)


def _onward(line: Line, trigger: Trigger) -> str:
    """What stands after a trigger, pauses marked."""
    return "".join(f" | {w.text}" if w.pause else f" {w.text}" for w in line.words[trigger.last :])


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
    words = " ".join(_rest(line, trigger)[:7])
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


_STIPULATED = _set("نص نصت ينص تنص")
_SENTENCED = _set("قضى قضت")
_PLEDGES = frozenset({"promise", "pledge", "offer", "vow"})
_DECREES = _set("تعميم تعميما قرار قرارا مرسوم أمر بلاغ تعليمات")
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
        if line.english or not (line.words[j - 1].text in PREPOSITIONS or _after_trying(line, j))
        for r in line.readings[j]
    )


_LAM = _set("خضع خضعت خضعوا أخضع أخضعت أخضعوا تعرض تعرضت يتعرض تتعرض تعرضها تعرضه أدى أدت نتيجة إضافة نظرا شهد تتعرض ردا يتعرضون "
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
    nominal = _kind(line, trigger) not in FINITE or line.english
    if governor is not None and governor[1].lemma.name in _RESULTING:
        nominal = nominal and (
            line.english or bool({"عن", "الي"} & {w.text for w in line.words[governor[0] : i]})
        )
    if (
        nominal
        and governor is not None
        and not any(line.words[k].text in _ENDS - _EXCEPT for k in range(governor[0], i))
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


_LIFTED = _set("فك رفع كسر إنهاء إزالة")


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
        if word in _ENDS and word not in _EXCEPT:
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


_EXCEPT = _set("غير إلا في as before")
_STILL = _set("يزال تزال يزالون يزل تزل يقل تقل سيما بد شك يزالوا زال زالت")


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
            r"|^(?:\w+ ){0,4}(?:was|were|been) (?:never |later |then )?(?:cancelled|canceled|postponed|called off|scrapped|rejected|put off)",
            said,
        )
    )


_NOT_YET = _set("لم ولم لن")
_COME_ABOUT = _set("يتم تتم يحصل تحصل يحدث تحدث يقع تقع يجر تجر ينفذ تنفذ يتحقق تتحقق")


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
    return bound and bool(re.search(_LONG_AGO, _onward(line, trigger)))


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
