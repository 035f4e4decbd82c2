# SPDX-License-Identifier: Apache-2.0
"""Everyone who takes part, and how each is asked for the same."""

from dataclasses import dataclass, field
from typing import Callable

import browser
import tokens
from peers import nginx_path
from visit import Visit

VIEW, PAGE = "/v1/shared/", "/s/"
# The fast path never answers a request with an Origin; the router does, with the same body.
BY_ROUTER = {"Origin": "https://shop.example"}


@dataclass
class Contender:
    """A server under load; `path` writes a route and a link as an address of this server."""

    name: str
    server: object
    path: Callable
    headers: dict = field(default_factory=dict)
    tidy: Callable = lambda: None
    """Called between measurements."""

    def visit(self, route, links, headers=None, **more):
        return Visit(self.server.port, tuple(self.path(route, link) for link in links), self.headers | (headers or {}), **more)


def cartlink(shop, name="cartlink"):
    return Contender(name, shop, lambda route, link: route + link.token, tidy=shop.empty_log)


def router(shop):
    return Contender("router", shop, lambda route, link: route + link.token, BY_ROUTER, shop.empty_log)


def nginx(program, shop):
    return Contender("nginx", program, lambda route, link: nginx_path(route, link, shop))


def token_peer(name, program):
    return Contender(name, program, lambda route, link: route + link.token)


def forged_visit(contender, links, shop):
    """Well-formed links that no key made: 404 everywhere."""
    if contender.name == "nginx":
        lines = tuple(nginx_path(VIEW, link, shop, secret="another") for link in links)
    else:
        lines = tuple(VIEW + tokens.forged(link.token) for link in links)
    return Visit(contender.server.port, lines, contender.headers, status=404)


def reading_visits(contender, links, shop, lengths):
    """The rows that all servers take part in, by key.

    `lengths` are those of Cartlink's bodies, by row: a peer that sends another one isn't doing the same job.
    """
    hot = links[:1]
    view = contender.visit(VIEW, hot, length=lengths["view"])
    yield "view", view
    if contender.name == "router":
        return
    yield "spread", contender.visit(VIEW, links, length=lengths["view"])
    yield "page", contender.visit(PAGE, hot, length=lengths["page"])
    yield "view-browser", contender.visit(VIEW, hot, browser.FETCH, length=lengths["view-browser"])
    yield "page-browser", contender.visit(PAGE, hot, browser.NAVIGATION, length=lengths["page-browser"])
    yield "not-modified", view.revalidating()
    yield "forged", forged_visit(contender, links[:100], shop)
