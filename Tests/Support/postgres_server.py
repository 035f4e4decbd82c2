# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of the tests' own: its own folder, port and passwords, gone with the process that started it."""

import glob
import itertools
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGQUIT, SIGTERM

from ports import free_ports

# Small, but as durable as a real one: Cartlink refuses a server that may lose what it acknowledged.
SETTINGS = """
listen_addresses = '127.0.0.1'
shared_buffers = 16MB
max_connections = 100
fsync = on
synchronous_commit = on
log_line_prefix = '%m [%p] %a '
"""

# Where the folder is in memory: no more of the log than a few tests need at once.
SMALL_LOG = """
min_wal_size = 32MB
max_wal_size = 128MB
"""

# Ends the server and removes the folder once this pipe closes, however the tests end: a killed process can't clean up itself.
# A paused server is woken first, for it couldn't stop.
CLEANER = """
cat >/dev/null
read -r pid 2>/dev/null <"$2/postmaster.pid" && kill -CONT "$pid"
"$1/pg_ctl" stop -D "$2" -m immediate
rm -rf "$3"
"""


def binaries():
    """The folder of the newest PostgreSQL server here; Debian keeps it out of PATH."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    newest = max(found, key=lambda path: int(path.split("/")[4])) if found else shutil.which("initdb")
    if not newest:
        raise RuntimeError("PostgreSQL's server is missing: `make deps-test` installs it")
    return Path(newest).resolve().parent


def memory():
    """A folder in memory with room for a server, where there is one: most of a small test's time is a disk's."""
    shared = "/dev/shm"
    return shared if os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 1 << 30 else None


class PostgresServer:
    """Starts at once; roles log in by password over TCP, the superuser through the socket in the server's folder."""

    def __init__(self, in_memory=False):
        self.binaries, self.process, self._names = binaries(), None, itertools.count(1)
        # PostgreSQL refuses to run as root; Debian's package makes this user.
        user = "postgres" if os.geteuid() == 0 else None
        self._as_owner = {"user": user, "group": user, "extra_groups": []} if user else {}
        (self.port,) = free_ports(1)
        place = memory() if in_memory else None
        self._settings = SETTINGS + (SMALL_LOG if place else "")
        self.folder = Path(tempfile.mkdtemp(prefix="cartlink-postgres-", dir=place))
        self.data, self.log = self.folder / "data", self.folder / "log"
        self.password_file = self.folder / "password"
        self.password_file.touch(0o600)
        self.password_file.write_text(secrets.token_hex(16) + "\n")
        self.log.touch()
        if user:
            for path in (self.folder, self.log):
                shutil.chown(path, user, user)
        self._cleaner = subprocess.Popen(
            ["sh", "-c", CLEANER, "sh", self.binaries, self.data, self.folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **self._as_owner,
        )
        try:
            self._make()
            self.start()
            self._fill()
        except BaseException:
            self.close()
            raise

    def _make(self):
        # A language's order of texts, as most real databases have: C would hide a query that depends on it.
        order = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]
        access = ["--username=postgres", "--auth-local=trust", "--auth-host=scram-sha-256"]
        command = [self.binaries / "initdb", "--no-sync", *order, *access, "-D", self.data]
        made = subprocess.run(command, cwd="/", capture_output=True, text=True, **self._as_owner)
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stdout}{made.stderr}")
        self.configure(self._settings + f"port = {self.port}\nunix_socket_directories = '{self.folder}'\n")

    def _fill(self):
        self.add_role("cartlink")

    def configure(self, settings):
        """Adds lines to the configuration; they hold from the next start or `reload`."""
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(settings + "\n")

    def demand_tls(self, certificate, key):
        """Starts the server anew with a certificate: over TCP nothing comes in that isn't encoded."""
        for source, name in ((certificate, "server.crt"), (key, "server.key")):
            shutil.copy(source, self.data / name)
            (self.data / name).chmod(0o600)
            if self._as_owner:
                shutil.chown(self.data / name, self._as_owner["user"], self._as_owner["group"])
        self.configure("ssl = on")
        (self.data / "pg_hba.conf").write_text("local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n")
        self.restart()

    # The server's life

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                **self._as_owner,
            )
        deadline = time.monotonic() + 30
        ready = [self.binaries / "pg_isready", "-q", "-h", self.folder, "-p", str(self.port)]
        while subprocess.run(ready).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL doesn't start: {self.log.read_text()[-2000:]}")
            time.sleep(0.02)

    def stop(self, mode="fast"):
        """`fast` ends the sessions, `immediate` is a crash, `smart` waits until they have gone."""
        self.signal({"smart": SIGTERM, "fast": SIGINT, "immediate": SIGQUIT}[mode])
        self.process.wait(60)

    def restart(self, mode="fast"):
        self.stop(mode)
        self.start()

    def reload(self):
        self.signal(SIGHUP)

    def signal(self, number):
        """To the server itself; the sessions' processes are their own."""
        self.process.send_signal(number)

    def close(self):
        """Stops the server and removes its folder."""
        self._cleaner.stdin.close()
        if self.process:
            self.process.wait(60)
        self._cleaner.wait(60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # What is inside

    def sql(self, text, database="postgres"):
        """Runs statements as the superuser; the rows as lines, their columns parted by `|`."""
        command = [self.binaries / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p", str(self.port)]
        done = subprocess.run([*command, "-U", "postgres", "-d", database, "-c", text], capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise RuntimeError(f"psql: {done.stderr.strip()}")
        return done.stdout.rstrip("\n")

    def add_role(self, name, options=""):
        """A role that is no superuser; all have the one password."""
        self.sql(f"CREATE ROLE {name} LOGIN {options} PASSWORD '{self.password_file.read_text().strip()}'")

    def add_database(self, owner="cartlink"):
        """A new, empty database; its name."""
        name = f"cartlink_{next(self._names)}"
        self.sql(f"CREATE DATABASE {name} OWNER {owner}")
        return name

    def url(self, database, role="cartlink"):
        return f"postgres://{role}@127.0.0.1:{self.port}/{database}"

    def backends(self, application_name=None, database=None):
        """The process ids of the clients' sessions, by what they call themselves and where they work."""
        where = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
        if application_name:
            where += f" AND application_name = '{application_name}'"
        if database:
            where += f" AND datname = '{database}'"
        return [int(pid) for pid in self.sql(f"SELECT pid FROM pg_stat_activity WHERE {where}").split()]

    def kill_backends(self, application_name=None, database=None, number=SIGTERM):
        """Ends those sessions: politely, or by another signal (SIGKILL makes the whole server recover); how many there were."""
        pids = self.backends(application_name, database)
        for pid in pids:
            os.kill(pid, number)
        return len(pids)
