# SPDX-License-Identifier: Apache-2.0
"""docs/share-dialog.md is what works: its lines embed the dialog, and its tables name what there is."""

import json
import re

import baskets
from customer import Customer
from logins import BERT, OLGA
from server import ROOT
from together import accept, internal

DOCS = (ROOT / "docs/share-dialog.md").read_text()
SOURCES = "\n".join(path.read_text() for path in (ROOT / "Sources/CartlinkServer/Dialog").glob("*.js"))
HOST = "https://share.shop.example"


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.S)


def rows(heading):
    """The names in the first column of the table below a heading."""
    table = DOCS.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return {name for line in re.findall(r"(?m)^\| `(.*?) \|", table) for name in re.findall(r"[\w-]+", line)}


def test_its_lines_embed_the_dialog(chromium, sharing, storefront):
    cart = sharing.put(OLGA, baskets.kitchen())
    accept(sharing, internal(sharing, cart, OLGA, within="company"), BERT).ok(201)
    (html, *_), (script, *_), (policy,) = blocks("html"), blocks("js"), re.findall(r"```\n(script-src.*?)\n```", DOCS)
    page = "<!doctype html><html lang=en><title>Shop</title><body data-ready>" + html.replace("cart-4711", cart)
    storefront.pages["/documented"] = page.replace(HOST, sharing.url), policy.replace(HOST, sharing.url)
    answers = {"/share.js": script, "/session/login": json.dumps({"token": OLGA.login}), f"/people/{BERT.subject.replace(':', '%3A')}": "Bert Brown"}
    storefront.scripts.update(answers)
    customer = Customer(chromium, storefront.url + "/documented")
    customer.open()
    customer.row("People", "Bert Brown").wait_for()
    customer.section("New link")
    customer.make()
    # The browser asks for an icon, which this shop hasn't.
    customer.leave()


def test_its_tables_name_what_there_is():
    attributes = set(re.findall(r'(?:get|has)Attribute\("([\w-]+)"\)', SOURCES)) | {"lang"}
    assert rows("Attributes") == attributes
    assert rows("Events") == {f"cart-share-{name}" for name in ("created", "changed", "revoked", "closed")}
    assert set(re.findall(r'"(created|changed|revoked|closed)"[,)]', SOURCES)) == {"created", "changed", "revoked", "closed"}
    assert set(re.findall(r"--cart-share-[\w-]+", blocks("css")[0])) == set(re.findall(r"--cart-share-[\w-]+", SOURCES))
    assert set(re.findall(r"::part\((\w+)\)", DOCS)) == set(re.findall(r'part: "(\w+)"', SOURCES))
    assert rows("Properties and methods") == {"login", "nameFor", "open", "close"}
