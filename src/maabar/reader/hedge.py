"""Hedges: the ways of saying that something did not (yet) happen, and how far each reaches."""

from __future__ import annotations

import re
from functools import lru_cache

from maabar.reader.clause import RELATIVES, Line
from maabar.reader.context import ENDS, THAT, marked
from maabar.reader.effect import effect_on
from maabar.reader.form import form_of, past_only
from maabar.reader.frame import Trigger
from maabar.reader.preposition import PREPOSITIONS, folded
from maabar.reader.text import fold_plain


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
    _rule("if", "8", r"(?:إذا|لو)(?: ما)?"), _rule("maybe", "both", "قد(?: لا)?"),
    _rule("none", "clause", r"كي لا|لكي لا|كيلا|حتى لا|خوفا من أن|مخافة أن", ), _rule("whoever", "clause", r"(?<=\^ )من"), _rule("none", "2", r"(?:بدل|بدلا من|عوضا عن)"),
    _rule("none", "6", r"وإلا(?= \w*[تاو] )", r"(?:معاقبة|محاسبة|ملاحقة|بحق|على|كل) من(?= [يت])"),
    _rule("none", "noun", r"(?:ترجيحات|تكهنات|تقديرات|تخمينات)~1 (?=ب\w)", r"(?:[يت]حاكي|محاكاة|[يت]?تدرب\w* على|التدرب على|[يت]حرض\w* على|التحريض على|تحريض على)"),
    _rule("none", "both", r"(?:لا|لم|دون|ليس\w*|غياب|ما من)~3 (?:دليل|أدلة|مؤشر\w*|دلائل|[يت]ثبت)~3 (?:على|إلى|أن)(?: أن)?"),
    _rule("hope", "both", r"(?:أمل|أملها|أمله|أملهم|الأمل|آمال|آملا|آملين|آملة|[يت]أمل|يأملون|[يت]تمنى|تمنى\w*)~3 (?:في|ب\w*|أن)(?: أن)?"),
    _rule("fightless", "3", r"دون (?!أن|وقوع|تسجيل|حدوث|سقوط)"), _rule("topic", "2", r"(?:بشأن|حول|بخصوص|لبحث|لمناقشة|مناقشة|تناول\w*|ملف|ملفات|موضوع|قضية|مسألة)"),
    _rule("topic", "3", r"(?:السؤال|سؤال|سؤالا|أسئلة|الأسئلة|تساؤلات|التساؤلات|التساؤل)~2 (?:عن|حول|بشأن)"),
    _rule("none", "noun", r"(?:لن|لم|لا) [يت]سمح\w*", r"(?:لا|لم) [يت]ريد\w*", r"(?:دون|لم|لا)~2 (?:الإشارة|[يت]شر|[يت]شير|ذكر|[يت]ذكر|[يت]أت على ذكر)"),
    _rule("not", "3", r"[بل]عدم"), _rule("news", "both", r"(?:ال)?(?:أنباء|أخبار)~3 (?:عن|حول|بشأن)"),
    # conditions, ends not reached
    _rule("none", "clause", r"(?:ما إذا|فيما إذا|عما إذا|إلا إذا|في حال|شرط|بشرط|شريطة|مهما)(?: ما)?",
          r"(?<!هو )(?<!الأمر )(?:ما لم|إن لم)", r"إلى حين|لحين|ريثما", "هل", "من أن"),
    _rule("none", "noun", r"[لب]?(?:تفادي|تجنب|تلافي|تفاديا|تجنبا|تلافيا|الحيلولة دون|حؤول دون)\w*", "منعا ل\\w+|درءا ل\\w+",
          r"للحيلولة دون|[يت]?حالت? ?دون|يحول دون|تحول دون"),
    _rule("none", "1", r"(?:ل|ال)?مكافحة|محاربة|لمحاربة|لردع|ردع"), _rule("barred", "5", r"(?:ل|ب|و)?(?:منع\w*|[يت]منع\w*|حظر\w*|[يت]حظر\w*|تحريم|تحظير)"),
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
    _rule("not", "3", r"(?:remains?|remained|still|are|is) far from (?:any|an?)"), _rule("none", "2", r"على (?:شفير|شفا|حافة|أعتاب)"), _rule("did", "clause", r"(?<=\^ )(?:و|ف)?إن"),
    _rule("none", "clause", r"(?<=\^ )(?:و|ف)?في أسوأ (?:الأحوال|الظروف|الحالات)", r"(?<=\^ )(?:at worst|in the worst case)"),
    _rule("purpose", "noun", r"(?:مرهون\w*|رهنا|مشروط\w*|(?:رهن|رهنت)(?! (?:ال)?(?:اعتقال|توقيف|احتجاز|إقامة)))~4 (?=ب\w)", r"[يت]طمع\w*|طامع\w*"),
    _rule("none", "4", r"(?:conditional|contingent) (?:on|upon)", r"(?:has|have|had) (?:its|their|his) eyes? on|eyeing"),
    _rule("not", "3", r"(?:علق|علقت|تعليق)(?= (?:عملي|حمل|هجوم|اجتماع|محادثات|مفاوضات|انسحاب))", r"أرجأ\w*|[يت]رجئ\w*"),
    _rule("topic", "3", r"(?:negotiations?|talks|discussions?|consultations) (?:on|over|about|towards?)"),
    _rule("evade", "1", r"(?:هربا|فرارا|تهربا|هرب|هربوا|للتهرب|[يت]تهرب\w*|[يت]هرب\w*|فر|فروا|للهرب|للفرار) من", r"(?:escap|evad|dodg|fle)(?:e|es|ed|ing|eing)"),
    _rule("none", "clause", r"(?<=\^ )(?:و|ف)?متى(?: ما)?", r"(?:would|will) take~5 (?:for|before)"),
    _rule("none", "3", r"كفيل\w*", r"(?:ال)?(?:سيناريو|سيناريوهات|فرضية|احتمالات)"), _rule("rumour", "noun", r"[بل]?(?:ال)?(?:مزاعم|ادعاءات|افتراءات|أكاذيب)\w*"),
    _rule("not", "2", r"ما (?:صار|صارت|كان في|في) "), _rule("none", "both", r"(?:تضارب\w*|متضارب\w*|[يت]تضارب\w*|تباين\w*)~3 (?:حول|بشأن|عن)(?! عدد| حصيلة| أعداد)"),
    _rule("demand", "noun", r"لن≈8 (?:إلا بعد|قبل)"), _rule("rumour", "both", r"(?:صفحات|حسابات|مواقع|صفحة|حساب|منصات)~1 (?:مجهولة|وهمية|معادية|مغرضة|صفراء|مشبوهة)~4 (?:أن|بأن|عن|حول)"),
    _rule("purpose", "3", r"[يت]درس(?:ان|ون)?|[يت]بحث(?:ان|ون)?(?: في)?|بحثا|بحثوا|[يت]ناقش(?:ان|ون)?"),
    _rule("none", "4", r"[يتن]فكر(?:ون|وا)?(?: في)?|التفكير(?: في)?|[يت]سول\w*~1 نفسه\w*|[يت]?جرؤ\w*(?: على)?|[يت]تجرأ\w*(?: على)?"),
    _rule("demand", "noun", r"(?<!لا )(?<!لم )(?<!من )(?<!ما )[يتن]ريد(?:ون|وا)?"), _rule("demand", "both", r"(?<!لا )(?<!لم )(?<!من )(?<!ما )[يتن]ريد(?:ون|وا)?~2 (?:أن|إن)"),
    _rule("gossip", "clause", r"(?:[يبت]قولون|يكولون|[يب]+قولو?ا?|بكولوا)(?: إنو| أنو| إنه| أن| إن)?(?= (?:\w+ ){0,4}(?:راح|رح) )"),
    _rule("none", "clause", r"لو≈14 (?:لأمكن|لكان|لكانت|لكانوا|لكنا|لما|لصار\w*|لأصبح\w*)"), _rule("not", "1", r"(?:لم|لا) [يت]كن (?:ذلك|هذا|هذه|الأمر)|ليست? (?:ذلك|هذا|هذه|الأمر)|ما هذا"),
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
    _rule("none", "clause", r"إن صح\w*≈6 فإن"), _rule("not", "clause", r"لم [يت]سبق~4 أن"), _rule("not", "1", r"(?<=\^ )ما"), _rule("not", "3", r"ما حدا|محدا|ماحدا"),
    _rule("not", "clause", r"(?:مو|مش|ليس) صحيحا?(?: ما~2)? (?:إنو|أنو|أن|أنه|أنها)"), _rule("expected", "noun", r"[يت]نتظر\w*|منتظرين|منتظرا"),
    _rule("not", "4", r"nothing (?:has|had|was|is)", r"(?:has|have|had) been no"), _rule("not", "1", r"(?:لأنهم|لأنه|لأنها|بس|هم|هو|هي|احنا|نحنا|والله|إنو|أنو) ما"),
    _rule("not", "5", r"(?:refus|declin)\w* to (?:let|allow)"), _rule("not", "7", r"neither(?= (?:\w+ ){1,4}nor)"),
    _rule("none", "4", r"(?:close|closer) to(?= \w+ing )"), _rule("none", "both", r"nothing~5 (?:points? to|suggests?|indicates?|shows?|proves?)(?: that)?"),
    _rule("future", "noun", r"س[يتن]\w\w+"), _rule("purpose", "noun", r"(?:ب|ل)?(?:ضرورة|وجوب)"), _rule("none", "noun", r"تحت طائلة|عقوبة|عقوبات"),
    _rule("none", "6", r"(?:لم|لا|دون أن)~1 [يت]علق\w*~3 على"), _rule("none", "2", r"(?:فكك\w*|أبطل\w*|تفكيك|إبطال)~6 قبل", r"(?:defus|dismantl|disarm)(?:ed|ing|es)?≈6 before"),
    _rule("tried", "noun", r"(?:عجز\w*|[يت]عجز\w*|أخفق\w*|[يت]خفق\w*|تعذر\w*)~3 (?:عن|في|على)"), _rule("charged", "noun", r"[يت]تهم"),
    _rule("demand", "noun", r"call(?:s|ed|ing)? (?:for|on)|(?:demand|urg)(?:e|es|s|ed|ing)?"), _rule("purpose", "4", r"اقترح\w*|[يت]قترح\w*|مقترح|مقترحا|اقتراح", r"(?:عرض|عرضت|عرضوا)(?! ل)"),
    _rule("agreed", "3", r"(?:بموجب|الاتفاق|التفاهم|اتفاق|تفاهم|اتفق\w*|توافق\w*|عرض|عرضت|مبادرة|مقترح)≈20 مقابل"),
    _rule("agreed", "noun", r"(?:الاتفاق|التفاهم|اتفق\w*|اتفاق|تفاهم|تفاهمات)~3 (?:على|يقضي|تقضي|ينص)"),
    _rule("hoped", "clause", r"بموجب~3(?: \|)?(?= [يت])", r"بموجب(?:ه|ها|هما)", r"مقابل أن(?= [يتن])"), _rule("hoped", "8", r"(?<= )(?:راح|رح)(?= [يتن])"),

    _rule("hoped", "clause", r"على أن(?= [يتن])",
          r"(?:[يت]توقع\w*|توقع|توقعت|المفترض|المنتظر|المزمع|المنوي|المتوقع|المرجح|[يت]رجح\w*|رجح\w*|المقرر|المرتقب|[يت]نتظر|وعد|وعدت|وعدوا|وعود|تعهد\w*|[يت]عتزم\w*)~5 (?:أن|بأن)(?= [يتن])(?! [يت]كون)"),
    _rule("expected", "noun", r"(?:هدد(?:ت|وا)?(?:ه|ها|هم)?|[يت]هدد\w*|مهددا|مهددة|مهددين|توعد\w*|لوح(?:ت|وا)?|[يت]لوح\w*|ملوحا|ملوحين|ملوحة|وعد(?:ت|وا)?(?:ه|ها|هم)?|وعود|وعودا|(?<!لم )[يت]عد|تعهد|تعهدت|تعهدوا|متعهدا|متعهدة|تكفل|تكفلت)~5 (?=ب(?!عد|ين|لد)\w)",
          r"ب?انتظار"),
    _rule("purpose", "noun", r"(?:مناديا|منادين|منادية|مطالبا|مطالبين|مطالبة|أوعز|أوعزت|إيعاز\w*)~5 (?=ب(?!عد|ين|لد)\w)"), _rule("purpose", "2", r"بدها|بدهم|بدن|ناوي\w*"),
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
    _rule("event", "3", r"to (?:end|stop|halt|cease|put an end to)(?: the| all| its| their| any)?"), _rule("event", "2", r"(?:potential|looming|imminent|alleged|purported|supposed|hypothetical)"),
    _rule("expected", "2", r"(?:planned|coming|expected|proposed|scheduled|upcoming|forthcoming)"), _rule("expected", "noun", r"offer(?:s|ed|ing)? (?:to|of)"),
    _rule("none", "4", r"consider(?:s|ed|ing)?|contemplat(?:es|ed|ing)|mull(?:s|ed|ing)", r"(?:train(?:ed|ing|s)?|rehears(?:ed|ing)|exercis(?:ed|ing)|drill(?:ed|ing)?|simulat(?:ed|ing)|incit(?:ed|ing))(?: to| for)"),
    _rule("event", "2", r"(?:earlier|previous|past|prior|former|such|anniversary of|commemorating|left over from|leftover from|remnants of|remnants from|left behind (?:by|from|in))(?: the| a)?"),
    _rule("not", "both", r"(?:den(?:y|ies|ied|ying)|denials?|refut(?:e|es|ed|ing))≈6 (?:that|of|any|having|reports|claims|accusations|allegations|rumou?rs)",
          r"(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing))", r"(?:dismiss|reject)(?:ed|es|s|ing)? (?:the |any |all )?(?:reports?|claims?|accusations?|allegations?|charges?|suggestions?|rumou?rs?|talk|idea|notion)(?: of| that)*"),
    _rule("not", "both", r"(?:den(?:y|ies|ied|ying)|refut\w+|reject\w*|dismiss\w*) what~10 (?:about|of|on|regarding|concerning)"),
    _rule("rumour", "both", r"(?:same|these|those|such|hostile|enemy)(?: same)? (?:pages|outlets|accounts|media|channels|voices|circles) (?:say|said|claim|claimed|wrote)≈6 that"),
    _rule("none", "clause", r"(?<=\^ )(?:suppose|supposing|imagine|assuming|assume|picture)(?: \| say \|)?(?: that)?"),
    _rule("not", "clause", r"(?:not true|untrue|a lie)(?: to say)? that"), _rule("not", "2", r"far from(?= \w+ing )"), _rule("none", "4", r"(?:disown|disavow)\w*"),
    _rule("none", "both", r"(?:thoughts?|idea|notion|nightmare|scenarios?) (?:of|that|is that|in which)"), _rule("none", "4", r"(?:risks?|risked|risking) (?=\w+ing )"),
    _rule("none", "clause", r"they (?:tell|told) (?:her|him|them)(?: that)?"),
    _rule("not", "both", r"(?:reject|refus|turn)\w*(?: down)?~4 (?:request|demand|proposal|offer|call|plan)s? (?:to|for|that)"),
    _rule("not", "2", r"(?:rather than|short of|refrain\w* from|no intention of|never)"), _rule("not", "5", r"(?:have|has|had) yet to"), _rule("not", "7", r"(?:none|neither|not one) of"),
    _rule("not", "3", r"(?:(?:postpon|cancel|scrapp?|abandon|shelv)(?:ed|led|ing|ling)|call(?:ed|ing) off)(?: plans?)?(?: to| for)?(?: the| a)?"),
    _rule("hoped", "4", r"(?:scheduled|slated|poised|planned|set) (?:to|for)"), _rule("wanted", "clause", r"until", r"(?:demand|insist|request|order|propos|recommend|urg)(?:e|es|s|ed|ing)? that"),
    _rule("purpose", "4", r"(?:hop(?:e|es|ed|ing)) (?:to|for|that)"),
)  # fmt: skip


def hedge(line: Line, trigger: Trigger) -> str:
    """What governs a trigger: "none", "not", "expected", "purpose", "tried", or nothing ("")."""
    found: dict[str, str] = {}
    for first, end, effect, reach in hedges(marked(line), line.english):
        if end <= trigger.first and _reaches(line, end, trigger, reach):
            said = effect_on(line, first, end, trigger, effect)
            if said:
                found.setdefault(said, effect)
    if found.get("none") == "rumour" and "not" in found:
        return "not"
    return next((said for said in ("none", "not") if said in found), next(iter(found), ""))


def _of_script(letters: str, least: int) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """The hedges with so many letters of a script; escapes do not count."""
    return tuple(h for h in HEDGES
                 if len(re.findall(letters, re.sub(r"\\.", "", h[0].pattern))) >= least)  # fmt: skip


_ENGLISH, _ARABIC = _of_script("[a-z]", 1), _of_script("[\u0600-\u06ff]", 3)  # two are "and", "so"


@lru_cache(maxsize=64)
def hedges(text: str, english: bool) -> tuple[tuple[int, int, str, str], ...]:
    """(first word, word after, effect, reach) of each hedge of a sentence."""
    found = []
    for pattern, effect, reach in _ENGLISH if english else _ARABIC:
        for match in pattern.finditer(text):
            first, end = (
                len([w for w in text[:at].split() if w not in "^|"])
                for at in (match.start(), match.end())
            )
            found.append((first, end, effect, reach))
    return tuple(sorted(found))


_ASIDE = folded("بحسب وفق وفقا حسب في خلال according in quoted should")
_WE_SAY = folded("نؤكد نقول نعلن نشدد نطالب نذكر نوضح نشكر")
_SUPPOSING = folded("إن إذا لو if should")
_LETS = folded("قد ما لما عما مما")
_MEANWHILE = folded("وقت الوقت حين ظل المقابل موازاة")
_CLAUSAL = folded("has had have was were is are will would said says later then")


def _reaches(line: Line, end: int, trigger: Trigger, reach: str) -> bool:
    """Whether nothing between a hedge that ends before word `end` and the trigger ends its reach."""
    i, form = trigger.first, form_of(line, trigger)
    words = line.words
    if reach.isdigit():
        return i - end < int(reach) and not any(
            words[k].pause or (k < i and words[k].text in ENDS) for k in range(end, i + 1)
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
            if not joined or (k == i and form == "past") or past_only(line, k) or speaks:
                return False
        if end < k < (i + 1 if trigger.frame.type == "MOTIVE" else i) and (
            word.text in ENDS or bare_text in ENDS
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
        elif (
            k < i and not that and k > end and past_only(line, k) and words[k - 1].text not in _LETS
        ):
            return False
    if form in ("past", "participle") and not that:
        near = {w.text for w in words[max(end - 1, i - 2) : i]}
        return bool(near & {"be", "being", "been", "قد"}) if reach != "noun" else False
    return not (form == "present" and reach == "noun" and not line.english)


def _told(line: Line, k: int) -> bool:
    """Whether what a relative opens is said, or may be ("the news that spoke of a retreat")."""
    after = line.words[k + 1].text if k + 1 < len(line.words) else ""
    return after == "قد" or any(
        r.lemma.duty == "say" for r in (line.readings[k + 1] if after else ())
    )
