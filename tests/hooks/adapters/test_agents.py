"""Agents of OpenAI's SDK with a model in process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hooked import MAIL, MASKED, NUMBER, SSN, TOLD, is_silent

from sitclassify.hooks import Blocked, Guard, NotChecked

pytest.importorskip("agents")
from agents import (
    Agent,
    InputGuardrailTripwireTriggered,
    Model,
    ModelResponse,
    OutputGuardrailTripwireTriggered,
    RunConfig,
    Runner,
    Usage,
)
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseOutputMessage,
    ResponseOutputText,
)

from sitclassify.hooks.agents import input_filter, input_guardrail, output_guardrail

CONFIG = RunConfig(tracing_disabled=True)


class Echo(Model):
    """Answers with the last thing it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def get_response(self, system_instructions: Any, input: Any, *_: Any, **__: Any) -> Any:
        return ModelResponse(output=[self._message(input)], usage=Usage(), response_id=None)

    async def stream_response(
        self, system_instructions: Any, input: Any, *_: Any, **__: Any
    ) -> AsyncIterator[Any]:
        message = self._message(input)
        response = Response(
            id="r", created_at=0, model="echo", object="response", output=[message],
            parallel_tool_calls=False, tool_choice="auto", tools=[],
        )  # fmt: skip
        yield ResponseCompletedEvent(
            response=response, sequence_number=0, type="response.completed"
        )

    def _message(self, input: Any) -> ResponseOutputMessage:
        text = input if isinstance(input, str) else input[-1]["content"]
        self.asked.append(text)
        text = text.replace("(at)", "@").replace("~", "-")
        part = ResponseOutputText(text=text, type="output_text", annotations=[])
        return ResponseOutputMessage(
            id="m", role="assistant", status="completed", type="message", content=[part]
        )


def run(guard: Guard, text: str, model: Echo | None = None) -> str:
    """The final output, asked for whole; asked for as a stream it comes to the same."""
    asked: Any = guard, text, model or Echo()
    try:
        told = asyncio.run(_run(*asked))
    except Exception as error:
        with pytest.raises(type(error)) as again:
            asyncio.run(_run_streamed(*asked))
        assert is_silent(again.value)
        raise
    assert asyncio.run(_run_streamed(*asked)) == told
    return told


async def _run(guard: Guard, text: str, model: Echo) -> str:
    done = await Runner.run(_agent(guard, model), text, run_config=CONFIG)
    return str(done.final_output)


async def _run_streamed(guard: Guard, text: str, model: Echo) -> str:
    running = Runner.run_streamed(_agent(guard, model), text, run_config=CONFIG)
    async for _ in running.stream_events():
        pass
    return str(running.final_output)


def _agent(guard: Guard, model: Echo) -> Any:
    return Agent(
        name="a",
        model=model,
        input_guardrails=[input_guardrail(guard)],
        output_guardrails=[output_guardrail(guard)],
    )


def test_passes(guard: Guard) -> None:
    assert run(guard, "hello") == "hello"


@pytest.mark.parametrize("text", [SSN, MAIL])
def test_an_input_trips_before_the_model_is_asked(guard: Guard, text: str) -> None:
    model = Echo()
    with pytest.raises(InputGuardrailTripwireTriggered) as raised:
        run(guard, text, model)
    assert model.asked == [] and is_silent(raised.value)
    if text == SSN:
        assert raised.value.guardrail_result.output.output_info == TOLD


def test_an_output_trips(guard: Guard) -> None:
    with pytest.raises(OutputGuardrailTripwireTriggered) as raised:
        run(guard, SSN.replace("-", "~"))
    assert raised.value.guardrail_result.output.output_info == TOLD


def test_a_broken_engine(broken: Guard) -> None:
    if broken.fail_open:
        assert run(broken, SSN) == SSN
        return
    with pytest.raises(InputGuardrailTripwireTriggered) as raised:
        run(broken, SSN)
    assert NUMBER not in str(raised.value.guardrail_result.output.output_info)


def filtered(guard: Guard, text: str, model: Echo) -> None:
    agent = Agent(name="a", model=model, instructions="Be brief.")
    config = RunConfig(tracing_disabled=True, call_model_input_filter=input_filter(guard))
    asyncio.run(Runner.run(agent, text, run_config=config))


def test_a_filter_redacts_what_the_model_is_asked(guard: Guard, broken: Guard) -> None:
    model = Echo()
    filtered(guard, MAIL, model)
    assert model.asked == [MASKED]
    with pytest.raises(Blocked, match=TOLD) as raised:
        filtered(guard, SSN, model)
    assert is_silent(raised.value) and len(model.asked) == 1
    if not broken.fail_open:
        with pytest.raises(NotChecked):
            filtered(broken, SSN, model)
