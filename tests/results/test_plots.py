"""Pictures of a run."""

import sys
from pathlib import Path

import pytest

from maabar.errors import RunError, UseError
from maabar.plots import plot
from maabar.results.run import Run


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    pytest.importorskip("matplotlib")
    return tmp_path / "picture.png"


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize(
    "outcome",
    [None, "clashes", "toll_income", "toll_income.north", "price.west.fuel", "vacant.north",
     "first_realigned_day.river-company"],
)  # fmt: skip
def test_pictures(small: Run, drawn: Path, outcome: str | None, lang: str) -> None:
    assert plot(small, outcome, out=drawn, lang=lang) == drawn
    assert drawn.read_bytes().startswith(b"\x89PNG")
    assert drawn.stat().st_size > 5_000


def test_svg_is_the_same_bytes_each_time(small: Run, drawn: Path) -> None:
    first = plot(small, "clashes", out=drawn.with_suffix(".svg")).read_text()
    assert "<svg" in first
    assert "Date" not in first


def test_default_path(small: Run, drawn: Path) -> None:
    made = plot(small.path, "clashes")
    assert made == small.path / "clashes.png"
    made.unlink()


def test_what_cannot_be_drawn(small: Run, drawn: Path) -> None:
    with pytest.raises(UseError, match='did you mean "clashes"'):
        plot(small, "clahses", out=drawn)
    with pytest.raises(UseError, match=r"\.png or \.svg"):
        plot(small, "clashes", out=drawn.with_suffix(".pdf"))
    with pytest.raises(RunError, match="cannot write"):
        plot(small, "clashes", out=drawn.parent / "nowhere" / "picture.png")
    with pytest.raises(RunError, match="is not a run"):
        plot(drawn.parent)


def test_without_matplotlib(small: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(RunError, match=r"pip install \"maabar\[plot\]\""):
        plot(small)
