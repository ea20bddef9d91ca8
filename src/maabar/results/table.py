"""The table of a run that a person reads: sections of cells, in either language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from maabar.results.meaning import meaning
from maabar.results.outcome import SHARE
from maabar.results.run import Run
from maabar.sentence import counted, date, name, number, percent, say

SHARES = ("share", SHARE)
MONEY = "USD/day"
LARGE = 1000.0  # units to the USD from which a currency is counted in millions
FIRST = 2  # patrons named in the column "first to"


class Section(NamedTuple):
    """One part of the table.

    Parameters
    ----------
    name : str
        As in the catalogue's section ``section``.
    dim : str
        What a row is; empty: an outcome.
    outcomes : tuple of str
        Columns, or rows where `dim` is empty.
    """

    name: str
    dim: str
    outcomes: tuple[str, ...]


SECTIONS = (
    Section(
        "allegiance",
        "group",
        ("realigned_120", "realigned", "realigned_to", "first_realigned_day"),
    ),
    Section(
        "crossing",
        "crossing",
        ("toll_income", "toll_income:money", "travellers", "tonnes", "clashes_at", "vacant"),
    ),
    Section(
        "group",
        "group",
        (
            "fighters",
            "ends_held_start",
            "ends_held",
            "net_income",
            "arms_in_homes",
            "other_flag",
            "killed",
        ),
    ),
    Section("patron", "patron", ("officer_takings", "officer_takings:money", "clients")),
    Section("striker", "striker", ("strikes_by",)),
    Section("market", "market", ("basket", "price")),
    Section("good", "good", ("river_price_ratio", "river_flow")),
    Section(
        "system",
        "",
        (
            "tolls_total",
            "commander_takings",
            "officer_takings_total",
            "travellers_total",
            "realignments",
            "meetings",
            "agreements",
            "breakdowns",
            "clashes",
            "takeovers",
            "withdrawals",
            "strikes",
            "killed_in_strikes",
            "killed_in_clashes",
            "civilians_killed",
            "arms_in_homes_all",
            "arms_in_homes_all_end",
            "moved_into_homes",
            "flags_raised",
            "other_flag_all",
            "recruits",
            "deserters",
            "displaced",
            "basket_bank",
        ),
    ),
)


class Table(NamedTuple):
    """Cells as text.

    Parameters
    ----------
    title : str
    head : list of str
    rows : list of list of str
    """

    title: str
    head: list[str]
    rows: list[list[str]]


def cell(outcome: Mapping[str, Any], factor: float = 1.0) -> str:
    """Median and 5-95 %, or a share of replicates.

    Examples
    --------
    >>> cell({"unit": "1", "median": 4.0, "p5": 1.0, "p95": 9.0, "mean": 4.5})
    '4 (1–9)'
    >>> cell({"unit": "share of replicates", "mean": 0.165})
    '16 %'
    >>> cell({"unit": "1/day", "median": -4.0, "p5": -9.0, "p95": -1.0})
    '−4 (−9 … −1)'
    """
    if outcome["unit"] == SHARE:
        return percent(outcome["mean"])
    show = percent if outcome["unit"] in SHARES else number
    median, low, high = (
        show(None if outcome[part] is None else factor * outcome[part])
        for part in ("median", "p5", "p95")
    )
    to = " … " if low.startswith("−") else "–"
    return median if low == high else f"{median} ({low.removesuffix(' %')}{to}{high})"


def tables(run: Run, lang: str = "en") -> list[Table]:
    """All sections of a run's table.

    Parameters
    ----------
    run : Run
        A complete run.
    lang : {"en", "ar"}
        Language.
    """
    made = [_Writer(run, lang).section(section) for section in SECTIONS]
    return [table for table in made if table.rows]


def heading(run: Run, lang: str = "en") -> list[str]:
    """What stands above the table: the run, and how to read a cell."""
    provenance, summary = run.provenance, run.summary
    currency, fork = provenance["currency"], run.fork
    lines = [
        say(
            "table:title",
            lang,
            title=provenance["title"][lang],
            replicates=counted(summary["replicates"], "replicate", lang),
            days=counted(summary["days"], "day", lang),
            date=date(datetime.date.fromisoformat(provenance["observe_from"]), lang),
        ),
        say("table:cells", lang, code=currency["code"], per_usd=number(currency["per_usd"])),
    ]
    if fork:
        lines.insert(1, say("table:fork", lang, replicate=fork["of"], day=fork["from_day"]))
    return lines


def footing(run: Run, lang: str = "en") -> list[str]:
    """What stands below: replicates that failed, and where the results are."""
    lines = [
        say("table:failed", lang, replicates=counted(len(failed), "replicate", lang), status=status)
        for status, failed in run.summary["failures"].items()
    ]
    error = run.summary.get("quantile_error")
    if error:
        lines.append(say("table:sketched", lang, error=percent(error)))
    return [*lines, say("table:folder", lang, path=run.path)]


MOST, OF_ONE_KIND = 10, 2  # rows of what a change moves most, and of one family among them
BOUND = 1.96  # standard errors on either side of a mean: 95 %


def contrast(
    document: Mapping[str, Any], names: Sequence[str] = (), lang: str = "en"
) -> list[Table]:
    """Tables of a comparison: what changes do to some numbers.

    Parameters
    ----------
    document : mapping
        As ``maabar compare --json`` prints it, in the same language.
    names : sequence of str
        Which numbers; unless said those of the whole system, and then what each change moves most
        among those of groups, crossings and so on.
    lang : {"en", "ar"}
        Language.
    """
    changes = document["changes"]
    shown = [one for one in changes[0]["outcomes"] if one in names or not (names or "." in one)]
    rows = [row for one in shown for row in _side_by_side(one, changes, lang)]
    head = [say(f"compare:{key}", lang) for key in ("outcome", *EFFECT)]
    made = [Table(say(f"compare:{'asked' if names else 'system'}", lang), head, rows)]
    for change in () if names else changes:
        outcomes = [change["outcomes"][name] for name in moved(change)]
        own = [[_label(one, lang), _base(one), *effect(one)] for one in outcomes]
        made.append(Table(say("compare:most", lang, change=change["id"]), head, own))
    return [table for table in made if table.rows]


EFFECT = ("base", "median", "mean", "changed", "ratio")


def _side_by_side(name: str, changes: Sequence[Mapping[str, Any]], lang: str) -> list[list[str]]:
    """One number: a row with its mean as it is, and one for each change that touches it."""
    found = {change["id"]: change["outcomes"][name] for change in changes}
    rows = [[f"  {said}", "", *effect(one)] for said, one in found.items() if one["changed_share"]]
    first = changes[0]["outcomes"][name]
    return [[_label(first, lang), _base(first), "", "", "", ""], *rows] if rows else []


def _label(one: Mapping[str, Any], lang: str) -> str:
    """What a number means, and the unit of its differences."""
    share = one["unit"] in SHARES
    unit = say("compare:points", lang) if share else say(f"units:{one['unit']}", lang)
    return f"{one['meaning']} ({unit})" if unit else str(one["meaning"])


def _base(one: Mapping[str, Any]) -> str:
    return percent(one["base"]) if one["unit"] in SHARES else number(one["base"])


def effect(one: Mapping[str, Any]) -> list[str]:
    """Median difference with 5-95 %, mean with its 95 % interval, share changed, variance ratio.

    Differences of shares are in percentage points.

    Examples
    --------
    >>> effect({"unit": "1", "changed_share": 0.3, "variance_ratio": 0.0512, "difference":
    ...         {"median": 0.0, "p5": -2.0, "p95": 4.0, "mean": 0.5, "mcse": 0.1, "n": 100}})
    ['0 (−2 … +4)', '+0.5 ± 0.196', '30 %', '0.051']
    """
    found, factor = one["difference"], 100.0 if one["unit"] in SHARES else 1.0

    def signed(value: float) -> str:
        text = number(value * factor)
        return f"+{text}" if value * factor > 0 else text

    middle = mean = number(None)
    if found["mean"] is not None:
        middle = f"{signed(found['median'])} ({signed(found['p5'])} … {signed(found['p95'])})"
        mean = signed(found["mean"])
    if found["mcse"] is not None:
        mean += f" ± {number(BOUND * factor * found['mcse'])}"
    ratio = one["variance_ratio"]
    return [
        middle,
        mean,
        percent(one["changed_share"]),
        number(None if ratio is None else float(f"{ratio:.2g}")),
    ]


def moved(change: Mapping[str, Any]) -> list[str]:
    """The numbers of groups, crossings and so on that a change moves most.

    By their mean difference in standard deviations of the number itself, where its interval leaves
    out 0 and most replicates have the number; few of one family.
    """

    def size(one: Mapping[str, Any]) -> float:
        difference, ratio = one["difference"], one["variance_ratio"]
        mean, error = difference["mean"], difference["mcse"]
        if not ratio or not error or abs(mean) < BOUND * error or difference["n"] < most / 2:
            return 0.0
        return float(abs(mean) / error / (difference["n"] / (2 * ratio)) ** 0.5)

    told = {family for section in SECTIONS for family in section.outcomes}
    most = max(one["difference"]["n"] for one in change["outcomes"].values())
    sizes = {
        one: size(found)
        for one, found in change["outcomes"].items()
        if "." in one and one.partition(".")[0] in told
    }
    kept: list[str] = []
    for one in sorted(sizes, key=lambda one: -sizes[one]):
        family = [other for other in kept if other.partition(".")[0] == one.partition(".")[0]]
        if sizes[one] and len(family) < OF_ONE_KIND and len(kept) < MOST:
            kept.append(one)
    return kept


class _Writer:
    def __init__(self, run: Run, lang: str) -> None:
        self.outcomes = run.outcomes
        self.provenance = run.provenance
        self.lang = lang
        currency = self.provenance["currency"]
        large = currency["per_usd"] >= LARGE
        self.per_usd = currency["per_usd"] / (1e6 if large else 1.0)
        self.money = say("table:millions" if large else "table:money", lang, code=currency["code"])

    def section(self, section: Section) -> Table:
        """One section."""
        title = say(f"section:{section.name}", self.lang)
        if not section.dim:
            return Table(title, self.head_of_list(), self.list(section.outcomes))
        columns = [column for one in section.outcomes for column in self.columns(one)]
        head = [say(f"row:{section.dim}", self.lang)] + [head for head, _ in columns]
        rows = []
        for one in self.provenance["ids"][section.dim]:
            cells = [column(one) for _, column in columns]
            if any(cells):
                rows.append([self.name(section.dim, one), *(text or "–" for text in cells)])
        return Table(title, head, rows)

    def columns(self, outcome: str) -> list[tuple[str, Any]]:
        """Heads and cells (functions of an id; empty where there is none) of an outcome."""
        if outcome.endswith(":money"):
            plain = outcome.removesuffix(":money")
            return [(self.money, lambda one: self.cell(f"{plain}.{one}", self.per_usd))]
        if outcome == "price":
            return [(self.name("good", good), self.price(good)) for good in self.ids("good")]
        head = say(
            f"outcome:{outcome}:short",
            self.lang,
            first=self.name("end", self.ids("end")[0]),
            second=self.name("end", self.ids("end")[1]),
        )
        if outcome == "realigned_to":
            return [(head, self.new_patrons)]
        return [(head, lambda one: self.cell(f"{outcome}.{one}"))]

    def cell(self, outcome: str, factor: float = 1.0) -> str:
        """A cell, empty where the run has no such number."""
        return cell(self.outcomes[outcome], factor) if outcome in self.outcomes else ""

    def price(self, good: str) -> Any:
        """Price at the end, and times the price at the start."""

        def text(market: str) -> str:
            price = self.outcomes.get(f"price.{market}.{good}")
            if price is None:
                return ""
            change = self.outcomes[f"price_change.{market}.{good}"]
            return f"{number(price['median'])} ×{number(change['median'])}"

        return text

    def new_patrons(self, group: str) -> str:
        """The patrons that a group first goes to, most frequent first."""
        shares = {
            patron: self.outcomes[key]["mean"]
            for patron in self.ids("patron")
            if (key := f"realigned_to.{group}.{patron}") in self.outcomes
        }
        first = sorted((one for one in shares if shares[one]), key=lambda one: -shares[one])[:FIRST]
        return ", ".join(f"{self.name('patron', one)} {percent(shares[one])}" for one in first)

    def head_of_list(self) -> list[str]:
        """Heads of the section without a dim."""
        heads = [say(f"table:{head}", self.lang) for head in ("outcome", "value", "unit")]
        return [*heads, self.money]

    def list(self, outcomes: Sequence[str]) -> list[list[str]]:
        """A row for every number of these outcomes."""
        rows = []
        for full, outcome in self.outcomes.items():
            if full.partition(".")[0] in outcomes:
                unit = outcome["unit"]
                rows.append(
                    [
                        meaning(self.provenance, full, self.lang, "short"),
                        cell(outcome),
                        "" if unit in SHARES else say(f"units:{unit}", self.lang),
                        cell(outcome, self.per_usd) if unit == MONEY else "",
                    ]
                )
        return rows

    def ids(self, dim: str) -> Sequence[str]:
        """All ids of a dim."""
        found: Sequence[str] = self.provenance["ids"][dim]
        return found

    def name(self, dim: str, one: str) -> str:
        """A title."""
        return name(self.provenance["titles"][dim], one, self.lang)
