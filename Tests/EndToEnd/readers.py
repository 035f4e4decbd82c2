# SPDX-License-Identifier: Apache-2.0
"""The headers of people's browsers and of robots that open shared links, with whatever else comes along."""

import cards

BROWSERS = [
    [
        "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
        'sec-ch-ua: "Not/A)Brand";v="8", "Chromium";v="126", "Google Chrome";v="126"',
        "sec-ch-ua-mobile: ?0",
        'sec-ch-ua-platform: "Windows"',
        "Upgrade-Insecure-Requests: 1",
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Mode: navigate",
        "Sec-Fetch-User: ?1",
        "Sec-Fetch-Dest: document",
        "Cache-Control: max-age=0",
    ],
    [
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "DNT: 1",
        "Sec-GPC: 1",
        "Priority: u=0, i",
        "TE: trailers",
    ],
    [
        "user-agent: Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
        "Mobile/15E148 Safari/604.1",
        "accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "priority: u=0, i",
    ],
    ["User-Agent: curl/8.7.1", "Accept: */*"],
    [],
]
# Without those who ask for a part or fetch ahead: they are the router's.
ROBOTS = [
    [f"{name}: {value}" for name, value in headers.items() if not name.endswith(("Encoding", "Language"))]
    for headers in cards.ROBOTS.values()
    if not {"Range", "Purpose"} & headers.keys()
]
LANGUAGES = [
    "de",
    "de-DE,de;q=0.9,en;q=0.8",
    "pt-BR,pt;q=0.9",
    "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5",
    "es-419,es;q=0.9",
    "EN-us",
    "de_AT",
    "*",
    "xx",
    "",
    "de;q=0",
    "de;q=0, en",
    "de;q=nonsense,fr;q=0.1",
    "zh-Hant-TW,zh;q=.9,es;q=0.001",
    " ; ,,,de",
    "en;q=0.5\t,\tpt;q=0.9",
    "d\u00e9",
    "\u212aO,de",
    ",".join(["xx"] * 19 + ["de"]),
    ",".join(["xx"] * 20 + ["de"]),
    "x" * 509 + ",de",
]
CODINGS = [
    "gzip",
    "gzip, deflate, br, zstd",
    "gzip;q=0",
    "*",
    "*;q=0",
    "identity",
    "identity;q=1, *;q=0",
    "x-gzip",
    "GZIP",
    "br",
    "",
    "gzip;q=0.001",
    "gzip ; q=1",
    "gzip;Q=0",
    "deflate, gzip;q=1.0, *;q=0.5",
    "br;q=1, gzip;q=0, *",
    "gzip;q=nonsense",
    "gzipped",
]
COOKIES = [
    "session=abc123; _ga=GA1.2.3; basket=4711",
    "shop_logi=x",
    "login=eyJhbGciOiJIUzI1NiJ9.e30.x; a=b",
    "",
    "=;;=",
    "a=" + "x" * 4000,
]
# Nothing of these chooses an answer.
OTHERS = [
    "Connection: keep-alive",
    "connection:Keep-Alive",
    "Connection: \t KEEP-ALIVE",
    "Proxy-Connection: keep-alive",
    "Keep-Alive: timeout=5, max=100",
    "Accept: application/json",
    "Accept: image/png",
    "Referer: https://chat.example/room/7",
    "Cache-Control: no-cache",
    "Pragma: no-cache",
    "If-Modified-Since: Mon, 01 Jan 2035 00:00:00 GMT",
    "If-Unmodified-Since: Mon, 01 Jan 2001 00:00:00 GMT",
    'If-Match: "x"',
    "X-Forwarded-For: 203.0.113.9, 10.0.0.1",
    "X-Forwarded-Proto: https",
    "Forwarded: for=203.0.113.9;host=other.example",
    "X-Forwarded-Host: other.example",
    "Via: 1.1 proxy",
    "X-Request-Id: abc",
    "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "On-Behalf-Of: user:anna",
    "Content-Type: application/json",
    "Save-Data: on",
    "Access-Control-Request-Method: GET",
    "Trailer: Expires",
    "X-HTTP-Method-Override: DELETE",
    "X-Original-URL: /admin/v1/links",
    b"X-Bytes: \xff\xfe\x80",
    b"X-Empty:",
    "X-Long: " + "x" * 8000,
]
HOSTS = ["Host: shop", "host:shop", "HOST: Shop.Example:8443", "Host: [::1]:8080", "Host: evil.example"]
HOSTS += ["Host:", "Host: a b", b"Host: \xff"]


def some(random, choices, chance=0.7):
    return random.choice(choices) if random.random() < chance else None


def varied(random, line):
    """The same header in other letters."""
    if isinstance(line, bytes):
        return line
    name, value = line.split(":", 1)
    name = random.choice([name, name.lower(), name.upper(), name.title()])
    return name + ":" + random.choice([value, " " + value.strip(), value.strip(), "\t " + value.strip()])
