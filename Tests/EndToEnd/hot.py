# SPDX-License-Identifier: Apache-2.0
"""Links whose answers are held, in every form that strangers get: asked again at once after something changed."""

import gzip

from wire import Counts, Wire, request

FORMS = [(prefix, kind) for prefix in ("/v1/shared/", "/s/") for kind in ("plain", "gzip", "known")]


class Hot:
    """Several links, each held in all forms, and a kept connection on which they are asked."""

    def __init__(self, server, links, **wire):
        self.server, self.links, self.wire = server, links, Wire(server.public.port, **wire)
        plain = [(link, prefix) for link in links for prefix in ("/v1/shared/", "/s/")]
        self.tags = {(link["id"], prefix): self._ask(link, prefix, "plain").header("ETag") for link, prefix in plain}
        self._everything()
        before = Counts.of(server)
        self.before = self._everything()
        assert Counts.of(server) - before == Counts(0, len(links) * len(FORMS)), "not everything is held"
        assert [answer.status for answer in self.before] == [200, 200, 304] * 2 * len(links)

    def asked_again(self):
        """Every link in every form; of each form one link is asked in it before it is asked in any other."""
        found = []
        for number, link in enumerate(self.links):
            first = number % len(FORMS)
            for prefix, kind in FORMS[first:] + FORMS[:first]:
                answer = self._ask(link, prefix, kind)
                found.append((link["id"], prefix, kind, answer))
        return found

    def _everything(self):
        return [self._ask(link, prefix, kind) for link in self.links for prefix, kind in FORMS]

    def _ask(self, link, prefix, kind):
        lines = {"plain": [], "gzip": ["Accept-Encoding: gzip"], "known": []}[kind]
        if kind == "known":
            lines = [f"If-None-Match: {self.tags[link['id'], prefix]}"]
        return self.wire.ask(request("GET", prefix + link["token"], "Accept-Language: en", *lines))


def hot(server, count=len(FORMS), cart_id=None, person=None, **fields):
    """Links on one cart, all held."""
    person = {"person": person} if person else {}
    cart_id = cart_id or server.put(*person.values())
    return Hot(server, [server.link(cart_id, **person, **fields) for _ in range(count)])


def text(answer):
    body = gzip.decompress(answer.body) if answer.header("Content-Encoding") == "gzip" else answer.body
    return body.decode()


def refused(found, status):
    """Asserts that nothing opens any more."""
    wrong = [(prefix, kind, answer.status) for _, prefix, kind, answer in found if answer.status != status]
    assert not wrong, wrong


def shows(found, words, pages=True):
    """Asserts that everything opens and shows the words, also to who knows what was there before."""
    for _, prefix, kind, answer in found:
        if pages or prefix != "/s/":
            assert answer.status == 200 and words in text(answer), (prefix, kind, answer.status)
