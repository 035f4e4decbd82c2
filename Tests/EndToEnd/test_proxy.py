# SPDX-License-Identifier: Apache-2.0
"""`config/nginx.conf` in front of several nodes: what is asked again elsewhere, what never is, and what its logs hold."""

import json
import re
import socket
import subprocess
import threading
from collections import Counter

import pytest

import logins
from nginx import HOST, Nginx
from server import free_ports
from stand_in import StandIn

IDEMPOTENT = ["GET", "HEAD", "PUT", "DELETE"]
OTHERS = ["POST", "PATCH"]


@pytest.fixture
def proxy(tmp_path):
    """Starts nginx in front of these ports."""
    started = []

    def proxy(*ports):
        started.append(Nginx(tmp_path / f"nginx-{len(started)}", ports).start())
        return started[-1]

    yield proxy
    for nginx in started:
        nginx.stop()


@pytest.fixture
def stand_in():
    made = []

    def stand_in(*arguments):
        made.append(StandIn(*arguments))
        return made[-1]

    yield stand_in
    for server in made:
        server.close()


@pytest.fixture
def nobody():
    """Gives ports that refuse, for as long as the socket is open."""
    held = []

    def nobody():
        held.append(socket.socket())
        held[-1].bind(("127.0.0.1", free_ports(1)[0]))
        return held[-1]

    yield nobody
    for taken in held:
        taken.close()


def port(taken):
    return taken.getsockname()[1]


def ask(nginx, method="GET", path="/v1/carts", connection=None):
    used = connection or nginx.connection()
    try:
        used.request(method, path, b"{}" if method in ("POST", "PUT", "PATCH") else None, {"Content-Type": "application/json"})
        answer = used.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        if not connection:
            used.close()


def statuses(nginx, method, count=8):
    return Counter(ask(nginx, method)[0] for _ in range(count))


@pytest.mark.parametrize("method", IDEMPOTENT + OTHERS)
def test_a_node_that_is_not_there_costs_no_request(proxy, stand_in, nobody, method):
    nginx = proxy(stand_in().port, port(nobody()))
    assert statuses(nginx, method) == {200: 8}


@pytest.mark.parametrize("status", [None, 503])
@pytest.mark.parametrize("method", IDEMPOTENT)
def test_what_may_be_done_twice_is_sent_to_the_next_node(proxy, stand_in, method, status):
    good, bad = stand_in(), stand_in(status)
    assert statuses(proxy(bad.port, good.port), method) == {200: 8}
    assert bad.asked and len(good.asked) == 8


@pytest.mark.parametrize("method", OTHERS)
def test_what_must_not_be_done_twice_is_sent_once(proxy, stand_in, method):
    good, bad = stand_in(), stand_in(None)
    found = statuses(proxy(bad.port, good.port), method)
    assert len(good.asked) + len(bad.asked) == 8
    assert found == {200: len(good.asked), 503: len(bad.asked)} and bad.asked


def test_a_refusal_of_the_last_node_is_passed_on_as_it_is(proxy, stand_in):
    for ports in ([stand_in(503).port], [stand_in(503).port, stand_in(503).port]):
        status, headers, body = ask(proxy(*ports))
        assert (status, headers.get_all("Retry-After"), json.loads(body)) == (503, ["7"], {"from": "a stand-in"})


def test_a_refusal_behind_a_node_that_is_away_says_once_when_to_come_again(proxy, stand_in, nobody):
    nginx = proxy(port(nobody()), stand_in(503).port)
    for _ in range(4):
        status, headers, _ = ask(nginx, "POST")
        assert (status, headers.get_all("Retry-After")) == (503, ["7"])


def test_nodes_that_are_all_away_are_told_in_cartlinks_words(proxy, nobody):
    nginx = proxy(port(nobody()), port(nobody()))
    for method in ("GET", "POST"):
        status, headers, body = ask(nginx, method)
        problem = json.loads(body)
        assert (status, problem["code"], headers.get_all("Retry-After")) == (503, "unavailable", ["2"])
        assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "no-referrer"


def test_nodes_that_refuse_what_is_too_much_are_asked_on(proxy, stand_in):
    """Else one refusal of each node would take both out, and what they could do would be refused as well."""
    turns, lock = iter(range(1_000_000)), threading.Lock()

    def every_second(_):
        with lock:
            return 503 if next(turns) % 2 else 200

    nodes = [stand_in(every_second), stand_in(every_second)]
    nginx = proxy(*(node.port for node in nodes))
    found = statuses(nginx, "POST", 200)
    assert found == {200: 100, 503: 100}
    assert statuses(nginx, "GET", 200)[200] >= 150


def test_a_node_that_comes_back_is_asked_again(proxy, stand_in, nobody):
    away = nobody()
    place = port(away)
    nginx = proxy(stand_in().port, place)
    assert statuses(nginx, "GET") == {200: 8}
    away.close()
    back = stand_in(200, place)
    for _ in range(40):
        assert statuses(nginx, "GET", 2) == {200: 2}
        if back.asked:
            return
        threading.Event().wait(0.1)
    raise AssertionError("the node that came back gets nothing")


def test_the_logs_hold_no_link(proxy, stand_in, nobody):
    """Neither when all is well nor when nothing is."""
    secret = "cl1" + "kanarie0" * 6
    for ports in ([stand_in().port], [stand_in(None).port, port(nobody())], [port(nobody()), port(nobody())]):
        nginx = proxy(*ports)
        for path in (f"/s/{secret}", f"/v1/shared/{secret}", f"/%73/{secret}", f"/v1/carts/x/events?{secret}", f"/s/{secret}/accept"):
            ask(nginx, "GET", path)
            ask(nginx, "POST", path)
        nginx.stop()
        assert len(nginx.log()) == 10
        assert b"kanarie" not in nginx.everything_logged()
        assert {words[3] for words in nginx.log()} >= {"/s/{token}", "/v1/shared/{token}", "/v1/carts/{cartId}/events"}


def test_events_pass_at_once(proxy, start):
    server = start({"public": {"url": f"https://{HOST}"}, "limits": {"trustedProxies": ["127.0.0.1"]}})
    nginx, cart = proxy(server.public.port), server.put()
    connection = nginx.connection(5)
    connection.request("GET", f"/v1/carts/{cart}/events", headers={"Authorization": f"Bearer {logins.ANNA.login}"})
    answer = connection.getresponse()
    assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/event-stream")
    server.put(cart_id=cart)
    read = b""
    while b"event: changed" not in read:
        read += answer.read1()
    connection.close()


# From nginx 1.25 on; the directive that it asks for instead is unknown to the one in Debian 12.
HTTP2_WARNING = r'nginx: \[warn\] the "listen \.\.\. http2" directive is deprecated, use the "http2" directive instead in \S+:\d+\n'


def test_the_shipped_files_are_accepted(tmp_path):
    for ports in ([8080], [8080, 8081]):
        checked = Nginx(tmp_path / f"checked-{len(ports)}", ports)
        done = subprocess.run(checked.command("-t", "-q"), capture_output=True, text=True)
        assert done.returncode == 0 and not re.sub(HTTP2_WARNING, "", done.stderr), done.stderr
