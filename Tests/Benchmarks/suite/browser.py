# SPDX-License-Identifier: Apache-2.0
"""What Chrome sends with a shop's cookies: the headers as Chromium 156 sent them to a socket, the cookies such as a VTEX shop sets."""

import base64
import json

CHROME = {
    "Connection": "keep-alive",
    "sec-ch-ua": '"Not:A-Brand";v="8", "Chromium";v="156", "Google Chrome";v="156"',
    "sec-ch-ua-mobile": "?0",
    "sec-ch-ua-platform": '"Windows"',
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "en-GB,en-US;q=0.9,en;q=0.8",
}


def _session():
    """A session's cookie is a JWT; this one holds nothing and is signed by nobody."""
    parts = [{"alg": "ES256", "typ": "JWT"}, {"account.id": "0" * 36, "id": "1" * 36, "version": 2, "sub": "session", "exp": 1796083200}]
    texts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*texts, "A" * 86])


COOKIES = {
    "_ga": "GA1.1.1482093512.1764230400",
    "_ga_K7Q2M4X1ZP": "GS2.1.s1764230400$o3$g1$t1764231022$j41$l0$h0",
    "_gcl_au": "1.1.912384756.1764230400",
    "_fbp": "fb.1.1764230400000.583920174650298374",
    "OptanonConsent": "isGpcEnabled=0&datestamp=Thu+Nov+27+2026&version=202410.1.0&groups=C0001%3A1%2CC0002%3A1%2CC0003%3A1%2CC0004%3A0",
    "VtexRCMacIdv7": "5c9f2f0a-6d0e-4a0e-9f3e-2b8d1c7a4e90",
    "VtexRCSessionIdv7": "b1f7c3d2-0e4a-4d6b-8a5c-9e7f6d3c2b1a",
    "checkout.vtex.com": "__ofid=00000000000000000000000000000000",
    "vtex_segment": base64.b64encode(json.dumps({"channel": "1", "currencyCode": "EUR", "cultureInfo": "en-GB"}).encode()).decode(),
    "vtex_session": _session(),
}

FETCH = CHROME | {
    "Accept": "*/*",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
    "Referer": "https://shop.example/cart",
    "Cookie": "; ".join(f"{name}={value}" for name, value in COOKIES.items()),
}
NAVIGATION = CHROME | {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-User": "?1",
    "Sec-Fetch-Dest": "document",
    "Cookie": FETCH["Cookie"],
}
