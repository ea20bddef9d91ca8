"""Aims, attempts, promises, denials, fears and conditions are not told as done."""

import pytest

from maabar.reader import read


def modes(text: str, kind: str) -> set[tuple[str, str]]:
    """(modality, polarity) of the claims of a type."""
    return {(c.modality, c.polarity) for c in read(text.encode()).claims if c.type == kind}


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("قصفت الفرقة الرابعة بلدة هجين.", "STRIKE", {("asserted", "positive")}),
        ("لم تنسحب الفرقة الرابعة من التبني.", "WITHDRAWAL", {("asserted", "negative")}),
        ("افتتحت قسد مكتباً لتجنيد الشبان.", "RECRUITMENT", {("purpose", "positive")}),
        ("ستنسحب القوات الروسية من القامشلي.", "WITHDRAWAL", {("expected", "positive")}),
        ("نزحت عائلات من هجين خوفاً من القصف.", "STRIKE", set()),
        ("نفت قسد الأنباء التي تحدثت عن انسحاب القوات الأميركية.", "WITHDRAWAL", set()),
        ("لم ترد معلومات عن خسائر بشرية.", "CASUALTIES", set()),
        ("توصل الطرفان إلى تفاهم يقضي بسحب المسلحين.", "WITHDRAWAL", {("purpose", "positive")}),
    ],
)
def test_modality(text: str, kind: str, wanted: set[tuple[str, str]]) -> None:
    assert modes(text, kind) == wanted


def test_attribution() -> None:
    claims = read("قالت مصادر محلية إن قسد اعتقلت شابين.".encode()).claims
    assert {c.attribution for c in claims} == {"local-sources"}
