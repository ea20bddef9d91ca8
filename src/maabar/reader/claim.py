"""What the reader returns: a document of claims, mentions and proposals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True)
class Argument:
    """Who or what fills a role: an id, and where it is named (or implicit)."""

    id: str
    span: Span | None = None
    text: str = ""

    def as_dict(self, within: Span) -> dict[str, Any]:
        """For output; `within` is the claim's span."""
        if self.span is None:
            return {"id": self.id, "implicit": True}
        found: dict[str, Any] = {"id": self.id, "text": self.text, "span": list(self.span)}
        if not (within[0] <= self.span[0] and self.span[1] <= within[1]):
            found["outside_span"] = True
        return found


@dataclass(frozen=True)
class Mention:
    """One place where an entity is named.

    ``form`` is name, collective, population, source or anaphor; ``zone`` is true inside a phrase
    such as "areas under the control of X", where X does nothing.
    """

    id: str
    kind: str  # actor or place
    form: str
    span: Span
    text: str
    zone: bool = False
    subkind: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For output."""
        return {"id": self.id, "kind": self.kind, "form": self.form, "span": list(self.span),
                "text": self.text}  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """One thing that the report says, with the words that say it."""

    type: str
    span: Span
    quote: str
    trigger: Span
    args: dict[str, tuple[Argument, ...]]
    subtype: str = ""
    tier: str = "explicit"
    modality: str = "asserted"
    polarity: str = "positive"
    aspect: str = "completed"
    attribution: str = "narrator"
    time: dict[str, Any] = field(default_factory=dict)
    quantity: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    precision: str = ""
    links: tuple[dict[str, Any], ...] = ()
    rule: str = ""
    confidence: float = 0.5
    id: str = ""
    evidence: tuple[str, ...] = ()

    def with_(self, **changes: Any) -> Claim:
        """A copy with some fields changed."""
        return replace(self, **changes)

    def as_dict(self, text: str, quotes: bool = True) -> dict[str, Any]:
        """For output, in the keys of the reference labels."""
        start, end = self.trigger
        found: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.subtype:
            found["subtype"] = self.subtype
        found |= {"tier": self.tier, "span": list(self.span)}
        if quotes:
            found["quote"] = self.quote
        found["trigger"] = {"text": text[start:end], "span": [start, end]}
        found["args"] = {
            role: [_bare(a.as_dict(self.span), quotes) for a in fillers]
            for role, fillers in self.args.items()
        }
        if not quotes:
            del found["trigger"]["text"]
        found |= {"modality": self.modality, "polarity": self.polarity, "aspect": self.aspect,
                  "attribution": self.attribution}  # fmt: skip
        for key in ("time", "quantity", "place", "precision"):
            if getattr(self, key):
                found[key] = getattr(self, key)
        if self.links:
            found["links"] = list(self.links)
        return found | {"rule": self.rule, "confidence": round(self.confidence, 2)}


def _bare(argument: dict[str, Any], quotes: bool) -> dict[str, Any]:
    return argument if quotes else {k: v for k, v in argument.items() if k != "text"}


@dataclass(frozen=True)
class Document:
    """A report that has been read.

    `text` is the decoded text that all spans count in; `sha256` is of the untouched bytes.
    """

    text: str
    sha256: str
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    proposals: tuple[dict[str, Any], ...] = ()
    file: str = ""
    lang: str = "ar"
    encoding: str = "utf-8"
    extracted: str = ""
    source: str | None = None
    report_date: str | None = None
    notes: tuple[str, ...] = ()

    def as_dict(self, quotes: bool = True) -> dict[str, Any]:
        """The claims document that ``maabar read`` prints."""
        head: dict[str, Any] = {
            "file": self.file, "sha256": self.sha256, "chars": len(self.text), "lang": self.lang,
            "encoding": self.encoding, "report_date": self.report_date, "source": self.source,
        }  # fmt: skip
        if self.extracted:
            head["extracted_by"] = self.extracted
        if self.notes:
            head["notes"] = list(self.notes)
        mentions = [m.as_dict() for m in self.mentions]
        proposals = [dict(p) for p in self.proposals]
        if not quotes:
            mentions = [{k: v for k, v in m.items() if k != "text"} for m in mentions]
            proposals = [{k: v for k, v in p.items() if k != "text"} for p in proposals]
        return {
            "schema": "report_claims/1",
            "document": head,
            "claims": [c.as_dict(self.text, quotes) for c in self.claims],
            "mentions": mentions,
            "proposals": proposals,
        }
