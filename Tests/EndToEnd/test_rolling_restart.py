# SPDX-License-Identifier: Apache-2.0
"""Nodes behind nginx are restarted one after another while people go on: nobody notices, also who writes."""

import time

import carts
import findings
import logins
import pytest
from nginx import HOST, Nginx
from server import KEYS
from stand_in import StandIn
from steady_load import SteadyLoad, a_purchase

BEHIND_A_PROXY = {"public": {"url": f"https://{HOST}"}, "limits": {"trustedProxies": ["127.0.0.1"], "commentsPerCart": 100000}}


@pytest.fixture
def proxy(tmp_path):
    made = []

    def proxy(*ports):
        made.append(Nginx(tmp_path / "nginx", ports).start())
        return made[-1]

    yield proxy
    for nginx in made:
        nginx.stop()


def restart(node, after=1.5):
    """As an operator does it: stop, start when it has ended, and leave the others alone until nginx asks it again."""
    assert node.stop() == 0
    node.start()
    time.sleep(after)


def test_a_rolling_restart_of_two_nodes_fails_no_request(prepare_nodes, proxy):
    nodes = prepare_nodes(2, BEHIND_A_PROXY)
    first, second = (node.start() for node in nodes)
    nginx = proxy(first.public.port, second.public.port)
    hot = first.link()
    cart_id = first.put()
    for number in range(6):
        first.put(None, cart_id=f"{cart_id}-{number}")
    with SteadyLoad(nginx, a_purchase(cart_id, hot)) as load:
        time.sleep(1)
        for node in nodes * 2:
            restart(node)
    findings.tell(findings.RESTARTS, load.told("rolling restart, each of 2 nodes twice"))
    assert not load.failures and not load.faults
    assert min(load.counts[kind, "well"] for kind in ("view", "issue", "change", "revoke", "push")) > 20
    asked = {address for words in nginx.log() for address in words[-2].split(",")}
    assert len(asked) == 2, "one of the nodes got nothing"


def test_a_node_that_stops_fails_no_request_that_was_sent_to_it(prepare, proxy):
    """The node's part of it: a stand-in takes what nginx sends elsewhere, and keeps nothing."""
    node, other = prepare(BEHIND_A_PROXY).start(), StandIn(200)
    nginx = proxy(node.public.port, other.port)
    hot, cart_id = node.link(), node.put()
    comment = {"text": "Looks good"}

    def errand(visitor, number):
        for _ in range(3):
            visitor("view", [200], "GET", f"/v1/shared/{hot['token']}")
        visitor("comment", [200, 201], "POST", f"/v1/carts/{cart_id}/comments", comment, logins.ANNA.login)
        visitor("change", [200], "PATCH", f"/v1/links/{hot['id']}", {"label": f"for {number}"}, logins.ANNA.login)
        visitor("push", [200, 201], "PUT", f"/v1/carts/pushed-{number}", {"cart": carts.plain()}, KEYS["storefront"])

    with SteadyLoad(nginx, errand) as load:
        time.sleep(1)
        for _ in range(3):
            restart(node)
    findings.tell(findings.RESTARTS, load.told("one node restarted 3 times beside a stand-in"))
    other.close()
    assert not load.failures and not load.faults
    answered_by_node = sum(words[-2] == f"127.0.0.1:{node.public.port}" for words in nginx.log())
    assert answered_by_node > 100 and len(other.asked) > 100
