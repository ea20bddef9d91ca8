"""Fill what the hand-written pages quote: tables from the code, outputs of the commands shown.

python docs/fill.py            write them
python docs/fill.py --check    say which pages are stale, and fail if any is

Between ``<!-- fill: NAME ... -->`` and ``<!-- /fill -->`` stands what `TABLES` makes.  A ``text``
block that follows a ``sh`` block is its output; a line ``...`` in it leaves lines out.  Commands
run in a fresh folder in which `src` leads here; a ``python`` block whose first line is
``# NAME.py`` is saved under that name first, another one is run.
"""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
PAGES = ("index", "model", "tutorial", "tutorial-report", "why", "adding-a-mechanism", "design")
REST = "..."
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILL = re.compile(r"(<!-- fill: (?P<what>[^>]*?) -->\n).*?(<!-- /fill -->)", re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language, the words after it, its text and where that stands."""

    language: str
    words: tuple[str, ...]
    body: str
    start: int
    stop: int


class Shown(NamedTuple):
    """A command, what it printed, and the block that quotes it, if one does."""

    command: Block
    output: str
    quote: Block | None


def blocks(text: str) -> list[Block]:
    """All fenced blocks of a page, in order."""
    found = []
    for one in _FENCE.finditer(text):
        language, *words = one["info"].split() or [""]
        found.append(Block(language, tuple(words), one["body"], one.start("body"), one.end("body")))
    return found


# -- commands -------------------------------------------------------------------------------------


def play(text: str, folder: Path) -> Iterator[Shown]:
    """Run the commands of a page in a folder, in order.

    Raises
    ------
    RuntimeError
        Where a command fails; ``sh exit=1`` says that it should.
    """
    if not (folder / "src").exists():
        (folder / "src").symlink_to(ROOT / "src")
    found = blocks(text)
    for place, block in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        quote = after if after and after.language == "text" else None
        if block.language == "python":
            name = re.match(r"# (\w+\.py)\n", block.body)
            (folder / (name[1] if name else "block.py")).write_text(block.body, encoding="utf-8")
            if not name:
                yield Shown(block, _run(f"{sys.executable} block.py", folder, 0), quote)
        elif block.language == "sh":
            wanted = next((int(word[5:]) for word in block.words if word.startswith("exit=")), 0)
            yield Shown(block, _run(block.body, folder, wanted), quote)


def _run(command: str, folder: Path, wanted: int) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    if done.returncode != wanted:
        raise RuntimeError(f"exit {done.returncode}, not {wanted}: {command}\n{done.stderr}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def like(quote: str, output: str) -> str:
    """The lines of an output that a block quotes, told by what they say beside numbers.

    Raises
    ------
    RuntimeError
        Where the output holds no such line any more.

    Examples
    --------
    >>> like("...\\n apples 3\\n", "fruit\\n apples 4\\n pears 1\\n")
    '...\\n apples 4\\n...\\n'
    """
    lines, at, kept = output.splitlines(), 0, []
    wanted = quote.splitlines()
    for place, line in enumerate(wanted):
        if line.strip() == REST:
            continue
        follows = place > 0 and wanted[place - 1].strip() != REST
        while at < len(lines) and not (follows or _words(line) == _words(lines[at])):
            at += 1
            if not kept or kept[-1] != REST:
                kept.append(REST)
        if at == len(lines):
            raise RuntimeError(f"nothing printed looks like: {line}")
        kept.append(lines[at])
        at += 1
    if at < len(lines):
        kept.append(REST)
    return "".join(f"{line}\n" for line in kept)


def _words(line: str) -> str:
    """What a line says beside numbers and signs."""
    return " ".join(re.findall(r"[^\W\d_]+", line))


# -- tables ---------------------------------------------------------------------------------------


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def mechanisms() -> str:
    """The day as a numbered list, each with the first sentence of its file."""
    from maabar.engine.day import DAY

    lines = []
    for number, name in enumerate(DAY, 1):
        said = (importlib.import_module(f"maabar.mechanisms.{name}").__doc__ or "").split("\n\n")[0]
        said = " ".join(said.split()).removeprefix(f"{name.capitalize()}: ")
        lines.append(f"{number}. [`{name}`](#{name}): {said}")
    return "\n".join(lines)


def parameters(section: str) -> str:
    """Parameters of one section of `behaviour`, with their priors."""
    from maabar.scenario.behaviour import DEFAULTS

    def prior(said: dict[str, object]) -> str:
        if isinstance(ends := said.get("range"), list | tuple):
            return f"{ends[0]:g} to {ends[1]:g}"
        return f"{said['value']:g}"

    rows = [
        (f"`behaviour.{section}.{name}`", prior(said), said["unit"] if said["unit"] != "1" else "",
         said["means"])
        for name, said in DEFAULTS[section].items()
    ]  # fmt: skip
    return table(("parameter", "prior", "unit", "meaning"), rows)


def contract(name: str) -> str:
    """What a mechanism draws and emits, from its declarations."""
    from maabar.engine import process

    module = importlib.import_module(f"maabar.mechanisms.{name}")
    numbers = {value: word for word, value in vars(process).items() if word.isupper()}
    draws = ", ".join(f"`{numbers[one]}`" for one in module.PROCESS) or "nothing"
    emits = ", ".join(module.EMITS) or "nothing"
    return f"Draws: {draws}. Emits: {emits}."


def scenarios() -> str:
    """How large the shipped scenarios are."""
    from maabar.scenario.load import load, shipped

    parts = ("groups", "patrons", "strikers", "places", "crossings", "markets", "goods", "timeline")
    rows = []
    for name in shipped():
        one = load(name)
        warm = (one.observe_from - one.warm_up_from).days if one.warm_up_from else 0
        rows.append((f"`{name}`", *(len(getattr(one, part)) for part in parts), warm, one.days))
    return table(("scenario", *parts, "warm-up days", "days"), rows)


def counts() -> str:
    """How much the registry holds."""
    from maabar.engine import process
    from maabar.engine.day import DAY
    from maabar.results.outcome import OUTCOMES
    from maabar.variables import BEHAVIOUR, EVENTS, STATE, WORLD

    def fields(tables: dict[str, object]) -> int:
        return sum(len(spec.fields) for spec in tables.values())  # type: ignore[attr-defined]

    kinds = [name for name in vars(process) if name.isupper() and name != "OWN"]
    return (
        f"{len(DAY)} mechanisms, {len(BEHAVIOUR)} behavioural parameters, {fields(WORLD)} fields "
        f"of the world in {len(WORLD)} tables, {fields(STATE)} of the state in {len(STATE)}, "
        f"{len(kinds)} kinds of draw, {len(EVENTS)} kinds of event, {len(OUTCOMES)} named outcomes."
    )


TABLES: dict[str, Callable[..., str]] = {
    "mechanisms": mechanisms,
    "parameters": parameters,
    "contract": contract,
    "scenarios": scenarios,
    "counts": counts,
}


def filled(text: str) -> str:
    """A page with its tables as the code has them."""

    def make(found: re.Match[str]) -> str:
        what, *arguments = found["what"].split()
        return f"{found[1]}{TABLES[what](*arguments)}\n{found[3]}"

    return _FILL.sub(make, text)


def quoted(text: str) -> str:
    """A page with the outputs that its commands give."""
    with tempfile.TemporaryDirectory() as folder:
        shown = [one for one in play(text, Path(folder)) if one.quote]
    for _, output, quote in reversed(shown):
        assert quote
        text = text[: quote.start] + like(quote.body, output) + text[quote.stop :]
    return text


def main(arguments: list[str]) -> int:
    """Write or check all pages."""
    stale = []
    for name in PAGES:
        path = DOCS / f"{name}.md"
        before = path.read_text(encoding="utf-8")
        after = quoted(filled(before))
        if after == before:
            continue
        if "--check" in arguments:
            stale.append(path.name)
        else:
            path.write_text(after, encoding="utf-8")
            print(f"filled docs/{path.name}")
    if stale:
        print(f"stale: {', '.join(stale)}; run docs/fill.py", file=sys.stderr)
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
