# SPDX-License-Identifier: Apache-2.0
"""Writes docs/screenshots: the page as its readers see it, and the share dialog. `make screenshots` runs this."""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "EndToEnd"))

import baskets
import console_screenshots
import demo_shots
import dialog_shots
import scenes
from installation import SETTINGS, started_chromium
from server import ROOT, Server, merged
from storefront import Storefront
from visitor import DESKTOP, PHONE, Visitor

FOLDER = ROOT / "docs/screenshots"
MOST_BYTES = 120_000
PEOPLES = {
    "customer": {"firstName": "Olga", "lastName": "Ortega", "email": "olga.ortega@acme.example", "phone": "+353 1 555 0142"},
    "shippingAddress": {"street": "12 Harbour Street", "city": "Dublin", "postalCode": "D01 X2X2"},
    "billingAddress": {"name": "Acme Ltd", "street": "12 Harbour Street", "city": "Dublin"},
    "note": "Please deliver before noon.",
    "coupons": ["SPRING-7Q2"],
}


@dataclass(frozen=True)
class Shot:
    name: str
    scene: str
    viewport: dict
    scheme: str = "light"
    language: str = "en"
    cart: str | None = None
    """An odd cart in place of the everyday one."""


SHOTS = [
    Shot("guest-phone", "stranger", PHONE),
    Shot("guest-phone-dark", "stranger", PHONE, "dark"),
    Shot("guest-phone-spanish", "stranger", PHONE, language="es"),
    Shot("guest-desktop", "stranger", DESKTOP),
    Shot("internal-login-phone", "nobody", PHONE),
    Shot("invitation-desktop-dark", "colleague", DESKTOP, "dark"),
    Shot("member-phone-dark", "editor", PHONE, "dark"),
    Shot("member-desktop-spanish", "editor", DESKTOP, language="es"),
    Shot("owner-desktop", "owner", DESKTOP),
    Shot("owner-as-others-desktop", "owner-as-others", DESKTOP),
    Shot("gone-phone", "gone", PHONE),
    Shot("ordered-phone-dark", "ordered", PHONE, "dark"),
    Shot("five-hundred-lines-phone", "stranger", PHONE, cart="long"),
    Shot("right-to-left-phone", "stranger", PHONE, cart="right-to-left"),
]


def take(shot, chromium, shop, scene):
    # A phone's screen has more dots than CSS pixels; as many as it really has would make a heavy picture.
    scale = 1.5 if shot.viewport is PHONE else 1
    visitor = Visitor(
        chromium, shop.url, scene.person, shot.language, shot.viewport,
        color_scheme=shot.scheme, device_scale_factor=scale, timezone_id="Europe/Dublin",
    )  # fmt: skip
    page = visitor.open(scene.path)
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => [...document.images].every(image => image.complete || image.getBoundingClientRect().top > innerHeight)")
    path = FOLDER / f"{shot.name}.png"
    page.screenshot(path=path)
    visitor.context.close()
    judge(path)


def judge(path):
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
    assert path.stat().st_size < MOST_BYTES, f"{path.name} is too heavy for the repository"


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, started_chromium() as chromium:
        storefront = Storefront()
        shop = Server(folder, merged(SETTINGS, {"shop": {"origins": [storefront.url]}})).start()
        try:
            everyday = baskets.kitchen(**PEOPLES)
            console_screenshots.take(chromium, shop, everyday, FOLDER, MOST_BYTES)
            made = {name: scenes.made(shop, cart) for name, cart in [(None, everyday)] + [(odd, baskets.ODD[odd]()) for odd in SHOWN_ODD]}
            for shot in SHOTS:
                take(shot, chromium, shop, made[shot.cart][shot.scene])
            cart = dialog_shots.cart(shop)
            for shot, arrange in dialog_shots.SHOTS:
                path = FOLDER / f"{shot.name}.png"
                dialog_shots.taken(shot, arrange, chromium, shop, storefront, cart, path)
                judge(path)
        finally:
            shop.kill()
        demo_shots.take_all(chromium, Path(folder) / "demo", FOLDER, judge)


SHOWN_ODD = sorted({shot.cart for shot in SHOTS if shot.cart})

if __name__ == "__main__":
    main()
