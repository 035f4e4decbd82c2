# SPDX-License-Identifier: Apache-2.0
"""What webhooks are told, and how: events, bodies, signatures, order and secrecy."""

import pytest
from standardwebhooks import Webhook

import carts
from logins import ANNA, BERT, OLGA
from personal_data import in_document
from receiver import SECRET, Receiver, webhook
from server import KEYS


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def told(start, receiver, tmp_path):
    """A server whose changes the receiver hears."""
    return start({"webhooks": [webhook(tmp_path, receiver.url())]})


def test_a_link_that_is_issued_is_told_signed(told, receiver):
    link = told.link()
    cart, created = receiver.wait_for(2)
    assert (cart.type, created.type) == ("cart.changed", "link.created")
    assert created.line == "POST /hooks HTTP/1.1"
    assert created.headers["content-type"] == "application/json"
    assert created.is_signed and cart.is_signed
    assert Webhook(SECRET).verify(created.body, created.headers)["data"]["linkId"] == link["id"]
    assert created.data == {
        "linkId": link["id"], "cartId": link["cartId"], "audience": "external", "access": "read-only", "expiresAt": link["expiresAt"],
    }
    assert created.json["timestamp"] == link["createdAt"]
