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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # feared, possible, warned of: the word governs what is joined after it
        ("يعيش أهالي هجين على وقع مخاوف من اعتقالات جديدة وقصف محتمل.", "STRIKE"),
        ("يُخشى أن يقود الخلاف إلى احتجاجات، وأن تُقصف القرية.", "STRIKE"),
        ("وحذر ناشطون من اندلاع مواجهات بين العشائر وقسد.", "CLASH"),
        ("ولم تستبعد المصادر أن تقدم قسد على اقتحام البلدة.", "ATTACK"),
        ("Families left Hajin for fear of arrests and shelling.", "STRIKE"),
        ("Locals are bracing for another round of fighting.", "CLASH"),
        # conditions and suppositions
        ("لن تفتح الفرقة المعبر ما لم تتسلم القيادة نقطة بديلة.", "TAKEOVER"),
        ("أي هجوم على القاعدة سيواجه برد قاس.", "ATTACK"),
        ("A Russian takeover of the airport would anger Iran.", "TAKEOVER"),
        ("Should Turkey attack, the SDF would withdraw its guards.", "WITHDRAWAL"),
        ("Did Iran withdraw from al-Bukamal?", "WITHDRAWAL"),
        # not known, not confirmed, only talk
        ("وتداول ناشطون أنباء غير مؤكدة عن مقتل قيادي.", "CASUALTIES"),
        ("ليس من المعروف ما إذا كانت القوات الروسية ستنسحب.", "WITHDRAWAL"),
        ("Reports of an Iranian withdrawal could not be verified.", "WITHDRAWAL"),
        ("It was not immediately clear who carried out the attack.", "ATTACK"),
        ("The governor dismissed talk of a withdrawal.", "WITHDRAWAL"),
        # charges, pretexts, topics
        ("كان الشاب مطلوباً بتهمة المشاركة في هجمات على الحواجز.", "ATTACK"),
        ("وسُلبت القطعان بذريعة تهريب السلاح.", "MOVE_WEAPONS"),
        ("عقد الطرفان اجتماعاً لبحث انسحاب المسلحين.", "WITHDRAWAL"),
        ("He is wanted for smuggling and for killing two soldiers.", "CASUALTIES"),
        # prevented, put off, given up, practised
        ("وأرسلت روسيا وفداً للحيلولة دون تجدد القتال.", "CLASH"),
        ("تقرر تأجيل سحب القوات إلى الأسبوع القادم.", "WITHDRAWAL"),
        ("أجرت القوات مناورات تحاكي هجوماً على القاعدة.", "ATTACK"),
        ("The order to withdraw was never carried out.", "WITHDRAWAL"),
        ("Any fighter who deserts will be arrested unless he pays.", "DETENTION"),
        ("والله ما قصفت قسد القرية، ومو صحيح إنو اعتقلت حدا.", "DETENTION"),
        # old or of another kind
        ("انفجر لغم من مخلفات المعارك.", "CLASH"),
        ("Shops closed on the second day of a strike by traders.", "STRIKE"),
    ],
)
def test_hedged(text: str, kind: str) -> None:
    assert ("asserted", "positive") not in modes(text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        # denied across an aside, or of a thing said not to have come about
        ("ونفى مسؤول، في تصريح لصحيفة، أن تكون قسد قد قصفت القرية.", "STRIKE", ("asserted", "negative")),
        ("ولم يسبق لقسد أن داهمت البلدة.", "ATTACK", ("asserted", "negative")),
        ("غير أن الإخلاء لم يتم حتى الآن.", "WITHDRAWAL", ("asserted", "negative")),
        ("لم يتوصل الطرفان إلى أي اتفاق.", "AGREEMENT", ("asserted", "negative")),
        ("وشاع أن قسد اعتقلت الشاب، غير أنها نفت ذلك.", "DETENTION", ("asserted", "negative")),
        ("None of the militias has withdrawn from the area.", "WITHDRAWAL", ("asserted", "negative")),
        ("Nothing has been seized since Monday.", "RESTRICT", ("asserted", "negative")),
        ("لم يكن انسحاب قسد من البلدة مفاجئاً.", "WITHDRAWAL", ("asserted", "positive")),
        # announced, demanded, hoped for
        ("Russia promised weapons to the tribes.", "SUPPORT", ("expected", "positive")),
        ("إذا دفع السائق يعتقلونه.", "DETENTION", ("asserted", "positive")),
        ("وهددت الفرقة بقصف البلدة.", "STRIKE", ("expected", "positive")),
        ("اتفق الطرفان على هدنة، على أن تنسحب قسد من البلدة.", "WITHDRAWAL", ("expected", "positive")),
        ("ويأمل السكان أن تفرج قسد عن أبنائهم.", "RELEASE", ("purpose", "positive")),
        ("خرج الأهالي منادين بإقالة المحافظ.", "LEADERSHIP", ("purpose", "positive")),
        ("Her family paid a sum for his release.", "RELEASE", ("purpose", "positive")),
        # the reach ends: what follows is told as done
        ("سادت حالة من الخوف بين السكان بعد اعتقال قسد عشرة شبان.", "DETENTION", ("asserted", "positive")),
        ("اعتقلت الأسايش شابين بتهمة التهريب ثم أفرجت عنهما.", "RELEASE", ("asserted", "positive")),
        ("نقلت الميليشيا أسلحتها تحسباً لضربات، واعتقلت شابين.", "DETENTION", ("asserted", "positive")),
        ("لا تزال الفرقة الرابعة تفرض إتاوات على الشاحنات.", "REVENUE", ("asserted", "positive")),
        ("The SDF arrested two men accused of smuggling.", "DETENTION", ("asserted", "positive")),
        ("Fighters who refused to pay were arrested by the brigade.", "DETENTION", ("asserted", "positive")),
        ("Iran moved weapons to Raqqa despite fears of strikes.", "MOVE_WEAPONS", ("asserted", "positive")),
    ],
)  # fmt: skip
def test_reach(text: str, kind: str, wanted: tuple[str, str]) -> None:
    assert modes(text, kind) == {wanted}


def test_attribution() -> None:
    claims = read("قالت مصادر محلية إن قسد اعتقلت شابين.".encode()).claims
    assert {c.attribution for c in claims} == {"local-sources"}
