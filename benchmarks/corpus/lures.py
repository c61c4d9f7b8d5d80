"""Hard negatives: what looks like a value and is none, by kind."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from benchmarks.corpus.scene import Fact, Scene
from benchmarks.corpus.values import Kind


def _order(scene: Scene, _: Kind) -> None:
    """An order, a ticket, a part: a number whose own word says that it is none of ours."""
    number = str(scene.dice.randint(10**7, 10 ** scene.dice.randint(8, 12)))
    sentence = scene.pick("lure").format(number=scene.mark(number, "order", is_lure=True))
    scene.asides.append(sentence)


def _invalid(scene: Scene, kind: Kind) -> None:
    """A value beside its word whose check digit is wrong."""
    value = kind.spoil(scene.dice)
    if value is None:
        return _order(scene, kind)
    word = scene.dice.choice(kind.words_in(scene.language["language"][0]))
    return scene.facts.append(Fact(word, scene.mark(value, "wrong check digit", is_lure=True)))


def _talk(scene: Scene, kind: Kind) -> None:
    """The word of a kind, without a value."""
    word = scene.dice.choice(kind.words_in(scene.language["language"][0]))
    scene.asides.append(scene.pick("ask").format(word=word))


def _hash(scene: Scene, _: Kind) -> None:
    bits = scene.dice.getrandbits
    value = scene.dice.choice(
        (f"{bits(160):040x}", f"{bits(256):064x}", str(uuid.UUID(int=bits(128), version=4)))
    )
    word = scene.dice.choice(("commit", "request_id", "etag", "build"))
    scene.facts.append(Fact(word, scene.mark(value, "hash", is_lure=True)))


def _number(scene: Scene, _: Kind) -> None:
    """A measure, a version, a time, an amount."""
    dice = scene.dice
    word, value = dice.choice(
        (
            ("latency_ns", str(dice.randint(10**8, 10**10))),
            ("offset", str(dice.randint(10**8, 10**9))),
            ("version", f"{dice.randint(1, 20)}.{dice.randint(0, 99)}.{dice.randint(0, 9999)}"),
            ("total", f"{dice.randint(1000, 9999999) / 100:,.2f}"),
            ("epoch_ms", str(1_760_000_000_000 + dice.randint(0, 10**10))),
            ("bytes", str(dice.randint(10**6, 10**9))),
        )
    )
    scene.facts.append(Fact(word, scene.mark(value, "number", is_lure=True)))


def _placeholder(scene: Scene, kind: Kind) -> None:
    word = scene.dice.choice(kind.words_in(scene.language["language"][0]))
    value = scene.dice.choice(
        (
            "<your-value-here>",
            "${SECRET_VALUE}",
            "XXX-XX-XXXX",
            "**** **** **** 4821",
            "changeme",
            "REDACTED",
        )
    )
    scene.facts.append(Fact(word, scene.mark(value, "placeholder", is_lure=True)))


LURES: dict[str, Callable[[Scene, Kind], None]] = {
    "order": _order, "wrong check digit": _invalid, "talk": _talk, "hash": _hash,
    "number": _number, "placeholder": _placeholder,
}  # fmt: skip
