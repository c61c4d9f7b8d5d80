"""A request to a model and its answer: placeholders that policy puts into the one are values again in the other."""

from __future__ import annotations

from collections.abc import Sequence

from sitclassify.audit import Message
from sitclassify.hooks.guard import Asked, Guard, GuardedStream
from sitclassify.hooks.texts import Text
from sitclassify.policy.decision import DOWNLOAD, UPLOAD
from sitclassify.redaction import Vault


class RoundTrip:
    """Checks the texts of a request, then those of its answer. Raises as `Guard.check`.

    What stands in the answer besides is redacted with placeholders of its own, which nobody restores.
    """

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.message = Message()  # what the audit is told of both
        self._asked = Vault()
        self._answered: Vault | None = None

    def request(self, texts: Sequence[Text]) -> list[str]:
        """The texts to send."""
        return self.guard.check(texts, **self._as_request())

    def answer(self, texts: Sequence[Text]) -> list[str]:
        """The texts to give back."""
        return self._restored(self.guard.check(texts, **self._as_answer()))

    async def request_async(self, texts: Sequence[Text]) -> list[str]:
        """As `request`, on an event loop."""
        return await self.guard.check_async(texts, **self._as_request())

    async def answer_async(self, texts: Sequence[Text]) -> list[str]:
        """As `answer`, on an event loop."""
        return self._restored(await self.guard.check_async(texts, **self._as_answer()))

    def stream(self, pointer: str = "", *, in_json: bool = False) -> Restored:
        """A text of the answer that arrives in chunks; `in_json`: pieces of JSON, as arguments of a tool call are."""
        return Restored(
            self.guard.stream(pointer=pointer, **self._as_answer()), self._asked, in_json
        )

    def _as_request(self) -> Asked:
        return {"activity": UPLOAD, "message": self.message, "vault": self._asked}

    def _as_answer(self) -> Asked:
        if self._answered is None:
            self._answered = Vault(avoided=(*self._asked.values(), *self._asked.avoided()))
        return {"activity": DOWNLOAD, "message": self.message, "vault": self._answered}

    def _restored(self, texts: list[str]) -> list[str]:
        return [self._asked.restore(text) for text in texts] if len(self._asked) else texts


class Restored:
    """A guarded stream with the values of a vault in what comes out."""

    def __init__(self, stream: GuardedStream, vault: Vault, in_json: bool) -> None:
        self._stream = stream
        self._restorer = vault.restorer(in_json=in_json)

    def feed(self, chunk: str) -> str:
        """Take in the next chunk; the text that can go out now."""
        return self._restorer.feed(self._stream.feed(chunk))

    def close(self) -> str:
        """End of the text: the rest of what goes out."""
        return self._restorer.feed(self._stream.close()) + self._restorer.close()
