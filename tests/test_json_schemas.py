"""The committed JSON Schemas are current, and take what they are for and nothing else.

To write them again: `PYTHONPATH=. python tests/test_json_schemas.py`; read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from toys import a_sit, scanner_of

import sitclassify
from sitclassify.json_schemas import json_schemas
from sitclassify.policy.reader import PACKAGED
from sitclassify.resources import folder

FOLDER = Path(__file__).parents[1] / "schemas"
SCHEMAS = json_schemas()


def written(name: str) -> str:
    return json.dumps(SCHEMAS[name], indent=1, ensure_ascii=False) + "\n"


def problems(name: str, data: Any) -> list[str]:
    return [e.message for e in jsonschema.Draft202012Validator(SCHEMAS[name]).iter_errors(data)]


class Loader(yaml.CSafeLoader):
    """As an editor reads YAML 1.2: `no` and `on` are words."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if not tag.endswith(":bool") or first in "tTfF"]
    for first, forms in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def of_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_what_is_committed_is_current(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == written(name)


def test_nothing_else_is_committed() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.schema.json" for name in SCHEMAS}


@pytest.mark.parametrize("path", sorted(PACKAGED.glob("*.yaml")), ids=lambda p: p.stem)
def test_packaged_policies_fit(path: Path) -> None:
    assert problems("policy", of_yaml(path)) == []


@pytest.mark.slow
def test_packaged_sits_fit() -> None:
    for path in sorted(Path(folder("patterns")).rglob("*.yaml")):
        if path.parent.name != "shared":
            data = of_yaml(path)
            assert problems("overlay" if "extends" in data else "sit", data) == [], path.name


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("policy", {"id": "p", "rules": []}),
        ("policy", {"id": "p", "rules": [{"id": "r", "action": "deny"}]}),
        ("policy", {"id": "p", "rules": [{"id": "r", "action": "warn", "when": {"sit": "a"}}]}),
        ("policy", {"id": "p", "rules": [{"id": "r", "action": "warn", "when": {"min_confidence": "hi"}}]}),
        ("sit", {"id": "s"}),
        ("sit", a_sit() | {"tier": []}),
        ("overlay", {"extends": "s", "confidence_shift": "much"}),
        ("result", {"id": None}),
    ],
)  # fmt: skip
def test_mistakes_are_seen(name: str, wrong: Any) -> None:
    assert problems(name, wrong)


def test_results_fit() -> None:
    """With and without values, tags, digests, evidence, dismissed values and parts that were not scanned."""
    sit = a_sit(test_values=["135-246-357"], placeholders={"example": ["246-357-468"]})
    scanner = scanner_of(sit, digest_key=b"key")
    texts = ["keyword 135-246-357", "keyword 246-357-468", "135-791-135", "nothing"]
    results = [scanner.scan(text) for text in texts]
    content = [{"type": "text", "text": "keyword 135-791-135"}, {"type": "image_url"}]
    results += scanner.scan_conversation([{"role": "user", "content": content}])
    told = [result.to_dict(include_values=yes) for result in results for yes in (False, True)]
    for table in told:
        assert problems("result", json.loads(json.dumps(table))) == []
    seen = {key for table in told for key in table} | {
        key for table in told for d in table["detections"] for key in d
    }
    assert {"skipped", "complete", "tags", "digest", "value", "evidence"} <= seen
    assert any(table["dismissed"] for table in told)
    assert problems("result", told[0] | {"text": "x"})


def test_classifications_fit() -> None:
    scanner = sitclassify.load(sits=(), classifiers=["threat"])
    for text in ("I will come to your house tonight and hurt you and your dog", "no"):
        assert problems("result", scanner.scan(text).to_dict()) == []


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for schema in SCHEMAS:
        (FOLDER / f"{schema}.schema.json").write_text(written(schema), encoding="utf-8")
