"""OpenAI's Agents SDK: guardrails that stop a run before the model is asked, and a filter that redacts its input.

`Agent(..., input_guardrails=[input_guardrail(guard)], output_guardrails=[output_guardrail(guard)])` and
`RunConfig(call_model_input_filter=input_filter(guard))`. A guardrail can only stop a run: where a rule redacts, its
`otherwise` counts. To redact answers, give the model's client a transport of `sitclassify.hooks.httpx`.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any

from agents import GuardrailFunctionOutput, InputGuardrail, OutputGuardrail
from agents.run import CallModelData, ModelInputData

from sitclassify.hooks.bodies import Body
from sitclassify.hooks.guard import Guard
from sitclassify.hooks.texts import Blocked, NotChecked
from sitclassify.policy.decision import DOWNLOAD, UPLOAD


def input_guardrail(guard: Guard) -> InputGuardrail[Any]:
    """Trips before the model is asked where policy blocks the input, or it cannot be checked."""

    async def check(_context: Any, _agent: Any, asked: Any) -> GuardrailFunctionOutput:
        return await _decided(guard, asked, UPLOAD)

    return InputGuardrail(guardrail_function=check, name="sitclassify", run_in_parallel=False)


def output_guardrail(guard: Guard) -> OutputGuardrail[Any]:
    """Trips where policy blocks the final output, or it cannot be checked."""

    async def check(_context: Any, _agent: Any, output: Any) -> GuardrailFunctionOutput:
        dumped = output.model_dump(mode="json") if hasattr(output, "model_dump") else output
        return await _decided(guard, dumped, DOWNLOAD)

    return OutputGuardrail(guardrail_function=check, name="sitclassify")


def input_filter(guard: Guard) -> Callable[[CallModelData[Any]], Awaitable[ModelInputData]]:
    """Redacts all that a model is asked, answers of tools too. Raises `Blocked` or `NotChecked` out of the run."""

    async def checked(data: CallModelData[Any]) -> ModelInputData:
        asked = data.model_data
        body = Body({"instructions": asked.instructions, "input": copy.deepcopy(asked.input)})
        body.replace(await guard.check_async(body.texts))
        return ModelInputData(
            input=body.content["input"], instructions=body.content["instructions"]
        )

    return checked


async def _decided(guard: Guard, content: Any, activity: str) -> GuardrailFunctionOutput:
    body = Body(copy.deepcopy(content), "assistant" if activity == DOWNLOAD else "user")
    texts = [dataclasses.replace(each, can_redact=False) for each in body.texts]
    try:
        await guard.check_async(texts, activity=activity)
    except (Blocked, NotChecked) as error:
        return GuardrailFunctionOutput(output_info=str(error), tripwire_triggered=True)
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=False)
