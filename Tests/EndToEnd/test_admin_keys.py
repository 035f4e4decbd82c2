# SPDX-License-Identifier: Apache-2.0
"""Wrong admin keys: one answer, late after five tries, and never in the way of a right one."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from server import KEYS

WRONG = "k" * 40
MOST_WAITING = 32


@pytest.fixture
def server(start):
    return start({"limits": {"trustedProxies": ["127.0.0.1"]}})


def ask(server, key=WRONG, address="203.0.113.7", path="/admin/v1/keys"):
    """The answer, and how many seconds it took."""
    began = time.monotonic()
    answer = server.admin.get(path, key, X_Forwarded_For=address)
    return answer, time.monotonic() - began


def bad_keys(server):
    found = re.search(r"^cartlink_admin_bad_keys_total (\S+)$", server.admin.get("/metrics").body.decode(), re.M)
    return float(found[1]) if found else 0


def test_the_sixth_wrong_key_of_an_address_is_answered_late(server):
    first = ask(server)[0].without_request_id()
    for path in ("/admin/v1/links", "/admin/v1/audit", "/admin/v1/me", "/admin/v1/links?status=paused"):
        assert ask(server, path=path)[1] < 0.9
    answer, seconds = ask(server)
    assert seconds >= 1 and answer.without_request_id() == first
    assert ask(server, key="other" * 9)[1] >= 2
    # Neither another address nor a key that is right, or only without the scope, waits.
    assert ask(server, address="203.0.113.8")[1] < 0.9
    assert ask(server, KEYS["storefront"])[0].status == 403
    answer, seconds = ask(server, KEYS["ops"])
    assert answer.status == 200 and seconds < 0.9
    assert bad_keys(server) == 8


@pytest.fixture
def guessing(server):
    """Guesses so often at once, after five that were free, and waits until the service has heard all of it."""
    pools = []

    def guessing(count):
        for _ in range(5):
            ask(server)
        pools.append(ThreadPoolExecutor(count))
        guesses = [pools[-1].submit(ask, server) for _ in range(count)]
        deadline = time.monotonic() + 5
        while bad_keys(server) < 5 + count:
            assert time.monotonic() < deadline, "the guesses didn't arrive"
        return guesses

    yield guessing
    server.kill()
    for pool in pools:
        pool.shutdown()


def test_a_right_key_gets_in_while_others_guess(server, guessing):
    guesses = guessing(20)
    for _ in range(5):
        answer, seconds = ask(server, KEYS["ops"])
        assert answer.status == 200 and seconds < 0.9
    assert sum(guess.done() for guess in guesses) <= 2, "only the sixth and the seventh may be through by now"


def test_so_many_wait_and_the_rest_is_turned_away_at_once(server, guessing):
    guesses = guessing(MOST_WAITING + 8)
    deadline = time.monotonic() + 5
    # What the service has counted may still be on its way back.
    while (turned_away := sum(guess.done() and guess.result()[0].status == 429 for guess in guesses)) < 8:
        assert time.monotonic() < deadline, "too few were turned away"
    assert turned_away == 8
    answer, seconds = ask(server)
    answer.problem(429, "too-many-requests")
    assert seconds < 0.9 and answer.headers["Retry-After"] == "8"
    assert ask(server, KEYS["ops"])[0].status == 200
    assert ask(server, address="203.0.113.9")[0].status == 401, "the free tries of others stay free"


def test_a_stop_doesnt_wait_for_guessers(server, guessing):
    guessing(8)
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 5


def test_the_log_names_the_peer_and_no_key(server):
    for _ in range(6):
        ask(server)
    text = server.log.read_text()
    (line,) = [line for line in text.splitlines() if "wrong admin keys" in line]
    assert "203.0.113.7" in line and "warning" in line.lower()
    assert WRONG not in text
