"""Detectors of other makers in the same scan: any callable, an ONNX file, an HTTP endpoint.

Each call runs in a thread of its own beside the packaged classifiers and is waited for until its
time-out. What fails or is late gives an answer without a score and is told in `ScanResult.skipped`;
with `on_failure="match"` it counts as a match of the level high besides (fail closed).
"""

from __future__ import annotations

import math
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sitclassify.errors import ConfigurationError
from sitclassify.results import Classification, Weighed

Answer = float | tuple[float, int, int]  # a probability; with the span that it is for
THRESHOLDS = {"low": 0.5, "medium": 0.7, "high": 0.9}  # where a detector states none of its own
_MOST_AT_ONCE = 16  # calls of one detector that may run; those that hang are never waited for again


@dataclass(frozen=True)
class ExternalClassifier:
    """A classifier that somebody else made, with the result shape of ours.

    call: takes the text, gives a probability 0..1, or `(probability, start, end)`. It is called from
    several threads at once. Whatever it raises is a failure, told by its type only: a message could
    repeat the text.
    timeout: seconds that a scan waits for it.
    thresholds: least probability of the levels low, medium and high.

    Raises `ConfigurationError` for values that make no sense.

    >>> shouts = ExternalClassifier("shouting", lambda text: float(text.isupper()))
    >>> shouts.start("STOP IT")().level
    'high'
    """

    id: str
    call: Callable[[str], Answer]
    name: str = ""
    version: str = "1"
    timeout: float = 1.0
    on_failure: Literal["skip", "match"] = "skip"
    thresholds: Mapping[str, float] = field(default_factory=lambda: THRESHOLDS, hash=False)
    _free: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(_MOST_AT_ONCE), init=False, compare=False
    )

    def __post_init__(self) -> None:
        problems = (
            ("id is a word without blanks", not self.id or len(self.id.split()) != 1),
            ("call is a callable", not callable(self.call)),
            ("timeout is a number of seconds above 0", not 0 < self.timeout < math.inf),
            ("on_failure is 'skip' or 'match'", self.on_failure not in ("skip", "match")),
            ("thresholds are 0 < low <= medium <= high <= 1", not _are_levels(self.thresholds)),
        )
        for problem, is_wrong in problems:
            if is_wrong:
                raise ConfigurationError(f"classifier '{self.id}': {problem}")

    @classmethod
    def http(cls, id: str, url: str, **options: Any) -> ExternalClassifier:
        """A JSON endpoint; `body`, `score` and `headers` as in `endpoints.post`, the rest as here."""
        from sitclassify.classifiers import endpoints

        timeout = options.get("timeout", cls.timeout)
        how = {key: options.pop(key) for key in ("body", "score", "headers") if key in options}
        return cls(id, endpoints.post(url, timeout=timeout, **how), **options)

    @classmethod
    def onnx(cls, id: str, model: str | Path, **options: Any) -> ExternalClassifier:
        """An ONNX file; `tokenizer`, `label` and `most_tokens` as in `endpoints.onnx`, the rest as here.

        Needs `pip install 'sitclassify[onnx]'`.
        """
        from sitclassify.classifiers import endpoints

        names = ("tokenizer", "label", "most_tokens")
        how = {key: options.pop(key) for key in names if key in options}
        return cls(id, endpoints.onnx(model, **how), **options)

    def start(self, text: str) -> Callable[[], Classification]:
        """Begins a call; what is returned waits for the answer."""
        if not self._free.acquire(blocking=False):
            busy = f"{_MOST_AT_ONCE} earlier calls have not ended"
            return lambda: self._failed(text, busy)
        answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        thread = threading.Thread(target=self._run, args=(text, answers), daemon=True)
        thread.start()

        def wait() -> Classification:
            try:
                return self._checked(text, answers.get(timeout=self.timeout))
            except queue.Empty:
                return self._failed(text, f"no answer within {self.timeout:g} s")

        return wait

    def _run(self, text: str, answers: queue.SimpleQueue[Any]) -> None:
        try:
            answers.put(self.call(text))
        except BaseException as error:  # of a thread of ours: nobody else would hear of it
            answers.put(error)
        finally:
            self._free.release()

    def _checked(self, text: str, answer: Any) -> Classification:
        if isinstance(answer, BaseException):
            return self._failed(text, f"raised {type(answer).__name__}")
        score, start, end = answer if isinstance(answer, tuple) else (answer, 0, len(text))
        try:
            score = float(score)
        except (TypeError, ValueError):
            return self._failed(text, f"gave {type(score).__name__}, not a probability")
        if not 0 <= score <= 1:
            return self._failed(text, "gave a number outside 0..1, not a probability")
        if not 0 <= start <= end <= len(text):
            return self._failed(text, "gave a span outside the text")
        levels = (level for level in ("high", "medium", "low") if score >= self.thresholds[level])
        found = Classification(self.id, score, next(levels, None), start, end)
        found.why = _no_reasons
        return found

    def _failed(self, text: str, reason: str) -> Classification:
        level = "high" if self.on_failure == "match" else None
        answer = Classification(self.id, None, level, 0, len(text))
        answer.failure = reason
        return answer

    def __reduce__(self) -> tuple[Any, ...]:
        return ExternalClassifier, (
            self.id, self.call, self.name, self.version, self.timeout, self.on_failure,
            dict(self.thresholds),
        )  # fmt: skip


def _no_reasons(classifier: str, start: int, end: int) -> tuple[Weighed, ...]:
    return ()


def _are_levels(thresholds: Mapping[str, float]) -> bool:
    try:
        low, medium, high = (float(thresholds[level]) for level in ("low", "medium", "high"))
    except (KeyError, TypeError, ValueError):
        return False
    return 0 < low <= medium <= high <= 1
