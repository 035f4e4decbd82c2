# SPDX-License-Identifier: Apache-2.0
"""What every place where a cart may live has in common: pushed to us, or kept by VTEX, Spryker, Medusa or Shopify."""

import pytest

import carts
import logins
from logins import ANNA, BERT, CARL, EVA, OLGA
from platforms import KINDS
from server import KEYS
from upstream import OWNER, STRANGER

STRANGERS = ["fremdvogel", STRANGER.digits]


@pytest.fixture(scope="module", params=KINDS)
def shop(request, tmp_path_factory):
    platform = KINDS[request.param](tmp_path_factory.mktemp(request.param))
    try:
        yield platform.start()
        assert platform.server.stop() == 0
        if platform.upstream:
            # No login, cookie or address of a viewer was ever sent on, and no more of an edit than it says.
            assert platform.upstream.forbidden == []
    finally:
        platform.close()


@pytest.fixture
def editable(shop):
    if not shop.is_editable:
        pytest.skip("this source changes no carts")
    return shop


@pytest.fixture
def upstream(shop):
    if not shop.is_upstream:
        pytest.skip("there is no platform")
    return shop


def read(shop, cart, login):
    return shop.server.public.get(f"/v1/carts/{cart}", login)


def edit(shop, cart, person, method, path="", body=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return shop.server.public(method, f"/v1/carts/{cart}/items{path}", body, person.login, named)


def preview(shop, cart, person):
    return shop.server.public("POST", f"/v1/carts/{cart}/links/preview", {"audience": "external", "access": "read-only"}, person.login)


def colleague(shop, access="full", owner=ANNA):
    """A cart with somebody who accepted an internal link to it."""
    cart, link, alias = shop.shared(owner, audience="internal", access=access, within="shop")
    shop.server.public("POST", f"/v1/shared/{link['token']}/accept", {}, EVA.login).ok(201)
    return cart, alias


def test_a_stranger_sees_lines_and_prices_and_nothing_personal(shop):
    cart, link, alias = shop.shared()
    shown = shop.server.shared(link)
    body = shown.ok()
    assert len(shop.lines(body["cart"])) == 3 and body["viewer"] == {"relation": "guest", "canEdit": False}
    assert carts.leaks(shown.everything) == []
    page = shop.server.page(link)
    assert page.status == 200 and carts.leaks(page.everything) == []
    for answer in (shown, page):
        assert cart.encode() not in answer.everything
        if shop.is_upstream:
            assert alias.encode() not in answer.body


def test_lines_have_handles_for_members_and_none_for_strangers(shop):
    _, alias = colleague(shop)
    handles = [handle for handle, _ in shop.lines(read(shop, alias, EVA.login).ok()["cart"]).values()]
    assert all(handles) and len(set(handles)) == 3
    _, link, _ = shop.shared()
    if shop.is_editable:
        assert [handle for handle, _ in shop.lines(shop.server.shared(link).ok()["cart"]).values()] == [None] * 3


def test_people_call_a_cart_by_its_alias_and_services_as_the_platform_does(upstream):
    cart, link, alias = upstream.shared()
    assert link["cartId"] == upstream.path(cart) and alias != link["cartId"]
    assert upstream.server.resolve(link).ok()["cartId"] == upstream.path(cart)
    (own,) = [one for one in upstream.server.public.get("/v1/carts?limit=200", ANNA.login).ok()["carts"] if one["cartId"] == alias]
    assert own["access"] == "owner"
    assert upstream.server.public.get(f"/v1/carts/{alias}/links", ANNA.login).ok()["links"][0]["cartId"] == alias
    read(upstream, upstream.path(cart), upstream.login()).problem(404, "cart-not-found")
    for name in (upstream.path(cart), alias):
        assert len(upstream.lines(read(upstream, name, KEYS["storefront"]).ok()["cart"])) == 3
    for answer in (read(upstream, alias, upstream.login()), upstream.server.public.get(f"/v1/carts/{alias}/links", ANNA.login)):
        assert cart.encode() not in answer.everything


def test_a_service_sees_nothing_personal(shop):
    cart, _, _ = shop.shared()
    # Promotions and campaigns may bear names: of those a service is told.
    answer = read(shop, shop.path(cart), KEYS["storefront"])
    assert answer.ok()["viewer"]["relation"] == "service" and carts.leaks(answer.everything, [carts.DIGITS, OWNER.email]) == []


def test_the_owner_sees_his_data_and_only_while_the_cart_names_him(shop):
    _, _, alias = shop.shared()
    answer = read(shop, alias, shop.login())
    sees = shop.names_owner or not shop.is_upstream
    assert answer.ok()["viewer"] == {"relation": "owner", "canEdit": True}
    assert (carts.leaks(answer.everything) != []) == sees
    if shop.names_owner:
        for email in (STRANGER.email, "", "kanarie"):
            other = read(shop, alias, shop.login(email=email))
            assert other.ok()["viewer"]["relation"] == "owner" and carts.leaks(other.everything) == []
        unverified = read(shop, alias, logins.login(ANNA, email=OWNER.email, email_verified=False))
        assert unverified.ok() and carts.leaks(unverified.everything) == []
        # The name alone makes nobody the owner.
        read(shop, alias, shop.login(EVA)).problem(404, "cart-not-found")


def test_members_see_no_personal_data(shop):
    _, alias = colleague(shop)
    answer = read(shop, alias, EVA.login)
    assert answer.ok()["viewer"] == {"relation": "member", "canEdit": True}
    assert carts.leaks(answer.everything) == []


def test_a_cart_of_a_company_is_shared_inside_the_unit(shop):
    _, link, _ = shop.shared(OLGA, audience="internal", access="read-only")
    assert link["within"] == "business-unit"
    assert shop.server.shared(link, BERT).ok()["viewer"]["relation"] == "member"
    shop.server.shared(link, CARL).problem(403, "not-a-member")


def test_people_with_full_access_add_change_and_remove(editable):
    cart, alias = colleague(editable)
    before = read(editable, alias, EVA.login)
    added = edit(editable, alias, EVA, "POST", body={"sku": editable.new_sku, "quantity": 2})
    handle, quantity = editable.lines(added.ok(201)["cart"])[editable.new_sku]
    assert quantity == 2 and added.headers["ETag"] != before.headers["ETag"]
    changed = edit(editable, alias, EVA, "PATCH", f"/{handle}", {"quantity": 5}, If_Match=added.headers["ETag"])
    assert editable.lines(changed.ok()["cart"])[editable.new_sku] == (handle, 5)
    assert read(editable, alias, EVA.login).headers["ETag"] == changed.headers["ETag"]
    removed = edit(editable, alias, EVA, "DELETE", f"/{handle}")
    assert removed.status == 204
    after = read(editable, alias, EVA.login)
    assert editable.new_sku not in editable.lines(after.ok()["cart"]) and after.headers["ETag"] == removed.headers["ETag"]
    # The other lines are as they were.
    assert editable.lines(after.ok()["cart"]) == editable.lines(before.ok()["cart"])
    for answer in (added, changed, after):
        assert carts.leaks(answer.everything) == [] and cart.encode() not in answer.everything


def test_the_owner_edits_too(editable):
    _, _, alias = editable.shared()
    answer = edit(editable, alias, ANNA, "POST", body={"sku": editable.new_sku, "quantity": 1})
    assert answer.ok(201)["viewer"] == {"relation": "owner", "canEdit": True}


def test_more_of_an_article_raises_its_line(editable):
    _, alias = colleague(editable)
    for _ in range(2):
        answer = edit(editable, alias, EVA, "POST", body={"sku": editable.new_sku, "quantity": 3})
    lines = editable.lines(answer.ok(201)["cart"])
    assert len(lines) == 4 and lines[editable.new_sku][1] == 6


def test_an_edit_of_another_version_changes_nothing(editable):
    _, alias = colleague(editable)
    first = read(editable, alias, EVA.login)
    edit(editable, alias, EVA, "POST", body={"sku": editable.new_sku, "quantity": 1}).ok(201)
    now = read(editable, alias, EVA.login)
    refused = edit(editable, alias, EVA, "POST", body={"sku": editable.new_sku, "quantity": 1}, If_Match=first.headers["ETag"])
    assert refused.problem(412, "version-differs")["version"] == now.json["version"]
    assert refused.headers["ETag"] == now.headers["ETag"]
    assert read(editable, alias, EVA.login).json == now.json


def test_whoever_may_only_look_changes_nothing(editable):
    _, alias = colleague(editable, "read-only")
    before = read(editable, alias, EVA.login).json
    edit(editable, alias, EVA, "POST", body={"sku": editable.new_sku, "quantity": 1}).problem(403, "permission-denied")
    edit(editable, alias, BERT, "POST", body={"sku": editable.new_sku, "quantity": 1}).problem(404, "cart-not-found")
    assert read(editable, alias, EVA.login).json == before


def test_what_cannot_be_is_refused_by_name_and_changes_nothing(editable):
    _, alias = colleague(editable)
    before = read(editable, alias, EVA.login).json
    edit(editable, alias, EVA, "PATCH", "/no-such-line", {"quantity": 2}).problem(404, "not-found")
    edit(editable, alias, EVA, "DELETE", "/no-such-line").problem(404, "not-found")
    edit(editable, alias, EVA, "POST", body={"sku": "***", "quantity": 1}).invalid("/sku")
    edit(editable, alias, EVA, "POST", body={"sku": editable.new_sku, "quantity": 0}).invalid("/quantity")
    edit(editable, alias, EVA, "POST", body={"sku": editable.new_sku, "quantity": 1, "price": 1}).invalid("/price")
    if editable.is_upstream:
        edit(editable, alias, EVA, "POST", body={"sku": editable.unknown_sku, "quantity": 1}).invalid("/sku")
        options = {"sku": editable.new_sku, "quantity": 1, "options": {"engraving": "***"}}
        edit(editable, alias, EVA, "POST", body=options).invalid("/options")
    assert read(editable, alias, EVA.login).json == before


def test_a_source_that_changes_no_carts_says_so(shop):
    if shop.is_editable:
        pytest.skip("this one changes carts")
    _, alias = colleague(shop)
    edit(shop, alias, EVA, "POST", body={"sku": shop.new_sku, "quantity": 1}).problem(422, "format-not-editable")


def test_sprykers_clients_read_and_change_it_by_the_alias(editable):
    cart, alias = colleague(editable)
    headers = {"Accept": "application/vnd.api+json", "Content-Type": "application/vnd.api+json"}

    def glue(method, path, attributes=None):
        body = attributes and {"data": {"type": "items", "attributes": attributes}}
        return editable.server.public(method, f"/glue/carts/{alias}{path}?include=items", body, EVA.login, headers)

    assert len(glue("GET", "").ok()["included"]) == 3
    added = glue("POST", "/items", {"sku": editable.new_sku, "quantity": 2}).ok(201)
    (line,) = [one for one in added["included"] if one["attributes"]["sku"] == editable.new_sku]
    changed = glue("PATCH", f"/items/{line['id']}", {"quantity": 4})
    assert [one["attributes"]["quantity"] for one in changed.ok()["included"] if one["id"] == line["id"]] == [4]
    assert glue("DELETE", f"/items/{line['id']}").status == 204
    assert len(glue("GET", "").ok()["included"]) == 3
    assert carts.leaks(changed.everything) == []
    if editable.is_upstream:
        assert cart.encode() not in changed.everything


def test_a_revoked_link_and_an_ordered_cart_open_nothing(shop):
    cart, link, _ = shop.shared()
    other = shop.share(cart).ok(201)
    assert shop.server.revoke(link).status == 204
    shop.server.shared(link).problem(410, "link-gone")
    assert shop.server.shared(other).status == 200
    shop.server.set_state(shop.path(cart), "ordered")
    shop.server.shared(other).problem(410, "link-gone")


def test_what_a_link_pinned_stays(editable):
    cart, _, alias = editable.shared()
    pinned = editable.share(cart, snapshot=True).ok(201)
    before = editable.server.shared(pinned).ok()["cart"]
    edit(editable, alias, ANNA, "POST", body={"sku": editable.new_sku, "quantity": 1}).ok(201)
    assert editable.server.shared(pinned).ok()["cart"] == before


def test_a_guests_cart_is_shared_without_an_owner(shop):
    cart = shop.make(owner=None)
    link = shop.share(cart, owner=None).ok(201)
    answer = shop.server.shared(link)
    assert len(shop.lines(answer.ok()["cart"])) == 3 and carts.leaks(answer.everything) == []


def test_who_may_not_share_shares_nothing(shop):
    cart = shop.make()
    body = {"audience": "external", "access": "read-only", "onBehalfOf": ANNA.owner}
    path = f"/v1/carts/{shop.path(cart)}/links"
    shop.server.public("POST", path, body, KEYS["reader"]).problem(403, "scope-missing")
    shop.server.public("POST", path, body).problem(401, "login-required")
    if shop.is_upstream:
        # The platform's id proves nothing: people share what a service has shared.
        del body["onBehalfOf"]
        shop.server.public("POST", path, body, ANNA.login).problem(404, "cart-not-found")


def test_an_id_that_the_platform_does_not_know_is_no_cart(upstream):
    for name in ("0" * 32, "11111111-2222-5333-8444-555555555555", "..", "a~b", "x" * 128):
        answer = upstream.share(name)
        assert answer.status == 404 and answer.problem(404)["code"] in ("cart-not-found", "not-found"), name


def test_a_cart_that_is_gone_there_is_gone_here_and_asked_for_again(upstream):
    cart, link, alias = upstream.shared()
    kept = upstream.upstream.carts.pop(cart)
    upstream.server.shared(link).problem(410, "link-gone")
    read(upstream, alias, upstream.login()).problem(404, "cart-not-found")
    upstream.server.resolve(link).problem(410, "link-gone")
    upstream.upstream.carts[cart] = kept
    assert upstream.server.shared(link).status == 200


def test_an_id_that_the_platform_gave_away_shows_a_strangers_cart_to_nobody(upstream):
    if isinstance(upstream, KINDS["spryker"]):
        pytest.skip("Spryker's ids are made of the customer and a counter: none comes twice")
    cart, link, alias = upstream.shared()
    upstream.upstream.recycle(cart)
    answers = [
        upstream.server.shared(link),
        upstream.server.shared(link, ANNA),
        upstream.server.page(link),
        read(upstream, alias, upstream.login()),
        read(upstream, alias, upstream.login(email=STRANGER.email)),
        preview(upstream, alias, ANNA),
        edit(upstream, alias, ANNA, "POST", body={"sku": upstream.new_sku, "quantity": 1}),
    ]
    assert [answer.status for answer in answers[:6]] == [410, 410, 410, 404, 404, 404]
    assert answers[6].status == (404 if upstream.is_editable else 422)
    for answer in answers:
        assert carts.leaks(answer.everything, STRANGERS) == []
    newer = upstream.share(cart, EVA).ok(201)
    assert upstream.server.shared(newer).status == 200 and upstream.alias(newer) != alias
    upstream.server.shared(link).problem(410, "link-gone")


def test_a_preview_shows_the_owner_what_others_would_see(shop):
    _, _, alias = shop.shared()
    answer = preview(shop, alias, ANNA)
    assert len(shop.lines(answer.ok()["cart"])) == 3 and carts.leaks(answer.everything) == []


def test_a_second_name_of_a_cart_makes_no_second_owner(upstream):
    cart, link, alias = upstream.shared()
    for name in (upstream.path(cart).upper(), upstream.path(cart) + "~junk"):
        answer = upstream.share(name, EVA)
        # It is no cart, or the same one, which isn't Eva's.
        assert answer.status in (403, 404), answer


def test_one_cart_that_is_too_large_keeps_nobody_from_the_others(upstream):
    large, large_link, _ = upstream.shared()
    _, link, _ = upstream.shared()
    upstream.enlarge(large, 2_200_000)
    for _ in range(8):
        upstream.server.shared(large_link).problem(503, "unavailable")
    assert upstream.server.shared(link).status == 200


def test_a_platforms_cart_is_neither_pushed_nor_deleted_nor_given_away(upstream):
    cart, link, alias = upstream.shared()
    for name in (upstream.path(cart), alias):
        body = {"cart": carts.plain(), "owner": ANNA.owner}
        upstream.server.public("PUT", f"/v1/carts/{name}", body, KEYS["storefront"]).problem(409, "cart-source-is-upstream")
        upstream.server.delete(name).problem(409, "cart-source-is-upstream")
    fields = {"audience": "internal", "access": "full", "within": "person", "personId": EVA.subject, "allowTakeOver": True}
    upstream.share(cart, **fields).invalid("/allowTakeOver")
    assert upstream.server.shared(link).status == 200


def test_nothing_of_a_cart_or_its_platform_gets_into_logs_and_metrics(upstream):
    cart, link, alias = upstream.shared()
    read(upstream, alias, upstream.login()).ok()
    upstream.server.shared(link).ok()
    upstream.server.resolve(link).ok()
    told = upstream.server.log.read_bytes() + upstream.server.output.read_bytes() + upstream.server.admin.get("/metrics").everything
    told += b"".join(str(row).encode() for row in upstream.server.administer("GET", f"audit?cartId={alias}").ok()["entries"])
    assert carts.leaks(told) == [] and cart.encode() not in told
