# SPDX-License-Identifier: Apache-2.0
"""Runs a command beside a PostgreSQL of its own: python3 Tests/Support/with_postgres.py COMMAND…

The command finds the server by CARTLINK_TEST_POSTGRES, a postgres:// URL whose role may create databases and is no superuser, and
by CARTLINK_TEST_POSTGRES_PASSWORD_FILE.
"""

import os
import signal
import subprocess
import sys

from postgres_server import PostgresServer


def main(command):
    # Ends by an exception, so that the server is stopped: at SIGTERM as at Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with PostgresServer(in_memory=True) as server:
        server.add_role("cartlink_tests", "CREATEDB")
        places = {
            "CARTLINK_TEST_POSTGRES": server.url("postgres", "cartlink_tests"),
            "CARTLINK_TEST_POSTGRES_PASSWORD_FILE": str(server.password_file),
        }
        process = subprocess.Popen(command, env=os.environ | places)
        try:
            code = process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: with_postgres.py COMMAND…")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
