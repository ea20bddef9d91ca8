"""Ids, and what they may point to.

The ids that exist are known before a scenario is validated (`Known`, passed as pydantic's context),
so that every reference is judged where it stands, with its line, and all at once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

KEBAB = re.compile(r"[a-z0-9]+(-{1,2}[a-z0-9]+)*")

SINGULAR = {
    "labels": "label",
    "patrons": "patron",
    "groups": "group",
    "strikers": "striker",
    "places": "place",
    "markets": "market",
    "roads": "road",
    "goods": "good",
    "crossings": "crossing",
    "banks": "bank",
}
"""The sections whose entities have ids, and what one of them is called."""


@dataclass(frozen=True)
class Known:
    """What exists, for the judgement of references.

    Parameters
    ----------
    ids : mapping
        Ids by section.
    evidence : collection of str, optional
        Ids of claims and facts that a `from` may name.
    sources : collection of str, optional
        Ids of sources.
    allow_unsourced : bool
        Let numbers pass that have neither source nor reason.
    """

    ids: Mapping[str, Collection[str]] = field(default_factory=dict)
    evidence: Collection[str] = ()
    sources: Collection[str] = ()
    allow_unsourced: bool = False


def problem(code: str, said: Any = "", expected: str = "", cure: str = "") -> PydanticCustomError:
    """An error for pydantic to collect, which becomes a finding of this code."""
    words = {"said": str(said), "expected": expected, "cure": cure}
    return PydanticCustomError(code, "{said}; expected {expected}; {cure}", words)  # type: ignore[arg-type]


def did_you_mean(said: str, options: Iterable[str], otherwise: str) -> str:
    """The cure of a word that is not among those that exist.

    Examples
    --------
    >>> did_you_mean("figters", ["fighters", "founder"], "see the docs")
    'did you mean "fighters"?'
    """
    options = sorted(options)
    near = difflib.get_close_matches(said, options, 2, 0.6)
    if not near:  # a part of a longer id
        near = [option for option in options if len(said) > 2 and said in option][:2]
    quoted = " or ".join(f'"{one}"' for one in near)
    return f"did you mean {quoted}?" if near else otherwise


def one_of(options: Collection[str]) -> str:
    """The options in words, cut after eight."""
    shown = sorted(options)
    more = f" and {len(shown) - 8} more" if len(shown) > 8 else ""
    return "one of " + ", ".join(shown[:8]) + more if shown else "nothing: none exists"


def known(section: str, said: str, info: ValidationInfo) -> str:
    """Pass an id that exists in a section; raise E016 for one that does not."""
    if info.context is None or said in info.context.ids.get(section, ()):
        return said
    options = info.context.ids.get(section, ())
    what = SINGULAR[section]
    cure = did_you_mean(said, options, f"add it to {section}, or name another {what}")
    raise problem("E016", f'{what} "{said}"', one_of(options), cure)


def _kebab(said: str) -> str:
    if KEBAB.fullmatch(said):
        return said
    raise problem("E015", said, "words joined by -", kebab_cure(said))


def kebab_cure(said: str) -> str:
    """How an id should be written."""
    spaced = re.sub(r"([a-z])([A-Z])", r"\1-\2", said)
    words = "-".join(re.findall(r"[a-z0-9]+", spaced.lower()))
    return f'write "{words}"' if words else "use a-z, 0-9 and -"


class _To:
    def __init__(self, section: str) -> None:
        self.section = section

    def __call__(self, said: str, info: ValidationInfo) -> str:
        return known(self.section, said, info)


def _evidence(said: str, info: ValidationInfo) -> str:
    if info.context is None or said in info.context.evidence:
        return said
    options = info.context.evidence
    cure = did_you_mean(said, options, "add it to claims.yaml or facts.yaml, or write `assumed:`")
    raise problem("E026", said, "the id of a claim or fact", cure)


def _source(said: str, info: ValidationInfo) -> str:
    if info.context is None or said in info.context.sources:
        return said
    cure = did_you_mean(said, info.context.sources, "add it to sources.yaml")
    raise problem("E027", said, "the id of a source", cure)


Id = Annotated[str, AfterValidator(_kebab)]
LabelId = Annotated[str, AfterValidator(_To("labels"))]
PatronId = Annotated[str, AfterValidator(_To("patrons"))]
GroupId = Annotated[str, AfterValidator(_To("groups"))]
StrikerId = Annotated[str, AfterValidator(_To("strikers"))]
PlaceId = Annotated[str, AfterValidator(_To("places"))]
MarketId = Annotated[str, AfterValidator(_To("markets"))]
RoadId = Annotated[str, AfterValidator(_To("roads"))]
GoodId = Annotated[str, AfterValidator(_To("goods"))]
CrossingId = Annotated[str, AfterValidator(_To("crossings"))]
BankId = Annotated[str, AfterValidator(_To("banks"))]
EvidenceId = Annotated[str, AfterValidator(_evidence)]
SourceId = Annotated[str, AfterValidator(_source)]
