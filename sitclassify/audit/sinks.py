"""Where events go: a file of JSON lines, or OpenTelemetry."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from sitclassify.errors import ConfigurationError

Event = Mapping[str, Any]
_GEN_AI_EVENT = "gen_ai.client.inference.operation.details"  # OpenTelemetry semantic conventions
_ATTRIBUTES = {
    "gen_ai.request.model": "model",
    "gen_ai.provider.name": "provider",
    "gen_ai.conversation.id": "thread",
    "gen_ai.agent.name": "agent",
    "user.id": "user",
    "sitclassify.application": "application",
    "sitclassify.tenant": "tenant",
    "sitclassify.activity": "activity",
}


class Sink(Protocol):
    """Takes one event after another. After an `OSError` it is given the same again; after anything else the next."""

    def put(self, event: Event) -> None:
        """Write one event; `OSError` where that cannot be done now."""

    def close(self) -> None:
        """Let go of what is held open."""


class JsonLines:
    """A file that grows by one line of JSON an event; several processes may share it.

    A line that could be written only in part (disk full, process killed) is ended by whoever writes next, and the
    event written again whole, so that all that is lost is the half line. A file that was renamed (logrotate) is made
    anew. form: what is written of an event, as `to_ocsf`.
    """

    def __init__(self, path: str | Path, form: Callable[[Event], Event] | None = None) -> None:
        self._path = Path(path)
        self._form = form
        self._file = -1
        self._inode = (0, 0)

    def put(self, event: Event) -> None:
        """Append one event."""
        import fcntl

        shown = self._form(event) if self._form is not None else event
        line = json.dumps(shown, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        self._open()
        # Or the half line of another process would swallow ours.
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            self._append(line)
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _append(self, line: bytes) -> None:
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            line = b"\n" + line
        while line:
            line = line[os.write(self._file, line) :]

    def _open(self) -> None:
        """The file at the path, opened anew where it is another one than before."""
        if self._file >= 0:
            try:
                there = self._path.stat()
            except FileNotFoundError:
                there = None
            if there is not None and (there.st_dev, there.st_ino) == self._inode:
                return
            self.close()
        self._file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        own = os.fstat(self._file)
        self._inode = own.st_dev, own.st_ino


class OpenTelemetry:
    """Events of the GenAI semantic conventions, by the OpenTelemetry logs API. Needs `opentelemetry-api`.

    logger: of the application's own provider; left out, the global one's. The event itself is the body.
    """

    def __init__(self, logger: Any = None) -> None:
        try:
            logs: Any = importlib.import_module("opentelemetry._logs")
        except ImportError:
            raise ConfigurationError(
                "this needs the package 'opentelemetry-api': pip install 'sitclassify[otel]'"
            ) from None
        self._record = logs.LogRecord
        self._severity = logs.SeverityNumber
        self._logger = logger or logs.get_logger("sitclassify")

    def put(self, event: Event) -> None:
        """Emit one event."""
        from datetime import datetime

        attributes: dict[str, Any] = {
            name: event[field] for name, field in _ATTRIBUTES.items() if event[field] is not None
        }
        attributes["gen_ai.operation.name"] = "chat"
        attributes["sitclassify.action"] = event["decision"]["action"]
        attributes["sitclassify.sits"] = sorted(event["counts"])
        texts = [part["text"] for part in event["parts"] if part["text"] is not None]
        if texts:
            way = "output" if event["role"] == "assistant" else "input"
            content = [{"type": "text", "content": text} for text in texts]
            told = json.dumps([{"role": event["role"], "parts": content}])
            attributes[f"gen_ai.{way}.messages"] = told
        is_hindered = event["decision"]["action"] in ("warn", "redact", "block")
        self._logger.emit(
            self._record(
                timestamp=int(datetime.fromisoformat(event["time"]).timestamp() * 1e6) * 1000,
                severity_number=self._severity.WARN if is_hindered else self._severity.INFO,
                event_name=_GEN_AI_EVENT,
                attributes=attributes,
                body=dict(event),
            )
        )

    def close(self) -> None:
        """Nothing is held."""
