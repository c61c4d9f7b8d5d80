"""Made-up number-heavy text: CSV, logs and lines of JSON, without a finding in them.

`is_worded` decides the names of its columns and fields: plain ones, or ones that look like a label
of something sensitive and are none (`account_id`, `phone_count`).
"""

from __future__ import annotations

import random
from collections.abc import Callable

_PLAIN = (
    "seq",
    "ts",
    "delta",
    "temp_c",
    "rpm",
    "offset",
    "rows",
    "bytes_out",
    "ratio",
    "sha1",
    "uuid",
    "bin",
)
_WORDED = (
    "account_id", "phone_count", "card_type", "tax_rate", "passport_required", "license_version",
    "bank_count", "patient_total", "ip_version", "email_count", "address_length", "insurance_rate",
    "routing_status",
)  # fmt: skip


def numbers(seed: int, size: int, *, is_worded: bool, form: str | None = None) -> str:
    """About `size` characters of one form of text: `csv`, `log` or `json`; without one `seed` decides which."""
    dice = random.Random(seed)
    write = _FORMS[form or tuple(_FORMS)[seed % len(_FORMS)]]
    lines = write(dice, _WORDED if is_worded else _PLAIN)
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(lines())
        length += len(parts[-1])
    return "".join(parts)


def _csv(dice: random.Random, names: tuple[str, ...]) -> Callable[[], str]:
    columns = dice.sample(names, 8)
    cells = dice.choices(_CELLS, k=len(columns))
    waiting = [",".join(columns) + "\n"]
    return lambda: waiting.pop() if waiting else ",".join(cell(dice) for cell in cells) + "\n"


def _log(dice: random.Random, names: tuple[str, ...]) -> Callable[[], str]:
    columns = dice.sample(names, 4)

    def line() -> str:
        fields = " ".join(f"{name}={dice.choice(_CELLS)(dice)}" for name in columns)
        level = dice.choice(("INFO", "INFO", "DEBUG", "WARN"))
        worker, batch = dice.randint(100, 65000), _count(dice)
        return f"{_stamp(dice)} {level} worker[{worker}] batch {batch} done {fields}\n"

    return line


def _json(dice: random.Random, names: tuple[str, ...]) -> Callable[[], str]:
    columns = dice.sample(names, 6)

    def line() -> str:
        fields = ", ".join(f'"{name}": "{dice.choice(_CELLS)(dice)}"' for name in columns)
        return f'{{"at": {dice.randint(10**9, 2 * 10**9)}, {fields}}}\n'

    return line


def _stamp(dice: random.Random) -> str:
    day = f"2026-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    clock = f"{dice.randint(0, 23):02d}:{dice.randint(0, 59):02d}:{dice.randint(0, 59):02d}"
    return f"{day}T{clock}.{dice.randint(0, 999):03d}Z"


def _count(dice: random.Random) -> str:
    return str(dice.randint(0, 10 ** dice.randint(1, 7)))


def _identifier(dice: random.Random) -> str:
    return str(dice.randint(10**6, 10 ** dice.randint(7, 12)))


def _real(dice: random.Random) -> str:
    return f"{dice.uniform(-1000, 1000):.{dice.randint(1, 6)}f}"


def _hash(dice: random.Random) -> str:
    return f"{dice.getrandbits(160):040x}"


def _uuid(dice: random.Random) -> str:
    h = f"{dice.getrandbits(128):032x}"
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"


_CELLS = (_count, _count, _identifier, _real, _real, _stamp, _hash, _uuid)
_FORMS = {"csv": _csv, "log": _log, "json": _json}
