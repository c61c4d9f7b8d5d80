"""Private keys of wallets: WIF and extended keys (base58check), Stellar seeds (CRC-16), Nostr.

Sources: https://en.bitcoin.it/wiki/Wallet_import_format,
https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki,
https://stellar.org/protocol/sep-23, https://github.com/nostr-protocol/nips/blob/master/19.md

>>> is_valid("L2m3GnviLGYykghRis1RQgBhJtzMmb5a5JbCLQ4MJQfwmx5mtbtv")
True
>>> is_valid("L2m3GnviLGYykghRis1RQgBhJtzMmb5a5JbCLQ4MJQfwmx5mtbtz")
False
>>> is_valid("SDGMSNPWZUPWCITK4FJTRLQ2GQAE2M52BUSGVQCMQGY3V4R6HP4642BJ")
True
>>> is_valid("SDGMSNPWZUPWCITK4FJTRLQ2GQAE2M52BUSGVQCMQGY3V4R6HP4642BA")
False
>>> is_valid("nsec17hme726fxjhc0a2jpd5mjjcdnqhgtw64kee2sunr0txhgehukc8qss7c9t")
True
>>> is_valid("nsec17hme726fxjhc0a2jpd5mjjcdnqhgtw64kee2sunr0txhgehukc8qss7c9q")
False
"""

from __future__ import annotations

from base64 import b32decode
from binascii import crc_hqx

from sitclassify.validators.bitcoin_address import base58check, bech32_sum

_WIF, _EXTENDED = (
    b"\x80",
    b"\x04",
)  # first bytes: a key of Bitcoin's main network; BIP 32 and SLIP 132
_SEED = 0x90  # version of a Stellar seed
_WIF_BYTES, _EXTENDED_BYTES = (33, 34), 78  # without the checksum; 34 with the mark of compression


def is_valid(value: str) -> bool:
    """Whether the checksum of `value` holds."""
    if value.startswith("nsec1"):
        return bech32_sum("nsec", value[5:]) == 1
    if len(value) == 56 and value.startswith("S"):
        return _is_seed(value)
    raw = base58check(value)
    if raw is None:
        return False
    if len(raw) == _EXTENDED_BYTES:
        return raw.startswith(_EXTENDED)
    return len(raw) in _WIF_BYTES and raw.startswith(_WIF)


def _is_seed(value: str) -> bool:
    try:
        raw = b32decode(value)
    except ValueError:  # not Base32, or not ASCII
        return False
    return raw[0] == _SEED and crc_hqx(raw[:-2], 0) == int.from_bytes(raw[-2:], "little")
