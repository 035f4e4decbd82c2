# SPDX-License-Identifier: Apache-2.0
"""The rows in which only Cartlink takes part: what services and owners ask of it."""

import json

import generators
import measuring
from logins import Person
from shop import OWNERS, SERVICE, order
from visit import Visit

BUYER = Person("owner-0")


def measurements(shop, contender, links, plan, figures):
    issuing_visit = issuing(shop, links)
    yield measuring.rate("issue-1", contender, issuing_visit, plan, figures, connections=1)
    yield measuring.rate("issue-64", contender, issuing_visit, plan, figures, p50_row="issue-64-p50", p99_row="issue-64-p99")
    yield _revoking(shop, contender, links, issuing_visit, plan, figures)
    resolving = Visit(shop.port, ("/v1/resolve",), SERVICE, method="POST", body=json.dumps({"token": links[0].token}).encode())
    yield measuring.rate("resolve", contender, resolving, plan, figures)
    yield measuring.rate("owner", contender, _owners_view(shop, links), plan, figures)


def issuing(shop, links):
    """Links for the carts of one owner, asked for by the storefront."""
    lines = [f"/v1/carts/{link.cart_id}/links" for link in links if link.owner == 0]
    return Visit(shop.port, tuple(lines), SERVICE, status=201, method="POST", body=json.dumps(order(BUYER.owner)).encode())


def _owners_view(shop, links):
    logins = [shop.login(owner) for owner in range(OWNERS)]
    lines = [f"/v1/carts/{link.cart_id}\tAuthorization: Bearer {logins[link.owner]}" for link in links[:1000]]
    return Visit(shop.port, tuple(lines))


def _revoking(shop, contender, links, issuing, plan, figures):
    """Each link can be revoked once, so each round takes some that were issued for it."""
    kept = {link.id for link in links}
    headers = SERVICE | {"On-Behalf-Of": BUYER.subject}

    def take():
        generators.each_once(issuing.over(_repeated(issuing.lines, plan.revocations)))
        doomed = []
        for link in links:
            if link.owner == 0 and len(doomed) < plan.revocations:
                doomed += [identity for identity in shop.link_ids(link.cart_id, 0) if identity not in kept]
        visit = Visit(shop.port, tuple(f"/v1/links/{identity}" for identity in doomed[: plan.revocations]), headers, 204, "DELETE")
        with measuring.Watch(shop.pid) as watch:
            report = generators.each_once(visit)
        figures.add("revoke", contender.name, report["perSecond"], watch.seconds / report["seconds"], report["loadBusy"])

    return measuring.Measurement("revoke", contender.name, take)


def _repeated(lines, count):
    return [lines[number % len(lines)] for number in range(count)]
