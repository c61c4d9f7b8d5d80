"""E-mail: what people wrote into its headers, its bodies, and the files attached to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

from sitclassify.batch.entries import Entry, Place, Text, Unreadable

_HEADERS = ("from", "to", "cc", "bcc", "reply-to", "subject", "date")
_BLOCKS = frozenset(
    ("br", "div", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "p", "table", "tr")
)
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(("script", "style"))


def read_mail(
    name: str, data: bytes, attached: Callable[[str, bytes], Iterator[Entry]]
) -> Iterator[Entry]:
    """Entries of a message and of those in it. Its sender and day are the user and the time of each."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    if not any(header in message for header in _HEADERS):
        yield Unreadable(name, None, "no e-mail: it has no header")
        return
    row = {"user": _header(message, "from"), "date": _day(message)}
    bodies = files = 0
    for part in message.walk():
        if any(header in part for header in _HEADERS):  # the message, or one that it passes on
            yield from _headers(name, part, row)
        if part.is_multipart():
            continue
        file = part.get_filename()
        if file is None and part.get_content_maintype() == "text":
            bodies += 1
            told = "body" if bodies == 1 else f"body {bodies}"
            yield from _body(name, told, part, row)
        else:
            files += 1
            content = part.get_payload(decode=True)
            told = file or f"attachment {files} ({part.get_content_type()})"
            yield from attached(told, content if isinstance(content, bytes) else b"")


def _headers(name: str, message: Any, row: dict[str, Any]) -> Iterator[Text]:
    told = [(header, _header(message, header)) for header in _HEADERS]
    text = "\n".join(f"{header.title()}: {value}" for header, value in told if value)
    if text:
        yield Text(Place(name, part="headers"), text, row=row)


def _header(message: Any, name: str) -> str:
    try:
        return ", ".join(str(value) for value in message.get_all(name, ()))
    except Exception:  # the package's parser of addresses fails on some broken ones
        raw = [value for key, value in message.raw_items() if key.lower() == name]
        return ", ".join(str(value) for value in raw)


def _day(message: Any) -> str:
    try:
        return parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except ValueError:
        return ""


def _body(name: str, told: str, part: Any, row: dict[str, Any]) -> Iterator[Text | Unreadable]:
    try:
        text = part.get_content()
    except (LookupError, UnicodeError):  # a charset nobody knows
        yield Unreadable(name, None, f"{told} is in an unknown charset: read as UTF-8")
        text = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
    if part.get_content_subtype() == "html":
        told, text = f"{told} (html)", _text_of(text)
    if text and not text.isspace():
        yield Text(Place(name, part=told), text, row=row)


def _text_of(page: str) -> str:
    reader = _Page()
    reader.feed(page)
    reader.close()
    return "".join(reader.pieces)


class _Page(HTMLParser):
    """The text of a page as it is seen: a line for each block, cells of a table between tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in _CELLS:
            self.pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data)
