# SPDX-License-Identifier: Apache-2.0
"""A disk that fills up: writes are refused clearly, reads and revocations go on, and all is well once there is room."""

import os
import subprocess
import time

import pytest

import carts
from logins import ANNA
from server import KEYS

LARGE = carts.plain(zz="x" * 200_000)


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"a small disk can't be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(disk, leave):
    """Takes all but `leave` bytes of the disk."""
    with (disk / "filler").open("ab", buffering=0) as filler:
        for size in (65536, 4096):
            while free(disk) - size >= leave:
                try:
                    filler.write(bytes(size))
                except OSError:
                    return


def free(disk):
    room = os.statvfs(disk)
    return room.f_bavail * room.f_bsize


def within(seconds, condition):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def refuses_to_write(server, cart_id):
    answer = server.ask_link(cart_id, audience="external", access="read-only")
    if answer.status == 201:
        return False
    answer.problem(503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    return True


def test_a_full_disk_stops_writes_only(small_disk, prepare):
    server = prepare({"data": f"{small_disk}/data", "limits": {"diskReserve": "8MB"}}).start()
    try:
        cart_id = server.put()
        links = [server.link(cart_id) for _ in range(4)]

        # Below the reserve only revocations are written.
        fill(small_disk, leave=6_000_000)
        within(10, lambda: refuses_to_write(server, cart_id))
        server.public("PUT", "/v1/carts/more", {"cart": LARGE}, KEYS["storefront"]).problem(503, "unavailable")
        assert [server.shared(link).status for link in links] == [200] * 4
        seen = server.public("POST", f"/s/{links[3]['token']}/seen", b"", headers={"User-Agent": "Firefox/140.0"})
        assert seen.status == 204
        assert server.revoke(links[0]).status == 204
        server.shared(links[0]).problem(410, "link-gone")
        assert server.administer("DELETE", f"links/{links[1]['id']}").status == 204
        server.shared(links[1]).problem(410, "link-gone")

        # With no room at all a revocation is done or refused, but never falsely acknowledged.
        fill(small_disk, leave=0)
        refuses_to_write(server, cart_id)
        status = server.revoke(links[2]).status
        assert status in (204, 503)
        if status == 204:
            server.shared(links[2]).problem(410, "link-gone")
        assert server.shared(links[3]).status == 200 and server.shared(links[3], ANNA).status == 200
        assert server.public.get("/health/live").status == 200

        # Room again: all goes on without a restart.
        (small_disk / "filler").unlink()
        within(15, lambda: server.ask_link(cart_id, audience="external", access="read-only").status == 201)
        assert server.revoke(links[2]).status == 204
        # What was counted meanwhile has waited.
        within(5, lambda: server.public.get(f"/v1/links/{links[3]['id']}", ANNA.login).ok()["opens"]["people"] == 1)
        server.kill()
        server.start()
        assert [server.shared(link).status for link in links] == [410, 410, 410, 200]
        assert server.with_admin_key("audit", "verify").returncode == 0
    finally:
        server.kill()


def test_links_that_pin_carts_are_revoked_on_a_nearly_full_disk(small_disk, prepare):
    """A snapshot may be large: deleting it must not need the room that isn't there."""
    server = prepare({"data": f"{small_disk}/data", "limits": {"diskReserve": "2MB"}}).start()
    try:
        items = [{"id": str(number), "sku": f"SKU-{number}", "name": "x" * 900, "quantity": 1} for number in range(1000)]
        cart_id = server.put(cart=carts.plain(items=items))
        links = [server.link(cart_id, snapshot=True) for _ in range(4)]
        assert len(server.shared(links[0]).body) > 900_000
        # The log begins anew, so that it has to grow for what comes.
        assert server.stop() == 0
        server.start()
        fill(small_disk, leave=1_000_000)
        assert server.revoke(links[0]).status == 204
        selector = {"selector": {"cartId": cart_id}, "reason": "x", "expect": 3}
        assert server.administer("POST", "revocations", selector).ok()["revoked"] == 3
        assert [server.shared(link).status for link in links] == [410] * 4
    finally:
        server.kill()
