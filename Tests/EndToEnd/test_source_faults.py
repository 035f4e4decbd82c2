# SPDX-License-Identifier: Apache-2.0
"""What clients see while the platform that keeps the carts fails, or while others change a cart there."""

import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import carts
from logins import ANNA, EVA
from patience import PATIENCE
from source_faults import endured, kept, make, share  # Fixtures are found by their names here.
from source_faults import CASES, DOORS, FAULTS, LONGEST, LOST, ONCE, OUTCOME, RECOVERY, UNKNOWN
from source_faults import at_once, is_write, of_each, of_editable, of_writes, tell, timed
from upstream import METADATA, OWNER, PAGE, Fault, Upstream
from vtex_stand_in import SECTIONS as SECTIONS_OF_VTEX


@of_each
@pytest.mark.parametrize("name", FAULTS)
def test_nothing_is_shown_while_the_platform_fails_and_the_true_cart_afterwards(endured, name, kind):
    result = endured[name, kind].result()
    for door, answer, seconds in result.seen:
        assert answer.status == 503, f"{door}: {answer}"
        assert answer.headers["Retry-After"] and seconds < LONGEST, f"{door}: {seconds:.2f} s"
        assert door == "page" or answer.problem(503, "unavailable")
    assert result.words == [] and result.leaks == []
    assert result.is_true and result.recovery < RECOVERY


def test_nobody_waits_longer_because_others_wait_already(endured):
    seen = endured["crowd"].result()
    waits = sorted(round(seconds, 1) for _, seconds in seen)
    tell("silence, 12 clients of one cart", [answer for answer, _ in seen], waits[-1])
    assert {answer.status for answer, _ in seen} == {503} and waits[-1] < LONGEST, waits


def test_a_platform_that_hangs_takes_no_places_from_what_needs_no_platform(make):
    one = make(freshFor="60s")
    gone, hung = one.another(), [one.another() for _ in range(20)]
    assert one.ask("page").status == gone.ask("page").status == 200
    # After an edit a cart isn't at hand any more.
    assert {each.add(1).status for each in hung} == {201}
    one.upstream.fault = Fault.silence()
    with ThreadPoolExecutor(20) as pool:
        views = [pool.submit(each.ask, "view") for each in hung]
        time.sleep(0.5)
        assert gone.server.revoke(gone.link).status == 204
        seen = [each.ask(door) for each in (gone, one) for door in ("view", "page")]
        one.upstream.clear()
        assert {view.result().status for view in views} <= {200, 503}
    assert [answer.status for answer in seen] == [410, 410, 200, 200], [str(answer) for answer in seen]


@of_each
def test_a_cart_that_is_gone_says_nothing_against_its_platform(make, kind):
    one = make(kind)
    other = one.another()
    one.upstream.forget(one.cart)
    for _ in range(12):
        answer, seconds = timed(lambda: one.ask("view"))
        assert answer.problem(410, "link-gone") and seconds < 1
    assert one.circuit == 0 and other.ask("view").status == 200


@of_each
def test_a_redirect_is_not_followed(share, kind):
    one = share(kind)
    with contextlib.closing(Upstream()) as elsewhere:
        one.upstream.fault = Fault.redirect(elsewhere.url + "/carts")
        assert {answer.status for answer, _ in one.ask_all()} == {503}
        assert one.heard > 1 and elsewhere.connections == 0


@of_each
def test_a_platform_that_refuses_our_key_shows_nothing(make, kind):
    one = make(kind)
    one.upstream.app_key = one.upstream.token = one.upstream.publishable_key = "another"
    for answer, _ in one.ask_all():
        assert answer.status == 503 and one.words_of(answer) == []


def test_a_platform_that_fails_is_left_alone_and_then_asked_once(make):
    one = make()
    shared = [one, *(one.another() for _ in range(7))]
    one.upstream.fault, began = Fault.html(), time.monotonic()
    # Three attempts and two.
    heard = one.heard + 5
    assert [each.ask("view").status for each in shared[:2]] == [503, 503]
    assert one.heard == heard and one.circuit == 2
    for each in shared:
        answer, seconds = timed(lambda: each.ask("view"))
        assert answer.status == 503 and seconds < 0.1 * PATIENCE
    one.add(1).problem(503, "unavailable")
    assert one.heard == heard
    # Well again, but slow: who comes beside the one that is let through is refused.
    one.upstream.fault, seen = Fault.delay(0.4 * PATIENCE), [503]
    while set(seen) == {503} and time.monotonic() < began + RECOVERY:
        time.sleep(0.05)
        seen = sorted(answer.status for answer, _ in at_once([lambda each=each: each.ask("view") for each in shared]))
    assert seen == [200] + [503] * 7 and one.heard == heard + 1
    assert 10 < time.monotonic() - began < RECOVERY and one.circuit == 0
    one.upstream.clear()
    assert {each.ask("view").status for each in shared} == {200}


def test_log_and_metrics_tell_of_few_outcomes_and_nobodys_cart(make):
    one = make()
    for fault in (Fault.html(), Fault.busy(), Fault.redirect(), Fault.huge(), Fault.ok(PAGE), Fault.reset(), Fault.error_body(), None):
        one.upstream.fault = fault
        one.ask("view"), one.add(1)
    counted = one.series("cartlink_source_requests(?:_total)?")
    assert sum(counted.values()) > 8 and len(counted) <= 10 and all(OUTCOME.fullmatch(labels) for labels in counted)
    secrets = (one.cart, one.link["token"], one.upstream.app_key, one.upstream.app_token, METADATA)
    assert [secret for secret in secrets if secret.encode() in one.told] == [] and carts.leaks(one.told) == []


@of_each
@pytest.mark.parametrize("name", ONCE)
def test_a_read_that_fails_once_is_made_again(share, kind, name):
    one = share(kind)
    one.upstream.next_faults, heard = [ONCE[name]], one.heard
    answer, seconds = timed(lambda: one.ask("view"))
    assert one.shown_by(answer) == one.pieces and one.heard == heard + 2
    assert one.circuit == 0 and seconds >= (1 if name in ("429", "503") else 0)


@of_editable
@pytest.mark.parametrize("name, has_effect, method", CASES)
def test_a_write_whose_answer_is_lost_is_sent_once_and_its_outcome_is_said_to_be_unknown(share, kind, name, has_effect, method):
    one = share(kind, freshFor="60s")
    before = one.shown("view")
    (handle, _), *_ = one.shop.lines(one.ask("owner").json["cart"]).values()
    body = {"POST": {"sku": one.shop.new_sku, "quantity": 2}, "PATCH": {"quantity": 5}}.get(method)
    one.upstream.fault = of_writes(LOST[name].after_effect() if has_effect else LOST[name])
    answer, seconds = timed(lambda: one.edit(method, "" if method == "POST" else f"/{handle}", body))
    assert UNKNOWN in answer.problem(503, "unavailable")["detail"] and answer.headers["Retry-After"]
    assert seconds < LONGEST and one.words_of(answer) == [] and one.writes == 1
    one.upstream.clear()
    # What was held before tells nothing of it.
    assert one.shown("view") == one.shown("owner") == one.pieces and (one.pieces != before) == has_effect


@of_editable
@pytest.mark.parametrize("status", [429, 503])
def test_a_write_that_the_platform_asks_to_repeat_soon_is_repeated_and_else_not(make, kind, status):
    # A platform that asked to wait is left alone, also by other tests: so the shop is this one's own.
    one = make(kind)
    before = one.pieces
    one.upstream.fault = of_writes(Fault.busy(status, 1), times=1)
    assert one.shown_by(one.add(2)) == one.pieces == before + 2 and one.writes == 2
    one.upstream.fault = of_writes(Fault.busy(status, 7))
    answer, seconds = timed(lambda: one.add(2))
    assert UNKNOWN not in answer.problem(503, "unavailable")["detail"]
    assert seconds < LONGEST and one.writes == 3 and one.pieces == before + 2


@of_each
def test_views_within_the_fresh_time_are_one_read_and_a_change_shows_after_it(make, kind):
    one = make(kind, freshFor="2s")
    heard, began = one.heard, time.monotonic()
    seen = [one.ask("view").status for _ in range(100)]
    seen += [answer.status for answer, _ in at_once([lambda door=door: one.ask(door) for door in ("view", "page") * 8])]
    assert set(seen) == {200}
    assert one.heard - heard <= 1 + (time.monotonic() - began) // 2
    one.grow()
    changed = time.monotonic()
    while one.shown("view") != one.pieces:
        assert time.monotonic() < changed + 2 + 0.5 * PATIENCE
        time.sleep(0.02)


@of_each
def test_without_a_fresh_time_each_view_is_of_the_cart_as_it_is(share, kind):
    one = share(kind, freshFor="0s")
    for _ in range(5):
        one.grow()
        assert one.shown("view") == one.shown("owner") == one.pieces


@pytest.mark.parametrize("door", ["view", "owner"])
@pytest.mark.parametrize("fresh", ["0s", "2s"])
def test_50_viewers_share_few_reads_and_see_no_older_cart_than_promised(make, fresh, door):
    one = make(freshFor=fresh)
    # Each answer is 0.2 s old; after an edit none is at hand.
    one.add(1).ok(201)
    one.upstream.fault, heard = Fault.delay(0.2).after_effect(), one.heard

    def look(number):
        time.sleep(0.01 * number)
        least, answer = one.pieces, one.ask(door)
        return answer.status, one.shown_by(answer) - least if answer.status == 200 else 0

    with ThreadPoolExecutor(50) as pool, one.growing():
        seen = list(pool.map(look, range(50)))
    assert fresh != "0s" or min(gain for _, gain in seen) >= 0, f"{sum(gain < 0 for _, gain in seen)} of 50 saw an older cart"
    assert one.heard - heard <= (10 if fresh == "0s" else 2) + PATIENCE
    assert {status for status, _ in seen} == {200}, f"{sum(status != 200 for status, _ in seen)} of 50 saw nothing"


@of_editable
def test_an_edit_through_cartlink_shows_at_once_however_fresh_carts_are(share, kind):
    one = share(kind, freshFor="60s")
    for _ in range(3):
        before = one.shown("view")
        assert one.shown("owner") == before and one.ask("page").status == 200
        one.add(7).ok(201)
        assert one.shown("view") == one.shown("owner") == before + 7


@of_each
def test_an_old_cart_never_stands_in_for_a_platform_that_fails(make, kind):
    one = make(kind, freshFor="1s")
    assert [one.ask(door).status for door in DOORS[:3]] == [200] * 3
    one.upstream.pause()
    time.sleep(1)
    assert {one.ask(door).status for door in DOORS[:3] * 10} == {503}


def test_a_revoked_link_is_gone_while_its_cart_is_at_hand_and_its_platform_down(share):
    one = share(freshFor="60s")
    assert one.ask("view").status == one.ask("page").status == 200 and one.server.revoke(one.link).status == 204
    heard = one.heard
    assert one.ask("view").status == one.ask("page").status == 410
    one.upstream.fault = Fault.silence()
    assert one.ask("view").status == one.ask("page").status == 410 and one.heard == heard


@pytest.mark.parametrize("fresh, door", [("0s", "view"), ("60s", "page")])
def test_a_link_that_is_revoked_while_a_view_hangs_is_gone_at_once_for_whoever_comes_then(share, fresh, door):
    one = share(freshFor=fresh)
    one.add(1).ok(201)
    one.upstream.fault, heard = Fault.delay(2.5).after_effect(), one.heard
    with ThreadPoolExecutor(1) as pool:
        hung = pool.submit(one.ask, door)
        while one.heard == heard:
            time.sleep(0.005)
        assert one.server.revoke(one.link).status == 204
        answer, seconds = timed(lambda: one.ask(door))
        assert answer.status == 410 and one.heard == heard + 1
        # Who came before may see it.
        assert hung.result().status in (200, 410)
    assert one.ask("view").status == one.ask("page").status == 410
    assert seconds < 1, f"{seconds:.2f} s"


@pytest.mark.parametrize("url", ["localhost:{}", "127.0.0.1:{}", "[::1]:{}", "[::ffff:127.0.0.1]:{}", "169.254.169.254", "10.0.0.1:{}"])
def test_an_address_inside_is_not_connected_to(make, url):
    one = make()
    server, url = one.server, "https://" + url.format(one.upstream.port)
    one.configure(url=url, allowPrivateAddresses=None)
    heard = one.upstream.connections
    server.start()
    for answer, seconds in one.ask_all() + one.ask_all():
        assert answer.status == 503 and seconds < 1 and one.words_of(answer) == []
    assert one.upstream.connections == heard and "private address" in server.log.read_text()
    if "localhost" in url:
        # It would be heard if it came.
        one.configure(allowPrivateAddresses=True)
        assert server.start().shared(one.link).status == 503 and one.upstream.connections > heard


def test_a_plain_address_is_refused_at_the_start(make):
    one = make()
    one.configure(allowPrivateAddresses=None)
    checked = one.server.run("check")
    assert checked.returncode == 78
    for said in (checked.stdout + checked.stderr, one.server.refusal()[1]):
        assert "carts.vtex.url" in said and "allowPrivateAddresses" in said and one.upstream.url not in said


@pytest.mark.parametrize("sku", ["2005", "2006", "2007"])
@pytest.mark.parametrize("method, body", [("PATCH", {"quantity": 3}), ("PATCH", {"quantity": 9}), ("DELETE", None)])
def test_lines_that_change_places_before_the_write_make_no_false_success(share, sku, method, body):
    one = share()
    handle, before = one.line(sku), one.quantities
    one.meanwhile(lambda: one.upstream.reorder(one.cart))
    answer = one.edit(method, f"/{handle}", body)
    wished = {each: quantity for each, quantity in (before | {sku: (body or {}).get("quantity")}).items() if quantity}
    assert (one.quantities == wished) == (answer.status in (200, 204)) and one.writes == 1
    if answer.status not in (200, 204):
        now = one.ask("owner")
        assert answer.problem(412, "version-differs")["version"] == now.json["version"] and answer.headers["ETag"] == now.headers["ETag"]


@pytest.mark.parametrize("times", [1, 2])
def test_a_place_that_is_not_there_any_more_is_looked_up_once_again(share, times):
    one = share()
    handle = one.line("2007")
    one.upstream.requests.clear()
    one.meanwhile(one.drop_first, times)
    answer = one.edit("PATCH", f"/{handle}", {"quantity": 8})
    assert [is_write(request) for request in one.upstream.requests[:4]] == [False, True] * 2 and one.writes == 2
    if times == 1:
        assert one.shop.lines(answer.ok()["cart"])["2007"] == (handle, 8) and one.quantities == {"2006": 1, "2007": 8}
    else:
        assert answer.problem(412, "version-differs") and one.quantities == {"2007": 3}


@pytest.mark.parametrize("kind, sets", [("vtex", True), ("vtex", False), ("spryker", False)])
def test_two_people_who_add_at_once_lose_nothing(make, kind, sets):
    one = make(kind, {"audience": "internal", "access": "full", "within": "shop"})
    one.upstream.post_sets = sets
    one.server.public("POST", f"/v1/shared/{one.link['token']}/accept", {}, EVA.login).ok(201)
    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(one.insist_on_adding, [ANNA, EVA] * 10)) == {201}
    assert one.pieces == 26 and one.shop.lines(one.ask("owner").json["cart"])[one.shop.new_sku][1] == 20


def test_less_in_stock_than_wished_is_no_success(make):
    one = make()
    one.upstream.stock = {"2008": 3, "2006": 4, "2009": 0}
    for wish in (("PATCH", f"/{one.line('2006')}", {"quantity": 6}), ("POST", "", {"sku": "2008", "quantity": 5})):
        one.edit(*wish).invalid("/quantity")
    one.add(1, sku="2009").invalid("/sku")
    assert one.quantities == {"2005": 2, "2006": 4, "2007": 3, "2008": 3}


def test_what_vtex_masks_is_said_to_be_masked_and_holds_no_stars(make):
    one = make()
    assert "masked" not in one.ask("owner").json["redaction"]
    one.upstream.masks_everyone = True
    shown = one.ask("owner").ok()
    assert shown["redaction"]["masked"] is True and "*" not in json.dumps(shown["cart"]) and OWNER.email in json.dumps(shown["cart"])


def test_nothing_personal_is_asked_for_on_behalf_of_others_than_the_owner(make):
    one, replies = make(), []
    work = one.upstream.answer
    one.upstream.answer = lambda request: replies.append((request, work(request))) or replies[-1][1]
    one.ask("view"), one.ask("page"), one.ask("share"), one.server.resolve(one.link)
    one.add(1).ok(201)
    assert len(replies) >= 5
    for request, reply in replies:
        hidden = {name for name in SECTIONS_OF_VTEX if name not in request.json["expectedOrderFormSections"]}
        assert {"clientProfileData", "shippingData", "paymentData", "marketingData", "openTextField", "customData"} <= hidden
        assert {json.loads(reply.body)[name] for name in hidden} == {None} and OWNER.email.encode() not in reply.body
    one.ask("owner")
    assert replies[-1][0].method == "GET" and OWNER.email.encode() in replies[-1][1].body
