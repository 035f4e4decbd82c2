# SPDX-License-Identifier: Apache-2.0
"""Makes tokens of link ids as `Sources/ShareLinks/Tokens/Token.swift` describes them, from the key file alone."""

import hmac
import pathlib

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def tokens(ids, key_file, tenant, host):
    """The tokens of external links under the signing key."""
    (slot, key) = _signing(pathlib.Path(key_file).read_text())
    counted = [bytes([len(name.encode())]) + name.encode() for name in (tenant, host)]
    prefix = b"cartlink/1" + b"".join(counted)
    # Layout version 0, mode 0: external, read-only.
    header = bytes([slot])
    for link in ids:
        tag = hmac.digest(key, prefix + header + link, "sha256")[:16]
        yield "cl1" + _written(header + link + tag)


def _signing(text):
    lines = [line.split("#")[0].split() for line in text.splitlines()]
    (words,) = [line for line in lines if line and line[1] == "signing"]
    return int(words[0]), bytes.fromhex(words[3])


def _written(data):
    """Each eight bytes as eleven digits, the last byte as two."""
    groups = [(data[start : start + 8], 11) for start in range(0, 32, 8)] + [(data[32:], 2)]
    return "".join(_digits(int.from_bytes(group, "big"), count) for group, count in groups)


def _digits(number, count):
    text = ""
    for _ in range(count):
        number, digit = divmod(number, 62)
        text = DIGITS[digit] + text
    return text
