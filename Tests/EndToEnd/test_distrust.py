# SPDX-License-Identifier: Apache-2.0
"""A restored older database is noticed, and serves again once an operator has decided what of it isn't believed."""

import shutil
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from logins import ANNA, OLGA, shopper
from together import accept, enter, grant, grants, internal, read, set_access

BEHIND = "is behind what this node has seen"


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def generation(server):
    return Path(server.settings["data"]) / "generation"


def noted(server):
    """Waits until the node has noted all that happened so far."""
    count = server.administer("GET", "audit?order=newest-first&limit=1").ok()["entries"][0]["sequence"]
    deadline = time.monotonic() + 10
    while int(generation(server).read_text().split()[1]) < count:
        assert time.monotonic() < deadline, "the generation isn't noted"
        time.sleep(0.05)


def until(condition):
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def refuses(server):
    code, said = server.refusal()
    assert code == 1 and BEHIND in said and "cartlink distrust --before" in said
    assert said.count("\n") == 1


def distrust(server, *more, before=None):
    done = server.run("distrust", "--before", before or now(), *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Scene:
    """What is in the backup, and what happens after it was made."""

    def __init__(self, server):
        self.link = server.link()
        self.cart = self.link["cartId"]
        self.person, self.guest = shopper(), shopper()
        self.grant = grant(server, self.cart, self.person).ok(201)
        self.internal = internal(server, self.cart)
        accept(server, self.internal, self.guest).ok(201)
        enter(server, OLGA).ok(201)
        self.company_cart = server.put(OLGA)
        self.kept = server.link()

    def go_on(self, server):
        assert server.revoke(self.link).status == 204
        assert server.public("DELETE", f"/v1/grants/{self.grant['id']}", bearer=ANNA.login).status == 204
        noted(server)

    def check(self, server):
        """The restored store was distrusted."""
        for link in (self.link, self.internal, self.kept):
            server.shared(link, self.guest).problem(410)
        assert read(server, self.cart, ANNA).ok()["viewer"]["relation"] == "owner"
        for person in (self.person, self.guest):
            read(server, self.cart, person).problem(404, "cart-not-found")
        listed = grants(server, self.cart)
        assert len(listed) == 2 and all(held["suspended"] is True for held in listed)
        confirmed = set_access(server, self.grant, "read-only").ok()
        assert "suspended" not in confirmed
        read(server, self.cart, self.person).ok()
        read(server, self.cart, self.guest).problem(404)
        # The directory is the shop's to confirm.
        read(server, self.company_cart, OLGA).problem(404)
        enter(server, OLGA).ok(200)
        read(server, self.company_cart, OLGA).ok()
        # An administrator lets go of a link that is in order; then it gives again what it gives.
        assert server.administer("POST", f"links/{self.internal['id']}/resume").status == 204
        read(server, self.cart, self.guest).problem(404)
        accept(server, self.internal, self.guest).ok(201)
        read(server, self.cart, self.guest).ok()
        # What is new works.
        assert server.shared(server.link()).status == 200
        rows = server.administer("GET", "audit?order=newest-first&limit=100").ok()["entries"]
        assert "store.distrusted" in {row["action"] for row in rows}
        assert server.with_admin_key("audit", "verify").returncode == 0


def restore(server, copy):
    data = Path(server.settings["data"])
    for path in [*data.glob("cartlink.sqlite*"), data / "cartlink.lock"]:
        path.unlink(missing_ok=True)
    shutil.copy(copy, data / "cartlink.sqlite")


def test_a_restored_sqlite_store(start, tmp_path):
    server = start()
    scene = Scene(server)
    assert server.stop() == 0
    copy = tmp_path / "backup.sqlite"
    shutil.copy(server.database, copy)
    server.start()
    assert generation(server).stat().st_mode & 0o777 == 0o600
    scene.go_on(server)
    server.kill()
    restore(server, copy)
    refuses(server)

    dry = distrust(server, "--dry-run")
    assert "3 links" in dry and "2 grants" in dry and "1 company users" in dry and "Nothing was changed" in dry
    refuses(server)
    done = distrust(server)
    assert "3 links paused, 2 grants and 1 company users suspended" in done and "Next:" in done
    # Once more, as after a crash: nothing more is to be held.
    assert "0 links paused, 0 grants and 0 company users suspended" in distrust(server)
    server.start()
    scene.check(server)
    server.stop()
    server.start()


def test_a_restored_postgres_store(prepare_nodes, postgres):
    database = postgres.database()
    one, other = prepare_nodes(2, database=database)
    one.start()
    scene = Scene(one)
    assert one.stop() == 0
    postgres.sql(f"CREATE DATABASE {database.name}_copy TEMPLATE {database.name}")
    one.start()
    other.start()
    scene.go_on(other)
    noted(one)
    other.kill()
    postgres.sql(f"DROP DATABASE {database.name} WITH (FORCE)")
    postgres.sql(f"CREATE DATABASE {database.name} TEMPLATE {database.name}_copy OWNER cartlink")

    # The node that runs and the one that starts know more than the database.
    until(lambda: BEHIND in one.log.read_text() or one.public.get("/health/ready").status == 503)
    for _ in range(40):
        assert one.shared(scene.link).status == 503
        assert one.shared(scene.kept).status == 503
        time.sleep(0.05)
    assert one.revoke(scene.kept).status == 503
    refuses(other)

    assert "3 links paused, 2 grants and 1 company users suspended" in distrust(other)
    until(lambda: one.public.get("/health/ready").status == 200)
    scene.check(one)
    other.start()
    assert other.shared(scene.link).status == 410
    read(other, scene.cart, scene.person).ok()


@pytest.mark.parametrize("text", ["", "garbage", "1 2 xyz"])
def test_a_generation_file_that_cant_be_read(start, text):
    server = start()
    server.link()
    assert server.stop() == 0
    generation(server).write_text(text)
    code, said = server.refusal()
    assert code == 1 and str(generation(server)) in said and "distrust" in said
    generation(server).unlink()
    server.start()
    until(generation(server).exists)


def test_what_distrust_asks_for(start):
    server = start()
    for before, word in [("yesterday", "RFC 3339"), ("2999-01-01T00:00:00Z", "future")]:
        done = server.run("distrust", "--before", before)
        assert done.returncode == 1 and word in done.stderr
    # The running service has its SQLite store to itself.
    done = server.run("distrust", "--before", now())
    assert done.returncode == 1 and "used by another process" in done.stderr


def test_a_store_that_was_stopped_is_where_it_was(start):
    server = start()
    link = server.link()
    assert server.stop() == 0
    before = generation(server).read_text()
    server.start()
    assert server.shared(link).status == 200
    assert server.stop() == 0
    assert generation(server).read_text() == before
