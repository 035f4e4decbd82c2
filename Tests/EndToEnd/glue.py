# SPDX-License-Identifier: Apache-2.0
"""A client of Spryker's Glue API, as its users write one: JSON:API in and out, and nothing of our own API."""

from dataclasses import dataclass

from client import Client

MEDIA_TYPE = "application/vnd.api+json"

# The errors as Spryker's code words them: status, code, detail.
NOT_ACCEPTABLE = (406, None, "Not acceptable.")
UNSUPPORTED_MEDIA_TYPE = (415, None, "Unsupported media type.")
NOT_FOUND = (404, None, "Not Found")
INVALID_TYPE = (400, None, "Invalid type.")
INVALID_POST = (400, None, "Post data is invalid.")
ID_MISSING = (400, None, "Resource id is not specified.")
TOKEN_MISSING = (403, "002", "Missing access token.")
TOKEN_INVALID = (401, "001", "Invalid access token.")
LOGIN_FAILED = (401, "003", "Failed to authenticate user.")
CART_ID_MISSING = (400, "104", "Cart uuid is missing.")
CART_NOT_FOUND = (404, "101", "Cart with given uuid not found.")
ITEM_NOT_FOUND = (404, "103", "Item with the given group key not found in the cart.")
ITEM_NOT_ADDED = (422, "113", "Cart item could not be added.")
ITEM_NOT_UPDATED = (422, "114", "Cart item could not be updated.")
ITEM_NOT_DELETED = (422, "106", "Cart item could not be deleted.")
UNAUTHORIZED = (403, "115", "Unauthorized cart action.")
USER_NOT_FOUND = (404, "1404", "Company user not found")
GROUP_NOT_FOUND = (404, "2501", "Cart permission group not found.")
GROUP_INVALID = (422, "2501", "Cart permission group not found.")
FORBIDDEN = (403, "2701", "Action is forbidden.")
SHARE_FAILED = (422, "2702", "Failed to share a cart.")
OTHER_COMPANY = (403, "2703", "Cart can be shared only with company users from same company.")
SHARE_NOT_FOUND = (404, "2705", "Shared cart not found.")
USER_NOT_SELECTED = (
    403,
    "1403",
    "Current company user is not set. You need to select the current company user with /company-user-access-tokens"
    " in order to access the resource collection.",
)


def missing(field):
    return (422, "901", f"{field} => This field is missing.")


def blank(field):
    return (422, "901", f"{field} => This value should not be blank.")


def refused(answer, *expected):
    """Asserts Glue's error shape with exactly these errors."""
    assert answer.headers["Content-Type"] == MEDIA_TYPE, str(answer)
    named = [{"status": status, "detail": detail} | ({"code": code} if code else {}) for status, code, detail in expected]
    assert answer.json == {"errors": named}, str(answer)
    assert answer.status == expected[-1][0], str(answer)
    challenge = 'Bearer realm="Access to shop API"' if answer.status == 401 else None
    assert answer.headers["WWW-Authenticate"] == challenge
    assert answer.headers["Content-Language"] == "en_US"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer


def posted(type, attributes):
    return {"data": {"type": type, "attributes": attributes}}


def share_order(person, group=1):
    return posted("shared-carts", {"idCompanyUser": person.company_user, "idCartPermissionGroup": group})


def item(**attributes):
    return posted("items", attributes)


@dataclass(frozen=True)
class Glue:
    public: Client

    def __call__(self, method, path, person=None, body=None, accept=MEDIA_TYPE, token=None, headers=None):
        sent = dict(headers or {})
        if accept is not None:
            sent["Accept"] = accept
        if body is not None:
            sent.setdefault("Content-Type", MEDIA_TYPE)
        return self.public(method, "/glue" + path, body, token or (person and person.login), sent)

    def get(self, path, person):
        """What a GET that succeeds answers."""
        return self.done(self("GET", path, person))

    def done(self, answer, status=200):
        assert answer.status == status, str(answer)
        assert answer.headers["Content-Type"] == MEDIA_TYPE
        assert answer.headers["Content-Language"] == "en_US"
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.json

    def share(self, cart, colleague, by, group=1):
        return self("POST", f"/carts/{cart}/shared-carts", by, share_order(colleague, group))

    def shared(self, cart, colleague, by, group=1):
        """Shares a cart and returns the id of the shared cart."""
        return self.done(self.share(cart, colleague, by, group), 201)["data"]["id"]


def ids(document):
    return [resource["id"] for resource in document["data"]]


def included(document, type):
    """The included resources of one type, by id."""
    return {resource["id"]: resource for resource in document.get("included", []) if resource["type"] == type}


def related(resource, type):
    """The ids that a resource names under a relationship."""
    linkage = resource.get("relationships", {}).get(type, {"data": []})["data"]
    assert all(one["type"] == type for one in linkage)
    return [one["id"] for one in linkage]
