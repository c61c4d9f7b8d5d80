"""Bitcoin address of the main network: base58check (1..., 3...) or bech32/bech32m (bc1...).

Hashes or folds the whole address: 4 us, for bc1 up to 26 us.
Sources: https://en.bitcoin.it/wiki/Base58Check_encoding,
https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki, .../bip-0350.mediawiki

>>> is_valid("1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD")
True
>>> is_valid("BC1QARDV855YJNGSPVXUTTQ897AQCA3LXJU2Y69JCE")
True
>>> is_valid("1NEDqZPvTWRaoho48qXuLLsrYomMXPABfA")
False
>>> is_valid("bc1qardv855yjngspvxuttq897aqca3lxju2y69jcf")
False
"""

from __future__ import annotations

import re
from hashlib import sha256

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_ADDRESS = re.compile(f"[13][{_BASE58}]{{24,34}}")
_BASE58_VALUES = {char: value for value, char in enumerate(_BASE58)}
_BASE58_BYTES = 25  # version, hash of 20, checksum of 4
_BASE58_VERSIONS = {"1": 0, "3": 5}

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_ADDRESS = re.compile(f"bc1[{_BECH32}]{{11,71}}")
_BECH32_VALUES = {char: value for value, char in enumerate(_BECH32)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_SUM, _BECH32M_SUM = 1, 0x2BC830A3  # witness version 0; versions 1 to 16
_LAST_VERSION = 16


def is_valid(value: str) -> bool:
    address = "".join(value.split())
    if _BASE58_ADDRESS.fullmatch(address):
        return _is_base58check(address)
    if address.startswith("BC1") and address == address.upper():
        address = address.lower()
    return _BECH32_ADDRESS.fullmatch(address) is not None and _is_bech32(address)


def base58check(text: str) -> bytes | None:
    """What `text` encodes, without its four bytes of checksum; None where the checksum is wrong."""
    number = 0
    for char in text:
        if char not in _BASE58_VALUES:
            return None
        number = number * 58 + _BASE58_VALUES[char]
    # Each leading 1 stands for one zero byte.
    zeros = len(text) - len(text.lstrip("1"))
    raw = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    is_right = sha256(sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]
    return raw[:-4] if is_right else None


def bech32_sum(prefix: str, text: str) -> int | None:
    """Checksum of what follows `prefix` and its 1: 1 for bech32; None where a character is none."""
    if not set(text) <= _BECH32_VALUES.keys():
        return None
    high, low = [ord(char) >> 5 for char in prefix], [ord(char) & 31 for char in prefix]
    return _polymod((*high, 0, *low, *(_BECH32_VALUES[char] for char in text)))


def _is_base58check(address: str) -> bool:
    raw = base58check(address)
    return (
        raw is not None and len(raw) == _BASE58_BYTES - 4 and raw[0] == _BASE58_VERSIONS[address[0]]
    )


def _is_bech32(address: str) -> bool:
    data = [_BECH32_VALUES[char] for char in address[3:]]
    version, program = data[0], data[1:-6]
    size, spare = divmod(5 * len(program), 8)
    if version > _LAST_VERSION or not 2 <= size <= 40 or spare > 4:
        return False
    if program[-1] & ((1 << spare) - 1) or (version == 0 and size not in (20, 32)):
        return False
    return bech32_sum("bc", address[3:]) == (_BECH32M_SUM if version else _BECH32_SUM)


def _polymod(values: tuple[int, ...]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, constant in enumerate(_GENERATOR):
            if top >> bit & 1:
                checksum ^= constant
    return checksum
