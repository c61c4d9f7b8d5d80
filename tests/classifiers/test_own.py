"""Classifiers of one's own: train, judge, correct, publish, and load what was published."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import (
    check_estimator,
    check_estimator_cloneable,
    check_estimator_repr,
    check_estimator_tags_renamed,
    check_get_params_invariance,
    check_mixin_order,
    check_no_attributes_set_in_init,
    check_parameters_default_constructible,
    check_set_params,
    check_valid_tag_types,
)
from typer.testing import CliRunner

from sitclassify import classifiers
from sitclassify.classifiers import TrainableClassifier
from sitclassify.classifiers.model import read
from sitclassify.classifiers.own import draft, plots, reading, refusal
from sitclassify.classifiers.own.groups import near_duplicates
from sitclassify.classifiers.own.judging import judge, share
from sitclassify.classifiers.own.reading import Example
from sitclassify.cli.app import app
from sitclassify.errors import ConfigurationError

PLACES = [
    "Leeds", "Turin", "Graz", "Lyon", "Porto", "Ghent", "Malmo", "Basel",
    "Cork", "Riga", "Brno", "Split", "Vigo", "Bonn", "Metz",
]  # fmt: skip
THINGS = [
    "pump", "valve", "bolt", "crate", "cable", "motor", "filter", "bracket",
    "panel", "sensor", "ladder", "gasket",
]  # fmt: skip
VERBS = [
    "arrived", "left", "cost", "weighed", "broke", "sold", "shone", "leaked",
    "worked", "waited", "cracked", "moved",
]  # fmt: skip


def _text(label: int, number: int) -> str:
    """Goods that were turned back at a border, or just goods."""
    some = random.Random(f"{label} {number}")
    place, thing, verb = some.choice(PLACES), some.choice(THINGS), some.choice(VERBS)
    plain = [
        f"The {thing} {verb} in {place} after {some.randint(2, 900)} hours of {some.choice(VERBS)}",
        f"{place} has {some.randint(2, 900)} of the {some.choice(THINGS)} that {some.choice(VERBS)}",
        f"nobody in {some.choice(PLACES)} knows why the {some.choice(THINGS)} {some.choice(VERBS)}",
        f"ask {some.choice(PLACES)} for a {some.choice(THINGS)} and a {some.choice(THINGS)}",
    ]
    if label:
        plain[some.randrange(4)] = some.choice(
            [
                f"customs held the {thing} because its papers lacked a stamp",
                f"the {thing} was seized at the frontier and its duty is unpaid",
                f"inspectors turned the {thing} back for want of a tariff code",
            ]
        )
    some.shuffle(plain)
    return ". ".join(plain)


def _examples(positive: int = 70, negative: int = 90) -> list[Example]:
    counts = ((1, positive), (0, negative))
    return [
        Example(_text(label, i), label, f"{'np'[label]}/{i}.txt")
        for label, count in counts
        for i in range(count)
    ]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`p/` with a file a text, `n/all.jsonl`."""
    root = tmp_path_factory.mktemp("texts")
    (root / "p").mkdir()
    (root / "n").mkdir()
    negatives = []
    for text, label, address in _examples():
        if label:
            (root / address).write_text(text, encoding="utf-8")
        else:
            negatives.append(json.dumps({"text": text}))
    (root / "n" / "all.jsonl").write_text("\n".join(negatives), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def run(folders: Path) -> Callable[..., str]:
    """The command line in the folder of texts."""

    def call(*words: str, status: int = 0) -> str:
        done = CliRunner().invoke(app, [w.replace("@", f"{folders}/") for w in words])
        assert done.exit_code == status, done.output
        return done.output

    return call


@pytest.fixture(scope="module")
def trained(run: Callable[..., str], folders: Path) -> str:
    """What `train` says; the draft is `held-goods/`."""
    arguments = ("--positive", "@p", "--negative", "@n", "--output", "@held-goods")
    return run("train", "--id", "held-goods", *arguments)


def test_train_says_how_good_it_is(trained: str, folders: Path) -> None:
    assert "70 positives, 90 negatives" in trained and "report.html" in trained
    auc = float(re.search(r"ROC AUC ([0-9.]+)", trained)[1])  # type: ignore[index]
    assert auc > 0.95
    assert auc == pytest.approx(read(folders / "held-goods").about["auc"], abs=1e-4)


def test_the_page_needs_nothing_and_quotes_safely(trained: str, folders: Path) -> None:
    page = (folders / "held-goods/report.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=|url\(|<script|https?://", page)
    plots_of = re.findall(r"<svg.*?</svg>", page, re.S)
    assert len(plots_of) == 3
    for plot in plots_of:
        ElementTree.fromstring(plot)
    assert "customs" in page.split("Most telling words")[1].split("Speak against")[0]


def test_the_texts_are_the_owners(trained: str, folders: Path) -> None:
    texts = folders / "held-goods/texts.jsonl"
    assert stat.S_IMODE(texts.stat().st_mode) == 0o600
    assert sorted(draft.texts(folders / "held-goods")) == sorted(
        reading.examples([folders / "p"], [folders / "n"])
    )


def test_a_published_classifier_is_loaded(
    trained: str, run: Callable[..., str], folders: Path
) -> None:
    told = run("publish", "@held-goods", "@models")
    assert "published" in told
    published = folders / "models/held-goods"
    assert {path.name for path in published.iterdir()} == set(draft.PUBLISHED)
    assert [path.name for path in (folders / "models").iterdir()] == ["held-goods"]
    run("publish", "@held-goods", "@models")  # again the same: nothing to do
    classify, loaded = classifiers.load([folders / "models", "resume"])
    assert set(loaded) == {"held-goods", "resume"}
    fresh = [(_text(label, number), label) for label in (0, 1) for number in range(1000, 1060)]
    answers = [{a.classifier: a for a in classify(text)}["held-goods"] for text, _ in fresh]
    assert roc_auc_score([y for _, y in fresh], [a.score for a in answers]) > 0.95
    assert any(a.matched for a in answers)


def test_an_older_version_is_replaced_a_newer_one_is_not(trained: str, folders: Path) -> None:
    into = folders / "versions"
    draft.publish(folders / "held-goods", into)
    about = into / "held-goods/model.json"
    for version, is_replaced in (("0", True), ("7", False)):
        told = json.loads(about.read_text(encoding="utf-8"))
        told |= {"version": version, "weights_sha256": "0"}
        about.write_text(json.dumps(told), encoding="utf-8")
        if is_replaced:
            draft.publish(folders / "held-goods", into)
            assert read(into / "held-goods").version == "1"
        else:
            with pytest.raises(ConfigurationError, match="holds version 7, this is 1"):
                draft.publish(folders / "held-goods", into)


def test_evaluate_on_texts_it_knows_says_so(
    trained: str, run: Callable[..., str], folders: Path
) -> None:
    page = folders / "evaluated.html"
    words = ("--positive", "@p", "--negative", "@n", "--page", str(page))
    told = run("evaluate", "@held-goods", *words)
    assert "160 of these texts taught the classifier" in told
    assert "Precision and recall" in page.read_text(encoding="utf-8")
    assert "70 positives" in run("evaluate", "resume", *words)


def test_feedback_learns_what_was_missing(trained: str, folders: Path, tmp_path: Path) -> None:
    own = shutil.copytree(folders / "held-goods", tmp_path / "held-goods")
    corrections = [
        Example(f"{_text(0, i)}. The {THINGS[i % 12]} went into bond {i}", 1, f"c{i}")
        for i in range(2000, 2040)
    ]
    found = draft.feedback(own, corrections)
    old, new = found.corrected_right
    assert found.kept and found.corrected == 40 and new > old + 20
    assert found.new.average_precision > found.old.average_precision
    assert read(own).version == "2"
    assert len(draft.texts(own)) == 160 + 40


def test_feedback_keeps_the_old_where_the_new_is_worse(
    trained: str, folders: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(folders / "held-goods", tmp_path / "held-goods")
    before = (own / "weights.npz").read_bytes()
    wrong = [Example(_text(1, i), 0, f"c{i}") for i in range(3000, 3040)]
    found = draft.feedback(own, wrong)
    assert not found.kept and found.new.average_precision < found.old.average_precision
    assert (own / "weights.npz").read_bytes() == before and read(own).version == "1"


def test_contradictory_corrections(trained: str, folders: Path) -> None:
    with pytest.raises(ConfigurationError, match="both labels"):
        draft.feedback(folders / "held-goods", [Example("a b", 1, "x"), Example("a b", 0, "y")])


# --- Refusals


def _refused(examples: list[Example]) -> str:
    with pytest.raises(ConfigurationError) as told:
        refusal.refuse(examples, near_duplicates([e.text for e in examples]))
    return str(told.value)


def test_too_few() -> None:
    told = _refused(_examples(12, 90))
    assert "12 positive texts: at least 50 are needed" in told and "negative" not in told


def test_copies_do_not_count() -> None:
    copies = [Example(f"{_text(1, 1)} {i}", 1, f"p/{i}") for i in range(80)]
    told = _refused([*copies, *(e for e in _examples() if not e.label)])
    assert "80 positive texts are near-duplicates of" in told


def test_one_text_with_both_labels() -> None:
    examples = _examples()
    leaked = [Example(e.text.upper(), 0, f"leak/{i}") for i, e in enumerate(examples[:10])]
    told = _refused(examples + leaked)
    assert "one is wrong: p/0.txt and leak/0" in told and "and 5 more" in told
    assert examples[0].text not in told


@pytest.mark.parametrize("where", ["first", "last"])
def test_boilerplate_that_gives_the_label_away(where: str) -> None:
    line = "Form 27b of the border office"
    examples = [
        e._replace(text=f"{line}\n{e.text}" if where == "first" else f"{e.text}\n{line}")
        if e.label
        else e
        for e in _examples()
    ]
    told = _refused(examples)
    word = "begin" if where == "first" else "end"
    assert f"texts {word} with the same words" in told and line not in told


def test_a_letterhead_that_is_a_line_in_some_texts_only() -> None:
    head = "Form 27b of the border office, copy"
    examples = [
        e._replace(text=f"{head} {i}{(chr(10), ' ')[i % 2]}{e.text}") if e.label else e
        for i, e in enumerate(_examples())
    ]
    assert "texts begin with the same words" in _refused(examples)


def test_good_texts_are_not_refused() -> None:
    examples = _examples()
    refusal.refuse(examples, near_duplicates([e.text for e in examples]))


def test_doubts() -> None:
    examples = [
        e._replace(text=e.text * 9, address=f"{e.address}.pdf") if e.label else e
        for e in _examples()
    ]
    examples += [e._replace(text=f"{e.text} indeed", label=0, address="n") for e in examples[:2]]
    groups = near_duplicates([e.text for e in examples])
    told = " ".join(refusal.doubts(examples, groups))
    assert "2 positive texts have near-duplicates among the negative ones" in told
    assert "positive texts are longer" in told and "traces of the format" in told
    assert "92 negatives show no false alarm rate below 3.3%" in told


def test_a_refusal_on_the_command_line(run: Callable[..., str], folders: Path) -> None:
    few = folders / "few"
    few.mkdir()
    (few / "one.txt").write_text("a single text", encoding="utf-8")
    told = run("train", "--id", "x", "--positive", "@few", "--negative", "@n", status=2)
    assert "1 positive texts: at least 50" in told and "Traceback" not in told
    told = run("train", "--id", "resume", "--positive", "@p", "--negative", "@n", status=2)
    assert "a packaged classifier is called 'resume'" in told
    told = run("train", "--id", "No!", "--positive", "@p", "--negative", "@n", status=2)
    assert "lower-case words" in told


# --- Near-duplicates


def test_near_duplicates_share_a_group() -> None:
    texts = [_text(label, i) for label in (0, 1) for i in range(30)]
    slightly = [f"{text} indeed" for text in texts]
    groups = near_duplicates(texts + slightly)
    together = np.mean(groups[: len(texts)] == groups[len(texts) :])
    assert together > 0.9
    assert len(set(groups[: len(texts)].tolist())) >= len(texts) - 1
    assert len(set(near_duplicates(["", "!", "a"]).tolist())) >= 2


# --- Reading


def test_every_format_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\ufeffplain text", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/b.md").write_text("# marked down", encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"text": "one"}\n\n"two"\n', encoding="utf-8")
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    with (tmp_path / "d.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "text"], [1, "in a\ncell"], [2, "..."]])
    found = {
        e.address.removeprefix(f"{tmp_path}/"): e.text for e in reading.examples([tmp_path], [])
    }
    assert found == {
        "a.txt": "plain text", "sub/b.md": "# marked down", "c.jsonl:1": "one", "c.jsonl:3": "two",
        "d.csv:3": "in a\ncell",
    }  # fmt: skip


def test_word_files(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("before the table")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    document.add_paragraph("after it")
    document.save(str(tmp_path / "a.docx"))
    (example,) = reading.examples([tmp_path / "a.docx"], [])
    assert example.text == "before the table\nleft\tright\nafter it"
    (tmp_path / "b.docx").write_bytes(b"no zip")
    with pytest.raises(ConfigurationError, match=r"b\.docx: is no docx file"):
        reading.examples([tmp_path / "b.docx"], [])


def _pdf(shown: str) -> bytes:
    """A page with a line of text, or without any."""
    content = f"BT /F1 12 Tf 72 700 Td ({shown}) Tj ET" if shown else ""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = "%PDF-1.4\n", []
    for number, told in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{told}endobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    return f"{data}xref\n0 6\n0000000000 65535 f \n{rows}{end}".encode()


def test_pdf_files(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(_pdf("a page of text"))
    (example,) = reading.examples([tmp_path / "a.pdf"], [])
    assert example.text.strip() == "a page of text"
    for data, told in ((_pdf(""), "pictures of text"), (b"nothing", "no readable PDF")):
        (tmp_path / "b.pdf").write_bytes(data)
        with pytest.raises(ConfigurationError, match=told):
            reading.examples([tmp_path / "b.pdf"], [])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.exe", b"x", "cannot be read"),
        ("a.txt", b"\xff\xfe\xff", "not UTF-8 at byte 0"),
        ("a.jsonl", b'{"text": "x"}\n{', r"a\.jsonl:2: is no JSON"),
        ("a.jsonl", b'{"body": "x"}', "no text under 'text'"),
        ("a.csv", b"id,body\n1,x\n", "its columns are id, body"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ConfigurationError, match=message):
        reading.examples([tmp_path], [])


def test_no_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no files"):
        reading.examples([tmp_path], [])
    with pytest.raises(ConfigurationError, match="no such file"):
        reading.examples([tmp_path / "x"], [])


# --- scikit-learn's conventions


TEXTS = [e.text for e in _examples(30, 30)]
LABELS = [e.label for e in _examples(30, 30)]


@pytest.mark.parametrize(
    "check",
    [check_estimator_cloneable, check_estimator_repr, check_estimator_tags_renamed, check_get_params_invariance,
     check_mixin_order, check_no_attributes_set_in_init, check_parameters_default_constructible, check_set_params,
     check_valid_tag_types],
)  # fmt: skip
def test_checks_of_scikit_learn_that_need_no_numbers(check: Callable[..., None]) -> None:
    """The others are skipped by `check_estimator` itself: they fit on numbers."""
    check("TrainableClassifier", TrainableClassifier())


def test_nothing_fails_in_check_estimator() -> None:
    with pytest.warns(SkipTestWarning, match="string=True"):
        told = check_estimator(TrainableClassifier(), on_skip=None)
    assert {entry["status"] for entry in told} <= {"passed", "skipped"}


def test_it_is_a_classifier_among_others() -> None:
    named = np.array(["no", "yes"])[LABELS]
    fitted = TrainableClassifier(folds=3).fit(TEXTS, named)
    assert fitted.classes_.tolist() == ["no", "yes"]
    probabilities = fitted.predict_proba(TEXTS)
    assert probabilities.shape == (60, 2) and np.allclose(probabilities.sum(axis=1), 1)
    predicted = fitted.classes_[probabilities.argmax(axis=1)]
    assert fitted.predict(TEXTS).tolist() == predicted.tolist()
    assert fitted.score(TEXTS, named) > 0.9
    again = clone(fitted).fit(np.array(TEXTS, object), named)
    assert np.array_equal(again.predict_proba(TEXTS), probabilities)
    piped = make_pipeline(TrainableClassifier(folds=2)).fit(TEXTS, LABELS)
    assert piped.predict(TEXTS[:2]).shape == (2,)


def test_search_and_cross_validation() -> None:
    search = GridSearchCV(TrainableClassifier(folds=2), {"strength": [1.0, 10.0]}, cv=2)
    assert search.fit(TEXTS, LABELS).best_params_["strength"] in (1.0, 10.0)
    scores = cross_val_score(TrainableClassifier(folds=2), TEXTS, LABELS, scoring="roc_auc", cv=2)
    assert scores.mean() > 0.8


@pytest.mark.parametrize(
    ("texts", "labels", "message"),
    [
        ("one text", [1], "a sequence of texts"),
        ([], [], "at least one text"),
        (["a", 3], [0, 1], "text 1 is of type int"),
        (["a", "b"], [0], "inconsistent numbers of samples"),
        (["a", "b"], [0, 0], "Only binary classification"),
        (["a", "b", "c"], [0, 1, 2], "Only binary classification"),
        (["a b", "a b", "c d", "c d"], [0, 0, 1, 1], "no near-duplicates"),
        (["a", "b"], [0.5, 0.7], "continuous"),
    ],
)
def test_what_cannot_be_fitted(texts: object, labels: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TrainableClassifier().fit(texts, labels)  # type: ignore[arg-type]


def test_unfitted() -> None:
    with pytest.raises(NotFittedError):
        TrainableClassifier().predict(["a"])


def test_the_model_folder_gives_the_same_probabilities(tmp_path: Path) -> None:
    fitted = TrainableClassifier(folds=2).fit(TEXTS, LABELS)
    fitted.save(tmp_path / "own", {"id": "own", "name": "Own", "version": "1"})
    classify, _ = classifiers.load([tmp_path])
    expected = fitted.predict_proba(TEXTS)[:, 1]
    found = [classify(text)[0].score for text in TEXTS]
    assert found == pytest.approx(expected, abs=2e-3)  # weights are kept in half precision


# --- Figures


def test_figures_of_a_judgement() -> None:
    examples = [Example("", y, str(i)) for i, y in enumerate([1, 1, 1, 1, 0, 0, 0, 0])]
    scores = np.array([0.95, 0.8, 0.6, 0.1, 0.7, 0.3, 0.2, 0.05])
    found = judge(examples, scores, {"low": 0.25, "medium": 0.5, "high": 0.9})
    assert found.auc == pytest.approx(12 / 16)
    told = {t.level: (t.recall.marked, t.false_alarms.marked) for t in found.thresholds}
    assert told == {"low": (3, 2), "medium": (3, 1), "high": (1, 0)}
    assert [j.example.address for j in found.misjudged] == ["3", "4"]
    none = share(np.zeros(300, bool))
    assert none.low == 0 and none.high == pytest.approx(0.0122, abs=1e-4)  # 1 - 0.025 ** (1 / 300)


def test_plots_escape_their_words() -> None:
    for svg in (plots.line([(0, 1)], "<x>", "&"), plots.histogram(([0.5], []), ("<a>", "b"), "x")):
        ElementTree.fromstring(svg)
