"""What a row says beside its texts: who, through which application, on which day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sitclassify.batch.names import Names
from sitclassify.batch.readers.json_rows import MISSING, dig
from sitclassify.batch.records import Record
from sitclassify.scanner import Scanner

USERS = ("user", "user_id", "userId", "user_name", "username", "upn")
APPLICATIONS = ("application", "app", "app_name", "appName", "client")
TIMES = ("timestamp", "time", "created_at", "createdAt", "created", "date", "ts")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST = 80  # characters of a name that are told
_MILLISECONDS = 1e11  # a time from here on counts milliseconds: the seconds of the year 5138


class Fields(NamedTuple):
    """The fields of a row that hold them; None: the first known name that the row has."""

    user: str | None = None
    application: str | None = None
    time: str | None = None

    def names(self) -> tuple[str, ...]:
        """Every name that is looked for."""
        asked = ((self.user, USERS), (self.application, APPLICATIONS), (self.time, TIMES))
        return tuple(n for one, known in asked for n in ((one,) if one else known))


class Facet(NamedTuple):
    """User, application and day (`2026-11-25`) of a row; empty where it does not say."""

    user: str = ""
    application: str = ""
    day: str = ""


NONE = Facet()


class Facets:
    """Reads the facets of rows. What is a finding in a name is masked, unless it was asked for by field."""

    def __init__(self, scanner: Scanner, fields: Fields) -> None:
        self._names, self._fields = Names(scanner.scan), fields

    def of(self, record: Record) -> Facet:
        """The facets of the row that a record is from."""
        row = record.row
        if row is None:
            return NONE
        fields = self._fields
        user = _name(_first(row, fields.user, USERS))
        if user and fields.user is None:
            user = self._names.shown(user, "user:")
        application = _name(_first(row, fields.application, APPLICATIONS))
        if application and fields.application is None:
            application = self._names.shown(application)
        return Facet(user, application, day_of(_first(row, fields.time, TIMES)))


def _first(row: Mapping[str, Any], asked: str | None, known: tuple[str, ...]) -> Any:
    if asked:
        value = dig(row, asked)
        return None if value is MISSING else value
    values = (row.get(name) for name in known if name in row)
    return next((value for value in values if value is not None), None)


def _name(value: Any) -> str:
    is_told = isinstance(value, (str, int)) and not isinstance(value, bool)
    return str(value)[:_MOST] if is_told else ""


def day_of(value: Any) -> str:
    """The day of a date, an ISO 8601 text, or seconds or milliseconds since 1970; empty where it is none.

    >>> day_of("2026-11-25T09:30:00Z"), day_of(1764063000), day_of(1764063000000), day_of("soon")
    ('2026-11-25', '2025-11-25', '2025-11-25', '')
    """
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()[:10]
    if isinstance(value, str):
        found = _DAY.match(value)
        return found.group() if found else ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1000 if value >= _MILLISECONDS else value
        try:
            return datetime.fromtimestamp(seconds, UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            return ""
    return ""
