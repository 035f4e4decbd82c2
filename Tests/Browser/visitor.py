# SPDX-License-Identifier: Apache-2.0
"""A person with a browser profile of their own, in which nothing may happen that no page of ours may do."""

import re
from urllib.parse import urlsplit

import pictures
from installation import WAIT

TOKEN = re.compile(r"cl1[0-9A-Za-z]{46}")
SHOP = "https://shop.example/"
# The page's own address, its beacon and its form are all that may carry the token.
OWN = re.compile(r"/s/cl1[0-9A-Za-z]{46}(/seen|/accept)?")
# A storefront asks the API about a link that it was given.
STOREFRONT = re.compile(OWN.pattern + r"|/v1/shared/cl1[0-9A-Za-z]{46}(/accept|/take-over)?")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


class Visitor:
    def __init__(self, chromium, home, person=None, language="en", viewport=DESKTOP, names_host=False, may_carry=OWN, **options):
        self.home, self.may_carry, self.requests, self.faults = home, may_carry, [], []
        self.named = {home + "/"} if names_host else set()
        # Without a screen Chromium calls itself another name, by which the service takes it for a robot.
        agent = f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chromium.version} Safari/537.36"
        self.context = chromium.new_context(locale=language, viewport=viewport, user_agent=agent, **options)
        self.context.set_default_timeout(WAIT)
        self.context.route(re.compile(f"^(?!{re.escape(home)}/)"), self._answer_outside)
        self.context.on("request", lambda request: self.requests.append(request))
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        if person:
            self.log_in(person)
        self.page = self.context.new_page()

    def log_in(self, person):
        """As the shop's login page would: the shop's cookie reaches the links' host."""
        self.context.add_cookies([{"name": "shop_login", "value": person.login, "url": self.home, "httpOnly": True, "sameSite": "Lax"}])

    def open(self, where):
        """Opens a link, or a path of the service, and gives the page."""
        self.answer = self.page.goto(where["url"] if isinstance(where, dict) else self.home + where)
        return self.page

    def sent(self, ending):
        """The requests whose path ends so."""
        return [request for request in self.requests if urlsplit(request.url).path.endswith(ending)]

    def leave(self):
        """Closes the browser profile, and fails if anything happened that may not."""
        faults = self.wrongs()
        self.context.close()
        assert not faults, "\n".join(faults)

    def wrongs(self):
        """What happened so far that may not."""
        # Chromium calls the 404 or 410 of a page itself an error too, and may say so before it tells of the page's request.
        pages = {request.url for request in self.requests if request.resource_type == "document"}
        faults = [fault for fault in self.faults if not (isinstance(fault, FailedLoad) and (fault.url in pages or fault.is_late_beacon))]
        return faults + [fault for request in self.requests for fault in _faults_of(request, self.home, self.named, self.may_carry)]

    def _answer_outside(self, route):
        address = route.request.url
        if address.startswith(pictures.HOST):
            name = urlsplit(address).path.strip("/").removesuffix(".png")
            route.fulfill(body=pictures.png(name), content_type="image/png")
        elif address.startswith(SHOP) and route.request.resource_type == "document":
            route.fulfill(body="<!doctype html><html lang=en><title>The shop</title><h1>The shop</h1>", content_type="text/html")
        else:
            self.faults.append(f"a request outside: {route.request.resource_type} {hidden(address)}")
            route.abort()

    def _note_console(self, message):
        if message.type != "error":
            return
        fault = f"console: {hidden(message.text)} {hidden(message.location['url'])}"
        is_load = message.text.startswith("Failed to load resource")
        self.faults.append(FailedLoad(fault, message.location["url"]) if is_load else fault)


class FailedLoad(str):
    """What Chromium says of something that it didn't get."""

    def __new__(cls, text, url):
        load = super().__new__(cls, text)
        load.url = url
        return load

    @property
    def is_late_beacon(self):
        """A page says that it was seen when its link was just taken back."""
        return "status of 410" in self and OWN.fullmatch(urlsplit(self.url).path) and self.url.endswith("/seen")


def _faults_of(request, home, named, may_carry):
    parts = urlsplit(request.url)
    if request.resource_type != "document" and TOKEN.search(f"{parts.path}?{parts.query}") and not may_carry.fullmatch(parts.path):
        yield f"the token in a sub-resource: {hidden(request.url)}"
    referer = request.header_value("referer") or ""
    if referer.startswith(home) and referer not in named:
        yield f"a Referer to {hidden(request.url)}"


def hidden(text):
    return TOKEN.sub("cl1…", text)
