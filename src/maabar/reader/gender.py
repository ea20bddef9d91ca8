"""How a verb agrees with who is named: feminine, masculine, two, or people."""

from __future__ import annotations

from maabar.reader.lexicon import things
from maabar.reader.preposition import NUMERALS, TENS, folded
from maabar.reader.thing import singular
from maabar.reader.word import bare

GENDER_F = folded("""ميليشيا مليشيا ميليشيات قسد داعش الأسايش روسيا تركيا إيران إسرائيل قيادة فصائل الفصائل عشائر العشائر
    قبائل القبائل كتائب الكتائب سرايا السرايا حواجز الحواجز أجهزة الأجهزة مفارز المفارز خلايا الخلايا فرق أرتال
    آليات قوى وسائل صفحات موسكو واشنطن أنقرة طهران دمشق بغداد قبيلة عشيرة""")  # fmt: skip


GENDER_M = folded("""النظام التنظيم تنظيم التحالف الجيش جيش فرع الفرع حرس لواء اللواء الفوج فوج
    الفيلق فيلق الحرس الدفاع الأمن حزب الحزب مجلس المجلس أمن الحشد طيران الطيران الأهالي فصيل الفصيل مركز مكتب
    جهاز المرصد وفد الوفد رتل الرتل""")  # fmt: skip


MEN = folded("""عناصر مقاتلون مقاتلين مقاتلو مقاتلي مسلحون مسلحين مسلحو مسلحي أفراد جنود ضباط شبان شباب
    أهالي أهال سكان وجهاء شيوخ مهربون مهربين تجار سائقون متظاهرون محتجون مدنيون مزارعون رعاة ملثمون مجهولون مهاجمون نازحون
    قادة قياديون قياديين رجال أشخاص مدنيين شيوخ طلاب عمال سائقين مهاجمين""")  # fmt: skip


ALONE = folded("فاطميون زينبيون هاشميون حيدريون")
"""Names that look like a plural and are of one group."""


def shape(word: str) -> str:
    """How a verb agrees with a head noun: m, f, p (people), or not known."""
    forms = bare(word) if word else frozenset()
    if forms & MEN or (word.endswith(("ون", "يين")) and word not in ALONE):
        return "p"
    if word.endswith("ان") and any(one in things() for one in singular(word)):
        return "d"
    if forms & GENDER_F:
        return "f"
    if forms & GENDER_M:
        return "m"
    if word.endswith(("ه", "ات")):
        return "f"
    common = any(b in things() for b in forms) and not forms & TENS and word not in NUMERALS
    if word in ALONE:
        return ""
    if common and word.endswith("ا"):
        return "p"  # counted: "thirty men"
    return "m" if common else ""
