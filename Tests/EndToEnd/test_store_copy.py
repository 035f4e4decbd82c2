# SPDX-License-Identifier: Apache-2.0
"""`cartlink store copy`: all of a store goes over into another database, checked row by row, and its links go on working."""

import sqlite3
import subprocess

import pytest

from logins import ANNA, BERT, EVA, OLGA
from postgres import Database
from receiver import webhook
from server import BINARY, Server, free_ports, merged
from together import accept, comment, comments, enter, grant, grants, internal

PEOPLE = [None, ANNA, EVA, OLGA, BERT]
KEY = {"Idempotency-Key": "copied-1"}
# What a copy carries; the databases' own affairs stay behind.
TABLES = ["cart", "link", "snapshot", "companyUser", "cartGrant", "acceptance", "comment", "issue", "linkKey", "outbox", "webhook", "audit"]
# Enough that a copy is still under way when the first tables are told.
ISSUES = 15_000


class Filled:
    """A stopped server with a store on SQLite, and what it answered."""

    def __init__(self, folder):
        self.server = server = Server(folder)
        # Nobody listens there, so its messages wait.
        url = f"http://127.0.0.1:{free_ports(1)[0]}/hooks"
        server.configure(server.settings | {"webhooks": [webhook(folder, url)]})
        server.start()
        for person in (OLGA, BERT):
            enter(server, person).ok(201)
        self.cart, companys, gone = server.put(), server.put(OLGA), server.put()
        self.idempotent = server.ask_link(self.cart, headers=KEY, audience="external", access="read-only").ok(201)
        self.live = server.link(self.cart, label="spring")
        self.revoked, self.paused, self.stopped = server.link(self.cart), server.link(self.cart), server.link(self.cart)
        accepted = internal(server, self.cart, access="full", maxAccepts=5)
        self.links = [
            self.idempotent, self.live, self.revoked, self.paused, self.stopped, accepted,
            internal(server, self.cart, access="full"), server.link(self.cart, snapshot=True), server.link(gone),
            internal(server, companys, OLGA, within="company"), internal(server, self.cart, within="person", personId=EVA.subject),
        ]  # fmt: skip
        accept(server, accepted, EVA).ok(200, 201)
        grant(server, self.cart, BERT, "full").ok(201)
        comment(server, self.cart, EVA, "Red or blue? ✓").ok(201)
        self.last_comment = comment(server, self.cart, ANNA, "Never mind").ok(201)
        assert server.public("DELETE", f"/v1/carts/{self.cart}/comments/{self.last_comment['id']}", bearer=ANNA.login).status == 204
        server.revoke(self.revoked)
        server.administer("POST", f"links/{self.paused['id']}/pause?reason=look").ok(204)
        server.administer("DELETE", f"links/{self.stopped['id']}?reason=spam").ok(204)
        server.delete(gone)
        assert server.stop() == 0
        self.add_issues()
        server.start()
        self.answers = self.asked()
        assert server.stop() == 0
        self.counts = {table: self.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}

    def asked(self):
        """What every token answers to everybody, and what else people see."""
        told = []
        for link in self.links:
            for person in PEOPLE:
                answer = self.server.shared(link, person)
                told.append((answer.status, answer.body) if answer.status == 200 else answer.without_request_id())
        told.append(comments(self.server, self.cart, ANNA).ok())
        told.append(grants(self.server, self.cart))
        told.append(self.server.public.get(f"/v1/carts/{self.cart}/links", ANNA.login).ok())
        return told

    def add_issues(self):
        # As old as the one that is there: they are forgotten together.
        with sqlite3.connect(self.server.database) as database:
            database.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                INSERT INTO issue SELECT caller, cart, subject, 'more-' || i, requestHash, link, at FROM (SELECT * FROM issue LIMIT 1), n
                """,
                [ISSUES],
            )
        database.close()

    def rows(self, sql):
        database = sqlite3.connect(f"file:{self.server.database}?mode=ro", uri=True)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    @property
    def place(self):
        return f"sqlite:{self.server.settings['data']}"

    def command(self, source, target, database):
        side = "to" if target == database.url else "from"
        password = [f"--{side}-password-file", database.server.password_file]
        return [BINARY, "store", "copy", "--config", self.server.config, "--from", source, "--to", target, *password]

    def copy(self, database, source=None, target=None):
        command = self.command(source or self.place, target or database.url, database)
        return subprocess.run(command, capture_output=True, text=True, timeout=240)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    filled = Filled(tmp_path_factory.mktemp("filled"))
    yield filled
    filled.server.kill()


@pytest.fixture
def database(postgres):
    return postgres.database()


def counts(database: Database):
    return {table: int(database.sql(f"SELECT count(*) FROM cartlink.{table}")) for table in TABLES}


def copied(done):
    assert done.returncode == 0, done.stdout + done.stderr
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if " rows, " in line}
    assert set(TABLES) <= set(lines) and "DIFFERS" not in done.stdout
    return lines


def refused(done, *words):
    assert done.returncode == 1 and not done.stdout, done.stdout + done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def test_a_copy_answers_as_the_store_did_and_goes_on(filled, database, tmp_path):
    server, before = filled.server, filled.server.settings
    done = filled.copy(database)
    lines = copied(done)
    assert counts(database) == filled.counts and all(filled.counts[table] for table in TABLES)
    assert {table: int(line.split()[1]) for table, line in lines.items() if table in TABLES} == filled.counts
    assert f"copying issue: {filled.counts['issue']} of {filled.counts['issue']} rows" in done.stderr
    last = filled.rows("SELECT seq FROM sqlite_sequence WHERE name = 'comment'")[0][0]
    try:
        server.configure(merged(before, database.settings | {"data": str(tmp_path / "node")}))
        server.start()
        assert filled.asked() == filled.answers
        assert server.ask_link(filled.cart, headers=KEY, audience="external", access="read-only").ok(201) == filled.idempotent
        assert server.with_admin_key("audit", "verify").returncode == 0
        assert server.shared(filled.revoked).status == 410
        # What is made now stands behind what was copied, also where the last row is gone.
        assert comment(server, filled.cart, ANNA, "Here now").ok(201)["id"] != filled.last_comment["id"]
        assert int(database.sql("SELECT max(row) FROM cartlink.comment")) == last + 1 > filled.counts["comment"] + 1
        new = server.link(filled.cart)
        assert server.shared(new).status == 200
        assert server.public.get(f"/v1/carts/{filled.cart}/links", ANNA.login).ok()["links"][0]["id"] == new["id"]
        server.revoke(filled.live)
        assert server.shared(filled.live).status == 410
        filled.links.append(new)
        answers = filled.asked()
        assert server.stop() == 0

        # And back, into a folder that wasn't there.
        back = tmp_path / "back"
        copied(filled.copy(database, database.url, f"sqlite:{back}"))
        server.configure(merged(before, {"data": str(back)}))
        server.start()
        assert filled.asked() == answers
        assert server.with_admin_key("audit", "verify").returncode == 0
        assert comment(server, filled.cart, ANNA, "And back").ok(201)
        assert server.stop() == 0
    finally:
        server.kill()
        server.configure(before)
        filled.links = filled.links[:11]


def test_a_copy_that_was_cut_off_leaves_nothing_and_what_was_changed_on_its_way_is_noticed(filled, database):
    command = filled.command(filled.place, database.url, database)
    copying = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for line in copying.stderr:
        if line.startswith("copying link:"):
            break
    copying.kill()
    assert "comparing" not in copying.communicate()[1] and copying.returncode == -9
    assert set(counts(database).values()) == {0}

    database.sql(
        """
        CREATE FUNCTION cartlink.spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.text := NEW.text || '!'; RETURN NEW; END $$;
        CREATE TRIGGER spoiled BEFORE INSERT ON cartlink.comment FOR EACH ROW EXECUTE FUNCTION cartlink.spoil()
        """
    )
    done = filled.copy(database)
    assert done.returncode == 1 and "what was written isn't what was read: comment;" in done.stderr, done.stdout + done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines() if "DIFFERS" in line] == ["comment"]
    assert set(counts(database).values()) == {0}

    database.sql("DROP TRIGGER spoiled ON cartlink.comment")
    copied(filled.copy(database))
    assert counts(database) == filled.counts

    revision = database.sql("SELECT * FROM cartlink.revision")
    refused(filled.copy(database), "isn't empty", "cart has rows")
    assert counts(database) == filled.counts and database.sql("SELECT * FROM cartlink.revision") == revision


def test_a_store_in_use_is_not_copied(filled, database):
    filled.server.start()
    try:
        refused(filled.copy(database), "used by another process")
    finally:
        assert filled.server.stop() == 0
    assert database.sql("SELECT to_regclass('cartlink.version') IS NULL") == "t"


def test_a_database_that_nodes_use_is_not_copied(prepare_nodes, database, tmp_path):
    (node,) = prepare_nodes(1, database=database)
    node.start()
    command = ["--from", database.url, "--from-password-file", database.server.password_file, "--to", f"sqlite:{tmp_path / 'copy'}"]
    refused(node.run("store", "copy", *command), "used by another node")
    assert node.stop() == 0


@pytest.mark.parametrize(
    ("source", "target", "word"),
    [
        ("sqlite:{folder}", "postgres://u@127.0.0.1:1/d", "holds no store"),
        ("sqlite:{folder}", "sqlite:{folder}/other", "one of --from and --to"),
        ("{folder}", "postgres://u@127.0.0.1:1/d", "--from must be sqlite:"),
        ("sqlite:{folder}", "postgres://u:secret-word@127.0.0.1:1/d", "--to must not hold a password"),
    ],
)
def test_what_can_not_be_copied_is_named(filled, tmp_path, source, target, word):
    places = [place.format(folder=tmp_path / "none") for place in (source, target)]
    done = filled.server.run("store", "copy", "--from", places[0], "--to", places[1])
    refused(done, word)
    assert "secret-word" not in done.stderr and not (tmp_path / "none").exists()
