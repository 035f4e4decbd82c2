// SPDX-License-Identifier: Apache-2.0

import { h, button, hint, renew } from "./share-elements.js";

/** A list in which one row at a time may have something open below it. */
export class Rows {
  #open = {};
  #all = [];
  panel = h("div", { tabIndex: -1 });

  /** `row(one)` makes what is shown of one. */
  constructor(dialog, row) {
    this.dialog = dialog;
    this.row = row;
  }

  clear() {
    this.#open = {};
    this.show([]);
  }

  show(all = this.#all) {
    this.#all = all;
    const rows = all.map((one) => h("li", {}, this.row(one), this.#open.id === one.id && this.#open.node));
    renew(this.panel, rows.length ? h("ul.rows", {}, rows) : hint(this.dialog.say("none")));
  }

  /** A button that says for screen readers what it is about. Buttons that take turns share a `place`, and so the keyboard's. */
  act(key, one, name, onclick, place = key) {
    const text = this.dialog.say(key);
    return button(text, onclick, { id: place + one.id, ariaLabel: `${text}: ${name}` });
  }

  /** One that opens what `make` makes, or closes it; what was typed there stays while the list is read anew. */
  opener(key, one, name, make) {
    return this.act(key, one, name, () => {
      this.#open = this.#open.key === key + one.id ? {} : { key: key + one.id, id: one.id, node: make() };
      this.show();
      this.#open.node?.querySelector("input, button").focus();
    });
  }

  /** A question with what is done if the answer is yes. */
  question(key, parts, yes) {
    const { say } = this.dialog;
    const close = () => {
      const { key: opener } = this.#open;
      this.#open = {};
      this.show();
      (this.panel.querySelector(`[id="${opener}"]`) ?? this.panel).focus();
    };
    const onsubmit = async (event) => {
      event.preventDefault();
      if (await yes()) close();
    };
    return h("form.more", { onsubmit, noValidate: true }, parts, h("div.actions", {}, h("button.main", {}, say(key)), button(say("cancel"), close)));
  }
}
