# SPDX-License-Identifier: Apache-2.0
"""Cartlink's tokens, as far as a benchmark must understand them."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def id_bytes(link_id):
    """The 16 bytes that a link id's 22 base62 digits write."""
    number = lambda text: sum(DIGITS.index(digit) * 62**place for place, digit in enumerate(reversed(text)))
    return b"".join(number(part).to_bytes(8, "big") for part in (link_id[:11], link_id[11:]))


def forged(token):
    """A well-formed token with another tag: one digit in the middle of the tag differs."""
    place = 45
    return token[:place] + ("0" if token[place] != "0" else "1") + token[place + 1 :]
