"""Who did it, weighed: the weights decide where the rules infer, and where nobody is named."""

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from maabar.reader import read
from maabar.reader.doer import WATCH, WEIGHTS, Scene, decided, ilk, weighed, weights
from maabar.reader.learn import Choice, fit, main, right

# A report in which the rules alone lose the thread: two groups alternate.
TEXT = (
    "قالت مصادر محلية إن دورية من لواء الباقر دهمت سوق الميادين. "
    "وبعد ساعة وصلت مجموعة من الدفاع الوطني إلى المكان. "
    "وجرى اعتقال ثلاثة شبان ومصادرة دراجات، ثم انسحبت المجموعة."
)


def scenes(text: str) -> list[tuple[Scene, tuple]]:
    """The scenes of a text, and whom the rules name."""
    token = WATCH.set([])
    try:
        read(text.encode())
        return list(WATCH.get() or ())
    finally:
        WATCH.reset(token)


def test_the_weights_are_plain_numbers() -> None:
    table = weights()
    assert len(table) > 1000
    assert all(math.isfinite(w) and round(w, 2) == w for w in table.values())


def test_all_actors_in_reach_are_weighed() -> None:
    met = scenes(TEXT)
    assert {s.kind for s, _ in met} >= {"ATTACK", "DETENTION"}
    scene = next(s for s, _ in met if s.kind == "DETENTION")
    assert {"liwa-al-baqir", "ndf", "unspecified"} <= set(scene.found)
    assert any(m.startswith("topic ") for m in scene.found["ndf"].marks)
    assert ilk("ndf") == "armed" and ilk("civilians") == "population"


def test_whom_the_rules_find_named_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    scene, told = scenes("اعتقلت قسد ثلاثة شبان في هجين.")[0]
    assert [a.id for a in told] == ["sdf"]
    assert weighed(scene, told) is told
    for candidate in scene.found.values():
        candidate.marks = set()
    scene.found["unspecified"].marks = {"much"}
    monkeypatch.setattr("maabar.reader.doer.weights", lambda: {"much": 99.0})
    assert weighed(scene, told) is told  # nobody outweighs a name


def test_another_actor_may_outweigh(monkeypatch: pytest.MonkeyPatch) -> None:
    scene, _ = next(one for one in scenes(TEXT) if one[0].kind == "DETENTION")
    for candidate in scene.found.values():
        candidate.marks = set()
    scene.found["ndf"].marks = {"much"}
    monkeypatch.setattr("maabar.reader.doer.weights", lambda: {"much": scene.margin + 0.01})
    told = scene.found["unspecified"].args
    assert [a.id for a in weighed(scene, told)] == ["ndf"]
    monkeypatch.setattr("maabar.reader.doer.weights", lambda: {"much": scene.margin - 0.01})
    assert weighed(scene, told) is told


def test_sides_and_receivers_are_decided_by_rules() -> None:
    met = scenes(
        "دارت اشتباكات بين الدفاع الوطني ولواء الباقر. سلمت قوات النظام الحاجز إلى لواء القدس."
    )
    assert all(decided(s.trigger, told) for s, told in met if s.kind in ("CLASH", "TAKEOVER"))


def test_the_hash_seed_changes_nothing(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, "utf-8")
    command = [str(Path(sys.executable).with_name("maabar")), "read", str(report), "--json"]
    said = {
        subprocess.run(
            command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def choice(mark: str, did: str) -> Choice:
    """One choice between two actors, the first of whom the rules name."""
    marks = (frozenset({mark, "first"}), frozenset({"second"}))
    ids = (frozenset({"sdf"}), frozenset({"isis"}))
    return Choice("dev", "ar", ids, marks, frozenset({"sdf"}), frozenset({did}), 0.5, False)


def test_weights_follow_the_choices() -> None:
    pytest.importorskip("scipy")
    learned = [choice("after", "sdf")] * 12 + [choice("before", "isis")] * 12
    table = fit(learned)
    assert table["after"] > 0.5 and table["before"] < -0.5
    assert fit(learned) == table
    assert all(right(c, table) for c in learned)
    assert right(choice("after", "isis"), table) is False


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "nothing to learn from" in capsys.readouterr().err


def test_the_shipped_weights_say_where_they_are_from() -> None:
    text = WEIGHTS.read_text("utf-8")
    assert "learned_from" in text and "test" not in text.partition("weights:")[0]
