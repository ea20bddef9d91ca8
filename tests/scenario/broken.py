"""Broken scenarios, each made from the tiny one by one edit."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

TINY = Path(__file__).parent / "tiny"


class Broken(NamedTuple):
    """An edit of the tiny scenario, and the finding that it must give.

    `old` is replaced by `new` in `file` (an empty `old`: the whole file); the finding must stand in
    the line that holds `at`, and its cure must hold `cure`.
    """

    name: str
    code: str
    old: str
    new: str
    at: str
    cure: str
    file: str = "scenario.yaml"
    changes: tuple[str, ...] = ()
    severity: str = "error"


def copy(folder: Path) -> Path:
    """A copy of the tiny scenario that a test may break."""
    return Path(shutil.copytree(TINY, folder / "tiny"))


def write(folder: Path, broken: Broken) -> Path:
    """A folder with the broken scenario."""
    tiny = copy(folder)
    path = tiny / broken.file
    if not broken.old:
        path.write_text(broken.new, encoding="utf-8")
        return tiny
    text = path.read_text(encoding="utf-8")
    assert broken.old in text, f"{broken.name}: the tiny scenario does not say {broken.old!r}"
    path.write_text(text.replace(broken.old, broken.new, 1), encoding="utf-8")
    return tiny


def _change(step: str, more: str = "") -> str:
    name = "{en: a, ar: a}"
    return f"format: 1\nid: half-pay\ntitle: {name}\nasks: {name}\n{more}change:\n  - {step}\n"


CRASH = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
HALF = ("half-pay",)
CHANGE = "changes/half-pay.yaml"

BROKEN = [
    # Files
    Broken("empty file", "E006", "", "# nothing\n", "# nothing", "write", "facts.yaml"),
    Broken("no mapping", "E014", "", "- format: 1\n", "- format", "format: 1"),
    Broken("tab", "E005", "  red: {name", "\tred: {name", "\tred", "two spaces"),
    Broken("colon in text", "E004", "en: Tiny, ar", "en: Tiny: x: y, ar", "Tiny: x", "colon"),
    Broken("control character", "E004", "made up", "made\x07up", "made\x07up", "delete"),
    Broken("second document", "E004", "behaviour:", "---\nbehaviour:", "---", "remove `---`"),
    Broken("newer format", "E012", "format: 1", "format: 2", "format: 2", "format: 1"),
    Broken("cut file", "E055", "from: [C02]\n", "from: [C02", "from: [C02", "restore the end"),
    Broken(
        "cut line",
        "E055",
        "    from: [C02]\n",
        "    from: [C02]",
        "from: [C02]",
        "see whether",
        severity="note",
    ),
    Broken("duplicate key", "E008", "  blue: {name", "  red: {name", "أزرق", "remove one"),
    Broken(
        "tag that would execute",
        "E009",
        "value: 10,",
        "value: !!python/object/apply:os.abort [],",
        "os.abort",
        "delete",
    ),
    Broken(
        "cyclic alias", "E010", "may_show: [blue]", "may_show: &me [blue, *me]", "*me", "delete &me"
    ),
    Broken("bomb of aliases", "E010", "behaviour:", f"{CRASH}behaviour:", "c: [*b", "write it out"),
    Broken("nested too deep", "E011", "days: 100", f"days: {'[' * 5000}", "days: [", "brackets"),
    Broken(
        "key that is a list", "E014", "currency: {code", "currency: {[a]: 1, code", "[a]", "plain"
    ),
    # Fields and kinds
    Broken(
        "unknown field",
        "E007",
        "fighters: {north",
        "figters: {north",
        "figters",
        'did you mean "fighters"?',
    ),
    Broken("unknown section", "E007", "travellers:", "travelers:", "travelers:", '"travellers"'),
    Broken("unknown act", "E007", "pay_change: {", "pay_chnge: {", "pay_chnge", '"pay_change"'),
    Broken(
        "unknown field of a quantity",
        "E007",
        "{value: 0.3, assumed",
        "{value: 0.3, becuase: x, assumed",
        "becuase",
        "assumed",
    ),
    Broken("missing field", "E013", "    market: west\n", "", "north:", "add `market:`"),
    Broken(
        "missing section", "E013", "observe_from: 2030-01-01\n", "", "format: 1", "observe_from"
    ),
    Broken(
        "number in quotes",
        "E018",
        "days: 100\ncurrency: {code: TAL, per_usd: {value: 10, from: [F-rate]}}",
        'days: 100\ncurrency: {code: TAL, per_usd: "10"}',
        "per_usd",
        "without quotes",
    ),
    Broken(
        "word for a number",
        "E014",
        "range: [40, 80], assumed: young",
        "range: [40, many], assumed: young",
        "many",
        "write a number",
    ),
    Broken("kind that is none", "E014", "kind: company", "kind: compny", "compny", '"company"'),
    Broken(
        "nothing where an entity stands",
        "E014",
        "  air:\n",
        "  ghost:\n  air:\n",
        "ghost",
        "fill it in",
    ),
    Broken(
        "yes for true",
        "E014",
        "concealable: false",
        "concealable: no",
        "concealable",
        "true or false",
    ),
    Broken("three ends of a range", "E014", "range: [1, 4]", "range: [1, 2, 4]", "[1, 2, 4]", "2"),
    Broken(
        "latitude of 95",
        "E019",
        "lat: 10.10\n    lon: 20.00",
        "lat: 95\n    lon: 20.00",
        "95",
        "at most 90",
    ),
    # Ids
    Broken("snake case", "E015", "  air:\n", "  air_force:\n", "air_force", '"air-force"'),
    Broken("unknown patron", "E016", "capital: 0.7", "capitol: 0.7", "capitol", '"capital"'),
    Broken(
        "crossing to nowhere",
        "E016",
        "      south: {holder",
        "      sotuh: {holder",
        "sotuh",
        '"south"',
    ),
    Broken("label of a patron", "E016", "label: red", "label: rde", "rde", '"red"'),
    Broken("striker of a row", "E016", "by: air", "by: navy", "navy", "add it to strikers"),
    Broken(
        "end of another crossing",
        "E016",
        "pay_change: {patron: coast, class: local, times: {value: 0.5, assumed: made up}}",
        "toll_change: {crossing: ford, end: sotuh, fee_cap_usd: {value: 1, assumed: made up}}",
        "sotuh",
        '"south"',
    ),
    # Quantities
    Broken(
        "bare number",
        "E017",
        "{value: 60, assumed: made up}\n    fighters",
        "60\n    fighters",
        "pay_usd_month: 60",
        "--allow-unsourced",
    ),
    Broken(
        "two forms",
        "E018",
        "{value: 0.3, assumed",
        "{value: 0.3, range: [0, 1], assumed",
        "range: [0, 1]",
        "keep one",
    ),
    Broken(
        "median without spread",
        "E018",
        "median: 500, spread: 1.5",
        "median: 500",
        "median: 500",
        "add spread",
    ),
    Broken(
        "times without same_as",
        "E018",
        "{value: 0.3, assumed",
        "{value: 0.3, times: 2, assumed",
        "times: 2",
        "delete `times`",
    ),
    Broken(
        "negative people",
        "E019",
        "{value: 6000, assumed",
        "{value: -6000, assumed",
        "-6000",
        "0 or more",
    ),
    Broken(
        "price of nothing",
        "E019",
        "{value: 60, assumed: cheap}",
        "{value: 0, assumed: cheap}",
        "cheap",
        "above 0",
    ),
    Broken(
        "share of 20",
        "E020",
        "cut: {range: [0.1, 0.2]",
        "cut: {range: [10, 20]",
        "cut: {range",
        "0.2",
    ),
    Broken(
        "lognormal share",
        "E020",
        "cut: {range: [0.1, 0.2]",
        "cut: {median: 0.1, spread: 2",
        "cut:",
        "use `range`",
    ),
    Broken(
        "share by same_as",
        "E020",
        "cut: {range: [0.1, 0.2]",
        "cut: {same_as: patrons.capital.cut, times: 9",
        "cut: {same_as",
        "lower `times`",
    ),
    Broken(
        "reversed range",
        "E021",
        "range: [30, 50], from",
        "range: [50, 30], from",
        "[50, 30]",
        "[30, 50]",
    ),
    Broken(
        "spread below one", "E022", "spread: 1.5", "spread: 0.5", "spread: 0.5", "factor of two"
    ),
    Broken("infinite", "E023", "{value: 6000, assumed", "{value: .inf, assumed", ".inf", "finite"),
    Broken("no such day", "E024", "2030-01-10,", "2030-02-30,", "2030-02-30", "range"),
    Broken("date in words", "E024", "2030-01-10,", "January,", "January", "quotes"),
    Broken(
        "date of a fact",
        "E024",
        'date: "2029"',
        'date: "last year"',
        "last year",
        "in quotes",
        "facts.yaml",
    ),
    Broken(
        "weights of nothing",
        "E025",
        "{capital: 0.7, coast: 0.3}",
        "{capital: 0, coast: 0}",
        "capital: 0, coast",
        "correct the weights",
    ),
    Broken("unknown fact", "E026", "from: [F-hit]", "from: [F-hti]", "F-hti", '"F-hit"'),
    Broken("link to no claim", "E026", "to: [C02]", "to: [C03]", "C03", '"C02"', "claims.yaml"),
    Broken(
        "missing source",
        "E027",
        "source: [paper, ledger]",
        "source: [paper, leger]",
        "leger",
        '"ledger"',
        "facts.yaml",
    ),
    Broken(
        "same as nothing",
        "E028",
        "same_as: patrons.capital.pay_usd_month.local",
        "same_as: patrons.capital.pay_usd_month.lcoal",
        "lcoal",
        "pay_usd_month.local",
    ),
    Broken(
        "same as itself",
        "E029",
        "{local: {range: [30, 50], from: [F-pay]}}",
        "{local: {same_as: patrons.coast.pay_usd_month.local, from: [F-pay]}}",
        "coast.pay",
        "give one of them",
    ),
    # Time
    Broken(
        "row before the start",
        "E030",
        "on: 2030-01-10",
        "on: 2029-01-10",
        "2029-01-10",
        "warm_up_from",
    ),
    Broken("row after the end", "E030", "2030-02-05]", "2031-02-05]", "2031-02-05", "days"),
    Broken(
        "until before on",
        "E031",
        "on: 2030-01-10,",
        "on: 2030-01-10, until: 2030-01-09,",
        "2030-01-09",
        "later",
    ),
    Broken(
        "between reversed",
        "E031",
        "[2030-02-01, 2030-02-05]",
        "[2030-02-05, 2030-02-01]",
        "between:",
        "[2030-02-01, 2030-02-05]",
    ),
    Broken(
        "warm-up after observation",
        "E031",
        "warm_up_from: 2029-12-01",
        "warm_up_from: 2030-02-01",
        "warm_up_from",
        "before",
    ),
    Broken(
        "window reversed",
        "E031",
        "[2029-12-05, 2029-12-20]",
        "[2029-12-20, 2029-12-05]",
        "recorded",
        "swap",
    ),
    Broken(
        "no act", "E032", "strike: {by: air, on: red, at: north}, ", "", "id: hit", "what happens"
    ),
    Broken(
        "two acts",
        "E033",
        "from: [F-hit]",
        "closure: {crossings: [ford]}, from: [F-hit]",
        "closure",
        "a row for each",
    ),
    Broken("two rows of one id", "E034", "id: cut", "id: hit", "- id: hit", "rename"),
    Broken("neither on nor between", "E057", "on: 2030-01-10, ", "", "id: hit", "keep one"),
    Broken(
        "siege without end",
        "E013",
        "strike: {by: air, on: red, at: north}",
        "siege: {place: north, attacks_per_day: {value: 1, assumed: made up}, killed_per_attack: {value: 1, "
        "assumed: made up}, civilians_per_attack: {value: 1, assumed: made up}}",
        "siege",
        "until",
    ),
    # How the parts hang together
    Broken(
        "ends on one bank",
        "E035",
        "    market: east\n",
        "    market: west\n",
        "ends:",
        "west and one of east",
    ),
    Broken(
        "road across the river",
        "E036",
        "between: [inland, west]",
        "between: [east, west]",
        "between:",
        "crossings",
    ),
    Broken(
        "inland road of the other bank",
        "E036",
        "south: {holder: {value: null, assumed: nobody}}",
        "south: {holder: {value: null, assumed: nobody}, inland: [inland-road]}",
        "nobody",
        "east bank",
    ),
    Broken(
        "two roads on one pair",
        "E037",
        "goods:\n  fuel:\n    name",
        "  other:\n    between: [west, inland]\n    haulage_usd_tonne: {value: 1, assumed: made up}\n"
        "goods:\n  fuel:\n    name",
        "between: [west, inland]",
        "keep one",
    ),
    Broken(
        "group without fighters",
        "E038",
        "{north: {range: [40, 80], assumed: young men}}",
        "{}",
        "fighters: {}",
        "fighters",
    ),
    Broken(
        "holder far away",
        "E039",
        "holder: {value: null, assumed: nobody}",
        "holder: {value: guard, assumed: x y}",
        "x y",
        "fighters at south",
        severity="warning",
    ),
    Broken(
        "good priced once",
        "E040",
        "flow_units_day: {value: 300, assumed: made up}\ncrossings",
        "flow_units_day: {value: 300, assumed: made up}\n  salt:\n    name: {en: salt, ar: ملح}\n"
        "    unit: {en: bag, ar: كيس}\n    weight_kg: {value: 9, assumed: made up}\n    concealable: false\n"
        "    flow_units_day: {value: 1, assumed: made up}\ncrossings",
        "salt:",
        "add it",
        severity="warning",
    ),
    Broken("unknown parameter", "E042", "trade: {speed:", "trade: {sped:", "sped", '"speed"'),
    Broken("unknown mechanism", "E042", "  trade: {speed:", "  trad: {speed:", "trad:", '"trade"'),
    Broken(
        "fine coordinates",
        "E045",
        "lat: 10.10\n    lon: 20.00",
        "lat: 10.1234\n    lon: 20.00",
        "10.1234",
        "10.12",
        severity="note",
    ),
    Broken(
        "company without pay",
        "E049",
        "    pay_usd_month: {value: 60, assumed: made up}\n",
        "",
        "company:",
        "add `pay_usd_month:`",
    ),
    Broken(
        "pay of one that is no company",
        "E049",
        "patron: coast, class: local",
        "group: guard",
        "group: guard",
        "patron",
    ),
    Broken("pay of nobody", "E049", "patron: coast, class: local, ", "", "pay_change", "who pays"),
    Broken(
        "three banks",
        "E050",
        "  east: {name",
        "  isle: {name: {en: isle, ar: جزيرة}}\n  east: {name",
        "banks:",
        "two sides",
    ),
    Broken(
        "market without place",
        "E041",
        "title: {en: Tiny",
        "title: {en: Small",
        "inland:",
        "add a place",
        severity="note",
    ),
    Broken(
        "group in two pacts",
        "E054",
        "pacts:\n",
        "pacts:\n  - {members: [guard, company], assumed: made up}\n",
        "members",
        "one pact",
    ),
    Broken(
        "pact of one",
        "E014",
        "members: [guard, company]",
        "members: [guard]",
        "members",
        "name more",
    ),
    Broken(
        "span of nothing",
        "E056",
        "span: [0, 23]",
        "span: [23, 23]",
        "span",
        "code points",
        "claims.yaml",
    ),
    Broken(
        "span past the end",
        "E056",
        "span: [24, 44]",
        "span: [24, 99]",
        "span",
        "code points",
        "claims.yaml",
    ),
    Broken(
        "two changes of pay at once",
        "E018",
        "times: {value: 0.5, assumed: made up}",
        "to: {value: 1, assumed: x y}, times: {value: 0.5, assumed: made up}",
        "class: local",
        "keep one",
    ),
    Broken(
        "class of a company's pay",
        "E049",
        "patron: coast, class: local",
        "group: company, class: local",
        "pay_change",
        "class",
    ),
    Broken(
        "pay of a group that is no company",
        "E049",
        "patron: coast, class: local",
        "group: guard",
        "guard",
        "patron",
    ),
    Broken(
        "toll change of nothing",
        "E013",
        "strike: {by: air, on: red, at: north}",
        "toll_change: {crossing: ford, end: north}",
        "toll_change",
        "what changes",
    ),
    Broken(
        "set to nothing",
        "E018",
        "strike: {by: air, on: red, at: north}",
        "set: {path: places.north.population}",
        "set:",
        "keep one",
    ),
    Broken(
        "set of what is read once",
        "E059",
        "strike: {by: air, on: red, at: north}",
        "set: {path: places.*.population, times: 2}",
        "population",
        "without a date",
    ),
    Broken(
        "set of an id",
        "E048",
        "strike: {by: air, on: red, at: north}",
        "set: {path: places.north.market, value: 1}",
        "market",
        "a number",
    ),
    Broken(
        "median of nothing",
        "E019",
        "median: 500, spread: 1.5",
        "median: 0, spread: 1.5",
        "median: 0",
        "`value`",
    ),
    Broken(
        "number of nobody", "E018", "{value: 6000, assumed: made up}", "[6000]", "[6000]", "NUMBER"
    ),
    Broken(
        "patron of nothing",
        "E018",
        "patron: {value: coast, assumed: made up}",
        "patron: {assumed: made up}",
        "assumed: made up}",
        "keep one",
    ),
    Broken(
        "patron that is a list",
        "E018",
        "patron: {value: coast, assumed: made up}",
        "patron: [coast]",
        "[coast]",
        "name an id",
    ),
    Broken(
        "patron that is nobody",
        "E016",
        "patron: {value: coast, assumed: made up}",
        "patron: {value: null, assumed: x y}",
        "null",
        "patrons",
    ),
    Broken(
        "unsourced patron",
        "E017",
        "patron: {value: coast, assumed: made up}",
        "patron: coast",
        "patron: coast",
        "assumed",
    ),
    Broken(
        "list in one word",
        "E014",
        "posts: [capital]",
        "posts: capital",
        "posts: capital",
        "write [capital]",
    ),
    Broken(
        "title that is a number",
        "E014",
        "title: {en: Tiny",
        "title: {en: 7",
        "en: 7",
        '"7" in quotes',
    ),
    Broken(
        "behaviour that is a list",
        "E014",
        "trade: {speed: {value: 0.04, assumed: slow}}",
        "trade: [speed]",
        "trade: [",
        "a mapping",
    ),
    Broken(
        "row of a removed striker",
        "E053",
        "path: patrons.*.pay_usd_month.local, times: 0.5",
        "remove: strikers.air",
        "id: hit",
        "keep strikers.air",
        CHANGE,
        HALF,
    ),
    Broken(
        "crossing at a removed place",
        "E053",
        "path: patrons.*.pay_usd_month.local, times: 0.5",
        "remove: places.north",
        "north: {holder",
        "keep places.north",
        CHANGE,
        HALF,
    ),
    # Changes
    Broken(
        "change of nothing",
        "E046",
        "patrons.*.pay_usd_month.local",
        "patrons.x*.cut",
        "path:",
        "capital",
        CHANGE,
        HALF,
    ),
    Broken(
        "change to what is",
        "E046",
        "times: 0.5",
        "times: 1",
        "times: 1",
        "another value",
        CHANGE,
        HALF,
        "warning",
    ),
    Broken(
        "change of an unknown path",
        "E047",
        "pay_usd_month.local",
        "pay_usd_mnth.local",
        "mnth",
        '"pay_usd_month"',
        CHANGE,
        HALF,
    ),
    Broken(
        "change of two forms",
        "E048",
        "times: 0.5",
        "times: 0.5, value: 3",
        "value: 3",
        "say one",
        CHANGE,
        HALF,
    ),
    Broken(
        "change of no number",
        "E048",
        "patrons.*.pay_usd_month.local",
        "patrons.*.label",
        "label",
        "a quantity",
        CHANGE,
        HALF,
    ),
    Broken(
        "until without since",
        "E048",
        "times: 0.5",
        "times: 0.5, until: 2030-02-01",
        "until",
        "since when",
        CHANGE,
        HALF,
    ),
    Broken(
        "until before since",
        "E031",
        "times: 0.5",
        "times: 0.5, since: 2030-02-02, until: 2030-02-01",
        "until",
        "swap",
        CHANGE,
        HALF,
    ),
    Broken(
        "removal of a market",
        "E048",
        "path: patrons.*.pay_usd_month.local, times: 0.5",
        "remove: markets.west",
        "remove",
        "set its quantities",
        CHANGE,
        HALF,
    ),
    Broken(
        "removal of a patron in use",
        "E053",
        "path: patrons.*.pay_usd_month.local, times: 0.5",
        "remove: patrons.coast",
        "patron: {",
        "keep patrons.coast",
        CHANGE,
        HALF,
    ),
    Broken(
        "change to an impossible number",
        "E020",
        "path: patrons.*.pay_usd_month.local, times: 0.5",
        "path: patrons.*.cut, value: 2",
        "value: 2",
        "0.02",
        CHANGE,
        HALF,
    ),
    Broken(
        "change to an unknown id",
        "E016",
        "path: patrons.*.pay_usd_month.local, times: 0.5",
        "path: groups.guard.patron, value: cost",
        "value: cost",
        '"coast"',
        CHANGE,
        HALF,
    ),
    Broken(
        "change without question",
        "E013",
        "asks: {en: What if both paid half?, ar: ماذا لو دفع الاثنان النصف؟}\n",
        "",
        "format",
        "add `asks:`",
        CHANGE,
        HALF,
    ),
    Broken(
        "set of an unknown path",
        "E047",
        "strike: {by: air, on: red, at: north}",
        "set: {path: places.north.populaton, value: 3}",
        "populaton",
        '"population"',
    ),
]
