"""Where events go: a file that is shared, renamed, full or cut off; OpenTelemetry's own SDK."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from events import MakeEvent, read_lines

from sitclassify.audit import JsonLines, OpenTelemetry

PUT = """
import resource, sys
from sitclassify.audit import JsonLines
path, count, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
sink = JsonLines(path)
for n in range(count):
    sink.put({"from": sys.argv[4], "n": n, "text": "x" * size})
"""


def putting(path: Path, count: int, size: int, name: str) -> subprocess.Popen[bytes]:
    """Another process that puts events of about `size` bytes into the file."""
    return subprocess.Popen([sys.executable, "-c", PUT, path, str(count), str(size), name])


def test_one_line_an_event(event: MakeEvent, tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    sink = JsonLines(path)
    made = [event("card C1001"), event("nothing")]
    for one in made:
        sink.put(one)
    sink.close()
    sink.close()
    assert read_lines(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    JsonLines(path).put(made[0])
    assert len(read_lines(path)) == 3


def test_several_processes_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    processes = [putting(path, 200, 5_000, str(n)) for n in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for n in range(3):
        assert [line["n"] for line in lines if line["from"] == str(n)] == list(range(200))


def test_a_killed_process_leaves_at_most_one_half_line(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    process = putting(path, 10_000_000, 100_000, "killed")
    while not (path.exists() and path.stat().st_size > 1_000_000):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    whole = len(read_lines(path))
    JsonLines(path).put({"after": True})
    events = read_lines(path)
    assert events[-1] == {"after": True}
    assert len(events) == whole + 1
    assert len(path.read_text(encoding="utf-8").splitlines()) <= whole + 2


@pytest.mark.parametrize("half", [b'{"half": tr', b'{"whole": true}'])
def test_a_half_line_of_another_is_ended(tmp_path: Path, half: bytes) -> None:
    """Also where this sink has the file open already."""
    path = tmp_path / "audit.jsonl"
    sink = JsonLines(path)
    sink.put({"n": 1})
    with path.open("ab") as other:
        other.write(half)
    sink.put({"n": 2})
    sink.put({"n": 3})
    assert [e["n"] for e in read_lines(path) if "n" in e] == [1, 2, 3]
    assert half in path.read_bytes().splitlines()


def test_a_renamed_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    sink = JsonLines(path)
    sink.put({"n": 1})
    path.rename(tmp_path / "audit.jsonl.1")
    sink.put({"n": 2})
    path.unlink()
    sink.put({"n": 3})
    assert read_lines(path) == [{"n": 3}]
    path.rename(tmp_path / "audit.jsonl.2")
    path.touch()  # as logrotate's `create` does
    sink.put({"n": 4})
    assert read_lines(path) == [{"n": 4}]
    assert read_lines(tmp_path / "audit.jsonl.1") == [{"n": 1}]


FULL = """
import json, resource, signal, sys
from sitclassify.audit import JsonLines
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sink = JsonLines(sys.argv[1])
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
limit(3_000)
put = failed = 0
for n in range(20):
    try:
        sink.put({"n": n, "text": "x" * 500})
        put += 1
    except OSError:
        failed += 1
limit(resource.RLIM_INFINITY)
sink.put({"n": 99})
print(json.dumps([put, failed]))
"""


def test_a_full_disk(tmp_path: Path) -> None:
    """Events fail one by one, and when there is room again only the half line is lost."""
    path = tmp_path / "audit.jsonl"
    done = subprocess.run([sys.executable, "-c", FULL, path], capture_output=True, check=True)
    put, failed = json.loads(done.stdout)
    assert put == 5
    assert failed == 15
    assert [e["n"] for e in read_lines(path)] == [0, 1, 2, 3, 4, 99]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 7


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_device_without_room() -> None:
    with pytest.raises(OSError, match="No space left"):
        JsonLines("/dev/full").put({"n": 1})


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    sink = JsonLines(tmp_path / "gone" / "audit.jsonl")
    with pytest.raises(FileNotFoundError):
        sink.put({"n": 1})
    (tmp_path / "gone").mkdir()
    sink.put({"n": 1})
    assert read_lines(tmp_path / "gone" / "audit.jsonl") == [{"n": 1}]


def test_opentelemetry(event: MakeEvent) -> None:
    """Through the SDK's own logger, as a collector would get it."""
    sdk: Any = pytest.importorskip("opentelemetry.sdk._logs", reason="needs opentelemetry-sdk")
    from opentelemetry.sdk._logs import export

    exporter = export.InMemoryLogRecordExporter()
    provider = sdk.LoggerProvider()
    provider.add_log_record_processor(export.SimpleLogRecordProcessor(exporter))
    sink = OpenTelemetry(provider.get_logger("test"))
    said = {"model": "m", "provider": "p", "thread": "t", "agent": "a"}
    made = event("badge B1001", of={"application": "chat", "user": "ada"}, said=said)
    sink.put(made)
    sink.put(event("nothing", of={"activity": "downloadText"}, collect="metadata"))
    sink.close()
    provider.shutdown()
    first, second = (item.log_record for item in exporter.get_finished_logs())
    assert first.event_name == "gen_ai.client.inference.operation.details"
    assert first.severity_number.name == "WARN"
    assert second.severity_number.name == "INFO"
    attributes = dict(first.attributes)
    assert attributes["gen_ai.request.model"] == "m"
    assert attributes["sitclassify.action"] == "block"
    assert list(attributes["sitclassify.sits"]) == ["badge"]
    assert json.loads(attributes["gen_ai.input.messages"]) == [
        {"role": "user", "parts": [{"type": "text", "content": "badge <BADGE>"}]}
    ]
    assert "gen_ai.output.messages" not in second.attributes
    assert first.body["id"] == made["id"]
    assert abs(first.timestamp / 1e9 - second.timestamp / 1e9) < 60
    assert "B1001" not in str(first.body) + str(attributes)
