"""Who does it: verbs and nouns, before and after, passives, sides, carried subjects."""

import pytest

from maabar.reader import read


def actors(text: str, kind: str) -> set[str]:
    """Actors of the first claim of a type."""
    claim = next(c for c in read(text.encode()).claims if c.type == kind)
    return {a.id for a in next(iter(claim.args.values()))}


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("اعتقلت قسد شابين في هجين.", "DETENTION", {"sdf"}),
        ("قسد اعتقلت شابين في هجين.", "DETENTION", {"sdf"}),
        ("اعتُقل شابان في هجين من قبل قسد.", "DETENTION", {"sdf"}),
        ("تعرضت مواقع الحرس الثوري لقصف من قبل التحالف الدولي.", "STRIKE", {"coalition"}),
        ("ردّت قسد بقصف مواقع الجيش الوطني السوري.", "STRIKE", {"sdf"}),
        ("دورية تابعة للأمن العسكري دهمت منازل في الجورة.", "ATTACK", {"military-intelligence"}),
        ("استيلاء عناصر من لواء فاطميون على منازل في الميادين.", "TAKEOVER", {"fatemiyoun"}),
        ("سلمت قوات النظام الحاجز إلى لواء القدس.", "TAKEOVER", {"liwa-al-quds"}),
        ("دارت اشتباكات بين عناصر من الدفاع الوطني ومجموعة من لواء الباقر.", "CLASH",
         {"ndf", "liwa-al-baqir"}),
        ("Fighters from the Fatemiyoun Brigade seized a house.", "TAKEOVER", {"fatemiyoun"}),
        ("Russian military police, who patrol the area, evacuated their post.", "WITHDRAWAL",
         {"russian-military-police"}),
        # clauses know what they are about, whatever their verb
        ("قال باحث إن شركة القاطرجي فقدت حصتها، واستولت على معبر الجنينة.", "TAKEOVER", {"al-qaterji"}),
        ("اتهمت أنقرة وحدات حماية الشعب بقصف قرية قرب تل أبيض.", "STRIKE", {"ypg"}),
        ("أطلق عناصر الدفاع الوطني النار على دورية للأسايش، لترد الأخيرة بمحاصرة الحي.", "SIEGE",
         {"asayish"}),
        ("استهدف مسلحون يُرجّح انتماؤهم لتنظيم داعش صهريج نفط.", "ATTACK", {"isis"}),
        ("شددت الميليشيات الإيرانية إجراءاتها، ومنعت المزارعين من الوصول إلى أراضيهم.", "RESTRICT",
         {"iranian-militias"}),
        ("قبل شهرين فاطميون استولوا على أربعة بيوت.", "TAKEOVER", {"fatemiyoun"}),
        ("Asayish units backed by Coalition helicopters stormed three houses.", "ATTACK",
         {"asayish"}),
        ("SDF commandos who arrived from Hajin stormed a house.", "ATTACK", {"sdf-commandos"}),
        ("In response the 4th Division set up new checkpoints.", "BASE_ESTABLISHED",
         {"fourth-division"}),
        # casualties are of the nearest event of the sentence
        ("قُتل طفل وأُصيب رجلان جراء قصف نفذته قوات النظام على بلدة الطيانة.", "CASUALTIES",
         {"syrian-regime"}),
        ("أصيبت طفلة برصاصة طائشة خلال اشتباكات بين الدفاع الوطني ولواء الباقر.", "CASUALTIES",
         {"unspecified"}),
        # "that X supports Y", "it happened before that X"
        ("قالت مصادر إن الحرس الثوري يدعم لواء الباقر بالسلاح.", "SUPPORT", {"irgc"}),
        ("سبق للواء الباقر أن هاجم حاجزين لقسد قرب الطريف.", "ATTACK", {"liwa-al-baqir"}),
        # men held to be of a group; aircraft nobody knows
        ("فجّر مسلحان يُرجّح أنهما من خلايا داعش عبوة لاصقة بسيارة.", "ATTACK", {"isis-cells"}),
        ("قصفت طائرة مسيّرة لم تُعرف هويتها مستودعاً في الميادين.", "STRIKE",
         {"unidentified-aircraft"}),
        # who is made to do it
        ("أجبرت قسد الأهالي على إخلاء منازلهم.", "MOVEMENT", {"residents"}),
        ("طالبوا قسد بالإفراج عن أبنائهم.", "RELEASE", {"sdf"}),
        # a statement's list is of who issues it
        ("بيان صادر عن مجلس دير الزور العسكري. هاجم الخصم نقاطنا. أولاً: إغلاق المعابر النهرية.",
         "RESTRICT", {"deir-ez-zor-military-council"}),
        # help in passing is the helper's
        ("نفّذت قسد، بدعم من التحالف الدولي، مداهمة في هجين.", "SUPPORT", {"coalition"}),
        ("نفّذت قسد، بدعم من التحالف الدولي، مداهمة في هجين.", "ATTACK", {"sdf"}),
    ],
)  # fmt: skip
def test_actor(text: str, kind: str, wanted: set[str]) -> None:
    assert actors(text, kind) == wanted


def test_the_subject_is_carried_on() -> None:
    text = "دهمت دورية تابعة للأمن العسكري منازل في الجورة، واقتادت ثلاثة شبان، وصادرت هواتف."
    for kind in ("ATTACK", "DETENTION", "RESTRICT"):
        assert actors(text, kind) == {"military-intelligence"}


def test_a_helper_is_not_the_doer() -> None:
    text = "جيش سوريا الحرة، بإشراف التحالف، اعتقل رجلين."
    assert actors(text, "DETENTION") == {"syrian-free-army"}


def test_prisoners_are_their_jailers_to_release() -> None:
    assert actors("أُفرج عن 14 موقوفاً لدى الأسايش.", "RELEASE") == {"asayish"}
