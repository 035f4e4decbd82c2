# SPDX-License-Identifier: Apache-2.0
"""The contract of `/glue`, a row per endpoint and error: what Spryker's code answers, status, code and text."""

from dataclasses import dataclass

import pytest

from glue import *
from logins import expired_login, shopper, somebody
from server import KEYS
from together import enter, remove

OWNER, WRITER, READER, COLLEAGUE, LEFT, INACTIVE = (somebody() for _ in range(6))
OUTSIDER, CUSTOMER = somebody(company="umbrella"), shopper()


@pytest.fixture(scope="module")
def places(shop, glue):
    """The carts and shares that the rows name; none of the rows changes them."""
    for person in (OWNER, WRITER, READER, COLLEAGUE, LEFT, OUTSIDER):
        enter(shop, person).ok(200, 201)
    enter(shop, INACTIVE, active=False).ok(200, 201)
    remove(shop, LEFT)
    cart, locked, ordered, foreign = shop.put(OWNER), shop.put(OWNER), shop.put(OWNER), shop.put(COLLEAGUE)
    shop.set_state(locked, "locked")
    shop.set_state(ordered, "ordered")
    share = glue.shared(cart, READER, by=OWNER)
    glue.shared(cart, WRITER, by=OWNER, group=2)
    return {"cart": cart, "locked": locked, "ordered": ordered, "foreign": foreign, "share": share}


@dataclass(frozen=True)
class Row:
    method: str
    path: str
    who: object
    body: object
    errors: tuple

    def __str__(self):
        return f"{self.method} {self.path} {self.errors[-1][1] or self.errors[-1][0]}"


def row(method, path, who, body, *errors):
    return Row(method, path, who, body, errors)


ONE = item(sku="MUG-1", quantity=1)
POST = "/carts/{cart}/shared-carts"
SHARE = "/shared-carts/{share}"
ITEMS = "/carts/{cart}/items"
ITEM = "/carts/{cart}/items/i1"
CHANGE = posted("shared-carts", {"idCartPermissionGroup": 2})
TO_COLLEAGUE = share_order(COLLEAGUE)

SHARING = [
    row("POST", POST, OWNER, posted("carts", {"idCompanyUser": "x"}), INVALID_TYPE),
    row("POST", POST, OWNER, posted("shared-carts", None), INVALID_POST),
    row("POST", POST, OWNER, {"data": {"type": "shared-carts"}}, INVALID_POST),
    row("POST", POST, OWNER, {"data": {"attributes": {"idCompanyUser": "x"}}}, INVALID_POST),
    row("POST", POST, OWNER, {"data": [TO_COLLEAGUE["data"]]}, INVALID_POST),
    row("POST", POST, OWNER, {}, INVALID_POST),
    row("POST", POST, OWNER, b"{", INVALID_POST),
    row("POST", POST, OWNER, b"", INVALID_POST),
    row("POST", POST, OWNER, b"[]", INVALID_POST),
    row("POST", POST, OWNER, posted("shared-carts", [1]), INVALID_POST),
    row("POST", POST, OWNER, posted("shared-carts", {}), missing("idCompanyUser"), missing("idCartPermissionGroup")),
    row("POST", POST, OWNER, posted("shared-carts", []), missing("idCompanyUser"), missing("idCartPermissionGroup")),
    row(
        "POST",
        POST,
        OWNER,
        posted("shared-carts", {"idCompanyUser": "", "idCartPermissionGroup": None}),
        blank("idCompanyUser"),
        blank("idCartPermissionGroup"),
    ),
    row("POST", POST, OWNER, posted("shared-carts", {"idCompanyUser": "x"}), missing("idCartPermissionGroup")),
    row("POST", "/shared-carts", OWNER, TO_COLLEAGUE, CART_ID_MISSING),
    row("POST", "/carts//shared-carts", OWNER, TO_COLLEAGUE, CART_ID_MISSING),
    row("POST", POST, OWNER, posted("shared-carts", {"idCompanyUser": "nobody", "idCartPermissionGroup": 1}), USER_NOT_FOUND),
    row("POST", POST, OWNER, posted("shared-carts", {"idCompanyUser": "../x", "idCartPermissionGroup": 1}), USER_NOT_FOUND),
    row("POST", POST, OWNER, posted("shared-carts", {"idCompanyUser": 17, "idCartPermissionGroup": 1}), USER_NOT_FOUND),
    row("POST", POST, OWNER, share_order(INACTIVE), USER_NOT_FOUND),
    row("POST", POST, OWNER, share_order(LEFT), USER_NOT_FOUND),
    row("POST", POST, OWNER, share_order(OUTSIDER), OTHER_COMPANY),
    row("POST", POST, CUSTOMER, TO_COLLEAGUE, OTHER_COMPANY),
    row("POST", "/carts/no-such-cart/shared-carts", OWNER, TO_COLLEAGUE, CART_NOT_FOUND),
    row("POST", "/carts/-/shared-carts", OWNER, TO_COLLEAGUE, CART_NOT_FOUND),
    # Spryker tells a foreign cart from an unknown one here; whoever may not know of it learns nothing from us.
    row("POST", "/carts/{foreign}/shared-carts", OWNER, TO_COLLEAGUE, CART_NOT_FOUND),
    row("POST", "/carts/{ordered}/shared-carts", OWNER, TO_COLLEAGUE, CART_NOT_FOUND),
    row("POST", POST, OWNER, share_order(COLLEAGUE, 3), GROUP_INVALID),
    row("POST", POST, OWNER, share_order(COLLEAGUE, 0), GROUP_INVALID),
    row("POST", POST, OWNER, share_order(COLLEAGUE, "two"), GROUP_INVALID),
    row("POST", POST, OWNER, share_order(COLLEAGUE, 1.5), GROUP_INVALID),
    row("POST", POST, OWNER, share_order(COLLEAGUE, [1]), GROUP_INVALID),
    row("POST", POST, READER, TO_COLLEAGUE, FORBIDDEN),
    row("POST", POST, WRITER, TO_COLLEAGUE, FORBIDDEN),
    row("POST", POST, OWNER, share_order(OWNER), SHARE_FAILED),
    row("POST", POST, OWNER, share_order(READER), SHARE_FAILED),
    row("POST", POST, OWNER, share_order(READER, 2), SHARE_FAILED),
    row("PATCH", "/shared-carts", OWNER, CHANGE, ID_MISSING),
    row("PATCH", "/carts/{cart}/shared-carts", OWNER, CHANGE, ID_MISSING),
    row("PATCH", "/carts//shared-carts/{share}", OWNER, CHANGE, ID_MISSING),
    row("PATCH", SHARE, OWNER, posted("carts", {"idCartPermissionGroup": 2}), INVALID_TYPE),
    row("PATCH", SHARE, OWNER, b"{", INVALID_POST),
    row("PATCH", SHARE, OWNER, posted("shared-carts", {}), missing("idCartPermissionGroup")),
    row("PATCH", SHARE, OWNER, posted("shared-carts", {"idCartPermissionGroup": ""}), blank("idCartPermissionGroup")),
    row("PATCH", "/shared-carts/no-such-share", OWNER, CHANGE, SHARE_NOT_FOUND),
    row("PATCH", SHARE, COLLEAGUE, CHANGE, SHARE_NOT_FOUND),
    row("PATCH", SHARE, OWNER, posted("shared-carts", {"idCartPermissionGroup": 7}), GROUP_INVALID),
    row("PATCH", SHARE, READER, CHANGE, FORBIDDEN),
    row("PATCH", SHARE, WRITER, CHANGE, FORBIDDEN),
    row("DELETE", "/shared-carts", OWNER, None, ID_MISSING),
    row("DELETE", "/carts/{cart}/shared-carts", OWNER, None, ID_MISSING),
    row("DELETE", "/shared-carts/no-such-share", OWNER, None, SHARE_NOT_FOUND),
    row("DELETE", SHARE, COLLEAGUE, None, SHARE_NOT_FOUND),
    row("DELETE", SHARE, OUTSIDER, None, SHARE_NOT_FOUND),
    row("DELETE", SHARE, WRITER, None, FORBIDDEN),
    row("GET", "/shared-carts/no-such-share", OWNER, None, SHARE_NOT_FOUND),
    row("GET", SHARE, COLLEAGUE, None, SHARE_NOT_FOUND),
    row("GET", SHARE, CUSTOMER, None, SHARE_NOT_FOUND),
]
READING = [
    row("GET", "/carts/no-such-cart", OWNER, None, CART_NOT_FOUND),
    row("GET", "/carts/{foreign}", OWNER, None, CART_NOT_FOUND),
    row("GET", "/carts/%FF", OWNER, None, CART_NOT_FOUND),
    row("GET", "/carts/{cart}", COLLEAGUE, None, CART_NOT_FOUND),
    row("GET", "/carts/{cart}", OUTSIDER, None, CART_NOT_FOUND),
    row("GET", "/carts/{cart}", LEFT, None, CART_NOT_FOUND),
    row("GET", "/carts/{ordered}", OWNER, None, CART_NOT_FOUND),
    row("GET", "/cart-permission-groups/3", OWNER, None, GROUP_NOT_FOUND),
    row("GET", "/cart-permission-groups/abc", OWNER, None, GROUP_NOT_FOUND),
    row("GET", "/company-users", CUSTOMER, None, USER_NOT_SELECTED),
    row("GET", "/company-users", LEFT, None, USER_NOT_SELECTED),
]
ITEM_ROWS = [
    row("POST", ITEMS, OWNER, posted("carts", {"sku": "x"}), INVALID_TYPE),
    row("POST", ITEMS, OWNER, b'{"data": 1}', INVALID_POST),
    row("POST", ITEMS, OWNER, item(), missing("sku"), missing("quantity")),
    row(
        "POST",
        ITEMS,
        OWNER,
        item(sku="", quantity=""),
        blank("sku"),
        blank("quantity"),
        (422, "901", "quantity => This value should be of type numeric."),
        (422, "901", "quantity => This value should be greater than 0."),
    ),
    row("POST", ITEMS, OWNER, item(sku="x", quantity=None), blank("quantity")),
    *[
        row("POST", ITEMS, OWNER, item(sku="x", quantity=quantity), (422, "901", f"quantity => This value should be {text}."))
        for quantity, text in [
            (0, "greater than 0"),
            ("0", "greater than 0"),
            (-1, "greater than 0"),
            ("-1", "greater than 0"),
            ("many", "of type numeric"),
            ('1,"x":2', "of type numeric"),
            (True, "of type numeric"),
            ([1], "of type numeric"),
            (1.5, "of type integer"),
            ("1.5", "of type integer"),
            (10**9, "less than or equal to 99999"),
            (10**30, "of type integer"),
        ]
    ],
    row("POST", ITEMS, OWNER, item(sku=5, quantity=1), (422, "901", "sku => This value should be of type string.")),
    row("POST", ITEMS, OWNER, item(sku="x\ny", quantity=1), (422, "901", "sku => This value is not valid.")),
    row("POST", "/carts//items", OWNER, ONE, CART_ID_MISSING),
    row("POST", "/items", OWNER, ONE, CART_ID_MISSING),
    row("POST", "/carts/no-such-cart/items", OWNER, ONE, CART_NOT_FOUND),
    row("POST", "/carts/{foreign}/items", OWNER, ONE, CART_NOT_FOUND),
    row("POST", "/carts/{ordered}/items", OWNER, ONE, CART_NOT_FOUND),
    row("POST", "/carts/{locked}/items", OWNER, ONE, ITEM_NOT_ADDED),
    row("POST", ITEMS, READER, ONE, UNAUTHORIZED),
    row("PATCH", ITEMS, OWNER, item(quantity=1), ID_MISSING),
    row("PATCH", "/carts//items/i1", OWNER, item(quantity=1), ID_MISSING),
    row("PATCH", ITEM, OWNER, item(), missing("quantity")),
    row("PATCH", "/carts/no-such-cart/items/i1", OWNER, item(quantity=1), CART_NOT_FOUND),
    row("PATCH", ITEM, COLLEAGUE, item(quantity=1), CART_NOT_FOUND),
    row("PATCH", "/carts/{cart}/items/fake", OWNER, item(quantity=1), ITEM_NOT_FOUND),
    row("PATCH", "/carts/{locked}/items/i1", OWNER, item(quantity=1), ITEM_NOT_UPDATED),
    row("PATCH", ITEM, READER, item(quantity=1), UNAUTHORIZED),
    row("PATCH", "/carts/{cart}/items/fake", READER, item(quantity=1), ITEM_NOT_FOUND),
    row("PATCH", "/carts/{locked}/items/fake", OWNER, item(quantity=1), ITEM_NOT_FOUND),
    row("PATCH", "/carts/{cart}/items/fake", COLLEAGUE, item(quantity=1), CART_NOT_FOUND),
    row("DELETE", ITEMS, OWNER, None, ID_MISSING),
    row("DELETE", "/carts//items/i1", OWNER, None, ID_MISSING),
    row("DELETE", "/carts/no-such-cart/items/i1", OWNER, None, CART_NOT_FOUND),
    row("DELETE", "/carts/{cart}/items/fake", OWNER, None, ITEM_NOT_FOUND),
    row("DELETE", "/carts/{locked}/items/i1", OWNER, None, ITEM_NOT_DELETED),
    row("DELETE", ITEM, READER, None, UNAUTHORIZED),
    row("DELETE", "/carts/{cart}/items/fake", READER, None, ITEM_NOT_FOUND),
    row("DELETE", "/carts/{locked}/items/fake", OWNER, None, ITEM_NOT_FOUND),
]


@pytest.mark.parametrize("row", SHARING + READING + ITEM_ROWS, ids=str)
def test_every_error_is_sprykers(shop, glue, places, row):
    before = glue.get(f"/carts/{places['cart']}?include=items,shared-carts", OWNER)
    refused(glue(row.method, row.path.format(**places), row.who, row.body), *row.errors)
    assert glue.get(f"/carts/{places['cart']}?include=items,shared-carts", OWNER) == before


# The order of checks

ENDPOINTS = [
    ("GET", "/carts", None),
    ("GET", "/carts/{cart}", None),
    ("POST", POST, TO_COLLEAGUE),
    ("GET", SHARE, None),
    ("PATCH", SHARE, CHANGE),
    ("PATCH", "/carts/any/shared-carts/{share}", CHANGE),
    ("DELETE", SHARE, None),
    ("GET", "/cart-permission-groups", None),
    ("GET", "/cart-permission-groups/1", None),
    ("GET", "/company-users", None),
    ("POST", ITEMS, ONE),
    ("PATCH", ITEM, item(quantity=1)),
    ("DELETE", ITEM, None),
]
endpoints = pytest.mark.parametrize("method, path, body", ENDPOINTS)


@endpoints
def test_without_a_login(glue, places, method, path, body):
    refused(glue(method, path.format(**places), None, body), TOKEN_MISSING)


@endpoints
@pytest.mark.parametrize(
    "token", ["garbage", KEYS["storefront"], "k" * 40, expired_login(OWNER)], ids=["garbage", "service", "key", "expired"]
)
def test_with_a_bad_login(glue, places, method, path, body, token):
    refused(glue(method, path.format(**places), None, body, token=token), TOKEN_INVALID)


@pytest.mark.parametrize("header", ["", " ", "\t "])
def test_a_blank_login_is_none(glue, places, header):
    refused(glue("GET", "/carts", headers={"Authorization": header}), TOKEN_MISSING)


def test_a_cookie_is_no_login(glue, places):
    refused(glue("GET", "/carts", headers={"Cookie": f"shop_login={OWNER.login}"}), TOKEN_MISSING)


@endpoints
def test_accept_comes_first(glue, places, method, path, body):
    refused(glue(method, path.format(**places), None, body and b"{", accept=None), NOT_ACCEPTABLE)


@endpoints
@pytest.mark.parametrize("type", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_the_content_type_is_json_or_absent(glue, places, method, path, body, type):
    refused(glue(method, path.format(**places), None, body, headers={"Content-Type": type}), UNSUPPORTED_MEDIA_TYPE)


@pytest.mark.parametrize("accept", ["*/*", "application/json", MEDIA_TYPE + "; version=1.0", ""])
def test_any_accept_will_do(glue, places, accept):
    glue.done(glue("GET", "/carts", OWNER, accept=accept))


@pytest.mark.parametrize("type", ["application/json", MEDIA_TYPE, MEDIA_TYPE + "; version=1.0"])
def test_json_content_types(glue, places, type):
    refused(glue("POST", POST.format(**places), OWNER, share_order(READER), headers={"Content-Type": type}), SHARE_FAILED)


@pytest.mark.parametrize("method, path, body", [(*endpoint[:2], endpoint[2]) for endpoint in ENDPOINTS if endpoint[2]])
def test_the_document_is_checked_before_the_login(glue, places, method, path, body):
    refused(glue(method, path.format(**places), None, posted("elsewhere", {"x": 1})), INVALID_TYPE)
    refused(glue(method, path.format(**places), None, {}), INVALID_POST)
    refused(glue(method, path.format(**places), None, posted(body["data"]["type"], {})), TOKEN_MISSING)


def test_a_missing_id_is_told_before_the_login(glue, places):
    refused(glue("DELETE", "/shared-carts"), ID_MISSING)
    refused(glue("PATCH", "/shared-carts", None, CHANGE), ID_MISSING)
    refused(glue("PATCH", "/shared-carts", None, {}), INVALID_POST)


@pytest.mark.parametrize(
    "method, path",
    [
        ("GET", ""),
        ("GET", "/"),
        ("GET", "/nothing"),
        ("GET", "/shared-carts"),
        ("GET", "/carts/{cart}/shared-carts"),
        ("GET", "/carts/{cart}/items"),
        ("POST", "/carts"),
        ("POST", "/carts/{cart}"),
        ("POST", "/carts/items"),
        ("PATCH", "/carts/{cart}"),
        ("DELETE", "/carts/{cart}"),
        ("PUT", "/carts/{cart}"),
        ("POST", "/shared-carts/{share}"),
        ("POST", "/cart-permission-groups"),
        ("GET", "/carts//{cart}"),
        ("GET", "//carts//{cart}/"),
        ("DELETE", "/carts/{cart}//shared-carts/{share}"),
        ("PATCH", "/carts/items/i1"),
        ("OPTIONS", "/carts"),
        ("POST", "/access-tokens"),
        ("POST", "/company-user-access-tokens"),
    ],
)
def test_unknown_paths_and_methods_are_not_found(glue, places, method, path):
    refused(glue(method, path.format(**places), OWNER, {} if method in ("POST", "PATCH", "PUT") else None), NOT_FOUND)


def test_several_faults_show_in_glues_order(glue, places):
    """Person, company, cart, group, owner, already shared: each is told before the next."""
    unknown = posted("shared-carts", {"idCompanyUser": "nobody", "idCartPermissionGroup": 9})
    refused(glue("POST", "/carts/no-such-cart/shared-carts", READER, unknown), USER_NOT_FOUND)
    refused(glue("POST", "/carts/no-such-cart/shared-carts", READER, share_order(INACTIVE, 9)), USER_NOT_FOUND)
    refused(glue("POST", "/carts/no-such-cart/shared-carts", READER, share_order(OUTSIDER, 9)), OTHER_COMPANY)
    refused(glue("POST", "/carts/no-such-cart/shared-carts", READER, share_order(READER, 9)), CART_NOT_FOUND)
    refused(glue("POST", POST.format(**places), READER, share_order(READER, 9)), GROUP_INVALID)
    refused(glue("POST", POST.format(**places), READER, share_order(READER)), FORBIDDEN)
    refused(glue("PATCH", SHARE.format(**places), READER, posted("shared-carts", {"idCartPermissionGroup": 9})), GROUP_INVALID)


def test_a_large_body_is_refused_in_glues_shape(glue, places):
    answer = glue("POST", POST.format(**places), OWNER, posted("shared-carts", {"idCompanyUser": "x" * 70_000}))
    refused(answer, (413, None, "The body is too large"))


@pytest.mark.parametrize("person", [OWNER, None], ids=["also in the header", "in the query only"])
def test_a_login_in_the_query_is_refused(glue, person):
    answer = glue("GET", f"/carts?access_token={OWNER.login}", person)
    refused(answer, (400, None, "Send a login in the Authorization header, never in the address."))
    assert OWNER.login not in answer.everything.decode()
