"""A text that arrives in chunks, redacted and decided about before it goes on.

What goes out is what `ScanResult.redact` makes of the whole text, as soon as the stream scanner says that nothing
later can change it (`Stream.safe_end`); nothing more is held back. Policies are evaluated on what is settled: a block
ends the stream.

What went out stays out, so a stream differs from the whole text where something comes to light too late:

- a rule that counts (`min_count: 3`) redacts from the value on that made it hold, and a block keeps back what
  follows;
- classifiers and SITs with unlimited proximity report at the end (`RedactingStream.late`);
- a replacement can bring evidence nearer to what stands before it. What is not out yet is then replaced too;
- placeholders are numbered, and those of a text itself avoided, as they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sitclassify.policy import Context, Decision, Policies
from sitclassify.redaction import Method, PerDetection, Placeholder, Span, Vault, method_of, redact
from sitclassify.results import Detection, ScanResult
from sitclassify.rules import distinct
from sitclassify.scanner import Scanner

_BEHIND = 4_096  # characters that went out and can be evidence, or rows of a table
_KEYED = ("hash", "encrypt", "fake")


def settled_end(scanner: Scanner, text: str) -> int:
    """Up to where no later text can change what is found in `text`, which goes on."""
    stream = scanner.stream()
    stream.feed(text)
    return stream.safe_end


class Methods:
    """Redaction methods by name, one object each: the same value is replaced alike wherever it stands."""

    def __init__(self, *, key: bytes | None = None, vault: Vault | None = None) -> None:
        self._key, self.vault = key, Vault() if vault is None else vault
        self._made: dict[str, Method] = {}

    def __call__(self, name: str) -> Method:
        """The method; `ConfigurationError` where it needs a key or a package that is not there."""
        if name not in self._made:
            options: dict[str, Any] = {}
            if name == "placeholder":
                options["vault"] = self.vault
            elif name in _KEYED and self._key is not None:
                options["key"] = self._key
            self._made[name] = method_of(name, **options)
        return self._made[name]


class RedactingStream:
    """Takes in a text in chunks and gives it out redacted; used by one thread at a time.

    method: how every value is replaced, as `ScanResult.redact` takes it. With `policies` these say what is replaced
    and, unless a method is given, how; `sender` is whom they are asked about, `methods` holds key and vault.
    context: text thought to stand before, as `Scanner.scan` takes it. Raises `PolicyError` where the scanner was not
    loaded for the policies, `ConfigurationError` for a wrong method.

    >>> import sitclassify
    >>> scanner = sitclassify.load(sits="us-social-security-number", classifiers=())
    >>> stream = RedactingStream(scanner, "mask")
    >>> "".join([stream.feed("My SSN is 536-9"), stream.feed("0-4399."), stream.close()])
    'My SSN is ***-**-****.'
    """

    def __init__(
        self,
        scanner: Scanner,
        method: Any = None,
        *,
        policies: Policies | None = None,
        sender: Context = Context(),  # noqa: B008 - frozen
        methods: Methods | None = None,
        context: str | None = None,
    ) -> None:
        self._stream = scanner.stream(context=context)
        self._about = scanner.scan("").about
        self._policies, self._sender = policies, sender
        self._methods = methods or Methods()
        fixed = "label" if method is None and policies is None else method
        self._method = None if fixed is None else method_of(fixed)
        self._held = ""  # what came and is not out yet
        self._start = 0  # where that begins in the text
        self._out = f"{context[-_BEHIND:]}\n" if context else ""  # the end of what went out
        self._since = _BEHIND  # characters that went out after the last replacement
        self._values: dict[tuple[Any, ...], tuple[Detection, str]] = {}  # one of each that counts
        self.detections: list[Detection] = []
        self.late: list[Detection] = []
        self.decision: Decision | None = None
        if policies is not None:
            self._decide(())

    @property
    def is_blocked(self) -> bool:
        """Whether policy ended the stream: nothing more comes out of it. `decision.message` says why."""
        return self.decision is not None and self.decision.action == "block"

    @property
    def held(self) -> str:
        """What came in and is not out yet, as it came."""
        return self._held

    @property
    def vault(self) -> Vault | None:
        """The values behind placeholders, where some were written."""
        if isinstance(self._method, Placeholder):
            return self._method.vault
        return self._methods.vault if len(self._methods.vault) else None

    def feed(self, chunk: str) -> str:
        """Take in the next chunk; the text that can go out now. `TypeError` for what is no `str`."""
        if self.is_blocked:
            return ""
        found = self._stream.feed(chunk)
        self._held += chunk
        return self._release(found, self._stream.safe_end)

    def close(self) -> str:
        """End of the text: the rest of what goes out."""
        if self.is_blocked:
            return ""
        return self._release(self._stream.close(), self._stream.safe_end)

    def result(self, text: str) -> ScanResult:
        """What was found, over the whole text as it was fed; for the audit."""
        answers = self._stream.classifications
        return ScanResult(text, self._about, tuple(self.detections), (), answers)

    def _release(self, found: list[Detection], end: int) -> str:
        if end == self._start and not found:
            return ""
        self.detections += found
        new = [d for d in found if d.start >= self._start]
        self.late += [d for d in found if d.start < self._start]
        ways: Mapping[Detection, str] = {}
        if self._policies is not None and (found or self._stream.classifications):
            ways = self._decide(found)
            if self.is_blocked:
                self._held = ""
                return ""
        piece, self._held = self._held[: end - self._start], self._held[end - self._start :]
        chosen = new if self._policies is None else [d for d in new if d in ways]
        out = self._redacted(
            piece, self._here(new), self._here(chosen), [ways.get(d) for d in chosen]
        )
        self._start = end
        self._out += out
        if len(self._out) > 2 * _BEHIND:
            self._out = self._out[-_BEHIND:]
        return out

    def _here(self, detections: Iterable[Detection]) -> list[Span]:
        """Detections at their places in what is held."""
        base = self._start
        return [Span(d.sit, d.start - base, d.end - base, d.confidence) for d in detections]

    def _redacted(
        self, piece: str, known: list[Span], chosen: list[Span], ways: list[str | None]
    ) -> str:
        """The settled `piece` with the chosen values replaced, and what comes to light by that.

        ways: the names of the methods of the chosen ones; None where there is one for all.
        """
        if not chosen and self._since >= _BEHIND:
            return piece
        before, behind, rescan = self._out[-_BEHIND:], self._held, self._about.rescan
        assert rescan is not None

        def look(text: str) -> list[Span]:
            base, end = len(before), len(text)
            return [
                Span(d.sit, max(0, d.start - base), min(end, d.end - base), d.confidence)
                for d in rescan(before + text + behind).detections
                if d.end > base and d.start < base + end
            ]

        method = self._method
        if method is None:
            named = [(d, self._methods(w)) for d, w in zip(chosen, ways, strict=True) if w]
            other = self._methods(self.decision.method if self.decision else "label")
            method = PerDetection(named, other)
        redacted = redact(piece, chosen, method, known=known, rescan=look)
        if redacted.replacements:
            self._since = len(redacted.text) - redacted.replacements[-1].new_end
        else:
            self._since += len(piece)
        return redacted.text

    def _decide(self, found: Iterable[Detection]) -> dict[Detection, str]:
        """Evaluate the policies on all that is settled; which of `found` are to be replaced, and by which method."""
        assert self._policies is not None
        told = {}
        for detection in found:
            told[detection] = value = self._value(detection)
            key = detection.sit, distinct(value), detection.confidence, detection.tags
            self._values.setdefault(key, (detection, value))
        counted = dict(self._values.values()) | told
        placed: dict[Detection, Detection] = {}
        position = 0
        for detection, value in counted.items():
            end = position + len(value)
            placed[detection._replace(start=position, end=end, evidence=())] = detection
            position = end
        answers = self._stream.classifications
        result = ScanResult("".join(counted.values()), self._about, tuple(placed), (), answers)
        self.decision = self._policies.evaluate(result, self._sender)
        if self.decision.action != "redact":
            return {}
        ways = zip(self.decision.detections, self.decision.methods, strict=True)
        return {placed[d]: way for d, way in ways if placed[d] in told}

    def _value(self, detection: Detection) -> str:
        if detection.start < self._start:  # its text is out: told apart by where it stood
            return f"{detection.start}-{detection.end}"
        return self._held[detection.start - self._start : detection.end - self._start]
