"""The pipeline: bytes to text to names to triggers to claims, through the gate.

Every stage is a function of the stages before it; nothing looks back. No network, no model.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from maabar.reader import confidence, gate
from maabar.reader.assembly import claims_of
from maabar.reader.claim import Claim, Document
from maabar.reader.gazetteer import Gazetteer, extended, shipped
from maabar.reader.lexicon import lexicon
from maabar.reader.mention import mentions
from maabar.reader.problem import ReadError
from maabar.reader.proposal import entries, proposals
from maabar.reader.row import line
from maabar.reader.state import State
from maabar.reader.text import decode, fold, is_html, language, main_text, sha256
from maabar.reader.word import sentences

Model = Callable[[Document, Gazetteer], list[Claim]]
LONGEST_SENTENCE = 200  # words; longer is no prose and is skipped
MOST_CLAIMS = 2000


def read(
    report: bytes | str,
    *,
    source: str | None = None,
    report_date: datetime.date | str | None = None,
    gazetteer: Gazetteer | str | Path | None = None,
    llm: Model | None = None,
    file: str = "",
) -> Document:
    """Read a report in Arabic or English into sourced claims.

    Parameters
    ----------
    report : bytes or str
        The report: plain text or an HTML page; bytes are UTF-8 or windows-1256.
    source : str, optional
        Address of the report; kept with the claims.
    report_date : date or str, optional
        Day of the report (YYYY-MM-DD); with it, "yesterday" becomes a date.
    gazetteer : Gazetteer or path, optional
        Names to look for; a file of the user's own adds to the package's.
    llm : callable, optional
        A language model back end (`maabar.reader.llm.connect`); its proposals pass the same gate.
    file : str
        Name of the file, for the output and for messages.

    Returns
    -------
    Document
        Claims with spans, mentions, and proposals for names that are not known.

    Raises
    ------
    ReadError
        R001 to R008: too large, not text, no library for HTML, not a date, bad gazetteer ...

    Examples
    --------
    >>> document = read("قصف الطيران الإسرائيلي مواقع الميليشيات الإيرانية في مدينة البوكمال.")
    >>> [(c.type, c.args["actor"][0].id) for c in document.claims]
    [('STRIKE', 'israeli-air-force')]

    Notes
    -----
    The design follows a study of one hand-labelled report; figures are in docs/reading.md.
    """
    raw = report.encode("utf-8", errors="replace") if isinstance(report, str) else report
    day = _day(report_date)
    names = (
        gazetteer
        if isinstance(gazetteer, Gazetteer)
        else (shipped() if gazetteer is None else extended(gazetteer))
    )
    text, encoding = decode(raw)
    extracted = ""
    if is_html(text):
        text, extracted = main_text(raw), "trafilatura"
    folded = fold(text)
    every = sentences(folded)
    parts = [s for s in every if len(s.words) <= LONGEST_SENTENCE]
    left = len(every) - len(parts)
    notes = [f"{left} sentences of more than {LONGEST_SENTENCE} words not read"] if left else []
    named = mentions(parts, names, text)
    proposed = proposals(parts, named, text)
    if new := entries(proposed):
        named = mentions(parts, names.joined(new), text)
    words = lexicon()
    state = State()
    found: list[Claim] = []
    for sentence, here in zip(parts, named, strict=True):
        found += claims_of(line(sentence, here, words), state, text, day)
        if len(found) > MOST_CLAIMS:
            notes.append(f"not read to its end: more than {MOST_CLAIMS} claims")
            break
    document = Document(
        text, sha256(raw), (), tuple(m for ms in named for m in ms), tuple(proposed), file, language(text), encoding, extracted, source,
        day.isoformat() if day else None, tuple(notes),
    )  # fmt: skip
    if llm is not None:
        found = _joined(found, llm(document, names))
    kept = sorted(gate.passed(found, text), key=lambda c: (c.trigger, c.type))
    numbered = tuple(
        c.with_(id=f"C{k:02d}", confidence=confidence.confidence(c)) for k, c in enumerate(kept, 1)
    )
    named_in_claims: set[object] = {a.span for c in numbered for fs in c.args.values() for a in fs}
    shown = tuple(m for m in document.mentions if _shown(m, named_in_claims))
    return replace(document, claims=_linked(numbered), mentions=shown)


def _shown(mention: object, used: set[object]) -> bool:
    form = getattr(mention, "form", "")
    if getattr(mention, "subkind", "") == "vague":
        return False
    weak = getattr(mention, "id", "") in _WEAK
    return not (form == "population" and weak) or getattr(mention, "span", None) in used


_WEAK = frozenset({"families", "youths", "minors", "drivers", "journalist", "fighters",
                   "detainees", "criminals", "traders", "farmers"})  # fmt: skip


def _day(said: datetime.date | str | None) -> datetime.date | None:
    if said is None or isinstance(said, datetime.date):
        return said
    try:
        return datetime.date.fromisoformat(said)
    except ValueError:
        raise ReadError("R006", said=said, expected="YYYY-MM-DD") from None


def _joined(rules: list[Claim], model: list[Claim]) -> list[Claim]:
    """Rules first; a model's claim is added where no claim of its type stands there already."""
    kept = list(rules)
    for claim in model:
        if not any(c.type == claim.type and c.trigger[0] < claim.trigger[1]
                   and claim.trigger[0] < c.trigger[1] for c in rules):  # fmt: skip
            kept.append(claim)
    return kept


def _linked(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Links that follow from what stands side by side: results, episodes, tensions."""
    found: list[Claim] = []
    for k, claim in enumerate(claims):
        links = list(claim.links)
        earlier = claims[max(0, k - 4) : k]
        if claim.type == "CASUALTIES":
            cause = next((c for c in reversed(earlier) if c.type in ("STRIKE", "ATTACK", "CLASH")
                          and c.polarity == "positive"), None)  # fmt: skip
            if cause is not None:
                links.append({"rel": "result_of", "to": [cause.id]})
        if claim.modality == "purpose" and earlier and claim.span[0] - earlier[-1].trigger[1] < 200:
            links.append({"rel": "purpose_of", "to": [earlier[-1].id]})
        rivals = [c.id for c in claims if c is not claim and _tension(claim, c)]
        if rivals:
            links.append({"rel": "in_tension_with", "to": rivals})
        found.append(claim.with_(links=tuple(links)))
    return tuple(found)


def _tension(one: Claim, other: Claim) -> bool:
    """A tie that ends in one claim and stands in another."""
    ending, standing = one, other
    if one.type != "AFFILIATION_CHANGE":
        ending, standing = other, one
    if ending.type != "AFFILIATION_CHANGE" or standing.type not in ("SUPPORT", "AFFILIATION"):
        return False
    left = {a.id for a in ending.args.get("from_patron", ())}
    who = {a.id for a in ending.args.get("actor", ())}
    backers = {a.id for r in ("provider", "patron") for a in standing.args.get(r, ())}
    held = {a.id for r in ("recipient", "actor") for a in standing.args.get(r, ())}
    return bool(left & backers and who & held)
