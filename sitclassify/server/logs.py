"""Log lines as JSON, one a line, on standard error; never a text, a value or a path with a user in it."""

from __future__ import annotations

import json
import logging
import time
import traceback
from typing import Any

_NAME = "sitclassify.server"
_LEVELS = {"WARNING": "warn"}


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, Any] = {
            "time": f"{stamp}.{int(record.msecs):03d}Z",
            "level": _LEVELS.get(record.levelname, record.levelname.lower()),
            "event": record.getMessage() if record.name == _NAME else "server",
        }
        if record.name != _NAME:
            line["message"] = record.getMessage()
        line |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1] is not None:
            line |= _place(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class Log:
    """What a server says of itself."""

    def __init__(self) -> None:
        self._logger = logging.getLogger(_NAME)

    def request(self, dialect: str, operation: str, status: int, name: str, seconds: float) -> None:
        """One answered request."""
        self._say(
            logging.INFO, "request", dialect=dialect, operation=operation, status=status,
            id=name, milliseconds=round(seconds * 1000, 3),
        )  # fmt: skip

    def unchecked(self, dialect: str, reason: str, outcome: str) -> None:
        """Content that passed or was stopped without having been checked."""
        self._say(logging.WARNING, "unchecked", dialect=dialect, reason=reason, outcome=outcome)

    def fault(self, fault: BaseException, name: str) -> None:
        """A fault of ours: its kind and where, not its message, which may quote what was scanned."""
        self._say(logging.ERROR, "fault", id=name, **_place(fault))

    def state(self, event: str, **told: Any) -> None:
        """Start, reload, stop."""
        self._say(logging.INFO, event, **told)

    def failed(self, event: str, message: str) -> None:
        """A reload that did not happen: configuration is no content, so its message is told."""
        self._say(logging.ERROR, event, message=message)

    def _say(self, level: int, event: str, **told: Any) -> None:
        self._logger.log(level, event, extra={"told": told})


def _place(fault: BaseException) -> dict[str, str]:
    frames = traceback.extract_tb(fault.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return {"kind": type(fault).__name__, "where": where}


def configuration(level: str = "INFO") -> dict[str, Any]:
    """`logging.config.dictConfig` for the server and uvicorn; uvicorn's access log, which shows paths, is off."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": f"{__name__}._Lines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "loggers": {
            _NAME: {"handlers": ["stderr"], "level": level, "propagate": False},
            "py.warnings": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "uvicorn.access": {"handlers": [], "propagate": False},
        },
    }
