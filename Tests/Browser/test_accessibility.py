# SPDX-License-Identifier: Apache-2.0
"""axe-core on every page, for every viewer, in every language, on phone and desktop, light and dark."""

import pytest

import baskets
from looks import LANGUAGES, violations
from scenes import NAMES
from visitor import DESKTOP, PHONE

LOOKS = [(PHONE, "light"), (DESKTOP, "dark"), (PHONE, "dark"), (DESKTOP, "light")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(see, name, language):
    page = see(name, language=language).page
    assert page.get_attribute("html", "lang") == language
    # English is seen in every look; each other language, whose words differ but not its colours, in one.
    looks = LOOKS if language == "en" else [LOOKS[LANGUAGES.index(language) % 4]]
    for viewport, scheme in looks:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], (viewport, scheme)


@pytest.mark.parametrize("name", ["stranger", "owner", "gone"])
def test_dark_and_light_differ(see, name):
    page = see(name).page
    background = "() => getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) != light


@pytest.mark.parametrize("asked, given", [("es-AR", "es"), ("pt-BR", "pt"), ("de-CH", "de"), ("fr-CA", "fr"), ("en-GB", "en")])
def test_a_region_gets_its_language(see, asked, given):
    assert see("stranger", language=asked).page.get_attribute("html", "lang") == given


def test_a_language_nobody_wrote_gets_the_carts(come, shop):
    link = shop.link(shop.put(cart=baskets.kitchen(locale="es-ES")))
    assert come(language="ja").open(link).get_attribute("html", "lang") == "es"
