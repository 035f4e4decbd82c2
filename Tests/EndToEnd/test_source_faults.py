# SPDX-License-Identifier: Apache-2.0
"""What clients see while the platform that keeps the carts fails, or is changed by others at the same time."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

import carts
import findings
from logins import ANNA, EVA
from patience import PATIENCE
from platforms import KINDS
from source_faults import *
from upstream import METADATA, PAGE, Fault, Upstream

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
    one = Shared.of(shop, audience="internal", access="read-only", within="shop") if kind == "none" else Shared.of(shop)
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
    for door in ("view", "owner"):
        asked = len(shop.upstream.requests)
        shop.upstream.next_faults = [ONCE[name]]
        answer, seconds = timed(one.doors[door])
        assert shown(shop, answer) == pieces(shop, one.cart) and len(shop.upstream.requests) == asked + 2
        assert seconds >= (1 if name in ("429", "503") else 0)
    assert circuit(shop) == 0


LOST = {"reset": Fault.reset(), "500": Fault.html(), "503": Fault.status(503), "half": Fault.half_answer(), "silence": Fault.silence()}


@of_editable
@pytest.mark.parametrize("has_effect", [True, False], ids=["done", "not done"])
@pytest.mark.parametrize("name", LOST)
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
