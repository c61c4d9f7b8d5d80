"""The benchmark of quality: what it counts, on a few rows of its own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import sitclassify
from benchmarks.quality import benign, columns, identifiers, secrets, values, words
from benchmarks.quality.layouts import LAYOUTS
from benchmarks.quality.rows import Data
from benchmarks.quality.share import Share
from sitclassify.scanner import Scanner

SITS = ["netherlands-citizens-service-number", "australia-tax-file-number"]


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return sitclassify.load(sits=SITS, classifiers=())


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def bsn(row: str, text: str, cluster: str, valid: int = 1) -> dict[str, Any]:
    spans = [{"start": 0, "end": len(text), "label": "nl.bsn"}] if valid else []
    kind = {"id_type": "nl.bsn", "valid": valid}
    return {"id": row, "text": text, "spans": spans, "cluster": cluster, **kind}


@pytest.fixture
def data(tmp_path: Path) -> Data:
    """Four values, one of them for tuning; and two texts without one, of which one looks so."""
    rows = [
        bsn("a", "407182937", "5"), bsn("b", "073.061.803", "a"), bsn("c", "407182938", "0", 0),
        bsn("d", "296401705", "1"),
    ]  # fmt: skip
    write(tmp_path / "ids" / "stdnum_examples.jsonl.gz", rows)
    for name in ("presidio_recognizer_tests", "phone_examples"):
        write(tmp_path / "ids" / f"{name}.jsonl.gz", [])
    texts = [
        {"id": "p", "text": "Hallo", "cluster": "0"},
        {"id": "q", "text": "bsn 407182937", "cluster": "f"},
    ]
    for family, name in (pair for sets in benign._SETS.values() for pair in sets):
        write(tmp_path / family / f"{name}.jsonl.gz", texts)
    return Data(tmp_path)


def test_rows_are_held_back_or_tuned_on(data: Data) -> None:
    held_back = {row["id"] for row in data.rows("ids", "stdnum_examples")}
    tuned_on = {row["id"] for row in Data(data.folder, True).rows("ids", "stdnum_examples")}
    assert (held_back, tuned_on) == ({"a", "b", "c"}, {"d"})


def test_values_are_found_in_every_layout(data: Data, scanner: Scanner) -> None:
    outcomes = list(values.measure(list(values.read(data)), scanner))
    assert len(outcomes) == 3 * len(LAYOUTS)
    assert {o.value.row for o in outcomes if o.is_found} == {"a", "b"}
    assert all(o.is_found and o.is_first for o in outcomes if o.value.is_valid)


def test_columns_are_found_to_their_end(data: Data, scanner: Scanner) -> None:
    (column,) = columns.measure(list(values.read(data)), scanner)
    assert (column.found, column.rows, column.is_far_found) == (columns.ROWS, columns.ROWS, True)


@pytest.mark.parametrize("form", ["csv", "tsv", "markdown"])
def test_a_table_knows_where_its_values_are(form: str) -> None:
    known = ["1,5", "77", "a|b"]
    text, spans = columns._table(form, "head", known)
    assert [text[start:end] for start, end in spans] == known


def test_all_figures_and_goals(data: Data, scanner: Scanner) -> None:
    from rich.console import Console

    figures = identifiers.run(data, scanner, Console(quiet=True))
    assert figures["benign"]["prompts flagged"]["share"] == 0.5
    assert figures["benign"]["suspect texts flagged"]["share"] == 1
    assert figures["sits"]["netherlands-citizens-service-number"]["recall"]["share"] == 1
    met = {goal["goal"]: goal["met"] for goal in figures["goals"]}
    assert met["stdnum_examples: found beside their word"]
    assert not met["benign prompts flagged"]
    assert identifiers.tables(figures)[0].row_count == len(figures["goals"])


def test_every_mapped_sit_exists() -> None:
    from sitclassify import catalogue, resources

    known = {file.sit.id for file in catalogue.read([resources.folder("patterns")])}
    mapped = {sit for kinds in values.types().values() for ids in kinds.values() for sit in ids}
    assert mapped <= known


def test_words_come_from_the_description() -> None:
    assert words.of_stdnum("nl.bsn") == [
        "BSN", "Burgerservicenummer", "Dutch citizen identification number",
    ]  # fmt: skip
    assert all(words.of_stdnum(k.partition("/")[0]) for k in values.types()["stdnum_examples"])


def test_interval_is_the_exact_one() -> None:
    """Clopper and Pearson's own: none of n has the upper bound 1 - (alpha / 2) ** (1 / n)."""
    low, high = Share(0, 20).interval
    assert low == 0
    assert high == pytest.approx(1 - 0.025 ** (1 / 20))
    assert Share().interval == (0.0, 1.0)


def test_secrets_are_counted_by_source_sit_and_judgement(tmp_path: Path) -> None:
    from rich.console import Console

    key = "glpat-" + "q7Rv2LmZ0pXc9KtB4nWd"
    rows = [
        {"id": "a", "text": key, "rule": "r1", "secret": 1},
        {"id": "b", "text": "glpat-short", "rule": "r1", "secret": 1},
        {"id": "c", "text": f"old {key}", "rule": "gcp-api-key", "secret": 0},  # a rule judged real
        {"id": "d", "text": f"not {key}", "rule": "r2", "secret": 0},
        {"id": "e", "text": "hello", "rule": "r3", "secret": 1, "identifier_only": 1},
    ]
    told = [{**r, "labels": {"secret": r.pop("secret")}, "cluster": "0"} for r in rows]
    write(tmp_path / "secrets" / "gitleaks_rule_tests.jsonl.gz", told)
    for family, name in (pair for sets in benign._SETS.values() for pair in sets):
        write(tmp_path / family / f"{name}.jsonl.gz", [{"id": "p", "text": key, "cluster": "0"}])
    scanner = sitclassify.load(sits=["gitlab-access-token"], classifiers=())
    figures = secrets.run(Data(tmp_path), scanner, Console(quiet=True))
    counts = {k: (v["hits"], v["of"]) for k, v in figures["all"].items()}
    assert counts == {
        "recall": (1, 2),
        "recall as labelled": (1, 2),
        "precision": (2, 3),
        "precision as labelled": (1, 3),
        "look-alikes flagged": (1, 1),
    }
    sit = figures["sits"]["gitlab-access-token"]
    assert (sit["recall"]["hits"], sit["recall"]["of"]) == (1, 2)
    assert sit["precision"]["hits"] == 2
    assert sit["precision"]["of"] == 3 + sit["benign"] > 3
    assert figures["rules missed"] == ["r1"]
    assert secrets.tables(figures)[0].row_count == len(figures["goals"])


@pytest.mark.parametrize(
    ("kind", "value", "counts"),
    [
        ("DE_TAX_ID", "86095742719", True), ("DE_TAX_ID", "86095742710", False),
        ("IP_ADDRESS", "8.8.8.8", True), ("IP_ADDRESS", "2001:db8::1", False),
        ("IP_ADDRESS", "fe80::1%eth0", True), ("nl.bsn", "407182937", True),
    ],
)  # fmt: skip
def test_values_that_fail_their_public_check_do_not_count(
    kind: str, value: str, counts: bool
) -> None:
    assert values._is_countable(kind, value) is counts
