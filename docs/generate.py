"""Write the reference pages of the docs from the code: command line, scenario, variables.

python docs/generate.py            write them
python docs/generate.py --check    say which are stale, and fail if any is
"""

from __future__ import annotations

import inspect
import os
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py: change what it is written from, then run `make docs`. -->"
WIDTH = 92
SETTINGS = {"help_option_names": ["-h", "--help"]}


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |"
        for line in lines
    )


def code(text: object) -> str:
    """Text as code; nothing for nothing."""
    return f"`{text}`" if text not in ("", None) else ""


# -- command line ---------------------------------------------------------------------------------


def cli() -> str:
    """docs/cli.md."""
    os.environ["COLUMNS"] = str(WIDTH)
    import typer

    from maabar.cli import app

    root = typer.main.get_command(app)
    parts = [
        "# Command line",
        NOTE,
        "Results go to standard output, notes and progress to standard error. A command ends with "
        "0 when it is done, 1 when `check` found an error or a run could not be finished, and 2 "
        "for wrong use. Each command is also a Python function of the same name and arguments: "
        "`maabar.run(...)`.",
        _help(root, "maabar"),
    ]
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        parts += [f"## maabar {name}", _help(command, f"maabar {name}")]
    return "\n\n".join(parts)


def _help(command: Any, name: str) -> str:
    context = command.context_class(
        command, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH, **SETTINGS
    )
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"```text\n{text.strip()}\n```"


# -- scenario -------------------------------------------------------------------------------------


def scenario() -> str:
    """docs/scenario.md."""
    from maabar.errors import CODES
    from maabar.scenario import behaviour, change, claims, quantity, schema

    files = (
        ("scenario.yaml", schema.Scenario, "The system."),
        ("changes/ID.yaml", change.Change, "A counterfactual, or an ablation."),
        ("claims.yaml", claims.ClaimFile, "What the report says."),
        ("facts.yaml", claims.FactFile, "Numbers and states from other sources."),
        ("sources.yaml", claims.SourceFile, "What was read."),
        ("aliases.yaml", claims.AliasFile, "Other ids of the same things."),
    )
    parts = [
        "# The scenario format",
        NOTE,
        "A scenario is a folder of YAML files. Ids are kebab-case. The last four files may be "
        "absent; then numbers can only be `assumed`. A parameter's path is its keys joined by "
        "dots, e.g. `patrons.russia.pay_usd_month.local`; rows of the timeline stand under their "
        "id.",
        table(("file", "holds"), ((code(file), says) for file, _, says in files)),
    ]
    done: set[type] = set()
    for file, model, _ in files:
        parts += [f"## {file}", *_models(model, done)]
    parts += [
        "## Numbers",
        "Every number says where it comes from: `from:` with ids of claims or facts, or "
        "`assumed:` with the reason. Ranges are drawn anew in every replicate.",
        *_models(quantity.Quantity, done),
        *_models(quantity.Choice, done),
        *_models(quantity.Switch, done),
        "## Behaviour",
        "Parameters of each mechanism, all of which have a prior and may be left out. They stand "
        "under `behaviour.MECHANISM.PARAMETER`.",
    ]
    for mechanism, priors in behaviour.DEFAULTS.items():
        rows = (
            (code(name), prior["unit"], prior["means"], _prior(prior), prior["assumed"])
            for name, prior in priors.items()
        )
        parts += [
            f"### behaviour.{mechanism}",
            table(("parameter", "unit", "meaning", "prior", "why"), rows),
        ]
    parts += [
        "## Findings",
        "What `maabar check` can say.",
        table(("code", "meaning"), CODES.items()),
    ]
    return "\n\n".join(parts)


def _models(model: Any, done: set[type]) -> Iterator[str]:
    """A section for a model, then for those that it holds."""
    if model in done:
        return
    done.add(model)
    fields = [field for field in model.model_fields.items() if not field[1].exclude]
    rows = [
        (code(field.alias or name), *_field(field, field.annotation, field.metadata))
        for name, field in fields
    ]
    yield f"### {model.__name__}"
    yield inspect.cleandoc(model.__doc__ or "").partition("\n\nExamples")[0]
    yield table(("key", "form", "unit", "if left out", "meaning"), rows)
    for _, field in fields:
        for inner in _held(field.annotation):
            yield from _models(inner, done)


def _field(field: Any, annotation: Any, metadata: list[Any]) -> tuple[str, str, str, str]:
    extra = field.json_schema_extra or {}
    if field.is_required():
        default = "required"
    elif hasattr(field.default, "kind"):
        default = _prior(field.default.model_dump(by_alias=True, exclude_none=True))
    elif isinstance(field.default, bool | str | int) and field.default != "":
        default = code(
            str(field.default).lower() if field.default in (True, False) else field.default
        )
    else:
        default = "nothing"
    form = _form(Annotated[annotation, *metadata] if metadata else annotation)
    return form, extra.get("unit", ""), default, field.description or ""


def _prior(prior: dict[str, Any]) -> str:
    if "range" in prior:
        low, high = prior["range"]
        return f"{low:g} to {high:g}"
    if "median" in prior:
        return f"{prior['median']:g} times or over {prior['spread']:g}"
    return f"{prior['value']:g}" if prior.get("value") is not None else ""


def _form(annotation: Any) -> str:
    """What can stand somewhere, in words."""
    from maabar.scenario.part import Part
    from maabar.scenario.quantity import Choice, Quantity, Switch

    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        words = [one for one in map(_words, inner[1:]) if one]
        if words and inner[0] is str:
            return words[0]
        return ", ".join([_form(inner[0]), *words])
    if origin in (Union, types.UnionType):
        return " or ".join(_form(one) for one in inner if one is not type(None))
    if origin is Literal:
        return " | ".join(code(one) for one in inner)
    if origin is dict:
        return f"{_form(inner[0]).replace('text', 'id')}: {_form(inner[1])}"
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return f"list of {_form(inner[0]).replace('an id of', 'ids of')}"
        return "[" + ", ".join(_form(one) for one in inner) + "]"
    for model, said in ((Quantity, "number"), (Choice, "id or choice"), (Switch, "yes or no")):
        if inspect.isclass(annotation) and issubclass(annotation, model):
            return f"[{said}](#{model.__name__.lower()})"
    if inspect.isclass(annotation) and issubclass(annotation, Part):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    plain = {str: "text", bool: "true or false", int: "whole number", float: "plain number"}
    return plain.get(annotation, "date" if annotation is date else "anything")


def _words(constraint: Any) -> str:
    """A constraint in words, where it has any."""
    judge = getattr(constraint, "func", constraint)
    section = getattr(judge, "section", "")
    if section:
        return f"an id of {section}"
    found = getattr(judge, "words", "")
    return found if isinstance(found, str) else ""


def _held(annotation: Any) -> Iterator[Any]:
    from maabar.scenario.part import Part
    from maabar.scenario.quantity import Sourced

    if inspect.isclass(annotation) and issubclass(annotation, Part):
        if not (issubclass(annotation, Sourced) and annotation.__module__.endswith("quantity")):
            yield annotation
        return
    for inner in get_args(annotation):
        yield from _held(inner)


# -- variables ------------------------------------------------------------------------------------


def variables() -> str:
    """docs/variables.md."""
    from maabar.results.outcome import OUTCOMES
    from maabar.sentence import say
    from maabar.variables import DIMS, EVENTS, STATE, STATUS, WORLD

    class Blank(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return key.upper()

    def meaning(name: str) -> str:
        from maabar.sentence import catalogue

        return str(catalogue()["outcome"][name]["means"]["en"]).format_map(Blank())

    inputs = [
        (code(f"{name}.{field.name}"), field.unit, field.meaning, code(field.path) or field.kind)
        for name, spec in WORLD.items()
        for field in spec.fields
    ]
    state = [
        (
            code(f"{name}.{field.name}"),
            ", ".join(spec.dims),
            field.unit,
            field.kind,
            "yes" if field.series else "",
            field.meaning,
        )
        for name, spec in STATE.items()
        for field in spec.fields
    ]
    events = [
        (kind.name, kind.actor, kind.target, kind.amount, ", ".join(kind.terms)) for kind in EVENTS
    ]
    outcomes = [
        (
            code(".".join([one.name, *(dim.upper() for dim in one.dims)])),
            say(f"units:{one.unit}"),
            meaning(one.name),
        )
        for one in OUTCOMES
    ]
    return "\n\n".join(
        [
            "# Variables, events and outcomes",
            NOTE,
            "Everything that the model reads, carries and tells. Fields are written `table.name`; "
            "a table holds the fields that share one set of dims.",
            "## Outcomes",
            "One number for every replicate; ids stand in for the words in capitals. Each is "
            "summed up by its median, 5th and 95th percentile, mean and the Monte Carlo error of "
            "the mean.",
            table(("outcome", "unit", "meaning"), outcomes),
            "## Dims",
            table(("dim", "what it counts"), ((code(dim), says) for dim, says in DIMS.items())),
            "## State",
            "`total` accumulates from `observe_from`; `scratch` is computed anew every day; the "
            "column *series* says what a run records.",
            table(("variable", "dims", "unit", "kind", "series", "meaning"), state),
            "## World",
            "Inputs, with the path at which they stand in a scenario, and what is derived from "
            "them.",
            table(("variable", "unit", "meaning", "path"), inputs),
            "## Events",
            "What the columns `actor`, `target`, `amount` and `term_0`, `term_1`, ... of a run's "
            "events mean, by kind.",
            table(("kind", "actor", "target", "amount", "terms"), events),
            "## Status",
            "Why a replicate failed.",
            table(("status", "meaning"), enumerate(STATUS)),
        ]
    )


PAGES: dict[str, Callable[[], str]] = {"cli": cli, "scenario": scenario, "variables": variables}


def main(arguments: list[str]) -> int:
    """Write or check all pages."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / f"{name}.md", make() + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if "--check" in arguments:
            stale.append(path.name)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/{path.name}")
    if stale:
        print(f"stale: {', '.join(stale)}; run `make docs`", file=sys.stderr)
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
