"""Corpora of others by path: every layout is read as it is published, and scored by its labels."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

import sitclassify
from benchmarks import labels
from benchmarks.detectors import Found, winners
from benchmarks.quality import corpora, readers
from benchmarks.quality.readers import READERS
from sitclassify import resources
from sitclassify.errors import ConfigurationError, RuleError
from sitclassify.scanner import Scanner
from sitclassify.yaml_file import YamlFile

SSN, CARD = "us-social-security-number", "credit-card-number"
TEXT = "Her SSN is 536-90-4399, ask Zoe."
SPAN = {"start": 11, "end": 22}
KEY = 'api_key = "zq81Lw0Vx3"'


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def published(tmp_path: Path) -> dict[str, Path]:
    """One text in each layout, with a label that nobody here looks for."""
    (tmp_path / "data").mkdir()
    (tmp_path / "meta").mkdir()
    (tmp_path / "data" / "a.py").write_text(f"x = 1\n{KEY}\n", encoding="utf-8")
    columns = [
        "Id",
        "FileID",
        "FilePath",
        "LineStart",
        "LineEnd",
        "GroundTruth",
        "ValueStart",
        "ValueEnd",
        "Category",
    ]
    marks = [
        ["1", "a", "data/a.py", "2", "2", "T", "11", "21", "API"],
        ["2", "a", "data/a.py", "1", "1", "F", "", "", "Key"],
    ]
    with (tmp_path / "meta" / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *marks])
    research = [
        {"entity_type": "US_SSN", "start_position": 11, "end_position": 22, "entity_value": "x"},
        {"entity_type": "PERSON", "start_position": 28, "end_position": 31, "entity_value": "Zoe"},
    ]
    presidio = tmp_path / "presidio.json"
    presidio.write_text(json.dumps([{"full_text": TEXT, "spans": research}]), encoding="utf-8")
    name = {"start": 28, "end": 31, "label": "first_name"}
    spans = [{**SPAN, "label": "ssn"}, name]
    masked = [{"entity": "536-90-4399", "types": ["ssn"]}, {"entity": "Zoe", "types": ["name"]}]
    nemotron = tmp_path / "nemotron.parquet"
    pq.write_table(pa.Table.from_pylist([{"text": TEXT, "spans": repr(spans)}]), nemotron)
    finance = {"generated_text": TEXT, "language": "English", "pii_spans": json.dumps(spans)}
    mask = [{**SPAN, "label": "SSN", "value": "x"}, {**name, "label": "GIVENNAME"}]
    return {
        "presidio-research": presidio,
        "gretel-finance": lines(tmp_path / "finance.jsonl", finance),
        "gretel-masking": lines(
            tmp_path / "masking.jsonl", {"text": TEXT, "entities": repr(masked)}
        ),
        "ai4privacy": lines(tmp_path / "ai4.jsonl", {"source_text": TEXT, "privacy_mask": mask}),
        "nemotron-pii": nemotron,
        "creddata": tmp_path,
    }


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return sitclassify.load(sits=[SSN, CARD], classifiers=())


def test_every_layout_has_labels_of_sits_that_there_are() -> None:
    known = {path.stem for path in resources.folder("patterns").rglob("*.yaml")}
    data = YamlFile(Path(corpora.__file__).with_name("corpora.yaml")).data
    assert data.keys() == READERS.keys()
    assert {
        sit for stands_for in data.values() for sits in stands_for.values() for sit in sits
    } <= known


@pytest.mark.parametrize("layout", [name for name in READERS if name != "creddata"])
def test_a_layout_is_read_and_scored(
    layout: str, published: dict[str, Path], scanner: Scanner, tmp_path: Path
) -> None:
    manifest = tmp_path / "corpora.yaml"
    manifest.write_text(f"own: {{layout: {layout}, path: {published[layout].name}}}\n")
    [corpus] = corpora.read(manifest, scanner.sits)
    [row] = corpus.rows()
    assert [row["text"][s["start"] : s["end"]] for s in row["spans"]] == ["536-90-4399", "Zoe"]
    category = {sit: told.category for sit, told in scanner.sits.items()}
    stands_for = {sit: (sit,) for sit in scanner.sits}
    told = corpora.run([corpus], winners(scanner), stands_for, category, Console(quiet=True))
    figures = told["corpora"]["own"]
    assert (figures["texts"], figures["f1"]) == (1, 1)
    assert len(figures["labels not scored"]) == 1  # the name
    assert corpora.tables(told)[0].row_count == 1


def test_credentials_are_counted_per_million_lines(published: dict[str, Path]) -> None:
    corpus = corpora.Corpus("own", "creddata", published["creddata"], {"credential": ()})
    [row] = corpus.rows()
    assert [row["text"][s["start"] : s["end"]] for s in row["spans"]] == ["zq81Lw0Vx3"]

    def detect(text: str) -> list[Found]:
        return [Found(0, 5, "rule"), Found(text.index("zq81"), text.index("zq81") + 4, "rule")]

    told = corpora.measure(corpus, detect, {"*": ()}, {"client-secret-api-key": "credential"})
    assert told["recall"]["share"] == 1
    assert told["precision"]["share"] == 0.5
    assert told["false alarms per million lines"] == pytest.approx(1e6 / 3, rel=1e-3)


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ("- own\n", r"corpora\.yaml:1.*no corpora"),
        ("own: {path: x}\n", r"corpora\.yaml:1.*a layout and a path"),
        ("own:\n  layout: greta\n  path: x\n", r"corpora\.yaml:2.*unknown layout 'greta'"),
        ("own:\n  layout: ai4privacy\n  path: x\n", r"corpora\.yaml:3.*there is no .*x"),
    ],
)
def test_a_wrong_manifest_is_told_with_its_line(manifest: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "corpora.yaml"
    path.write_text(manifest, encoding="utf-8")
    with pytest.raises(RuleError, match=told):
        corpora.read(path, [SSN])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("SSN: [us-social-securty-number]\n", f":1.*is no SIT(.|\n)*did you mean {SSN}"),
        ("SSN: us-social-security-number\n", r":1.*a label stands for a list"),
        ("SSN: []\n", r":1.*a label stands for a list"),
        ("", r"no labels"),
    ],
)
def test_a_wrong_map_of_labels_is_told(written: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(RuleError, match=told):
        labels.read(path, [SSN, CARD])


def test_a_map_of_labels_is_read(tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text(f"SSN: [{SSN}]\n", encoding="utf-8")
    assert labels.read(path, [SSN]) == {"SSN": (SSN,)}
    assert labels.read(None, [SSN]) == {SSN: (SSN,)}
    with pytest.raises(ConfigurationError, match="there is no file"):
        labels.read(tmp_path / "other.yaml", [SSN])


def test_a_value_that_stands_twice_is_found_twice(tmp_path: Path) -> None:
    told = {"text": "Zoe and Zoe", "entities": [{"entity": "Zoe", "types": ["name"]}]}
    [row] = readers.gretel_masking(lines(tmp_path / "masking.jsonl", told))
    assert [s["start"] for s in row["spans"]] == [0, 8]
