# SPDX-License-Identifier: Apache-2.0
"""Public files, and the shop's looks."""

import gzip
import struct
import zlib
from urllib.robotparser import RobotFileParser

import pytest

from cards import card

FILES = {
    "/assets/page.css": "text/css; charset=utf-8",
    "/assets/page.js": "text/javascript; charset=utf-8",
    "/assets/card.png": "image/png",
    "/robots.txt": "text/plain; charset=utf-8",
}


def png(width, height):
    """A grey picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("path", FILES)
def test_a_public_file_may_be_kept_by_caches(shop, path):
    answer = shop.public.get(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == FILES[path]
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert shop.public.get(path, If_None_Match=answer.headers["ETag"]).status == 304
    head = shop.public("HEAD", path)
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(answer.body)))
    part = shop.public.get(path, Range="bytes=2-4", If_Range=answer.headers["ETag"])
    assert (part.status, part.body) == (206, answer.body[2:5])
    assert shop.public.get(path, Range="bytes=2-4", If_Range='"other"').body == answer.body


@pytest.mark.parametrize("path", FILES)
def test_texts_are_compressed_and_pictures_are_not(shop, path):
    plain, asked = shop.public.get(path), shop.public.get(path, Accept_Encoding="gzip")
    if path.endswith(".png"):
        assert asked.headers["Content-Encoding"] is None and asked.headers["Vary"] is None
    else:
        assert gzip.decompress(asked.body) == plain.body
        assert asked.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


def test_the_cards_picture_is_for_robots_and_other_sites(shop):
    answer = shop.public.get("/assets/card.png")
    assert "noindex" not in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.body[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", answer.body[16:24]) == (1200, 630)
    assert len(answer.body) < 60_000


def test_robots_txt_keeps_search_engines_out_and_lets_previews_in(shop):
    rules = RobotFileParser()
    rules.parse(shop.public.get("/robots.txt").body.decode().splitlines())
    for robot in ["Googlebot", "bingbot", "DuckDuckBot", "GPTBot", "Mozilla/5.0", "anything"]:
        assert not rules.can_fetch(robot, f"{shop.url}/s/x"), robot
        assert rules.can_fetch(robot, f"{shop.url}/assets/card.png"), robot
    previews = ["facebookexternalhit/1.1", "Twitterbot/1.0", "LinkedInBot/1.0", "Slackbot-LinkExpanding 1.0", "TelegramBot", "Discordbot"]
    for robot in [*previews, "WhatsApp/2.23", "SkypeUriPreview", "Google-Chat/1.0", "Mastodon"]:
        assert rules.can_fetch(robot, f"{shop.url}/s/x"), robot


def test_the_shops_looks_are_served(start, tmp_path):
    (tmp_path / "logo.png").write_bytes(png(40, 40))
    (tmp_path / "card.png").write_bytes(png(1200, 630))
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.css").write_text("body { color: red }")
    looks = {"logo": tmp_path / "logo.png", "card": tmp_path / "card.png", "templates": tmp_path / "templates"}
    server = start({"shop": {name: str(path) for name, path in looks.items()} | {"accent": "#0000ff"}})
    assert server.public.get("/assets/logo.png").body == png(40, 40)
    assert server.public.get("/assets/card.png").body == png(1200, 630)
    css = server.public.get("/assets/page.css").body.decode()
    assert css.startswith("body { color: red }") and "--accent: #0000ff; --on-accent: #ffffff" in css
    assert card(server.public.get("/s/nonsense").body)["og:image"] == f"{server.url}/assets/card.png"


BAD = {
    "logo": ("shop.logo", b"<svg/>"),
    "card": ("shop.card", png(1200, 600)),
    "templates": ("shop.templates", b"a file, no folder"),
}


@pytest.mark.parametrize("key", BAD)
def test_what_cant_be_shown_is_refused_at_the_start(prepare, tmp_path, key):
    named, content = BAD[key]
    (tmp_path / "file").write_bytes(content)
    server = prepare({"shop": {key: str(tmp_path / "file")}})
    code, said = server.refusal()
    assert code == 78 and named in said and str(tmp_path / "file") in said
    checked = server.run("check")
    assert checked.returncode == 78 and named in checked.stderr + checked.stdout


def test_a_template_that_cant_be_used_is_refused_with_file_and_reason(prepare, tmp_path):
    for name, text, reason in [
        ("share.mustache", "{{#cart}}", "line 1"),
        ("share.mustache", "<p>{{heading}}</p>", "og:image"),
        ("shared.mustache", "", "none of them"),
    ]:
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text)
        checked = prepare({"shop": {"templates": str(folder)}}).run("check")
        said = checked.stderr + checked.stdout
        assert checked.returncode == 78 and f"{folder}/{name}" in said and reason in said, said
        (folder / name).unlink()
