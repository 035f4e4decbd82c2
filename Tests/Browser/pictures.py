# SPDX-License-Identifier: Apache-2.0
"""The product pictures of the tests' shop: small PNGs, drawn here because no test may reach outside."""

import struct
import zlib
from functools import cache

SIDE = 96
HOST = "https://cdn.shop.example/"
COLOURS = {"kettle": (47, 93, 98), "mugs": (196, 107, 61), "coffee": (94, 65, 47), "cloth": (86, 104, 163), "vase": (122, 142, 74)}


def address(name):
    return f"{HOST}{name}.png"


@cache
def png(name):
    """A light disc with the product's colour around and inside it: enough to tell pictures apart on a screenshot."""
    colour = COLOURS.get(name, (120, 120, 120))
    pale = tuple(255 - (255 - part) // 6 for part in colour)
    rows = b"".join(b"\0" + bytes(_shade(x, y) for x in range(SIDE)) for y in range(SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 3, 0, 0, 0)
    palette = bytes((*pale, 255, 255, 255, *colour))
    chunks = [(b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _shade(x, y):
    away = (x - SIDE / 2 + 0.5) ** 2 + (y - SIDE / 2 + 0.5) ** 2
    return 2 if away < (SIDE * 0.2) ** 2 else 1 if away < (SIDE * 0.36) ** 2 else 0


def _chunk(part):
    kind, data = part
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
