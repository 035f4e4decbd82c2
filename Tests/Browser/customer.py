# SPDX-License-Identifier: Apache-2.0
"""A customer of a shop whose page embeds the share dialog."""

import re
from contextlib import nullcontext
from urllib.parse import urlsplit

from installation import WAIT
from visitor import DESKTOP, TOKEN, hidden

# What Chromium itself says of an answer that isn't 2xx, or of none; the dialog tells the customer.
_ANSWERS = re.compile(r"Failed to load resource|blocked by CORS policy")


class Customer:
    def __init__(self, chromium, address, language="en", viewport=DESKTOP, **options):
        self.requests, self.console, self.faults = [], [], []
        self.context = chromium.new_context(locale=language, viewport=viewport, **options)
        self.context.set_default_timeout(WAIT)
        self.context.on("request", lambda request: self.requests.append(request))
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        # No route is set here: where one is, Playwright answers preflights in the service's place.
        self.page = self.context.new_page()
        self.page.goto(address)
        self.page.wait_for_selector("body[data-ready]")
        self.dialog = self.page.locator("dialog")

    # Doing

    def open(self):
        """Opens the dialog and waits until it knows what it may offer."""
        self.page.locator("cart-share button").first.click()
        self.page.wait_for_function("() => !document.querySelector('cart-share').shadowRoot.querySelector('.lead').textContent.endsWith('…')")
        return self.dialog

    def choose(self, who, **fields):
        """Chooses for whom the link is, then fills in fields by their names; waits for the preview that follows."""
        choice = self.dialog.locator(f"#who-{who} input")
        if not choice.is_checked():
            with self.previewed() if who != "person" else nullcontext():
                choice.check()
        if not fields:
            return
        with self.previewed():
            for name, value in fields.items():
                self._fill(name, value)

    def _fill(self, name, value):
        field = self.dialog.locator(f"[name={name}]")
        if name == "access":
            self.dialog.locator(f"#access-{value} input").check()
        elif isinstance(value, bool):
            field.set_checked(value)
        elif name == "expiresIn":
            field.select_option(value)
        else:
            field.fill(value)

    def previewed(self):
        return self.page.expect_response(lambda answer: answer.url.endswith("/links/preview") and answer.request.method == "POST")

    def press(self, name, within=None):
        (within or self.dialog).get_by_role("button", name=name, exact=True).click()

    def make(self):
        """Makes the link, with the second step where there is one, and gives its URL."""
        self.press("Create link")
        field = self.dialog.locator("input.url")
        self.dialog.get_by_text("This link will be public").or_(field).wait_for()
        if not field.count():
            self.press("Create public link")
        field.wait_for()
        return field.input_value()

    def section(self, name):
        """Opens a section by the beginning of its name."""
        summary = self.dialog.locator("summary").filter(has_text=name)
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
        return self.dialog.locator("details[open]")

    def row(self, section, name):
        return self.section(section).locator("li").filter(has_text=name)

    def says(self, text):
        """Waits until the dialog says so."""
        self.dialog.get_by_text(text).first.wait_for()

    def events(self, until=None):
        """What the page was told, once it was told of `until`."""
        if until:
            self.page.wait_for_function("name => told.some(event => event.name === name)", arg=until)
        return self.page.evaluate("told")

    # Looking back

    def sent(self, method, ending):
        return [request for request in self.requests if request.method == method and urlsplit(request.url).path.endswith(ending)]

    def leave(self):
        """Closes the browser profile, and fails if anything happened that may not."""
        faults = self.faults + [text for text in self.console if not _ANSWERS.search(text)] + list(self._tokens())
        self.context.close()
        assert not faults, "\n".join(faults)

    def _tokens(self):
        for request in self.requests:
            everything = request.url + str(request.headers) + (request.post_data or "")
            if TOKEN.search(everything) and not request.url.startswith("https://"):
                yield f"the token in a request: {request.method} {hidden(request.url)}"
        events = self.page.evaluate("window.told ?? []")
        for text in self.console + [str(event) for event in events] + [self.page.url, self.page.title()]:
            if TOKEN.search(text):
                yield f"the token where it doesn't belong: {hidden(text)}"

    def _note_console(self, message):
        if message.type in ("error", "warning"):
            self.console.append(message.text)
