"""The catalogue says everything in both languages, with the same blanks."""

import datetime
import string
from collections.abc import Iterator
from typing import Any

import pytest

from maabar.results.outcome import OUTCOMES
from maabar.results.table import SECTIONS
from maabar.sentence import LANGUAGES, catalogue, counted, date, name, number, percent, say
from maabar.variables import EVENTS

pytestmark = pytest.mark.uncompiled


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if set(node) & set(LANGUAGES):
        yield path, node
    else:
        for key, value in node.items():
            yield from leaves(value, f"{path}:{key}")


def blanks(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


ENTRIES = list(leaves(catalogue()))


@pytest.mark.parametrize(("path", "entry"), ENTRIES, ids=[path for path, _ in ENTRIES])
def test_both_languages_have_the_same_blanks(path: str, entry: dict[str, Any]) -> None:
    assert set(entry) == set(LANGUAGES), path
    if isinstance(entry["en"], str):
        english = {"unit", "means"} if path == ":scenario:line:number" else set()  # told in English
        assert blanks(entry["en"]) - english == blanks(entry["ar"]), path
    else:
        assert path.startswith((":months", ":counted")), path


@pytest.mark.parametrize(("path", "entry"), ENTRIES, ids=[path for path, _ in ENTRIES])
def test_arabic_is_arabic(path: str, entry: dict[str, Any]) -> None:
    words = entry["ar"] if isinstance(entry["ar"], str) else "".join(entry["ar"])
    plain = "".join(text for text, *_ in string.Formatter().parse(words))
    letters = [one for one in plain if one.isalpha()]
    assert all("\u0600" <= one <= "\u06ff" for one in letters), path


def test_every_event_outcome_and_section_has_its_words() -> None:
    events = catalogue()["event"]
    assert {kind.name for kind in EVENTS} <= set(events)
    assert {one.name for one in OUTCOMES} == set(catalogue()["outcome"])
    assert {one.unit for one in OUTCOMES} <= set(catalogue()["units"])
    assert {section.name for section in SECTIONS} == set(catalogue()["section"])
    assert {section.dim for section in SECTIONS} - {""} <= set(catalogue()["row"])


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 مقاتل"),
        (1, "مقاتل واحد"),
        (2, "مقاتلان"),
        (3, "3 مقاتلين"),
        (10, "10 مقاتلين"),
        (11, "11 مقاتلاً"),
        (99, "99 مقاتلاً"),
        (100, "100 مقاتل"),
        (103, "103 مقاتلين"),
        (1011, "1,011 مقاتلاً"),
    ],
)
def test_arabic_counts(count: int, said: str) -> None:
    assert counted(count, "fighter", "ar") == said


def test_english_counts() -> None:
    assert [counted(n, "man") for n in (0, 1, 2)] == ["0 men", "1 man", "2 men"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (None, "–"),
        (float("nan"), "–"),
        (1_234_567.0, "1,230,000"),
        (999.9, "1,000"),
        (-12.34, "−12.3"),
        (0.00012345, "0.000123"),
        (100.0, "100"),
    ],
)
def test_numbers_have_three_digits_and_no_exponent(value: float | None, said: str) -> None:
    assert number(value) == said


def test_per_cent() -> None:
    assert [percent(share) for share in (0.0, 1.0, 0.5, 0.012, 0.0001, None)] == [
        "0 %",
        "100 %",
        "50 %",
        "1.2 %",
        "<0.1 %",
        "–",
    ]


def test_months_of_the_levant() -> None:
    assert date(datetime.date(2022, 12, 1), "ar") == "1 كانون الأول 2022"
    assert len({date(datetime.date(2022, month, 1), "ar") for month in range(1, 13)}) == 12


def test_a_missing_sentence_is_an_error_and_a_missing_title_is_the_id() -> None:
    with pytest.raises(KeyError):
        say("run:no such sentence")
    assert name({}, "al-mukhtar", "ar") == "al-mukhtar"
