"""What reports say (claims), what other sources say (facts), and where it was read (sources).

A claim keeps no published wording: it has a gloss of our own and the place of its sentence in the
source text (character offsets, with the sha256 of that text), so that whoever has the text can see
both side by side.

Source: Web Annotation Data Model, text position selector, https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import datetime
import hashlib
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field

from maabar.errors import Finding, ScenarioError
from maabar.scenario.part import Name, Part
from maabar.scenario.reference import SourceId, problem

if TYPE_CHECKING:
    from maabar.scenario.schema import Scenario

Role = Literal["initial state", "mechanism", "pattern", "timeline", "context", "not modelled"]

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _one_or_more(said: Any) -> Any:
    return (said,) if isinstance(said, str) else said


def _text_of_date(said: Any) -> Any:
    return said.isoformat() if isinstance(said, datetime.date) else said


def _period(said: str) -> str:
    if _DATE.fullmatch(said):
        return said
    raise problem("E024", said, 'a year, month or day, as in "2022-08"', "write it so, in quotes")


def _selection(span: tuple[int, int]) -> tuple[int, int]:
    if 0 <= span[0] < span[1]:
        return span
    said = f"[{span[0]}, {span[1]}]"
    raise problem("E056", said, "[start, end] with 0 <= start < end", "count code points from 0")


Period = Annotated[str, BeforeValidator(_text_of_date), AfterValidator(_period)]
"""A year, a month or a day."""

Ids = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]


class Report(Part):
    """The text that the claims were read from, which is not kept here."""

    source: SourceId = Field(description="id of the source")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="of the text, UTF-8")
    chars: int = Field(gt=0, description="Unicode code points in it")
    lang: str = Field(description="its language")


class Time(Part):
    """When, as far as the report says."""

    start: Period | None = None
    end: Period | None = None
    frequency: str | None = None
    relative: Literal["before", "after", "during", "simultaneous"] | None = None
    to: str | None = Field(None, description="the claim that `relative` refers to")


class Extent(Part):
    """How much or how many, as far as the report says."""

    meaning: str
    min: float | None = None
    max: float | None = None
    unit: str | None = None


class Link(Part):
    """How a claim hangs together with others."""

    rel: str = Field(description="the relation, e.g. caused")
    to: Ids = Field(description="ids of claims")


class Modelled(Part):
    """What stands for a claim in the model."""

    role: Role = Field(description="the kind of thing that stands for it")
    by: Ids = Field((), description="paths, mechanisms, patterns or rows")
    reason: str | None = Field(None, description="why so, or why not")


class Claim(Part):
    """One thing that a report says, in our own words."""

    type: str = Field(pattern="^[A-Z][A-Z_]*$", description="kind of event or state")
    gloss: Name = Field(description="what is said, in our own words")
    modality: Literal["asserted", "presupposed", "purpose", "attempted", "implied"]
    polarity: Literal["positive", "negative"]
    tier: Literal["explicit", "presupposed", "inferred"]
    attribution: str = Field(description="who says it within the report")
    paragraph: int = Field(ge=0, description="counted from 0")
    span: Annotated[tuple[int, int], AfterValidator(_selection)] = Field(
        description="first and one past the last code point"
    )
    args: dict[str, Ids] = Field(description="who and what, by role")
    time: Time | None = None
    quantity: Extent | None = None
    links: tuple[Link, ...] = ()
    in_tension_with: tuple[str, ...] = ()
    modelled: Modelled = Field(description="what stands for it in the model")


class Fact(Part):
    """A number or a state from another source, in our own words."""

    says: str = Field(min_length=1, description="what it says, in our own words")
    grade: Literal["A", "B", "C"] = Field(description="A institution or two sources, B one, C ours")
    date: Period = Field(description="the time that it speaks of")
    source: Annotated[tuple[SourceId, ...], BeforeValidator(_one_or_more)] = Field(
        min_length=1, description="ids of its sources"
    )
    value: float | None = None
    range: tuple[float, float] | None = None
    unit: str | None = None


class Source(Part):
    """Something that was read."""

    title: str = Field(min_length=1, description="what it was read for")
    url: str | None = Field(None, pattern="^https?://[^ ]+$", description="its address")
    date: Period | None = Field(None, description="when it was published, or the time it speaks of")
    kind: str = Field(description="report, news, monitor, institution, table ...")
    note: str | None = None


class ClaimFile(Part):
    """claims.yaml."""

    format: Literal[1] = 1
    document: Report | None = None
    claims: dict[str, Claim] = Field({}, description="by id")


class FactFile(Part):
    """facts.yaml."""

    format: Literal[1] = 1
    facts: dict[str, Fact] = Field({}, description="by id")


class SourceFile(Part):
    """sources.yaml."""

    format: Literal[1] = 1
    sources: dict[str, Source] = Field({}, description="by id")


class AliasFile(Part):
    """aliases.yaml: ids of the same things elsewhere, e.g. in a labelled reference."""

    format: Literal[1] = 1
    aliases: dict[str, str] = Field({}, description="id elsewhere to id here")


class Shown(NamedTuple):
    """A claim beside its sentence; `sentence` is empty where no text was given."""

    id: str
    claim: Claim
    sentence: str


def show(scenario: Scenario, text: bytes | None = None) -> list[Shown]:
    """Each claim, and its sentence where the source text is at hand.

    Parameters
    ----------
    scenario : Scenario
        As loaded.
    text : bytes, optional
        The source text as it stands in its file.

    Returns
    -------
    list of Shown
        In the order of claims.yaml.

    Raises
    ------
    ScenarioError
        E051 if the text is not the one that the claims were read from.

    Examples
    --------
    >>> from maabar.scenario.load import load
    >>> show(load("asharah"))[0].id  # doctest: +SKIP
    'C01'
    """
    words = ""
    if text is not None:
        file = f"{scenario.folder.name}/claims.yaml"
        if scenario.report is None:
            cure = "add `document: {source, sha256, chars, lang}`"
            said = "claims.yaml names no document"
            raise ScenarioError([Finding("E051", file, 0, "document", said, "", cure)])
        digest = hashlib.sha256(text).hexdigest()
        if digest != scenario.report.sha256:
            said, expected = f"sha256 {digest[:12]}...", f"{scenario.report.sha256[:12]}..."
            cure = f"give the text of {scenario.report.source} unchanged, byte for byte"
            raise ScenarioError([Finding("E051", file, 0, "document", said, expected, cure)])
        words = text.decode("utf-8", errors="replace")
    return [
        Shown(name, claim, words[slice(*claim.span)]) for name, claim in scenario.claims.items()
    ]
