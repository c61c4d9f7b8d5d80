"""GitHub token: ghp_, gho_, ghu_, ghs_ or ghr_, 30 characters and their CRC-32 in base 62 (six).

How fine-grained tokens (github_pat_) are checked is not published: their shape is.
Source: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/

>>> is_valid("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")
True
>>> is_valid("ghp_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18")
False
>>> is_valid("ghp_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ")
False
"""

import re
from zlib import crc32

_TOKEN = re.compile("gh[pousr]_([0-9A-Za-z]{30})([0-9A-Za-z]{6})")
_FINE_GRAINED = re.compile("github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}")
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def is_valid(value: str) -> bool:
    match = _TOKEN.fullmatch(value)
    if not match:
        return _FINE_GRAINED.fullmatch(value) is not None
    body, check = match.groups()
    return _base62(crc32(body.encode("ascii"))) == check


def _base62(number: int) -> str:
    """Six characters."""
    characters = ""
    for _ in range(6):
        number, value = divmod(number, 62)
        characters = _BASE62[value] + characters
    return characters
