"""What a scan found, in numbers: for the summary and the exit status."""

from __future__ import annotations

from collections import Counter

from sitclassify.cli.entries import Unreadable
from sitclassify.cli.findings import Record
from sitclassify.cli.terminal import Terminal

LEVELS = ("low", "medium", "high")
_MOST_TOLD = 20  # unreadable inputs told one by one


class Tally:
    """Counts texts, findings by SIT and level, and what could not be read."""

    def __init__(self) -> None:
        self.texts = self.unread = self.parts = 0
        self.seconds = 0.0
        self.bytes = 0
        self.sits: dict[str, Counter[str]] = {}

    def add(self, record: Record) -> None:
        """Count a text and what was found in it."""
        self.texts += 1
        self.parts += len(record.result.skipped)
        for detection in record.result.detections:
            name = record.result.name_of(detection.sit)
            self.sits.setdefault(name, Counter())[detection.level] += 1

    def unreadable(self, item: Unreadable, terminal: Terminal) -> None:
        """Count what could not be read, and tell the first ones."""
        self.unread += 1
        if self.unread <= _MOST_TOLD:
            terminal.say(f"sitclassify: {item}", style="yellow")

    def tell_rest(self, terminal: Terminal) -> None:
        """Tell how many more could not be read than were told one by one."""
        if self.unread > _MOST_TOLD:
            more = f"sitclassify: {self.unread - _MOST_TOLD:,} more could not be read"
            terminal.say(more, style="yellow")

    def reaches(self, level: str) -> bool:
        """Whether there is a detection of this level or a higher one."""
        wanted = LEVELS[LEVELS.index(level) :]
        return any(levels[name] for levels in self.sits.values() for name in wanted)

    def told(self) -> str:
        """The summary in one line."""
        levels = {name: sum(found[name] for found in self.sits.values()) for name in LEVELS}
        shown = ", ".join(f"{levels[name]:,} {name}" for name in reversed(LEVELS))
        rate = self.bytes / max(self.seconds, 1e-9) / 1e6
        parts = [
            f"{_many(self.texts, 'text')}, {_many(sum(levels.values()), 'finding')} of "
            f"{_many(len(self.sits), 'type')} ({shown}) in {self.seconds:.2f} s, {rate:.3g} MB/s"
        ]
        if self.parts:
            parts.append(f"{_many(self.parts, 'part')} of messages no text")
        if self.unread:
            parts.append(f"{_many(self.unread, 'input')} not read")
        return "; ".join(parts)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
