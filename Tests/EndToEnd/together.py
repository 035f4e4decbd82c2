# SPDX-License-Identifier: Apache-2.0
"""What people do together on one cart, call by call."""

from logins import ANNA, Person, somebody
from server import KEYS


# The directory


def enter(shop, person, active=True, **changes):
    """The shop says who a company user is."""
    entry = {"userId": person.user, "companyId": person.company, "businessUnitId": person.unit, "active": active} | changes
    entry = {name: value for name, value in entry.items() if value is not None}
    return shop.public("PUT", f"/v1/company-users/{person.company_user}", entry, KEYS["people"])


def entered(shop, count):
    """People of one company whom the shop's directory knows."""
    people = [somebody() for _ in range(count)]
    for person in people:
        enter(shop, person).ok(201)
    return people


def known(shop, **changes):
    """A company user whom the shop has pushed."""
    person = somebody(**changes)
    enter(shop, person).ok(201)
    return person


def nameless(person):
    """The same user, logged in for the company without a company user."""
    return Person(person.user, person.company, person.unit)


def remove(shop, person):
    return shop.public("DELETE", f"/v1/company-users/{person.company_user}", bearer=KEYS["people"])


# Links that people accept


def internal(shop, cart_id, owner=ANNA, access="read-only", within="shop", **fields):
    return shop.link(cart_id, owner, audience="internal", access=access, within=within, **fields)


def change(shop, link, by=ANNA, **fields):
    return shop.public("PATCH", f"/v1/links/{link['id']}", fields, by.login)


def revoke(shop, link, by=ANNA, keep_grants=False):
    return shop.public("DELETE", f"/v1/links/{link['id']}{'?keepGrants=true' if keep_grants else ''}", bearer=by.login)


def accept(shop, link, person=None, **headers):
    return shop.public("POST", f"/v1/shared/{link['token']}/accept", {}, person and person.login, headers)


def take_over(shop, link, person=None):
    return shop.public("POST", f"/v1/shared/{link['token']}/take-over", {}, person and person.login)


# Grants


def grant(shop, cart_id, holder, access="read-only", by=ANNA):
    return shop.public("POST", f"/v1/carts/{cart_id}/grants", {"personId": holder.subject, "access": access}, by.login)


def grants(shop, cart_id, by=ANNA):
    return shop.public.get(f"/v1/carts/{cart_id}/grants", by.login).ok()["grants"]


def set_access(shop, held, access, by=ANNA):
    return shop.public("PATCH", f"/v1/grants/{held['id']}", {"access": access}, by.login)


def withdraw(shop, held, by=ANNA):
    return shop.public("DELETE", f"/v1/grants/{held['id']}", bearer=by.login)


# The cart itself


def read(shop, cart_id, person):
    return shop.public.get(f"/v1/carts/{cart_id}", person.login)


def known_carts(shop, person):
    """The carts in a person's list, each with his access."""
    return {cart["cartId"]: cart["access"] for cart in shop.public.get("/v1/carts?limit=200", person.login).ok()["carts"]}


def add(shop, cart_id, person, sku="MUG-1", quantity=1, headers=None, **fields):
    return shop.public("POST", f"/v1/carts/{cart_id}/items", {"sku": sku, "quantity": quantity} | fields, person.login, headers)


def comment(shop, cart_id, person, text="Looks good"):
    return shop.public("POST", f"/v1/carts/{cart_id}/comments", {"text": text}, person.login)


def comments(shop, cart_id, person):
    return shop.public.get(f"/v1/carts/{cart_id}/comments", person.login)


def audited(shop, cart_id):
    """The audit's rows about one cart, the oldest first."""
    return shop.administer("GET", f"audit?cartId={cart_id}&limit=1000").ok()["entries"]
