# SPDX-License-Identifier: Apache-2.0
"""What clients see while the platform that keeps the carts fails, or is changed by others at the same time."""

import json
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

import carts
import findings
from logins import ANNA, EVA
from patience import PATIENCE
from server import merged
from source_faults import (
    FAULTS,
    LONGEST,
    RECOVERY,
    SECTIONS,
    Shared,
    at_once,
    circuit,
    edit,
    endure,
    grow,
    is_write,
    of_writes,
    pieces,
    series,
    shown,
    started,
    timed,
    told,
    words_of,
    writes,
)
from upstream import METADATA, OWNER, PAGE, Fault, Upstream
from vtex_stand_in import SECTIONS as SECTIONS_OF_VTEX

TABLE = "Faults of a cart's platform: fault | what clients saw | longest wait | until all was as before"
QUICK = 0.1 * PATIENCE
UNKNOWN = "isn't known"


@pytest.fixture(scope="module")
def endured(tmp_path_factory):
    """All faults of all platforms, beside each other: most of it is waiting."""
    folder = tmp_path_factory.mktemp("faults")
    with ThreadPoolExecutor(24) as pool:
        cases = [(name, kind) for name in FAULTS for kind in SECTIONS]
        found = {case: pool.submit(endure, case[1], case[0], folder / f"{number}") for number, case in enumerate(cases)}
        yield found
    for name in FAULTS:
        results = [found[name, kind].result() for kind in SECTIONS if not found[name, kind].exception()]
        statuses = Counter(answer.status for result in results for _, answer, _ in result.seen)
        counted = ", ".join(f"{status}×{count}" for status, count in sorted(statuses.items()))
        wait = max((seconds for result in results for _, _, seconds in result.seen), default=0)
        back = max((result.recovery for result in results), default=0)
        findings.tell(TABLE, f"{name} | {counted} | {wait:.2f} s | {back:.1f} s")


@pytest.fixture
def make(tmp_path):
    """Starts shops over platforms of the test's own."""
    made = []

    def make(kind="vtex", changes=None, **settings):
        made.append(started(kind, tmp_path / f"shop-{len(made)}", changes, **settings))
        return made[-1].__enter__()

    yield make
    for shop in made:
        shop.__exit__(None, None, None)


of_each = pytest.mark.parametrize("kind", SECTIONS)
of_editable = pytest.mark.parametrize("kind", ["vtex", "spryker"])


# Every fault


@of_each
@pytest.mark.parametrize("name", FAULTS)
def test_nothing_is_shown_while_the_platform_fails_and_the_true_cart_afterwards(endured, name, kind):
    result = endured[name, kind].result()
    for door, answer, seconds in result.seen:
        assert answer.status == 503, f"{door}: {answer}"
        assert answer.headers["Retry-After"], f"{door}: {answer.headers}"
        assert seconds < LONGEST, f"{door}: {seconds:.2f} s"
        if door != "page":
            answer.problem(503, "unavailable")
    assert result.words == [] and result.leaks == []
    assert result.is_true and result.recovery < RECOVERY


def test_nobody_waits_longer_because_others_wait_already(make):
    """A cart's viewers share what its platform answers; that it answers nothing must be shared as well."""
    shop = make()
    one = Shared.of(shop)
    shop.upstream.fault = Fault.silence()

    def late(door, delay):
        time.sleep(delay)
        return timed(door)

    doors = [(one.doors[name], 0.4 * place) for name in ("view", "page", "owner", "share") for place in range(3)]
    with ThreadPoolExecutor(len(doors)) as pool:
        seen = list(pool.map(late, *zip(*doors)))
    assert {answer.status for answer, _ in seen} == {503}
    waits = sorted(f"{seconds:.1f}" for _, seconds in seen)
    findings.tell(TABLE, f"silence, 12 clients of one cart | 503×12 | {waits[-1]} s | –")
    assert max(seconds for _, seconds in seen) < LONGEST, waits


@of_each
def test_a_cart_that_is_gone_says_nothing_against_its_platform(make, kind):
    shop = make(kind)
    one, other = Shared.of(shop), Shared.of(shop)
    shop.upstream.forget(one.cart)
    for _ in range(12):
        answer, seconds = timed(lambda: shop.server.shared(one.link))
        assert answer.problem(410, "link-gone") and seconds < 1
    assert circuit(shop) == 0 and shop.server.shared(other.link).status == 200


@of_each
def test_a_redirect_is_not_followed(make, kind):
    elsewhere, shop = Upstream(), make(kind)
    try:
        one = Shared.of(shop)
        shop.upstream.fault = Fault.redirect(elsewhere.url + "/carts")
        assert {answer.status for answer, _ in at_once(list(one.doors.values()))} == {503}
        assert shop.upstream.requests and elsewhere.connections == 0
    finally:
        elsewhere.close()


@of_each
def test_a_platform_that_refuses_our_key_shows_nothing(make, kind):
    shop = make(kind)
    one = Shared.of(shop)
    shop.upstream.app_key = shop.upstream.token = shop.upstream.publishable_key = "another"
    for answer, _ in at_once(list(one.doors.values())):
        assert answer.status == 503 and words_of(shop, answer) == []


# The circuit


def test_a_platform_that_fails_is_left_alone_and_then_asked_once(make):
    shop = make()
    shared = [Shared.of(shop) for _ in range(8)]
    shop.upstream.fault = Fault.html()
    began = time.monotonic()
    # Three attempts and two.
    assert [shop.server.shared(one.link).status for one in shared[:2]] == [503, 503]
    heard = len(shop.upstream.requests)
    assert circuit(shop) == 2
    for one in shared:
        answer, seconds = timed(lambda one=one: shop.server.shared(one.link))
        assert answer.status == 503 and seconds < QUICK
    edit(shop, shared[0].alias, body={"sku": shop.new_sku, "quantity": 1}).problem(503, "unavailable")
    assert len(shop.upstream.requests) == heard
    # Well again, but slow: who comes beside the one that is let through is refused.
    shop.upstream.fault = Fault.delay(0.5 * PATIENCE)
    while shop.server.shared(shared[0].link).status == 503 and time.monotonic() < began + RECOVERY:
        probes = at_once([lambda one=one: shop.server.shared(one.link) for one in shared])
        assert len(shop.upstream.requests) <= heard + 1, Counter(answer.status for answer, _ in probes)
        time.sleep(0.05)
    assert 9.5 < time.monotonic() - began < RECOVERY and circuit(shop) == 0
    shop.upstream.clear()
    assert {shop.server.shared(one.link).status for one in shared} == {200}


def test_the_metrics_tell_of_few_outcomes_and_nobodys_cart(make):
    shop = make(changes={"limits": {"badTokens": "1000000/min"}})
    one = Shared.of(shop)
    for fault in (Fault.html(), Fault.busy(), Fault.redirect(), Fault.huge(), Fault.ok(PAGE), Fault.reset(), Fault.error_body(), None):
        shop.upstream.fault = fault
        shop.server.shared(one.link)
        edit(shop, one.alias, body={"sku": shop.new_sku, "quantity": 1})
    counted = series(shop, "cartlink_source_requests(?:_total)?")
    assert sum(counted.values()) > 8 and len(counted) <= 10
    assert all(labels.startswith('host="127.0.0.1",outcome="') for labels in counted)
    said = told(shop)
    for secret in (one.cart, one.link["token"], shop.upstream.app_key, shop.upstream.app_token, METADATA, "kanarie"):
        assert secret.encode() not in said
    assert carts.leaks(said) == []


# Asking again

ONCE = {"500": Fault.html(), "reset": Fault.reset(), "429": Fault.busy(429, 1), "503": Fault.busy(503, 1), "half": Fault.half_answer()}


@of_each
@pytest.mark.parametrize("name", ONCE)
def test_a_read_that_fails_once_is_made_again(make, kind, name):
    shop = make(kind)
    one = Shared.of(shop)
    asked = len(shop.upstream.requests)
    shop.upstream.next_faults = [ONCE[name]]
    answer, seconds = timed(one.doors["view"])
    assert shown(shop, answer) == pieces(shop, one.cart) and len(shop.upstream.requests) == asked + 2
    assert circuit(shop) == 0 and seconds >= (1 if name in ("429", "503") else 0)


LOST = {"reset": Fault.reset(), "500": Fault.html(), "503": Fault.status(503), "half": Fault.half_answer(), "silence": Fault.silence()}
CASES = [(name, True) for name in LOST] + [(name, False) for name in ("reset", "500", "503")]


@of_editable
@pytest.mark.parametrize("name, has_effect", CASES, ids=[f"{name}{' after its effect' * done}" for name, done in CASES])
def test_a_write_whose_answer_is_lost_is_sent_once_and_its_outcome_is_said_to_be_unknown(make, kind, name, has_effect):
    shop = make(kind, freshFor="60s")
    one = Shared.of(shop)
    before = shown(shop, shop.server.shared(one.link))
    assert shown(shop, one.doors["owner"]()) == before
    shop.upstream.fault = of_writes(LOST[name].after_effect() if has_effect else LOST[name])
    answer, seconds = timed(lambda: edit(shop, one.alias, body={"sku": shop.new_sku, "quantity": 2}))
    assert UNKNOWN in answer.problem(503, "unavailable")["detail"] and answer.headers["Retry-After"]
    assert seconds < LONGEST and words_of(shop, answer) == [] and len(writes(shop)) == 1
    shop.upstream.clear()
    # What was held before tells nothing of it.
    assert pieces(shop, one.cart) == before + 2 * has_effect
    assert {shown(shop, one.doors[door]()) for door in ("view", "owner")} == {pieces(shop, one.cart)}


@of_editable
@pytest.mark.parametrize("method, body", [("PATCH", {"quantity": 5}), ("DELETE", None)], ids=["PATCH", "DELETE"])
def test_changing_and_removing_lines_is_sent_once_too(make, kind, method, body):
    shop = make(kind, freshFor="60s")
    one = Shared.of(shop)
    handle, _ = list(shop.lines(one.doors["owner"]().json["cart"]).values())[0]
    for fault in (Fault.reset().after_effect(), Fault.html()):
        shop.upstream.requests.clear()
        shop.upstream.fault = of_writes(fault)
        answer = edit(shop, one.alias, method, f"/{handle}", body)
        if method == "DELETE" and fault.has_effect is False:
            answer.problem(404, "not-found")
            continue
        assert UNKNOWN in answer.problem(503, "unavailable")["detail"] and len(writes(shop)) == 1
        assert shown(shop, one.doors["owner"]()) == pieces(shop, one.cart)


@of_editable
@pytest.mark.parametrize("status", [429, 503])
def test_a_write_that_the_platform_asks_to_repeat_soon_is_repeated_and_else_not(make, kind, status):
    shop = make(kind)
    one = Shared.of(shop)
    before = pieces(shop, one.cart)
    shop.upstream.fault = of_writes(Fault.busy(status, 1), times=1)
    answer = edit(shop, one.alias, body={"sku": shop.new_sku, "quantity": 2})
    assert shown(shop, answer) == pieces(shop, one.cart) == before + 2 and len(writes(shop)) == 2
    shop.upstream.requests.clear()
    shop.upstream.fault = of_writes(Fault.busy(status, 7))
    answer, seconds = timed(lambda: edit(shop, one.alias, body={"sku": shop.new_sku, "quantity": 2}))
    assert UNKNOWN not in answer.problem(503, "unavailable")["detail"]
    assert seconds < LONGEST and len(writes(shop)) == 1 and pieces(shop, one.cart) == before + 2


# How fresh


@of_each
def test_views_within_the_fresh_time_are_one_read_and_a_change_shows_after_it(make, kind):
    shop = make(kind, freshFor="2s")
    one = Shared.of(shop)
    asked, began = len(shop.upstream.requests), time.monotonic()
    seen = at_once([one.doors["view"], one.doors["page"]] * 25) + [timed(one.doors["view"]) for _ in range(100)]
    assert {answer.status for answer, _ in seen} == {200}
    assert len(shop.upstream.requests) - asked <= 1 + (time.monotonic() - began) // 2
    grow(shop, one.cart)
    changed = time.monotonic()
    while shown(shop, one.doors["view"]()) != pieces(shop, one.cart):
        assert time.monotonic() < changed + 2 + 0.5 * PATIENCE
        time.sleep(0.02)


@of_each
def test_without_a_fresh_time_each_view_is_of_the_cart_as_it_is(make, kind):
    shop = make(kind, freshFor="0s")
    one = Shared.of(shop)
    for _ in range(5):
        grow(shop, one.cart)
        assert [shown(shop, one.doors[door]()) for door in ("view", "owner")] == [pieces(shop, one.cart)] * 2


@of_each
@pytest.mark.parametrize("door", ["view", "owner"])
def test_50_viewers_share_few_reads_and_see_no_older_cart_than_when_they_asked(make, kind, door):
    shop = make(kind, freshFor="0s")
    one, ended = Shared.of(shop), threading.Event()
    # Each answer is 0.2 s old.
    shop.upstream.fault, asked = Fault.delay(0.2).after_effect(), len(shop.upstream.requests)

    def keep_growing():
        while not ended.wait(0.005):
            grow(shop, one.cart)

    def look(number):
        time.sleep(0.01 * number)
        least = pieces(shop, one.cart)
        return shown(shop, one.doors[door]()) - least

    with ThreadPoolExecutor(51) as pool:
        pool.submit(keep_growing)
        try:
            gains = list(pool.map(look, range(50)))
        finally:
            ended.set()
    reads = len(shop.upstream.requests) - asked
    assert min(gains) >= 0, f"{sum(gain < 0 for gain in gains)} of 50 saw an older cart, by up to {-min(gains)} changes"
    assert reads <= 10 + 2 * PATIENCE, reads


@of_editable
def test_an_edit_through_cartlink_shows_at_once_however_fresh_carts_are(make, kind):
    shop = make(kind, freshFor="60s")
    one = Shared.of(shop)
    for _ in range(3):
        before = shown(shop, one.doors["view"]())
        assert shown(shop, one.doors["owner"]()) == before and one.doors["page"]().status == 200
        edit(shop, one.alias, body={"sku": shop.new_sku, "quantity": 7}).ok(201)
        assert shown(shop, one.doors["view"]()) == shown(shop, one.doors["owner"]()) == before + 7


@of_each
def test_an_old_cart_never_stands_in_for_a_platform_that_fails(make, kind):
    shop = make(kind, freshFor="1s")
    one = Shared.of(shop)
    doors = [one.doors[door] for door in ("view", "page", "owner")]
    assert [door().status for door in doors] == [200] * 3
    shop.upstream.pause()
    time.sleep(1)
    assert {door().status for door in doors * 10} == {503}


def test_a_revoked_link_is_gone_while_its_cart_is_at_hand_and_its_platform_down(make):
    shop = make(freshFor="60s")
    one = Shared.of(shop)
    assert one.doors["view"]().status == one.doors["page"]().status == 200
    assert shop.server.revoke(one.link).status == 204
    asked = len(shop.upstream.requests)
    assert one.doors["view"]().status == one.doors["page"]().status == 410
    shop.upstream.pause()
    assert one.doors["view"]().status == one.doors["page"]().status == 410 and len(shop.upstream.requests) == asked


@pytest.mark.parametrize("door", ["view", "page"])
@pytest.mark.parametrize("fresh", ["0s", "60s"])
def test_a_link_that_is_revoked_while_a_view_hangs_is_gone_at_once_for_whoever_comes_then(make, fresh, door):
    shop = make(freshFor=fresh)
    one = Shared.of(shop)
    # After an edit the cart isn't at hand.
    edit(shop, one.alias, body={"sku": shop.new_sku, "quantity": 1}).ok(201)
    shop.upstream.fault, asked = Fault.delay(2.5).after_effect(), len(shop.upstream.requests)
    with ThreadPoolExecutor(1) as pool:
        hung = pool.submit(one.doors[door])
        while len(shop.upstream.requests) == asked:
            time.sleep(0.005)
        assert shop.server.revoke(one.link).status == 204
        answer, seconds = timed(one.doors[door])
        assert answer.status == 410 and len(shop.upstream.requests) == asked + 1
        # Who came before may see it.
        assert hung.result().status in (200, 410)
    assert [one.doors[name]().status for name in ("view", "page")] == [410, 410]
    assert seconds < 1, f"{seconds:.2f} s"


# Addresses inside


@pytest.mark.parametrize("url", ["localhost:{}", "127.0.0.1:{}", "[::1]:{}", "[::ffff:127.0.0.1]:{}", "169.254.169.254", "10.0.0.1:{}"])
def test_an_address_inside_is_not_connected_to(make, url):
    shop = make()
    one, server = Shared.of(shop), shop.server
    assert server.stop() == 0
    heard, url = shop.upstream.connections, "https://" + url.format(shop.upstream.port)
    server.configure(merged(server.settings, {"carts": {"vtex": {"url": url, "allowPrivateAddresses": None}}}))
    server.start()
    for answer, seconds in [timed(door) for door in one.doors.values()] * 2:
        assert answer.status == 503 and seconds < 1 and words_of(shop, answer) == []
    assert shop.upstream.connections == heard and "private address" in server.log.read_text()
    if "localhost" in url:
        # It would be heard if it came.
        server.stop()
        server.configure(merged(server.settings, {"carts": {"vtex": {"allowPrivateAddresses": True}}}))
        assert server.start().shared(one.link).status == 503 and shop.upstream.connections > heard


def test_a_plain_address_is_refused_at_the_start(make):
    shop = make()
    server = shop.server
    assert server.stop() == 0
    server.configure(merged(server.settings, {"carts": {"vtex": {"allowPrivateAddresses": None}}}))
    checked = server.run("check")
    assert checked.returncode == 78
    for said in (checked.stdout + checked.stderr, server.refusal()[1]):
        assert "carts.vtex.url" in said and "allowPrivateAddresses" in said and shop.upstream.url not in said


# VTEX's lines have no names, only places


def line(shop, one, sku):
    """A line's handle and quantity as the owner sees it, and the cart's version."""
    answer = one.doors["owner"]()
    return *shop.lines(answer.ok()["cart"])[sku], answer.headers["ETag"]


def meanwhile(shop, change, times=1):
    """Makes a change between a fresh read and the write."""
    left = [times]

    def before(request):
        if is_write(request) and left[0]:
            left[0] -= 1
            change()

    shop.upstream.before = before


def quantities(shop, cart):
    return {item["id"]: item["quantity"] for item in shop.upstream.carts[cart]["items"]}


@pytest.mark.parametrize("sku", ["2005", "2006", "2007"])
@pytest.mark.parametrize("method, body", [("PATCH", {"quantity": 3}), ("PATCH", {"quantity": 9}), ("DELETE", None)])
def test_lines_that_change_places_before_the_write_make_no_false_success(make, sku, method, body):
    shop = make()
    one = Shared.of(shop)
    (handle, _, _), before = line(shop, one, sku), quantities(shop, one.cart)
    meanwhile(shop, lambda: shop.upstream.reorder(one.cart))
    answer = edit(shop, one.alias, method, f"/{handle}", body)
    wished = {each: quantity for each, quantity in (before | {sku: (body or {}).get("quantity")}).items() if quantity}
    if answer.status in (200, 204):
        assert quantities(shop, one.cart) == wished
    else:
        now = one.doors["owner"]()
        assert answer.problem(412, "version-differs")["version"] == now.json["version"]
        assert answer.headers["ETag"] == now.headers["ETag"] and quantities(shop, one.cart) != wished
    assert len(writes(shop)) == 1
    # Only the one in the middle stays in its place.
    assert (answer.status == 412) == (sku != "2006")


@pytest.mark.parametrize("times", [1, 2])
def test_a_place_that_is_not_there_any_more_is_looked_up_once_again(make, times):
    shop = make()
    one = Shared.of(shop)
    handle, _, _ = line(shop, one, "2007")
    shop.upstream.requests.clear()

    def remove_first():
        shop.upstream.carts[one.cart]["items"].pop(0)
        shop.upstream.recalculate(one.cart)

    meanwhile(shop, remove_first, times)
    answer = edit(shop, one.alias, "PATCH", f"/{handle}", {"quantity": 8})
    if times == 1:
        assert shop.lines(answer.ok()["cart"])["2007"] == (handle, 8) and quantities(shop, one.cart) == {"2006": 1, "2007": 8}
        assert [is_write(request) for request in shop.upstream.requests] == [False, True] * 2
    else:
        answer.problem(412, "version-differs")
        assert quantities(shop, one.cart) == {"2007": 3} and len(writes(shop)) == 2


@of_editable
@pytest.mark.parametrize("sets", [True, False], ids=["adding sets", "adding adds"])
def test_two_people_who_add_at_once_lose_nothing(make, kind, sets):
    shop = make(kind)
    shop.upstream.post_sets = sets
    one = Shared.of(shop, audience="internal", access="full", within="shop")
    shop.server.public("POST", f"/v1/shared/{one.link['token']}/accept", {}, EVA.login).ok(201)

    def add(person):
        # Where too many wait nothing was changed, and it is tried again.
        while (answer := edit(shop, one.alias, body={"sku": shop.new_sku, "quantity": 1}, person=person)).status == 503:
            assert UNKNOWN not in answer.json["detail"]
            time.sleep(0.05)
        return answer.status

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(add, [ANNA, EVA] * 10)) == {201}
    assert pieces(shop, one.cart) == 26 and line(shop, one, shop.new_sku)[1] == 20


def test_less_in_stock_than_wished_is_no_success(make):
    shop = make()
    one = Shared.of(shop)
    shop.upstream.stock = {"2008": 3, "2006": 4, "2009": 0}
    handle, _, _ = line(shop, one, "2006")
    for wish in (("POST", "", {"sku": "2008", "quantity": 5}), ("PATCH", f"/{handle}", {"quantity": 6})):
        answer, now = edit(shop, one.alias, *wish), one.doors["owner"]()
        assert answer.problem(412, "version-differs")["version"] == now.json["version"] and answer.headers["ETag"] == now.headers["ETag"]
    edit(shop, one.alias, body={"sku": "2009", "quantity": 1}).invalid("/sku")
    assert quantities(shop, one.cart) == {"2005": 2, "2006": 4, "2007": 3, "2008": 3}


def test_what_vtex_masks_is_said_to_be_masked_and_holds_no_stars(make):
    shop = make()
    one = Shared.of(shop)
    assert "masked" not in one.doors["owner"]().json["redaction"]
    shop.upstream.masks_everyone = True
    shown = one.doors["owner"]().ok()
    assert shown["redaction"]["masked"] is True and "*" not in json.dumps(shown["cart"]) and OWNER.email in json.dumps(shown["cart"])


def test_nothing_personal_is_asked_for_on_behalf_of_others_than_the_owner(make):
    shop, replies = make(), []
    work = shop.upstream.answer
    shop.upstream.answer = lambda request: replies.append((request, work(request))) or replies[-1][1]
    one = Shared.of(shop)
    one.doors["view"](), one.doors["page"](), shop.server.resolve(one.link)
    edit(shop, one.alias, body={"sku": shop.new_sku, "quantity": 1}).ok(201)
    assert len(replies) >= 5
    for request, reply in replies:
        sections = request.json["expectedOrderFormSections"]
        hidden = [name for name in SECTIONS_OF_VTEX if name not in sections]
        assert {"clientProfileData", "shippingData", "paymentData", "marketingData", "openTextField", "customData"} <= set(hidden)
        assert [json.loads(reply.body)[name] for name in hidden] == [None] * len(hidden) and OWNER.email.encode() not in reply.body
    one.doors["owner"]()
    assert replies[-1][0].method == "GET" and OWNER.email.encode() in replies[-1][1].body
