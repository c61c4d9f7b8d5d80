"""The benchmarks run: definitions load, a quick run leaves a record, wrong counts are told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks import definition, recipes, record
from benchmarks.__main__ import main
from benchmarks.measures import Measured, measure
from benchmarks.scanners import Scanners
from sitclassify.errors import RuleError

FEW = ("toy-citizen.yaml", "toy-token.yaml", "toy-term.yaml")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue that compiles in no time."""
    folder = tmp_path_factory.mktemp("few")
    for name in FEW:
        shutil.copy(Path(__file__).parents[1] / "toy" / name, folder)
    return folder


def test_definitions_load_and_have_texts() -> None:
    definitions = definition.read()
    assert len({d.place for d in definitions}) == len(definitions)
    for one in definitions:
        assert one.question.endswith("?")
        if one.text is not None and one.text.file:
            assert one.text.texts()[0]


@pytest.mark.parametrize(
    "kind", ["prose", "document", "numbers", "worded-numbers", "csv", "worded-log"]
)
def test_made_texts_are_the_same_every_time(kind: Any) -> None:
    recipe = recipes.Recipe(kind=kind, size=5_000, count=2)
    first, second = recipe.texts()
    assert [first, second] == recipe.texts()
    assert first != second
    assert 5_000 <= len(first) < 6_000


def test_questions_are_short() -> None:
    texts = recipes.Recipe(kind="question", size=80, count=20).texts()
    assert len(set(texts)) == 20
    assert all(20 <= len(text) <= 80 for text in texts)


def test_a_file_is_repeated() -> None:
    once, thrice = (recipes.Recipe(file="code.txt", repeat=n).texts()[0] for n in (1, 3))
    assert thrice.split("\n\n") != once.split("\n\n")
    assert thrice == "\n".join([once] * 3)


@pytest.mark.parametrize("kind", ["texts", "threads", "batch"])
def test_many_texts_are_measured(kind: Any, catalogue: Path) -> None:
    asked = definition.Definition(
        name="toy", place=1, question="?", kind=kind, expect={}, text=recipes.Recipe(kind="question", size=80, count=3)
    )  # fmt: skip
    measured = measure(asked, Scanners(catalogue), 0.05)
    assert measured.found == {}
    names = {"texts": "ratio", "threads": "times_one", "batch": "mb_per_s"}
    assert measured.figures[names[kind]] > 0


def test_a_quick_run_leaves_a_record(catalogue: Path, tmp_path: Path) -> None:
    path = tmp_path / "speed.json"
    arguments = ["--quick", "--only", "clean-prompt", "--catalogue", str(catalogue)]
    assert main([*arguments, "--output", str(path)]) == 0
    told = json.loads(path.read_text(encoding="utf-8"))
    assert {"date", "machine", "versions", "catalogue", "load_average", "rows"} <= told.keys()
    assert told["catalogue"]["sits"] == len(FEW)
    (row,) = told["rows"]
    assert row["name"] == "clean-prompt"
    assert row["found"] == row["expected"] == {}
    assert row["verdict"] in (record.MET, record.MISSED)
    assert {"p50_us", "p99_us", "p99_cpu_us", "ratio", "samples"} <= row["figures"].keys()
    assert row["raw"]["calls"] >= 1
    assert row["ratio"] == row["figures"]["ratio"] > 1


def test_another_count_than_expected_fails(catalogue: Path, tmp_path: Path) -> None:
    arguments = ["--quick", "--only", "prompt-with-one", "--catalogue", str(catalogue)]
    assert main([*arguments, "--output", str(tmp_path / "speed.json")]) == 1


def test_every_expression_has_its_cost(catalogue: Path, tmp_path: Path) -> None:
    path = tmp_path / "expressions.json"
    assert main(["expressions", "--catalogue", str(catalogue), "--output", str(path)]) == 0
    told = json.loads(path.read_text(encoding="utf-8"))
    speeds = [row["mb_per_s"] for row in told["expressions"]]
    assert speeds == sorted(speeds)
    assert {"owner", "mb_per_s", "hits", "kb", "compile_ms", "pattern"} <= told["expressions"][
        0
    ].keys()
    assert told["databases"]


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        ({"p50_us": 5.0, "mb_per_s": 500.0}, record.MET),
        ({"p50_us": 7.0, "mb_per_s": 500.0}, record.MISSED),
        ({"p50_us": 5.0, "mb_per_s": 300.0}, record.MISSED),
    ],
)
def test_a_budget_is_a_limit_from_its_side(figures: dict[str, float], verdict: str) -> None:
    asked = definition.Definition(
        name="toy", place=1, question="?", kind="scan", budget={"p50_us": 6, "mb_per_s": 400}
    )
    assert record.row(asked, Measured(figures))["verdict"] == verdict


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(SystemExit, match="clean-prompt"):
        main(["--only", "clean-promt"])


def test_a_broken_definition_is_told_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "benchmarks" / "definitions"
    folder.mkdir(parents=True)
    (folder / "toy.yaml").write_text("place: 1\nquestion: why?\nkind: guess\n")
    with pytest.raises(RuleError, match=r"definitions/toy\.yaml:3"):
        definition.read(folder)
