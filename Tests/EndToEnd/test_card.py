# SPDX-License-Identifier: Apache-2.0
"""What preview robots get of a link: each network's own request, byte for byte."""

import gzip
from urllib.parse import urlsplit

import pytest

import carts
from cards import ROBOTS, WINDOW, card, english, lines, tags
from logins import ANNA, EVA, OLGA


@pytest.fixture(scope="module")
def link(shop):
    return shop.link(shop.put(cart=carts.with_canaries()))


def unpacked(answer):
    return gzip.decompress(answer.body) if answer.headers["Content-Encoding"] == "gzip" else answer.body


@pytest.mark.parametrize("robot", ROBOTS)
def test_every_robot_reads_the_whole_card(shop, link, robot):
    asked = ROBOTS[robot]
    language = {name: value for name, value in asked.items() if name == "Accept-Language"}
    plain = shop.public("GET", f"/s/{link['token']}", headers=language).body
    answer = shop.public("GET", f"/s/{link['token']}", headers=asked)
    assert answer.status == (206 if "Range" in asked else 200)
    assert answer.headers["Location"] is None
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert unpacked(answer) == plain
    assert (answer.headers["Content-Encoding"] == "gzip") == ("gzip" in asked.get("Accept-Encoding", "") and "Range" not in asked)
    shown = card(unpacked(answer))
    # Most robots ask for no language and get the cart's.
    title = "Shared cart – Demo shop" if language else "Geteilter Warenkorb – Demo shop"
    assert shown["og:title"] == shown["title"] == title
    assert shown["og:url"] == link["url"]
    assert shown["og:image"] == f"{shop.url}/assets/card.png"
    assert (shown["og:image:width"], shown["og:image:height"], shown["og:image:type"]) == ("1200", "630", "image/png")
    assert shown["twitter:card"] == "summary_large_image"


def test_the_title_comes_first(shop, link):
    names = [name for name, _ in tags(shop.page(link).body)]
    assert names[:8] == ["title", "description", "og:title", "og:description", "og:url", "og:site_name", "og:type", "og:image"]
    assert shop.page(link).body.index(b"</title>") < 300


@pytest.mark.parametrize("robot", ROBOTS)
def test_a_head_request_tells_what_a_get_would(shop, link, robot):
    asked = {name: value for name, value in ROBOTS[robot].items() if name != "Range"}
    path = f"/s/{link['token']}"
    get, head = shop.public("GET", path, headers=asked), shop.public("HEAD", path, headers=asked)
    assert head.status == 200
    assert head.body == b""
    for name in ["Content-Type", "Content-Length", "Content-Encoding", "ETag", "Vary", "Cache-Control", "Content-Security-Policy"]:
        assert head.headers[name] == get.headers[name], name


def test_a_part_is_cut_out_of_the_page(shop, link):
    path, page = f"/s/{link['token']}", shop.page(link).body
    for wish, part, says in [
        ("bytes=0-99", page[:100], f"bytes 0-99/{len(page)}"),
        ("bytes=100-", page[100:], f"bytes 100-{len(page) - 1}/{len(page)}"),
        ("bytes=-7", page[-7:], f"bytes {len(page) - 7}-{len(page) - 1}/{len(page)}"),
    ]:
        answer = shop.public("GET", path, headers={"Range": wish, "Accept-Encoding": "gzip"})
        assert (answer.status, answer.body, answer.headers["Content-Range"]) == (206, part, says)
        assert answer.headers["Content-Encoding"] is None
    refused = shop.public("GET", path, headers={"Range": f"bytes={len(page)}-"})
    assert (refused.status, refused.body, refused.headers["Content-Range"]) == (416, b"", f"bytes */{len(page)}")


def test_two_encodings_have_two_tags_and_either_is_known_again(shop, link):
    path = f"/s/{link['token']}"
    plain, packed = shop.public.get(path), shop.public.get(path, Accept_Encoding="gzip")
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.body) < len(plain.body) / 2
    for answer in [plain, packed]:
        assert shop.public.get(path, Accept_Encoding="gzip", If_None_Match=answer.headers["ETag"]).status == 304


def test_what_is_not_shown_has_the_neutral_card_byte_for_byte(shop):
    internal, open_, dead, paused = shop.link(person=OLGA, audience="internal"), shop.link(), shop.link(), shop.link()
    shop.revoke(dead)
    shop.change(paused, paused=True).ok()
    page = english(shop, internal)
    assert page.status == 200 and page.headers["Location"] is None
    neutral = [line.replace(internal["token"], "TOKEN") for line in lines(page.body)]
    nowhere = [line.replace(f"{shop.url}/s/TOKEN", shop.url) for line in neutral]
    for link, status, person in [(open_, 200, None), (dead, 410, None), (paused, 410, None), (internal, 403, EVA), (internal, 200, OLGA)]:
        answer = english(shop, link, person)
        assert answer.status == status
        assert [line.replace(link["token"], "TOKEN") for line in lines(answer.body)] == (neutral if status == 200 else nowhere)
    unknown = shop.public.get("/s/nonsense")
    assert unknown.status == 404
    assert lines(unknown.body) == nowhere


def test_a_forged_token_is_never_an_address(shop, link):
    forged = link["token"][:-1] + ("a" if link["token"][-1] != "a" else "b")
    page = shop.public.get(f"/s/{forged}").body
    assert forged.encode() not in page and b"/s/" not in b"\n".join(line.encode() for line in lines(page))


def test_the_card_holds_nothing_of_the_cart(shop, link):
    for person in [None, ANNA]:
        text = "\n".join(lines(shop.page(link, person).body))
        for secret in [*carts.CANARIES, carts.DIGITS, "Mug", "Cup", "colour", "2500", "25.00", "MUG-1"]:
            assert secret not in text, secret


def test_the_pictures_address_holds_no_token_and_outlives_the_link(shop):
    link = shop.link()
    url = card(shop.page(link).body)["og:image"]
    assert link["token"] not in url
    before = shop.public.get(urlsplit(url).path)
    shop.revoke(link)
    assert shop.page(link).status == 410
    assert card(shop.page(link).body)["og:image"] == url
    after = shop.public.get(urlsplit(url).path)
    assert (after.status, after.body) == (200, before.body)


def test_robots_change_nothing(shop):
    link = shop.link()
    path = f"/v1/links/{link['id']}"
    before = shop.public.get(path, ANNA.login).json
    for asked in ROBOTS.values():
        for method in ["GET", "HEAD"]:
            assert shop.public(method, f"/s/{link['token']}", headers=asked).status in (200, 206)
    after = shop.public.get(path, ANNA.login).json
    assert {name: value for name, value in after.items() if name != "opens"} == {
        name: value for name, value in before.items() if name != "opens"
    }


def test_the_longest_cart_leaves_the_card_in_its_window(shop):
    items = [{"id": f"i{n}", "sku": f"S{n}", "name": f"</title><script>{n}" + "x" * 400, "quantity": 1} for n in range(500)]
    page = shop.page(shop.link(shop.put(cart=carts.plain(items=items)))).body
    assert len(page) > 4 * WINDOW
    card(page)
    assert page.count(b"<title>") == 1 and b"<script>0" not in page


def test_what_a_logged_in_person_gets_is_not_compressed(shop, link):
    for person, encoding in [(None, "gzip"), (ANNA, None)]:
        assert shop.page(link, person, Accept_Encoding="gzip").headers["Content-Encoding"] == encoding
        assert shop.shared(link, person, Accept_Encoding="gzip").headers["Content-Encoding"] == encoding
