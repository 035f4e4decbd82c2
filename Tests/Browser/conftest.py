# SPDX-License-Identifier: Apache-2.0
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "EndToEnd"))

import scenes as all_scenes
from customer import Customer
from installation import CHROMIUM, SETTINGS, WAIT, started_chromium
from playwright.sync_api import expect
from server import BINARY, Server, merged
from staff import Staff
from storefront import Storefront
from visitor import DESKTOP, Visitor


def pytest_configure():
    expect.set_options(timeout=WAIT)


def pytest_sessionstart(session):
    if not BINARY.exists():
        pytest.exit(f"{BINARY} is missing: build it first with `swift build -c release`", returncode=4)
    if not CHROMIUM:
        pytest.exit("chromium is missing: `make deps-test` installs it", returncode=4)


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    """One running server for all tests that neither stop it nor need another configuration."""
    server = Server(tmp_path_factory.mktemp("shop"), SETTINGS)
    yield server.start()
    assert server.stop() == 0


@pytest.fixture(scope="session")
def chromium():
    with started_chromium() as browser:
        yield browser


@pytest.fixture
def come(chromium, shop):
    """Somebody comes with a browser of their own; at the end nothing may have happened that may not."""
    there = []

    def come(person=None, *arguments, **options):
        there.append(Visitor(chromium, options.pop("home", shop.url), person, *arguments, **options))
        return there[-1]

    yield come
    for visitor in there:
        visitor.leave()


@pytest.fixture
def support(chromium, shop):
    """One of the shop's staff comes to the console with a browser of their own; at the end nothing may have happened that may not."""
    there = []

    def support(*arguments, **options):
        there.append(Staff(chromium, options.pop("home", shop), *arguments, **options))
        return there[-1]

    yield support
    for staff in there:
        staff.leave()


@pytest.fixture(scope="session")
def scenes(shop):
    return all_scenes.made(shop)


@pytest.fixture(scope="module", params=all_scenes.NAMES)
def opened(request, chromium, shop, scenes):
    """Each scene, opened once for all tests of a file that only look at it."""
    scene = scenes[request.param]
    visitor = Visitor(chromium, shop.url, scene.person)
    visitor.open(scene.path)
    yield visitor.page
    visitor.leave()


@pytest.fixture
def page(opened):
    """The scene as at first: an earlier test may have changed how it is looked at."""
    opened.set_viewport_size(DESKTOP)
    opened.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
    opened.evaluate("() => { document.documentElement.style.fontSize = ''; scrollTo(0, 0); document.activeElement.blur(); }")
    return opened


@pytest.fixture
def see(come, scenes):
    """Opens a scene, by its name, as the person it is made for."""

    def see(name, **options):
        scene = scenes[name]
        visitor = come(scene.person, **options)
        visitor.open(scene.path)
        assert visitor.answer.status == scene.status
        return visitor

    return see


@pytest.fixture(scope="session")
def storefront():
    """The shop's own pages, on an origin that the service lists."""
    store = Storefront()
    yield store
    store.stop()


@pytest.fixture(scope="session")
def sharing(tmp_path_factory, storefront):
    """A service that the shop's pages may call."""
    server = Server(tmp_path_factory.mktemp("sharing"), merged(SETTINGS, {"shop": {"origins": [storefront.url]}}))
    yield server.start()
    assert server.stop() == 0


@pytest.fixture
def visit(chromium, sharing, storefront):
    """A person looks at a cart's page in the shop; at the end nothing may have happened that may not."""
    there = []

    def visit(cart_id, person=None, logins=None, service=None, at=storefront, attributes="", inner="", language="en", **options):
        logins = [person.login] if logins is None else logins
        address = at.page(cart_id, logins, (service or sharing).url, attributes, language, inner)
        there.append(Customer(chromium, address, language, **options))
        return there[-1]

    yield visit
    for customer in there:
        customer.leave()
