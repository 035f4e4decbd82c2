# SPDX-License-Identifier: Apache-2.0
"""What the server refuses to start with, and what it says then."""

import re
import shutil
import sqlite3

import pytest

from server import merged


def plain_lines(said):
    """Asserts a few short lines for people: no stack trace, no JSON."""
    lines = said.strip().splitlines()
    assert 1 <= len(lines) <= 20 and all(len(line) < 600 for line in lines), said
    assert not re.search(r"Fatal error|0x[0-9a-f]{8}|Stack dump", said), said
    return said


def refuses(server, *words, code=None):
    """Asserts a refusal in plain words, each of which is there."""
    exit_code, said = server.refusal()
    assert exit_code > 0 if code is None else exit_code == code
    plain_lines(said)
    assert all(re.search(word, said, re.I) for word in words), said
    return said


@pytest.fixture
def stopped(start):
    """A server that ran, holds a link and is stopped."""
    server = start()
    server.kept = server.link()
    assert server.stop() == 0
    return server


def secrets_of(path):
    """The texts of a key file that can be key material."""
    return re.findall(r"[A-Za-z0-9+/=_-]{40,}", path.read_text())


def change_key(server, change):
    text = server.key_file.read_text()
    for secret in secrets_of(server.key_file):
        text = text.replace(secret, change(secret))
    server.key_file.write_text(text)


def test_a_missing_key_file(stopped):
    stopped.key_file.unlink()
    refuses(stopped, "link-keys")
    assert not stopped.key_file.exists()


def test_a_key_file_is_made_for_new_data_and_that_is_logged(start):
    server = start()
    assert server.key_file.exists() and re.search(r"key", server.log.read_text())
    assert not any(secret in server.log.read_text() for secret in secrets_of(server.key_file))


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o666])
def test_a_key_file_that_others_can_read(stopped, mode):
    stopped.key_file.chmod(mode)
    refuses(stopped, "link-keys", "600|mode|permission|readable")


def test_a_short_key(stopped):
    change_key(stopped, lambda secret: secret[: len(secret) // 8 * 4])
    refuses(stopped, "link-keys")


def test_an_all_zero_key(stopped):
    change_key(stopped, lambda secret: "0" * 64 if re.fullmatch("[0-9a-f]{64}", secret) else "A" * 43 + "=" * (len(secret) - 43))
    refuses(stopped, "link-keys", "zero")


@pytest.mark.parametrize("text", ["", "garbage", "{}", "[]"])
def test_a_key_file_without_keys(stopped, text):
    stopped.key_file.write_text(text)
    refuses(stopped, "link-keys")


def test_a_strangers_keys(stopped, start):
    other = start()
    other.stop()
    shutil.copy(other.key_file, stopped.key_file)
    stopped.key_file.chmod(0o600)
    said = refuses(stopped, "link-keys|key")
    assert not any(secret in said for secret in secrets_of(other.key_file))


def test_a_newer_schema(stopped):
    with sqlite3.connect(stopped.database) as connection:
        connection.execute("PRAGMA user_version = 999")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'grdb_migrations'").fetchone():
            connection.execute("INSERT INTO grdb_migrations VALUES ('v999 of a later release')")
    refuses(stopped, "newer|later|schema")


@pytest.mark.parametrize("damage", ["first page", "every page", "truncated", "not a database"])
def test_a_damaged_database(stopped, damage):
    path = stopped.database
    data = bytearray(path.read_bytes())
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    if damage == "first page":
        data[100:4096] = b"\xa5" * 3996
    elif damage == "every page":
        for page in range(4096, len(data), 4096):
            data[page : page + 512] = b"\xa5" * 512
    elif damage == "truncated":
        del data[4096 * 3 + 100 :]
    else:
        data[:] = b"hello" * 4000
    path.write_bytes(data)
    refuses(stopped, "database|damaged|corrupt|restore|backup")


def test_a_second_process_on_the_same_data(start, prepare):
    first = start()
    second = prepare({"data": first.settings["data"], "keys": first.settings["keys"]})
    refuses(second, "data|process|lock|running|in use")
    assert first.shared(first.link()).status == 200


def test_a_crashed_process_leaves_no_lock(start):
    server = start()
    link = server.link()
    server.kill()
    assert server.start().shared(link).status == 200


def test_an_address_that_is_taken(start, prepare):
    first = start()
    refuses(prepare({"public": {"address": first.settings["public"]["address"]}}), str(first.public.port))


PROBLEMS = {
    "colour": {"colour": "red"},
    "public.address": {"public": {"address": "nowhere"}},
    "public.url": {"public": {"url": "ftp://x"}},
    "links.external.lifetime": {"links": {"external": {"lifetime": "90d", "maxLifetime": "80d"}}},
    "links.internal.within": {"links": {"internal": {"within": ["world"]}}},
    "links.perCart": {"links": {"perCart": 0}},
    "limits.badTokens": {"limits": {"badTokens": "many"}},
    "limits.diskReserve": {"limits": {"diskReserve": "64 apples"}},
    "carts.policies": {"carts": {"policies": "/nonexistent"}},
    "carts.source": {"carts": {"source": "magento"}},
    "identity.issuers": {
        "identity": {"issuers": [{"issuer": "dev", "audience": "x", "algorithms": ["none"], "secretFile": "/nonexistent"}]}
    },
    "services": {"services": [{"name": "x", "keyHash": "sha256:12", "scopes": ["everything"]}]},
}


def word(path):
    """What a refusal must say of a bad setting: the folder that is missing, else the setting's name."""
    return "/nonexistent/" if path == "carts.policies" else path.split(".")[-1]


@pytest.mark.parametrize("path", PROBLEMS)
def test_a_bad_setting_is_named(prepare, path):
    server = prepare(PROBLEMS[path])
    assert word(path) in refuses(server, code=78)
    checked = server.run("check")
    assert checked.returncode == 78 and word(path) in checked.stdout + checked.stderr
    assert not (server.folder / "data").exists() and not server.key_file.exists()


def test_all_problems_are_told_at_once(prepare):
    server = prepare()
    settings = server.settings
    for changes in PROBLEMS.values():
        settings = merged(settings, changes)
    server.configure(settings)
    for said in (refuses(server, code=78), server.run("check").stderr + server.run("check").stdout):
        assert [path for path in PROBLEMS if word(path) not in said] == []


def test_a_short_login_secret_and_a_bad_file(prepare):
    server = prepare()
    (server.folder / "login-secret").write_text("short\n")
    refuses(server, "32|secret", code=78)
    server.config.write_text("public: [unclosed\n")
    refuses(server, code=78)
    server.config.unlink()
    refuses(server, "cartlink.yaml")


def test_a_bad_policy_is_named_with_its_line(prepare, tmp_path):
    policies = shutil.copytree(prepare().settings["carts"]["policies"], tmp_path / "policies")
    policy = policies / "cartlink.policy"
    policy.write_text(policy.read_text() + "\ncustomer2.email personal show drop show\n")
    line = len(policy.read_text().splitlines())
    said = refuses(prepare({"carts": {"policies": str(policies)}}))
    assert "cartlink.policy" in said and str(line) in said


def test_check_finds_nothing_wrong_with_a_good_file(prepare):
    server = prepare()
    assert server.run("check").returncode == 0
    assert not (server.folder / "data").exists()


def test_the_environment_overrides_scalars(prepare):
    server = prepare(environment={"CARTLINK_PUBLIC_URL": "https://links.shop.example"}).start()
    assert server.link()["url"].startswith("https://links.shop.example/s/cl1")
    assert (
        prepare(environment={"CARTLINK_LIMITS_BADTOKENS": "many"}).run("check").returncode == 78
        or prepare(environment={"CARTLINK_LIMITS_BAD_TOKENS": "many"}).run("check").returncode == 78
    )


@pytest.mark.parametrize(
    "changes",
    [{"public": "127.0.0.1:1"}, {"links": 5}, {"links": {"external": "7d"}}, {"shop": "My shop"}, {"limits": []}, {"public.url": "http://a"}],
)
def test_a_section_of_another_shape_is_refused(prepare, changes):
    refuses(prepare(changes), next(iter(changes)), code=78)


def test_a_variable_that_is_no_setting_is_noted(prepare):
    server = prepare(environment={"CARTLINK_PUBLIC_ADRESS": "127.0.0.1:1"})
    assert "CARTLINK_PUBLIC_ADRESS" in server.run("check").stdout
    assert server.start().stop() == 0
    assert "CARTLINK_PUBLIC_ADRESS" in server.log.read_text()


def test_check_sees_that_the_audit_key_is_gone(stopped):
    (stopped.key_file.parent / "audit-key").unlink()
    checked = stopped.run("check")
    assert checked.returncode == 78 and "audit" in checked.stderr


def test_a_database_that_vanished_is_not_begun_anew(start):
    server = start()
    server.link()
    server.kill()
    for path in server.database.parent.glob("cartlink.sqlite*"):
        path.unlink()
    refuses(server, "cartlink.sqlite is gone")


def test_a_demo_leaves_other_stores_alone(stopped):
    before = sorted(stopped.key_file.parent.iterdir())
    tried = stopped.run("serve", "--demo")
    assert tried.returncode == 78 and "demo" in tried.stderr
    assert sorted(stopped.key_file.parent.iterdir()) == before


def test_a_bad_admin_key_is_not_repeated(start):
    server = start()
    (server.folder / "bad-key").write_text("secret-part\nother-part-0123456789abcdef")
    (server.folder / "bad-key").chmod(0o600)
    tried = server.run("audit", "verify", "--admin-key-file", server.folder / "bad-key")
    assert tried.returncode != 0 and "part" not in tried.stdout + tried.stderr


def test_a_webhook_without_a_secret_is_refused(prepare):
    refuses(prepare({"webhooks": [{"url": "https://shop.example/hooks", "events": ["link.*"]}]}), r"webhooks\[0\] needs secretFile", code=78)
