"""What every adapter asks: scan, decide, redact, tell the audit, and fail as was chosen."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypedDict, Unpack

import sitclassify
from sitclassify import policy
from sitclassify.audit import Message, Writer
from sitclassify.hooks.texts import Blocked, NotChecked, Overload, Text, reason_of, with_context
from sitclassify.policy.decision import DOWNLOAD, ROLES, UPLOAD, Context, Decision
from sitclassify.redaction import Vault
from sitclassify.release import Methods, RedactingStream
from sitclassify.results import ScanResult, Skipped
from sitclassify.scanner import Scanner
from sitclassify.verdicts import Sender, Verdict, judge

_THREAD_FROM = 10_000  # characters from which a check is worth a thread, and can be late
_THREADS = 2
_WAITING = 32  # checks that may wait for a thread; the next one is not checked


class Asked(TypedDict, total=False):
    """What texts are checked as: `UPLOAD` or `DOWNLOAD`, whose message for the audit, and where placeholders go."""

    activity: str
    message: Message
    vault: Vault | None


class Guard:
    """Checks texts against policies; safe to share between threads.

    policies: names, files, or what `policy.load` gave. scanner: `load(policies=...)` where none is given. audit: where
    an event for every text goes. fail_open: what cannot be checked - an engine's fault, later than `timeout` seconds,
    no audit though it is mandatory - passes; else it is `NotChecked`. key: of rules that hash or encrypt. context:
    application, user, tenant. on_unchecked is told why, in either case. Raises `SitclassifyError` where policies or
    catalogue cannot be loaded.
    """

    def __init__(
        self,
        policies: str | Sequence[str] | policy.Policies = "default",
        *,
        scanner: Scanner | None = None,
        audit: Writer | None = None,
        fail_open: bool = False,
        timeout: float = 5.0,
        key: bytes | None = None,
        context: Context = Context(),  # noqa: B008 - frozen
        on_unchecked: Callable[[str], None] | None = None,
    ) -> None:
        loaded = policies if isinstance(policies, policy.Policies) else policy.load(policies)
        self.policies = loaded
        self.scanner = scanner or sitclassify.load(policies=loaded)
        self.policies.evaluate(self.scanner.scan(""))  # binds them; raises where they do not fit
        self.fail_open, self.timeout = fail_open, timeout
        self._audit, self._key, self._context = audit, key, context
        self._on_unchecked = on_unchecked
        self._threads: tuple[int, ThreadPoolExecutor] | None = (
            None  # made when needed, by each process
        )
        self._free = threading.Semaphore(_WAITING)

    def check(self, texts: Sequence[Text], **options: Unpack[Asked]) -> list[str]:
        """The texts to go on with, redacted where policy says so; together they are one request or one answer.

        Raises `Blocked` and, where the guard fails closed, `NotChecked`.
        """

        def work() -> list[Verdict]:
            return self._judge(texts, **options)

        def late() -> list[Verdict]:
            return self._submit(work).result(self.timeout)

        is_small = sum(len(each.text) for each in texts) < _THREAD_FROM
        try:
            verdicts: list[Verdict] | str = work() if is_small else late()
        except Exception as error:  # whatever it is, it must not decide what passes
            verdicts = reason_of(error)
        return _told(texts, self._passed(verdicts))

    async def check_async(self, texts: Sequence[Text], **options: Unpack[Asked]) -> list[str]:
        """As `check`, on an event loop: long texts, and an audit that is waited for, do not stop it."""
        return _told(texts, await self.verdicts_async(texts, **options))

    async def verdicts_async(
        self, texts: Sequence[Text], **options: Unpack[Asked]
    ) -> list[Verdict] | None:
        """What `check_async` makes its texts of; None where they pass unchecked."""

        def work() -> list[Verdict]:
            return self._judge(texts, **options)

        is_small = sum(len(each.text) for each in texts) < _THREAD_FROM
        try:
            if is_small and not self._waits_for_audit:
                verdicts: list[Verdict] | str = work()
            else:
                async with asyncio.timeout(self.timeout):
                    verdicts = await asyncio.wrap_future(self._submit(work))
        except Exception as error:
            verdicts = reason_of(error)
        return self._passed(verdicts)

    def stream(
        self,
        *,
        role: str | None = None,
        pointer: str = "",
        activity: str = DOWNLOAD,
        message: Message = Message(),  # noqa: B008 - frozen
        vault: Vault | None = None,
    ) -> GuardedStream:
        """A text that arrives in chunks, as a model writes it."""
        sender = self._sender(Text("", role, pointer), activity, message)
        return GuardedStream(self, sender, vault)

    def open_stream(self, sender: Sender, vault: Vault | None) -> RedactingStream:
        """The stream redactor as the policies want it."""
        methods = Methods(key=self._key, vault=vault)
        return RedactingStream(
            self.scanner, policies=self.policies, sender=sender.context, methods=methods
        )

    def record(self, result: ScanResult, decision: Decision, sender: Sender) -> None:
        """Tell the audit. Raises `AuditError` where it is mandatory and cannot be told."""
        if self._audit is not None:
            parts = {sender.pointer: result}
            self._audit.write(parts, decision, sender.context, sender.message)

    @property
    def is_audited(self) -> bool:
        """Whether there is an audit to be told."""
        return self._audit is not None

    def unchecked(self, reason: str) -> None:
        """Something could not be checked: `NotChecked` where the guard fails closed, else it passes."""
        if self._on_unchecked is not None:
            self._on_unchecked(reason)
        if not self.fail_open:
            raise NotChecked(reason)

    @property
    def _waits_for_audit(self) -> bool:
        return self._audit is not None and self._audit.is_mandatory

    def _passed(self, verdicts: list[Verdict] | str) -> list[Verdict] | None:
        """The verdicts, none of which blocks; None where there are none and everything passes."""
        if isinstance(verdicts, str):
            self.unchecked(verdicts)
            return None
        for verdict in verdicts:
            if verdict.decision.action == "block":
                raise Blocked(verdict.decision)
        return verdicts

    def _judge(
        self,
        texts: Sequence[Text],
        activity: str = UPLOAD,
        message: Message = Message(),  # noqa: B008 - frozen
        vault: Vault | None = None,
    ) -> list[Verdict]:
        scan = self.scanner.scan
        results = [
            scan("" if each.is_binary else each.text, context=before)
            for each, before in with_context(texts)
        ]
        for i, each in enumerate(texts):
            if each.is_binary:
                results[i] = results[i].with_skipped((Skipped(each.pointer, "no text"),))
        senders = [self._sender(each, activity, message) for each in texts]
        verdicts = judge(self.policies, results, senders, key=self._key, vault=vault)
        for verdict, sender in zip(verdicts, senders, strict=True):
            self.record(verdict.result, verdict.decision, sender)
        return verdicts

    def _sender(self, text: Text, activity: str, message: Message) -> Sender:
        if activity == UPLOAD and text.role == "assistant":
            activity = DOWNLOAD  # an answer that is sent along again
        role = text.role if text.role in ROLES else None
        context = dataclasses.replace(
            self._context, activity=activity, role=role, can_redact=text.can_redact
        )
        return Sender(context, message, text.pointer)

    def _submit(self, work: Callable[[], list[Verdict]]) -> Future[list[Verdict]]:
        if self._threads is None or self._threads[0] != os.getpid():
            self._threads = os.getpid(), ThreadPoolExecutor(_THREADS, "sitclassify")
        if not self._free.acquire(blocking=False):
            raise Overload
        future = self._threads[1].submit(work)
        future.add_done_callback(lambda _: self._free.release())
        return future


class GuardedStream:
    """Takes in a text in chunks and gives it out redacted; used by one thread at a time."""

    def __init__(self, guard: Guard, sender: Sender, vault: Vault | None) -> None:
        self._guard, self._sender = guard, sender
        self._stream: RedactingStream | None = None
        self._kept: list[str] = []  # of an audited text
        try:
            self._stream = guard.open_stream(sender, vault)
        except Exception as error:
            reason = reason_of(error)
        else:
            return
        guard.unchecked(reason)

    def feed(self, chunk: str) -> str:
        """Take in the next chunk; the text that can go out now. Raises as `Guard.check`."""
        if self._guard.is_audited:
            self._kept.append(chunk)
        return self._step(chunk, lambda stream: stream.feed(chunk))

    def close(self) -> str:
        """End of the text: the rest of what goes out. Raises as `Guard.check`."""
        rest = self._step("", lambda stream: stream.close())
        self._record()
        return rest

    def _step(self, chunk: str, step: Callable[[RedactingStream], str]) -> str:
        stream = self._stream
        if stream is None:  # it failed, and what comes passes
            return chunk
        held = stream.held
        try:
            out = step(stream)
        except Exception as error:
            reason, self._stream = reason_of(error), None
        else:
            if stream.is_blocked:
                self._record()
                assert stream.decision is not None
                raise Blocked(stream.decision)
            return out
        self._guard.unchecked(reason)
        return held + chunk

    def _record(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None or stream.decision is None or not self._guard.is_audited:
            return
        try:
            result = stream.result("".join(self._kept))
            self._guard.record(result, stream.decision, self._sender)
        except Exception as error:
            reason = reason_of(error)
        else:
            return
        self._guard.unchecked(reason)


def _told(texts: Sequence[Text], verdicts: list[Verdict] | None) -> list[str]:
    """The texts to go on with."""
    if verdicts is None:
        return [each.text for each in texts]
    return [
        each.text if verdict.redacted is None else verdict.redacted.text
        for each, verdict in zip(texts, verdicts, strict=True)
    ]
