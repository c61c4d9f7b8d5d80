"""Ethereum address: 0x and 40 hexadecimal digits; mixed case must be the EIP-55 checksum.

All lower or all upper case carries no checksum and is accepted. Mixed case costs one Keccak-256 in
Python, about 300 us.
Sources: https://eips.ethereum.org/EIPS/eip-55, https://keccak.team/keccak_specs_summary.html

>>> is_valid("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
True
>>> is_valid("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")
True
>>> is_valid("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"), is_valid("0x5aAeb6053F3E94C9b9A09f")
(False, False)
"""

from __future__ import annotations

import re

_ADDRESS = re.compile("0[xX]([0-9a-fA-F]{40})")
_WORD = (1 << 64) - 1
_RATE = 136  # bytes that Keccak-256 takes at a time; an address of 40 fits
_ROUNDS = 24


def is_valid(value: str) -> bool:
    match = _ADDRESS.fullmatch(value.strip())
    if not match:
        return False
    digits = match[1]
    if digits in (digits.lower(), digits.upper()):
        return True
    nibbles = _keccak_256(digits.lower().encode("ascii")).hex()
    return all(
        char.isdigit() or char.isupper() == (nibble >= "8")
        for char, nibble in zip(digits, nibbles, strict=False)
    )


def _keccak_256(block: bytes) -> bytes:
    """Keccak-256 (the padding of 2011, not that of SHA-3) of fewer than 136 bytes."""
    padded = bytearray(block.ljust(_RATE, b"\0"))
    padded[len(block)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [int.from_bytes(padded[i : i + 8], "little") for i in range(0, _RATE, 8)]
    lanes = _permute(lanes + [0] * (25 - len(lanes)))
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permute(lanes: list[int]) -> list[int]:
    """Keccak-f[1600]; lane (x, y) is `lanes[x + 5 * y]`."""
    for constant in _ROUND_CONSTANTS:
        columns = [
            lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]
            for x in range(5)
        ]
        mixed = [columns[x - 1] ^ _rotated(columns[(x + 1) % 5], 1) for x in range(5)]
        turned = [0] * 25
        for source, (target, offset) in enumerate(_MOVES):
            turned[target] = _rotated(lanes[source] ^ mixed[source % 5], offset)
        lanes = [
            turned[x + y] ^ (~turned[(x + 1) % 5 + y] & turned[(x + 2) % 5 + y])
            for y in range(0, 25, 5)
            for x in range(5)
        ]
        lanes[0] ^= constant
    return lanes


def _rotated(lane: int, offset: int) -> int:
    return (lane << offset | lane >> (64 - offset)) & _WORD


def _moves() -> list[tuple[int, int]]:
    """Per lane where the steps rho and pi take it and by how many bits it is turned."""
    moves = [(0, 0)] * 25
    x, y = 1, 0
    for step in range(24):
        moves[x + 5 * y] = (y + 5 * ((2 * x + 3 * y) % 5), (step + 1) * (step + 2) // 2 % 64)
        x, y = y, (2 * x + 3 * y) % 5
    return moves


def _round_constants() -> list[int]:
    """Bits of the step iota, from the shift register x^8 + x^6 + x^5 + x^4 + 1."""
    constants, register = [], 1
    for _ in range(_ROUNDS):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return constants


_MOVES = _moves()
_ROUND_CONSTANTS = _round_constants()
