// SPDX-License-Identifier: Apache-2.0
// Light or dark as the page around it is (`color-scheme`); the shop's looks come in by custom properties and parts.

export const style = new CSSStyleSheet();
style.replaceSync(`
:host {
  --accent: var(--cart-share-accent, light-dark(#14532d, #86efac));
  --on-accent: var(--cart-share-on-accent, light-dark(#fff, #10231a));
  --paper: var(--cart-share-paper, light-dark(#fff, #1e1c1a));
  --ink: var(--cart-share-ink, light-dark(#1d1b19, #f3f0ea));
  --soft: light-dark(#5a554f, #bbb4a9);
  --line: light-dark(#d8d1c6, #45403b);
  --tile: light-dark(#f5f1ea, #292623);
  --danger: light-dark(#a11b1b, #ffb4ab);
  --radius: var(--cart-share-radius, .6rem);
  --font: var(--cart-share-font, 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
button, .button, input, select { font: inherit; color: inherit; min-height: 2.75rem; border-radius: var(--radius); border: 1px solid var(--soft); background: none; }
button, .button { display: inline-flex; align-items: center; justify-content: center; padding: .4rem .9rem; cursor: pointer; text-decoration: none; font: var(--font); color: inherit; }
.trigger, .main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.danger { border-color: var(--danger); color: var(--danger); font-weight: 600; }
button:disabled { opacity: .6; cursor: default; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[tabindex="-1"]:focus { outline: none; }
dialog {
  width: min(60rem, 100vw - 2rem); max-height: calc(100dvh - 2rem); padding: 0; border: 1px solid var(--line); border-radius: 1rem;
  background: var(--paper); color: var(--ink); font: var(--font); overflow: hidden; overflow-wrap: anywhere;
}
dialog[open] { display: flex; flex-direction: column; }
dialog::backdrop { background: #0008; }
header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .75rem .75rem .5rem 1.25rem; }
h2, h3, p, ul, fieldset { margin: 0; padding: 0; border: 0; min-width: 0; list-style: none; }
h2 { font-size: 1.25rem; line-height: 1.3; }
h3, legend, .field > label { font-size: 1rem; font-weight: 600; padding: 0; }
.close { border: 0; width: 2.75rem; padding: 0; font-size: 1.5rem; line-height: 1; }
[role=tablist] { display: flex; gap: .25rem; padding: 0 1.25rem; border-bottom: 1px solid var(--line); }
[role=tab] { border: 0; border-bottom: 3px solid transparent; border-radius: 0; padding: .4rem .6rem; color: var(--soft); }
[role=tab][aria-selected=true] { border-color: var(--accent); color: var(--ink); font-weight: 600; }
[role=tab]:focus-visible { outline-offset: -3px; }
.count { margin-inline-start: .35rem; padding: 0 .45rem; border-radius: 1rem; background: var(--tile); font-size: .85rem; }
.body { overflow-y: auto; padding: 1.25rem; overscroll-behavior: contain; }
.news:not(:empty), .trouble { margin: 0; padding: .6rem 1.25rem; background: var(--tile); font-weight: 600; }
.trouble { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; border-inline-start: 4px solid var(--danger); }
.making { display: grid; gap: 1.5rem; }
form, .step { display: grid; gap: 1.1rem; align-content: start; }
fieldset { display: grid; gap: .4rem; }
legend { margin-bottom: .4rem; }
.choice, .check { display: flex; align-items: center; gap: .7rem; min-height: 2.75rem; cursor: pointer; }
.choice { padding: .35rem .8rem; border: 1px solid var(--line); border-radius: var(--radius); }
.choice:has(:checked) { border-color: var(--accent); background: var(--tile); box-shadow: inset 0 0 0 1px var(--accent); }
.choice:has(:disabled) { color: var(--soft); cursor: default; }
.choice:focus-within:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.choice input:focus-visible { outline: none; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .4rem; }
[type=radio], [type=checkbox] { flex: none; width: 1.25rem; height: 1.25rem; min-height: 0; margin: 0; accent-color: var(--accent); }
small, .hint { display: block; color: var(--soft); font-size: .9rem; line-height: 1.4; }
.field { display: grid; gap: .3rem; }
.field input, select { width: 100%; padding: .4rem .7rem; background: var(--paper); }
.hint:empty, .fault:empty { display: none; }
.fault { color: var(--danger); font-weight: 600; font-size: .9rem; }
[aria-invalid] { border: 2px solid var(--danger); }
.see { align-self: start; display: grid; gap: .6rem; padding: 1rem; border-radius: var(--radius); background: var(--tile); }
.items li { display: flex; gap: .6rem; padding: .4rem 0; border-bottom: 1px solid var(--line); }
.name { flex: 1; }
.times, .price { color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }
.sum, .head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; }
.sum { font-weight: 600; }
.actions, .copy { display: flex; flex-wrap: wrap; gap: .5rem; }
.rows > li { padding: .9rem 0; border-bottom: 1px solid var(--line); }
.rows .actions { margin-top: .5rem; }
.state { padding: 0 .6rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .85rem; color: var(--soft); align-self: center; }
.state.active { color: var(--accent); border-color: currentColor; }
.more { display: grid; gap: .7rem; margin-top: .7rem; padding: .9rem; border-radius: var(--radius); background: var(--tile); }
.sending { display: grid; gap: .7rem; margin-top: .7rem; }
.url { flex: 1 1 14rem; min-width: 0; padding: .4rem .7rem; text-overflow: ellipsis; }
summary { min-height: 2.75rem; padding: .6rem 0; cursor: pointer; color: var(--soft); }
@media (min-width: 48rem) { .making { grid-template-columns: 1fr 1fr; } .making .step { grid-column: 1 / -1; } }
@media (max-width: 30rem) {
  dialog { width: 100%; max-width: 100%; max-height: 94dvh; margin-bottom: 0; border-width: 1px 0 0; border-radius: 1rem 1rem 0 0; }
  .body { padding: 1rem; }
  .wide, .wide > button { width: 100%; }
}
@media (prefers-reduced-motion: no-preference) { dialog[open] { animation: in .18s ease-out; } @keyframes in { from { translate: 0 1rem; opacity: 0; } } }
`);
