# SPDX-License-Identifier: Apache-2.0
"""A cart's platform that fails: how it does, through which doors clients meet it, and what none of them may be told."""

import contextlib
import re
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

import carts
import findings
from logins import ANNA
from patience import PATIENCE
from platforms import KINDS
from server import merged
from upstream import HTML, METADATA, PAGE, Fault

TABLE = "Faults of a cart's platform: fault | what clients saw | longest wait | until all was as before"
# Each with the section of its settings.
SECTIONS = {"vtex": "vtex", "spryker": "spryker", "medusa": "http"}
STARTING = threading.Lock()
DOORS = ("view", "page", "owner", "share")
# From sending a request to its answer: a platform is waited for 5 s; the rest is the computer's.
LONGEST = 5 + 0.75 * PATIENCE
# A platform that failed often is left alone for 10 s.
RECOVERY = 10 + PATIENCE
# The slow ones come first, so that nobody waits for them in the end. None: nothing listens.
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
ONCE = {"500": Fault.html(), "reset": Fault.reset(), "429": Fault.busy(429, 1), "503": Fault.busy(503, 1), "half": Fault.half_answer()}
LOST = {"reset": Fault.reset(), "500": Fault.html(), "503": Fault.status(503), "half": Fault.half_answer(), "silence": Fault.silence()}
CASES = [(name, True, "POST") for name in LOST] + [(name, False, "POST") for name in ("reset", "500", "503")]
CASES += [(name, name == "reset", method) for name in ("reset", "500") for method in ("PATCH", "DELETE")]
UNKNOWN = "isn't known"
OUTCOME = re.compile(r'host="127\.0\.0\.1",outcome="[a-z-]+"')
WORDS = "vtex spryker glue medusa orderform ord001 operationid circuit 169.254 latest/ upstream answered refused reset redirect".split()
WORDS += ["server error", "not found", "too many requests", "is invalid"]


@contextlib.contextmanager
def started(kind, folder, **settings):
    """A shop over a platform of its own."""
    # A process that is just being forked holds every port that others look at.
    with STARTING:
        shop = KINDS[kind](folder, carts={SECTIONS[kind]: settings})
        shop.server.spawn()
    try:
        shop.server.wait_until_ready()
        yield shop
        assert shop.upstream.forbidden == []
    finally:
        shop.close()


of_each = pytest.mark.parametrize("kind", SECTIONS)
of_editable = pytest.mark.parametrize("kind", ["vtex", "spryker"])


def is_write(request):
    return request.method in ("PATCH", "DELETE") or request.path.endswith(("/items", "/items/update"))


def of_writes(fault, times=None):
    """The fault befalls only what changes carts, and only so often."""
    left = [times]

    def choose(request):
        if not is_write(request) or left[0] == 0:
            return None
        left[0] = left[0] and left[0] - 1
        return fault

    return choose


def timed(call):
    began = time.monotonic()
    answer = call()
    return answer, time.monotonic() - began


def at_once(calls):
    """Makes all calls at the same time: each answer with the seconds until it came."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(timed, calls))


class Shared:
    """A cart of the platform with a link to it, and all that people do with both."""

    def __init__(self, shop, **fields):
        self.shop, self.server, self.upstream = shop, shop.server, shop.upstream
        self.cart, self.link, self.alias = shop.shared(**fields)

    def another(self):
        return Shared(self.shop)

    def ask(self, door):
        if door == "view":
            return self.server.shared(self.link)
        if door == "page":
            return self.server.page(self.link)
        if door == "owner":
            return self.server.public.get(f"/v1/carts/{self.alias}", self.shop.login())
        return self.shop.share(self.cart)

    def ask_all(self):
        """All doors at once."""
        return at_once([lambda door=door: self.ask(door) for door in DOORS])

    def edit(self, method="POST", path="", body=None, person=ANNA):
        return self.server.public(method, f"/v1/carts/{self.alias}/items{path}", body, person.login)

    def add(self, quantity, person=ANNA, sku=None):
        return self.edit(body={"sku": sku or self.shop.new_sku, "quantity": quantity}, person=person)

    def insist_on_adding(self, person):
        """Where too many wait nothing was changed, and it is tried again."""
        while (answer := self.add(1, person)).status == 503:
            assert UNKNOWN not in answer.json["detail"]
            time.sleep(0.05)
        return answer.status

    def configure(self, **settings):
        """Stops the server, which finds other settings of VTEX then."""
        assert self.server.stop() == 0
        self.server.configure(merged(self.server.settings, {"carts": {"vtex": settings}}))

    def line(self, sku):
        """A line's handle, as the owner sees it."""
        return self.shop.lines(self.ask("owner").ok()["cart"])[sku][0]

    # How many pieces the cart holds: as it is on the platform, and as somebody is shown it

    @property
    def pieces(self):
        with self.upstream.lock:
            return sum(item["quantity"] for item in self.upstream.carts[self.cart]["items"])

    def shown_by(self, answer):
        return sum(quantity for _, quantity in self.shop.lines(answer.ok(200, 201)["cart"]).values())

    def shown(self, door):
        return self.shown_by(self.ask(door))

    @property
    def quantities(self):
        return {item["id"]: item["quantity"] for item in self.upstream.carts[self.cart]["items"]}

    def grow(self):
        """Somebody changes the cart on its platform."""
        with self.upstream.lock:
            self.upstream.carts[self.cart]["items"][0]["quantity"] += 1
            self.upstream.recalculate(self.cart)

    def drop_first(self):
        self.upstream.carts[self.cart]["items"].pop(0)
        self.upstream.recalculate(self.cart)

    @contextlib.contextmanager
    def growing(self):
        """Changes all the time."""
        ended = threading.Event()

        def grow():
            while not ended.wait(0.005):
                self.grow()

        thread = threading.Thread(target=grow)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def meanwhile(self, change, times=1):
        """Makes a change between a fresh read and the write."""
        left = [times]

        def before(request):
            if is_write(request) and left[0]:
                left[0] -= 1
                change()

        self.upstream.before = before

    @property
    def heard(self):
        return len(self.upstream.requests)

    @property
    def writes(self):
        return sum(is_write(request) for request in self.upstream.requests)

    @property
    def told(self):
        return self.server.log.read_bytes() + self.server.output.read_bytes() + self.server.admin.get("/metrics").body

    def series(self, name):
        """A metric's series with their values: `{labels: value}`."""
        text = self.server.admin.get("/metrics").body.decode()
        return {labels: float(value) for labels, value in re.findall(rf"^{name}{{(.*)}} (\S+)$", text, re.M)}

    @property
    def circuit(self):
        """0 closed, 1 half open, 2 open."""
        return self.series("cartlink_source_circuit")['host="127.0.0.1"']

    def words_of(self, answer):
        """What an answer tells of the platform."""
        said = answer.everything.lower()
        found = [word for word in [*WORDS, f":{self.upstream.port}"] if word.encode() in said]
        return found + carts.leaks(answer.everything)


@dataclass
class Endured:
    """What clients saw of a fault: `(door, answer, seconds)`, and what each answer told of the platform."""

    seen: list
    words: list
    # From the fault's end until each cart was shown again, and whether it was the cart as it then was.
    recovery: float
    is_true: bool
    # What log and metrics held of it.
    leaks: list


def endure(kind, name, folder):
    """A platform fails, with a cart for each door: so nobody waits for what somebody else asks."""
    with started(kind, folder) as shop:
        shared = {door: Shared(shop) for door in DOORS}
        for one in shared.values():
            one.grow()
        if FAULTS[name]:
            shop.upstream.fault = FAULTS[name]
        else:
            shop.upstream.pause()
        asked = at_once([lambda door=door: shared[door].ask(door) for door in DOORS])
        # And again, perhaps without the platform's hearing of it.
        if max(seconds for _, seconds in asked) < 4:
            asked += [timed(lambda door=door: shared[door].ask(door)) for door in DOORS]
        seen = [(door, *each) for door, each in zip(DOORS * 2, asked)]
        words = [(door, found) for door, answer, _ in seen if (found := shared[door].words_of(answer))]
        shop.upstream.clear()
        if not FAULTS[name]:
            shop.upstream.resume()
        back, is_true = time.monotonic(), True
        for door, one in shared.items():
            while (answer := one.ask(door)).status == 503 and time.monotonic() < back + RECOVERY + 5:
                time.sleep(0.1)
            is_true = is_true and answer.status in (200, 201) and one.shown("view") == one.pieces
        secrets = [text.encode() for one in shared.values() for text in (one.cart, one.link["token"])]
        leaks = carts.leaks(one.told) + [secret for secret in [*secrets, METADATA.encode()] if secret in one.told]
        return Endured(seen, words, time.monotonic() - back, is_true, leaks)


def crowd(folder):
    """Twelve clients of one cart, one after another, while its platform answers nothing."""
    with started("vtex", folder) as shop, ThreadPoolExecutor(12) as pool:
        one, waiting = Shared(shop), []
        shop.upstream.fault = Fault.silence()
        for door in DOORS * 3:
            waiting.append(pool.submit(timed, lambda door=door: one.ask(door)))
            time.sleep(0.08)
        return [each.result() for each in waiting]


@pytest.fixture(scope="module")
def endured(tmp_path_factory):
    """All faults of all platforms, beside each other: most of it is waiting."""
    folder = tmp_path_factory.mktemp("faults")
    cases = [(name, kind) for name in FAULTS for kind in SECTIONS]
    with ThreadPoolExecutor(len(cases) + 1) as pool:
        found = {"crowd": pool.submit(crowd, folder / "crowd")}
        found |= {case: pool.submit(endure, case[1], case[0], folder / f"{number}") for number, case in enumerate(cases)}
        yield found
    for name in FAULTS:
        results = [found[name, kind].result() for kind in SECTIONS if not found[name, kind].exception()]
        wait = max((seconds for result in results for _, _, seconds in result.seen), default=0)
        back = max((result.recovery for result in results), default=0)
        tell(name, [answer for result in results for _, answer, _ in result.seen], wait, f"{back:.1f} s")


def tell(fault, answers, wait, back="–"):
    """A line of the table."""
    counted = ", ".join(f"{status}×{count}" for status, count in sorted(Counter(answer.status for answer in answers).items()))
    findings.tell(TABLE, f"{fault} | {counted} | {wait:.2f} s | {back}")


@pytest.fixture
def make(tmp_path):
    """Starts shops over platforms of the test's own, each with a shared cart."""
    with contextlib.ExitStack() as made:

        def make(kind="vtex", fields=None, **settings):
            shop = made.enter_context(started(kind, tmp_path / "shop", **settings))
            return Shared(shop, **(fields or {}))

        yield make


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Shops that run on, by kind and settings."""
    with contextlib.ExitStack() as opened:
        yield {}, lambda kind, settings: opened.enter_context(started(kind, tmp_path_factory.mktemp(kind), **settings))


@pytest.fixture
def share(kept):
    """Shares a cart of a shop that other tests use, too, which leave the circuit closed."""
    shops, start = kept
    used = []

    def share(kind="vtex", **settings):
        name = kind, *settings.items()
        if name not in shops:
            shops[name] = start(kind, settings)
        shops[name].upstream.requests.clear()
        used.append(Shared(shops[name]))
        return used[-1]

    yield share
    for one in used:
        one.upstream.clear()
        assert one.another().ask("view").status == 200 and one.circuit == 0
