# SPDX-License-Identifier: Apache-2.0
"""`serve --demo` by clicking: open the internal link, log in as Carlos, accept."""

import re

from playwright.sync_api import expect

from looks import sticking_out, violations
from test_readme import demo  # noqa: F401: a fixture


def test_carlos_logs_in_and_accepts(demo, come):
    folder, moved = demo
    links = re.findall(r"http://\S+/s/cl1[0-9A-Za-z]{46}", (folder / "output").read_text())
    # The log-in page names the host to itself, so that its form has an Origin; the links' page names nothing.
    visitor = come(home=moved("http://127.0.0.1:8080"), names_host=True)
    page = visitor.page
    page.goto(links[1])
    page.locator("a.log-in").click()
    page.wait_for_url("**/demo/login*")
    assert violations(page) == [] and sticking_out(page) == []
    page.get_by_role("button", name=re.compile("Carlos")).click()
    page.wait_for_url(links[1])
    page.locator("form.accept > button").click()
    expect(page.locator("form.accept")).to_have_count(0)
    expect(page.locator(".rights")).to_be_visible()
    expect(page.locator("ul.items > li")).to_have_count(3)
    (cookie,) = visitor.context.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"


def test_olivia_sees_her_own_cart(demo, come):
    folder, moved = demo
    links = re.findall(r"http://\S+/s/cl1[0-9A-Za-z]{46}", (folder / "output").read_text())
    page = come(home=moved("http://127.0.0.1:8080"), names_host=True).page
    page.goto(links[1])
    page.locator("a.log-in").click()
    page.get_by_role("button", name=re.compile("Olivia")).click()
    page.wait_for_url(links[1])
    expect(page.locator(".owner-banner")).to_be_visible()
