# SPDX-License-Identifier: Apache-2.0
"""Copies between the databases of a node that keeps its data folder, in which it notes how far its store had come."""

from pathlib import Path

import pytest

from logins import ANNA
from together import comment

NOTE = "generation"


class Moving:
    """A node that goes from one database to the other, and links that must stay what they are."""

    def __init__(self, node, database):
        self.node, self.database = node, database
        self.data, self.before = Path(node.settings["data"]), node.settings
        self.live, self.revoked = [], []

    def live_through(self):
        """Starts the node, which goes on, and stops it."""
        node = self.node.start()
        cart = node.put()
        made = [node.link(cart) for _ in range(4)]
        self.live += made[:2]
        self.revoked += made[2:]
        for link in made[2:]:
            node.revoke(link).ok(204)
        comment(node, cart, ANNA, "One more").ok(201)
        self.check()
        assert node.stop() == 0
        assert (self.data / NOTE).exists()

    def check(self):
        assert [self.node.shared(link).status for link in self.live] == [200] * len(self.live)
        assert [self.node.shared(link).status for link in self.revoked] == [410] * len(self.revoked)
        assert self.node.with_admin_key("audit", "verify").returncode == 0

    def copied(self, source, target):
        side = "to" if target == self.database.url else "from"
        password = [f"--{side}-password-file", self.database.server.password_file]
        done = self.node.run("store", "copy", "--from", source, "--to", target, *password)
        assert done.returncode == 0, done.stdout + done.stderr

    def to_postgres(self):
        self.copied(f"sqlite:{self.data}", self.database.url)
        self.node.configure(self.before | self.database.settings)

    def to_sqlite(self, folder=None):
        self.copied(self.database.url, f"sqlite:{folder or self.data}")
        self.node.configure(self.before | {"data": str(folder or self.data)})

    def without_its_database(self):
        """As an operator who keeps the old files elsewhere: what else is in the folder stays."""
        for path in self.data.glob("cartlink.sqlite*"):
            path.unlink()


@pytest.fixture
def moving(prepare, postgres):
    return Moving(prepare(), postgres.database())


def test_a_node_goes_to_postgresql_and_back_in_its_own_folder(moving):
    moving.live_through()
    noted = (moving.data / NOTE).read_bytes()
    moving.to_postgres()
    assert (moving.data / NOTE).read_bytes() == noted
    moving.live_through()
    moving.without_its_database()
    moving.to_sqlite()
    moving.live_through()


def test_a_node_that_began_on_postgresql_goes_to_sqlite_in_its_own_folder(moving):
    moving.node.configure(moving.before | moving.database.settings)
    moving.live_through()
    assert not list(moving.data.glob("cartlink.sqlite*"))
    moving.to_sqlite()
    moving.live_through()


def test_a_copy_right_after_a_node_stopped_is_never_refused(moving, tmp_path):
    """The server may take a moment to end sessions whose process has gone."""
    on_postgres = moving.before | moving.database.settings
    for number in range(10):
        moving.node.configure(on_postgres)
        moving.node.start().link()
        assert moving.node.stop() == 0
        moving.to_sqlite(tmp_path / f"copy-{number}")
