"""What the README shows runs as it stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

README = Path(__file__).parents[1] / "README.md"


def test_in_front_of_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most ten lines from a prompt to a decision, a redacted prompt, a restored answer and an audit event."""
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    [code] = [block for block in blocks if "policy.load" in block]
    assert len(code.splitlines()) <= 10
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert names["decision"].action == "warn"
    assert names["prompt"].text == "Please refund card number <CREDIT_CARD_NUMBER_1>."
    assert names["answer"] == "Refunded 4666 1760 3137 2159."
    event = json.loads((tmp_path / "audit.jsonl").read_text(encoding="utf-8"))
    assert event["decision"]["action"] == "warn"
    assert event["counts"] == {"credit-card-number": 1}
