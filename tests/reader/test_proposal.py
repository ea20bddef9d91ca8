"""Names that no gazetteer knows: new groups act in their report, new places are proposed."""

from maabar.reader import read
from maabar.reader.proposal import identifier

TEXT = (
    'انشق "فوج حماة الوادي" عن الحرس الثوري في العشارة. '
    "وسيطر الفوج على معبر العشارة، واعتقل عناصره سائقين."
)
FAWJ = identifier("فوج حماة الوادي")


def test_a_quoted_group_acts_and_is_taken_up_by_its_head() -> None:
    document = read(TEXT)
    assert [(p["id"], p["kind"]) for p in document.proposals] == [(FAWJ, "armed_group")]
    for kind in ("AFFILIATION_CHANGE", "DETENTION"):
        claim = next(c for c in document.claims if c.type == kind)
        assert {a.id for a in claim.args["actor"]} == {FAWJ}
    assert sum(m.id == FAWJ for m in document.mentions) >= 2


def test_a_known_name_is_not_proposed() -> None:
    assert not read('اعتقلت ميليشيا "أسود العكيدات" رجلاً في القورية.').proposals


def test_english_names_and_sources() -> None:
    found = read('A faction calling itself "Sons of the Valley" seized a house near Hajin.')
    assert [p["text"] for p in found.proposals] == ["Sons of the Valley"]
    assert found.proposals[0]["id"] == "unknown-sons-of-the-valley"
    source = read('قالت شبكة "صوت الوادي" إن قسد اعتقلت رجلاً في هجين.')
    assert source.proposals[0]["kind"] == "source"
    assert source.claims[0].args["actor"][0].id == "sdf"


def test_a_place_is_proposed_only() -> None:
    document = read("دهمت قسد منازل في قرية المحصنة الشرقية.")
    assert all(not m.id.startswith("unknown") for m in document.mentions)
