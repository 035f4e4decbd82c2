# SPDX-License-Identifier: Apache-2.0
"""Who may do what under `/glue`, and that its shared carts are the grants of our own API."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import carts
from glue import *
from logins import shopper, somebody
from server import KEYS
from together import accept, audited, enter, entered, grants, internal, known_carts, remove, set_access, withdraw


@pytest.fixture
def team(shop):
    """An owner, someone with a full grant, someone with a read-only one, and a colleague without any."""
    return entered(shop, 4)


@pytest.fixture
def cart(shop, glue, team):
    owner, writer, reader, _ = team
    cart = shop.put(owner)
    glue.shared(cart, writer, by=owner, group=2)
    glue.shared(cart, reader, by=owner)
    return cart


def share_of(glue, cart, holder, person):
    """The id of a holder's shared cart, as `person` finds it."""
    shares = included(glue.get(f"/carts/{cart}?include=shared-carts", person), "shared-carts")
    (found,) = [id for id, share in shares.items() if share["attributes"]["idCompanyUser"] == holder.company_user]
    return found


# The table of what each level may do: owner, full access, read only, none.

ADD = ("POST", "/carts/{cart}/items", item(sku="CUP-2", quantity=1))
SET = ("PATCH", "/carts/{cart}/items/i1", item(quantity=5))
REMOVE = ("DELETE", "/carts/{cart}/items/i1", None)
CHANGE = ("PATCH", "/shared-carts/{share}", posted("shared-carts", {"idCartPermissionGroup": 2}))
ACTIONS = {
    "read": (("GET", "/carts/{cart}", None), 200, 200, 200, CART_NOT_FOUND),
    "read a share": (("GET", "/shared-carts/{share}", None), 200, 200, 200, SHARE_NOT_FOUND),
    "add": (ADD, 201, 201, UNAUTHORIZED, CART_NOT_FOUND),
    "change": (SET, 200, 200, UNAUTHORIZED, CART_NOT_FOUND),
    "remove": (REMOVE, 204, 204, UNAUTHORIZED, CART_NOT_FOUND),
    "share": (("POST", "/carts/{cart}/shared-carts", None), 201, FORBIDDEN, FORBIDDEN, CART_NOT_FOUND),
    "raise": (CHANGE, 200, FORBIDDEN, FORBIDDEN, SHARE_NOT_FOUND),
    # The third leaves a cart that is shared with him: Spryker offers that in its shop only.
    "unshare": (("DELETE", "/shared-carts/{share}", None), 204, FORBIDDEN, 204, SHARE_NOT_FOUND),
}


@pytest.mark.parametrize("level", range(4), ids=["owner", "full access", "read only", "none"])
@pytest.mark.parametrize("action", ACTIONS)
def test_what_each_level_may_do(shop, glue, team, cart, action, level):
    (method, path, body), *expected = ACTIONS[action]
    owner, _, reader, _ = team
    if action == "share":
        enter(shop, newcomer := somebody()).ok(201)
        body = share_order(newcomer)
    places = {"cart": cart, "share": share_of(glue, cart, reader, owner)}
    answer = glue(method, path.format(**places), team[level], body)
    if isinstance(expected[level], tuple):
        refused(answer, expected[level])
    else:
        assert answer.status == expected[level], str(answer)
    assert (answer.body == b"") == (answer.status == 204)


# Shared carts


def test_a_share_is_answered_as_glue_does(shop, glue, team):
    owner, _, reader, _ = team
    cart = shop.put(owner)
    document = glue.done(glue("POST", f"/carts/{cart}/shared-carts?a=b", owner, share_order(reader, "2")), 201)
    share = document["data"]["id"]
    assert document == {
        "data": {
            "type": "shared-carts",
            "id": share,
            "attributes": {"idCompanyUser": reader.company_user, "idCartPermissionGroup": 2},
            "links": {"self": f"{shop.url}/glue/shared-carts/{share}?a=b"},
        }
    }
    changed = glue.done(glue("PATCH", f"/shared-carts/{share}", owner, posted("shared-carts", {"idCartPermissionGroup": 1})))
    assert changed["data"]["id"] == share
    assert changed["data"]["attributes"] == {"idCompanyUser": reader.company_user, "idCartPermissionGroup": 1}
    assert glue.get(f"/shared-carts/{share}", reader) == changed
    assert glue("DELETE", f"/shared-carts/{share}", owner).status == 204
    for method, body in (("GET", None), ("DELETE", None), ("PATCH", posted("shared-carts", {"idCartPermissionGroup": 1}))):
        refused(glue(method, f"/shared-carts/{share}", owner, body), SHARE_NOT_FOUND)
    refused(glue("GET", f"/carts/{cart}", reader), CART_NOT_FOUND)


def test_a_share_can_include_what_belongs_to_it(shop, glue, team):
    owner, writer, reader, _ = team
    cart = shop.put(owner)
    query = "?include=company-users,cart-permission-groups,carts"
    document = glue.done(glue("POST", f"/carts/{cart}/shared-carts{query}", owner, share_order(reader)), 201)
    assert [(one["type"], one["id"]) for one in document["included"]] == [
        ("cart-permission-groups", "1"),
        ("company-users", reader.company_user),
    ]
    assert glue.get(f"/shared-carts/{document['data']['id']}{query}", reader) == document


def test_of_many_equal_posts_one_succeeds(shop, glue, team):
    owner, _, reader, _ = team
    cart = shop.put(owner)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda group: glue.share(cart, reader, by=owner, group=group), [1, 2] * 16))
    (made,) = [answer for answer in answers if answer.status == 201]
    for answer in answers:
        if answer is not made:
            refused(answer, SHARE_FAILED)
    (held,) = grants(shop, cart, owner)
    assert held["id"] == made.json["data"]["id"]


def test_extra_attributes_are_ignored(shop, glue, team):
    owner, _, reader, _ = team
    order = share_order(reader)
    order["data"]["attributes"]["expires"] = {"never": True}
    order["data"]["id"] = "mine"
    order["meta"] = [1]
    document = glue.done(glue("POST", f"/carts/{shop.put(owner)}/shared-carts", owner, order), 201)
    assert document["data"]["id"] != "mine"
    assert set(document["data"]["attributes"]) == {"idCompanyUser", "idCartPermissionGroup"}


def test_the_carts_part_of_a_shares_address_is_not_compared(shop, glue, team, cart):
    owner, writer, reader, _ = team
    share = share_of(glue, cart, reader, owner)
    body = posted("shared-carts", {"idCartPermissionGroup": 2})
    changed = glue.done(glue("PATCH", f"/carts/whatever/shared-carts/{share}", owner, body))
    assert changed["data"]["attributes"]["idCartPermissionGroup"] == 2
    assert glue("DELETE", f"/carts/whatever/shared-carts/{share}", owner).status == 204


def test_ids_are_fresh(shop, glue, team):
    """Spryker computes a share's id from the cart, the person and the group: shared again, the old one comes back."""
    owner, _, reader, _ = team
    cart = shop.put(owner)
    first = glue.shared(cart, reader, by=owner)
    other = glue.shared(shop.put(owner), reader, by=owner)
    assert first != other
    glue("DELETE", f"/shared-carts/{first}", owner)
    assert glue.shared(cart, reader, by=owner) not in (first, other)
    refused(glue("GET", f"/shared-carts/{first}", owner), SHARE_NOT_FOUND)


def test_a_share_is_a_grant(shop, glue, team):
    owner, _, reader, _ = team
    cart = shop.put(owner)
    share = glue.shared(cart, reader, by=owner)
    (held,) = grants(shop, cart, owner)
    assert (held["id"], held["personId"], held["access"]) == (share, reader.subject, "read-only")
    set_access(shop, held, "full", owner).ok()
    assert glue.get(f"/shared-carts/{share}", reader)["data"]["attributes"]["idCartPermissionGroup"] == 2
    assert known_carts(shop, reader) == {cart: "full"}
    withdraw(shop, held, owner)
    refused(glue("GET", f"/shared-carts/{share}", owner), SHARE_NOT_FOUND)


def test_a_grant_made_through_a_link_is_a_share(shop, glue, team):
    owner, _, reader, _ = team
    cart = shop.put(owner)
    link = internal(shop, cart, owner, access="full", within="company")
    accept(shop, link, reader).ok(201)
    share = share_of(glue, cart, reader, owner)
    assert glue.get(f"/shared-carts/{share}", owner)["data"]["attributes"]["idCartPermissionGroup"] == 2
    refused(glue.share(cart, reader, by=owner), SHARE_FAILED)
    # What the owner decides later wins: the link doesn't raise him again.
    glue.done(glue("PATCH", f"/shared-carts/{share}", owner, posted("shared-carts", {"idCartPermissionGroup": 1})))
    assert accept(shop, link, reader).ok(200)["access"] == "read-only"
    glue("DELETE", f"/shared-carts/{share}", owner)
    accept(shop, link, reader).problem(403, "grant-withdrawn")


def test_a_paused_link_leaves_a_share_that_can_be_left(shop, glue, team):
    owner, _, reader, _ = team
    cart = shop.put(owner)
    link = internal(shop, cart, owner, within="company")
    share = accept(shop, link, reader).ok(201)["id"]
    shop.change(link, owner, paused=True).ok()
    refused(glue("GET", f"/carts/{cart}", reader), CART_NOT_FOUND)
    assert glue.get(f"/shared-carts/{share}", reader)["data"]["id"] == share
    assert glue("DELETE", f"/shared-carts/{share}", reader).status == 204


def test_another_business_unit_of_the_company_will_do(shop, glue, team):
    enter(shop, other := somebody(unit="stores")).ok(201)
    assert glue.share(shop.put(team[0]), other, by=team[0]).status == 201


def test_a_person_who_leaves_the_company_is_nobody(shop, glue, team, cart):
    owner, writer, reader, _ = team
    share = share_of(glue, cart, reader, owner)
    remove(shop, reader)
    refused(glue("GET", f"/carts/{cart}", reader), CART_NOT_FOUND)
    refused(glue("GET", f"/shared-carts/{share}", owner), SHARE_NOT_FOUND)
    refused(glue.share(cart, reader, by=owner), USER_NOT_FOUND)
    remove(shop, owner)
    refused(glue("GET", f"/carts/{cart}", owner), CART_NOT_FOUND)
    refused(glue.share(cart, writer, by=owner), OTHER_COMPANY)


def test_shares_die_with_the_cart(shop, glue, team, cart):
    owner, _, reader, _ = team
    share = share_of(glue, cart, reader, owner)
    shop.delete(cart)
    refused(glue("GET", f"/shared-carts/{share}", owner), SHARE_NOT_FOUND)
    shop.put(owner, cart_id=cart)
    refused(glue("DELETE", f"/shared-carts/{share}", owner), SHARE_NOT_FOUND)
    refused(glue("GET", f"/carts/{cart}", reader), CART_NOT_FOUND)


def test_shares_of_an_ordered_cart_can_only_be_taken_away(shop, glue, team, cart):
    owner, writer, reader, _ = team
    shares = {person: share_of(glue, cart, person, owner) for person in (writer, reader)}
    shop.set_state(cart, "ordered")
    for person, share in shares.items():
        for caller in (owner, person):
            refused(glue("GET", f"/shared-carts/{share}", caller), SHARE_NOT_FOUND)
            body = posted("shared-carts", {"idCartPermissionGroup": 1})
            refused(glue("PATCH", f"/shared-carts/{share}", caller, body), SHARE_NOT_FOUND)
    assert glue("DELETE", f"/shared-carts/{shares[writer]}", owner).status == 204
    assert glue("DELETE", f"/shared-carts/{shares[reader]}", reader).status == 204


def test_a_new_owner_has_none_of_the_old_shares(shop, glue, team, cart):
    owner, writer, reader, newcomer = team
    share = share_of(glue, cart, reader, owner)
    shop.put(newcomer, cart_id=cart, transferOwner=True)
    assert "included" not in glue.get(f"/carts/{cart}?include=shared-carts", newcomer)
    refused(glue("DELETE", f"/shared-carts/{share}", newcomer), SHARE_NOT_FOUND)


def test_what_the_shop_forbids(start, team):
    shop = start({"links": {"internal": {"full": False}}})
    owner, _, reader, _ = team
    for person in (owner, reader):
        enter(shop, person).ok(201)
    glue, cart = Glue(shop.public), shop.put(owner)
    refused(glue.share(cart, reader, by=owner, group=2), FORBIDDEN)
    share = glue.shared(cart, reader, by=owner)
    refused(glue("PATCH", f"/shared-carts/{share}", owner, posted("shared-carts", {"idCartPermissionGroup": 2})), FORBIDDEN)


def test_what_was_done_is_in_the_audit(shop, glue, team, cart):
    owner, writer, reader, _ = team
    glue("POST", f"/carts/{cart}/items", writer, item(sku="SECRET-SKU", quantity=1)).ok(201)
    glue("DELETE", f"/shared-carts/{share_of(glue, cart, reader, owner)}", reader)
    rows = audited(shop, cart)
    done = [(row["actor"], row["action"]) for row in rows]
    assert (owner.subject, "grant.made") in done and (reader.subject, "grant.left") in done and (writer.subject, "cart.edited") in done
    assert "SECRET-SKU" not in str(rows)


# Items


def lines(document):
    return {id: (line["attributes"]["sku"], line["attributes"]["quantity"]) for id, line in included(document, "items").items()}


def test_an_item_is_added_changed_and_removed(shop, glue, team, cart):
    owner, writer, _, _ = team
    query = "?include=items"
    added = glue.done(glue("POST", f"/carts/{cart}/items{query}", writer, item(sku="CUP-2", quantity="3", extra=1)), 201)
    assert added["data"]["type"] == "carts" and added["data"]["id"] == cart
    # The address names items, so the cart's own link repeats no query.
    assert added["data"]["links"] == {"self": f"{shop.url}/glue/carts/{cart}"}
    assert included(added, "items")["i1"]["links"] == {"self": f"{shop.url}/glue/carts/{cart}/items/i1"}
    (key,) = set(lines(added)) - {"i1"}
    assert lines(added) == {"i1": ("MUG-1", 2), key: ("CUP-2", 3)}
    changed = glue.done(glue("PATCH", f"/carts/{cart}/items/{key}{query}", owner, item(quantity=1)))
    assert lines(changed) == {"i1": ("MUG-1", 2), key: ("CUP-2", 1)}
    assert glue("DELETE", f"/carts/{cart}/items/i1", writer).status == 204
    assert lines(glue.get(f"/carts/{cart}{query}", owner)) == {key: ("CUP-2", 1)}


def test_an_edit_leaves_no_sums_until_the_shop_prices_it(shop, glue, team, cart):
    owner = team[0]
    assert glue.get(f"/carts/{cart}", owner)["data"]["attributes"]["totals"]["grandTotal"] == 2990
    shown = glue.done(glue("POST", f"/carts/{cart}/items", owner, item(sku="CUP-2", quantity=1)), 201)
    assert set(shown["data"]["attributes"]["totals"].values()) == {None}
    assert "included" not in shown


def test_the_answer_to_an_edit_includes_what_was_asked_for(shop, glue, team, cart):
    owner, writer, *_ = team
    answer = glue.done(glue("PATCH", f"/carts/{cart}/items/i1?include=items,shared-carts", writer, item(quantity=4)))
    assert lines(answer) == {"i1": ("MUG-1", 4)}
    assert len(included(answer, "shared-carts")) == 2


def test_an_items_key_may_be_any_text(shop, glue, team):
    line = {"id": "ü b/c?#", "sku": "MUG-1", "quantity": 2}
    cart = shop.put(team[0], carts.plain(items=[line]))
    (shown,) = included(glue.get(f"/carts/{cart}?include=items", team[0]), "items").values()
    path = shown["links"]["self"].removeprefix(f"{shop.url}/glue")
    assert lines(glue.done(glue("PATCH", path + "?include=items", team[0], item(quantity=7)))) == {"ü b/c?#": ("MUG-1", 7)}
    assert glue("DELETE", path, team[0]).status == 204


ORDER_FORM = {"items": [{"uniqueId": "x", "id": "1", "quantity": 1}]}
GLUE_CART = {"data": {"type": "carts"}, "included": [{"type": "items", "id": "x", "attributes": {"sku": "1", "quantity": 1}}]}


@pytest.mark.parametrize("format, document", [("vtex-orderform", ORDER_FORM), ("spryker-cart", GLUE_CART)])
def test_items_of_other_formats_are_changed_in_the_shop(shop, glue, team, format, document):
    cart = shop.put(team[0], document, format=format)
    refused(glue("POST", f"/carts/{cart}/items", team[0], item(sku="x", quantity=1)), ITEM_NOT_ADDED)
    refused(glue("PATCH", f"/carts/{cart}/items/x", team[0], item(quantity=1)), ITEM_NOT_UPDATED)
    refused(glue("DELETE", f"/carts/{cart}/items/x", team[0]), ITEM_NOT_DELETED)
    refused(glue("PATCH", f"/carts/{cart}/items/y", team[0], item(quantity=1)), ITEM_NOT_FOUND)
    refused(glue("DELETE", f"/carts/{cart}/items/y", team[0]), ITEM_NOT_FOUND)


def test_amounts_that_grow_too_large_are_refused(shop, glue, team):
    line = {"id": "i1", "sku": "MUG-1", "quantity": 99_999, "unitPrice": 2**62}
    cart = shop.put(team[0], carts.plain(items=[line]))
    refused(glue("POST", f"/carts/{cart}/items", team[0], item(sku="MUG-1", quantity=1)), ITEM_NOT_ADDED)
    refused(glue("PATCH", f"/carts/{cart}/items/i1", team[0], item(quantity=3)), ITEM_NOT_UPDATED)


def test_a_service_reads_what_glue_changed(shop, glue, team, cart):
    glue("PATCH", f"/carts/{cart}/items/i1", team[1], item(quantity=9)).ok()
    read = shop.public.get(f"/v1/carts/{cart}", KEYS["storefront"]).ok()
    assert read["cart"]["items"][0]["quantity"] == 9 and read["cart"]["totals"]["incomplete"] is True


def test_a_customer_edits_his_own_cart(shop, glue):
    person = shopper()
    cart = shop.put(person)
    assert glue("POST", f"/carts/{cart}/items", person, item(sku="CUP-2", quantity=1)).status == 201
