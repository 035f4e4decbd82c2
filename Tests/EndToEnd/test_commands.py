# SPDX-License-Identifier: Apache-2.0
"""The small commands."""

import hashlib
import re

from logins import OLGA


def test_service_key_prints_a_key_and_its_hash(shop):
    made = shop.run("service-key", config=False)
    key, key_hash = (
        re.search(pattern, made.stdout, re.M).group(1) for pattern in (r"^key: (\S{32,})$", r"^keyHash: sha256:([0-9a-f]{64})$")
    )
    assert hashlib.sha256(key.encode()).hexdigest() == key_hash
    assert shop.run("service-key", config=False).stdout != made.stdout


def test_login_prints_a_login(shop):
    made = shop.run("login", "--user", "anna").stdout.strip()
    assert shop.public.get("/v1/carts", made).status == 200
    link = shop.link(shop.put(OLGA), OLGA, audience="internal")
    bert = shop.run("login", "--user", "bert", "--company", "acme", "--business-unit", "sales", "--company-user", "cu-bert").stdout.strip()
    assert shop.public.get(f"/v1/shared/{link['token']}", bert).ok()["viewer"]["relation"] == "member"


def test_inspect_says_what_a_link_is_without_its_credential(shop):
    link = shop.link()
    for said in (
        shop.with_admin_key("inspect", link["url"]).stdout,
        shop.administer("POST", "inspect", {"url": link["url"]}).body.decode(),
    ):
        assert link["id"] in said and "active" in said and link["token"] not in said
    shop.revoke(link)
    assert "revoked" in shop.with_admin_key("inspect", link["url"]).stdout
    made_up = shop.with_admin_key("inspect", link["url"][:-1] + ("0" if link["url"][-1] != "0" else "1"))
    assert "revoked" not in made_up.stdout and link["token"][:-1] not in made_up.stdout + made_up.stderr
