// SPDX-License-Identifier: Apache-2.0
// A server that does for links what Cartlink's hot path does: decode, HMAC, look up, answer from memory. node server.mjs SETTINGS.json

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { KeyRing, decode } from "./token.mjs";

const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const ring = new KeyRing(readFileSync(settings.keyFile, "utf8"), settings.tenant, settings.host);

/** A status, headers and a body, ready to send. Node takes headers as a flat list fastest. */
function readAnswer(file) {
    if (!file) return null;
    const body = readFileSync(file.body);
    const etag = file.headers.find(([name]) => name === "ETag")?.[1];
    const unmodified = file.headers.filter(([name]) => name !== "Content-Type").flat();
    return { status: file.status, etag, unmodified, headers: [...file.headers.flat(), "Content-Length", String(body.length)], body };
}

const copy = (answer) => answer && { ...answer, body: Buffer.from(answer.body) };
const routes = Object.entries(settings.routes).map(([route, { plain, gzip }]) => [route, readAnswer(plain), readAnswer(gzip)]);
const notFound = readAnswer(settings.notFound);
const gone = readAnswer(settings.gone);

/** Lines of `<id as hex> <expiry, Unix seconds>`; each link gets bytes of its own, as a cache would hold them. */
const links = new Map();
for (const line of readFileSync(settings.links, "utf8").split("\n").filter(Boolean)) {
    const [id, expires] = line.split(" ");
    const answers = Object.fromEntries(routes.map(([route, plain, gzip]) => [route, { plain: copy(plain), gzip: copy(gzip) }]));
    links.set(Buffer.from(id, "hex").toString("latin1"), { expires: Number(expires) * 1000, revoked: false, answers });
}

/** In Cartlink's order: the tag before the record, the record before the answer. */
function open(text, route, request) {
    const token = decode(text);
    if (token === null || !ring.isGenuine(token)) return notFound;
    const link = links.get(token.latin1Slice(1, 17));
    if (link === undefined) return notFound;
    if (link.revoked || Date.now() >= link.expires) return gone;
    const { plain, gzip } = link.answers[route];
    return gzip !== null && request.headers["accept-encoding"]?.includes("gzip") ? gzip : plain;
}

function answer(request) {
    if (request.method !== "GET") return notFound;
    for (const [route] of routes) {
        if (request.url.startsWith(route)) return open(request.url.slice(route.length), route, request);
    }
    return notFound;
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const chosen = answer(request);
    if (chosen.etag !== undefined && request.headers["if-none-match"] === chosen.etag) {
        response.writeHead(304, chosen.unmodified).end();
    } else {
        response.writeHead(chosen.status, chosen.headers).end(chosen.body);
    }
});
const [host, port] = settings.address.split(":");
server.listen({ host, port: Number(port), backlog: 4096 });
