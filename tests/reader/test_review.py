"""The review page: right to left, offline, safe; what a click decides is in the saved file."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import maabar
from maabar.reader import Document, ReadError, read
from maabar.reader.review import decided, review
from tests.reader.conftest import ARABIC

HARM = (
    "<script>document.title='struck'</script><img src=x onerror=alert(1)> "
    'قصف طيران التحالف الدولي مواقع ميليشيا </script><b onclick="x()"> القاطرجي في مدينة الميادين.'
)


@pytest.fixture(scope="module")
def page(arabic: Document) -> str:
    return review(arabic, ARABIC)


def test_the_page_is_right_to_left_and_needs_no_network(page: str) -> None:
    assert '<html lang="ar" dir="rtl">' in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)


def test_every_claim_is_on_it_and_marked_in_the_text(page: str, arabic: Document) -> None:
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert [one["id"] for one in data["claims"]] == [one.id for one in arabic.claims]
    for claim in arabic.claims:
        assert re.search(rf'data-ids="[^"]*\b{claim.id}\b', page), claim.id


def test_nothing_in_a_report_becomes_markup() -> None:
    made = review(read(HARM), HARM)
    assert made.count("<script") == 2  # the data and the page's own
    assert made.count("</script>") == 2
    assert "<img" not in made
    assert "<b onclick" not in made


def test_another_text_is_refused(arabic: Document) -> None:
    with pytest.raises(ReadError, match="R012"):
        review(arabic, ARABIC + "!")


def test_edited_claims_take_what_was_edited(arabic: Document, tmp_path: Path) -> None:
    first, second = arabic.claims[:2]
    file = tmp_path / "decisions.json"
    saved: dict[str, Any] = {
        "schema": "review_decisions/1", "sha256": arabic.sha256,
        "decisions": {first.id: {"verdict": "edit", "polarity": "negative"}, second.id: {"verdict": "reject"}},
    }  # fmt: skip
    file.write_text(json.dumps(saved), encoding="utf-8")
    (kept,) = decided(arabic.as_dict(), file)
    assert kept["id"] == first.id
    assert kept["polarity"] == "negative"


def test_a_click_accepts_and_the_saved_file_holds_it(
    page: str, arabic: Document, tmp_path: Path
) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright here")
    file = tmp_path / "review.html"
    file.write_text(page, encoding="utf-8")
    with playwright.sync_playwright() as play:
        try:
            browser = play.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
                args=["--no-sandbox"] if os.getuid() == 0 else [],
            )
        except playwright.Error:
            pytest.skip("no Chromium here")
        tab = browser.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(file.as_uri())
        first, second = arabic.claims[:2]
        tab.click(f"#card-{first.id} button[data-verdict=accept]")
        tab.click(f"#card-{second.id} button[data-verdict=reject]")
        with tab.expect_download() as got:
            tab.click("#save")
        saved = tmp_path / "decisions.json"
        got.value.save_as(saved)
        tab.select_option("#filter", first.type)
        shown = tab.locator("article:visible").count()
        browser.close()
    assert all(one.startswith(("file:", "blob:")) for one in asked)
    assert shown == sum(one.type == first.type for one in arabic.claims)
    told = json.loads(saved.read_text("utf-8"))
    assert told["decisions"] == {first.id: {"verdict": "accept"}, second.id: {"verdict": "reject"}}
    assert [one["id"] for one in decided(arabic.as_dict(), saved)] == [first.id]


def test_the_functions_are_those_of_the_command_line(tmp_path: Path) -> None:
    found = maabar.read(ARABIC)
    assert maabar.review(found, ARABIC).startswith("<!doctype html>")
    assert (maabar.draft(found, out=tmp_path / "river") / "scenario.yaml").is_file()
