"""The command that says why: causes, what was weighed, and the test of the direct cause."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from maabar.cli.app import app
from maabar.cli.argument import Json, Lang, RunFolder, Threads, run_folder
from maabar.cli.console import Watch, print_document, print_table
from maabar.sentence import catalogue, counted, date, percent, say


@app.command(
    epilog="Example: maabar explain runs/asharah-1a2b3c4d --kind realignment --actor al-mukhtar"
)
def explain(
    run: RunFolder,
    replicate: Annotated[
        int | None, typer.Option(help="Which replicate, counted from 0; all unless said.")
    ] = None,
    event: Annotated[
        int | None, typer.Option(metavar="N", help="The event's row, as `events` shows it.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="The first event of this kind, e.g. realignment.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Whose event: an id.")] = None,
    target: Annotated[str | None, typer.Option(help="Towards whom: an id.")] = None,
    cause: Annotated[
        str | None,
        typer.Option(
            metavar="KIND", help="Remove all its causes of a kind, instead of the direct cause."
        ),
    ] = None,
    change: Annotated[
        str | None,
        typer.Option(
            metavar="CHANGE", help="Take the cause away by a change, e.g. ablate-strikes."
        ),
    ] = None,
    threads: Threads = None,
    json: Json = False,
    lang: Lang = "en",
) -> None:
    """Say why an event happened, and whether it would have happened without its cause.

    With --replicate: the tree of causes, what was weighed, where its numbers come from, and the
    same replicate again without the cause. Without: over all replicates, how probable it is that
    the cause was necessary, and that it is sufficient.
    """
    import maabar

    with Watch(lang) as watch:
        found = maabar.explain(
            run_folder(run),
            replicate=replicate,
            event=event,
            kind=kind,
            actor=actor,
            target=target,
            cause=cause,
            change=change,
            threads=threads,
            lang=lang,
            progress=watch,
        )
    if json:
        print_document(found)
    elif replicate is None:
        _over_all(found, lang, cause)
    else:
        _one(found, lang)


def _day(said: str, lang: str) -> str:
    return date(datetime.date.fromisoformat(said), lang)


def _one(found: Mapping[str, Any], lang: str) -> None:
    """One event: what was weighed, whence, why, and the test."""
    from maabar.analysis.ground import in_words

    print(f"{_day(found['event']['date'], lang)}  {found['sentence']}\n")
    if found["terms"]:
        print_table(
            say("explain:weighed", lang),
            [say("explain:term", lang), say("explain:value", lang)],
            [[one["means"], one["says"]] for one in found["terms"]],
        )
    if found["grounds"]:
        print_table(
            say("explain:grounds", lang),
            [say(f"explain:{one}", lang) for one in ("path", "value", "from")],
            [
                [one["path"], in_words(one["value"], one["unit"], lang), ground(one, lang)]
                for one in found["grounds"]
            ],
            numbers=False,
        )
    if found["causes"]:
        print(say("explain:causes", lang))
        for line in branches(found["causes"], lang):
            print(line)
    else:
        print(say("explain:no_causes", lang))
    print()
    _test(found, lang)


def ground(one: Mapping[str, Any], lang: str) -> str:
    """Claims, facts or the reason behind a number.

    Examples
    --------
    >>> ground({"from": ["C01"], "says": ["It rains."], "assumed": None}, "en")
    'C01: It rains.'
    """
    said = [f"{name}: {text}" for name, text in zip(one["from"], one["says"], strict=True)]
    if one["assumed"] and not said:
        said.append(say("explain:assumed", lang, reason=one["assumed"]))
    return "\n".join(said)


def branches(causes: Sequence[Mapping[str, Any]], lang: str, depth: int = 1) -> list[str]:
    """The tree of causes, a line each, what lies behind it further in."""
    lines = []
    for one in causes:
        day = _day(one["date"], lang)
        if one["told"]:
            line = say("explain:again", lang, date=day, row=one["row"])
        else:
            weight = ""
            if one["share"] is not None and len(causes) > 1:
                weight = say("explain:weight", lang, share=percent(one["share"]))
            line = say(
                "explain:cause", lang,
                date=day, sentence=one["sentence"], weight=weight, row=one["row"],
            )  # fmt: skip
        lines += ["   " * depth + line, *branches(one["causes"], lang, depth + 1)]
    return lines


def _test(found: Mapping[str, Any], lang: str) -> None:
    test = found["necessity"]
    print(say("explain:test", lang))
    if not test["removed"]:
        print(say("explain:untested", lang, reason=test["reason"]))
        return
    sentences = dict(_sentences(found["causes"]))
    for row in test["removed"]:
        print(say("explain:without", lang, sentence=sentences[row], row=row))
    if test["happened"] is None:
        print(say("explain:gone", lang, days=counted(test["near_days"], "day", lang)))
    else:
        print(say("explain:stays", lang, date=_day(test["happened"], lang)))


def _sentences(causes: Sequence[Mapping[str, Any]]) -> list[tuple[int, str]]:
    found = []
    for one in causes:
        found += [(one["row"], one["sentence"]), *_sentences(one["causes"])]
    return found


def _over_all(found: Mapping[str, Any], lang: str, cause: str | None) -> None:
    """The ensemble: causes counted, and both probabilities."""
    kinds = catalogue()["kind"]
    whole = counted(found["replicates"], "replicate", lang)
    print(
        say(
            "explain:happened", lang,
            event=found["says"], happened=found["happened"], replicates=whole,
        )
    )  # fmt: skip
    print()
    if "causes" in found:
        nothing = f"explain:{'nothing_such' if cause else 'nothing'}"
        print_table(
            "",
            [say(f"explain:{'of_kind' if cause else 'direct'}", lang), say("explain:count", lang)],
            [
                [
                    kinds[one["kind"]][lang] if one["kind"] else say(nothing, lang),
                    str(one["replicates"]),
                ]
                for one in found["causes"]
            ],
        )
    else:
        print(say("explain:changed", lang, change=found["change"]))
    for what in ("necessity", "sufficiency", "contrary"):
        one = found.get(what)
        if one is None:
            continue
        if one["share"] is None:
            reason = say(f"explain:{one.get('reason', 'no_replicate')}", lang)
            print(say(f"explain:not_{what}", lang, reason=reason))
            continue
        low, high = (percent(end) for end in one["ci95"])
        print(
            say(
                f"explain:{what}", lang,
                share=percent(one["share"]), low=low, high=high,
                replicates=counted(one["replicates"], "replicate", lang),
                days=counted(found["near_days"], "day", lang),
            )
        )  # fmt: skip
        if "bounds" in one:
            low, high = (percent(end) for end in one["bounds"])
            print("  " + say("explain:bounds", lang, low=low, high=high))
        if one.get("untested"):
            print(
                "  "
                + say(
                    "explain:untold", lang, replicates=counted(one["untested"], "replicate", lang)
                )
            )
