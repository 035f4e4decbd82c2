// SPDX-License-Identifier: Apache-2.0

/** Why a call failed: the problem's `code`, or `login`, `offline`, `unreachable`. */
export class Trouble extends Error {
  constructor(code, { status, errors = [], requestId, wait } = {}) {
    super(code);
    Object.assign(this, { code, status, errors, requestId, wait });
  }
}

/** The calls to `/v1`, with the login that the storefront gives. */
export class Service {
  #base;
  #element;
  #login;
  /** Set once a renewed login was refused, too: the next one has to be new. */
  #refused = false;

  constructor(base, element) {
    this.#base = base;
    this.#element = element;
  }

  /** The answer's body; throws a `Trouble`. A 401 asks the storefront for a new login, once. */
  async call(method, path, body, headers) {
    try {
      return await this.#called(method, path, body, headers);
    } catch (trouble) {
      if (trouble.code === "login") [this.#login, this.#refused] = [undefined, true];
      throw trouble;
    }
  }

  async #called(...request) {
    const login = (this.#login ??= this.#ask(this.#refused));
    let answer = await this.#send(await login, ...request);
    if (answer.status === 401) {
      // Of several calls that hear it at the same time one asks.
      if (this.#login === login) this.#login = this.#ask(true);
      answer = await this.#send(await this.#login, ...request);
    }
    if (answer.status === 401) throw new Trouble("login");
    this.#refused = false;
    if (answer.ok) return answer.status === 204 ? undefined : answer.json();
    const problem = await answer.json().catch(() => ({}));
    const wait = Number(answer.headers.get("Retry-After")) || undefined;
    throw new Trouble(problem.code ?? "other", { ...problem, status: answer.status, wait });
  }

  async #ask(renew) {
    try {
      const login = await this.#element.login({ renew });
      if (login) return login;
    } catch (error) {
      console.error("cart-share: its property login must be a function, async ({ renew }) => the customer's login;", error.message);
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
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(20000),
      });
    } catch {
      if (!navigator.onLine) throw new Trouble("offline");
      console.error(
        `cart-share: no answer from ${this.#base}. If it runs, the list shop.origins of its configuration lacks "${location.origin}", ` +
          "or this page's Content-Security-Policy lacks it under connect-src.",
      );
      throw new Trouble("unreachable");
    }
  }
}
