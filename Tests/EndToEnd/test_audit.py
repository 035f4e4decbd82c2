# SPDX-License-Identifier: Apache-2.0
"""The audit: who did what, and that nobody changed it afterwards."""

import json
import sqlite3

import pytest

from logins import ANNA, EVA
from server import KEYS


def test_the_audit_says_who_did_what(shop):
    link = shop.link()
    shop.administer("POST", f"links/{link['id']}/pause?reason=look")
    shop.administer("DELETE", f"links/{link['id']}?reason=spam")
    text = shop.administer("GET", f"audit?linkId={link['id']}").body.decode()
    assert "ops" in text and "spam" in text and ANNA.user in text and link["token"] not in text and KEYS["ops"] not in text
    lines = shop.admin.get(f"/admin/v1/audit?linkId={link['id']}", KEYS["ops"], Accept="application/x-ndjson").body.decode().splitlines()
    assert len(lines) >= 3 and all(json.loads(line) for line in lines)
    assert EVA.user not in text


def test_the_audit_verifies_running_and_stopped(start):
    server = start()
    server.revoke(server.link())
    running = server.with_admin_key("audit", "verify")
    assert running.returncode == 0, running.stdout + running.stderr
    server.stop()
    assert server.run("audit", "verify").returncode == 0


@pytest.mark.parametrize("tampering", ["change", "delete"])
def test_a_tampered_audit_is_found(start, tampering):
    server = start()
    for _ in range(3):
        server.administer("DELETE", f"links/{server.link()['id']}?reason=because")
    server.stop()
    assert server.run("audit", "verify").returncode == 0
    with sqlite3.connect(server.database) as connection:
        (table,) = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if "audit" in name.lower()
        ]
        rows = [row for (row,) in connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]
        middle = rows[len(rows) // 2]
        for (trigger,) in connection.execute(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        if tampering == "delete":
            connection.execute(f"DELETE FROM {table} WHERE rowid = {middle}")
        else:
            texts = connection.execute(f"SELECT * FROM {table} WHERE rowid = {middle}")
            names = [column[0] for column in texts.description]
            values = dict(zip(names, texts.fetchone(), strict=True))
            column = next(name for name, value in values.items() if isinstance(value, str) and value)
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (values[column] + "x", middle))
    verified = server.run("audit", "verify")
    assert verified.returncode != 0, verified.stdout
    assert KEYS["ops"] not in verified.stdout + verified.stderr
