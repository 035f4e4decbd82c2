# SPDX-License-Identifier: Apache-2.0
import pytest

import findings
from glue import Glue
from long_waits import LONG, long_stream, patient, slow_clients  # Fixtures are found by their names here.
from postgres import Postgres
from server import BINARY, Server, merged


def pytest_configure(config):
    # An assertion that fails in a thread fails its test.
    config.addinivalue_line("filterwarnings", "error::pytest.PytestUnhandledThreadExceptionWarning")


def pytest_sessionstart(session):
    if not BINARY.exists():
        pytest.exit(f"{BINARY} is missing: build it first with `swift build -c release`", returncode=4)


def waits(item):
    return any(name in item.fixturenames for name in LONG)


def pytest_collection_modifyitems(items):
    # What waits for long comes last.
    items.sort(key=waits)


def pytest_terminal_summary(terminalreporter):
    for heading, lines in findings.found.items():
        terminalreporter.section(heading, "-")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def begun(request):
    """Begins what will be waited for, where that is among the tests of this run."""
    for name in LONG:
        if any(name in item.fixturenames for item in request.session.items):
            request.getfixturevalue(name)


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    """One running server for all tests that neither stop it nor need another configuration."""
    server = Server(tmp_path_factory.mktemp("shop"))
    yield server.start()
    assert server.stop() == 0


@pytest.fixture(scope="session")
def glue(shop):
    return Glue(shop.public)


@pytest.fixture
def prepare(tmp_path):
    """Makes servers that don't run yet, and kills what is left of them after the test."""
    made = []

    def prepare(changes=None, name=None, environment=None):
        made.append(Server(tmp_path / (name or f"server-{len(made)}"), changes, environment))
        return made[-1]

    yield prepare
    for server in made:
        server.kill()


@pytest.fixture
def start(prepare):
    """Starts a server of the test's own."""
    return lambda *arguments, **named: prepare(*arguments, **named).start()


@pytest.fixture(scope="session")
def postgres():
    """One PostgreSQL for all tests; those that stop it start it again."""
    with Postgres(in_memory=True) as server:
        yield server


@pytest.fixture
def prepare_nodes(prepare, postgres):
    """Makes nodes that don't run yet, on one database and with one folder of keys; the first to start makes the keys."""

    def prepare_nodes(count=2, changes=None, database=None):
        settings = merged((database or postgres.database()).settings, changes or {})
        first = prepare(settings)
        return [first, *(prepare(merged(settings, {"keys": first.settings["keys"]})) for _ in range(count - 1))]

    return prepare_nodes
