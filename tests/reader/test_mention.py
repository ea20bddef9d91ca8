"""Names: found in harmless respellings, at exact raw spans; zones and anaphors."""

import random

import pytest

from maabar.reader import read

SENTENCE = "داهمت قوات سوريا الديمقراطية بلدة الشحيل بريف دير الزور الشرقي."
TATWEEL, MARKS = "\u0640", "\u064b\u064e\u064f\u0650\u0651\u0652"


def respelled(text: str, seed: int) -> str:
    """Tatweel and vowel signs put after random letters."""
    draw = random.Random(seed)
    out = []
    for k, letter in enumerate(text):
        out.append(letter)
        inside = letter.isalpha() and k + 1 < len(text) and text[k + 1].isalpha()
        if inside and letter not in "اأإآدذرزوؤىةء" and draw.random() < 0.15:
            out.append(TATWEEL * draw.randint(1, 3))
        elif inside and draw.random() < 0.2:
            out.append(draw.choice(MARKS[2:]))
    return "".join(out)


@pytest.mark.parametrize("seed", range(12))
def test_spans_are_exact_however_it_is_spelled(seed: int) -> None:
    text = respelled(SENTENCE, seed)
    found = read(text.encode())
    assert {"sdf", "al-shuhayl"} <= {m.id for m in found.mentions}
    for mention in found.mentions:
        assert text[slice(*mention.span)] == mention.text
    for claim in found.claims:
        assert text[slice(*claim.span)] == claim.quote
        for fillers in claim.args.values():
            for a in fillers:
                assert a.span is None or text[slice(*a.span)] == a.text


def test_variants_of_one_name() -> None:
    for name in ("ديرالزور", "دير الزور", "ديـر الزور", "دَير الزّور"):
        found = read(f"وصلت تعزيزات إلى {name} أمس.".encode())
        assert "deir-ez-zor" in {m.id for m in found.mentions}, name


def test_the_holder_of_a_zone_does_nothing() -> None:
    found = read("تهرب شبكات النفط من مناطق سيطرة قسد إلى مناطق سيطرة النظام.".encode())
    doing = [c for c in found.claims if c.tier == "explicit"]
    assert doing
    assert not {a.id for c in doing for a in c.args["actor"]} & {"sdf", "syrian-regime"}


def test_the_militias_is_a_collective() -> None:
    text = "قصفت طائرات مواقع الحرس الثوري الإيراني. واعتقلت الميليشيات شابين في الميادين."
    detention = next(c for c in read(text.encode()).claims if c.type == "DETENTION")
    assert [a.id for a in detention.args["actor"]] == ["iranian-militias"]


def test_english_ids_are_the_same() -> None:
    found = read(b"The SDF raided a house in al-Shuhayl.")
    assert {"sdf", "al-shuhayl"} <= {m.id for m in found.mentions}
