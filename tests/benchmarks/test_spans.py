"""The scoring of spans: what is right, what is a false alarm, and of what."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console

from benchmarks import detectors
from benchmarks.detectors import Found
from benchmarks.quality import prompts, spans
from benchmarks.quality.spans import Scored
from benchmarks.scanners import Scanners
from sitclassify.errors import ConfigurationError

RIGHT = {"card": frozenset(["credit-card-number"]), "ssn": frozenset(["us-social-security-number"])}
SITS = {"CC": RIGHT["card"], "SSN": RIGHT["ssn"]}
ROWS: list[dict[str, Any]] = [
    {
        "text": "4111 1111 1111 1111 and 536-90-4399 and 77",
        "language": "en",
        "genre": "chat",
        "spans": [
            {"start": 0, "end": 19, "label": "card"},
            {"start": 24, "end": 35, "label": "ssn"},
        ],
        "lures": [{"start": 40, "end": 42, "label": "number"}],
    },
    {"text": "none", "language": "de", "genre": "note", "spans": [], "lures": []},
]


def scored(*found: list[Found]) -> list[Scored]:
    return [Scored(row, f, SITS, RIGHT) for row, f in zip(ROWS, found, strict=True)]


def test_hits_misses_and_false_alarms() -> None:
    one = scored(
        [Found(0, 19, "CC", 85), Found(24, 35, "CC", 85), Found(40, 42, "SSN", 65)],
        [Found(0, 4, "SSN", 65)],
    )
    told = spans.figures(one)
    assert (told["recall"]["hits"], told["recall"]["of"]) == (1, 2)
    assert (told["precision"]["hits"], told["precision"]["of"]) == (1, 4)
    assert told["f1"] == pytest.approx(2 / (2 + 3 + 1), abs=1e-4)
    kinds = spans.kinds(one)
    assert kinds["card"]["false alarms on"] == {"ssn": 1}
    assert kinds["ssn"]["false alarms on"] == {"number": 1, "nothing": 1}
    assert spans.lures(one)["number"]["share"] == 1
    assert spans.levels(one)["85"]["share"] == 0.5
    assert spans.alarms_by(one, "language")["de"]["per 1,000 texts"] == 1000


def test_the_interval_of_f1_holds_it_and_is_exact_at_its_end() -> None:
    told = spans.f1(20, 0, 0)
    low, high = told["interval"]
    least = 0.025 ** (1 / 20)  # Clopper and Pearson's lower bound of n of n
    assert (told["f1"], high) == (1, 1)
    assert low == pytest.approx(2 * least / (1 + least), abs=1e-5)


def test_a_shifted_span_is_partly_right() -> None:
    pytest.importorskip("nervaluate")
    told = spans.schemas(scored([Found(0, 19, "CC"), Found(24, 30, "SSN")], []))
    assert told["type"]["f1"] == 1
    assert told["exact"]["f1"] == 0.5
    assert told["partial"]["f1"] == 0.75


def test_the_corpus_is_measured_and_told() -> None:
    pytest.importorskip("nervaluate")
    sit = "netherlands-citizens-service-number"
    rows = [r for r in prompts.rows() if {s["label"] for s in r["spans"]} == {sit}][:3]
    scanners = Scanners()
    few = scanners.load(sits=(sit,))
    scanners.load = lambda **_: few  # type: ignore[method-assign]  # four whole catalogues take minutes
    figures = prompts.run(scanners, rows, Console(quiet=True))
    assert figures["thresholds"]["recommended"]["recall"]["share"] == 1
    assert figures["kinds"][sit]["f1"] == 1
    assert prompts.tables(figures)[0].row_count == 1 + len(prompts.LEVELS)


@pytest.fixture
def address() -> Iterator[str]:
    class Answers(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = json.loads(self.rfile.read(int(self.headers["content-length"])))["text"]
            body = json.dumps({"spans": [{"start": 0, "end": len(text), "label": "CC"}]}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: what was asked is nobody else's business."""

    with http.server.HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def told(text: str) -> list[dict[str, Any]]:
    return [{"start": 0, "end": len(text), "label": "CC"}]


def test_a_detector_is_a_callable_or_an_address(address: str) -> None:
    for name in (f"{__name__}:told", address):
        assert detectors.named(name)("4111") == [Found(0, 4, "CC")]
    for name, why in (("nothing", "module:function"), ("nowhere:find", "cannot be imported")):
        with pytest.raises(ConfigurationError, match=f"--detector: .*{why}"):
            detectors.named(name)
    with pytest.raises(ConfigurationError, match="answered no spans"):
        detectors.named("builtins:len")("4111")
