// SPDX-License-Identifier: Apache-2.0
// Light or dark as the page around it is (`color-scheme`); the shop's looks come in by custom properties and parts.

export const style = new CSSStyleSheet();
style.replaceSync(`
:host {
  --accent: var(--cart-share-accent, light-dark(#14532d, #86efac));
  --on-accent: var(--cart-share-on-accent, light-dark(#fff, #10231a));
  --paper: var(--cart-share-paper, light-dark(#fff, #1e1c1a));
  --ink: var(--cart-share-ink, light-dark(#1d1b19, #f3f0ea));
  --soft: color-mix(in srgb, var(--ink) 70%, var(--paper));
  --line: color-mix(in srgb, var(--ink) 20%, var(--paper));
  --tile: color-mix(in srgb, var(--ink) 6%, var(--paper));
  --bad: light-dark(#a11b1b, #ffb4ab);
  --radius: var(--cart-share-radius, .6rem);
  font: var(--cart-share-font, 1rem/1.5 system-ui, sans-serif);
}
[hidden], p:empty { display: none !important; }
* { box-sizing: border-box; min-width: 0; margin: 0; padding: 0; font: inherit; color: inherit; }
ul { list-style: none; }
button, .button, input, select { min-height: 2.75rem; padding: .4rem .8rem; border: 1px solid var(--soft); border-radius: var(--radius); background: none; }
button, .button, summary, label { cursor: pointer; }
.button { text-decoration: none; line-height: 1.8; }
.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.main, b, h2, summary, legend, .field label, .fault { font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
dialog {
  width: min(58rem, 100% - 2rem); max-height: calc(100dvh - 2rem); margin: auto; border: 1px solid var(--line); border-radius: 1rem;
  background: var(--paper); color: var(--ink); overflow-wrap: anywhere; scroll-padding: 5rem 0;
}
dialog::backdrop { background: #0008; }
header { position: sticky; top: 0; z-index: 1; padding: .75rem 1.25rem; background: var(--paper); }
h2 { font-size: 1.25rem; }
.head, .actions, .trouble { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.head, .trouble { justify-content: space-between; }
.close { border: 0; font-size: 1.5rem; line-height: 1; }
.news, .trouble { margin-top: .5rem; padding: .6rem; background: var(--tile); border-inline-start: 4px solid var(--accent); }
.trouble, [aria-invalid=true] { border-color: var(--bad); }
details, .lead { padding: 0 1.25rem; border-top: 1px solid var(--line); }
summary, .lead { padding-block: .75rem; }
details > div { padding-bottom: .75rem; }
.make, form, .more, .see { display: grid; gap: 1rem 2rem; align-content: start; }
fieldset, .field { display: grid; gap: .4rem; border: 0; }
.choice { display: flex; gap: .7rem; align-items: center; min-height: 2.75rem; }
fieldset .choice { padding: 0 .8rem; border: 1px solid var(--line); border-radius: var(--radius); }
fieldset .choice:has(:checked) { border-color: var(--accent); background: var(--tile); }
small, .hint { color: var(--soft); }
[type=radio], [type=checkbox] { flex: none; width: 1.25rem; min-height: 1.25rem; accent-color: var(--accent); }
small, .hint { display: block; font-size: .9rem; }
.fault { color: var(--bad); }
.see, .more { padding: 1rem; border-radius: var(--radius); background: var(--tile); }
.more .more { padding: 0; }
li { padding: .75rem 0; border-bottom: 1px solid var(--line); }
li:last-child { border: 0; }
.see li { display: flex; gap: .6rem; padding: .4rem 0; }
.name, .url { flex: 1 9rem; }
li .actions, li .more, .see p { margin-top: .5rem; }
form:not(:has([value=person]:checked)) #personId-field, form:has([value=person]:checked, [value=external]:checked) #maxAccepts-field,
form:has([value=external]:checked) #access-field, form:not(:has([value=external]:checked)) #public, form:not(:has([value=day]:checked)) #expiresAt-field { display: none; }
@media (min-width: 45rem) { .make { grid-template-columns: 1fr 1fr; } .make > .main { grid-column: 1; } }
@media (max-width: 30rem) { dialog { width: 100%; max-width: 100%; max-height: 94dvh; margin-bottom: 0; border-radius: 1rem 1rem 0 0; } }
`);
