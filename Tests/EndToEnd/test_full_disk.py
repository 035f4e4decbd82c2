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
        server.kill()
        server.start()
        assert [server.shared(link).status for link in links] == [410, 410, 410, 200]
        assert server.with_admin_key("audit", "verify").returncode == 0
    finally:
        server.kill()
