"""Triggers: which words tell of what; homographs and retold events do not."""

import pytest

from maabar.reader import read

CASES = [
    ("دهمت دورية منازل المدنيين في هجين.", "ATTACK"),
    ("شنّت طائرات حربية غارات على السخنة.", "STRIKE"),
    ("انسحبت الفرقة الرابعة من التبني.", "WITHDRAWAL"),
    ("افتتحت ميليشيا حزب الله مكتباً جديداً في البوكمال.", "BASE_ESTABLISHED"),
    ("نظّم الأهالي وقفة احتجاجية في المنصورة.", "CONDITION"),
    ("فرضت الأسايش حظراً للتجوال في البصيرة.", "RESTRICT"),
    ("The SDF have withdrawn from Abu Hamam.", "WITHDRAWAL"),
    ("Turkish artillery shelled Tall Tamr.", "STRIKE"),
    ("Hezbollah and the Fourth Division are at odds over the crossing.", "COMPETITION"),
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_tells(text: str, kind: str) -> None:
    assert kind in {c.type for c in read(text.encode()).claims}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("وصلت القافلة فجر اليوم إلى هجين.", "ATTACK"),  # fajr: dawn
        ("بدأت لجان التسوية عملها في دير الزور.", "AGREEMENT"),
        ("قصفت الفرقة الرابعة بلدة هجين. ولم يصدر بيان بشأن القصف.", "CLASH"),
    ],
)
def test_does_not_tell(text: str, kind: str) -> None:
    assert kind not in {c.type for c in read(text.encode()).claims}


def test_an_event_told_twice_is_one() -> None:
    text = "قصفت الفرقة الرابعة بلدة هجين. وأدى القصف إلى مقتل مدني."
    assert [c.type for c in read(text.encode()).claims].count("STRIKE") == 1
