"""Long validation: runs, ablations and one page of pictures, each with what right looks like.

make verify          # build/verify/index.html
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
import xarray as xr

import maabar
from verification import cartel, magnitudes, territory

mpl.use("Agg")
import matplotlib.pyplot as plt

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "verify"
REPLICATES = 500
IRANIAN = ("irgc-foreign", "irgc-local", "abu-al-fadl-al-abbas")


class Picture(NamedTuple):
    """A picture, what right looks like, and what was measured."""

    file: str
    right: str
    measured: str


def run(folder: str, name: str, *changes: str) -> xr.Dataset:
    """A year of `asharah` under some changes, on the same draws."""
    made = maabar.run(
        "asharah", replicates=REPLICATES, changes=list(changes), every=3, out=f"{folder}/{name}"
    )
    return made.dataset().load()


def save(name: str) -> str:
    """Write the current figure."""
    plt.tight_layout()
    plt.savefig(OUT / f"{name}.png", dpi=110)
    plt.close()
    return f"{name}.png"


def fan(data: xr.DataArray, label: str, colour: str) -> None:
    """Mean over replicates with its 95 % interval."""
    mean = data.mean("replicate")
    error = 1.96 * data.std("replicate") / np.sqrt(data.sizes["replicate"])
    plt.plot(data.day, mean, colour, label=label)
    plt.fill_between(data.day, mean - error, mean + error, color=colour, alpha=0.3, lw=0)


def arms(base: xr.Dataset, folder: str) -> Picture:
    """Arms of Iranian-backed groups move into homes after the strikes; not if homes are not spared."""
    spared = base["group.arms_in_homes"].sel(group=list(IRANIAN)).mean("group")
    other = run(folder, "restraint", "ablate-restraint-homes")
    not_spared = other["group.arms_in_homes"].sel(group=list(IRANIAN)).mean("group")
    plt.figure(figsize=(7, 4))
    fan(spared, "strikers spare homes", "C0")
    fan(not_spared, "they do not", "C1")
    plt.xlabel("days from 24 August 2022")
    plt.ylabel("share of arms in homes")
    plt.legend()
    rise = float((spared.sel(day=30, method="nearest") - spared.isel(day=0)).mean())
    without = float((not_spared.sel(day=30, method="nearest") - not_spared.isel(day=0)).mean())
    return Picture(
        save("arms"),
        "Iranian-backed groups' arms go into homes in the weeks after the strikes of late August, and "
        "stay out where strikers do not spare homes.",
        f"rise in 30 days {rise:.2f}, without restraint {without:.2f}",
    )


def realignment(base: xr.Dataset, folder: str) -> Picture:
    """Al-Mukhtar leaves Russia for the Fourth Division; hardly if levies and income do not count."""
    other = run(folder, "levy", "ablate-levy-income")
    plt.figure(figsize=(7, 4))
    shares = []
    for data, label, colour in ((base, "as it is", "C0"), (other, "levy and income out", "C1")):
        first = data["group.first_realigned"].isel(day=-1).sel(group="al-mukhtar").astype(float)
        left = xr.DataArray(
            [[(0 <= f <= d) for d in data.day.values] for f in first.values],
            dims=("replicate", "day"), coords={"day": data.day},
        ).astype(float)  # fmt: skip
        fan(left, label, colour)
        shares.append(float(left.isel(day=-1).mean()))
    plt.xlabel("days from 24 August 2022")
    plt.ylabel("share that has left its patron")
    plt.legend()
    return Picture(
        save("realignment"),
        "Al-Mukhtar leaves its patron in a good part of the replicates, and in almost none where "
        "crossing income and levies do not enter the choice.",
        f"{shares[0]:.0%} against {shares[1]:.0%} in a year",
    )


def closure(base: xr.Dataset, folder: str) -> Picture:
    """Fuel rises on the west bank and falls on the east after all crossings close."""
    shut = run(folder, "closed", "crossings-closed")
    plt.figure(figsize=(7, 4))
    found = {}
    for bank, colour in (("west", "C0"), ("east", "C1")):
        ratio = shut["market_good.price"] / base["market_good.price"]
        markets = [m for m in base.market.values if m.startswith(bank) and "interior" not in m]
        rise = ratio.sel(good="diesel", market=markets).mean("market") - 1
        fan(rise, f"{bank} bank", colour)
        found[bank] = float(rise.sel(day=68, method="nearest").mean())
    plt.axvline(38, color="grey", ls=":")
    plt.axhspan(0.18, 0.33, color="C0", alpha=0.1)
    plt.xlabel("days from 24 August 2022 (crossings close on day 38)")
    plt.ylabel("diesel against the open world")
    plt.legend()
    return Picture(
        save("closure"),
        "Nothing moves before the closure; then fuel rises on the west bank, into the shaded band of "
        "18-33 %, and falls on the east bank.",
        f"after 30 days west {found['west']:+.0%}, east {found['east']:+.0%}",
    )


def clashes(base: xr.Dataset, folder: str) -> Picture:
    """Clashes against what an end earns, with and without prizes."""
    income = base["crossing_end.today"].isel(day=slice(0, 10)).mean("day").astype(float)
    fought = base["crossing_end.clashes"].isel(day=-1).astype(float)
    other = run(folder, "prize", "ablate-prize")
    without = other["crossing_end.clashes"].isel(day=-1).astype(float)
    plt.figure(figsize=(7, 4))
    for data, label, colour in (
        (fought, "as it is", "C0"),
        (without, "crossings worth nothing", "C1"),
    ):
        quantile = np.argsort(np.argsort(income.values.ravel())) * 10 // income.size
        means = [data.values.ravel()[quantile == q].mean() for q in range(10)]
        plt.plot(range(1, 11), means, "o-", color=colour, label=label)
    plt.xlabel("tenth of ends by income in the first month")
    plt.ylabel("clashes a year")
    plt.legend()
    return Picture(
        save("clashes"),
        "Clashes rise with what an end earns, and are much rarer where crossings are worth nothing.",
        f"mean {float(fought.mean()):.2f} against {float(without.mean()):.2f} an end and year",
    )


def settled() -> Picture:
    """A published model of groups that choose places: fights and holding, place by place."""
    found = territory.simulate()
    place = range(1, territory.PLACES + 1)
    plt.figure(figsize=(7, 4))
    plt.bar(place, found.fights, color="C0")
    plt.xlabel("place, the richest first")
    plt.ylabel("share of periods with a fight")
    spells = plt.gca().twinx()
    spells.plot(place, found.spell, "o-", color="C1")
    spells.set_ylabel("periods held by one group")
    return Picture(
        save("territory"),
        "As published (arXiv 2508.02561): fights at 0.60 of periods at the richest place, falling to "
        "0.04-0.12 in the poorer half; the longest holding at the fifth to eighth place.",
        f"{found.fights[0]:.2f}, {found.fights[5:].min():.2f} to {found.fights[5:].max():.2f}; longest "
        f"at place {int(np.argmax(found.spell)) + 1}",
    )


def recruited() -> Picture:
    """A published model of groups that recruit and fight, against an adaptive solver."""
    fights = cartel.couplings(np.zeros((cartel.GROUPS, cartel.GROUPS)), np.zeros(cartel.GROUPS))
    members = cartel.start()
    ours, theirs = cartel.simulate(fights, members).members, cartel.exact(fights, members)
    plt.figure(figsize=(7, 4))
    plt.loglog(theirs, ours, "o", ms=3)
    plt.loglog(theirs, theirs, "k-", lw=0.5)
    plt.xlabel("members of each group after ten years, scipy")
    plt.ylabel("here")
    return Picture(
        save("cartel"),
        "All points on the line (Science 381:1312 without rivals and allies, which needs no tables).",
        f"largest relative difference {np.max(np.abs(ours / theirs - 1)):.0e}",
    )


def pattern() -> Picture:
    """All comparisons that decide a pattern, as differences over the width of their interval."""
    found = maabar.patterns("asharah", replicates=REPLICATES)
    told = [
        (f"{one['id']} {number}", comparison["difference"], comparison["borne_out"])
        for one in found
        for number, comparison in enumerate(one["comparisons"], 1)
        if comparison["decides"]
    ]
    plt.figure(figsize=(7, 5))
    for row, (_, difference, borne_out) in enumerate(told):
        low, high = difference["ci95"]
        half = max(high - low, 1e-12) / 2
        colour = "C0" if borne_out else "C3"
        plt.plot([(low / half), (high / half)], [row, row], color=colour)
        plt.plot([difference["mean"] / half], [row], "o", color=colour)
    plt.yticks(range(len(told)), [name for name, *_ in told])
    plt.axvline(0, color="k", lw=0.5)
    plt.xscale("symlog")
    plt.xlabel("difference that the reason makes, in half-widths of its 95 % interval")
    holding = sum(one["verdict"] == "holds" for one in found)
    return Picture(
        save("patterns"),
        "Intervals clear of zero (those told to fall lie left of it); red ones do not bear out what is "
        "told. docs/evidence.md has the table.",
        f"{holding} of {len(found)} patterns hold",
    )


def foretold() -> Picture:
    """What the report tells: its share of replicates, without strikes, and under base rates."""
    found = maabar.hindcast("asharah", replicates=REPLICATES)
    told = found["claims"]
    plt.figure(figsize=(7, 5))
    for key, label, mark in (
        ("share", "as it is", "o"),
        ("no_strikes", "without strikes", "x"),
        ("null", "base rates", "|"),
    ):
        plt.plot([one[key] for one in told], range(len(told)), mark, label=label)
    plt.yticks(range(len(told)), [one["claim"] for one in told])
    plt.xscale("symlog", linthresh=0.01)
    plt.xlabel("share of replicates in which it happened within its window")
    plt.legend()
    total = found["total"]
    return Picture(
        save("hindcast"),
        "Circles to the right of the bars (more probable than base rates make it) and of the crosses "
        "(strikes matter). Where they are not, the model fails: al-Qaterji's withdrawal.",
        f"log score {total['model']:.1f} (Monte Carlo error {total['mcse']:.1f}), base rates "
        f"{total['null']:.1f}",
    )


def pictures() -> Iterator[Picture]:
    """All of them, on common draws."""
    with tempfile.TemporaryDirectory() as folder:
        base = run(folder, "base")
        for draw in (arms, realignment, closure, clashes):
            yield draw(base, folder)
    yield settled()
    yield recruited()
    yield pattern()
    yield foretold()


def main() -> None:
    """Write the page, and the table of magnitudes."""
    OUT.mkdir(parents=True, exist_ok=True)
    magnitudes.main(1000)
    parts = []
    for picture in pictures():
        print(f"{picture.file}: {picture.measured}", flush=True)
        parts.append(
            f"<figure><img src='{picture.file}' alt=''><figcaption><b>Right looks like this:</b> "
            f"{picture.right}<br><b>Measured:</b> {picture.measured}</figcaption></figure>"
        )
    page = "<!doctype html><meta charset='utf-8'><title>maabar: verification</title>" + "".join(
        parts
    )
    (OUT / "index.html").write_text(page, encoding="utf-8")
    print(f"wrote {OUT / 'index.html'}")


if __name__ == "__main__":
    main()
