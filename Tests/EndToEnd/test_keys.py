# SPDX-License-Identifier: Apache-2.0
"""Signing keys: generate, promote, retire, reload; and the other small commands."""

import re
import signal
import time


def slots(server):
    """Slot to state, from the running server."""
    keys = server.administer("GET", "keys").ok()
    return {key["slot"]: key["state"] for key in keys["keys"]}


def reload(server):
    """Sends SIGHUP and waits for the log to say that the keys were read, and the policies after them."""
    said = lambda: sum(" reloaded" in line for line in server.log.read_text().splitlines())
    before = said()
    server.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 10
    while said() < before + 2:
        assert time.monotonic() < deadline, "SIGHUP was not answered"
        time.sleep(0.02)


def generate(server):
    """Makes a key and returns its slot."""
    before = slots(server)
    made = server.run("keys", "generate")
    assert made.returncode == 0, made.stderr
    reload(server)
    (slot,) = set(slots(server)) - set(before)
    return slot


def slot_of(server, link):
    return next(
        found["keySlot"] for found in server.administer("GET", f"links?cartId={link['cartId']}").ok()["links"] if found["id"] == link["id"]
    )


def promote(server, slot):
    assert server.run("keys", "promote", str(slot)).returncode == 0
    reload(server)


def test_keys_are_rotated_without_killing_links_until_they_are_retired(start):
    server = start()
    old = [server.link() for _ in range(2)]
    first = slot_of(server, old[0])
    assert slots(server) == {first: "signing"}

    second = generate(server)
    assert slots(server) == {first: "signing", second: "verifying"}
    assert slot_of(server, server.link()) == first
    promote(server, second)
    assert slots(server) == {first: "verifying", second: "signing"}
    new = server.link()
    assert slot_of(server, new) == second
    assert [server.shared(link).status for link in [*old, new]] == [200] * 3
    listing = server.run("keys", "list")
    assert listing.returncode == 0 and "signing" in listing.stdout and "verifying" in listing.stdout

    asked = server.with_admin_key("keys", "retire", str(first))
    assert re.search(r"\b3\b", asked.stdout + asked.stderr)
    assert server.with_admin_key("keys", "retire", str(first), "--expect", "2").returncode != 0
    assert [server.shared(link).status for link in old] == [200, 200]
    done = server.with_admin_key("keys", "retire", str(first), "--expect", "3")
    assert done.returncode == 0, done.stderr
    assert {server.shared(link).status for link in old} <= {404, 410}
    assert server.shared(new).status == 200

    server.kill()
    server.start()
    assert {server.shared(link).status for link in old} <= {404, 410}
    assert server.shared(new).status == 200


def test_a_slot_that_is_used_again_revives_nothing(start):
    server = start()
    old = server.link()
    first = slot_of(server, old)
    promote(server, generate(server))
    assert server.with_admin_key("keys", "retire", str(first), "--expect", "1").returncode == 0
    reload(server)
    for _ in range(7):
        if first in slots(server):
            break
        promote(server, generate(server))
    assert first in slots(server), "the slot was not used again"
    assert {server.shared(old).status} <= {404, 410}
    assert server.run("keys", "generate").returncode in (0, 1)


def test_the_key_that_signs_is_not_retired(start):
    server = start()
    link = server.link()
    assert server.with_admin_key("keys", "retire", str(slot_of(server, link)), "--expect", "1").returncode != 0
    assert server.shared(link).status == 200


def test_a_bad_key_file_at_reload_keeps_the_old_keys(start):
    server = start()
    link = server.link()
    server.key_file.write_text("garbage")
    reload(server)
    assert server.process.poll() is None and server.shared(link).status == 200


def test_key_files_are_private_and_outside_the_data(start):
    server = start()
    assert server.key_file.stat().st_mode & 0o777 == 0o600
    assert not list((server.folder / "data").rglob("*key*"))
    secret = re.findall(rb"[A-Za-z0-9+/=_-]{40,}", server.key_file.read_bytes())
    assert not any(text in file.read_bytes() for text in secret for file in (server.folder / "data").iterdir() if file.is_file())
