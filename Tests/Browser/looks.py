# SPDX-License-Identifier: Apache-2.0
"""What can be measured on a page as it looks now: axe's findings, what sticks out, what can be clicked or focused."""

from axe_playwright_python.sync_playwright import Axe

LANGUAGES = ["en", "es", "de", "pt", "fr"]
_AXE = Axe()
_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}

_CLICKABLE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])'
)].filter(element => element.checkVisibility() && !element.disabled)"""

_STICKING_OUT = """() => [...document.querySelectorAll('body *')]
    .filter(element => element.checkVisibility() && element.getClientRects().length)
    .filter(element => {
        const box = element.getBoundingClientRect();
        return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
    })
    .map(element => element.outerHTML.slice(0, 120))"""

_FOCUSED = """clickable => {
    const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return {
        index: clickable.indexOf(element),
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== 'rgba(0, 0, 0, 0)',
        inView: box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= -1 && box.right <= innerWidth + 1,
        top: box.top + scrollY,
        bottom: box.bottom + scrollY,
    };
}"""


def violations(page):
    """What axe-core finds against WCAG 2.2 A and AA and its best practices."""
    found = _AXE.run(page, options=_RULES).response
    assert found["passes"], "axe looked at nothing"
    return [(rule["id"], node["html"], node["failureSummary"]) for rule in found["violations"] for node in rule["nodes"]]


def sticking_out(page):
    """What makes a person scroll sideways, or is cut off at the side."""
    wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    return (["the page scrolls sideways"] if wide else []) + page.evaluate(_STICKING_OUT)


def small_targets(page):
    """What can be clicked and is lower or narrower than 24 CSS pixels."""
    boxes = f"""() => ({_CLICKABLE})().map(element => [element.outerHTML.slice(0, 120), element.getBoundingClientRect()])
        .map(([text, box]) => [text, box.width, box.height])"""
    return [target for target in page.evaluate(boxes) if min(target[1:]) < 24]


def clickable_count(page):
    return page.evaluate(f"() => ({_CLICKABLE})().length")


def tab_through(page):
    """Presses Tab until each thing that can be clicked had its turn; what was focused, and at last what came after."""
    clickable = page.evaluate_handle(_CLICKABLE)
    steps = []
    for _ in range(clickable_count(page) + 1):
        page.keyboard.press("Tab")
        steps.append(clickable.evaluate(_FOCUSED))
    return steps


def moving(page):
    """Animations and transitions that would run."""
    return page.evaluate("""() => [
        ...document.getAnimations().map(animation => `animation ${animation.animationName}`),
        ...[...document.querySelectorAll('*')].filter(element => getComputedStyle(element).transitionDuration
            .split(',').some(duration => parseFloat(duration) > 0.01)).map(element => element.outerHTML.slice(0, 120)),
    ]""")
