// SPDX-License-Identifier: Apache-2.0

import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";

const digits = new Int8Array(128).fill(-1);
[..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"].forEach((character, value) => {
    digits[character.charCodeAt(0)] = value;
});
const lowPower = 62n ** 6n;
const largest = 2n ** 64n - 1n;

/** The number that some base62 digits write (at most 6, so that it is exact); NaN where a character is no digit. */
function small(text, start, end) {
    let value = 0;
    for (let place = start; place < end; place += 1) {
        const digit = digits[text.charCodeAt(place)] ?? -1;
        if (digit < 0) return NaN;
        value = value * 62 + digit;
    }
    return value;
}

/** Reads the 33 bytes of a token: header 1, link id 16, tag 16; null for every text that is none. */
export function decode(text) {
    if (text.length !== 49 || !text.startsWith("cl1")) return null;
    const bytes = Buffer.allocUnsafe(33);
    for (let group = 0; group < 4; group += 1) {
        const start = 3 + group * 11;
        const high = small(text, start, start + 5);
        const low = small(text, start + 5, start + 11);
        if (Number.isNaN(high) || Number.isNaN(low)) return null;
        const value = BigInt(high) * lowPower + BigInt(low);
        if (value > largest) return null;
        bytes.writeBigUInt64BE(value, group * 8);
    }
    const last = small(text, 47, 49);
    if (!(last <= 255) || bytes[0] >> 5 !== 0) return null;
    bytes[32] = last;
    return bytes;
}

export class KeyRing {
    #keys = new Array(8).fill(null);
    #prefix;

    /** `file` is the text of Cartlink's own key file: `<slot> <state> <created> <64 hex digits>`. */
    constructor(file, tenant, host) {
        const bound = (text) => [Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)];
        this.#prefix = Buffer.concat([Buffer.from("cartlink/1"), ...bound(tenant), ...bound(host)]);
        for (const line of file.split("\n")) {
            const words = line.split("#")[0].trim().split(/\s+/);
            if (words.length === 4) this.#keys[Number(words[0])] = createSecretKey(words[3], "hex");
        }
    }

    isGenuine(token) {
        const key = this.#keys[token[0] & 7];
        if (key === null) return false;
        const tag = createHmac("sha256", key).update(this.#prefix).update(token.subarray(0, 17)).digest();
        return timingSafeEqual(tag.subarray(0, 16), token.subarray(17));
    }
}
