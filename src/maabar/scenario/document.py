"""A YAML file as plain data, with the line of every part, or findings that say why not.

The file is read as a stream of parser events and put together without recursion, so that hostile
input (bombs of aliases, thousands of brackets, tags that execute) costs nothing and runs nothing.
Words are read as in YAML 1.2: ``on``, ``off``, ``yes`` and ``no`` are words; dates are dates; every
key is text.  Sequences become tuples.
"""

from __future__ import annotations

import datetime
import math
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from maabar.errors import Finding, Severity

LARGEST = 2_000_000  # bytes
DEEPEST = 32  # levels of nesting; a scenario needs seven
MOST = 50  # findings of one file before it is given up

Steps = tuple[str | int, ...]
"""Keys and indices from the top of a file to one of its parts."""

_INTEGER = re.compile(r"[-+]?\d+")
_NUMBER = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class Document(NamedTuple):
    """What a file says.

    Parameters
    ----------
    file : str
        Folder and name, for findings.
    data : Any
        Dicts, tuples, text, numbers, dates, booleans and None.
    lines : dict
        Line, counted from 1, of every part by its steps.
    findings : tuple of Finding
        What is wrong; `data` holds whatever could still be read.
    spoiled : frozenset
        Steps of the parts that could not be read, each with its finding.
    """

    file: str
    data: Any
    lines: dict[Steps, int]
    findings: tuple[Finding, ...]
    spoiled: frozenset[Steps] = frozenset()

    def line(self, steps: Steps) -> int:
        """Line of a part, or of the nearest part around it; 0 if nothing is known."""
        while steps not in self.lines and steps:
            steps = steps[:-1]
        return self.lines.get(steps, 0)


def read(path: Path) -> Document:
    """Read a YAML file.

    Parameters
    ----------
    path : Path
        The file.  It need not exist: that is a finding like any other.

    Returns
    -------
    Document
        Data, lines and findings; never raises on bad content.

    Examples
    --------
    >>> read(Path("nowhere/scenario.yaml")).findings[0].code
    'E001'
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return _refused(name, "E001", 0, reason, "a file", f"make {path.name} or correct its name")
    if size > LARGEST:
        said, most = f"{size / 1e6:.1f} MB", f"at most {LARGEST / 1e6:.0f} MB"
        return _refused(name, "E002", 0, said, most, "take out what is not part of a scenario")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(name, raw, error.start)
    return parse(text, name)


def parse(text: str, file: str) -> Document:
    """Read YAML text as `read` reads a file; `file` is only named in findings."""
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if not builder.take(event) or len(builder.findings) >= MOST:
                builder.data = None
                break
    except yaml.YAMLError as error:
        builder.findings.append(_broken(file, text, error))
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        builder.find("E003", line, (), "half a character", "UTF-8 text", "delete that character")
    else:
        if builder.data is None and not builder.findings:
            return _refused(
                file, "E006", 1, "nothing", "a mapping", "write its contents, or remove the file"
            )
        if not text.endswith("\n"):
            line = text.count("\n") + 1
            said = "no line end after the last line"
            cure = "see whether the end is missing, then end the last line"
            builder.find("E055", line, (), said, "", cure, "note")
    return Document(
        file, builder.data, builder.lines, tuple(builder.findings), frozenset(builder.spoiled)
    )


class _Open(NamedTuple):
    """A mapping or sequence that is being read."""

    steps: Steps
    parts: dict[str, Any] | list[Any]
    key: list[str]  # of a mapping: the key that waits for its value


class _Builder:
    """Puts parser events together; `take` says whether to go on."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: Any = None
        self.lines: dict[Steps, int] = {}
        self.findings: list[Finding] = []
        self.spoiled: set[Steps] = set()
        self.stack: list[_Open] = []
        self.skipped = 0  # depth inside something that is left out
        self.documents = 0

    def find(
        self,
        code: str,
        line: int,
        steps: Steps,
        said: str,
        expected: str,
        cure: str,
        severity: Severity = "error",
    ) -> None:
        path = ".".join(str(step) for step in steps)
        self.findings.append(Finding(code, self.file, line, path, said, expected, cure, severity))

    def take(self, event: yaml.Event) -> bool:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self.find("E004", line, (), "a second document", "one", "remove `---` and the rest")
                return False
        elif isinstance(event, yaml.AliasEvent):
            said, cure = f"*{event.anchor}", "write it out; `same_as: PATH` makes two move together"
            self.find("E010", line, self._place(), said, "plain values", cure)
            self.spoiled.add(self._place())
            self._put(None, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._check(event, line)
            self._put(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._check(event, line)
            if self.skipped or self._is_key():
                self.skipped += 1
            else:
                self.lines.setdefault(self._place(), line)
                mapping = isinstance(event, yaml.MappingStartEvent)
                self.stack.append(_Open(self._place(), {} if mapping else [], []))
            if len(self.stack) + self.skipped > DEEPEST:
                most = f"at most {DEEPEST} levels"
                self.find("E011", line, (), "", most, "close the brackets that stand open")
                return False
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            if self.skipped:
                self.skipped -= 1
                if not self.skipped:
                    self._put_key(None, line)
            else:
                closed = self.stack.pop().parts
                self._put(tuple(closed) if isinstance(closed, list) else closed, line)
        return True

    def _check(self, event: Any, line: int) -> None:
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.find("E009", line, self._place(), tag, "plain values", f"delete {tag}")
        if event.anchor:
            said = f"&{event.anchor}"
            self.find("E010", line, self._place(), said, "plain values", f"delete {said}")

    def _place(self) -> Steps:
        if not self.stack:
            return ()
        steps, parts, key = self.stack[-1]
        if isinstance(parts, list):
            return (*steps, len(parts))
        return (*steps, key[0]) if key else steps

    def _is_key(self) -> bool:
        return (
            bool(self.stack) and isinstance(self.stack[-1].parts, dict) and not self.stack[-1].key
        )

    def _put(self, what: Any, line: int) -> None:
        if self.skipped:
            return
        if self._is_key():
            self._put_key(what.value if isinstance(what, yaml.ScalarEvent) else None, line)
            return
        steps = self._place()
        self.lines.setdefault(steps, line)
        value = what
        if isinstance(what, yaml.ScalarEvent):
            before = len(self.findings)
            value = self._scalar(what, line)
            if len(self.findings) > before:
                self.spoiled.add(steps)
        if not self.stack:
            self.data = value
        elif isinstance(parts := self.stack[-1].parts, list):
            parts.append(value)
        else:
            parts.setdefault(self.stack[-1].key.pop(), value)

    def _put_key(self, key: str | None, line: int) -> None:
        """Remember a key; one that cannot be used is left out with its value."""
        steps, parts, waiting = self.stack[-1]
        if key is None:
            self.find(
                "E014", line, steps, "a key that is not a word", "a word", "write a plain key"
            )
            key = f"(key of line {line})"
        elif key in parts:
            first = self.lines[*steps, key]
            cure = f"it stands in line {first} already: remove one or rename it"
            self.find("E008", line, (*steps, key), key, "", cure)
        waiting.append(key)
        self.lines.setdefault((*steps, key), line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Any:
        text = event.value
        if not event.implicit[0]:  # quoted, or a block of text
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _DATE.fullmatch(text):
            try:
                return datetime.date(*(int(part) for part in text.split("-")))
            except ValueError as error:
                self.find("E024", line, self._place(), text, "YYYY-MM-DD", str(error))
                return None
        if _INTEGER.fullmatch(text) and len(text) < 19:
            return int(text)
        if _INFINITE.fullmatch(text) or (_NUMBER.fullmatch(text) and math.isinf(float(text))):
            self.find("E023", line, self._place(), text[:40], "a number", "write a finite number")
            return None
        return float(text) if _NUMBER.fullmatch(text) else text


def _refused(file: str, code: str, line: int, said: str, expected: str, cure: str) -> Document:
    return Document(file, None, {}, (Finding(code, file, line, "", said, expected, cure),))


def _not_utf8(file: str, raw: bytes, position: int) -> Document:
    """Say where, and guess what the file is instead."""
    line = raw.count(b"\n", 0, position) + 1
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        guess, line = "UTF-16", 1
    else:
        arabic = raw.decode("cp1256", errors="replace")
        high = [letter for letter in arabic if ord(letter) > 127]
        share = sum("\u0600" <= letter <= "\u06ff" for letter in high) / max(len(high), 1)
        guess = "WINDOWS-1256" if share > 0.5 else "ISO-8859-1"
    said = f"byte 0x{raw[position]:02X}, probably {guess}"
    cure = f"save it as UTF-8: iconv -f {guess} -t UTF-8 FILE"
    return _refused(file, "E003", line, said, "UTF-8", cure)


def _broken(file: str, text: str, error: yaml.YAMLError) -> Finding:
    """A syntax error as a finding, with the cure of the commonest causes."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:  # the reader's: a character that YAML does not allow
        position = len(text.encode()[: getattr(error, "position", 0)].decode(errors="ignore"))
        line = text.count("\n", 0, position) + 1
        said = f"character 0x{getattr(error, 'character', 0):04X}"
        return Finding("E004", file, line, "", said, "printable text", "delete that character")
    lines = text.splitlines()
    line = min(mark.line + 1, len(lines))
    start = getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", "") or "")
    if "\t" in (lines[line - 1][: mark.column + 1] if lines else "") or "tab char" in problem:
        return Finding("E005", file, line, "", "", "spaces", "replace the tab by two spaces")
    if mark.line + 1 >= len(lines) and start is not None and mark.index >= len(text.rstrip()):
        opened = f"what line {start.line + 1} opens is never closed"
        return Finding(
            "E055", file, line, "", opened, "", "restore the end of the file, or close it"
        )
    cure = "see the quotes, brackets and colons of this line and the one above"
    if "mapping values" in problem:
        cure = "quote text that holds a colon, and see the indentation of this line"
    return Finding("E004", file, line, "", problem, "", cure)
