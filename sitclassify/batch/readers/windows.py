"""Plain texts too long to be scanned at once: windows with some of the text before and after them.

A finding belongs to the window that it begins in. What a scan of the whole would find is found, but for evidence and
headers of tables farther away than `OVERLAP`; a classifier judges each window by itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from sitclassify.batch.entries import Window

LONG_TEXT = 32 << 20  # bytes from which on a text is cut
WINDOW = 4 << 20  # bytes or characters of a window
OVERLAP = 64 << 10  # and of the text before and after: four times the longest value


def read_windows(stream: BinaryIO, encoding: str) -> Iterator[tuple[str, Window]]:
    """The windows of a stream, one after the other; bytes not of its encoding are escaped, as in lines."""
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    text = io.TextIOWrapper(stream, encoding, errors, newline="")
    held, start = "", 0
    offset = line = column = 0
    while True:
        while len(held) < start + WINDOW + OVERLAP and (more := text.read(WINDOW)):
            held += more
        if len(held) < start + WINDOW + OVERLAP:
            yield held, Window(start, len(held), offset, line, column)
            return
        end = held.rfind("\n", start + WINDOW // 2, start + WINDOW) + 1 or start + WINDOW
        yield held[: end + OVERLAP], Window(start, end, offset, line, column)
        low = held.find("\n", end - OVERLAP, end - 1) + 1 or end - OVERLAP
        offset, line, column = _after(held[:low], offset, line, column)
        held, start = held[low:], end - low


def _after(text: str, offset: int, line: int, column: int) -> tuple[int, int, int]:
    """Characters, lines, and characters of the last line that are before what follows `text`."""
    breaks = text.count("\n")
    column = len(text) - text.rfind("\n") - 1 if breaks else column + len(text)
    return offset + len(text), line + breaks, column


def cut_text(stream: BinaryIO, size: int) -> Iterator[tuple[int, int, Window]]:
    """Where a UTF-8 file can be cut: bytes from and to, and in `Window` what is before; ends of lines where it can."""
    start, data = 0, b""
    offset = line = column = 0
    while True:
        data += stream.read(size - len(data))
        if not data:
            return
        end = data.rfind(b"\n", len(data) // 2) + 1 if len(data) == size else len(data)
        if not end:
            end = len(data)
            while end > len(data) - 3 and data[end - 1] & 0xC0 == 0x80:  # inside a character
                end -= 1
            end -= data[end - 1] >= 0xC0
        text = _decoded(data[:end], start)
        yield start, start + end, Window(0, len(text), offset, line, column)
        offset, line, column = _after(text, offset, line, column)
        start, data = start + end, data[end:]


def read_window(stream: BinaryIO, start: int, end: int, before: Window) -> tuple[str, Window]:
    """The window of the bytes from `start` to `end` of a UTF-8 file."""
    low = max(0, start - OVERLAP)
    stream.seek(low)
    head = stream.read(start - low)
    skipped = head.find(b"\n") + 1 if low else 0  # the rest of a line
    is_inside = bool(low) and not skipped
    while is_inside and skipped < len(head) and head[skipped] & 0xC0 == 0x80:  # and of a character
        skipped += 1
    above, own = _decoded(head[skipped:], low), _decoded(stream.read(end - start), start)
    after = stream.read(OVERLAP).decode("utf-8", "ignore")
    column = before.column - len(above) if is_inside else 0
    line, offset = before.line - above.count("\n"), before.offset - len(above)
    window = Window(len(above), len(above) + len(own), offset, line, column)
    return above + own + after, window


def _decoded(data: bytes, start: int) -> str:
    return data.decode("utf-8" if start else "utf-8-sig", "surrogateescape")
