"""What can be wrong with a report or with the use of the reader."""

from __future__ import annotations

from maabar.errors import MaabarError

CODES: dict[str, str] = {
    "R001": "report is too large",
    "R002": "not a text",
    "R003": "cannot read this kind of file without an optional library",
    "R004": "page has no readable main text",
    "R005": "file cannot be read",
    "R006": "not a date",
    "R007": "gazetteer cannot be used",
    "R008": "language model cannot be used",
    "R009": "claims cannot be used",
    "R010": "decisions cannot be used",
    "R011": "nothing to draft from",
    "R012": "text is not the one that the claims were read from",
    "R013": "folder holds something already, and a draft overwrites nothing",
}
"""One sentence for every code."""

CURES: dict[str, str] = {
    "R001": "cut it into single reports",
    "R003": "pip install 'maabar[read]', or save the page as plain text",
    "R006": "write it as YYYY-MM-DD",
    "R012": "give the report's file, byte for byte",
    "R013": "say another folder",
}


class ReadError(MaabarError):
    """A report, or what belongs to it, cannot be used.

    Parameters
    ----------
    code : str
        A key of `CODES`.
    said, expected, file : str
        What was found, what could stand there, and where.
    """

    def __init__(self, code: str, *, said: str = "", expected: str = "", file: str = "") -> None:
        self.code = code
        parts = [f"{code} {CODES[code]}"]
        if said:
            parts[0] += f": {said}"
        if expected:
            parts.append(f"expected {expected}")
        if code in CURES:
            parts.append(CURES[code])
        text = "; ".join(parts)
        super().__init__(f"{file}  {text}" if file else text)
