"""Bytes of one input: counted for the progress bar, decoded, cut into lines.

What is not text in the encoding it claims is told and replaced, so that the rest is scanned all the same.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from sitclassify.batch.entries import Unreadable, Window
from sitclassify.batch.readers import windows

MAX_TEXT = 256 << 20  # characters of one text or line; bounds the memory
_SAMPLE = 8 << 10  # bytes looked at to tell text from binary
_BUFFER = 64 << 10
_STRANGE = 0.1  # share of control and undecodable characters from which a sample is called binary
_MARKS = (  # byte order marks; that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REPLACED = "\ufffd"
_ESCAPED = re.compile(
    "[\udc80-\udcff]"
)  # bytes that are not UTF-8, as `surrogateescape` gives them
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_NOT_DECODED = "not valid {}: read with replacement characters"
TOO_LONG = f"longer than {MAX_TEXT >> 20} MB: not scanned"
BINARY = "binary: not scanned"


class Meter:
    """Bytes read so far."""

    def __init__(self) -> None:
        self.position = 0


class Counted(io.RawIOBase):
    """A stream that counts what is read of it; `head` is what was read of it before."""

    def __init__(self, stream: BinaryIO, meter: Meter, head: bytes = b"") -> None:
        self._stream, self._meter = stream, meter
        self._head = io.BytesIO(head)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head.read(len(buffer))
        if not data:
            read = getattr(self._stream, "read1", self._stream.read)
            data = read(len(buffer))
            self._meter.position += len(data)
        buffer[: len(data)] = data
        return len(data)


class Source:
    """One input by the name it is told under; `line`: how many lines are before it in its file.

    `is_inside`: it is a later part of a file, which is UTF-8 then.
    """

    def __init__(
        self, name: str, stream: BinaryIO, meter: Meter, line: int = 0, is_inside: bool = False
    ) -> None:
        self.name = name
        self._line, self._is_inside = line, is_inside
        self._meter = meter
        self._raw = stream
        self._stream = io.BufferedReader(Counted(stream, meter), _BUFFER)

    def peek(self) -> bytes:
        """The first bytes, which are read again afterwards."""
        return self._stream.peek(_SAMPLE)[:_SAMPLE]

    def first_line(self) -> bytes:
        """The first line, which is read again afterwards."""
        line = self._stream.readline(MAX_TEXT)
        head = line + self._stream.peek(0)
        self._stream = io.BufferedReader(Counted(self._raw, self._meter, head), _BUFFER)
        return line

    def data(self) -> bytes | Unreadable:
        """Everything as bytes."""
        data = self._stream.read(MAX_TEXT + 1)
        return Unreadable(self.name, None, TOO_LONG) if len(data) > MAX_TEXT else data

    def text(self) -> Iterator[str | Unreadable]:
        """Everything as one text; and first, where its encoding is broken."""
        encoding = encoding_of(self.peek())
        data = self.data() if encoding else Unreadable(self.name, None, BINARY)
        if isinstance(data, Unreadable) or encoding is None:
            assert isinstance(data, Unreadable)
            yield data
            return
        yield from self._decoded(data, encoding)

    def _decoded(self, data: bytes, encoding: str) -> Iterator[str | Unreadable]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            text = data.decode(encoding, "replace")
            line = data.count(b"\n", 0, error.start) + 1
            yield Unreadable(self.name, line, _NOT_DECODED.format(_shown(encoding)))
        yield text

    def windows(self) -> Iterator[tuple[str, Window | None] | Unreadable]:
        """Everything as one text, or as the windows of a long one; and first, where its encoding is broken."""
        encoding = encoding_of(self.peek())
        if encoding is None:
            yield Unreadable(self.name, None, BINARY)
            return
        data = self._stream.read(windows.LONG_TEXT + 1)
        if len(data) <= windows.LONG_TEXT:
            for item in self._decoded(data, encoding):
                yield item if isinstance(item, Unreadable) else (item, None)
            return
        stream: Any = io.BufferedReader(Counted(self._stream, Meter(), data), _BUFFER)
        for text, window in windows.read_windows(stream, encoding):
            yield from self.repaired(text, window)

    def repaired(self, text: str, window: Window) -> Iterator[tuple[str, Window] | Unreadable]:
        """A window; and first, where its bytes are none of its encoding."""
        if not text.isascii() and (found := _ESCAPED.search(text, window.start, window.end)):
            line = window.line + text.count("\n", 0, found.start()) + 1
            yield Unreadable(self.name, line, _NOT_DECODED.format("UTF-8"))
        yield _ESCAPED.sub(_REPLACED, text), window

    def lines(self, newline: str = "\n") -> Iterator[tuple[int, str] | Unreadable]:
        """Number and text of each line, its end included; and what could not be read."""
        encoding = "utf-8" if self._is_inside else encoding_of(self.peek())
        if encoding is None:
            yield Unreadable(self.name, None, BINARY)
            return
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        stream = io.TextIOWrapper(self._stream, encoding, errors, newline)
        number = self._line
        while line := stream.readline(MAX_TEXT):
            number += 1
            if len(line) == MAX_TEXT and not line.endswith("\n"):
                while len(line) == MAX_TEXT and not line.endswith("\n"):
                    line = stream.readline(MAX_TEXT)
                yield Unreadable(self.name, number, TOO_LONG)
                continue
            if not line.isascii() and (_ESCAPED.search(line) or _is_broken(line, errors)):
                yield Unreadable(self.name, number, _NOT_DECODED.format(_shown(encoding)))
                line = _ESCAPED.sub(_REPLACED, line)
            yield number, line


def _is_broken(line: str, errors: str) -> bool:
    return errors == "replace" and _REPLACED in line


def _shown(encoding: str) -> str:
    return encoding.removesuffix("-sig").upper()


def encoding_of(sample: bytes) -> str | None:
    """The encoding of a text that begins with `sample`; None for binary."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if b"\0" in sample:
        return None
    text = sample.decode("utf-8", "replace")
    return None if len(_CONTROL.findall(text)) > _STRANGE * len(text) + 1 else "utf-8"
