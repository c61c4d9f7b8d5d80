"""ONNX files through onnxruntime and tokenizers themselves; both are in the extra `onnx`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitclassify.classifiers import ExternalClassifier, load
from sitclassify.errors import ConfigurationError, ModelError

pytestmark = pytest.mark.slow
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")
onnx = pytest.importorskip("onnx")


def _save(path: Path, nodes: list[object], inputs: list[object], outputs: list[object]) -> Path:
    graph = onnx.helper.make_graph(nodes, "toy", inputs, outputs)
    versions = [onnx.helper.make_opsetid("", 17), onnx.helper.make_opsetid("ai.onnx.ml", 3)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=versions, ir_version=8), path)
    return path


@pytest.fixture
def of_tokens(tmp_path: Path) -> Path:
    """Logits are (0, sum of the ids - 5)."""
    make, value = onnx.helper.make_node, onnx.helper.make_tensor_value_info
    ids, mask = (
        value(name, onnx.TensorProto.INT64, [1, "n"]) for name in ("input_ids", "attention_mask")
    )
    nodes = [
        make("Mul", ["input_ids", "attention_mask"], ["seen"]),
        make("ReduceSum", ["seen"], ["sum"], keepdims=1),
        make("Cast", ["sum"], ["total"], to=onnx.TensorProto.FLOAT),
        make("Constant", [], ["five"], value_float=5.0),
        make("Sub", ["total", "five"], ["yes"]),
        make("Mul", ["total", "zero"], ["no"]),
        make("Concat", ["no", "yes"], ["logits"], axis=1),
    ]
    nodes.insert(0, make("Constant", [], ["zero"], value_float=0.0))
    logits = value("logits", onnx.TensorProto.FLOAT, [1, 2])
    return _save(tmp_path / "tokens.onnx", nodes, [ids, mask], [logits])


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = Tokenizer(models.WordLevel({"fine": 1, "bad": 9, "?": 0}, unk_token="?"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.save(str(tmp_path / "tokenizer.json"))
    return tmp_path / "tokenizer.json"


def test_token_ids(of_tokens: Path, tokenizer: Path) -> None:
    guard = ExternalClassifier.onnx("guard", of_tokens, tokenizer=tokenizer, timeout=10.0)
    classify, _ = load([guard])
    assert classify("a bad idea")[0].score == pytest.approx(0.982, abs=1e-3)  # logistic of 4
    assert classify("a fine idea")[0].score == pytest.approx(0.018, abs=1e-3)


def test_strings(tmp_path: Path) -> None:
    value = onnx.helper.make_tensor_value_info
    look_up = onnx.helper.make_node(
        "LabelEncoder", ["text"], ["score"], domain="ai.onnx.ml",
        keys_strings=["bad"], values_floats=[0.95], default_float=0.25,
    )  # fmt: skip
    path = _save(
        tmp_path / "strings.onnx", [look_up],
        [value("text", onnx.TensorProto.STRING, [1])], [value("score", onnx.TensorProto.FLOAT, [1])],
    )  # fmt: skip
    classify, _ = load([ExternalClassifier.onnx("look-up", path, timeout=10.0)])
    assert classify("bad")[0].level == "high" and classify("good")[0].level is None


def test_files_that_cannot_be_used(tmp_path: Path, of_tokens: Path) -> None:
    (tmp_path / "no.onnx").write_bytes(b"none")
    with pytest.raises(ModelError, match="is no ONNX model"):
        ExternalClassifier.onnx("x", tmp_path / "no.onnx")
    with pytest.raises(ConfigurationError, match=r"name its tokenizer\.json"):
        ExternalClassifier.onnx("x", of_tokens)
    with pytest.raises(ModelError, match="is no tokenizer"):
        ExternalClassifier.onnx("x", of_tokens, tokenizer=tmp_path / "no.onnx")
