# SPDX-License-Identifier: Apache-2.0
"""Sixteen people edit one cart at once: no line gets lost, and the totals are right."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

import carts
from logins import ANNA, shopper
from server import KEYS
from together import accept, add, internal, read

EDITORS, EDITS = 16, 500
ARTICLES = {f"ART-{number}": 100 + 7 * number for number in range(8)}


def catalogue():
    """A cart with one piece of each article, so that each has a price."""
    items = [
        {"id": f"i{place}", "sku": sku, "name": sku, "quantity": 1, "unitPrice": price, "total": price}
        for place, (sku, price) in enumerate(ARTICLES.items())
    ]
    return carts.plain(items=items, totals={"items": sum(ARTICLES.values())})


@pytest.fixture
def team(shop):
    cart_id = shop.put(cart=catalogue())
    link, people = internal(shop, cart_id, access="full"), [shopper() for _ in range(EDITORS - 1)]
    for person in people:
        accept(shop, link, person).ok(201)
    return cart_id, [ANNA, *people]


def everyone(team, work):
    """Each editor does his share at the same time as the others; what each brought back, in one list."""
    shares = [EDITS // EDITORS + (place < EDITS % EDITORS) for place in range(EDITORS)]
    assert sum(shares) == EDITS
    with ThreadPoolExecutor(EDITORS) as pool:
        results = pool.map(work, team, range(EDITORS), shares)
        return [item for result in results for item in result]


def check_totals(cart):
    for item in cart["items"]:
        assert item["total"] == item["unitPrice"] * item["quantity"] and item["unitPrice"] == ARTICLES[item["sku"]]
    assert cart["totals"] == {"items": sum(item["total"] for item in cart["items"]), "incomplete": True}


def test_additions_to_the_same_lines_all_count(shop, team):
    cart_id, people = team

    def work(person, place, share):
        chance = random.Random(place)
        done = []
        for _ in range(share):
            sku, quantity = chance.choice(list(ARTICLES)), chance.randint(1, 3)
            done.append((sku, quantity, add(shop, cart_id, person, sku, quantity).ok(201)["version"]))
        return done

    done = everyone(people, work)
    cart = read(shop, cart_id, ANNA).ok()["cart"]
    expected = {sku: 1 + sum(quantity for one, quantity, _ in done if one == sku) for sku in ARTICLES}
    assert {item["sku"]: item["quantity"] for item in cart["items"]} == expected
    check_totals(cart)
    assert len({version for *_, version in done}) == EDITS, "every edit is a version of its own"


def test_lines_of_each_editor_survive_the_others(shop, team):
    """Everybody adds, changes and removes lines of his own, told apart by their options, and a shop re-prices all the while."""
    cart_id, people = team

    def work(person, place, share):
        chance, mine, options = random.Random(100 + place), {}, {"editor": f"e{place}"}
        for number in range(share):
            own = list(mine)
            deed = chance.choice(["add", "add", "change", "remove"]) if own else "add"
            if deed == "add":
                name = {"line": str(number)}
                sku, quantity = chance.choice(list(ARTICLES)), chance.randint(1, 9)
                items = add(shop, cart_id, person, sku, quantity, options=options | name).ok(201)["cart"]["items"]
                (line,) = [item for item in items if item.get("options") == options | name]
                mine[line["id"]] = (sku, quantity)
            elif deed == "change":
                item, quantity = chance.choice(own), chance.randint(1, 9)
                shop.public("PATCH", f"/v1/carts/{cart_id}/items/{item}", {"quantity": quantity}, person.login).ok()
                mine[item] = (mine[item][0], quantity)
            else:
                item = chance.choice(own)
                shop.public("DELETE", f"/v1/carts/{cart_id}/items/{item}", None, person.login).ok(204)
                del mine[item]
        return mine.items()

    with ThreadPoolExecutor(1) as pool:
        pushes = pool.submit(reprice, shop, cart_id, 40)
        lines = dict(everyone(people, work))
        pushes.result()
    assert reprice(shop, cart_id, 1) == 1, "in the end nobody comes between"

    cart = read(shop, cart_id, ANNA).ok()["cart"]
    left = {item["id"]: (item["sku"], item["quantity"]) for item in cart["items"] if "options" in item}
    assert left == lines
    for item in cart["items"]:
        assert item["total"] == item["unitPrice"] * item["quantity"] and item["unitPrice"] == ARTICLES[item["sku"]]
    assert cart["totals"]["items"] == sum(item["total"] for item in cart["items"])


def reprice(shop, cart_id, times):
    """Reads, reckons and pushes as a shop would; how many of its pushes nobody's edit came between."""
    accepted = 0
    for _ in range(times):
        answer = shop.public.get(f"/v1/carts/{cart_id}", KEYS["reader"])
        body = {"owner": ANNA.owner, "cart": answer.json["cart"]}
        pushed = shop.public("PUT", f"/v1/carts/{cart_id}", body, KEYS["writer"], {"If-Match": answer.headers["ETag"]})
        assert pushed.status in (200, 412), str(pushed)
        accepted += pushed.status == 200
    return accepted
