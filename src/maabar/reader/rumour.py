"""Rumours: what others spread, and what somebody denies of it."""

from __future__ import annotations

from maabar.reader.clause import Line
from maabar.reader.preposition import folded
from maabar.reader.word import bare

RUMOURED = folded("تداولته تداوله تتداوله تروجه تروج تناقلته روجته أشاعته يشاع أشيع تداولت")
NEWS = folded(
    "أنباء الأنباء شائعات الشائعات تقارير التقارير صحة أخبار الأخبار reports claims rumours"
)
DENIED = folded("ننفي نفينا denied denies deny أنكر أنكرت")


def rumoured(line: Line, i: int) -> bool:
    """Whether the noun is what others spread ("what pages circulated about a retreat")."""
    return any(
        line.words[k].text in RUMOURED and not any(w.pause for w in line.words[k + 1 : i + 1])
        for k in range(max(0, i - 7), i)
    )


def refuted(line: Line, i: int) -> bool:
    """Whether the sentence says that what is spread is not so."""
    return any(
        line.words[k].text in DENIED or any(r.lemma.duty == "not" for r in line.readings[k])
        for k in range(max(0, i - 14), i)
    )


def disowned(line: Line, i: int) -> bool:
    """Whether the noun is what rumours say and someone denies ("denied the news of a retreat")."""
    news = next((k for k in range(i - 1, max(-1, i - 6), -1)
                 if bare(line.words[k].text) & NEWS), None)  # fmt: skip
    if news is None or any(w.pause for w in line.words[news + 1 : i + 1]):
        return False
    return any(
        r.lemma.duty == "not" for k in range(max(0, news - 6), news) for r in line.readings[k]
    )
