"""The writer behind the request path: it never waits, loses nothing in silence, or is mandatory and says so."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from events import WriteTo, read_lines

from sitclassify import AuditError, ConfigurationError
from sitclassify.audit import JsonLines, Writer


class Gate:
    """A sink that lets events through when it is told to, and may fail before."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self.open = threading.Event()
        self.entered = threading.Event()
        self.failures: list[Exception] = []

    def put(self, event: Any) -> None:
        self.entered.set()
        if self.failures:
            raise self.failures.pop(0)
        assert self.open.wait(30)
        self.events.append(event)

    def close(self) -> None:
        self.open.set()


@pytest.fixture
def gate() -> Iterator[Gate]:
    one = Gate()
    yield one
    one.open.set()


def test_in_order_and_numbered(write: WriteTo, tmp_path: Path) -> None:
    with Writer(JsonLines(tmp_path / "a.jsonl")) as writer:
        for n in range(50):
            assert write(writer, user=str(n))
    events = read_lines(tmp_path / "a.jsonl")
    assert [e["user"] for e in events] == [str(n) for n in range(50)]
    assert [e["origin"]["sequence"] for e in events] == list(range(1, 51))
    assert len({e["origin"]["writer"] for e in events}) == 1
    assert writer.status() == (50, 0, 0, None)


def test_many_threads(write: WriteTo, tmp_path: Path) -> None:
    writer = Writer(JsonLines(tmp_path / "a.jsonl"))
    threads = [
        threading.Thread(target=lambda: [write(writer) for _ in range(50)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert writer.close() == (400, 0, 0, None)
    events = read_lines(tmp_path / "a.jsonl")
    assert [e["origin"]["sequence"] for e in events] == list(range(1, 401))


def test_a_full_queue_is_counted_and_told(write: WriteTo, gate: Gate) -> None:
    writer = Writer(gate, queue=3)
    assert [write(writer) for _ in range(5)] == [True, True, True, False, False]
    assert writer.status() == (0, 3, 2, None)
    gate.open.set()
    while writer.status().waiting:
        pass
    assert write(writer)
    assert writer.close() == (4, 0, 2, None)
    assert [e["origin"]["sequence"] for e in gate.events] == [1, 2, 3, 6]
    assert [e["origin"]["lost"] for e in gate.events] == [0, 0, 0, 2]


def test_a_queue_is_also_full_of_characters(write: WriteTo, gate: Gate) -> None:
    """One text of any size is always taken."""
    writer = Writer(gate, queue_characters=100)
    assert write(writer, "x" * 1_000)
    assert not write(writer, "x")
    gate.open.set()
    assert writer.close().written == 1


@pytest.mark.parametrize(
    ("collect", "application", "kept"),
    [
        ("none", "chat", "nothing"),
        ("metadata", "chat", None),
        ({"chat": "none"}, "chat", "nothing"),
        ({"chat": "none"}, "mail", "card <CARD>"),
        ({"chat": "full", "*": "metadata"}, "chat", "card C1001"),
        ({"chat": "full", "*": "metadata"}, None, None),
    ],
)
def test_what_is_collected_of_each_application(
    write: WriteTo, gate: Gate, collect: Any, application: str | None, kept: str | None
) -> None:
    gate.open.set()
    writer = Writer(gate, collect=collect)
    assert write(writer, application=application) is (kept != "nothing")
    writer.close()
    texts = [e["parts"][0]["text"] for e in gate.events]
    assert texts == ([] if kept == "nothing" else [kept])


def test_another_kind_of_collection(gate: Gate) -> None:
    with pytest.raises(ConfigurationError, match="collect is one of none, metadata"):
        Writer(gate, collect={"chat": "everything"})


def test_a_sink_that_fails_is_asked_again_and_told_of_once(write: WriteTo, gate: Gate) -> None:
    told: list[str] = []
    gate.failures = [OSError(28, "No space left on device"), OSError(28, "No space left on device")]
    gate.open.set()
    writer = Writer(gate, on_trouble=told.append)
    assert write(writer)
    assert writer.close() == (1, 0, 0, None)
    assert told == [
        "audit events cannot be written: No space left on device",
        "audit events are written again; lost so far: 0",
    ]


def test_one_broken_event_does_not_end_the_writer(write: WriteTo, gate: Gate) -> None:
    told: list[str] = []
    gate.failures = [ValueError("C1001")]
    gate.open.set()

    def on_trouble(what: str) -> None:
        told.append(what)
        raise RuntimeError("a callback that fails ends it neither")

    writer = Writer(gate, on_trouble=on_trouble)
    assert write(writer)
    assert write(writer)
    assert writer.close() == (1, 0, 1, None)
    assert told == ["an audit event cannot be made or written: ValueError"]


def test_mandatory_and_written(write: WriteTo, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with Writer(JsonLines(path), mandatory=True) as writer:
        for n in range(1, 4):
            assert write(writer)
            assert len(read_lines(path)) == n  # when `write` is back it stands there


@pytest.mark.parametrize(
    ("failure", "why"),
    [
        (None, "not within 0.2 seconds"),
        (OSError(28, "No space left on device"), "No space left on device"),
    ],
)
def test_mandatory_and_not_written(
    write: WriteTo, gate: Gate, failure: Exception | None, why: str
) -> None:
    gate.failures = [failure] * 100 if failure else []
    writer = Writer(gate, mandatory=True, timeout=0.2)
    with pytest.raises(AuditError, match=f"not written: {why}; do not let the request go on"):
        write(writer)
    assert writer.status().lost == 1
    assert writer.status().waiting == 0


def test_mandatory_and_broken_does_not_wait(write: WriteTo, gate: Gate) -> None:
    gate.failures = [ValueError("x")]
    with pytest.raises(AuditError, match="it cannot be made"):
        write(Writer(gate, mandatory=True, timeout=600))


def test_mandatory_and_full(write: WriteTo, gate: Gate) -> None:
    writer = Writer(gate, mandatory=True, timeout=20, queue=1)
    first = threading.Thread(target=write, args=(writer,))
    first.start()
    assert gate.entered.wait(20)
    with pytest.raises(AuditError, match="the queue is full"):
        write(writer)
    gate.open.set()
    first.join()
    assert writer.close() == (1, 0, 1, None)


def test_closed_with_events_that_cannot_be_written(write: WriteTo, gate: Gate) -> None:
    told: list[str] = []
    writer = Writer(gate, on_trouble=told.append)
    for _ in range(3):
        write(writer)
    assert gate.entered.wait(20)
    status = writer.close(timeout=0.1)
    assert status.lost == 3
    assert told == ["closed with 3 audit events not written: too slow"]
    assert not write(writer), "a closed writer takes nothing"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_fork_writes_too(write: WriteTo, tmp_path: Path) -> None:
    """As a writer of its own, and not what the parent had waiting."""
    path = tmp_path / "a.jsonl"
    writer = Writer(JsonLines(path))
    write(writer, user="parent")
    child = os.fork()
    if not child:
        write(writer, user="child")
        os._exit(0 if writer.close().written == 1 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    writer.close()
    events = {e["user"]: e["origin"] for e in read_lines(path)}
    assert set(events) == {"parent", "child"}
    assert events["parent"]["writer"] != events["child"]["writer"]
    assert {o["sequence"] for o in events.values()} == {1}
