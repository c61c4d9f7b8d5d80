"""The layer of named entities that reads context: what it finds, how it is asked for, and every way to ask."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest
from typer.testing import CliRunner

import sitclassify
from sitclassify import ConfigurationError, ModelError, resources
from sitclassify.batch import Options, scan_record_batch
from sitclassify.cli.app import app
from sitclassify.entities import context, parts
from sitclassify.entities.finder import CONTEXT, LISTS

SITS = ("all-full-names", "all-physical-addresses")
TEXTS = [
    "Dear Jennifer Kowalski,\nplease send it to 12 Marlow Street, Springfield, IL 62704.",
    "I met Quendrilla yesterday , she said hi to Brovnik .",
    "what is the boiling point of water?",
    "",
    "Ask the Fourier transform in Python on Monday.",
]


@pytest.fixture(scope="module")
def scanner(cache_folder: Path) -> sitclassify.Scanner:
    return sitclassify.load(sits=SITS, classifiers=(), entities=True, cache=cache_folder)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline of somebody else's, which knows two entities."""
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([  # type: ignore[attr-defined]
        {"label": "PERSON", "pattern": "blue teapot"}, {"label": "PRODUCT", "pattern": "kettle"},
    ])  # fmt: skip
    folder = tmp_path_factory.mktemp("pipelines") / "teapots"
    nlp.to_disk(folder)
    return folder


def test_it_is_not_there_unless_asked_for() -> None:
    code = "import sys, sitclassify\nsitclassify.load(classifiers=(), sits='all-full-names')\n"
    code += "assert 'spacy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_both_layers_make_a_name_surer(scanner: sitclassify.Scanner) -> None:
    name, address = scanner.scan(TEXTS[0]).detections
    assert TEXTS[0][name.start : name.end] == "Jennifer Kowalski"
    assert (name.sit, name.confidence, name.tags) == (SITS[0], 95, {LISTS, CONTEXT})
    assert address.sit == SITS[1]
    assert LISTS in address.tags


def test_it_finds_a_name_that_no_list_has(scanner: sitclassify.Scanner) -> None:
    text = "My name is Quendrilla Brovnik-Tash and I work as a nurse"
    (found,) = scanner.scan(text).detections
    assert text[found.start : found.end] == "Quendrilla Brovnik-Tash"
    assert CONTEXT in found.tags


def test_a_batch_says_the_same(scanner: sitclassify.Scanner) -> None:
    texts = TEXTS * 30
    single = [scanner.scan(text).to_dict() for text in texts]
    assert [result.to_dict() for result in scanner.scan_batch(texts)] == single
    with pytest.raises(TypeError):
        scanner.scan_batch(["a", 1])  # type: ignore[list-item]


def test_threads_and_copies_say_the_same(scanner: sitclassify.Scanner) -> None:
    texts = TEXTS * 8
    single = [scanner.scan(text).to_dict() for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert [result.to_dict() for result in pool.map(scanner.scan, texts)] == single
    copy = pickle.loads(pickle.dumps(scanner))
    assert copy.scan(TEXTS[0]).to_dict() == single[0]


@pytest.mark.parametrize("size", [1, 9, 1000])
def test_a_stream_says_the_same_at_its_end(scanner: sitclassify.Scanner, size: int) -> None:
    text = "\n".join(TEXTS)
    stream = scanner.stream()
    early = [d for i in range(0, len(text), size) for d in stream.feed(text[i : i + size])]
    assert early == []
    assert [d[:6] for d in stream.close()] == [d[:6] for d in scanner.scan(text).detections]


def test_long_texts_are_read_in_parts(scanner: sitclassify.Scanner) -> None:
    text = f"{TEXTS[2]} " * 900 + TEXTS[0]
    found = scanner.scan(text).detections
    assert [text[d.start : d.end].split()[0] for d in found] == ["Jennifer", "12"]
    assert {CONTEXT, LISTS} <= found[0].tags


def test_a_conversation(scanner: sitclassify.Scanner) -> None:
    asked = {"role": "assistant", "content": "What is your name?"}
    told = {"role": "user", "content": "Jennifer Kowalski"}
    first, second = scanner.scan_conversation([asked, told])
    assert not first.detections
    assert [(d.start, d.end) for d in second.detections] == [(0, 17)]


def test_record_batches() -> None:
    batch = pa.RecordBatch.from_pydict({"text": TEXTS})
    options = Options.of(sits=SITS, classifiers=(), entities=True)
    rows = scan_record_batch(batch, options=options).to_pylist()
    assert [len(row["findings"]) for row in rows[2:4]] == [0, 0]
    assert CONTEXT in rows[0]["findings"][0]["tags"]


def test_a_pipeline_of_somebody_elses(cache_folder: Path, pipeline: Path) -> None:
    scanner = sitclassify.load(
        sits=SITS, classifiers=(), entities=str(pipeline), cache=cache_folder
    )
    text = "the blue teapot met jennifer kowalski beside a kettle"
    first, second = scanner.scan(text).detections
    assert (text[first.start : first.end], first.confidence, first.tags) == (
        "blue teapot", context.NAMED, {CONTEXT},
    )  # fmt: skip
    assert second.tags == {LISTS}
    assert scanner.scan(text).to_dict()["models"] == {str(pipeline): "0.0.0"}


def test_the_whole_catalogue_gets_names_and_addresses() -> None:
    from sitclassify import catalogue, choice

    packaged = [item.sit for item in catalogue.read(resources.folders_of(None))]
    loaded = choice.choose(packaged, None, None, also=SITS)
    assert {*SITS} <= {sit.id for sit in loaded.sits} - loaded.hidden
    assert "us-physical-addresses" in loaded.hidden


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"entities": "no_such_pipeline"}, "no such spaCy pipeline.*python -m spacy download"),
        ({"entities": True, "sits": "us-social-security-number"}, "add all-full-names or"),
        ({"entities": 5}, "True, False or the name"),
    ],
)
def test_what_is_refused(cache_folder: Path, arguments: dict[str, object], told: str) -> None:
    asked = {"sits": SITS, "classifiers": (), "cache": cache_folder} | arguments
    with pytest.raises(ConfigurationError, match=told):
        sitclassify.load(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["tagger/model", "clusters.txt", "config.cfg"])
def test_a_changed_model_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "entities"
    shutil.copytree(resources.folder("models") / "entities", folder)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match="changed since training"):
        context.Packaged(folder)
    (folder / "about.json").unlink()
    with pytest.raises(ModelError, match="no model"):
        context.Packaged(folder)


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("what is the boiling point of water?", False),
        ("What is the boiling point of water? Please tell me. 12 of 14.", False),
        ("i told jennifer about it", True),
        ("Ask Quendrilla", True),
        ("  \n", False),
    ],
)
def test_what_is_read(text: str, matters: bool) -> None:
    assert any(parts.candidates(text)) is matters


def test_parts_are_cut_between_words_and_lose_nothing() -> None:
    text = "the boiling point of water is known to all of us, said Quendrilla. " * 200
    assert "".join(part for _, _, part in parts.whole([text])) == text
    named = parts.around_names([f"{'dull words ' * 60}Quendrilla {'dull words ' * 60}"], [[]])
    [(number, base, part)] = named
    assert number == 0 and base % 11 == 0 and part.startswith("dull") and len(part) < 240
    assert parts.around_names(["x" * 9000], [[]]) == []
    assert sum(map(len, parts.batches(parts.whole([text] * 9)))) == len(parts.whole([text] * 9))


def test_command_line(tmp_path: Path) -> None:
    asked = ["scan", "-", "--sits", ",".join(SITS), "--no-classifiers", "--format", "jsonl"]
    done = CliRunner().invoke(app, [*asked, "--entities"], input=TEXTS[0])
    assert done.exit_code == 0
    assert CONTEXT in done.stdout
    assert CONTEXT not in CliRunner().invoke(app, asked, input=TEXTS[0]).stdout
    wrong = CliRunner().invoke(app, [*asked, "--entities-from", "nothing_here"], input="x")
    assert wrong.exit_code == 2
