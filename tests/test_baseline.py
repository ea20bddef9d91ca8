"""The shipped scenarios give the numbers they gave; a change says so in the changelog."""

from __future__ import annotations

import json
import sys

import pytest

from tests.baseline import GOLDEN, SHIPPED, summary


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="baselines bind on Python 3.11")
@pytest.mark.parametrize("name", SHIPPED)
def test_numbers_are_those_of_the_baseline(name: str) -> None:
    golden = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    found = summary(name)
    assert found.keys() == golden.keys()
    for key, value in golden.items():
        assert found[key] == pytest.approx(value, rel=1e-9, abs=1e-12), key
