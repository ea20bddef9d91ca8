"""In whose mouth a sentence stands."""

from __future__ import annotations

from maabar.reader.claim import Mention
from maabar.reader.clause import Line
from maabar.reader.context import ACCORDING
from maabar.reader.state import State
from maabar.reader.word import bare


def attribution(line: Line, state: State) -> str:
    """Who is made to say the sentence: a source or party, else the narrator."""
    speaker = _speaker(line)
    if speaker:
        return speaker
    first = line.words[0].text
    if (
        first.startswith("و")
        and any(r.lemma.duty == "say" for r in line.readings[0])
        and (state.attribution != "narrator")
    ):
        return state.attribution
    return "narrator"


def _speaker(line: Line) -> str:
    for mention in line.mentions:
        first = next((i for i, m in enumerate(line.covered) if m is mention), 0)
        last = max((i for i, m in enumerate(line.covered) if m is mention), default=0)
        near = range(max(0, first - 3), first)
        after = range(last + 1, min(len(line.words), last + 4))
        said = any(r.lemma.duty == "say" for k in (*near, *after) for r in line.readings[k])
        by = any(bare(line.words[k].text) & ACCORDING for k in near)
        if mention.subkind == "source" and (said or by):
            return mention.id
        if mention.kind == "actor" and (by or (said and _speaks(line, mention, first, last))):
            return mention.id
    return ""


def _speaks(line: Line, mention: Mention, first: int, last: int) -> bool:
    if line.english:
        return any(line.words[k].text in ("said", "says", "claimed", "announced", "told", "reported")
                   for k in range(last + 1, min(len(line.words), last + 3)))  # fmt: skip
    return (
        first <= 2
        and any(r.lemma.duty == "say" for k in range(first) for r in line.readings[k])
        and not mention.zone
    )
