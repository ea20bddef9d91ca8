"""Paradigms: known forms of known verbs come out, with what they are."""

import pytest

from maabar.reader.morphology import paradigm, stems
from maabar.reader.text import fold_word

FORMS = [
    ("س ح ب", 7, "انسحاب", "masdar"),
    ("س ح ب", 7, "انسحبت", "past"),
    ("س ح ب", 7, "ينسحبون", "present"),
    ("و ل ي", 10, "استيلاء", "masdar"),
    ("و ل ي", 10, "استولى", "past"),
    ("ه د ف", 10, "استهدفت", "past"),
    ("ه د ف", 10, "استهدافها", "masdar"),
    ("ه د ف", 10, "مستهدفين", "patient"),
    ("د ه م", 3, "داهمت", "past"),
    ("د ه م", 3, "تداهم", "present"),
    ("ع ق ل", 8, "اعتقالهم", "masdar"),
    ("ع ق ل", 8, "معتقلين", "patient"),
    ("س ي ط ر", 1, "يسيطر", "present"),
    ("ص و ب", 4, "أصيب", "past"),
    ("ق و م", 4, "يقيمان", "present"),
    ("ف ر ج", 4, "أفرجت", "past"),
]


@pytest.mark.parametrize(("root", "form", "word", "kind"), FORMS)
def test_paradigm_holds_the_form(root: str, form: int, word: str, kind: str) -> None:
    found = paradigm(root, form)[fold_word(word)]
    assert any(f.kind == kind for f in found), {f.kind for f in found}


def test_pronouns_are_told_apart() -> None:
    suffixes = {f.suffix for f in paradigm("ع ق ل", 8)["اعتقالهم"]}
    assert suffixes == {"هم"}


def test_a_paradigm_is_large_and_its_masdar_regular() -> None:
    assert len(paradigm("ن ش ر", 8)) > 80
    assert stems("ن ش ر", 8).masdar == ("انتشار",)
