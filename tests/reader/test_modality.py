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
        ("نفى مصدر عسكري وقوع أي اشتباكات في المدينة.", "CLASH", {("asserted", "negative")}),
        ("لم يتسن التأكد من صحة أنباء مقتل القيادي.", "CASUALTIES", set()),
        ("كادت الاشتباكات أن تندلع بين الطرفين.", "CLASH", set()),
        ("أنكرت قسد مسؤوليتها عن القصف.", "STRIKE", set()),
        ("If the SDF withdraws, the regime will take over the town.", "TAKEOVER", set()),
        ("There is no sign that the Fourth Division is withdrawing.", "WITHDRAWAL", set()),
        ("The SDF denied that it had arrested civilians.", "DETENTION", {("asserted", "negative")}),
        ("توصل الطرفان إلى تفاهم يقضي بسحب المسلحين.", "WITHDRAWAL", {("expected", "positive")}),
    ],
)
def test_modality(text: str, kind: str, wanted: set[tuple[str, str]]) -> None:
    assert modes(text, kind) == wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("وجه التنظيم تهديدات، مهدداً بقصف البلدة.", "STRIKE"),
        ("لم تُعرف صحة ما تداولته صفحات محلية عن انسحاب الحرس الثوري من الميادين.", "WITHDRAWAL"),
        ("دعا التحالف الطرفين إلى وقف القتال في ذيبان.", "CLASH"),
        ("شيّع أهالي المنصورة جثماني القتيلين.", "CASUALTIES"),
        ("Had the crossings been shut, prices would have doubled.", "RESTRICT"),
        ("Claims that a commander was killed in Hajin were dismissed as baseless.", "CASUALTIES"),
    ],
)
def test_what_did_not_happen_is_not_told_as_done(text: str, kind: str) -> None:
    assert ("asserted", "positive") not in modes(text, kind)


def test_attribution() -> None:
    claims = read("قالت مصادر محلية إن قسد اعتقلت شابين.".encode()).claims
    assert {c.attribution for c in claims} == {"local-sources"}
