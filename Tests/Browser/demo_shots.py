# SPDX-License-Identifier: Apache-2.0
"""The demo's shop, for the screenshots: half of the stories have happened."""

from demo_server import DemoServer
from visitor import PHONE, Visitor

# As much as makes a picture that isn't too heavy.
LAPTOP = {"width": 1080, "height": 660}
SHOTS = [
    ("demo-desktop", LAPTOP, "light", "en"),
    ("demo-phone", PHONE, "light", "en"),
    ("demo-phone-dark-spanish", PHONE, "dark", "es"),
]


def take_all(chromium, folder, into, judge):
    demo = DemoServer(folder)
    try:
        demo.start()
        _tell_half(demo)
        for name, viewport, scheme, language in SHOTS:
            scale = 1.4 if viewport is PHONE else 1
            visitor = Visitor(
                chromium, demo.url, None, language, viewport,
                color_scheme=scheme, device_scale_factor=scale, timezone_id="Europe/Dublin",
            )  # fmt: skip
            page = visitor.open("/demo")
            page.get_by_role("button", name="Olivia", exact=True).click()
            page.locator("body[data-ready]").wait_for()
            page.locator(".links li").first.wait_for()
            if viewport is PHONE and scheme == "dark":
                page.locator("section.carts").scroll_into_view_if_needed()
                page.evaluate("() => document.querySelector('section.carts').scrollIntoView()")
            page.screenshot(path=into / f"{name}.png")
            visitor.context.close()
            judge(into / f"{name}.png")
    finally:
        demo.kill()


def _tell_half(demo):
    """Olivia makes a link for anyone and one for her unit, which Carlos accepts."""
    olivia, carlos = demo.as_person("olivia") | {"Origin": demo.url}, demo.as_person("carlos") | {"Origin": demo.url}
    make = lambda order: demo.public("POST", "/v1/carts/demo-cart/links", order, headers=olivia).ok(201)
    make({"audience": "external", "access": "read-only", "showPrices": True, "label": "For the electrician"})
    unit = make({"audience": "internal", "access": "full", "label": "For my team"})
    demo.public("POST", f"/v1/shared/{unit['token']}/accept", {}, headers=carlos).ok(201)
    demo.public("POST", "/v1/carts/demo-cart/comments", {"text": "Six mugs are enough for us."}, headers=carlos).ok(201)
