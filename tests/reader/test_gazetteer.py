"""The gazetteer: ids of both languages, coordinates of settlements only, user additions."""

from pathlib import Path

from maabar.reader.gazetteer import extended, keys, shipped


def test_names_lead_to_ids() -> None:
    names = shipped()
    for name, ident in (("قسد", "sdf"), ("الفرقة الرابعة", "fourth-division"),
                        ("البوكمال", "al-bukamal"), ("IRGC", "irgc")):  # fmt: skip
        words = list(keys(name))
        assert (ident, len(words)) in list(names.find(words, 0))


def test_spelling_classes() -> None:
    assert keys("ميليشيا") == keys("مليشيا") or keys("ميلشيا") == keys("مليشيا")


def test_a_user_gazetteer_adds(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "actors:\n  my-brigade: {kind: armed_group, ar: [لواء الفرات الجديد]}\n", "utf-8"
    )
    names = extended(path)
    assert names.kind("my-brigade") == "armed_group"
    assert names.kind("sdf")
