# SPDX-License-Identifier: Apache-2.0
"""The demo's guided path, clicked through as a newcomer does: each step ticks itself off, and only once it really happened."""

import re
import time

from playwright.sync_api import expect

from newcomer import STEPS, addresses_with_token
from test_demo_shop import come, demo, newcomer  # noqa: F401: fixtures
from visitor import hidden

PERSONAL = ["Olivia Ortega", "olivia.ortega@acme.example", "Harbour Street", "before noon"]


def make_public_link(visit):
    visit.go("make")
    visit.arrive()
    visit.click(visit.page.locator("#who-external input"))
    visit.click("button", name="Create link")
    visit.click("button", name="Create public link")
    expect(visit.page.get_by_text("Your link is ready")).to_be_visible()
    visit.close_dialog()


def revoke_in_console(come, demo, visit):
    """The administrator comes with a browser of his own, and the key from the page; the path leads him there."""
    page = visit.page
    visit.go("revoke")
    expect(page.locator("#console")).to_be_focused()
    way = page.get_by_role("link", name="Open the console")
    assert [way.get_attribute(name) for name in ("href", "target", "rel")] == [f"{demo.admin_url}/", "_blank", "noopener noreferrer"]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=demo.url)
    visit.click("button", name="Copy the key")
    expect(page.locator(".bar .news")).to_have_text("The key was copied.")
    key = page.evaluate("() => navigator.clipboard.readText()")
    console = come(home=demo.admin_url).page
    visit.clicks += 1
    console.goto(way.get_attribute("href"))
    console.get_by_label("Admin key").fill(key)
    for button in ("Log in", "Search"):
        visit.click(console.get_by_role("button", name=button, exact=True))
    links = demo.admin("GET", "/admin/v1/links?cartId=demo-cart", None, key).ok()["links"]
    (link,) = [link["id"] for link in links if link["audience"] == "external" and "label" not in link]
    visit.click(console.locator(f"li[data-link='{link}'] button.open"))
    console.get_by_label("Why", exact=True).fill("it went to the wrong chat")
    for button in ("Revoke…", "Revoke for good"):
        visit.click(console.get_by_role("button", name=button))
    expect(console.get_by_text("The link is revoked.")).to_be_visible()
    return key


def test_the_guided_path_from_its_first_click_to_its_last(newcomer, come, demo):
    page, start = newcomer.page, time.monotonic()
    newcomer.expect_done()
    newcomer.expect_next("make")

    make_public_link(newcomer)
    newcomer.expect_done("make")
    newcomer.expect_next("open")

    newcomer.go("open")
    expect(page.locator("ul.items > li")).to_have_count(3)
    assert [text for text in PERSONAL if text in page.content()] == []
    newcomer.back_to_shop()
    expect(page.locator(".present strong")).to_have_text("A stranger")
    # Opens are written down once a second, and the page asks once more by itself.
    newcomer.expect_done("make", "open")

    newcomer.go("invite")
    newcomer.arrive()
    newcomer.click(page.locator("#who-business-unit input"))
    newcomer.click(page.locator("#access-full input"))
    newcomer.click("button", name="Create link")
    expect(page.get_by_text("Your link is ready")).to_be_visible()
    newcomer.close_dialog()
    newcomer.expect_done("make", "open", "invite")

    newcomer.go("accept")
    newcomer.click("button", name="Accept")
    newcomer.click(page.locator("a.open-in-shop"))
    newcomer.arrive()
    expect(page.locator(".present strong")).to_have_text("Carlos")
    expect(page.locator("#cart")).to_have_text("Team kitchen")
    newcomer.expect_done("make", "open", "invite", "accept")

    newcomer.go("edit")
    newcomer.arrive()
    newcomer.click("button", name="One more: Kettle, 1.7 l, steel")
    newcomer.expect_done(*STEPS[:5])
    expect(page.locator("[data-sku=KTL-17] .price")).to_have_text("€99.80")
    assert [text for text in PERSONAL if text in page.content()] == []

    newcomer.go("lower")
    newcomer.arrive()
    newcomer.click(page.locator("cart-share summary", has_text="People with access"))
    people = page.locator("cart-share li", has_text="Carlos")
    newcomer.click(people.get_by_role("button", name="Only look"))
    expect(people.get_by_role("button", name="Let change")).to_be_visible()
    newcomer.close_dialog()
    newcomer.expect_done(*STEPS[:6])

    key = revoke_in_console(come, demo, newcomer)
    # The newcomer comes back to the shop's tab.
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    newcomer.expect_done(*STEPS[:7])

    newcomer.go("gone")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link is no longer available")
    newcomer.click(page.locator("a.go-to-shop"))
    newcomer.arrive()
    newcomer.expect_done(*STEPS[:8])

    newcomer.go("take")
    newcomer.click("button", name="Accept")
    newcomer.click(page.locator("a.open-in-shop"))
    newcomer.arrive()
    newcomer.click("button", name="Make this cart mine")
    expect(page.locator(".cart-list .access")).to_have_text("own")
    newcomer.arrive()
    assert "quiet grinder" not in page.content()
    newcomer.expect_done(*STEPS)
    expect(page.locator(".progress")).to_have_text("All done. Thank you for looking!")

    seconds = time.monotonic() - start
    print(f"\nthe whole path: {newcomer.clicks} clicks, {seconds:.1f} s for a machine")
    assert newcomer.clicks <= 40
    assert not [hidden(request.url) for request in newcomer.visitor.requests if key in request.url]
    # The pages of the links themselves: the stranger's, Carlos's, the one that is gone, and Dana's.
    kept = addresses_with_token(page)
    assert len(kept) >= 4 and [hidden(address) for address in kept if not re.fullmatch(rf"{demo.url}/s/\w+", address)] == []

    newcomer.click("button", name="Start over")
    newcomer.arrive()
    newcomer.expect_done()
    newcomer.forgive_late_questions()


def test_clicking_alone_ticks_nothing_off(newcomer):
    page = newcomer.page
    for step in ("make", "edit", "lower"):
        newcomer.step(step).locator("details").evaluate("details => { details.open = true; }")
        newcomer.go(step)
        newcomer.arrive()
        page.keyboard.press("Escape")
    with page.expect_response(re.compile("/demo/stories")):
        page.evaluate("() => dispatchEvent(new Event('focus'))")
    newcomer.expect_done()
