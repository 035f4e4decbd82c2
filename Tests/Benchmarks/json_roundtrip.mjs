// SPDX-License-Identifier: Apache-2.0
// Measures Node: bytes to a string, JSON.parse, JSON.stringify, and back to bytes. node json_roundtrip.mjs FILE SECONDS

import { readFileSync } from "node:fs";

const [file, seconds] = process.argv.slice(2);
const cart = readFileSync(file);
const roundTrip = () => Buffer.from(JSON.stringify(JSON.parse(cart.toString("utf8"))), "utf8");

function speed() {
    const end = process.hrtime.bigint() + BigInt(Math.round(Number(seconds) * 1e9));
    const start = process.hrtime.bigint();
    let runs = 0;
    let now = start;
    do {
        for (let run = 0; run < 50; run += 1) roundTrip();
        runs += 50;
        now = process.hrtime.bigint();
    } while (now < end);
    return (cart.length * runs) / Number(now - start) * 1e3;
}

speed(); // The compiler warms up.
console.log(JSON.stringify({ bytes: cart.length, outputBytes: roundTrip().length, megabytesPerSecond: speed() }));
