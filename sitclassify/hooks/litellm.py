"""LiteLLM's proxy, in its own process: `guardrail: my_guard.guardrail`, where `my_guard.py` beside its config says

    guardrail = functools.partial(SitclassifyGuardrail, Guard("default"))

Prompts and answers of every API that LiteLLM knows; answers of chat completions are redacted while they stream. Texts
of answers have the values of their prompt's numbered placeholders again. Where a value would have to be redacted in the
arguments of a tool call, the rule's `otherwise` counts. LiteLLM lets streamed arguments of tool calls pass unseen, and
in other APIs' streams it can block but not redact.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from fastapi import HTTPException
from litellm.integrations.custom_guardrail import CustomGuardrail

from sitclassify.audit import Message
from sitclassify.conversation import roles_of
from sitclassify.hooks.bodies import Body
from sitclassify.hooks.guard import Guard
from sitclassify.hooks.refusal import refusal
from sitclassify.hooks.texts import Blocked, NotChecked, Text
from sitclassify.policy.decision import DOWNLOAD, UPLOAD
from sitclassify.redaction import Vault
from sitclassify.release import settled_end
from sitclassify.verdicts import Verdict


class SitclassifyGuardrail(CustomGuardrail):
    """Asks a guard; what else it is given is LiteLLM's."""

    streaming_transform_mode = (
        "incremental_diff"  # LiteLLM holds back what `stream_holdback_chars` says
    )
    streaming_buffer_until_moderated = True  # where a stream cannot be changed

    def __init_subclass__(cls, **options: Any) -> None:
        """LiteLLM looks into the class itself, and lets everything pass where the method is inherited."""
        cls.apply_guardrail = cls.apply_guardrail  # type: ignore[method-assign]
        super().__init_subclass__(**options)

    def __init__(self, guard: Guard, **options: Any) -> None:
        super().__init__(**options)
        self.guard = guard
        self._vaults: WeakKeyDictionary[Any, Vault] = WeakKeyDictionary()  # by a call's own logger

    async def apply_guardrail(
        self, inputs: Any, request_data: dict[str, Any], input_type: str, logging_obj: Any = None
    ) -> Any:
        """The texts to go on with. HTTP 400 where policy forbids one, 503 where it could not be checked."""
        texts = list(inputs.get("texts") or ())
        asked = _texts(inputs, texts)
        is_answer = input_type == "response"
        placed = self._vault(logging_obj, is_answer)
        model = inputs.get("model") or request_data.get("model")
        try:
            verdicts = await self.guard.verdicts_async(
                asked,
                activity=DOWNLOAD if is_answer else UPLOAD,
                message=Message(model=model if isinstance(model, str) else None),
                vault=_other(placed) if is_answer else placed,
            )
            held = [0] * len(texts)
            if is_answer and verdicts is not None:
                held = [self._held(verdict) for verdict in verdicts[: len(texts)]]
        except (Blocked, NotChecked) as error:
            status, reason = refusal(error).status, str(error)
        else:
            changed = {**inputs, "stream_holdback_chars": held} if is_answer else {**inputs}
            if verdicts is not None:
                told_texts = zip(texts, verdicts, strict=False)
                told = [v.redacted.text if v.redacted else t for t, v in told_texts]
                if is_answer and len(placed):
                    told, held = _restored(placed, told, held)
                    changed["stream_holdback_chars"] = held
                changed["texts"] = told
            return changed
        raise HTTPException(status, {"error": reason})

    def _vault(self, logging_obj: Any, is_answer: bool) -> Vault:
        """The values behind the placeholders of a request, while LiteLLM keeps its call."""
        if logging_obj is None:
            return Vault()
        if is_answer:
            return self._vaults.get(logging_obj) or Vault()
        return self._vaults.setdefault(logging_obj, Vault())

    def _held(self, verdict: Verdict) -> int:
        """Characters at the end of a growing answer that later text may change."""
        result, redacted = verdict.result, verdict.redacted
        try:
            end = settled_end(self.guard.scanner, result.text)
        except Exception as error:
            reason = type(error).__name__
        else:
            return (
                result.length - end
                if redacted is None
                else len(redacted.text) - redacted.place(end)
            )
        self.guard.unchecked(reason)
        return 0


def _other(vault: Vault) -> Vault:
    """A vault for the answer, which gives out none of the request's placeholders."""
    return Vault(avoided=(*vault.values(), *vault.avoided()))


def _restored(vault: Vault, texts: list[str], held: list[int]) -> tuple[list[str], list[int]]:
    """Answers with the values in place of placeholders, and how much of each end is not settled."""
    told, left = [], []
    for text, rest in zip(texts, held, strict=True):
        settled = vault.restorer().feed(text[: len(text) - rest])
        told.append(vault.restore(text))
        left.append(len(told[-1]) - len(settled))
    return told, left


def _texts(inputs: Any, texts: list[str]) -> list[Text]:
    roles = roles_of(inputs.get("structured_messages") or (), texts)
    said: Sequence[str | None] = roles or [None] * len(texts)
    asked = [
        Text(t, role, f"/texts/{i}") for i, (t, role) in enumerate(zip(texts, said, strict=True))
    ]
    calls = Body(
        [_plain(call) for call in inputs.get("tool_calls") or ()], "assistant", "/tool_calls"
    )
    asked += [dataclasses.replace(each, can_redact=False) for each in calls.texts]
    for i, _ in enumerate(inputs.get("images") or ()):
        asked.append(Text("", None, f"/images/{i}", is_binary=True))
    return asked


def _plain(call: Any) -> Any:
    return call.model_dump() if hasattr(call, "model_dump") else call
