"""Commands that judge the model: patterns with their ablations, and the hindcast of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from maabar.cli.app import app
from maabar.cli.argument import Json, Lang, ScenarioName, Seed, Threads, known
from maabar.cli.console import Watch, note, print_document, print_table
from maabar.sentence import number, percent, say


@app.command(epilog="Example: maabar patterns asharah --replicates 500")
def patterns(
    scenario: ScenarioName,
    replicates: Annotated[int, typer.Option(help="How often each world is run.")] = 500,
    seed: Seed = 1,
    threads: Threads = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="P1 to P11; repeatable.")
    ] = None,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Measure what the report says must come out, with its reason and without it."""
    import maabar

    with Watch(lang) as watch:
        found = maabar.patterns(
            known(scenario),
            replicates=replicates,
            seed=seed,
            threads=threads,
            only=only or (),
            lang=lang,
            progress=watch,
        )
    if json:
        print_document(found)
        return
    for pattern in found:
        verdict = say(f"evidence:{pattern['verdict']}", lang)
        print_table(
            f"{pattern['id']}  {pattern['statement']}: {verdict}",
            [say(f"evidence:{one}", lang) for one in ("statistic", "with", "without", "difference")]
            + [say("evidence:borne_out", lang)],
            [
                [
                    one["statistic"],
                    *(estimate(one[key]) for key in ("with", "without", "difference")),
                    _borne_out(one, lang),
                ]
                for one in pattern["comparisons"]
            ],
            numbers=False,
        )
    holding = sum(pattern["verdict"] == "holds" for pattern in found)
    note(say("evidence:count", lang, holding=holding, all=len(found)))


def estimate(one: Mapping[str, Any]) -> str:
    """A number with its interval.

    Examples
    --------
    >>> estimate({"mean": 0.25, "ci95": [0.2, 0.3]}), estimate({"mean": None, "ci95": [None, None]})
    ('0.25 (0.2 … 0.3)', '–')
    """
    low, high = one["ci95"]
    if one["mean"] is None:
        return number(None)
    return f"{number(one['mean'])} ({number(low)} … {number(high)})"


def _borne_out(one: Mapping[str, Any], lang: str) -> str:
    if one["borne_out"] is None:
        return ""
    said = say(f"evidence:{'yes' if one['borne_out'] else 'no'}", lang)
    return said if one["decides"] else f"({said})"


@app.command(epilog="Example: maabar hindcast asharah --json")
def hindcast(
    scenario: ScenarioName,
    replicates: Annotated[int, typer.Option(help="How often each world is run.")] = 1000,
    seed: Seed = 1,
    threads: Threads = None,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Say how probable the model makes what the report tells, and count what came after it."""
    import maabar

    with Watch(lang) as watch:
        found = maabar.hindcast(
            known(scenario),
            replicates=replicates,
            seed=seed,
            threads=threads,
            lang=lang,
            progress=watch,
        )
    if json:
        print_document(found)
        return
    print_table(
        say("evidence:claims", lang),
        [
            say(f"evidence:{one}", lang)
            for one in ("claim", "happened", "window", "share", "no_strikes", "rival", "null")
        ]
        + [say("evidence:log_score", lang)],
        [
            [
                one["claim"],
                one["gloss"],
                "{}–{}".format(*one["window_days"]),
                *(percent(one[key]) for key in ("share", "no_strikes", "rival", "null")),
                number(one["log_score"]),
            ]
            for one in found["claims"]
        ],
        numbers=False,
    )
    total = found["total"]
    print(
        say(
            "evidence:total",
            lang,
            model=number(total["model"]),
            null=number(total["null"]),
            mcse=number(total["mcse"]),
        )
    )
    _counts(found["counts"], lang)


def _counts(rows: Sequence[Mapping[str, Any]], lang: str) -> None:
    """Counts by kind and quarter beside what was reported."""
    keys = ("kind", "quarter", "observed", "half", "most", "crps", "poisson")
    print_table(
        say("evidence:counts", lang),
        [say(f"evidence:{key}", lang) for key in keys],
        [
            [
                say(f"evidence:{row['kind']}", lang),
                row["quarter"] + (" *" if row["held_out"] else ""),
                str(row["observed"]),
                "{:.0f}–{:.0f}".format(*row["interval50"]),
                "{:.0f}–{:.0f}".format(*row["interval90"]),
                number(row["crps"]),
                number(row["crps_poisson"]),
            ]
            for row in rows
        ],
        numbers=False,
    )
    print(say("evidence:held_out", lang))
