"""Prepositions and what they may be: codes of direction, agents, numbers that are none."""

from __future__ import annotations

from maabar.reader.text import fold_word
from maabar.reader.word import Word


def folded(text: str) -> frozenset[str]:
    """The words of a text, spelling folded.

    Examples
    --------
    >>> sorted(folded("إلى نحو"))
    ['الي', 'نحو']
    """
    return frozenset(map(fold_word, text.split()))


PREPOSITIONS: dict[str, str] = {}
for _code, _words in {
    "to": "إلى باتجاه نحو صوب تجاه وصولا to into toward towards onto",
    "from": "من منذ_ from out",
    "in": "في داخل ضمن وسط قرب عند لدى محيط جنوب شمال شرق غرب شرقي غربي شمالي جنوبي أمام خلف "
    "تحت بالقرب بجانب in at near inside outside around along within beside across_",
    "on": "على ضد on against upon",
    "over": "فوق over above",
    "about": "عن حول بشأن about regarding",
    "with": "مع برفقة بمرافقة بصحبة بمعية برفقته with",
    "between": "بين between among",
    "through": "عبر through across via",
    "for": "for ل",
    "by": "by",
    "of": "of",
    "time": "خلال أثناء بعد قبل عقب منذ حتى إثر طوال مدة after before since during until while",
}.items():
    for _word in _words.split():
        PREPOSITIONS[fold_word(_word)] = _code
PREFIX_CODES = {"ب": "in", "ل": "for", "ك": "as"}
AGENTS = {
    (fold_word(a), fold_word(b))
    for a, b in (("من", "قبل"), ("من", "جانب"), ("على", "يد"), ("على", "أيدي"), ("من", "طرف"))
}
AGENT_WORDS = folded("برصاص بنيران بقذائف بغارات برشاشات بيد بأيدي")

NUMERALS = folded(
    "ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر مئة ألف"
)
_ABOUT = folded("نحو قرابة حوالي")
TENS = NUMERALS | folded("عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين عشرون ثلاثون أربعون خمسون ستون "
                        "سبعون ثمانون تسعون مئة مائة مئتي مئتين مئات عشرات آلاف ألف ألفي ثلاثمئة أربعمئة خمسمئة")  # fmt: skip


def preposition(words: list[Word], i: int) -> tuple[str, int]:
    """Code of the preposition at word i and how many words it takes; ("", 0) where there is none."""
    text = words[i].text
    plain = text[1:] if text[0] in "وف" and text[1:] in PREPOSITIONS else text
    following = words[i + 1].text if i + 1 < len(words) else ""
    if (plain, following) in AGENTS:
        return "by", 2
    if plain in AGENT_WORDS:
        return "by", 1
    if plain in ("عليها", "فيها", "منها", "اليها", "عليه", "فيه", "منه"):
        return "back", 1
    if plain in _ABOUT and (following.isdigit() or following in TENS):
        return "", 0  # "about twenty", not "towards"
    code = PREPOSITIONS.get(plain, "")
    return (code, 1) if code else ("", 0)
