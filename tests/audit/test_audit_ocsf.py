"""Events as OCSF: every one is a valid API Activity of release 1.8.0."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from events import MakeEvent, read_lines

from sitclassify.audit import JsonLines, to_ocsf

SCHEMA = json.loads((Path(__file__).parent / "ocsf-1.8.0.schema.json").read_text(encoding="utf-8"))
SAID = {"id": "m1", "thread": "t", "agent": "a", "model": "m", "provider": "p"}


@pytest.mark.parametrize(
    ("text", "of", "action_id", "disposition_id", "severity_id"),
    [
        ("nothing", {}, 1, 1, 1),  # allowed
        ("card C1001", {}, 1, 17, 2),  # logged
        ("card C1001 C1002", {}, 1, 19, 3),  # alert
        ("card C1001 C1002 C1003", {}, 4, 11, 3),  # corrected
        ("badge B1001", {}, 2, 2, 4),  # blocked
        ("badge B1001", {"override": True, "justification": "x", "tenant": "t"}, 1, 17, 2),
        (
            "card C1001",
            {"activity": "downloadText", "application": "chat", "user": "ada"},
            1,
            17,
            2,
        ),
        ("card C1001", {"activity": "downloadFile", "role": "tool"}, 1, 17, 2),
        ("card C1001", {"role": "system"}, 1, 17, 2),
    ],
)
@pytest.mark.parametrize("said", [{}, SAID])
def test_every_action_is_valid(
    event: MakeEvent, text: str, of: Any, said: Any, action_id: int, disposition_id: int, severity_id: int
) -> None:  # fmt: skip
    made = event(text, of=of, said=said)
    shown = json.loads(json.dumps(to_ocsf(made)))
    jsonschema.Draft202012Validator(SCHEMA).validate(shown)
    assert shown["type_uid"] == shown["class_uid"] * 100 + shown["activity_id"]
    assert shown["activity_id"] == (2 if of.get("activity", "").startswith("download") else 1)
    assert (shown["action_id"], shown["disposition_id"]) == (action_id, disposition_id)
    assert shown["severity_id"] == severity_id
    assert shown["metadata"]["uid"] == made["id"]
    assert shown["unmapped"]["sitclassify"] == json.loads(json.dumps(made))


def test_the_schema_takes_nothing_else(event: MakeEvent) -> None:
    """Or the test above would say nothing."""
    shown = to_ocsf(event("card C1001"))
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for name in ("actor", "api", "metadata", "src_endpoint", "severity_id", "time", "type_uid"):
        assert not validator.is_valid({k: v for k, v in shown.items() if k != name})
    assert not validator.is_valid(shown | {"ai_agent": {}})
    assert not validator.is_valid(shown | {"ai_model": {"name": "m"}})
    assert not validator.is_valid(shown | {"disposition_id": 77})


def test_as_lines_of_a_file(event: MakeEvent, tmp_path: Path) -> None:
    sink = JsonLines(tmp_path / "ocsf.jsonl", to_ocsf)
    sink.put(event("badge B1001"))
    sink.close()
    [shown] = read_lines(tmp_path / "ocsf.jsonl")
    assert shown["resources"][0]["data_classifications"][0]["discovery_details"] == [
        {"type": "badge", "count": 1}
    ]
    assert "B1001" not in json.dumps(shown)
