# SPDX-License-Identifier: Apache-2.0
"""A second PostgreSQL that follows a first one and can take its place."""

import subprocess
import time

from postgres_server import PostgresServer


class PostgresStandby(PostgresServer):
    """A streaming standby in a folder of its own; the roles and databases are the primary's."""

    NAME = "standby"

    def __init__(self, primary, in_memory=False):
        self.primary = primary
        super().__init__(in_memory)

    def _make(self):
        place = f"host={self.primary.folder} port={self.primary.port} user=postgres application_name={self.NAME}"
        command = [self.binaries / "pg_basebackup", "-d", place, "-D", self.data, "-R", "-X", "stream", "-c", "fast", "--no-sync"]
        made = subprocess.run(command, cwd="/", capture_output=True, text=True, **self._as_owner)
        if made.returncode:
            raise RuntimeError(f"pg_basebackup failed: {made.stderr}")
        self.configure(f"port = {self.port}\nunix_socket_directories = '{self.folder}'")

    def _fill(self):
        """Nothing of its own: it is read-only."""

    def wait_until_it_follows(self, state):
        """`sync` where the primary's commits wait for this one, else `async`."""
        deadline = time.monotonic() + 10
        asked = f"SELECT state || ' ' || sync_state FROM pg_stat_replication WHERE application_name = '{self.NAME}'"
        while (found := self.primary.sql(asked)) != f"streaming {state}":
            if time.monotonic() > deadline:
                raise RuntimeError(f"the standby doesn't follow: {found!r}")
            time.sleep(0.02)

    def stop_following(self):
        self.sql("ALTER SYSTEM SET primary_conninfo = ''")
        self.reload()
        deadline = time.monotonic() + 10
        while self.sql("SELECT count(*) FROM pg_stat_wal_receiver") != "0":
            if time.monotonic() > deadline:
                raise RuntimeError("the standby still follows")
            time.sleep(0.02)

    def promote(self):
        if self.sql("SELECT pg_promote(true, 20)") != "t":
            raise RuntimeError("the standby wasn't promoted in time")
