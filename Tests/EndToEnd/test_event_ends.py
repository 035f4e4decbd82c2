# SPDX-License-Identifier: Apache-2.0
"""Event streams end within a second of losing the right, and with the login."""

import time

import pytest

import logins
import together
from event_stream import EventStream, ask, held_cart
from logins import ANNA

IN_TIME = 1.0


def withdraw(shop, cart_id, owner, holder, link):
    [held] = together.grants(shop, cart_id, owner)
    together.withdraw(shop, held, owner).ok(204)


def leave(shop, cart_id, owner, holder, link):
    [held] = together.grants(shop, cart_id, owner)
    together.withdraw(shop, held, holder).ok(204)


def revoke(shop, cart_id, owner, holder, link):
    shop.revoke(link, owner).ok(204)


def pause(shop, cart_id, owner, holder, link):
    shop.change(link, owner, paused=True).ok()


def revoke_as_admin(shop, cart_id, owner, holder, link):
    shop.administer("POST", "revocations", {"selector": {"ownerId": owner.user}, "reason": "a test", "expect": 1}).ok()


def leave_company(shop, cart_id, owner, holder, link):
    together.remove(shop, holder).ok(204)


def become_inactive(shop, cart_id, owner, holder, link):
    together.enter(shop, holder, active=False).ok(200, 201)


def change_company(shop, cart_id, owner, holder, link):
    together.enter(shop, holder, companyId="umbrella").ok(200, 201)


def lose_the_author(shop, cart_id, owner, holder, link):
    together.remove(shop, owner).ok(204)


def delete(shop, cart_id, owner, holder, link):
    shop.delete(cart_id).ok(204)


def transfer(shop, cart_id, owner, holder, link):
    shop.put(logins.somebody(), cart_id=cart_id, transferOwner=True)


def take_over(shop, cart_id, owner, holder, link):
    customer = logins.somebody()
    offer = together.internal(shop, cart_id, owner, "full", "person", personId=customer.subject, allowTakeOver=True)
    together.accept(shop, offer, customer).ok(201)
    together.take_over(shop, offer, customer).ok()


LOSSES = [
    withdraw, leave, revoke, pause, revoke_as_admin, leave_company, become_inactive, change_company, lose_the_author, delete, transfer, take_over
]


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_a_stream_ends_within_a_second_of_losing_the_right(shop, lose):
    cart_id, owner, holder, link = held_cart(shop)
    together.enter(shop, owner).ok(200, 201)
    with EventStream(shop, cart_id, holder.login) as stream:
        lose(shop, cart_id, owner, holder, link)
        assert stream.seconds_to_end("gone") < IN_TIME
    ask(shop, cart_id, holder.login).problem(404, "cart-not-found")


@pytest.mark.parametrize("lose", [delete, transfer, lose_the_author], ids=lambda lose: lose.__name__)
def test_an_owners_stream_ends_with_his_part(shop, lose):
    cart_id, owner, holder, link = held_cart(shop)
    together.enter(shop, owner).ok(200, 201)
    with EventStream(shop, cart_id, owner.login) as stream:
        lose(shop, cart_id, owner, holder, link)
        assert stream.seconds_to_end("gone") < IN_TIME


def test_a_take_over_ends_the_streams_of_the_former_life_and_who_keeps_a_part_asks_again(shop):
    cart_id, owner, holder, link = held_cart(shop)
    with EventStream(shop, cart_id, owner.login) as stream:
        take_over(shop, cart_id, owner, holder, link)
        assert stream.seconds_to_end("gone") < IN_TIME
    with EventStream(shop, cart_id, owner.login) as stream:
        version = together.add(shop, cart_id, owner).ok(201)["version"]
        assert stream.next().data == {"version": version}


def test_lowering_a_grant_ends_no_stream(shop):
    cart_id, owner, holder, link = held_cart(shop, "full")
    with EventStream(shop, cart_id, holder.login) as stream:
        shop.change(link, owner, access="read-only").ok()
        assert stream.is_silent(1.2)


def test_a_stream_ends_with_its_login(shop):
    end = int(time.time()) + 2
    with EventStream(shop, shop.put(), logins.login(ANNA, exp=end)) as stream:
        stream.seconds_to_end()
        assert -0.1 < time.time() - end < IN_TIME


def test_what_ends_one_stream_leaves_the_others(shop):
    cart_id, owner, holder, link = held_cart(shop)
    with EventStream(shop, cart_id, owner.login) as stays, EventStream(shop, cart_id, holder.login) as ends:
        revoke(shop, cart_id, owner, holder, link)
        assert ends.seconds_to_end("gone") < IN_TIME
        shop.put(owner, cart_id=cart_id)
        assert stays.next().name == "changed"
