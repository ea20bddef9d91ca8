"""The review page: one static right-to-left file where a person accepts, edits or rejects claims.

Nothing is fetched and nothing is sent: the page holds text, claims and code. Decisions are kept in
the browser until they are saved as a file of their own beside the claims.
"""

from __future__ import annotations

import html
import itertools
import json
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from maabar.reader.claim import Document
from maabar.reader.lexicon import grammar
from maabar.reader.problem import ReadError
from maabar.reader.text import decode, is_html, main_text, sha256

_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F], "·")
VERDICTS = ("accept", "edit", "reject")


def claims_document(said: Document | dict[str, Any] | str | Path) -> dict[str, Any]:
    """A claims document from a reading, or from a file that ``maabar read`` wrote.

    Raises
    ------
    ReadError
        R005 or R009.
    """
    if isinstance(said, Document):
        return said.as_dict()
    if isinstance(said, (str, Path)):
        try:
            raw = Path(said).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise ReadError("R005", said=str(problem), file=str(said)) from None
        try:
            found = (
                json.loads(raw)
                if raw.lstrip().startswith("{")
                else yaml.load(raw, Loader=yaml.CSafeLoader)
            )
        except (yaml.YAMLError, json.JSONDecodeError) as problem:
            said_here = str(problem).replace("\n", " ")[:160]
            raise ReadError("R009", said=said_here, expected="what `maabar read` writes",
                            file=str(said)) from None  # fmt: skip
        said = found
    if (
        not isinstance(said, dict)
        or not isinstance(said.get("claims"), list)
        or "document" not in (said)
    ):
        raise ReadError("R009", said=type(said).__name__, expected="what `maabar read` writes")
    return said


def text_of(document: dict[str, Any], report: bytes) -> str:
    """The text that the spans of a claims document count in, from the report's bytes.

    Raises
    ------
    ReadError
        R012 where it is another text.
    """
    if sha256(report) != document["document"].get("sha256"):
        raise ReadError("R012", said=f"sha256 {sha256(report)[:12]}...",
                        expected=f"{str(document['document'].get('sha256'))[:12]}...")  # fmt: skip
    text, _ = decode(report)
    return main_text(report) if is_html(text) else text


def review(claims: Document | dict[str, Any] | str | Path, report: bytes | str) -> str:
    """Make the review page.

    Parameters
    ----------
    claims : Document, dict or path
        What `read` returned or ``maabar read`` wrote.
    report : bytes or str
        The report, byte for byte.

    Returns
    -------
    str
        A page that works offline; saved decisions are JSON:
        ``{schema, sha256, decisions: {C01: {verdict, type?, note?}}}``.

    Raises
    ------
    ReadError
        R005, R009 or R012.

    Examples
    --------
    >>> from maabar.reader import read
    >>> page = review(read("اعتقلت قسد ثلاثة شبان في هجين."), "اعتقلت قسد ثلاثة شبان في هجين.")
    >>> 'dir="rtl"' in page
    True
    """
    document = claims_document(claims)
    raw = report.encode() if isinstance(report, str) else report
    text = text_of(document, raw)
    head = document["document"]
    data = {
        "sha256": head["sha256"], "file": head.get("file") or "report", "types": sorted(grammar()),
        "claims": [_shown(c, text) for c in document["claims"]],
    }  # fmt: skip
    page = (resources.files("maabar.reader") / "review.html").read_text("utf-8")
    direction = "rtl" if head.get("lang", "ar") == "ar" else "ltr"
    return (
        page.replace("{{title}}", html.escape(str(data["file"])))
        .replace("{{direction}}", direction)
        .replace("{{text}}", _marked(text, document["claims"]))
        .replace("{{data}}", json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))
    )


def _shown(claim: dict[str, Any], text: str) -> dict[str, Any]:
    args = {
        role: [a["id"] + (" *" if a.get("implicit") else "") for a in fillers]
        for role, fillers in claim["args"].items()
    }
    start, end = claim["span"]
    return {
        "id": claim["id"], "type": claim["type"], "subtype": claim.get("subtype", ""),
        "quote": text[start:end].translate(_CONTROLS), "args": args,
        "modality": claim["modality"], "polarity": claim["polarity"],
        "attribution": claim["attribution"], "confidence": claim.get("confidence"),
    }  # fmt: skip


def _marked(text: str, claims: list[dict[str, Any]]) -> str:
    """The text with claims and triggers marked; overlapping spans are cut at every border."""
    borders = {0, len(text)}
    for claim in claims:
        borders.update((*claim["span"], *claim["trigger"]["span"]))
    cuts = sorted(b for b in borders if 0 <= b <= len(text))
    parts = []
    for start, end in itertools.pairwise(cuts):
        inside = [c["id"] for c in claims if c["span"][0] <= start and end <= c["span"][1]]
        key = [c["id"] for c in claims
               if c["trigger"]["span"][0] <= start and end <= c["trigger"]["span"][1]]  # fmt: skip
        piece = html.escape(text[start:end].translate(_CONTROLS))
        if inside:
            classes = "claim trigger" if key else "claim"
            piece = f'<mark class="{classes}" data-ids="{" ".join(inside)}">{piece}</mark>'
        parts.append(piece)
    return "".join(parts)


def decisions(path: str | Path) -> dict[str, dict[str, Any]]:
    """Read a saved decisions file.

    Raises
    ------
    ReadError
        R005 or R010.
    """
    try:
        found = json.loads(Path(path).read_text("utf-8"))
    except OSError as problem:
        raise ReadError("R005", said=problem.strerror or str(problem), file=str(path)) from None
    except ValueError as problem:
        raise ReadError("R010", said=str(problem)[:120], file=str(path)) from None
    told = found.get("decisions") if isinstance(found, dict) else None
    if not isinstance(told, dict) or not all(
        isinstance(d, dict) and d.get("verdict") in VERDICTS for d in told.values()
    ):
        raise ReadError("R010", said="no decisions", expected="what the review page saves",
                        file=str(path))  # fmt: skip
    return {**told, "": {"sha256": found.get("sha256")}}


def decided(document: dict[str, Any], path: str | Path | None) -> list[dict[str, Any]]:
    """The claims that a person let pass: all where there are no decisions, else accepted ones.

    An edited claim keeps its place and takes the edited type, modality or polarity.

    Raises
    ------
    ReadError
        R010, R012 where the decisions belong to another text.
    """
    if path is None:
        return list(document["claims"])
    told = decisions(path)
    if told.pop("").get("sha256") != document["document"].get("sha256"):
        raise ReadError("R012", said="decisions of another text", file=str(path))
    kept = []
    for claim in document["claims"]:
        decision = told.get(claim["id"], {})
        if decision.get("verdict") in ("accept", "edit"):
            edits = {k: decision[k] for k in ("type", "modality", "polarity") if decision.get(k)}
            if edits.get("type", claim["type"]) not in grammar():
                raise ReadError("R010", said=str(edits["type"]), expected="a known type")
            kept.append({**claim, **edits})
    return kept
