"""Whether a text without quotes after a password or secret label can be one.

`secret_text`, and no source code: without quotes the same place holds variables, calls,
attributes, types and references.

>>> is_valid("hunter2!x"), is_valid("Summer.2024"), is_valid("letmein")
(True, True, True)
>>> is_valid("get_password()"), is_valid("self.password"), is_valid("os.environ['PW']")
(False, False, False)
>>> is_valid("aB3dE7.fG7hI2.jK9lM4p")
True
>>> is_valid("user_password"), is_valid("!vault"), is_valid("$pass"), is_valid("pass1")
(False, False, False, False)
"""

from __future__ import annotations

import re

from sitclassify.validators import secret_text

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_DRAWN = re.compile(r"(?=.*[0-9].*[A-Za-z])(?=.*[a-z])(?=.*[A-Z])[\w-]{5,}")  # a part of a token
_NAME = r"[A-Za-z_]\w*"
_SOURCE_CODE = re.compile(
    rf"""[$@&*!:]{_NAME}-?$                     # variable, symbol, anchor, YAML tag
    |    [$@]?{_NAME}(?:\??\.{_NAME})*\??[(\[]   # call, index, generic type
    |    [$@]?{_NAME}(?:\??\.{_NAME})+[;,)]*$   # attribute
    |    [A-Za-z]+(?:_[A-Za-z0-9]*)+$           # snake_case, CONSTANT
    |    [A-Z][a-z]+[A-Za-z]*-[A-Z][A-Za-z]+$  # a cmdlet
    |    [A-Z][a-z]+(?:[A-Z][a-z]+)+$           # ClassName
    |    [a-z]+(?:[A-Z][a-z]+)+$                # camelCase
    |    (?:arg|param|str|string|val|value|var|pass|pwd|pw|password|passwd|secret|key|token|input
         |field|line|col|column|text|txt|tmp|temp|test|user|step|part|option|level|type|form|v|p|s|x)
         _?[0-9]{{1,2}}$
    |    [$\#][{{(][^}})]*$                     # a template cut short
    |    [\[({{<\\|/=]                          # a list, a tuple, markup, an operator
    """,
    re.VERBOSE,
)


def is_valid(value: str) -> bool:
    """Whether `value` is no expression of a programming or template language."""
    if not secret_text.is_valid(value):
        return False
    if _SOURCE_CODE.match(value) is None:
        return True
    return "." in value and all(map(_DRAWN.match, value.split(".")))
