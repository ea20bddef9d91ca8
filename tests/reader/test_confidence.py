"""Confidence is what was measured, and grows with the evidence."""

import yaml

from maabar.reader import read
from maabar.reader.confidence import SMOOTHING, TABLE, evidence, shares


def test_shares_follow_the_counts() -> None:
    content = yaml.safe_load(TABLE.read_text("utf-8"))
    assert content["measured_on"].startswith("test3:")  # no rule was made from these
    found = shares()
    assert list(found.values()) == sorted(found.values())
    for k, (right, of) in content["counts"].items():
        if of >= 30:  # smoothing hardly moves what was seen often
            assert abs(found[k] - right / of) < SMOOTHING / of


def test_a_claim_has_the_share_of_its_evidence() -> None:
    for claim in read("اعتقلت قسد ثلاثة شبان في هجين أمس.".encode()).claims:
        assert claim.confidence == shares()[evidence(claim)]
