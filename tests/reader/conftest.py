"""Reports of our own that several tests read."""

from __future__ import annotations

import pytest

from maabar.reader import Document, read

ARABIC = (
    "قصف طيران التحالف الدولي مواقع ميليشيا الحرس الثوري الإيراني في مدينة الميادين أمس، "
    "وقتل ثلاثة عناصر.\n"
    "وسيطرت ميليشيا القاطرجي على معبر بقرص بعد انسحاب قوات الفرقة الرابعة منه. "
    "واعتقلت قسد شابين في بلدة ذيبان.\n"
)
ENGLISH = (
    "The Fourth Division closed the river crossing at al-Asharah on Monday. "
    "Fighters of al-Qaterji clashed with the National Defence Forces in al-Mayadin.\n"
)


@pytest.fixture(scope="session")
def arabic() -> Document:
    """An Arabic report, read."""
    return read(ARABIC, report_date="2022-09-03", source="https://example.org/1", file="arabic.txt")


@pytest.fixture(scope="session")
def english() -> Document:
    """An English report, read."""
    return read(ENGLISH, file="english.txt")
