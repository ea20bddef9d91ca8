"""``maabar read``, ``review`` and ``draft``: from reports to claims to a first scenario."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maabar.cli.app import app
from maabar.cli.argument import Json
from maabar.cli.console import note

if TYPE_CHECKING:
    from maabar.reader import Document

ENDINGS = (".txt", ".html", ".htm", ".md")
FORMATS = ("yaml", "json", "web-annotation", "followthemoney", "acled", "brat")


@app.command(epilog="Example: maabar read report.txt -o claims.yaml")
def read(
    reports: Annotated[
        list[str],
        typer.Argument(metavar="REPORT...", help="Files or folders; `-` is standard input."),
    ],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file, or a folder.")] = None,
    as_json: Json = False,
    form: Annotated[str, typer.Option("--format", help=" | ".join(FORMATS))] = "yaml",
    report_date: Annotated[str | None, typer.Option(help="Day of the report, YYYY-MM-DD.")] = None,
    source: Annotated[str | None, typer.Option(help="Address of the report.")] = None,
    gazetteer: Annotated[Path | None, typer.Option(help="Names of your own, YAML.")] = None,
    llm: Annotated[Path | None, typer.Option(help="Configuration of a language model.")] = None,
    no_quotes: Annotated[
        bool, typer.Option("--no-quotes", help="Leave the report's wording out.")
    ] = False,
) -> None:
    """Read reports in Arabic or English into sourced claims."""
    from maabar.errors import MaabarError, UseError
    from maabar.reader import read as read_report
    from maabar.reader.gazetteer import extended, shipped

    if form not in FORMATS:
        raise UseError(f"format {form}: one of {', '.join(FORMATS)}")
    meant = _files(reports)
    paths = list(meant)
    names = extended(gazetteer) if gazetteer else shipped()
    model = None
    if llm is not None:
        from maabar.reader.llm import connect

        model = connect(llm)
    several = len(paths) > 1
    if several and out is not None:
        _folder(out)
    found: list[dict[str, Any]] = []
    wrong, stopped = 0, False
    for number, path in enumerate(paths, 1):
        try:
            document = read_report(
                _bytes(path), source=source, report_date=report_date, gazetteer=names, llm=model,
                file="" if path == "-" else Path(path).name,
            )  # fmt: skip
        except MaabarError as problem:
            if not several:
                raise
            wrong += 1
            note(f"{number}/{len(paths)} {path}: {problem}")
            continue
        except KeyboardInterrupt:
            done = number - 1 - wrong
            note(f"stopped: {done} of {len(paths)} reports read; what they say is kept")
            stopped = True
            break
        if several:
            note(f"{number}/{len(paths)} {path}: {len(document.claims)} claims")
        for remark in document.notes:
            note(f"{path}: {remark}")
        if as_json:
            found.append(document.as_dict(quotes=not no_quotes))
        elif out is not None:
            target = out / (meant[path] + _ending(form)) if several else out
            _write(target, _written(document, form, no_quotes))
        else:
            print(_written(document, form, no_quotes), end="")
    if as_json:
        text = json.dumps(found if several or stopped else found[0], indent=1, ensure_ascii=False)
        if out is not None:
            _write(out / "claims.json" if several else out, text + "\n")
        else:
            print(text)
    if model is not None:
        note(f"language model: {model.dropped} proposals were not in the text and were dropped")
        for failure in model.failed[:5]:
            note(f"language model gave no usable answer: {failure}")
    if wrong or stopped:
        raise typer.Exit(130 if stopped else 1)


@app.command(epilog="Example: maabar review claims.yaml --text report.txt -o review.html")
def review(
    claims: Annotated[Path, typer.Argument(help="What `maabar read` wrote.")],
    text: Annotated[Path, typer.Option("--text", help="The report's file.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")],
) -> None:
    """Write a page on which a person accepts, edits or rejects the claims."""
    from maabar.reader.review import review as page

    _write(out, page(claims, _bytes(str(text))))
    print(out)


@app.command(epilog="Example: maabar draft claims.yaml -o my-scenario")
def draft(
    claims: Annotated[Path, typer.Argument(help="What `maabar read` wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The scenario folder to write.")],
    decisions: Annotated[
        Path | None, typer.Option(help="What the review page saved; without it, all claims.")
    ] = None,
) -> None:
    """Turn claims into a first scenario that checks and runs."""
    from maabar.reader.draft import draft as make

    folder = make(claims, out=out, decisions=decisions)
    print(folder)
    note(f"what is left open: {folder / 'draft.md'}")


def _files(said: list[str]) -> dict[str, str]:
    """The reports meant: files as named, folders opened; and a name of its own for each."""
    from maabar.errors import UseError

    found: dict[str, str] = {}
    for one in said:
        path = Path(one)
        if one != "-" and path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if p.suffix.lower() in ENDINGS]
            if not inside:
                raise UseError(f"{one}: no report in it; reports end in {' '.join(ENDINGS)}")
            found |= {str(p): str(p.relative_to(path)) for p in inside if p.is_file()}
        else:
            found[one] = path.name
    taken: set[str] = set()
    for one, name in found.items():
        if name in taken:  # of another folder
            parts = [p for p in Path(one).parts if p not in ("/", "..")]
            name = found[one] = "_".join(parts)
        taken.add(name)
    return found


def _folder(path: Path) -> None:
    from maabar.errors import UseError

    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UseError(f"{path}: {problem.strerror}; several reports need a folder") from None


def _write(path: Path, text: str) -> None:
    """Write a file, and the folders that it is in."""
    from maabar.errors import UseError

    _folder(path.parent)
    try:
        path.write_text(text, "utf-8")
    except OSError as problem:
        raise UseError(f"{path}: {problem.strerror}") from None


def _bytes(path: str) -> bytes:
    from maabar.reader import ReadError
    from maabar.reader.text import MAX_BYTES

    if path == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise ReadError("R005", said=problem.strerror or str(problem), file=path) from None


def _ending(form: str) -> str:
    return {"yaml": ".claims.yaml", "json": ".claims.json", "web-annotation": ".jsonld",
            "followthemoney": ".ftm.jsonl", "acled": ".csv", "brat": ".ann"}[form]  # fmt: skip


def _written(document: Document, form: str, no_quotes: bool) -> str:
    if form == "json":
        return json.dumps(document.as_dict(not no_quotes), indent=1, ensure_ascii=False) + "\n"
    if form != "yaml":
        from maabar.reader.export import export

        return export(document, form)
    import yaml

    return yaml.dump(_plain(document.as_dict(not no_quotes)), Dumper=yaml.CSafeDumper,
                     allow_unicode=True, sort_keys=False, width=100)  # fmt: skip


def _plain(value: Any) -> Any:
    """A copy without shared parts, so that YAML has no anchors."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
