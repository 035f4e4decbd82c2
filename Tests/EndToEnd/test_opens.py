# SPDX-License-Identifier: Apache-2.0
"""Who opened a link: people by what the page tells, robots by what they ask. Counting changes nothing else."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

from event_stream import EventStream
from logins import ANNA, BERT, EVA, OLGA
from test_redaction_doors import BROWSER, ROBOTS

PREFETCHES = [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}]
NEVER = {"people": 0, "robots": 0, "lastAt": None}


def seen(server, link, person=None, agent=BROWSER, body=b"", **headers):
    """What the page sends when somebody looks at it, as a browser's `sendBeacon` does."""
    headers = {"User-Agent": agent, "Content-Type": "text/plain;charset=UTF-8"} | headers
    return server.public("POST", f"/s/{link['token']}/seen", body, person and person.login, headers)


def look(server, link, method="GET", **headers):
    return server.public(method, f"/s/{link['token']}", headers={"User-Agent": BROWSER} | headers)


def read(server, link, owner=ANNA):
    return server.public.get(f"/v1/links/{link['id']}", owner.login).ok()


def counts(server, link, owner=ANNA):
    opens = read(server, link, owner)["opens"]
    return opens["people"], opens["robots"]


def counted(server, link, people, robots, owner=ANNA):
    """Waits until so many are counted, and a moment longer for one too many."""
    deadline = time.monotonic() + 5
    while counts(server, link, owner) != (people, robots) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.2)
    assert counts(server, link, owner) == (people, robots)


def test_each_robot_counts_as_one_and_changes_nothing_else(shop):
    links = {agent: shop.link() for agent in ROBOTS}
    before = {agent: read(shop, link) for agent, link in links.items()}
    for agent, link in links.items():
        answer = look(shop, link, **{"User-Agent": agent})
        assert answer.status == 200 and answer.body == look(shop, link).body
        assert look(shop, link, "HEAD", **{"User-Agent": agent, "Range": "bytes=0-32767"}).status in (200, 206)
        assert seen(shop, link, agent=agent).status == 204
    counted(shop, links[ROBOTS[0]], 0, 2)
    for agent, link in links.items():
        after = read(shop, link)
        assert after == before[agent] | {"opens": {"people": 0, "robots": 2, "lastAt": None}}, agent


def test_head_and_prefetches_of_a_browser_count_as_robots_and_ranges_do_not(shop):
    link = shop.link()
    assert link["opens"] == NEVER
    assert look(shop, link, "HEAD").status == 200
    for headers in PREFETCHES:
        assert look(shop, link, **headers).status == 200
        assert seen(shop, link, **headers).status == 204
    for part in ("bytes=0-99", "bytes=-1"):
        assert look(shop, link, Range=part).status in (200, 206)
    counted(shop, link, 0, 1 + len(PREFETCHES))


def test_a_look_counts_once_when_the_page_says_so(shop):
    link = shop.link()
    assert look(shop, link).status == 200
    began = time.time()
    answer = seen(shop, link)
    assert answer.status == 204 and answer.body == b"" and answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Set-Cookie"] is None
    counted(shop, link, 1, 0)
    opens = read(shop, link)["opens"]
    at = time.mktime(time.strptime(opens["lastAt"][:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone
    assert began - 2 < at < time.time() + 1
    # Robots that come later don't move it.
    look(shop, link, **{"User-Agent": ROBOTS[0]})
    counted(shop, link, 1, 1)
    assert read(shop, link)["opens"]["lastAt"] == opens["lastAt"]
    assert shop.public.get(f"/v1/carts/{link['cartId']}/links", ANNA.login).ok()["links"][0]["opens"] == read(shop, link)["opens"]
    assert shop.administer("GET", f"links?cartId={link['cartId']}").ok()["links"][0]["opens"] == read(shop, link)["opens"]


def test_the_owners_own_looks_are_not_counted(shop):
    link = shop.link()
    assert seen(shop, link, ANNA).status == 204
    # A cookie needs no origin here: nothing of the cart is changed.
    for origin in ({}, {"Origin": "null"}, {"Origin": "https://evil.example"}):
        assert seen(shop, link, Cookie=f"shop_login={ANNA.login}", **origin).status == 204
    assert seen(shop, link, EVA).status == 204
    assert seen(shop, link, Cookie=f"shop_login={EVA.login}").status == 204
    assert seen(shop, link, Cookie="shop_login=ended").status == 204
    counted(shop, link, 3, 0)


def test_an_internal_link_counts_those_inside(shop):
    link = shop.link(shop.put(OLGA), OLGA, audience="internal")
    for person, status in ((None, 204), (EVA, 204), (OLGA, 204), (BERT, 204)):
        assert seen(shop, link, person).status == status
    assert look(shop, link, **{"User-Agent": ROBOTS[0]}).status == 200
    counted(shop, link, 1, 1, OLGA)


def test_what_is_no_live_link_is_told_as_elsewhere_and_counts_nothing(shop):
    link = shop.link()
    shop.revoke(link)
    seen(shop, link).problem(410, "link-gone")
    look(shop, link, **{"User-Agent": ROBOTS[0]})
    other = shop.link()["token"]
    for token in ("x", other[:-1] + ("0" if other[-1] != "0" else "1"), other.swapcase(), other + "/"):
        shop.public("POST", f"/s/{token}/seen", b"", headers={"User-Agent": BROWSER}).problem(404)
    shop.public("POST", f"/s/{other}/seen?access_token=x", b"").problem(400)
    seen(shop, shop.link(), Authorization="Bearer x").problem(401)
    for method in ("GET", "PUT", "DELETE"):
        shop.public(method, f"/s/{other}/seen").problem(405, "method-not-allowed")
    counted(shop, link, 0, 0)


def test_bad_tokens_are_limited(start):
    server = start({"limits": {"badTokens": "5/min"}})
    answers = [server.public("POST", "/s/cl1nonsense/seen", b"", headers={"User-Agent": BROWSER}).status for _ in range(7)]
    assert answers == [404] * 5 + [429] * 2
    assert seen(server, server.link()).status == 204


def test_any_small_body_will_do(shop):
    link = shop.link()
    bodies = [(b"", "text/plain"), (b"{not json", "application/json"), (b"\xff" * 1024, "application/octet-stream"), (b"a=b", "x")]
    for body, kind in bodies:
        assert seen(shop, link, body=body, **{"Content-Type": kind}).status == 204
    seen(shop, link, body=b"x" * 1025).problem(413, "too-large")
    counted(shop, link, 4, 0)


def test_concurrent_looks_are_counted_exactly(shop):
    links = [shop.link() for _ in range(5)]
    with ThreadPoolExecutor(16) as pool:
        answers = pool.map(lambda number: seen(shop, links[number % 5]).status, range(400))
        robots = pool.map(lambda number: look(shop, links[number % 5], **{"User-Agent": "Twitterbot/1.0"}).status, range(200))
        assert set(answers) == {204} and set(robots) == {200}
    counted(shop, links[0], 80, 40)
    assert [counts(shop, link) for link in links] == [(80, 40)] * 5


def test_nothing_else_hears_of_it(shop):
    link = shop.link()
    path = f"/v1/carts/{link['cartId']}"
    cart = shop.public.get(path, ANNA.login)
    audit, page, shared = shop.administer("GET", f"audit?cartId={link['cartId']}").body, look(shop, link), shop.shared(link)
    with EventStream(shop, link["cartId"], ANNA.login) as stream:
        for _ in range(20):
            seen(shop, link)
            look(shop, link, "HEAD")
        counted(shop, link, 20, 20)
        assert stream.is_silent(1)
    assert shop.public.get(path, ANNA.login).headers["ETag"] == cart.headers["ETag"]
    assert shop.administer("GET", f"audit?cartId={link['cartId']}").body == audit
    assert look(shop, link, **{"If-None-Match": page.headers["ETag"]}).status == 304
    assert shop.shared(link, If_None_Match=shared.headers["ETag"]).status == 304


def test_a_clean_stop_loses_nothing(start):
    server = start()
    link = server.link()
    for _ in range(30):
        seen(server, link)
        look(server, link, "HEAD")
    assert server.stop() == 0
    server.start()
    assert counts(server, link) == (30, 30)


def test_a_crash_loses_at_most_the_last_second(start):
    server = start()
    link = server.link()
    seen(server, link)
    time.sleep(1.5)
    seen(server, link)
    server.kill()
    server.start()
    people, robots = counts(server, link)
    assert people in (1, 2) and robots == 0
    assert server.with_admin_key("audit", "verify").returncode == 0


def test_the_metric_tells_both(start):
    server = start()
    link = server.link()

    def metric(who):
        found = re.search(rf'^cartlink_opens_total{{who="{who}"}} (\S+)$', server.admin.get("/metrics").body.decode(), re.M)
        return float(found.group(1))

    assert (metric("person"), metric("robot")) == (0, 0)
    seen(server, link)
    look(server, link, "HEAD")
    look(server, link, "HEAD")
    assert (metric("person"), metric("robot")) == (1, 2)
    assert link["token"] not in server.admin.get("/metrics").body.decode() and link["id"] not in server.admin.get("/metrics").body.decode()
