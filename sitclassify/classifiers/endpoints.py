"""Calls that `ExternalClassifier` wraps: a JSON endpoint and an ONNX file."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sitclassify.errors import ConfigurationError, ModelError

TEXT = "{text}"  # stands for the text in a request body


def post(
    url: str,
    *,
    body: Any = None,
    score: str | Callable[[Any], float] = "/score",
    headers: Mapping[str, str] | None = None,
    timeout: float = 1.0,
) -> Callable[[str], float]:
    """A call that posts JSON and reads the probability from the JSON that comes back.

    body: any JSON value, every string `"{text}"` in it replaced by the text; None: `{"text": "{text}"}`.
    score: a JSON pointer (RFC 6901), or a function of the whole answer.
    """
    if not url.startswith(("http://", "https://")):
        raise ConfigurationError(f"the URL of a classifier begins with http:// or https://: {url}")
    template = {"text": TEXT} if body is None else body
    sent = {"content-type": "application/json", **(headers or {})}
    read = score if callable(score) else _pointer(score)

    def call(text: str) -> float:
        data = json.dumps(_filled(template, text)).encode()
        request = urllib.request.Request(url, data, sent, method="POST")
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return float(read(json.load(response)))

    return call


def _filled(template: Any, text: str) -> Any:
    if template == TEXT:
        return text
    if isinstance(template, Mapping):
        return {key: _filled(value, text) for key, value in template.items()}
    return [_filled(value, text) for value in template] if isinstance(template, list) else template


def _pointer(pointer: str) -> Callable[[Any], Any]:
    if not pointer.startswith("/"):
        raise ConfigurationError(f"a JSON pointer begins with '/': {pointer}")
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")]

    def read(value: Any) -> Any:
        for step in steps:
            value = value[int(step)] if isinstance(value, list) else value[step]
        return value

    return read


def onnx(
    model: str | Path,
    *,
    tokenizer: str | Path | None = None,
    label: int = 1,
    most_tokens: int = 512,
) -> Callable[[str], float]:
    """A call of an ONNX file: the probability of one of its labels.

    A model that takes strings gets the text; one that takes token ids needs its `tokenizer.json`. Logits
    become probabilities (softmax; the logistic function where there is one).
    Raises `ConfigurationError` where the extra is not installed, `ModelError` for files that cannot be used.
    """
    try:
        import onnxruntime
    except ImportError:
        raise ConfigurationError(
            "ONNX files need onnxruntime: pip install 'sitclassify[onnx]'"
        ) from None
    try:
        session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own hierarchy is not public
        raise ModelError(f"{model}: is no ONNX model: {type(error).__name__}") from None
    inputs = {entry.name: entry for entry in session.get_inputs()}
    if any(entry.type == "tensor(string)" for entry in inputs.values()):
        feed = _strings(inputs)
    elif tokenizer is None:
        raise ConfigurationError(
            f"{model}: takes token ids: name its tokenizer.json (tokenizer=...)"
        )
    else:
        feed = _token_ids(Path(tokenizer), inputs, most_tokens)

    def call(text: str) -> float:
        return _probability(session.run(None, feed(text)), label)

    return call


def _strings(inputs: Mapping[str, Any]) -> Callable[[str], dict[str, Any]]:
    import numpy as np

    ((name, entry),) = inputs.items()
    shape = (1,) * len(entry.shape)
    return lambda text: {name: np.array([text], object).reshape(shape)}


def _token_ids(path: Path, inputs: Mapping[str, Any], most: int) -> Callable[[str], dict[str, Any]]:
    import numpy as np

    try:
        from tokenizers import Tokenizer
    except ImportError:
        raise ConfigurationError(
            "token ids need the tokenizers package: pip install 'sitclassify[onnx]'"
        ) from None
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises plain Exception
        raise ModelError(f"{path}: is no tokenizer.json: {type(error).__name__}") from None
    tokenizer.enable_truncation(most)

    def feed(text: str) -> dict[str, Any]:
        encoded = tokenizer.encode(text)
        known = {
            "input_ids": encoded.ids,
            "attention_mask": encoded.attention_mask,
            "token_type_ids": encoded.type_ids,
        }
        return {name: np.array([known[name]], np.int64) for name in inputs}

    return feed


def _probability(outputs: list[Any], label: int) -> float:
    """Of the last output: probabilities as they are, logits made such."""
    import numpy as np

    last = outputs[-1]
    if isinstance(last, list):  # scikit-learn's converter gives one mapping a row
        return float(last[0][label])
    row = np.asarray(last, np.float64).reshape(-1)
    if len(row) == 1:
        return float(row[0] if 0 <= row[0] <= 1 else 0.5 + 0.5 * np.tanh(row[0] / 2))
    if row.min() < 0 or abs(row.sum() - 1) > 1e-3:
        row = np.exp(row - row.max())
        row /= row.sum()
    return float(row[label])
