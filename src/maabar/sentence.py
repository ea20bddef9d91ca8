"""What the program says to people, in English and Arabic, from one catalogue."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "ar")


@cache
def catalogue() -> dict[str, Any]:
    """The catalogue as nested dicts, read once.

    Examples
    --------
    >>> catalogue()["row"]["group"]["en"]
    'group'
    """
    import yaml

    text = Path(__file__).with_name("catalogue.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)  # type: ignore[no-any-return]


def say(entry: str, lang: str = "en", /, **values: object) -> str:
    """A sentence of the catalogue with its blanks filled in.

    Parameters
    ----------
    entry : str
        Section, name and so on, joined by colons.
    lang : {"en", "ar"}
        Language.
    **values
        What the blanks in braces stand for.

    Raises
    ------
    KeyError
        Where the catalogue has no such sentence.

    Examples
    --------
    >>> say("run:progress", done=8, total=16, rate=100, left=1)
    '8 of 16 replicates, 100 a second, 1 s left'
    """
    found: Any = catalogue()
    for key in entry.split(":"):
        found = found[key]
    return str(found[lang]).format(**values)


def counted(count: float, noun: str, lang: str = "en") -> str:
    """A number with its noun, in the form that the number asks for.

    Parameters
    ----------
    count : float
        Rounded to a whole number.
    noun : str
        Entry of the catalogue's section ``counted``.
    lang : {"en", "ar"}
        Arabic has five forms (one, two, 3-10, 11-99, round hundreds).

    Examples
    --------
    >>> counted(1, "fighter"), counted(5, "fighter"), counted(12, "fighter", "ar")
    ('1 fighter', '5 fighters', '12 مقاتلاً')
    """
    whole = round(count)
    forms = catalogue()["counted"][noun][lang]
    if lang == "en":
        return f"{whole:,} {forms[whole != 1]}"
    if whole in (1, 2):
        return str(forms[whole - 1])
    last = whole % 100
    return f"{whole:,} {forms[2 if 3 <= last <= 10 else 3 if last > 10 else 4]}"


def number(value: float | None) -> str:
    """A number to three significant digits, without an exponent.

    Examples
    --------
    >>> number(1234.5), number(-0.01234), number(12.0), number(None)
    ('1,230', '−0.0123', '12', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    places = 2 - math.floor(math.log10(abs(value)))
    text = f"{round(value, places):,.{max(0, places)}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def percent(share: float | None) -> str:
    """A share in per cent.

    Examples
    --------
    >>> percent(0.165), percent(0.004), percent(0.0001), percent(None)
    ('16 %', '0.4 %', '<0.1 %', '–')
    """
    if share is None or not math.isfinite(share):
        return "–"
    if 0 < share < 0.0005:
        return "<0.1 %"
    return f"{100 * share:.{1 if 0 < share < 0.1 else 0}f} %"


def date(day: datetime.date, lang: str = "en") -> str:
    """A date in words; Arabic with the months' names of the Levant.

    Examples
    --------
    >>> date(datetime.date(2022, 8, 24)), date(datetime.date(2022, 8, 24), "ar")
    ('24 Aug 2022', '24 آب 2022')
    """
    return f"{day.day} {catalogue()['months'][lang][day.month - 1]} {day.year}"


def name(titles: Mapping[str, Mapping[str, str]], identity: str, lang: str = "en") -> str:
    """The title of an id in a language; the id itself where it has none.

    Examples
    --------
    >>> name({"ndf": {"en": "NDF", "ar": "الدفاع الوطني"}}, "ndf"), name({}, "ndf")
    ('NDF', 'ndf')
    """
    return str(titles.get(identity, {}).get(lang, identity))
