"""Every model folder: its files, its digests, its examples."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from conftest_models import FOLDERS

from sitclassify.classifiers.features import normal_form, packaged_vocabulary
from sitclassify.classifiers.loading import find
from sitclassify.classifiers.model import read, write
from sitclassify.classifiers.runtime import ClassifierSet
from sitclassify.errors import ConfigurationError, ModelError

MOST_BYTES = 1_500_000  # of one weights file: the wheel stays small


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_is_complete(folder: Path) -> None:
    model = read(folder)
    assert (folder / "weights.npz").stat().st_size < MOST_BYTES
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "## Data" in card and "icence" in card
    high, medium, low = (model.thresholds[level] for level in ("high", "medium", "low"))
    assert 0 < low <= medium <= high < 1
    assert all(source in card for source in model.about["training"]["sources"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_examples(folder: Path, packaged: ClassifierSet) -> None:
    examples = yaml.safe_load((folder / "examples.yaml").read_text(encoding="utf-8"))
    assert len(examples["match"]) >= 4 and len(examples["no_match"]) >= 4
    for kind in ("match", "no_match"):
        for text in examples[kind]:
            answers = {a.classifier: a for a in packaged.classify(text)}
            matched = answers[folder.name].level in ("medium", "high")
            assert matched == (kind == "match"), (text, answers[folder.name])


def test_the_digest_is_checked(tmp_path: Path) -> None:
    copy = shutil.copytree(FOLDERS[0], tmp_path / FOLDERS[0].name)
    data = bytearray((copy / "weights.npz").read_bytes())
    data[-30] ^= 1
    (copy / "weights.npz").write_bytes(data)
    with pytest.raises(ModelError, match="SHA-256"):
        find(tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "other"}, "the folder"),
        ({"features": "v0"}, "train the model again"),
        ({"thresholds": None}, "thresholds"),
    ],
)
def test_a_wrong_model_json(tmp_path: Path, change: dict[str, object], message: str) -> None:
    copy = shutil.copytree(FOLDERS[0], tmp_path / FOLDERS[0].name)
    about = json.loads((copy / "model.json").read_text(encoding="utf-8")) | change
    if change.get("thresholds", 1) is None:
        del about["thresholds"]
    (copy / "model.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        find(tmp_path)


def test_no_model_json(tmp_path: Path) -> None:
    (tmp_path / "weights.npz").write_bytes(b"")
    with pytest.raises(ModelError, match="missing"):
        read(tmp_path)


def test_a_weights_file_that_is_none(tmp_path: Path) -> None:
    import hashlib

    copy = shutil.copytree(FOLDERS[0], tmp_path / FOLDERS[0].name)
    about = json.loads((copy / "model.json").read_text(encoding="utf-8"))
    (copy / "weights.npz").write_bytes(b"no zip")
    about["weights_sha256"] = hashlib.sha256(b"no zip").hexdigest()
    (copy / "model.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(ModelError, match="is no weights file"):
        read(copy)


def test_an_unknown_id() -> None:
    with pytest.raises(ConfigurationError, match="did you mean prompt-injection"):
        find("prompt-injektion")


def test_experimental_models_are_loaded_by_name_only() -> None:
    default = {model.id for model in find("packaged")}
    experimental = {folder.name for folder in FOLDERS if read(folder).experimental}
    assert len(experimental) <= 6
    assert not default & experimental
    assert default | experimental == {folder.name for folder in FOLDERS}


def test_the_vocabulary_is_in_normal_form() -> None:
    assert all(normal_form(token) == token for token in packaged_vocabulary().tokens)


def test_writing_is_reproducible(tmp_path: Path) -> None:
    import numpy as np

    about = json.loads((FOLDERS[0] / "model.json").read_text(encoding="utf-8"))
    weights = np.random.default_rng(0).normal(size=1 << 18) * (np.arange(1 << 18) % 7 == 0)
    write(tmp_path / "a", about, weights)
    write(tmp_path / "b", about, weights)
    assert (tmp_path / "a/weights.npz").read_bytes() == (tmp_path / "b/weights.npz").read_bytes()
