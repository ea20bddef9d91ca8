"""Reports in Arabic and English to sourced claims: names, who did what to whom, where, when."""

from maabar.reader.claim import Argument, Claim, Document, Mention
from maabar.reader.problem import ReadError
from maabar.reader.read import read

__all__ = ["Argument", "Claim", "Document", "Mention", "ReadError", "read"]
