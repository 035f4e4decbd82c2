# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL alone, asked by its own pgbench from the server's core, in Cartlink's place: what there is to pay without Cartlink."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from figures import percentile
from pinned import on_server_core
from visit import Wrong

# Its time begins before its clients have logged in, its rate doesn't. A busy machine needs the longer one.
CONNECTING = (1, 10)

ROUND_TRIP = "SELECT epoch, n, sequence, code FROM cartlink.revision;\n"

# Tables like Cartlink's, with all their indexes, in a schema of their own.
TABLES = """
SET ROLE cartlink;
CREATE SCHEMA bench;
CREATE TABLE bench.link (LIKE cartlink.link INCLUDING ALL);
CREATE TABLE bench.audit (LIKE cartlink.audit INCLUDING ALL);
CREATE SEQUENCE bench.place;
CREATE TABLE bench.revision (LIKE cartlink.revision INCLUDING ALL) WITH (fillfactor = 10);
INSERT INTO bench.revision SELECT * FROM cartlink.revision;
"""

_LINK = """
INSERT INTO bench.link (id, cart, incarnation, mode, access, showPrices, createdAt, authorUser, authorService, expiresAt, pauses, keySlot,
    fingerprint, serial, allowsTakeOver, accepts, card, isSnapshot, people, robots)
VALUES (uuid_send(gen_random_uuid()), 'bench-' || :cart, 1, 0, 'read-only', true, 1796083200000, 'owner-0', 'storefront', 1798675200000, 0,
    0, '0123456789abcdef', 0, false, 0, 'none', false, 0, 0);
"""
_AUDIT = "INSERT INTO bench.audit (sequence, at, actor, action, link, cart, after, code)"
_RECORD = "1796083200000, 'service', 'link.issued', uuid_send(gen_random_uuid()), 'bench-' || :cart, '{\"access\":\"read-only\"}'"

# A pipeline is one round trip.
INSERT = rf"""
\set cart random(0, 9999)
\startpipeline
BEGIN;
{_LINK}
{_AUDIT} VALUES (nextval('bench.place'), {_RECORD}, sha256(uuid_send(gen_random_uuid())));
COMMIT;
\endpipeline
"""

# Rights are judged between lock and write, so the lock's answer has to come first.
_LOCK = r"""
\set cart random(0, 9999)
\startpipeline
BEGIN;
SELECT epoch, n, sequence, code FROM bench.revision FOR UPDATE;
\endpipeline
\startpipeline
"""

LOCKED_INSERT = rf"""{_LOCK}
{_LINK}
{_AUDIT} VALUES (nextval('bench.place'), {_RECORD}, sha256(uuid_send(gen_random_uuid())));
UPDATE bench.revision SET n = n + 1;
COMMIT;
\endpipeline
"""

CHAINED_INSERT = rf"""{_LOCK}
{_LINK}
{_AUDIT} SELECT 1000000000 + sequence + 1, {_RECORD}, sha256(code || uuid_send(gen_random_uuid())) FROM bench.revision;
UPDATE bench.revision SET n = n + 1, sequence = sequence + 1, code = sha256(code);
COMMIT;
\endpipeline
"""


def run(database, script, clients, seconds):
    """Runs the script again and again; how often a second, and p50 and p99 of a run in milliseconds."""
    for connecting in CONNECTING:
        rate, times = _once(database, script, clients, seconds + connecting)
        if times:
            return {"perSecond": rate, "p50": percentile(times, 0.5), "p99": percentile(times, 0.99)}
    raise Wrong("pgbench ended before its clients had logged in")


def _once(database, script, clients, seconds):
    server = database.server
    with tempfile.TemporaryDirectory(prefix="cartlink-pgbench-") as folder:
        path = Path(folder, "script.sql")
        path.write_text(script)
        command = [server.binaries / "pgbench", "--no-vacuum", "--protocol", "prepared", "--file", path]
        command += ["--client", clients, "--time", seconds, "--log", "--log-prefix", Path(folder, "times")]
        command += ["--host", "127.0.0.1", "--port", server.port, "--username", "cartlink", database.name]
        password = {"PGPASSWORD": server.password_file.read_text().strip()}
        done = subprocess.run(on_server_core(*command), env=os.environ | password, capture_output=True, text=True, check=False)
        # The third column is the time in microseconds; it says "failed" or "skipped" where there was none.
        times = [line.split()[2] for log in Path(folder).glob("times*") for line in log.read_text().splitlines()]
    rate = re.search(r"^tps = ([0-9.]+) ", done.stdout, re.MULTILINE)
    if done.returncode or not all(map(str.isdigit, times)) or (times and not rate):
        raise Wrong(f"pgbench ended with {done.returncode} after {len(times)} transactions: {done.stderr[-500:]}")
    return rate and float(rate[1]), [int(text) / 1000 for text in times]
