"""Values that a model sees as numbered placeholders, and its user as they are."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hooked import ADDRESS

from sitclassify.hooks import Guard, Text
from sitclassify.hooks.exchange import Exchange
from sitclassify.hooks.round_trip import RoundTrip
from sitclassify.redaction import Vault

JSON = "application/json"
OTHER = "grace@kontor-sued.de"
ASKED = f"Write to {ADDRESS}, then to {OTHER}, then to {ADDRESS} again."
SENT = "Write to <EMAIL_ADDRESS_1>, then to <EMAIL_ADDRESS_2>, then to <EMAIL_ADDRESS_1> again."


def asked(guard: Guard) -> Exchange:
    """An exchange whose request is on its way."""
    exchange = Exchange(guard)
    body = exchange.request(
        json.dumps({"messages": [{"role": "user", "content": ASKED}]}).encode(), JSON
    )
    assert json.loads(body)["messages"][0]["content"] == SENT
    return exchange


def test_an_answer_has_the_values_again(numbered: Guard) -> None:
    trip = RoundTrip(numbered)
    assert trip.request([Text(ASKED)]) == [SENT]
    assert trip.answer([Text(SENT), Text("dear <email address 2>")]) == [ASKED, f"dear {OTHER}"]
    again = RoundTrip(numbered)
    assert asyncio.run(again.request_async([Text(ASKED)])) == [SENT]
    assert asyncio.run(again.answer_async([Text(SENT)])) == [ASKED]


def test_what_the_model_adds_is_redacted_and_stays_so(numbered: Guard) -> None:
    """Under a number that is none of the request's."""
    trip = RoundTrip(numbered)
    trip.request([Text(f"Write to {ADDRESS}")])
    told = "<EMAIL_ADDRESS_1> and eve@kontor-west.de, <EMAIL_ADDRESS_7>"
    restored = f"{ADDRESS} and <EMAIL_ADDRESS_2>, <EMAIL_ADDRESS_7>"
    assert trip.answer([Text(told)]) == [restored]
    stream = trip.stream()
    pieces = [stream.feed(told[i : i + 3]) for i in range(0, len(told), 3)]
    assert "".join([*pieces, stream.close()]) == restored


def test_another_request_knows_nothing_of_it(numbered: Guard) -> None:
    asked(numbered)
    assert (
        Exchange(numbered).answer(json.dumps({"text": SENT}).encode(), JSON)
        == json.dumps({"text": SENT}).encode()
    )


@pytest.mark.parametrize("size", [1, 5, 500])
def test_events(numbered: Guard, size: int) -> None:
    events = asked(numbered).events()
    told = ""
    for i in range(0, len(SENT), size):
        data = f"data: {json.dumps({'token': SENT[i : i + size]})}\n\n".encode()
        told += _tokens(events.feed(data))
    assert told + _tokens(events.close()) == ASKED


def test_arguments_of_a_tool_call_stay_json(numbered: Guard) -> None:
    call = {"function": {"name": "send", "arguments": json.dumps({"to": "<EMAIL_ADDRESS_2>"})}}
    body = json.dumps({"choices": [{"message": {"tool_calls": [call]}}]}).encode()
    got = json.loads(asked(numbered).answer(body, JSON))
    arguments = got["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"]
    assert json.loads(arguments) == {"to": OTHER}


def test_a_value_with_quotes_in_pieces_of_json() -> None:
    vault = Vault()
    value = 'a"b\\c\n'
    told = json.dumps({"password": vault.placeholder(value, "password"), "n": 1})
    assert json.loads(vault.restore(told, in_json=True)) == {"password": value, "n": 1}
    restorer = vault.restorer(in_json=True)
    pieces = [restorer.feed(character) for character in told]
    assert json.loads("".join([*pieces, restorer.close()])) == {"password": value, "n": 1}


def _tokens(data: bytes) -> str:
    told: list[Any] = [json.loads(each[6:]) for each in data.decode().split("\n\n") if each]
    return "".join(each["token"] for each in told)
