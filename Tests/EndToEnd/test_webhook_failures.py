# SPDX-License-Identifier: Apache-2.0
"""Receivers that are slow, dead, wrong or gone: what is tried again, what is given up, and who is told why."""

import socket
import ssl
import subprocess
import threading
import time

import pytest

from receiver import Receiver, plain, webhook
from server import free_ports


@pytest.fixture
def receivers():
    made = []

    def make(*arguments, **named):
        made.append(Receiver(*arguments, **named))
        return made[-1]

    yield make
    for receiver in made:
        receiver.close()


def state(server, number=0):
    return server.administer("GET", "webhooks").ok()["webhooks"][number]


def until(look, timeout=15):
    """What `look` answers once that is true."""
    deadline = time.monotonic() + timeout
    while not (found := look()):
        assert time.monotonic() < deadline, "it didn't come true"
        time.sleep(0.02)
    return found


def reason(server):
    return until(lambda: state(server).get("lastFailure"))["reason"]


def test_a_failed_message_comes_again_and_holds_back_only_its_own_thread(start, receivers, tmp_path):
    receiver, slow = receivers(), {}

    def answer(delivery):
        """The first link's messages fail twice."""
        link = delivery.data.get("linkId")
        if delivery.type != "link.created" or link != slow.setdefault("link", link):
            return 204
        slow["count"] = slow.get("count", 0) + 1
        return 500 if slow["count"] <= 2 else 204

    receiver.answer = answer
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.*"])]})
    first = server.link()
    receiver.wait_for(1)
    server.revoke(first)
    second = server.link()
    server.revoke(second)
    told = receiver.wait(lambda deliveries: ("link.revoked", first["id"]) in receiver.told)
    of_first = [delivery for delivery in told if delivery.data["linkId"] == first["id"]]
    assert [delivery.type for delivery in of_first] == ["link.created"] * 3 + ["link.revoked"]
    assert len({delivery.id for delivery in of_first[:3]}) == len({delivery.body for delivery in of_first[:3]}) == 1
    assert all(delivery.is_signed for delivery in told)
    waits = [later.at - earlier.at for earlier, later in zip(of_first, of_first[1:3])]
    assert 1 <= waits[0] < 1.6 and 2 <= waits[1] < 2.7
    stamps = [int(delivery.headers["webhook-timestamp"]) for delivery in of_first[:3]]
    assert stamps[0] < stamps[1] < stamps[2]
    of_second = [delivery for delivery in told if delivery.data["linkId"] == second["id"]]
    assert [delivery.type for delivery in of_second] == ["link.created", "link.revoked"]
    assert of_second[1].at < of_first[1].at, "another link's messages waited"
    until(lambda: state(server)["waiting"] == 0)
    assert state(server)["lastFailure"]["reason"] == "the receiver answered 500"
    lines = [line for line in server.log.read_text().splitlines() if "webhook" in line and "warning" in line.lower()]
    assert lines and all("127.0.0.1" in line and "/hooks" not in line for line in lines)


def test_a_receiver_that_is_gone_gets_no_more_until_someone_says_so(start, receivers, tmp_path):
    receiver = receivers(lambda delivery: 410)
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.*"])]})
    link = server.link()
    letter = until(lambda: server.administer("GET", "webhooks/dead-letters").ok()["deadLetters"])[0]
    assert (letter["type"], letter["linkId"], letter["cartId"], letter["attempts"]) == ("link.created", link["id"], link["cartId"], 1)
    assert letter["reason"].startswith("the receiver answered 410") and letter["webhook"] == state(server)["id"]
    assert letter["createdAt"] and letter["diedAt"] and (state(server)["waiting"], state(server)["deadLetters"]) == (0, 1)
    (sent,) = receiver.deliveries
    assert letter["id"] == sent.id

    receiver.answer = lambda delivery: 204
    server.administer("POST", f"webhooks/dead-letters/{letter['id']}/retry").ok(204)
    again = receiver.wait_for(2)[1]
    assert (again.id, again.body) == (sent.id, sent.body)
    until(lambda: state(server)["deadLetters"] == 0)
    server.administer("POST", f"webhooks/dead-letters/{letter['id']}/retry").problem(404, "not-found")
    entries = server.administer("GET", f"audit?linkId={link['id']}").ok()["entries"]
    assert (entries[-1]["action"], entries[-1]["actor"]) == ("webhook.retried", "admin:ops")
    assert server.with_admin_key("audit", "verify").returncode == 0


def test_dead_letters_come_in_pages(start, receivers, tmp_path):
    receiver = receivers(lambda delivery: 410)
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.created"])]})
    links = [server.link() for _ in range(5)]
    until(lambda: state(server)["deadLetters"] == 5)
    seen, cursor = [], ""
    while cursor is not None:
        page = server.administer("GET", f"webhooks/dead-letters?limit=2&webhook={state(server)['id']}{cursor}").ok()
        seen += [letter["linkId"] for letter in page["deadLetters"]]
        cursor = f"&cursor={page['nextCursor']}" if "nextCursor" in page else None
    assert seen == [link["id"] for link in reversed(links)]
    assert server.administer("GET", "webhooks/dead-letters?webhook=000000000000").ok()["deadLetters"] == []


def test_redirects_are_not_followed(start, receivers, tmp_path):
    target = receivers()
    receiver = receivers(lambda delivery: plain(307, f"Location: {target.url()}\r\n"))
    server = start({"webhooks": [webhook(tmp_path, receiver.url())]})
    server.put()
    assert reason(server) == "redirects are not followed: configure the final address"
    receiver.wait_for(2)
    assert not target.deliveries


def test_a_dead_receiver_slows_no_other_and_gets_everything_once_it_lives(start, receivers, tmp_path):
    dead, alive = receivers(), receivers()
    dead.close()
    server = start({"webhooks": [webhook(tmp_path, dead.url(), ["link.*"]), webhook(tmp_path, alive.url(), ["link.*"])]})
    began = time.monotonic()
    links = [server.link() for _ in range(20)]
    alive.wait_for(20)
    assert time.monotonic() - began < 5
    assert reason(server) == "the connection was refused: nothing listens there"
    assert state(server)["waiting"] == 20 and state(server)["oldestWaitingAt"]
    # Each of the twenty has failed once or more: the end of so long a row is told.
    until(lambda: '"failuresInARow":"16"' in server.log.read_text())
    warnings = server.log.read_text().count("wasn't delivered")
    assert 1 <= warnings <= 7, "the log is filled"
    back = receivers(port=dead.port)
    told = back.wait(lambda deliveries: {delivery.data["linkId"] for delivery in deliveries} == {link["id"] for link in links}, 30)
    assert all(delivery.is_signed for delivery in told)
    until(lambda: "takes messages again" in server.log.read_text())


def test_receivers_that_never_answer_or_drip_their_head_are_cut_off(start, receivers, tmp_path):
    silent, alive, dripping = receivers(lambda delivery: None), receivers(), receivers(drip(head=True))
    server = start({"webhooks": [webhook(tmp_path, each.url(), ["link.*"]) for each in (silent, alive, dripping)]})
    began = time.monotonic()
    links = [server.link() for _ in range(20)]
    assert time.monotonic() - began < 5, "the shop waited for a receiver"
    alive.wait_for(20, 5)
    for number, receiver, told in ((0, silent, 8), (2, dripping, 1)):
        first = receiver.wait_for(told)[0].at
        assert until(lambda: state(server, number).get("lastFailure"), 14)["reason"] == "no answer within 10 s"
        assert 9.5 < time.monotonic() - first < 13
    assert len({delivery.data["linkId"] for delivery in silent.wait_for(16, 5)}) >= 8
    assert len(links) == 20


def drip(head):
    """Sends a byte a quarter of a second, of the head or of a body without end."""

    def send(connection):
        if not head:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        for byte in b"HTTP/1.1 200 OK\r\n" + b"x-drip: 1\r\n" * 1000:
            connection.sendall(bytes([byte]))
            time.sleep(0.25)

    return lambda delivery: send


def test_an_answer_that_drips_its_body_counts_by_its_status(start, receivers, tmp_path):
    receiver = receivers(drip(head=False))
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.*"])]})
    server.link()
    began = receiver.wait_for(1)[0].at
    until(lambda: state(server).get("lastSuccessAt"))
    assert time.monotonic() - began < 3 and state(server)["waiting"] == 0
    assert len(receiver.deliveries) == 1


def test_a_large_answer_is_thrown_away(start, receivers, tmp_path):
    body = b"kanarie " * 500_000
    answer = b"HTTP/1.1 500 X\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    receiver = receivers(lambda delivery: lambda connection: connection.sendall(answer))
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.*"])]})
    server.link()
    assert reason(server) == "the receiver answered 500"
    assert "kanarie" not in server.log.read_text() + server.administer("GET", "webhooks").body.decode()


@pytest.mark.parametrize(
    "answer, expected",
    [
        (b"nonsense\r\n\r\n", "the answer isn't HTTP"),
        (lambda connection: connection.close(), "the receiver closed the connection before it had answered"),
        (404, "the receiver answered 404"),
    ],
    ids=["no HTTP", "closed", "404"],
)
def test_each_failure_says_what_it_was(start, receivers, tmp_path, answer, expected):
    receiver = receivers(lambda delivery: answer)
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.*"])]})
    server.link()
    assert reason(server) == expected


def test_what_the_receiver_asks_for_is_honoured(start, receivers, tmp_path):
    answers = iter([plain(503, "Retry-After: 3\r\n")])
    receiver = receivers(lambda delivery: next(answers, 204))
    server = start({"webhooks": [webhook(tmp_path, receiver.url(), ["link.*"])]})
    server.link()
    first, second = receiver.wait_for(2)
    assert 3 <= second.at - first.at < 3.8


INSIDE = ["localhost", "127.0.0.1", "0x7f.1", "[::1]", "169.254.169.254", "10.0.0.1", "[::ffff:127.0.0.1]"]


def test_private_addresses_are_refused_unless_they_are_allowed(start, receivers, tmp_path):
    receiver = receivers()
    urls = [f"https://{host}:{receiver.port}/" for host in INSIDE]
    server = start({"webhooks": [webhook(tmp_path, url, allowPrivateAddresses=False) for url in urls]})
    server.put()
    for number in range(len(urls)):
        failure = until(lambda: state(server, number).get("lastFailure"))
        assert failure["reason"] == "the name resolves to a private address; set allowPrivateAddresses if that is meant", urls[number]
    assert not receiver.open, "it was connected to"


def test_a_name_that_nobody_knows(start, tmp_path):
    server = start({"webhooks": [webhook(tmp_path, "https://nobody.invalid/hooks", allowPrivateAddresses=False)]})
    server.put()
    assert reason(server) == "the name doesn't resolve"


def test_a_certificate_that_nobody_trusted_issued(start, tmp_path):
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    made = [*make, "-addext", "subjectAltName=DNS:localhost", "-keyout", tmp_path / "key", "-out", tmp_path / "cert"]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    (port,), accepted = free_ports(1), []
    with context.wrap_socket(socket.create_server(("127.0.0.1", port)), server_side=True) as listener:
        threading.Thread(target=accept_tls, args=(listener, accepted), daemon=True).start()
        server = start({"webhooks": [webhook(tmp_path, f"https://localhost:{port}/", ["link.*"])]})
        server.link()
        assert reason(server).startswith("TLS: the certificate isn't valid for the name")
        assert not accepted, "the handshake came to its end"
        # Closing alone wouldn't wake the thread that accepts.
        listener.shutdown(socket.SHUT_RDWR)


def accept_tls(listener, accepted):
    """Goes on accepting whatever handshakes fail."""
    while listener.fileno() >= 0:
        try:
            accepted.append(listener.accept())
        except OSError:
            continue
