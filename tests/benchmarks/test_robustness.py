"""The robustness suite: its transformations, and that it counts what is found."""

from __future__ import annotations

import pytest
from rich.console import Console

import sitclassify
from benchmarks.quality import prompts
from benchmarks.robustness import suite
from benchmarks.robustness.transformations import TRANSFORMATIONS

SIT = "us-social-security-number"
WRITTEN = {
    "separated by dots": "536.90.4399",
    "without separators": "536904399",
    "broken over two lines": "536-9\n0-4399",
    "broken at a separator": "536-90-\n4399",
    "full-width": "５３６－９０－４３９９",
    "base64": "NTM2LTkwLTQzOTk=",
    "digits spelled": "five three six - nine zero - four three nine nine",
    "percent-encoded": "%35%33%36%2D%39%30%2D%34%33%39%39",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_value_is_written_so(name: str) -> None:
    assert TRANSFORMATIONS[name]("536-90-4399") == WRITTEN[name]


def test_what_is_found_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "_SIZE", 2_000)
    scanner = sitclassify.load(sits=[SIT], classifiers=())
    rows = [r for r in prompts.rows() if {s["label"] for s in r["spans"]} == {SIT}]
    figures = suite.run(scanner, rows, Console(quiet=True))
    found = {name: told["share"] for name, told in figures["transformations"].items()}
    assert figures["values"] == suite.EACH
    assert found["as written"] == found["full-width"] == found["zero-width characters"] == 1
    assert found["asked for in one message, told in the next"] == 1
    assert found["reversed"] == 0
    assert suite.tables(figures)[0].row_count == len(TRANSFORMATIONS) + 2
