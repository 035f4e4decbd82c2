# SPDX-License-Identifier: Apache-2.0
"""`serve --demo` for a client of Spryker's Glue API: people log in as they do there, and Olivia shares her cart with Carlos."""

import re

import pytest

from client import Client
from glue import *
from test_readme import demo  # noqa: F401: a fixture


@pytest.fixture
def glue(demo):
    _, moved = demo
    return Glue(Client(int(moved("127.0.0.1:8080").rsplit(":", 1)[1])))


@pytest.fixture
def password(demo):
    folder, _ = demo
    return re.search(r"the password of all is\s+(\S+)", (folder / "output").read_text())[1]


def log_in(glue, username, password):
    return glue("POST", "/access-tokens", body=posted("access-tokens", {"username": username, "password": password}))


def log_in_as(glue, token, company_user):
    body = posted("company-user-access-tokens", {"idCompanyUser": company_user})
    return glue("POST", "/company-user-access-tokens", body=body, token=token)


def token(answer):
    return answer.ok(201)["data"]["attributes"]["accessToken"]


def test_the_whole_story(glue, password):
    answer = log_in(glue, "olivia", password)
    document = glue.done(answer, 201)
    attributes = document["data"]["attributes"]
    assert document["data"]["type"] == "access-tokens" and document["data"]["id"] is None
    assert document["data"]["links"]["self"].endswith("/glue/access-tokens")
    assert {name: attributes[name] for name in attributes if name != "accessToken"} == {
        "tokenType": "Bearer",
        "expiresIn": 28800,
        "refreshToken": None,
    }
    customer = attributes["accessToken"]
    refused(glue("GET", "/company-users", token=customer), USER_NOT_SELECTED)
    olivia = token(log_in_as(glue, customer, "acme-olivia"))
    people = glue.done(glue("GET", "/company-users", token=olivia))
    assert [one["id"] for one in people["data"]] == ["acme-carlos", "acme-olivia"]

    order = {"idCompanyUser": "acme-carlos", "idCartPermissionGroup": 1}
    share = glue.done(glue("POST", "/carts/demo-cart/shared-carts", body=posted("shared-carts", order), token=olivia), 201)["data"]["id"]
    carlos = token(log_in_as(glue, token(log_in(glue, "carlos", password)), "acme-carlos"))
    shown = glue.done(glue("GET", "/carts/demo-cart?include=cart-permission-groups", token=carlos))
    assert related(shown["data"], "cart-permission-groups") == ["1"]
    item = posted("items", {"sku": "MUG-SET-6", "quantity": 1})
    refused(glue("POST", "/carts/demo-cart/items", body=item, token=carlos), UNAUTHORIZED)
    raised = posted("shared-carts", {"idCartPermissionGroup": "2"})
    glue.done(glue("PATCH", f"/shared-carts/{share}", body=raised, token=olivia))
    assert glue("POST", "/carts/demo-cart/items", body=item, token=carlos).status == 201
    outsider = {"idCompanyUser": "globex-erik", "idCartPermissionGroup": 1}
    refused(glue("POST", "/carts/demo-cart/shared-carts", body=posted("shared-carts", outsider), token=olivia), OTHER_COMPANY)
    assert glue("DELETE", f"/shared-carts/{share}", token=olivia).status == 204
    refused(glue("GET", "/carts/demo-cart", token=carlos), CART_NOT_FOUND)


def test_who_is_not_let_in(glue, password):
    for username, given in [("olivia", "wrong"), ("nobody", password), ("olivia", password + " "), ("acme-olivia", password)]:
        refused(log_in(glue, username, given), LOGIN_FAILED)
    refused(log_in(glue, "olivia", ""), blank("password"))
    refused(glue("POST", "/access-tokens", body=posted("access-tokens", {})), missing("username"), missing("password"))
    olivia = token(log_in(glue, "olivia", password))
    for company_user in ("acme-carlos", "nobody", "../x"):
        refused(log_in_as(glue, olivia, company_user), LOGIN_FAILED)
    refused(log_in_as(glue, None, "acme-olivia"), TOKEN_MISSING)
    refused(log_in_as(glue, "garbage", "acme-olivia"), TOKEN_INVALID)
    refused(log_in_as(glue, olivia, ""), blank("idCompanyUser"))


def test_the_password_is_nowhere_but_on_the_terminal(demo, glue, password):
    folder, _ = demo
    log_in(glue, "olivia", password).ok(201)
    log_in(glue, "olivia", "wrong" + password)
    assert password not in (folder / "log").read_text()
    (file,) = [path for path in folder.rglob("*") if path.is_file() and path.name != "output" and password in path.read_text("latin-1")]
    assert file.stat().st_mode & 0o077 == 0
