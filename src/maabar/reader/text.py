"""From bytes to text that can be matched: decoding, main text of a page, folding with an offset map.

Offsets everywhere in the reader are Unicode code points of the decoded text as it is, half-open.
Folding maps every character to one character or to none, so an offset in the folded text always
leads back to the raw text; only folded texts are compared.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from maabar.reader.problem import ReadError

MAX_BYTES = 1_000_000
"""Longer input is refused: a field report has some thousand characters."""

_KEEP_FORM = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ة": "ه",
    "ۀ": "ه",
    "ہ": "ه",
    "ە": "ه",
    "ؤ": "و",
    "ئ": "ي",
    "ک": "ك",
    "ڪ": "ك",
    "ڤ": "ف",
    "پ": "ب",
    "چ": "ج",
    "گ": "ك",
    "’": " ",
    "‘": " ",
    "“": " ",
    "”": " ",
    '"': " ",
    "«": " ",
    "»": " ",
    "„": " ",
    "‹": " ",
    "›": " ",
    "‟": " ",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\t": " ",
    "ﻻ": "ﻻ",
    "،": ",",
    "٪": "%",
    "٫": ".",
    "٬": ",",
}
_DROP = (
    [chr(c) for c in range(0x0610, 0x061B)] + [chr(c) for c in range(0x064B, 0x0660)]
    + [chr(c) for c in range(0x06D6, 0x06EE) if c not in (0x06DD, 0x06DE, 0x06E9)]
    + [chr(c) for c in range(0x0300, 0x0370)]
    + ["ـ", "ء", "ٰ", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c",
       "\ufeff", "\u2060", "'", "`", "´", "ʿ", "ʾ", "ʼ", "ʻ", "\r"]
    + [chr(c) for c in range(0x202A, 0x202F)] + [chr(c) for c in range(0x2066, 0x206A)]
    + [chr(c) for c in range(0x00, 0x20) if c not in (9, 10, 13)] + ["\x7f"]
)  # fmt: skip
_FOLD: dict[int, str | None] = {ord(k): v for k, v in _KEEP_FORM.items()}
_FOLD |= {ord(c): None for c in _DROP}
_FOLD |= {ord(a): str(i) for i, a in enumerate("٠١٢٣٤٥٦٧٨٩")}
_FOLD |= {ord(a): str(i) for i, a in enumerate("۰۱۲۳۴۵۶۷۸۹")}
_FOLD |= {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
for _code in range(0x00C0, 0x0250):  # Latin letters with marks: al-Mayādīn -> al-mayadin
    _base = unicodedata.normalize("NFKD", chr(_code))[0].lower()
    if _base.isascii() and _base.isalpha():
        _FOLD[_code] = _base
for _code in range(0x1E00, 0x1F00):
    _base = unicodedata.normalize("NFKD", chr(_code))[0].lower()
    if _base.isascii() and _base.isalpha():
        _FOLD[_code] = _base
_TRANSLATE = dict(_FOLD)

# letters pulled apart to pass a filter: "تهـ ـريب", "دا*عش"
_CENSOR = re.compile(r"ـ[ ._*\-/·•…]{1,3}ـ|(?<=[ء-ي])[*_·•](?=[ء-ي])")
_POSSESSIVE = re.compile("['’](?=[sS]\\b)")  # camp's -> camp s
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_ARABIC = re.compile("[\u0600-\u06ff]")


def fold_word(word: str) -> str:
    """Return a word (or words) with all harmless spelling differences removed."""
    return " ".join(_CENSOR.sub("", _POSSESSIVE.sub(" ", word)).translate(_TRANSLATE).split())


def fold_plain(word: str) -> str:
    """Fold one word that is written in full: no blanks, nothing pulled apart."""
    return word.translate(_TRANSLATE)


@dataclass(frozen=True)
class Folded:
    """A folded text and, for each of its characters, the offset in the raw text."""

    raw: str
    text: str
    offsets: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw span of the folded span ``[start, end)``."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def position(self, raw_offset: int) -> int:
        """Folded position of the first kept character at or after a raw offset."""
        return bisect_left(self.offsets, raw_offset)

    @cached_property
    def squeezed(self) -> tuple[str, list[int]]:
        """The folded text with every run of blanks as one blank, and raw offsets again."""
        text, offsets, blank = [], [], True
        for char, offset in zip(self.text, self.offsets, strict=True):
            if char.isspace():
                if not blank:
                    text.append(" ")
                    offsets.append(offset)
                blank = True
            else:
                text.append(char)
                offsets.append(offset)
                blank = False
        return "".join(text), offsets


def fold(text: str) -> Folded:
    """Fold a text and keep the way back.

    Hamza forms, teh marbuta, alef maqsura, vowel signs, tatweel, bidi marks, digits, quotation
    marks, letter case and letters pulled apart are made one; nothing else is changed.

    Examples
    --------
    >>> fold("مـــيليشيا “قسد”").text.split()
    ['ميليشيا', 'قسد']
    """
    raw = text
    text = _POSSESSIVE.sub(" ", text)
    hidden: set[int] = set()
    for match in _CENSOR.finditer(text):
        hidden.update(range(match.start(), match.end()))
    folded = text.translate(_TRANSLATE)
    if not hidden and len(folded) == len(text):
        return Folded(raw, folded, list(range(len(text))))
    kept, offsets = [], []
    for offset, char in enumerate(text):
        code = _FOLD.get(ord(char), char)
        if code is not None and offset not in hidden:
            kept.append(code)
            offsets.append(offset)
    return Folded(raw, "".join(kept), offsets)


def sha256(raw: bytes) -> str:
    """Hex digest of the untouched bytes."""
    return hashlib.sha256(raw).hexdigest()


def decode(raw: bytes) -> tuple[str, str]:
    """Decode a report: UTF-8 (or UTF-16 with its mark), else windows-1256.

    Returns
    -------
    tuple of str
        The text and the name of the encoding.

    Raises
    ------
    ReadError
        R001 more than 1 MB, R002 not text.
    """
    if len(raw) > MAX_BYTES:
        raise ReadError("R001", said=f"{len(raw)} bytes", expected=f"at most {MAX_BYTES} bytes")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") and len(raw) % 2 == 0:
        try:
            return raw.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            pass
    if raw.count(b"\0") * 20 > len(raw) > 0:
        raise ReadError("R002", said="binary data", expected="UTF-8 or windows-1256 text")
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    lenient = raw.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    if broken * 50 < len(_ARABIC.findall(lenient[:200_000])):  # UTF-8 with a few damaged bytes
        return lenient, "utf-8 (damaged)"
    text = raw.decode("cp1256", errors="replace")
    letters = sum(map(str.isalpha, text[:20_000]))
    if letters * 2 < len(text[:20_000].replace(" ", "")):
        raise ReadError("R002", said="binary data", expected="UTF-8 or windows-1256 text")
    return text, "windows-1256"


def is_html(text: str) -> bool:
    """Whether the text is a page rather than plain text."""
    return _HTML.search(text[:4000]) is not None


def main_text(page: bytes) -> str:
    """Extract the main text of an HTML page with trafilatura.

    Raises
    ------
    ReadError
        R003 the library is not installed, R004 the page holds no readable text.
    """
    try:
        from trafilatura import extract
    except ImportError:
        raise ReadError("R003", said="an HTML page", expected="the optional library trafilatura")
    declared = _CHARSET.search(page[:4000])
    text, encoding = decode(page)
    if encoding == "windows-1256" and declared:
        with contextlib.suppress(LookupError):
            text = page.decode(declared[1].decode("ascii"), errors="replace")
    if crowded(text):
        raise ReadError("R004", said="a tag of thousands of attributes",
                        expected="a page of a news site")  # fmt: skip
    nested = max_depth(text)
    if nested > 400 or text.count("<") > 60_000:
        raise ReadError("R004", said=f"{nested} nested elements", expected="a page of a news site")
    found = extract(text, include_comments=False, include_tables=False, favor_recall=True)
    if not found:
        raise ReadError("R004", said="no readable text", expected="a page with a main text")
    return found


_TAG = re.compile(r"""<[a-zA-Z](?:"[^"]*"|'[^']*'|[^"'>])*+""")
MOST_SEPARATORS = 5_000


def crowded(page: str) -> bool:
    """Whether some tag may hold so many attributes that parsers take quadratic time over it."""
    return any(
        len(tag) > MOST_SEPARATORS and len(re.findall(r"[\s/=]", tag)) > MOST_SEPARATORS
        for tag in _TAG.findall(page)
    )


def max_depth(page: str) -> int:
    """Largest number of elements open at once, counted without building a tree."""
    depth = deepest = 0
    void = {"br", "img", "meta", "link", "hr", "input", "source", "wbr", "col", "area", "base"}
    for match in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]{0,4000}?(/?)>", page):
        if match[2].lower() in void or match[3]:
            continue
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    return deepest


def language(text: str) -> str:
    """``ar`` or ``en``, by the letters of the first 4,000 characters."""
    head = text[:4000]
    arabic = len(_ARABIC.findall(head))
    return "ar" if arabic * 2 >= sum(c.isalpha() for c in head) else "en"
