# SPDX-License-Identifier: Apache-2.0
"""A cart's platform that fails: how it does, through which doors clients meet it, and what none of them may be told."""

import contextlib
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import carts
from logins import ANNA
from patience import PATIENCE
from platforms import KINDS
from upstream import HTML, METADATA, PAGE, Fault

# The settings' section of each.
SECTIONS = {"vtex": "vtex", "spryker": "spryker", "medusa": "http"}
# From sending a request to its answer: a platform is waited for 5 s; the rest is the computer's.
LONGEST = 5 + 0.75 * PATIENCE
# A platform that failed often is left alone for 10 s.
RECOVERY = 10 + PATIENCE
# None: nothing listens. The slow ones come first, so that nobody waits for them in the end.
FAULTS = {
    "silence": Fault.silence(),
    "one byte at a time": Fault.dripping(),
    "platform down": None,
    "500 with a page": Fault.html(),
    "503": Fault.status(503),
    "200 with a page": Fault.ok(PAGE, HTML),
    "200 with half a JSON text": Fault.invalid_json(),
    "50 MB": Fault.huge(),
    "50 MB in chunks": Fault.huge(chunked=True),
    "half an answer": Fault.half_answer(),
    "reset": Fault.reset(),
    "429, come back in 7 s": Fault.busy(),
    "404 with a page": Fault.html(404),
    "200 with an error": Fault.error_body(),
    "redirect to the metadata": Fault.redirect(),
    "another cart's id": Fault.wrong_cart_id(),
}
WORDS = "vtex spryker glue medusa orderform ord001 operationid circuit 169.254 latest/ upstream".split()
WORDS += ["server error", "not found", "too many requests", "is invalid", "answered", "refused", "reset", "redirect"]


@contextlib.contextmanager
def started(kind, folder, changes=None, **settings):
    """A shop over a platform of its own."""
    shop = KINDS[kind](folder, carts={SECTIONS[kind]: settings}, **(changes or {}))
    try:
        yield shop.start()
        assert shop.upstream.forbidden == []
    finally:
        shop.close()


def read(shop, alias, person=ANNA):
    return shop.server.public.get(f"/v1/carts/{alias}", shop.login(person))


def edit(shop, alias, method="POST", path="", body=None, person=ANNA, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return shop.server.public(method, f"/v1/carts/{alias}/items{path}", body, person.login, named)


def is_write(request):
    return request.method in ("PATCH", "DELETE") or request.path.endswith(("/items", "/items/update"))


def writes(shop):
    return [request for request in shop.upstream.requests if is_write(request)]


def of_writes(fault, times=None):
    """The fault befalls only what changes carts, and only so often."""
    left = [times]

    def choose(request):
        if not is_write(request) or left[0] == 0:
            return None
        left[0] = left[0] and left[0] - 1
        return fault

    return choose


# How many pieces a cart holds: as the platform has it, and as somebody was shown it


def pieces(shop, cart):
    with shop.upstream.lock:
        return sum(item["quantity"] for item in shop.upstream.carts[cart]["items"])


def shown(shop, answer):
    return sum(quantity for _, quantity in shop.lines(answer.ok(200, 201)["cart"]).values())


def grow(shop, cart):
    """Somebody changes the cart on its platform."""
    with shop.upstream.lock:
        shop.upstream.carts[cart]["items"][0]["quantity"] += 1
        shop.upstream.recalculate(cart)


def told(shop):
    """All that the service says of itself."""
    return shop.server.log.read_bytes() + shop.server.output.read_bytes() + shop.server.admin.get("/metrics").body


def series(shop, name):
    """A metric's series with their values: `{labels: value}`."""
    text = shop.server.admin.get("/metrics").body.decode()
    return {labels: float(value) for labels, value in re.findall(rf"^{name}{{(.*)}} (\S+)$", text, re.M)}


def circuit(shop):
    """0 closed, 1 half open, 2 open."""
    ((labels, level),) = series(shop, "cartlink_source_circuit").items()
    assert labels == 'host="127.0.0.1"'
    return level


def words_of(shop, answer):
    """What the answer tells of the platform."""
    said = answer.everything.lower()
    found = [word for word in [*WORDS, f":{shop.upstream.port}"] if word.encode() in said]
    return found + carts.leaks(answer.everything)


def timed(call):
    began = time.monotonic()
    answer = call()
    return answer, time.monotonic() - began


def at_once(calls):
    """Makes all calls at the same time: each answer with the seconds until it came."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(timed, calls))


@dataclass
class Shared:
    """A cart of the platform with a link to it."""

    shop: object
    cart: str
    link: dict
    alias: str

    @classmethod
    def of(cls, shop, **fields):
        return cls(shop, *shop.shared(**fields))

    @property
    def doors(self):
        server = self.shop.server
        return {
            "view": lambda: server.shared(self.link),
            "page": lambda: server.page(self.link),
            "owner": lambda: read(self.shop, self.alias),
            "share": lambda: self.shop.share(self.cart),
        }


@dataclass
class Endured:
    """What clients saw of a fault: `(door, answer, seconds)`, and what each answer told of the platform."""

    seen: list
    words: list
    # From the fault's end until each cart was shown again, and whether it was the cart as it then was.
    recovery: float
    is_true: bool
    leaks: list


def endure(kind, name, folder):
    """A platform fails, with a cart for each door: so nobody waits for what somebody else asks."""
    with started(kind, folder) as shop:
        shared = {door: Shared.of(shop) for door in ("view", "page", "owner", "share")}
        for one in shared.values():
            grow(shop, one.cart)
        if FAULTS[name]:
            shop.upstream.fault = FAULTS[name]
        else:
            shop.upstream.pause()
        seen = at_once([one.doors[door] for door, one in shared.items()])
        seen = [(door, *each) for door, each in zip(shared, seen)]
        # And again, perhaps without the platform's hearing of it.
        if max(seconds for _, _, seconds in seen) < 4:
            seen += [(door, *timed(one.doors[door])) for door, one in shared.items()]
        words = [(door, found) for door, answer, _ in seen if (found := words_of(shop, answer))]
        shop.upstream.clear()
        if not FAULTS[name]:
            shop.upstream.resume()
        back, is_true = time.monotonic(), True
        for door, one in shared.items():
            while (answer := one.doors[door]()).status == 503 and time.monotonic() < back + RECOVERY + 5:
                time.sleep(0.1)
            is_true = is_true and answer.status in (200, 201) and shown(shop, shop.server.shared(one.link)) == pieces(shop, one.cart)
        said = told(shop)
        secrets = [text.encode() for one in shared.values() for text in (one.cart, one.link["token"])]
        leaks = carts.leaks(said) + [secret for secret in secrets if secret in said] + [METADATA] * (METADATA.encode() in said)
        return Endured(seen, words, time.monotonic() - back, is_true, leaks)
