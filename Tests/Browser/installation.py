# SPDX-License-Identifier: Apache-2.0
"""The browser and the settings of the tests' shop, for the tests and for the screenshots."""

import os
import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from patience import PATIENCE

# Milliseconds for what a page is waited for.
WAIT = 5000 * PATIENCE
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
SETTINGS = {
    "shop": {
        "name": "Demo shop",
        "url": "https://shop.example",
        "openURL": "https://shop.example/cart#share={token}",
        "loginURL": "https://shop.example/login?return={url}",
        "hosts": ["shop.example", "cdn.shop.example"],
        "legal": [{"text": "Imprint", "url": "https://shop.example/imprint"}, {"text": "Demo shop Ltd, Dublin"}],
    }
}


@contextmanager
def started_chromium():
    """Debian's Chromium. Playwright switches the back button's memory off, which people's browsers have on."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
        )
        try:
            yield browser
        finally:
            browser.close()
