"""Magnitudes of `asharah` against sourced ranges: writes docs/magnitudes.md.

.venv/bin/python verification/magnitudes.py [REPLICATES]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import xarray as xr

import maabar

ROOT = Path(__file__).resolve().parent.parent
MONTH = 30.0
BARREL = 159.0  # litres
DARNAJ = "al-asharah--darnaj"


class Row(NamedTuple):
    """One magnitude: what it is, its values over replicates, and the range it is held against."""

    what: str
    values: np.ndarray
    low: float
    high: float
    unit: str
    fact: str


def price(data: xr.Dataset, market: str, good: str, day: int | slice = slice(None)) -> xr.DataArray:
    """Price of a good, mean over the days asked for."""
    series = data["market_good.price"].sel(market=market, good=good)
    return series.sel(day=day, method="nearest") if isinstance(day, int) else series.mean("day")


def bank_price(
    data: xr.Dataset, bank: str, good: str, day: int | slice = slice(None)
) -> xr.DataArray:
    """The same over the markets of a bank's stretch, without its interior."""
    markets = [m for m in data.market.values if m.startswith(bank) and not m.endswith("interior")]
    return sum(price(data, market, good, day) for market in markets) / len(markets)


def final(data: xr.Dataset, name: str) -> xr.DataArray:
    """A total at the end of the run."""
    return data[name].isel(day=-1).astype(float)


def rows(data: xr.Dataset, closed: xr.Dataset) -> Iterator[Row]:
    """Everything that a fact says how large it should be."""
    days = float(data.day[-1])
    months = days / MONTH
    takings = final(data, "crossing_end.takings").sum("end") / days
    yield Row(
        "tolls and fees at al-Asharah-Darnaj, both ends",
        takings.sel(crossing=DARNAJ).values,
        450,
        4500,
        "USD a day",
        "F-revenue-crossing",
    )
    yield Row(
        "the same, mean of all crossings",
        takings.mean("crossing").values,
        450,
        4500,
        "USD a day",
        "F-revenue-crossing",
    )
    yield Row(
        "tolls and fees of all crossings",
        takings.sum("crossing").values,
        4500,
        18000,
        "USD a day",
        "F-revenue-governorate",
    )
    yield Row(
        "diesel, west bank over east bank",
        (bank_price(data, "west", "diesel") / bank_price(data, "east", "diesel")).values,
        1.3,
        2.0,
        "ratio",
        "F-diesel-ratio-river",
    )
    yield Row(
        "diesel, regime's interior over its bank",
        (price(data, "west-interior", "diesel") / bank_price(data, "west", "diesel")).values,
        2.0,
        3.7,
        "ratio",
        "F-diesel-ratio-interior",
    )
    river = [p for p in data.pair.values if "--" in p]
    flow = data["pair_good.flow"].sel(pair=river).mean("day").sum("pair")
    oil = -flow.sel(good="crude") - flow.sel(good="diesel") / BARREL
    yield Row(
        "crude and fuel over the river to the west bank",
        oil.values,
        500,
        3000,
        "barrels a day",
        "F-volume-river",
    )
    clashes = final(data, "run.clashes")
    yield Row(
        "clashes over crossings", (clashes / months).values, 0.39, 1.2, "a month", "F-clash-rate"
    )
    deaths = final(data, "run.killed_clashes").sum() / clashes.sum()
    yield Row(
        "fighters killed in a clash (pooled)",
        np.array([float(deaths)]),
        0,
        1,
        "a clash",
        "F-clash-deaths",
    )
    strikes = final(data, "run.strikes")
    yield Row(
        "air strikes that hit, over the year",
        (strikes / months).values,
        0.18,
        1.5,
        "a month",
        "F-coalition-rate-quiet, F-coalition-rate-campaign, F-israel-rate",
    )
    killed = final(data, "run.killed_strikes").sum() / strikes.sum()
    yield Row(
        "fighters killed in a strike (pooled)",
        np.array([float(killed)]),
        1.25,
        9,
        "a strike",
        "F-coalition-deaths",
    )
    yield Row(
        "men who enlist, all groups",
        (final(data, "run.recruits") / months).values,
        75,
        450,
        "a month",
        "F-recruits-qaterji and courses of 75 to 450 men",
    )
    for after in (10, 30, 75):
        shut = bank_price(closed, "west", "diesel", 38 + after)
        open_ = bank_price(data, "west", "diesel", 38 + after)
        yield Row(
            f"rise of diesel on the west bank {after} days after all crossings close",
            (shut / open_ - 1).values,
            0.18,
            0.33,
            "relative",
            "F-price-shock (within days)",
        )


def line(row: Row) -> str:
    """One line of the table."""
    low, median, high = np.percentile(row.values, [5, 50, 95])
    inside = "inside" if row.low <= median <= row.high else "**outside**"
    spread = f" ({low:,.3g} to {high:,.3g})" if len(row.values) > 1 else ""
    return (
        f"| {row.what} | {median:,.3g}{spread} {row.unit} | {row.low:,.3g} to {row.high:,.3g} "
        f"| {row.fact} | {inside} |"
    )


def page(found: list[Row], replicates: int) -> str:
    """The page, with what stands outside named at its foot."""
    outside = [row.what for row in found if not row.low <= np.median(row.values) <= row.high]
    foot = "; ".join(outside) if outside else "nothing"
    return "\n".join(
        [
            "# Magnitudes: the model against sourced ranges",
            "",
            f"`asharah`, {replicates} replicates, seed 1, 365 days from 24 August 2022. Median and,",
            "in brackets, the 5 to 95 per cent range over replicates; facts by their ids in",
            "`facts.yaml`. Written by `verification/magnitudes.py`.",
            "",
            "| magnitude | model | sourced range | fact | median |",
            "|---|---|---|---|---|",
            *(line(row) for row in found),
            "",
            f"Outside the sourced range: {foot}.",
            "",
            "Some of these ranges were in view when the scenario's priors were set: takings, volumes",
            "and the clash rate were used to choose flow and attack rates, and the fuel used on the",
            "west bank was set with the price shock in view, so their agreement is a check of",
            "arithmetic, not a test of the model. Price ratios follow from prices that are inputs, as",
            "moved by trade. Deaths of a strike are an input with a spread. Of clashes perhaps one in",
            "three is reported, so the sourced rate is a lower bound.",
            "",
        ]
    )


def main(replicates: int) -> None:
    """Run twice and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        base = maabar.run("asharah", replicates=replicates, every=1, out=f"{folder}/base")
        other = maabar.run(
            "asharah",
            replicates=replicates,
            every=1,
            changes=["crossings-closed"],
            out=f"{folder}/closed",
        )
        found = list(rows(base.dataset().load(), other.dataset().load()))
    target = ROOT / "docs/magnitudes.md"
    target.write_text(page(found, replicates), encoding="utf-8")
    print(target.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
