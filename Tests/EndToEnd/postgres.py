# SPDX-License-Identifier: Apache-2.0
"""The tests' PostgreSQL as a place for Cartlink's nodes."""

import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Support"))

from postgres_server import PostgresServer


@dataclass
class Database:
    """One database with its owner's login; `settings` go into a node's configuration."""

    server: PostgresServer
    name: str

    @property
    def url(self):
        return self.server.url(self.name)

    @property
    def settings(self):
        return {"storage": self.url, "storagePasswordFile": str(self.server.password_file)}

    def sql(self, text):
        return self.server.sql(text, self.name)

    def kill_backends(self, **how):
        return self.server.kill_backends(database=self.name, **how)


class Postgres(PostgresServer):
    def database(self):
        """A new, empty one."""
        return Database(self, self.add_database())
