"""Effects that the literature knows, and those of the shipped changes: writes docs/questions.md.

.venv/bin/python -m verification.effect [REPLICATES] [FOLDER]

Every number comes from `maabar compare`; runs are kept in FOLDER (build/effects) and used again.
Signs are those of the sources (`expected`); no number of the model was set by them.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import maabar
from maabar.analysis.comparison import Comparison
from maabar.cli.console import Watch
from maabar.results.table import effect
from maabar.sentence import number, percent

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "questions.md"
_FILL = re.compile(r"(<!-- effects: (?P<what>\w+) -->\n).*?(<!-- /effects -->)", re.DOTALL)

SHIPPED = (
    "coalition-strikes-stop",
    "al-asharah--darnaj-closed",
    "crossings-open-untolled",
    "russia-restores-pay",
    "patrons-pay-double",
    "flour-aid",
    "day-wage-doubled",
    "pact-among-all",
)
SHOWN = ("tolls_total", "clashes", "realignments", "recruits", "deserters", "killed_in_strikes")
DARNAJ = "al-asharah--darnaj"
CLOSED = f"{DARNAJ}-closed"
DEAR = " + ".join(f"markets.west-*.goods.{good}.price_usd=x1.3" for good in ("crude", "diesel"))
SCARCE = " + ".join(f"markets.east-*.goods.{good}.price_usd=x1.3" for good in ("crude", "diesel"))


class Expected(NamedTuple):
    """What a source leads one to expect of a change, as the sign of a difference."""

    source: str
    says: str
    change: str
    outcome: str
    sign: int


DELL = "Dell 2015"
WAGE = "Dube and Vargas 2013; Blattman and Annan 2016"
SCARCITY = "Castillo, Mejía and Restrepo 2020"


def expected(next_cheapest: str) -> tuple[Expected, ...]:
    """Every expectation; where traffic goes is found in the run without a change."""
    return (
        Expected(DELL, "traffic is diverted to the next cheapest crossing", CLOSED,
                 f"tonnes.{next_cheapest}", 1),
        Expected(DELL, "tolls rise there", CLOSED, f"toll_income.{next_cheapest}", 1),
        Expected(DELL, "contest rises there", CLOSED, f"clashes_at.{next_cheapest}", 1),
        Expected(WAGE, "a higher outside wage lowers recruitment", "day-wage-doubled",
                 "recruits", -1),
        Expected(WAGE, "by a fifth", "relief", "recruits", -1),
        Expected(WAGE, "a lower one raises it", "poverty", "recruits", 1),
        Expected(WAGE, "a higher outside wage lowers violence", "day-wage-doubled", "clashes", -1),
        Expected(WAGE, "by a fifth", "relief", "clashes", -1),
        Expected(WAGE, "a lower one raises it", "poverty", "clashes", 1),
        Expected(SCARCITY, "fuel scarce where it is used, demand inelastic: the prize rises", DEAR,
                 "tolls_total", 1),
        Expected(SCARCITY, "and so do clashes", DEAR, "clashes", 1),
        Expected(SCARCITY, "fuel scarce where it comes from: the prize rises", SCARCE,
                 "tolls_total", 1),
        Expected(SCARCITY, "and so do clashes", SCARCE, "clashes", 1),
        Expected(SCARCITY, "a crossing less: what all crossings take rises", CLOSED,
                 "tolls_total", 1),
    )  # fmt: skip


def rivals(crossing: str) -> list[str]:
    """Other crossings between the same two markets."""
    scenario = maabar.load("asharah")
    market = {name: place.market for name, place in scenario.places.items()}
    joins = {x: sorted(market[end] for end in one.ends) for x, one in scenario.crossings.items()}
    return [x for x in joins if joins[x] == joins[crossing] and x != crossing]


def cheapest(found: Comparison, crossing: str) -> str:
    """Where a crossing's traffic would go: traders share by capacity and exp(-cost)."""
    capacity = {
        x: one.capacity_tonnes_day.median
        for x, one in maabar.load("asharah").crossings.items()
        if one.open.value
    }
    carried = found.base.outcomes
    return max(
        (x for x in rivals(crossing) if x in capacity),
        key=lambda x: carried[f"tonnes.{x}"]["mean"] / capacity[x],
    )


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def told(one: dict[str, Any]) -> str:
    """Mean difference and half its 95 % interval."""
    return effect(one)[1]


def verdict(one: dict[str, Any], sign: int) -> str:
    """Whether the interval of the mean lies on the expected side of zero."""
    mean, half = one["difference"]["mean"], 1.96 * one["difference"]["mcse"]
    if sign * mean > half:
        return "yes"
    return "**no, the other way**" if sign * mean < -half else "not to be told from 0"


def literature(found: Comparison) -> str:
    """What was expected beside what came out."""
    changes = {one["id"]: one["outcomes"] for one in found.document()["changes"]}
    rows = []
    for one in expected(cheapest(found, DARNAJ)):
        outcome = changes[one.change][one.outcome]
        said = one.change if len(one.change) < 40 else _short(one.change)
        rows.append((
            one.source, one.says, f"`{said}`", f"`{one.outcome}`", number(outcome["base"]),
            told(outcome), verdict(outcome, one.sign),
        ))  # fmt: skip
    head = ("source", "expects", "change", "outcome", "as it is", "difference, 95 %", "borne out")
    return table(head, iter(rows))


def _short(change: str) -> str:
    return next(name for name, said in (("DEAR", DEAR), ("SCARCE", SCARCE)) if said == change)


def shipped(found: Comparison) -> str:
    """What every shipped change does to some numbers of the whole system."""
    document = found.document()
    base = document["changes"][0]["outcomes"]
    rows = [("as it is", *(number(base[name]["base"]) for name in SHOWN))]
    for one in document["changes"]:
        if one["id"] in SHIPPED:
            rows.append((f"`{one['id']}`", *(told(one["outcomes"][name]) for name in SHOWN)))
    return table(("change", *(f"`{name}`" for name in SHOWN)), iter(rows))


def everywhere(found: Comparison) -> str:
    """Every open crossing closed in turn: what rises at the next cheapest."""
    rows = []
    for other in found.others:
        closed = other.id.split(".")[1] if other.id.startswith("crossings.") else ""
        if not closed or "*" in closed:
            continue
        near = cheapest(found, closed)
        outcomes = {}
        for name in ("tonnes", "toll_income", "clashes_at"):
            difference = found.difference(f"{name}.{near}", found.others.index(other))
            mean, error = difference.mean(), difference.std(ddof=1) / np.sqrt(len(difference))
            outcomes[name] = {
                "unit": "1", "changed_share": 0, "variance_ratio": None,
                "difference": dict.fromkeys(("median", "p5", "p95", "mean"), mean)
                | {"mcse": error},
            }  # fmt: skip
        rows.append((f"`{closed}`", f"`{near}`", *(told(one) for one in outcomes.values())))
    head = ("closed from 1 October", "next cheapest", "tonnes a day", "tolls USD a day", "clashes")
    return table(head, iter(rows))


def spread(found: Comparison) -> str:
    """The gain of pairing: variance ratios."""
    document = found.document()
    names = ("tolls_total", "recruits", "clashes", "realignments")
    rows = [
        (f"`{one['id']}`", *(
            f"{number(float(format(one['outcomes'][name]['variance_ratio'], '.2g')))}"
            f" ({percent(one['outcomes'][name]['changed_share'])})" for name in names))
        for one in document["changes"] if one["id"] in SHIPPED
    ]  # fmt: skip
    return table(("change", *(f"`{name}`" for name in names)), iter(rows))


def main(arguments: list[str]) -> None:
    """Measure, and write the tables into the page."""
    replicates = int(arguments[0]) if arguments else 1000
    folder = Path(arguments[1]) if len(arguments) > 1 else ROOT / "build" / "effects"
    crossings = [x for x, one in maabar.load("asharah").crossings.items() if one.open.value]
    changes = [
        *SHIPPED,
        *dict.fromkeys(("poverty", "relief", DEAR, SCARCE)),
        *(f"crossings.{x}.open=false@2022-10-01" for x in crossings),
    ]
    begun = time.perf_counter()
    with Watch("en") as watch:
        found = maabar.compare(
            "asharah", changes, replicates=replicates, out=folder, progress=watch
        )
    print(f"{len(changes) + 1} futures in {time.perf_counter() - begun:.0f} s")
    made = {
        "literature": literature, "shipped": shipped, "everywhere": everywhere, "spread": spread
    }  # fmt: skip
    text = PAGE.read_text(encoding="utf-8")
    new = _FILL.sub(lambda one: f"{one[1]}{made[one['what']](found)}{one[3]}", text)
    PAGE.write_text(new, encoding="utf-8")
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
