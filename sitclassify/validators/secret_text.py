"""Whether a quoted text after a password or secret label can be one.

What stands after `password =` in source code, schemas and translations is mostly not a password
but the name of a type ("string"), a message, the label itself in another language, a path, a hash.
Source: the look-alikes in the public test suites of gitleaks, detect-secrets and Nosey Parker.

>>> is_valid("hunter2!x"), is_valid("letmein"), is_valid("correct horse")
(True, True, False)
>>> is_valid("string"), is_valid("Kennwort"), is_valid("/run/secrets/db")
(False, False, False)
"""

from __future__ import annotations

import re

HAS_CHECK_DIGIT = False  # it checks how a value is formed

_WORDS = frozenset(
    """
    string str text char varchar nvarchar chararray int integer long number float double
    bool boolean bytes byte object dict list array any void null none nil undefined true
    false yes no empty blank default unset auto secretstr securestring optional required
    mandatory hidden invalid valid missing unknown unchanged disabled enabled readonly
    nullable maxlength minlength encrypted decrypted plain plaintext cleartext hash hashed
    salted bcrypt scrypt argon2 argon2i argon2id pbkdf2 md5 sha1 sha256 sha384 sha512
    sha-256 sha-512 base64 hex utf8 utf-8 oauth oauth2 jwt basic bearer digest ldap kerberos
    saml totp 2fa mfa aes128 aes256 aes-256 rsa2048 x509
    input field form label type name value key username user login signin signup email mail
    submit button current new old confirm confirmation confirmed repeat retype verify forgot
    reset change changed update show hide toggle strength policy protected only here this
    that your the and must should not test testing tests dummy fake example sample
    placeholder foo bar foobar baz todo tbd secret secrets token tokens credential
    credentials description title error message success failed incorrect wrong weak strong
    redacted removed masked prompt env file vault keychain stdin args self request response
    config settings data result
    password passwords passwd passphrase passcode pwd pass pw userpassword user_password
    mypassword passwort kennwort contraseña contrasena clave senha motdepasse wachtwoord
    hasło haslo heslo parola lösenord adgangskode passord salasana şifre sifre пароль 密码 密碼
    口令 パスワード 비밀번호 암호 סיסמה apikey api_key accesskey secretkey
    """.split()  # noqa: SIM905 - a list of 200 lines would be no easier to read
)  # types and settings; forms and their parts; the label itself
_PATH = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//|\.{0,2}/(?:[\w.-]+/)*[\w.-]*$|~/|[A-Za-z]:\\\\?\w|\\\\\w"
    r"|/?[a-z_-]+(?:/[\w.@-]+){2,}$|[a-z_-]+(?:/[a-z_-]+)+(?:#[a-z_]+)?$",
    re.IGNORECASE,
)
_HASH = re.compile(
    r"\$(?:2[abxy]?|argon2\w*|[156y]|apr1|pbkdf2\S*|scrypt)\$|pbkdf2_|\{(?:SSHA|SHA|MD5|CRYPT)\d*\}"
)
_SOURCE_CODE = re.compile(
    r"[+]\s*$|^\s*[+]|=>|->|::|\(\)|&&|\|\||==|%[sdv]$"  # operators, calls, cut strings, CSS
    r"|^[,;]|^['\"]?[.]\$\w|^['\"]\$[A-Z_]|^['\"][.]|^#[a-z][\w-]*$|^\.[a-z][\w-]*$"
)
_MASK = "*•"  # a masked value is dismissed as such
_EDGES = "\"'`.,;:!?*_()[]{}<>- "


def is_valid(value: str) -> bool:
    """Whether `value` has at least four characters that can be a secret."""
    if len(value) < 4 or any(char.isspace() for char in value):
        return False
    if value.strip(_EDGES).casefold() in _WORDS:
        return False
    if not any(char.isalnum() or char in _MASK for char in value):
        return False
    if not value.isascii() and value.strip(_EDGES).isalpha():
        return False  # a word of a translation
    return not (_PATH.match(value) or _HASH.match(value) or _SOURCE_CODE.search(value))
