// SPDX-License-Identifier: Apache-2.0
// Calls of the admin API with the key that is held.

import { forget, held } from "./admin-key.js";

/** Why a call didn't do what was asked: HTTP's status, 0 where no answer came, and the problem's code. */
export class Fault extends Error {
  constructor(status, problem = {}, retryAfter = null) {
    super(problem.code ?? String(status));
    this.status = status;
    this.code = problem.code ?? null;
    this.requestId = problem.requestId ?? null;
    this.fields = (problem.errors ?? []).map((error) => error.pointer);
    this.retryAfter = retryAfter;
  }
}

/** Asks with the key that is held; a key that isn't taken any more is forgotten. */
export async function call(method, path, options = {}) {
  const key = held();
  if (key === null) throw new Fault(401);
  try {
    return await callWith(key, method, path, options);
  } catch (fault) {
    if (fault.status === 401 && held() === key) forget("refused");
    throw fault;
  }
}

/** @returns the JSON of the answer, its text where `accept` names another type, or null where it has no body. */
export async function callWith(key, method, path, { query = {}, body = null, accept = null } = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  // A plus sign, as URLSearchParams writes spaces, is a plus sign to the service.
  const search = given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  const headers = { Authorization: `Bearer ${key}`, Accept: accept ?? "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(`/admin/v1/${path}${search && `?${search}`}`, {
    method, headers, body: body && JSON.stringify(body),
    cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
  }).catch(() => { throw new Fault(0); });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Fault(answer.status, problem, answer.headers.get("Retry-After"));
  }
  if (answer.status === 204) return null;
  return accept ? answer.text() : answer.json();
}
