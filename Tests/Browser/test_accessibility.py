# SPDX-License-Identifier: Apache-2.0
"""axe-core on every page, for every viewer, in every language, on phone and desktop, light and dark."""

from itertools import product

import pytest

import baskets
from looks import LANGUAGES, sticking_out, violations
from scenes import NAMES
from visitor import DESKTOP, PHONE, Visitor

# Each page meets each look in some language, and each language each look on some page.
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "dark"), (DESKTOP, "light")]


@pytest.fixture(scope="module", params=product(NAMES, LANGUAGES), ids="-".join)
def translated(request, chromium, shop, scenes):
    """A scene in one of the languages."""
    name, language = request.param
    visitor = Visitor(chromium, shop.url, scenes[name].person, language)
    visitor.open(scenes[name].path)
    yield visitor.page, language, LOOKS[(NAMES.index(name) + LANGUAGES.index(language)) % len(LOOKS)]
    visitor.leave()


def test_the_language_is_the_readers(translated):
    page, language, _ = translated
    assert page.get_attribute("html", "lang") == language


def test_nothing_sticks_out_at_320_pixels(translated):
    page, _, _ = translated
    page.set_viewport_size({"width": 320, "height": 640})
    assert sticking_out(page) == []


def test_axe_finds_nothing(translated):
    page, _, (viewport, scheme) = translated
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=scheme)
    assert violations(page) == []


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


def test_who_reads_none_of_the_languages_gets_the_carts(come, shop):
    link = shop.link(shop.put(cart=baskets.kitchen(locale="es-ES")))
    assert come(language="ja").open(link).get_attribute("html", "lang") == "es"
