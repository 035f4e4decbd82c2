# SPDX-License-Identifier: Apache-2.0
"""What `/glue` answers beside a resource: what is included, links, fields; and what a client names when it shares a cart."""

import pytest

from glue import *
from logins import shopper, somebody
from together import enter, entered, grant, remove


@pytest.fixture
def team(shop):
    """An owner and two colleagues, whom the directory knows."""
    return entered(shop, 3)


# With what


def test_nothing_is_included_unless_asked_for(shop, glue, team):
    owner, colleague, _ = team
    cart = shop.put(owner)
    glue.shared(cart, colleague, by=owner)
    for query in ("", "?include=", "?include=vouchers,nonsense", "?include=ITEMS", "?x=items"):
        document = glue.get(f"/carts/{cart}{query}", colleague)
        assert "included" not in document and "relationships" not in document["data"], query


def test_a_permission_group_stands_on_shared_carts_only(shop, glue, team):
    owner, reader, writer = team
    cart, own = shop.put(owner), shop.put(reader)
    glue.shared(cart, reader, by=owner)
    glue.shared(cart, writer, by=owner, group=2)
    query = "?include=cart-permission-groups"
    listed = {one["id"]: related(one, "cart-permission-groups") for one in glue.get(f"/carts{query}", reader)["data"]}
    assert listed == {own: [], cart: ["1"]}
    assert related(glue.get(f"/carts/{cart}{query}", writer)["data"], "cart-permission-groups") == ["2"]
    assert "included" not in glue.get(f"/carts/{cart}{query}", owner)


def test_all_grants_are_listed_to_everyone_who_has_the_cart(shop, glue, team):
    owner, reader, writer = team
    cart = shop.put(owner)
    shares = {glue.shared(cart, reader, by=owner): reader, glue.shared(cart, writer, by=owner, group=2): writer}
    for person in team:
        document = glue.get(f"/carts/{cart}?include=shared-carts", person)
        found = included(document, "shared-carts")
        assert sorted(related(document["data"], "shared-carts")) == sorted(found) == sorted(shares)
        for id, share in found.items():
            group = 1 if shares[id] == reader else 2
            assert share["attributes"] == {"idCompanyUser": shares[id].company_user, "idCartPermissionGroup": group}
            assert share["links"] == {"self": f"{shop.url}/glue/shared-carts/{id}"}
            assert "relationships" not in share


def test_included_resources_stand_depth_first_and_once(shop, glue, team):
    owner, reader, writer = team
    cart = shop.put(owner)
    first = glue.shared(cart, reader, by=owner)
    second = glue.shared(cart, writer, by=owner)
    # Named in any order: a relationship's place is Glue's, not the request's.
    document = glue.get(f"/carts/{cart}?include=company-users,shared-carts,items,cart-permission-groups", reader)
    assert [(one["type"], one["id"]) for one in document["included"]] == [
        ("items", "i1"),
        ("cart-permission-groups", "1"),
        ("company-users", writer.company_user),
        ("shared-carts", second),
        ("company-users", reader.company_user),
        ("shared-carts", first),
    ]
    for share in included(document, "shared-carts").values():
        assert related(share, "cart-permission-groups") == ["1"]
        assert related(share, "company-users") == [share["attributes"]["idCompanyUser"]]


def test_people_are_included_with_their_shares_only(shop, glue, team):
    owner, reader, _ = team
    cart = shop.put(owner)
    glue.shared(cart, reader, by=owner)
    assert "included" not in glue.get(f"/carts/{cart}?include=company-users", owner)
    people = included(glue.get(f"/carts/{cart}?include=company-users,shared-carts", owner), "company-users")
    assert people[reader.company_user]["attributes"] == {"isActive": True, "isDefault": False}
    assert people[reader.company_user]["links"] == {"self": f"{shop.url}/glue/company-users/{reader.company_user}"}


def test_a_holder_in_no_company_has_no_company_user(shop, glue):
    owner, friend = shopper(), shopper()
    cart = shop.put(owner)
    shop.public("POST", f"/v1/carts/{cart}/grants", {"personId": friend.subject, "access": "full"}, owner.login).ok(201)
    document = glue.get(f"/carts/{cart}?include=shared-carts,company-users", owner)
    (share,) = included(document, "shared-carts").values()
    assert share["attributes"] == {"idCompanyUser": None, "idCartPermissionGroup": 2}
    assert included(document, "company-users") == {}


@pytest.mark.parametrize("status", ["active", "inactive", "gone", "unknown"])
def test_a_private_shopper_learns_nothing_of_who_works_where(shop, glue, status):
    owner, colleague = shopper(), somebody()
    if status != "unknown":
        enter(shop, colleague, active=status != "inactive").ok(201)
    if status == "gone":
        remove(shop, colleague).ok(204)
    cart = shop.put(owner)
    share = grant(shop, cart, colleague, by=owner).ok(201)["id"]
    document = glue.get(f"/carts/{cart}?include=shared-carts,company-users", owner)
    (found,) = included(document, "shared-carts").values()
    assert found["attributes"] == {"idCompanyUser": colleague.company_user, "idCartPermissionGroup": 1}
    assert "relationships" not in found and included(document, "company-users") == {}
    assert "included" not in glue.get(f"/shared-carts/{share}?include=company-users", owner)


def test_whoever_is_not_active_any_more_has_no_share(shop, glue, team):
    owner, reader, writer = team
    cart = shop.put(owner)
    for person in (reader, writer):
        glue.shared(cart, person, by=owner)
    enter(shop, writer, active=False).ok()
    people = included(glue.get(f"/carts/{cart}?include=shared-carts,company-users", owner), "company-users")
    shown = {id: one["attributes"]["isActive"] for id, one in people.items()}
    assert shown == {reader.company_user: True}


# Links and fields


def test_links_of_the_address_own_type_repeat_the_query(shop, glue, team):
    owner, reader, _ = team
    cart = shop.put(owner)
    glue.shared(cart, reader, by=owner)
    query = "?include=items,shared-carts&fields[items]=sku&x=%C3%BC"
    document = glue.get(f"/carts{query}", owner)
    assert document["links"] == {"self": f"{shop.url}/glue/carts{query}"}
    assert document["data"][0]["links"] == {"self": f"{shop.url}/glue/carts/{cart}{query}"}
    assert not any("?" in one["links"]["self"] for one in document["included"])
    one = glue.get(f"/carts/{cart}{query}", owner)
    assert "links" not in one and one["data"]["links"] == {"self": f"{shop.url}/glue/carts/{cart}{query}"}
    groups = glue.get("/cart-permission-groups?a=b", owner)
    assert [group["links"]["self"] for group in groups["data"]] == [f"{shop.url}/glue/cart-permission-groups/{n}?a=b" for n in (1, 2)]


@pytest.mark.parametrize("include", ["%20items", "items%20", "%09items,carts%20"])
def test_blanks_around_what_to_include_count_for_nothing(shop, glue, team, include):
    cart = shop.put(team[0])
    assert list(included(glue.get(f"/carts/{cart}?include={include}", team[0]), "items")) == ["i1"]


@pytest.mark.parametrize("brackets", ["[]", ("%5B", "%5D")])
def test_sparse_fields(shop, glue, team, brackets):
    opening, closing = brackets
    cart = shop.put(team[0])
    query = f"?include=items&fields{opening}carts{closing}=name,currency,nonsense&fields{opening}items{closing}=sku"
    document = glue.get(f"/carts/{cart}{query}", team[0])
    assert document["data"]["attributes"] == {"currency": "EUR", "name": None}
    assert included(document, "items")["i1"]["attributes"] == {"sku": "MUG-1"}
    assert glue.get(f"/carts/{cart}?fields[carts]=", team[0])["data"]["attributes"] == {}
    assert len(glue.get(f"/carts/{cart}?fields[items]=sku", team[0])["data"]["attributes"]) == 8


def test_permission_groups(shop, glue):
    base = f"{shop.url}/glue/cart-permission-groups"
    read_only = {
        "type": "cart-permission-groups",
        "id": "1",
        "attributes": {"name": "READ_ONLY", "isDefault": True},
        "links": {"self": f"{base}/1"},
    }
    full = read_only | {"id": "2", "attributes": {"name": "FULL_ACCESS", "isDefault": False}, "links": {"self": f"{base}/2"}}
    assert glue.get("/cart-permission-groups", shopper()) == {"data": [read_only, full], "links": {"self": base}}
    assert glue.get("/cart-permission-groups/2", shopper()) == {"data": full}


def test_company_users_are_the_active_people_of_the_callers_company(shop, glue):
    company = f"company-of-{somebody().user}"
    here, there, gone, elsewhere = somebody(company), somebody(company, "other-unit"), somebody(company), somebody()
    for person in (here, there, elsewhere):
        enter(shop, person).ok(201)
    enter(shop, gone, active=False).ok(201)
    document = glue.get("/company-users", here)
    assert sorted(ids(document)) == sorted([here.company_user, there.company_user])
    assert all(one["attributes"] == {"isActive": True, "isDefault": False} for one in document["data"])
