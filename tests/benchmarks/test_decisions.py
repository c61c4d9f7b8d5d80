"""The benchmark of decisions runs, and a wrong decision fails it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import decisions
from benchmarks.__main__ import main

CATALOGUE = Path(__file__).parents[1] / "cli" / "catalogue"


@pytest.mark.parametrize(("expected", "status"), [("allow", 0), ("block", 1)])
def test_a_quick_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: str, status: int
) -> None:
    monkeypatch.setattr(decisions, "POLICIES", ("default",))
    monkeypatch.setattr(decisions, "TEXTS", {"clean.txt": expected})
    monkeypatch.setattr(decisions, "QUICK_SECONDS", 0.02)
    output = tmp_path / "record.json"
    asked = ["decisions", "--quick", "--catalogue", str(CATALOGUE), "--output", str(output)]
    assert main(asked) == status
    [row] = json.loads(output.read_text(encoding="utf-8"))["rows"]
    assert row["action"] == "allow"
    assert set(row["p50_us"]) == {"scan", "evaluate", "redact_label", "redact_placeholder"}
