# SPDX-License-Identifier: Apache-2.0
"""What webhooks are told of each change, signed, in order, and nothing personal in it."""

import pytest
from standardwebhooks import Webhook

import carts
from logins import ANNA, BERT, CARL, OLGA
from personal_data import in_document
from receiver import SECRET, Receiver, webhook
from server import Server


@pytest.fixture(scope="module")
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture(scope="module")
def shop(tmp_path_factory, receiver):
    """A server whose changes the receiver hears."""
    folder = tmp_path_factory.mktemp("webhooks")
    server = Server(folder, {"webhooks": [webhook(folder, receiver.url("/hooks/path-canary?key=query-canary"))]})
    yield server.start()
    assert server.stop() == 0


def told_of(receiver, cart_id, *types):
    """The deliveries about a cart, once those of the types named have come in this order."""

    def about(deliveries):
        return [delivery for delivery in deliveries if delivery.data["cartId"] == cart_id]

    found = about(receiver.wait(lambda deliveries: [delivery.type for delivery in about(deliveries)] == list(types), 5))
    assert all(delivery.is_signed for delivery in found)
    return found


def test_a_link_that_is_issued_is_told_signed(shop, receiver):
    link = shop.link()
    receiver.wait(lambda deliveries: ("link.created", link["id"]) in receiver.told)
    (created,) = [delivery for delivery in receiver.deliveries if delivery.data.get("linkId") == link["id"]]
    assert created.line == "POST /hooks/path-canary?key=query-canary HTTP/1.1"
    assert created.headers["content-type"] == "application/json"
    assert created.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert created.is_signed
    assert Webhook(SECRET).verify(created.body, created.headers) == created.json
    ids = {"linkId": link["id"], "cartId": link["cartId"]}
    facts = {"audience": "external", "access": "read-only", "expiresAt": link["expiresAt"]}
    assert created.json == {"type": "link.created", "timestamp": link["createdAt"], "data": ids | facts}


def test_a_changed_body_or_time_does_not_verify(shop, receiver):
    shop.put()
    delivery = receiver.wait_for(1)[0]
    for changed in (delivery.body + b" ", delivery.body.replace(b"cart", b"card")):
        with pytest.raises(Exception, match="No matching signature"):
            Webhook(SECRET).verify(changed, delivery.headers)
    later = delivery.headers | {"webhook-timestamp": str(int(delivery.headers["webhook-timestamp"]) + 1)}
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(SECRET).verify(delivery.body, later)


def test_the_life_of_a_link(shop, receiver):
    cart_id = shop.put(OLGA)
    link = shop.link(cart_id, OLGA, audience="internal", access="full", within="company")
    grant = shop.public("POST", f"/v1/shared/{link['token']}/accept", {}, BERT.login).ok(201)
    shop.public("POST", f"/v1/shared/{link['token']}/accept", {}, BERT.login).ok(200)
    assert shop.revoke(link, OLGA).status == shop.revoke(link, OLGA).status == 204
    of_link = receiver.wait(lambda deliveries: ("link.revoked", link["id"]) in receiver.told)
    of_link = [delivery for delivery in of_link if delivery.data.get("linkId") == link["id"]]
    assert [delivery.type for delivery in of_link] == ["link.created", "link.accepted", "link.revoked"]
    ids = {"linkId": link["id"], "cartId": cart_id}
    within = {"audience": "internal", "access": "full", "within": "company"}
    assert [delivery.data for delivery in of_link] == [
        ids | within | {"expiresAt": link["expiresAt"]},
        ids | {"grantId": grant["id"], "personId": BERT.subject, "access": "full"},
        ids | within,
    ]


def test_the_life_of_a_cart(shop, receiver):
    cart_id = shop.put(None)
    told_of(receiver, cart_id, "cart.changed")
    shop.put(ANNA, cart_id=cart_id)
    told_of(receiver, cart_id, "cart.changed", "cart.owner-changed")
    # The same once more is no news.
    shop.put(ANNA, cart_id=cart_id)
    item = shop.public("POST", f"/v1/carts/{cart_id}/items", {"sku": "CUP-1", "quantity": 1}, ANNA.login).ok(201)
    told_of(receiver, cart_id, "cart.changed", "cart.owner-changed", "cart.changed")
    shop.set_state(cart_id, "locked")
    told_of(receiver, cart_id, "cart.changed", "cart.owner-changed", "cart.changed", "cart.changed")
    shop.put(OLGA, cart_id=cart_id, transferOwner=True, cart=carts.plain(note="another"))
    types = ["cart.changed", "cart.owner-changed", "cart.changed", "cart.changed", "cart.owner-changed", "cart.changed"]
    told_of(receiver, cart_id, *types)
    shop.delete(cart_id)
    told = told_of(receiver, cart_id, *types, "cart.changed")
    assert [delivery.data.get("ownerId") for delivery in told] == [None, ANNA.subject, None, None, OLGA.subject, None, None]
    assert [delivery.data["state"] for delivery in told] == ["open"] * 3 + ["locked"] * 4
    assert [delivery.data.get("deleted") for delivery in told] == [None] * 6 + [True]
    assert told[2].data["version"] == item["version"]
    versions = [delivery.data["version"] for delivery in told]
    assert versions == sorted(versions)


def test_a_take_over_tells_of_the_owner_and_of_the_links_that_ended(shop, receiver):
    cart_id = shop.put(OLGA)
    offer = {"within": "person", "personId": CARL.subject, "allowTakeOver": True}
    link = shop.link(cart_id, OLGA, audience="internal", access="full", **offer)
    shop.public("POST", f"/v1/shared/{link['token']}/accept", {}, CARL.login).ok(201)
    shop.public("POST", f"/v1/shared/{link['token']}/take-over", {}, CARL.login).ok()
    told = receiver.wait(lambda deliveries: {("cart.owner-changed", link["id"]), ("link.revoked", link["id"])} <= set(receiver.told))
    (owner,) = [delivery for delivery in told if delivery.type == "cart.owner-changed" and delivery.data["cartId"] == cart_id]
    assert owner.data["ownerId"] == CARL.subject and owner.data["linkId"] == link["id"]


def test_nothing_personal_and_no_token_is_told_or_logged(shop, receiver):
    cart_id = shop.put(ANNA, cart=carts.with_canaries())
    link = shop.link(cart_id, label="for Kanarie, 5550917364", card="items")
    shop.administer("DELETE", f"links/{link['id']}?reason=kanarie")
    receiver.wait(lambda deliveries: ("link.revoked", link["id"]) in receiver.told)
    told = b"".join(delivery.body for delivery in receiver.deliveries).decode()
    assert not [canary for canary in [*carts.CANARIES, carts.DIGITS, link["token"], "cl1", "http", "/s/"] if canary in told]
    # An id is made by chance, and may look like anything.
    facts = [{name: value for name, value in delivery.data.items() if not name.endswith("Id")} for delivery in receiver.deliveries]
    assert facts[0] and not [hit for fact in facts for hit in in_document(fact)]
    log = shop.log.read_text()
    assert "canary" not in log and "whsec" not in log and link["token"] not in log
    listed = shop.administer("GET", "webhooks").everything.decode() + shop.admin.get("/metrics").body.decode()
    assert "canary" not in listed and "127.0.0.1" in listed


def test_administrators_see_what_waits_and_nothing_of_the_address(shop, receiver):
    link = shop.link()
    receiver.wait(lambda deliveries: ("link.created", link["id"]) in receiver.told)
    (state,) = shop.administer("GET", "webhooks").ok()["webhooks"]
    assert state["host"] == "127.0.0.1" and state["events"] == ["link.*", "cart.*"]
    assert len(state["id"]) == 12 and "lastFailure" not in state and state["lastSuccessAt"]
    assert shop.administer("GET", "webhooks/dead-letters").ok() == {"deadLetters": []}
    for query in ("webhook=x", "limit=0", "cursor=x", "kind=x"):
        shop.administer("GET", f"webhooks/dead-letters?{query}").problem(400, "malformed-request")
    shop.administer("POST", "webhooks/dead-letters/msg_x/retry").problem(404, "not-found")
    assert "cartlink_webhook_delivered" in shop.admin.get("/metrics").body.decode()


def test_only_the_events_that_are_wanted(start, tmp_path):
    wide, narrow = Receiver(), Receiver()
    server = start({"webhooks": [webhook(tmp_path, wide.url()), webhook(tmp_path, narrow.url(), ["link.revoked"])]})
    link = server.link()
    server.revoke(link)
    assert [delivery.type for delivery in narrow.wait_for(1)] == ["link.revoked"]
    assert {delivery.type for delivery in wide.wait_for(3)} == {"cart.changed", "link.created", "link.revoked"}
    assert len(narrow.deliveries) == 1


def test_bad_settings_are_told_by_check(prepare, tmp_path):
    entry = webhook(tmp_path, "http://shop.example/secret-canary", ["link.made"], "whsec_c2hvcnQ=", allowPrivateAddresses=False)
    server = prepare({"webhooks": [entry]})
    checked = server.run("check")
    assert checked.returncode == 78
    said = checked.stdout + checked.stderr
    for key in ("webhooks[0].url", "webhooks[0].secretFile", "webhooks[0].events"):
        assert key in said
    assert "canary" not in said and "c2hv" not in said
    server.configure(server.settings | {"webhooks": [webhook(tmp_path, "https://shop.example/hooks", allowPrivateAddresses=False)]})
    assert server.run("check").returncode == 0
