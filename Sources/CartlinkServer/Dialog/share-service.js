// SPDX-License-Identifier: Apache-2.0

/** Why a call failed: the problem's `code`, or `login`, `offline`, `unreachable`. */
export class Trouble extends Error {
  constructor(code, problem) {
    super(code);
    Object.assign(this, problem, { code });
  }
}

/** The calls to `/v1`, with the login that the storefront gives. */
export class Service {
  #base;
  #element;
  #login;
  /** Once a renewed login was refused, too, the next one has to be new. */
  #wasRefused = false;

  constructor(base, element) {
    this.#base = base;
    this.#element = element;
  }

  /** The answer's body; throws a `Trouble`. A 401 asks the storefront for a new login, once. */
  async call(...request) {
    try {
      const login = (this.#login ??= this.#ask(this.#wasRefused));
      let answer = await this.#send(await login, ...request);
      if (answer.status === 401) {
        // Of several calls that hear it at the same time one asks.
        if (this.#login === login) this.#login = this.#ask(true);
        answer = await this.#send(await this.#login, ...request);
      }
      if (answer.status === 401) throw new Trouble("login");
      this.#wasRefused = false;
      const body = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
      if (answer.ok) return body;
      throw new Trouble(body.code, { ...body, status: answer.status, wait: Number(answer.headers.get("Retry-After")) });
    } catch (trouble) {
      if (trouble.code === "login") [this.#login, this.#wasRefused] = [null, true];
      throw trouble;
    }
  }

  async #ask(renew) {
    try {
      const login = await this.#element.login({ renew });
      if (login) return login;
    } catch (error) {
      console.error("cart-share: the property login failed:", error.message);
    }
    throw new Trouble("login");
  }

  async #send(login, method, path, body, headers) {
    try {
      return await fetch(this.#base + path, {
        method,
        headers: { ...headers, Authorization: `Bearer ${login}`, ...(body && { "Content-Type": "application/json" }) },
        body: body && JSON.stringify(body),
        credentials: "omit",
        signal: AbortSignal.timeout(20000),
      });
    } catch {
      if (!navigator.onLine) throw new Trouble("offline");
      console.error(
        `cart-share: no answer from ${this.#base}. If it runs, its shop.origins lacks "${location.origin}", or this page's CSP lacks it.`,
      );
      throw new Trouble("unreachable");
    }
  }
}
