# SPDX-License-Identifier: Apache-2.0
"""Carts as the browser tests show them: an everyday one, and odd ones."""

import carts
import pictures

SCRIPT = "</title><script>document.title='broken in'</script>"
FAMILY = "👩‍👩‍👧‍👦 Family mug"


def line(number, name, quantity=1, price=1990, picture=None, **rest):
    shown = {"id": f"line-{number}", "sku": f"SKU-{number}", "name": name, "quantity": quantity, "unitPrice": price}
    if picture:
        shown["image"] = pictures.address(picture)
    return shown | {"total": price * quantity} | rest


def basket(*lines, **rest):
    return {"currency": "EUR", "locale": "en-IE", "items": list(lines), "totals": {"items": sum(line["total"] for line in lines)}} | rest


def kitchen(**rest):
    """The cart of most tests: pictures, options, personal data with canaries in it."""
    kettle = line(1, "Kettle, 1.7 l, steel", 1, 4990, "kettle", options={"colour": "graphite"}, note="kanarie")
    mugs = line(2, "Mugs, set of six", 2, 2950, "mugs", options={"colour": "terracotta", "glaze": "matt"}, personalisation="for Kanarie")
    coffee = line(3, "Coffee beans, 1 kg", 3, 1690, "coffee")
    cloth = line(4, "Table cloth, linen", 1, 3900, "cloth", options={"size": "140 × 220 cm"})
    return basket(kettle, mugs, coffee, cloth, **carts.PERSONAL | carts.PAYMENT | {"name": "Team kitchen"} | rest)


def long(count=500):
    return basket(*(line(number, f"Product number {number}", number % 9 + 1, 100 + number) for number in range(count)))


def right_to_left():
    return basket(
        line(1, "فنجان قهوة أزرق", 2, 1250, "mugs", options={"اللون": "أزرق"}),
        line(2, "קומקום נירוסטה 1.7 ליטר", 1, 4990, "kettle"),
        line(3, "Vase (عربي) with a (mixed) name", 1, 2400, "vase"),
    )


def wordy():
    return basket(
        line(1, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3, 1, 1990, "cloth"),
        line(2, "x" * 480, 999_999, 9_999, options={"y" * 200: "z" * 200}),
        line(3, "A name of many short words " * 18, 1, 1990),
    )


def emoji():
    return basket(line(1, FAMILY, 1, 1250, "mugs"), line(2, "🇪🇸🇩🇪🇵🇹 Flags, a̐éö̲ and ☕️", 2, 500))


def hostile():
    return basket(line(1, SCRIPT, options={SCRIPT: '"><img src=x onerror=alert(1)>'}), line(2, "{{name}} {{{name}}} &amp; <b>bold</b>"))


ODD = {"long": long, "right-to-left": right_to_left, "wordy": wordy, "emoji": emoji, "hostile": hostile, "empty": basket}
