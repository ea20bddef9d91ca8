"""The folder of a run: what is in it is whole, readable by others, and never overwritten."""

import errno
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import xarray
import zarr

from maabar.ensemble.plan import RunPlan
from maabar.errors import RunError
from maabar.results import store as module
from maabar.results.dataset import open as open_run
from maabar.results.store import MISSING, Content, Field, Store, read_json

pytestmark = pytest.mark.uncompiled

PLAN = RunPlan("toy", "a" * 64, (), "0.1.0+1", 1, 20, 30, 7, ("strikes",))
FIELDS = [
    Field("run.clashes", (), (), 0, 1, "int32", "1", "clashes", "total"),
    Field("group.cash", ("group",), (3,), 1, 4, "float32", "USD", "cash", "state"),
    Field(
        "group.patron", ("group",), (3,), 4, 7, "int32", "index", "patron now", "state", "patron"
    ),
    Field("pair_good.flow", ("pair", "good"), (2, 2), 7, 11, "float32", "1/day", "flow", "scratch"),
]
IDS = {
    "group": ("alpha", "beta", "gamma"),
    "patron": ("north", "south"),
    "pair": ("a--b", "c--d"),
    "good": ("fuel", "flour"),
}
ABOUT: dict[str, Any] = {
    "title": {"en": "A toy", "ar": "لعبة"},
    "observe_from": "2022-08-24",
    "sources": {"S1": {"title": "a page"}},
}
OUTCOMES = [
    {"name": "clashes", "unit": "1", "ids": {}},
    {"name": "cash.alpha", "unit": "USD", "ids": {}},
]


def content(number: int) -> Content:
    """What chunk `number` could hold; replicate 9 failed."""
    first, count = PLAN.span(number)
    draw = np.random.default_rng(number)
    series = draw.normal(1000, 300, (count, len(PLAN.record_days()), 11))
    series[:, :, [0, 4, 5, 6]] = draw.integers(-1, 2, (count, series.shape[1], 4))
    replicate = np.arange(first, first + count)
    status = np.where(replicate == 9, 2, 0)
    series[replicate == 9, 3:] = np.nan
    outcomes = np.where(status[:, None] == 0, draw.normal(size=(count, 2)), np.nan)
    tables = {
        name: pa.table({"replicate": replicate, "row": replicate}) for name in ("events", "causes")
    }
    return Content(status, series, outcomes, tables)


def begun(path: Path) -> Store:
    store = Store(path)
    files = {"scenario.yaml": b"format: 1\n", "changes/less.yaml": b"format: 1\n"}
    store.create(PLAN, fields=FIELDS, outcomes=OUTCOMES, ids=IDS, about=ABOUT, files=files)
    return store


@pytest.fixture
def full(tmp_path: Path) -> Store:
    store = begun(tmp_path / "run")
    for number in PLAN.chunks():
        store.write(number, content(number), PLAN, FIELDS)
    return store


def test_what_is_written_is_read(full: Store) -> None:
    data = open_run(full.path)
    assert dict(data.sizes) == {
        "replicate": 20, "day": 6, "group": 3, "patron": 2, "pair": 2, "good": 2, "outcome": 2,
    }  # fmt: skip
    for number in PLAN.chunks():
        first, count = PLAN.span(number)
        made = content(number)
        here = data.isel(replicate=slice(first, first + count))
        cash = here["group.cash"].to_numpy()
        np.testing.assert_array_equal(cash, made.series[:, :, 1:4].astype(np.float32))
        flow = here["pair_good.flow"].to_numpy()
        np.testing.assert_array_equal(
            flow, made.series[:, :, 7:].astype(np.float32).reshape(count, 6, 2, 2)
        )
        np.testing.assert_array_equal(here["value"].to_numpy(), made.outcomes)
        np.testing.assert_array_equal(here["status"].to_numpy(), made.status)
        known = np.isfinite(made.series[:, :, 4:7])
        np.testing.assert_array_equal(
            here["group.patron"].to_numpy(),
            np.where(known, made.series[:, :, 4:7], MISSING["int32"]),
        )


def test_another_program_reads_the_same(full: Store) -> None:
    # the chunks are written without Zarr's own machinery
    group = zarr.open_group(full.series, mode="r")
    data = open_run(full.path)
    for field in FIELDS:
        np.testing.assert_array_equal(group[field.name][:], data[field.name].to_numpy())
    made = content(0).series[:, :, 1:4].astype(np.float32)
    np.testing.assert_array_equal(group["group.cash"][:8], made)


def test_units_meanings_ids_and_dates_come_along(full: Store) -> None:
    data = open_run(full.path)
    assert data["group.cash"].attrs["units"] == "USD"
    assert data["group.cash"].attrs["long_name"] == "cash"
    assert list(data["group"].to_numpy()) == ["alpha", "beta", "gamma"]
    assert data["group.patron"].attrs["flag_meanings"] == "north south"
    assert list(data["day"].to_numpy()) == [0, 7, 14, 21, 28, 30]
    assert str(data["date"].to_numpy()[-1])[:10] == "2022-09-23"
    assert data.attrs["provenance"]["inputs"]["seed"] == 1
    assert data["value"].sel(outcome="cash.alpha").notnull().sum() == 19


def test_one_chunk_a_variable_with_all_days(full: Store) -> None:
    cash = full.series / "group.cash"
    assert sorted(file.name for file in cash.glob("c.*")) == ["c.0.0.0", "c.1.0.0", "c.2.0.0"]
    assert len(list((full.path / "events").iterdir())) == 3


def test_what_is_not_computed_has_status_minus_one(tmp_path: Path) -> None:
    store = begun(tmp_path / "run")
    store.write(1, content(1), PLAN, FIELDS)
    raw = xarray.open_zarr(store.series, consolidated=False, chunks=None)
    assert list(raw["status"].to_numpy()) == [-1] * 8 + [0, 2] + [0] * 6 + [-1] * 4
    assert (raw["run.clashes"].to_numpy()[:8] == MISSING["int32"]).all()
    assert np.isnan(raw["group.cash"].to_numpy()[:8]).all()
    assert list(open_run(store.path)["replicate"].to_numpy()) == list(range(8, 16))
    assert store.finished(PLAN) == {1}
    assert store.count(PLAN) == 8


def test_states(tmp_path: Path) -> None:
    store = Store(tmp_path / "run")
    assert store.state(PLAN) == "new"
    (tmp_path / "run").mkdir()
    assert store.state(PLAN) == "new"  # an empty folder is nobody's
    begun(store.path)
    assert store.state(PLAN) == "incomplete"
    assert store.plan == PLAN
    module.write_json(store.path / "summary.json", {})
    assert store.state(PLAN) == "complete"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seed": 2}, "seed 1 there, 2 asked for"),
        ({"replicates": 40}, "replicates 20 there, 40 asked for"),
        ({"changes": ("x",)}, "changes none there, x asked for"),
        ({"source": "b" * 64}, "source aaaaaaaa there, bbbbbbbb asked for"),
    ],
)
def test_a_run_of_other_inputs_is_refused(tmp_path: Path, other: dict[str, Any], said: str) -> None:
    store = begun(tmp_path / "run")
    with pytest.raises(RunError, match=said):
        store.state(PLAN._replace(**other))


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(RunError, match="not a run of maabar"):
        Store(tmp_path).state(PLAN)
    with pytest.raises(RunError, match="cannot write"):
        begun(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_another_format_is_refused(tmp_path: Path) -> None:
    store = begun(tmp_path / "run")
    document = read_json(store.path / "provenance.json") | {"format": 99}
    module.write_json(store.path / "provenance.json", document)
    with pytest.raises(RunError, match="format 99"):
        store.state(PLAN)


def test_damage_is_said_in_a_sentence(full: Store) -> None:
    with pytest.raises(RunError, match="is not a run"):
        Store(full.path.parent).provenance  # noqa: B018
    with pytest.raises(RunError, match="not finished"):
        full.table("events", 7)
    (full.path / "events" / "chunk-00001.parquet").write_bytes(b"nothing of the kind")
    with pytest.raises(RunError, match="cannot be read"):
        full.table("events", 1)
    (full.series / "status" / "c.1").write_bytes(b"nothing of the kind")
    with pytest.raises(RunError, match="cannot be read"):
        list(full.outcomes())
    (full.path / "provenance.json").write_text("{")
    with pytest.raises(RunError, match="cannot be read"):
        full.provenance  # noqa: B018


def test_a_chunk_whose_last_file_is_missing_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = begun(tmp_path / "run")
    store.write(0, content(0), PLAN, FIELDS)
    written: list[str] = []
    real = module.write_bytes

    def full_disk(place: str | Path, data: bytes) -> None:
        path = Path(place)
        written.append(path.parent.name)
        if path.parent.name == "status":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, data)

    monkeypatch.setattr(module, "write_bytes", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.write(1, content(1), PLAN, FIELDS)
    assert written[-1] == "status"
    assert store.finished(PLAN) == {0}
    said = str(store.cannot_write(OSError(errno.ENOSPC, "No space left on device"), PLAN))
    assert "8 of 20 replicates are kept" in said
    assert "--resume" in said


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "chunk"
    path.write_bytes(b"old")

    def stopped(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.os, "replace", stopped)
    with pytest.raises(OSError, match="No space"):
        module.write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["chunk"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot write"):
        begun(tmp_path / "file" / "run")


def test_leftovers_are_cleared(tmp_path: Path) -> None:
    store = begun(tmp_path / "run")
    store.write(0, content(0), PLAN, FIELDS)
    left = store.path / "events" / "chunk-00001.parquet.partial"
    left.write_bytes(b"half")
    (store.series / "group.cash" / "c.1.0.0.partial").write_bytes(b"half")
    store.clear()
    assert not list(store.path.rglob("*.partial"))
    assert store.finished(PLAN) == {0}


def test_a_half_made_folder_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "run.partial" / "events").mkdir(parents=True)
    (tmp_path / "run.partial" / "old").write_text("")
    store = begun(tmp_path / "run")
    assert [one.name for one in tmp_path.iterdir()] == ["run"]
    assert not (store.path / "old").exists()


def test_the_same_content_gives_the_same_bytes(full: Store, tmp_path: Path, hashes: Any) -> None:
    again = begun(tmp_path / "again")
    for number in reversed(list(PLAN.chunks())):
        again.write(number, content(number), PLAN, FIELDS)
        again.write(number, content(number), PLAN, FIELDS)
    assert hashes(again.path) == hashes(full.path)


def test_the_scenario_is_kept(full: Store) -> None:
    kept = {str(file.relative_to(full.path)) for file in (full.path / "scenario").rglob("*.yaml")}
    assert kept == {"scenario/scenario.yaml", "scenario/changes/less.yaml"}
