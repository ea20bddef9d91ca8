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
from verification import magnitudes

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
        "Clashes are much rarer where crossings are worth nothing. They should also rise with what an "
        "end earns; measured as a slope (P7) they do not, which is a failure of the model.",
        f"mean {float(fought.mean()):.2f} against {float(without.mean()):.2f} an end and year",
    )


def pictures() -> Iterator[Picture]:
    """All of them, on common draws."""
    with tempfile.TemporaryDirectory() as folder:
        base = run(folder, "base")
        for draw in (arms, realignment, closure, clashes):
            yield draw(base, folder)


def main() -> None:
    """Write the page, and the table of magnitudes."""
    OUT.mkdir(parents=True, exist_ok=True)
    magnitudes.main(1000)
    parts = []
    for picture in pictures():
        print(f"{picture.file}: {picture.measured}")
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
