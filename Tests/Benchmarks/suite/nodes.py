# SPDX-License-Identifier: Apache-2.0
"""Two Cartlink nodes on the server's core, and their PostgreSQL on the load's, from which it takes what it needs."""

import time

import contenders
from postgres import Postgres
from shop import Shop
from visit import Wrong

# Beside what the tests' server has: fsync and synchronous_commit are on, and the folder lies on the disk that SQLite writes to.
SETTINGS = "shared_buffers = 256MB"


class Nodes:
    """Both nodes sign with the same keys; `stack` stops everything."""

    def __init__(self, folder, cart, count, stack):
        # It runs where this process does, on the load's core.
        self.server = stack.enter_context(Postgres())
        self.server.configure(SETTINGS)
        self.server.restart()
        self.database = self.server.database()
        self.first = Shop(folder / "node-1", self.database.settings)
        self.second = Shop(folder / "node-2", self.database.settings | {"keys": self.first.server.settings["keys"]})
        for shop in (self.first, self.second):
            stack.callback(shop.stop)
            shop.server.start()
        self.cart = cart
        self.links = self.first.make_links(cart, count)
        self.database.sql("ANALYZE")
        self.contender = contenders.cartlink(self.first, "postgres")

    def empty_logs(self):
        for shop in (self.first, self.second):
            shop.empty_log()

    def checks(self):
        """How often the revision row was read so far, as PostgreSQL counts it; its processes tell that once a second."""
        time.sleep(1.4)
        where = "schemaname = 'cartlink' AND relname = 'revision'"
        counted = self.database.sql(f"SELECT seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE {where}")
        if not counted:
            raise Wrong("PostgreSQL doesn't count what is read of the revision row")
        return int(counted)
