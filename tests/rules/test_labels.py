"""Rule 9: a direct label is evidence whatever the distance, and a rival's label speaks against a SIT."""

from __future__ import annotations

import pytest
from toys import a_sit, scanner_of

from sitclassify.scanner import Scanner

SIX = r"\b[0-9]{6}\b"


@pytest.fixture(scope="module")
def labelled() -> Scanner:
    """Two SITs of the same shape whose words count within six characters: less than any label needs."""
    plant = a_sit("plant-id", SIX, words=("plant", "plant number"), proximity=2)
    river = a_sit("river-id", SIX, words=("river",), proximity=2)
    return scanner_of(plant, river, min_confidence=75)


def sits(scanner: Scanner, text: str) -> list[str]:
    return [d.sit for d in scanner.scan(text).detections]


LABELS = {
    "key and value": "plant no.: 604399",
    "spaces": "Plant number  :  604399",
    "equals": "plant_value=604399",
    "arrow": "plant id => 604399",
    "hash": "plant reg #604399",
    "JSON": '{"plant_reference": "604399", "x": 1}',
    "JSON number": '{"plant_reference":604399}',
    "JSON list": '{"plant_refs": ["604399"]}',
    "escaped JSON": '{"a": "{\\"plant_reference\\": \\"604399\\"}"}',
    "nested JSON": '{"river": {"plant_reference": "604399"}}',
    "Python": "{'plant_reference': '604399'}",
    "INI": "[site]\nplant_reference = 604399\n",
    "YAML": "site:\n  plantReference: 604399\n",
    "YAML list": "plant references:\n  - 604399\n",
    "YAML quoted": 'plant reference: "604399"',
    "XML": "<plantReference>604399</plantReference>",
    "XML with a name space": "<a:plant_reference>\n604399</a:plant_reference>",
    "XML attribute": '<site plant_reference="604399"/>',
    "query string": "/find?q=1&plant_reference=604399&river=2",
    "form": "Plant reference: 604399",
    "code": 'plant_reference = "604399";',
    "constant": "const PLANT_REFERENCE = '604399'",
    "Markdown": "**Plant reference:** 604399",
    "Markdown code": "`plant_reference`: `604399`",
    "next line": "Plant reference:\n604399",
    "environment": "export PLANT_REFERENCE=604399",
    "header": "X-Plant-Reference: 604399",
    "camelCase": "plantReferenceValue: 604399",
    "apostrophe": "plant d'identification: 604399",
    "long key": "the reference of the plant that was seen: 604399",
}


@pytest.mark.parametrize(
    "text",
    ["const PLANT_REF: str = '604399'", "let plantRef: string = '604399'", "plant_ref: int=604399"],
)
def test_a_label_with_a_type(labelled: Scanner, text: str) -> None:
    assert sits(labelled, text) == ["plant-id"]


@pytest.mark.parametrize("kind", LABELS)
def test_a_direct_label_is_evidence(labelled: Scanner, kind: str) -> None:
    assert sits(labelled, LABELS[kind]) == ["plant-id"]


@pytest.mark.parametrize(
    "text",
    [
        "plant reference and so on 604399",
        "plant reference: see there, then 604399",
        "a: plant\nreference: 604399",
        '{"plant_reference": "none", "other": "604399"}',
        "plant_reference=&other=604399",
        "<plant></plant><other>604399</other>",
        "plant_count: 604399",
    ],
)
def test_no_direct_label(labelled: Scanner, text: str) -> None:
    assert sits(labelled, text) == []


@pytest.fixture(scope="module")
def rivals() -> Scanner:
    """The same with a proximity in which both words are near, and a third SIT with a check digit."""
    plant = a_sit("plant-id", SIX, words=("plant",))
    river = a_sit("river-id", SIX, words=("river",))
    checked = a_sit("checked", words=("plant", "river"))
    checked["primary"] = {"number": {"regex": SIX, "validator": "luhn"}}
    return scanner_of(plant, river, checked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the plant at the old river: 604399", ["plant-id", "river-id"]),  # words of both in it
        ('{"plant": "604390", "river": "604399"}', ["plant-id", "river-id"]),
        ("plant=604390&river=604399", ["plant-id", "river-id"]),
        ("plant and river 604399", ["plant-id", "river-id"]),
        ("plant and river, number: 604399", ["plant-id", "river-id"]),  # a label of nobody
        ("river plant: 604399", ["plant-id", "river-id"]),  # a label of both
        ("plant: 604397", ["checked", "plant-id"]),
    ],
)
def test_a_rivals_label_speaks_against(rivals: Scanner, text: str, expected: list[str]) -> None:
    assert sorted(sits(rivals, text)) == expected


def test_a_check_digit_outweighs_a_rivals_label() -> None:
    rival = a_sit("rival", SIX, words=("river",))
    checked = a_sit("checked", words=("plant",))
    checked["primary"] = {"number": {"regex": SIX, "validator": "luhn"}}
    scanner = scanner_of(rival, checked)
    assert sorted(sits(scanner, "plant by the river: 604397")) == ["checked", "rival"]


def test_the_label_is_the_evidence_told(labelled: Scanner) -> None:
    text = '{"plant_reference": "604399"}'
    (evidence,) = labelled.scan(text).detections[0].evidence
    assert evidence.element == "words"
    assert "plant" in text[evidence.start : evidence.end]


def test_a_label_far_before_a_nested_value(labelled: Scanner) -> None:
    text = "plant reference:" + " " * 20 + "604399"
    assert sits(labelled, text) == ["plant-id"]
