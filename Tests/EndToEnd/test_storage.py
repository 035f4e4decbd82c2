# SPDX-License-Identifier: Apache-2.0
"""Starting on PostgreSQL, and the commands that need the store."""

import re
import time

import pytest
from demo_server import DemoServer
from server import free_ports


def refuses(node, *parts, code=1):
    """It gives up at once, says each part, and no password."""
    password = node.password
    before = time.monotonic()
    exit_code, said = node.refusal()
    assert exit_code == code and time.monotonic() - before < 8
    assert password not in said
    for part in parts:
        assert re.search(part, said), said


@pytest.fixture
def node(prepare_nodes, postgres):
    (node,) = prepare_nodes(1)
    node.password = postgres.password_file.read_text().strip()
    return node


def test_a_database_that_is_down(node):
    (port,) = free_ports(1)
    node.configure(node.settings | {"storage": f"postgres://cartlink@127.0.0.1:{port}/shop"})
    refuses(node, f"127.0.0.1:{port}/shop", "storage")
    assert not node.key_file.exists()


def test_a_wrong_password(node):
    wrong = node.folder / "wrong"
    wrong.write_text("CANARY\n")
    wrong.chmod(0o600)
    node.configure(node.settings | {"storagePasswordFile": str(wrong)})
    node.password = "CANARY"
    refuses(node, "127.0.0.1:", "storagePasswordFile")


def test_a_database_that_does_not_exist(node):
    node.configure(node.settings | {"storage": re.sub("[^/]*$", "none_here", node.settings["storage"])})
    refuses(node, "none_here")


def test_a_password_in_the_address(node):
    node.configure(node.settings | {"storage": node.settings["storage"].replace("cartlink@", f"cartlink:{node.password}@")})
    refuses(node, "storage must not hold a password", code=78)
    checked = node.run("check")
    assert checked.returncode == 78 and node.password not in checked.stdout + checked.stderr


def test_check_asks_no_database(node):
    (port,) = free_ports(1)
    node.configure(node.settings | {"storage": f"postgres://cartlink@127.0.0.1:{port}/shop"})
    checked = node.run("check")
    assert checked.returncode == 0 and "link-keys isn't there" in checked.stdout, checked.stderr


def test_a_demo_stays_with_sqlite(tmp_path):
    demo = DemoServer(tmp_path, lambda text: text + "\nstorage: postgres://cartlink@127.0.0.1/shop\n")
    with pytest.raises(AssertionError, match="storage must be sqlite with --demo"):
        demo.start()
    assert demo.process.wait() == 78


def test_what_one_node_acknowledged_holds_on_the_other(prepare_nodes):
    one, other = [node.start() for node in prepare_nodes()]
    link = one.link()
    other.shared(link).ok()
    other.revoke(link).ok(204)
    assert one.shared(link).status == 410


def test_nodes_that_start_together_on_a_new_database_make_one_set_of_keys(prepare_nodes):
    nodes = prepare_nodes(3)
    for node in nodes:
        node.spawn()
    for node in nodes:
        node.wait_until_ready()
    link = nodes[0].link()
    for node in nodes:
        node.shared(link).ok()
    assert sorted(path.name for path in nodes[0].key_file.parent.iterdir()) == ["audit-key", "link-keys"]


def test_a_node_without_the_other_nodes_keys(prepare_nodes, postgres):
    database = postgres.database()
    (one,), (stranger,) = prepare_nodes(1, database=database), prepare_nodes(1, database=database)
    one.start()
    stranger.password = postgres.password_file.read_text().strip()
    refuses(stranger, "link-keys is missing.*another node's", code=78)
    assert not stranger.key_file.exists()


def test_a_node_starts_again_where_it_stopped(prepare_nodes):
    (node,) = prepare_nodes(1)
    link = node.start().link()
    assert node.stop() == 0
    node.start().shared(link).ok()


def test_commands_of_a_stopped_node_work_beside_one_that_runs(prepare_nodes):
    stopped, running = prepare_nodes()
    link = running.start().link()
    verified = stopped.run("audit", "verify")
    assert verified.returncode == 0 and "the audit holds" in verified.stdout, verified.stderr
    assert "active" in stopped.run("inspect", link["url"]).stdout
    running.revoke(link).ok(204)
    assert "revoked" in stopped.run("inspect", link["url"]).stdout


def test_a_key_that_a_stopped_node_retires_is_dead_on_the_one_that_runs(prepare_nodes):
    stopped, running = prepare_nodes()
    link = running.start().link()
    for command in (["keys", "generate"], ["keys", "promote", "1"]):
        assert stopped.run(*command).returncode == 0
    retired = stopped.run("keys", "retire", "0", "--expect", "1")
    assert retired.returncode == 0 and "give the file to every other node" in retired.stdout, retired.stderr
    assert running.shared(link).status in (404, 410)


def test_commands_say_that_there_is_no_store(node):
    assert "holds no store" in node.run("inspect", "cl1").stderr


def test_an_empty_database_in_the_place_of_one_that_the_node_knows(prepare_nodes, postgres):
    """As after a wrong name in the address: links would be unknown, and new ones go where nobody looks for them."""
    known, empty = postgres.database(), postgres.database()
    (node,) = prepare_nodes(1, database=known)
    node.password = postgres.password_file.read_text().strip()
    link = node.start().link()
    assert node.stop() == 0
    node.configure(node.settings | empty.settings)
    refuses(node, f"{empty.name} is empty", "generation", "storage")
    assert empty.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'cartlink'") == "0"
    node.configure(node.settings | known.settings)
    node.start().shared(link).ok()
