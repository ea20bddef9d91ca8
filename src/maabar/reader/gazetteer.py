"""The gazetteer: who and what has a name, in which spellings, and how a text is searched for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from maabar.reader.problem import ReadError
from maabar.reader.text import fold_word

ARTICLES = frozenset({"al", "el", "ad", "az", "as", "ash", "at", "ath", "ar", "an", "ul", "ez"})
DIRECTIONS = {
    "شرقي": "eastern", "غربي": "western", "شمالي": "northern", "جنوبي": "southern",
}  # fmt: skip
_MILITIA = re.compile(r"(ال)?م[يا]?ل[يا]?ش[يا]?ا?ه?(ت)?")
_RESPELT = (
    (re.compile("اميرك"), "امريك"), (re.compile("ديموق"), "ديمق"), (re.compile("^سوريه$"), "سوريا"),
    (re.compile("^داعيش$"), "داعش"), (re.compile("(?<=.)يين$"), "يون"),
)  # fmt: skip
GENERIC = ("population", "source", "collective", "unspecified", "unidentified", "facility_class")


@dataclass(frozen=True)
class Entity:
    """One entry: an actor or a place."""

    id: str
    sort: str  # actor or place
    kind: str
    within: str = ""
    at: tuple[float, float] | None = None
    ar: str = ""
    en: str = ""
    head: bool = False  # a common word: a name only after a head noun
    governorate: bool = False
    bank: str = "west"  # of the Euphrates


@lru_cache(maxsize=60_000)
def key(word: str) -> str:
    """The spelling class of a folded word.

    Examples
    --------
    >>> key("ميلشيا") == key("مليشيا") == key("ميليشيا")
    True
    >>> key("boukamal") == key("bukamal")
    True
    """
    if word[0].isascii():
        if word in ARTICLES:
            return word
        short = word.replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("iy", "iy")
        short = re.sub(r"([a-z])\1", r"\1", short)
        return short[:-1] if short.endswith("ah") and len(short) > 4 else short
    match = _MILITIA.fullmatch(word)
    if match and len(word) >= 4:
        return (match[1] or "") + "ميليشيا" + (match[2] or "")
    for pattern, plain in _RESPELT:
        word = pattern.sub(plain, word)
    return word


def keys(name: str) -> tuple[str, ...]:
    """Spelling classes of the words of a name; Latin articles are dropped."""
    words = re.findall(r"\w+", fold_word(name))
    if words and words[0][0].isascii():
        kept = [w for i, w in enumerate(words) if w not in ARTICLES or (w in ("as", "at", "an"))]
        words = kept or words
    return tuple(map(key, words))


class Gazetteer:
    """Entities and an index of their names by first word.

    Parameters
    ----------
    entities : dict of str to Entity
    names : dict of str to list
        First word to the rest of each name with its entity id, longest first.
    """

    def __init__(self, entries: dict[str, dict[str, Any]], sorts: dict[str, str]) -> None:
        self.entities: dict[str, Entity] = {}
        self.names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.heads: dict[str, frozenset[str]] = {}  # head nouns that may stand for the entity
        self._add(entries, sorts)

    def joined(self, entries: dict[str, dict[str, Any]]) -> Gazetteer:
        """This gazetteer and more actors, named by one report only."""
        found = Gazetteer({}, {})
        found.entities, found.heads = dict(self.entities), dict(self.heads)
        found.names = {word: list(options) for word, options in self.names.items()}
        found._add(entries, dict.fromkeys(entries, "actor"))
        return found

    def _add(self, entries: dict[str, dict[str, Any]], sorts: dict[str, str]) -> None:
        for ident, entry in entries.items():
            at = entry.get("at")
            self.entities[ident] = Entity(
                ident, sorts[ident], str(entry.get("kind", "")), str(entry.get("in", "")),
                (round(float(at[0]), 2), round(float(at[1]), 2)) if at else None,
                str((entry.get("ar") or [""])[0]), str((entry.get("en") or [""])[0]),
                bool(entry.get("head")), bool(entry.get("governorate")),
                str(entry.get("bank", "west")),
            )  # fmt: skip
            heads: set[str] = set()
            for name in (*(entry.get("ar") or ()), *(entry.get("en") or ())):
                words = keys(str(name))
                if words:
                    self.names.setdefault(words[0], []).append((words[1:], ident))
                    heads.update(words[:3] if words[0][0].isascii() else words[:2])
            self.heads[ident] = frozenset(heads)
        for options in self.names.values():
            options.sort(key=lambda option: -len(option[0]))

    def __contains__(self, ident: str) -> bool:
        return ident in self.entities

    def kind(self, ident: str) -> str:
        """Kind of an entity, also of the generated forms of a governorate and of zones."""
        if ident in self.entities:
            return self.entities[ident].kind
        if ident.startswith("unknown-"):
            return "armed_group"
        return "zone_of_control" if ident.endswith("-zone") else "area"

    def find(self, words: list[str], start: int) -> Iterator[tuple[str, int]]:
        """Entities whose name begins at a word, longest first: (id, number of words)."""
        options = self.names.get(words[start])
        for rest, ident in options or ():
            if tuple(words[start + 1 : start + 1 + len(rest)]) == rest:
                yield ident, 1 + len(rest)


def _load(text: str, file: str) -> dict[str, dict[str, Any]]:
    try:
        found = yaml.load(text, Loader=yaml.CSafeLoader) or {}
    except yaml.YAMLError as problem:
        said = str(problem).replace("\n", " ")[:200]
        raise ReadError("R007", said=said, expected="YAML", file=file) from None
    return found


@lru_cache(maxsize=1)
def shipped() -> Gazetteer:
    """The gazetteer of the package."""
    here = resources.files("maabar.reader")
    return _build(
        _load((here / "actors.yaml").read_text("utf-8"), "actors.yaml"),
        _load((here / "places.yaml").read_text("utf-8"), "places.yaml"),
    )


def _build(actors: dict[str, Any], places: dict[str, Any]) -> Gazetteer:
    sorts = dict.fromkeys(actors, "actor") | dict.fromkeys(places, "place")
    return Gazetteer({**actors, **places}, sorts)


def extended(path: str | Path) -> Gazetteer:
    """The package's gazetteer with a user's own entries added; a known id gains names.

    The file holds ``actors:`` and ``places:``, each ``id: {kind, ar: [...], en: [...]}``.

    Raises
    ------
    ReadError
        R007 where the file cannot be read or is not of that form.
    """
    file = str(path)
    try:
        own = _load(Path(path).read_text("utf-8"), file)
    except (OSError, UnicodeDecodeError) as problem:
        raise ReadError("R007", said=str(problem), file=file) from None
    here = resources.files("maabar.reader")
    merged: list[dict[str, Any]] = []
    form = "actors: and places:, each id: {kind, ar: [names], en: [names]}"
    if not isinstance(own, dict) or not set(own) <= {"actors", "places"}:
        raise ReadError("R007", said="unknown sections", expected=form, file=file)
    for section in ("actors", "places"):
        known = _load((here / f"{section}.yaml").read_text("utf-8"), section)
        for ident, entry in (own.get(section) or {}).items():
            if not isinstance(entry, dict) or not (entry.get("ar") or entry.get("en")):
                raise ReadError("R007", said=f"{section}.{ident}", expected=form, file=file)
            if not all(isinstance(entry.get(k, []), list) for k in ("ar", "en")):
                raise ReadError("R007", said=f"{section}.{ident}", expected=form, file=file)
            old = known.get(str(ident), {})
            known[str(ident)] = {**old, **entry} | {
                lang: [*old.get(lang, []), *entry.get(lang, [])] for lang in ("ar", "en")
            }
        merged.append(known)
    return _build(*merged)
