# SPDX-License-Identifier: Apache-2.0
"""Someone who clicks through the demo's shop for the first time."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from visitor import STOREFRONT, TOKEN, FailedLoad

STEPS = ["make", "open", "invite", "accept", "edit", "lower", "revoke", "gone", "take"]


class Newcomer:
    """Someone who clicks through the demo, and counts that."""

    def __init__(self, come, demo, person=None, **options):
        # The shop names the host to itself, so that its forms have an Origin; the links' pages name nothing.
        self.visitor = come(home=demo.url, names_host=True, may_carry=STOREFRONT, **options)
        self.page, self.demo, self.clicks = self.visitor.page, demo, 0
        self.page.goto(demo.url)
        self.arrive()
        if person:
            self.become(person)

    def arrive(self):
        expect(self.page.locator("body[data-ready]")).to_have_count(1)

    def click(self, *where, **options):
        self.clicks += 1
        (where[0] if not isinstance(where[0], str) else self.page.get_by_role(*where, **options)).click()

    def become(self, name):
        self.click(self.page.locator(".people").get_by_role("button", name=name, exact=True))
        self.arrive()

    def go(self, step):
        """Presses a step's button; the next step stands open already."""
        self.click(self.step(step).locator(".go"))

    def step(self, step):
        return self.page.locator(f"[data-step={step}]")

    def expect_done(self, *steps):
        for step in STEPS:
            expect(self.step(step)).to_have_class(re.compile(r"\bdone\b") if step in steps else re.compile(r"^(?!.*\bdone\b)"))

    def expect_next(self, step):
        expect(self.step(step).locator("details")).to_have_attribute("open", "")
        expect(self.page.locator(".stories details[open]")).to_have_count(1)

    def forgive_late_questions(self):
        """A page that is being left for another person's may still ask for its cart, with a login that sees nothing of it."""

        def is_late(fault):
            return isinstance(fault, FailedLoad) and "status of 401" in fault and urlsplit(fault.url).path.startswith("/v1/carts")

        self.visitor.faults = [fault for fault in self.visitor.faults if not is_late(fault)]

    def back_to_shop(self):
        self.click(self.page.locator(".shop a"))
        self.arrive()

    def close_dialog(self):
        self.click("button", name="Close")
        expect(self.page.get_by_role("dialog")).to_have_count(0)


def addresses_with_token(page):
    """What the tab's history keeps of tokens."""
    entries = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    return [entry["url"] for entry in entries if TOKEN.search(entry["url"])]
