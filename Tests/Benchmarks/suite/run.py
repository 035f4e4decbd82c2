# SPDX-License-Identifier: Apache-2.0
"""One run: sets up all servers, measures them in turns, and stops them whatever happens."""

import contextlib
import json
import tempfile
import time
from pathlib import Path

import clustered
import cold
import contenders
import latency
import measuring
import memory
import parts
import peers
import seeded
import writing
from contenders import PAGE, VIEW
from figures import Figures
from machine import ROOT
from nodes import Nodes
from server import free_ports
from shop import Shop
from visit import Wrong

GZIP = {"Accept-Encoding": "gzip"}


def the_cart():
    """The cart of 1 kB without its last line: its view then has about 1.3 kB."""
    cart = json.loads((ROOT / "Tests/Benchmarks/carts/cartlink-1k.json").read_text())
    return cart | {"items": cart["items"][:2]}


class Run:
    def __init__(self, plan, folders, progress):
        self.plan, self.progress, self.figures = plan, progress, Figures()
        self.seeded_folders = folders
        self.links, self.all, self.seeded = [], [], []

    def measure(self):
        """Measures everything; the figures of what went wrong are left out and say why."""
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cartlink-bench-")))
            self._start_shop(folder, stack)
            self._start_peers(folder, stack)
            self._start_nodes(folder, stack)
            self._start_seeded(stack)
            self._measure_rates()
            self._measure_nodes()
            self._measure_latencies()
            memory.take("memory-loaded", self.all + [one for one, _ in self.seeded], self.figures)
            self._measure_cold()
        self._in_turns(parts.measurements(self.figures), self.plan.cold_rounds)
        return self.figures

    def _start_shop(self, folder, stack):
        self.progress.say(f"making {self.plan.links} carts with a link each")
        self.shop = Shop(folder / "cartlink")
        stack.callback(self.shop.stop)
        self.shop.server.start()
        self.links = self.shop.make_links(the_cart(), self.plan.links)
        self.shop.stop()
        self.shop.server.start()
        time.sleep(1)
        self.cartlink = contenders.cartlink(self.shop)
        self.all = [self.cartlink, contenders.router(self.shop)]
        memory.take("memory-idle", [self.cartlink], self.figures)

    def _start_peers(self, folder, stack):
        self.progress.say("starting nginx, Go and Node with Cartlink's answers")
        answers = self._answers(folder / "answers")
        for name, start in {"nginx": peers.start_nginx, "go": peers.start_go, "node": peers.start_node}.items():
            (port,) = free_ports(1)
            (folder / name).mkdir()
            program = start(folder / name, port, self.shop, answers, self.links)
            stack.callback(program.stop)
            made = contenders.nginx(program, self.shop) if name == "nginx" else contenders.token_peer(name, program)
            self.all.append(made)
            memory.take("memory-idle", [made], self.figures)

    def _answers(self, folder):
        """Cartlink's own answers, one of each kind; a link that is revoked for it gives the 410."""
        ask = lambda route, link, headers=None, **more: self.cartlink.visit(route, [link], headers, **more)
        answers = peers.Answers(folder)
        hot, revoked = self.links[0], self.links[-1]
        for route in (VIEW, PAGE):
            answers.keep(route, ask(route, hot), ask(route, hot, GZIP))
        answers.keep_other("notFound", contenders.forged_visit(self.cartlink, [hot], self.shop))
        self.shop.revoke(self.links.pop())
        answers.keep_other("gone", ask(VIEW, revoked, status=410))
        return answers

    def _start_nodes(self, folder, stack):
        self.progress.say(f"starting PostgreSQL and two nodes on it, with {self.plan.links} carts with a link each")
        self.nodes = Nodes(folder / "nodes", the_cart(), self.plan.links, stack)

    def _start_seeded(self, stack):
        for count, folder in self.seeded_folders:
            name = seeded.name(count)
            self.progress.say(f"starting on {folder}")
            shop = seeded.SeededShop(folder)
            stack.callback(shop.stop)
            self.figures.add("start", name, shop.seconds_to_ready() * 1000)
            time.sleep(1)
            contender = contenders.cartlink(shop, name)
            memory.take("memory-idle", [contender], self.figures)
            self.seeded.append((contender, shop.links(self.plan.links)))

    def _measure_rates(self):
        measurements = []
        lengths = self._lengths()
        for contender in self.all:
            self._check_doors(contender, self.links)
            for row, visit in contenders.reading_visits(contender, self.links, self.shop, lengths):
                if self.plan.has(row, contender.name):
                    measurements.append(measuring.rate(row, contender, visit, self.plan, self.figures))
        self._check_doors(self.nodes.contender, self.nodes.links)
        visit = self.nodes.contender.visit(VIEW, self.nodes.links[:1], length=lengths["view"])
        measurements.append(measuring.rate("view", self.nodes.contender, visit, self.plan, self.figures))
        for contender, links in self.seeded:
            measurements.append(measuring.rate("spread", contender, contender.visit(VIEW, links), self.plan, self.figures))
        measurements += writing.measurements(self.shop, self.cartlink, self.links, self.plan, self.figures)
        self._in_turns(measurements, self.plan.rounds)

    def _check_doors(self, contender, links):
        """Whoever opens a forged link doesn't do the job that is measured."""
        try:
            contenders.forged_visit(contender, links[:1], self.shop).check()
        except Wrong as trouble:
            raise Wrong(f"{contender.name}, asked for a forged link: {trouble}") from None

    def _lengths(self):
        """How long Cartlink's bodies are, by row."""
        free = dict.fromkeys(("view", "page", "view-browser", "page-browser"))
        visits = contenders.reading_visits(self.cartlink, self.links, self.shop, free)
        return {row: len(visit.check()[1]) for row, visit in visits if row in free}

    def _measure_nodes(self):
        measurements = clustered.measurements(self.nodes, self.cartlink, self.links[0], self.plan, self.figures)
        self._in_turns(measurements, self.plan.node_rounds)

    def _measure_latencies(self):
        measurements = []
        for contender in self.all:
            if contender.name in ("cartlink", "nginx", "go"):
                visit = contender.visit(VIEW, self.links[:1])
                measurements.append(latency.at_share("p99-at-70", contender, visit, 0.7, self.plan, self.figures))
        # Four times what the fast path answers is more than the generator can ask for; what can be refused goes by the router.
        router = next(contender for contender in self.all if contender.name == "router")
        visit = router.visit(VIEW, self.links[:1])
        measurements.append(latency.at_share("p99-at-50", router, visit, 0.5, self.plan, self.figures, "acceptedFromSend"))
        measurements.append(latency.overload(router, visit, self.plan, self.figures))
        self._in_turns(measurements, self.plan.rounds)

    def _measure_cold(self):
        measurements = list(cold.measurements(self.shop, self.cartlink, self.links, self.plan, self.figures))
        for contender, links in self.seeded:
            measurements += cold.measurements(contender.server, contender, links, self.plan, self.figures)
        self._in_turns(measurements, self.plan.cold_rounds)

    def _in_turns(self, measurements, rounds):
        measuring.in_turns(measurements, rounds, self.figures, self.progress)
