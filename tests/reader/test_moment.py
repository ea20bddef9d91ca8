"""When and how many: cues kept as written, dates only where the text allows."""

from maabar.reader import read


def test_a_cue_is_kept_without_a_date() -> None:
    claim = read("اعتقلت قسد ثلاثة شبان أمس في هجين.".encode()).claims[0]
    assert claim.time
    assert "date" not in claim.time


def test_a_report_date_dates_yesterday() -> None:
    claim = read("اعتقلت قسد ثلاثة شبان أمس في هجين.".encode(), report_date="2023-05-10").claims[0]
    assert str(claim.time.get("date")) == "2023-05-09"


def test_a_number_in_words() -> None:
    claim = read("اعتقلت قسد ثلاثة شبان في هجين.".encode()).claims[0]
    assert claim.quantity["value"] == 3
