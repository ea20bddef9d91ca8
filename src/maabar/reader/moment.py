"""Times and quantities: cues in the words of the text, kept as constraints."""

from __future__ import annotations

import datetime
import re
from typing import Any

from maabar.reader.clause import Line
from maabar.reader.text import fold_word
from maabar.reader.word import bare

DAYS = ("الاثنين", "الثلاثا", "الاربعا", "الخميس", "الجمعه", "السبت", "الاحد")
DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = frozenset(
    map(
        fold_word,
        [
            "صباح",
            "مساء",
            "فجر",
            "ظهر",
            "ليل",
            "ليلة",
            "عصر",
            "يوم",
            "منتصف",
            "صباحا",
            "مساء",
            "ليلا",
            "نهار",
        ],
    )
)
RELATIVE = {fold_word(w): n for w, n in {"اليوم": 0, "أمس": 1, "البارحة": 1, "الليلة": 0}.items()}
RELATIVE |= {"today": 0, "yesterday": 1, "overnight": 0}
MONTHS = {
    fold_word(w): n for n, ws in enumerate((
        "كانون_الثاني يناير january", "شباط فبراير february", "آذار مارس march",
        "نيسان أبريل april", "أيار مايو may", "حزيران يونيو june", "تموز يوليو july",
        "آب أغسطس august", "أيلول سبتمبر september", "تشرين_الأول أكتوبر october",
        "تشرين_الثاني نوفمبر november", "كانون_الأول ديسمبر december"), 1) for w in ws.split()
}  # fmt: skip
FREQUENCY = {fold_word(a): b for a, b in {"يومي": "daily", "يوميا": "daily", "شهريا": "monthly",
             "أسبوعيا": "weekly", "شهري": "monthly"}.items()} | {"daily": "daily", "monthly": "monthly",
             "weekly": "weekly"}  # fmt: skip
ORDER = {fold_word(a): b for a, b in {"عقب": "after", "بعد": "after", "إثر": "after", "قبل": "before",
         "قبيل": "before", "خلال": "during", "أثناء": "during", "منذ": "since"}.items()} | {
         "after": "after", "before": "before", "since": "since", "during": "during"}  # fmt: skip
NUMBERS = {fold_word(w): n for w, n in {
    "ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "أربع": 4, "خمسة": 5, "خمس": 5, "ستة": 6, "ست": 6, "سبعة": 7,
    "سبع": 7, "ثمانية": 8, "ثمان": 8, "ثماني": 8, "تسعة": 9, "تسع": 9, "عشرة": 10, "عشر": 10,
    "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "مئة": 100, "مئتي": 200, "ألف": 1000, "اثنين": 2,
    "اثنان": 2}.items()} | {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "one": 1}  # fmt: skip
VAGUE = {fold_word(w): m for w, m in {"عشرات": "dozens", "مئات": "hundreds", "آلاف": "thousands",
         "ملايين": "millions", "معظم": "most", "جميع": "all", "كافة": "all", "عدد": "some",
         "بعض": "some", "عدة": "several", "أكبر": "as many as possible", "كميات": "quantities"
         }.items()} | {"dozens": "dozens", "hundreds": "hundreds", "several": "several",
         "most": "most", "all": "all"}  # fmt: skip
BOUNDS = {"dozens": (20, 99), "hundreds": (200, 999), "thousands": (2000, 9999),
          "millions": (1_000_000, None)}  # fmt: skip
UNITS = {
    fold_word(w): u
    for w, u in {
        "ليرة": "SYP",
        "الليرات": "SYP",
        "ليرات": "SYP",
        "دولار": "USD",
        "دولارا": "USD",
        "دولارات": "USD",
        "برميل": "barrels",
        "طن": "tonnes",
    }.items()
} | {"dollars": "USD", "pounds": "SYP", "barrels": "barrels", "tonnes": "tonnes"}


def moment(line: Line, i: int, raw: str, report_date: datetime.date | None) -> dict[str, Any]:
    """When the trigger at word i is said to lie; empty where nothing is said."""
    found: dict[str, Any] = {}
    for k, cue in cues(line, raw, report_date):
        if abs(k - i) > 18 or abs(line.clause[k] - line.clause[i]) > 2:
            continue
        if "frequency" in cue and abs(k - i) > 12:
            continue
        if "start" in cue and "start" in found and cue["start"] != found["start"]:
            found["end"] = cue["start"]
        for name, value in cue.items():
            found.setdefault(name, value)
    return found


def cues(
    line: Line, raw: str, report_date: datetime.date | None
) -> list[tuple[int, dict[str, Any]]]:
    """Words of time in a sentence: (word, what it says), found once a sentence."""
    if line.cues is not None:
        return line.cues
    found: list[tuple[int, dict[str, Any]]] = []
    words = line.words

    def text(first: int, last: int) -> str:
        return raw[words[max(0, first)].start : words[last].end]

    for k, word in enumerate(words):
        forms = bare(word.text)
        often = next((FREQUENCY[f] for f in forms if f in FREQUENCY), "")
        month = next((MONTHS[f] for f in forms if f in MONTHS), 0)
        if often:
            found.append((k, {"frequency": often, "cue": text(k, k)}))
        elif len(word.text) == 4 and word.text.isdigit() and word.text[:2] in ("19", "20"):
            found.append((k, {"start": word.text, "cue": text(k - 1, k)}))
        elif month and k and words[k - 1].text.isdigit():
            day = int(words[k - 1].text) % 100
            cue = {"cue": text(k - 1, k), "month_day": f"{month:02d}-{day:02d}"}
            when = _nearest(month, day, report_date) if report_date is not None else None
            found.append((k, cue | ({"date": when} if when else {})))
        elif (said := _day(word.text, report_date)) is not None:
            first = k - 1 if k and bare(words[k - 1].text) & PARTS else k
            found.append((k, {"cue": text(first, k)} | ({"date": said} if said else {})))
    line.cues = found
    return found


def _day(word: str, report_date: datetime.date | None) -> str | None:
    """Date of a weekday or of "yesterday"; empty where the report's date is unknown."""
    back: int | None = None
    for form in (word, *bare(word)):
        if form in RELATIVE:
            back = RELATIVE[form]
        names = DAYS if form in DAYS else DAYS_EN if form in DAYS_EN else None
        if names:
            if report_date is None:
                return ""
            back = (report_date.weekday() - names.index(form)) % 7
    if back is None:
        return None
    if report_date is None:
        return ""
    return (report_date - datetime.timedelta(days=back)).isoformat()


def _nearest(month: int, day: int, report_date: datetime.date) -> str | None:
    try:
        found = datetime.date(report_date.year, month, day)
    except ValueError:
        return None
    if found > report_date:
        found = found.replace(year=found.year - 1) if (month, day) != (2, 29) else found
    return found.isoformat()


def quantity(line: Line, i: int, raw: str, reach: int = 9) -> dict[str, Any]:
    """The number that goes with the trigger at word i."""
    for k in [i, *range(i + 1, min(len(line.words), i + reach)), i - 1, i - 2]:
        if k < 0 or abs(line.clause[k] - line.clause[i]) > 0:
            continue
        word = line.words[k].text
        forms = bare(word)
        following = line.words[k + 1].text if k + 1 < len(line.words) else ""
        span = raw[line.words[k].start : line.words[min(k + 1, len(line.words) - 1)].end]
        unit = next((UNITS[f] for f in bare(following) if f in UNITS), "") if following else ""
        vague = next((VAGUE[f] for f in forms if f in VAGUE), "")
        if vague:
            low, high = BOUNDS.get(vague, (None, None))
            found: dict[str, Any] = {"text": span, "meaning": vague}
            if low:
                found["min"] = low
            if high:
                found["max"] = high
            return found | ({"unit": unit} if unit else {})
        number = NUMBERS.get(word) or next((NUMBERS[f] for f in forms if f in NUMBERS), None)
        if (
            number is None
            and re.fullmatch(r"\d{1,9}", word)
            and not re.fullmatch(r"(?:19|20)\d\d", word)
        ):
            number = int(word)
        if number is not None:
            return {"text": span, "value": number} | ({"unit": unit} if unit else {})
        dual = word.endswith(("ين", "ان")) and line.classes[k] & {"person", "casualty"}
        if dual and forms & _DUALS:
            return {"text": raw[line.words[k].start : line.words[k].end], "value": 2}
    return {}


_DUALS = frozenset(map(fold_word, ["شخصين", "شخصان", "مدنيان", "قتيلين", "قتيلان", "جريحين", "جريحان", "شابين", "شابان", "عنصرين", "عنصران", "عاملين"]))  # fmt: skip
