# SPDX-License-Identifier: Apache-2.0
"""Somebody of the shop's staff at the admin console, with nothing happening that may not."""

import time
from urllib.parse import unquote

from playwright.sync_api import expect

from server import KEYS
from visitor import Visitor

KEY = KEYS["ops"]


class Staff(Visitor):
    def __init__(self, chromium, shop, language="en", **options):
        super().__init__(chromium, f"http://127.0.0.1:{shop.admin.port}", None, language, **options)

    def enter(self, key=KEY):
        """Opens the console and tries a key."""
        if self.page.url == "about:blank":
            self.open("/")
        self.page.locator("input[type=password]").fill(key)
        self.page.locator("form button").click()
        return self

    def inside(self):
        """Opens the console, logs in, and waits for the list of links."""
        self.enter()
        expect(self.page.locator(".count").first).not_to_be_empty()
        return self.page

    def view(self, name):
        """Goes to a view by the button that names it."""
        self.page.locator(f"nav [data-view={name}]").click()
        return self.page

    def find(self, **search):
        """Searches links by fields that are always shown."""
        for label, value in search.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(value)
        self.page.get_by_role("button", name="Search", exact=True).click()
        return self.page

    def calls(self, ending="", method=None):
        """The calls of the admin API so far."""
        sent = [request for request in self.requests if "/admin/v1/" in request.url]
        return [request for request in sent if request.url.split("?")[0].endswith(ending) and method in (None, request.method)]

    def wrongs(self):
        leaks = [f"the key in {request.method} {request.url}" for request in self.requests if KEY in unquote(request.url)]
        return super().wrongs() + leaks

    def _note_console(self, message):
        # Chromium calls each refused call an error; what the page makes of it is what the tests look at.
        if not (message.text.startswith("Failed to load resource") and "/admin/v1/" in message.location["url"]):
            super()._note_console(message)


class Held:
    """Calls that wait on their way until they are let go, one by one as they come."""

    def __init__(self, page, pattern):
        self.page, self.waiting = page, []
        page.route(pattern, lambda route: self.waiting.append(route))

    def release(self):
        deadline = time.monotonic() + 5
        while not self.waiting:
            assert time.monotonic() < deadline, "no such call was made"
            self.page.wait_for_timeout(10)
        route = self.waiting.pop(0)
        with self.page.expect_response(route.request.url):
            route.continue_()
