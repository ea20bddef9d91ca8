"""The words around a trigger: those after it, the whole sentence with its pauses, what parts two words."""

from __future__ import annotations

from maabar.reader.clause import Line
from maabar.reader.frame import Trigger
from maabar.reader.preposition import folded
from maabar.reader.word import bare

THAT = folded("أن بأن أنه أنها إن that بأنها بأنه")
ENDS = folded("لكن غير إلا بيد فيما بينما حيث إذ كما عندما حين بعدما رغم بعد عقب إثر جراء نتيجة بسبب لكنه لكنها لكنهم وسط "
             "فضلا ردا مؤكدا مؤكدة مشيرا مشيرة لافتا لافتة فإن سوى مقابل عبر بذريعة بحجة "
             "but while whereas although though however after following despite amid because since when where "
             "as leaving before until once owing due")  # fmt: skip
ACCORDING = folded("بحسب وفق وفقا حسب نقلا according")


def marked(line: Line) -> str:
    """The words of a sentence, with a bar before each that stands after a pause."""
    return "^ " + " ".join(f"| {w.text}" if w.pause else w.text for w in line.words) + " "


def onward(line: Line, trigger: Trigger) -> str:
    """What stands after a trigger, pauses marked."""
    return "".join(f" | {w.text}" if w.pause else f" {w.text}" for w in line.words[trigger.last :])


def rest(line: Line, trigger: Trigger) -> list[str]:
    """The words after a trigger up to the next pause."""
    found = []
    for word in line.words[trigger.last :]:
        if word.pause:
            break
        found.append(word.text)
    return found


def told_between(line: Line, k: int, i: int) -> bool:
    """Whether the one clause break between two words is "that"."""
    breaks = [j for j in range(k + 1, i + 1) if line.clause[j] != line.clause[j - 1]]
    return len(breaks) <= 1 and any(line.words[j].text in THAT for j in range(k + 1, i))


def remark_between(line: Line, k: int, i: int) -> bool:
    """Whether only a remark on the source, between commas, parts two words."""
    breaks = [j for j in range(k + 1, i + 1) if line.clause[j] != line.clause[j - 1]]
    return (
        len(breaks) == 2
        and all(line.words[j].pause for j in breaks)
        and bool(bare(line.words[breaks[0]].text) & ACCORDING)
    )
