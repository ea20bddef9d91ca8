"""Unknown names after open heads ("militia X", "town of X"): proposed, never entities."""

from __future__ import annotations

import re
from typing import Any

from maabar.reader.claim import Mention
from maabar.reader.gazetteer import key
from maabar.reader.text import fold_word
from maabar.reader.word import Sentence, cuts

OPEN_HEADS = {
    fold_word(w): kind for w, kind in {
        "ميليشيا": "armed_group", "لواء": "armed_group", "كتيبة": "armed_group",
        "كتائب": "armed_group", "سرايا": "armed_group", "فصيل": "armed_group",
        "حركة": "armed_group", "بلدة": "town", "قرية": "village", "قبيلة": "tribe",
        "عشيرة": "tribe", "حاجز": "checkpoint", "معبر": "crossing", "حقل": "facility",
        "شبكة": "source", "مرصد": "source", "وكالة": "source", "حي": "quarter",
        "مخيم": "camp",
    }.items()
}  # fmt: skip


def proposals(
    sentences: list[Sentence], named: list[list[Mention]], raw: str
) -> list[dict[str, Any]]:
    """Unknown names after open heads ("militia X", "town of X"): proposed, never entities."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for sentence, known in zip(sentences, named, strict=True):
        spans = [m.span for m in known]
        words = sentence.words
        for i, word in enumerate(words[:-1]):
            head = next((OPEN_HEADS[key(c.rest)] for c in cuts(word.text)
                         if key(c.rest) in OPEN_HEADS and not c.article), "")  # fmt: skip
            after = words[i + 1]
            if not head or after.pause or any(a < after.end and word.start < b for a, b in spans):
                continue
            if not (after.quoted or after.text.startswith("ال")) or not re.fullmatch(
                r"[\u0600-\u06ff]{3,20}", after.text
            ):
                continue
            last = i + 1
            if after.quoted:
                while (
                    last + 1 < len(words)
                    and not re.search('["”»]', raw[words[last].end : words[last + 1].start])
                    and last - i < 4
                ):
                    last += 1
            text = raw[after.start : words[last].end]
            if text not in seen:
                seen.add(text)
                found.append({"kind": head, "text": text, "span": [after.start, words[last].end],
                              "head": raw[word.start : word.end]})  # fmt: skip
    return found
