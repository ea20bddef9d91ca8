"""The gate: nothing becomes a claim unless the schema holds and every quote stands in the text.

A quote anchors only if it is found exactly once folding has removed harmless spelling differences
(hamza, teh marbuta, vowel signs, tatweel, quotation marks, digits' script, blanks). No fuzzy
matching: an aligner that tolerates edits accepts falsified numbers and names.
"""

from __future__ import annotations

from collections.abc import Iterable

from maabar.reader.claim import Argument, Claim, Span
from maabar.reader.lexicon import grammar
from maabar.reader.text import Folded, fold_word

MODALITIES = frozenset({"asserted", "presupposed", "purpose", "attempted", "expected", "implied"})
TIERS = frozenset({"explicit", "presupposed", "inferred"})
EXTRA_ROLES = frozenset(
    [
        "place",
        "origin",
        "destination",
        "near",
        "group",
        "payer",
        "mediator",
        "against",
        "object",
        "victim",
        "feared_actor",
        "counterpart_zone",
        "quantity",
        "route",
        "affected",
        "about",
        "actor",
    ]
)


def anchor(quote: str, folded: Folded, within: Span | None = None) -> Span | None:
    """Raw span of a quote, or None where its words do not stand in the text.

    The quote must begin and end at word boundaries. With `within`, only there.

    Examples
    --------
    >>> from maabar.reader.text import fold
    >>> anchor("ميليشيا الباقر", fold("انسحبت مـيليشيا الباقر أمس"))
    (7, 22)
    >>> anchor("ميليشيا الفوج", fold("انسحبت ميليشيا الباقر أمس")) is None
    True
    """
    wanted = fold_word(quote)
    if not wanted:
        return None
    text, offsets = folded.squeezed
    low = 0
    while True:
        start = text.find(wanted, low)
        if start < 0:
            return None
        end = start + len(wanted)
        edges = (start == 0 or not (text[start - 1].isalnum() and wanted[0].isalnum())) and (
            end == len(text) or not (text[end].isalnum() and wanted[-1].isalnum())
        )
        span = offsets[start], offsets[end - 1] + 1
        inside = within is None or (within[0] <= span[0] and span[1] <= within[1])
        if edges and inside:
            return span
        low = start + 1


NEGATIONS = frozenset({"لم", "لا", "لن", "ليس", "ليست", "لما", "غير", "not", "no", "never",
                       "neither", "nor", "without", "بدون"})  # fmt: skip


def beheaded(span: Span, folded: Folded) -> bool:
    """Whether a quote leaves out a negation that stands right before it.

    Examples
    --------
    >>> from maabar.reader.text import fold
    >>> beheaded((3, 14), fold("لم يقصف الطيران"))
    True
    """
    before = folded.text[: folded.position(span[0])].split()[-1:]
    return bool(before) and before[0].removeprefix("و") in NEGATIONS


def holds(claim: Claim, text: str) -> bool:
    """Whether a claim satisfies the schema and all its spans quote the text."""
    roles = grammar().get(claim.type)
    if roles is None or claim.modality not in MODALITIES or claim.tier not in TIERS:
        return False
    if claim.polarity not in ("positive", "negative"):
        return False
    if not _inside(claim.span, text) or text[slice(*claim.span)] != claim.quote:
        return False
    start, end = claim.trigger
    if not (claim.span[0] <= start < end <= claim.span[1]):
        return False
    for role, fillers in claim.args.items():
        if role not in roles.values() and role not in EXTRA_ROLES:
            return False
        if not fillers or not all(_anchored(a, text) for a in fillers):
            return False
    return True


def _inside(span: Span, text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)


def _anchored(argument: Argument, text: str) -> bool:
    if argument.span is None:
        return bool(argument.id)
    return _inside(argument.span, text) and text[slice(*argument.span)] == argument.text


def passed(claims: Iterable[Claim], text: str) -> list[Claim]:
    """The claims that may leave the reader."""
    return [claim for claim in claims if holds(claim, text)]
