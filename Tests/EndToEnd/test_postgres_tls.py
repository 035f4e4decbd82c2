# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL that takes nothing unencoded, and what the storage URL says about TLS."""

import pytest

from certificates import certify
from postgres import Postgres

# As the documents write it.
VERIFIED = "?sslmode=verify-full&sslrootcert={authority}"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def encoded(certificates):
    """Its certificate is for `localhost`."""
    with Postgres(in_memory=True) as server:
        server.demand_tls(*certify(certificates, "server", "localhost"))
        yield server


@pytest.fixture
def database(encoded):
    return encoded.database()


@pytest.fixture
def node(prepare, database, certificates):
    """Makes a node whose storage URL names the database's host in some way and ends with these parameters."""

    def node(parameters, authority="server", host="localhost"):
        parameters = parameters.format(authority=certificates / f"{authority}.crt")
        storage = f"postgres://cartlink@{host}:{database.server.port}/{database.name}{parameters}"
        return prepare(database.settings | {"storage": storage})

    return node


def refused(node, database, *words):
    """Asserts a refusal at the start that says where to look, doesn't tell the password and left nothing in the database."""
    code, said = node.refusal()
    assert code > 0 and "storage" in said and all(word in said for word in words), said
    assert database.server.password_file.read_text().strip() not in said
    assert not node.key_file.exists(), "keys were made for a store that can't be reached"
    assert database.sql("SELECT to_regclass('cartlink.version') IS NULL") == "t"


def test_a_node_that_checks_the_certificate_starts_and_serves(node, database):
    running = node(VERIFIED).start()
    link = running.link()
    assert running.shared(link).status == 200
    assert running.revoke(link).status == 204 and running.shared(link).status == 410
    asked = "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'cartlink'"
    assert database.sql(asked) == "t"
    assert running.stop() == 0


def test_a_certificate_of_another_authority_is_refused(node, database, certificates):
    certify(certificates, "other", "localhost")
    refused(node(VERIFIED, "other"), database, "certificate")


def test_a_certificate_for_another_host_is_refused(node, database):
    refused(node(VERIFIED, host="127.0.0.1"), database, "certificate", "localhost")


def test_a_node_that_would_not_encode_is_refused_by_the_database(node, database):
    refused(node("?sslmode=disable"), database, "no encryption")
