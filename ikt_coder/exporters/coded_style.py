"""The style of a coded transcript as a web page: light, dark, narrow and on paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --dim: #5c636a; --paper: #ffffff;
  --rule: #e4e2dd;
  --serif: "Iowan Old Style", Charter, "Noto Serif", Georgia, "Liberation Serif", serif; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e6e7e8; --dim: #b4bac0;
  --paper: #25282c; --rule: #33373c; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; background: var(--paper);
  color: var(--ink); font: 13px/1.4 system-ui, -apple-system, "Segoe UI", Roboto,
  "Noto Sans", "Liberation Sans", sans-serif; }
main { max-width: 76rem; margin: 0 auto; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .2rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .8rem; }
.subtitle, .said { color: var(--dim); margin: 0 0 .3rem; overflow-wrap: anywhere; }
.transcript { margin-top: 1.8rem; border-top: 1px solid var(--rule); padding-top: .8rem; }
.part { display: grid; column-gap: 1rem; padding: .3rem 0;
  grid-template-columns: 6.5rem minmax(0, 40rem) minmax(11rem, 1fr); }
.who { text-align: end; color: var(--dim); padding-top: .35rem; overflow-wrap: anywhere; }
.who b { display: block; font-weight: 600; color: var(--ink); }
.asking .who b { font-weight: 400; color: var(--dim); }
.asking .words { color: var(--dim); }
time { font-variant-numeric: tabular-nums; }
.words { font: 16px/1.75 var(--serif); min-width: 0;
  padding-inline-end: calc(.6rem + var(--lanes) * var(--pitch)); }
.line { position: relative; padding: .1rem 0; }
.line p { margin: 0; overflow-wrap: anywhere; }
.line p.heading { font-weight: 700; }
.line p.h1 { font-size: 1.2em; }
.withheld { margin: 0; font-style: italic; color: var(--dim); }
.q { -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.line p u { text-decoration-style: dotted; }
.stripe { position: absolute; width: 4px; min-height: 1.1em; background: var(--k);
  border-radius: 2px; inset-inline-start: calc(100% + .6rem + var(--lane) * var(--pitch)); }
.stripe.dashed, .key.dashed { background: repeating-linear-gradient(var(--k) 0 6px,
  transparent 6px 9px); }
.stripe.dotted, .key.dotted { background: repeating-linear-gradient(var(--k) 0 3px,
  transparent 3px 6px); }
.names ul { list-style: none; margin: 0; padding: .35rem 0 0; }
.names li { display: grid; grid-template-columns: 4px .9rem minmax(0, 1fr); column-gap: .4rem;
  margin-bottom: .3rem; }
.key { display: inline-block; width: 4px; min-height: 1.1em; align-self: stretch;
  background: var(--k); border-radius: 2px; }
.sign-column { text-align: center; font-weight: 600; }
.name { overflow-wrap: anywhere; }
.name small { display: block; color: var(--dim); font-size: 12px; }
.name small.coder { display: inline; }
.name small.memo { font-style: italic; white-space: pre-line; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.names li { position: relative; }
dl { margin: 0; max-width: 52rem; }
dl > div { padding: .5rem 0; border-top: 1px solid var(--rule); break-inside: avoid; }
dt { font-weight: 600; overflow-wrap: anywhere; }
dt .key { margin-inline-end: .5rem; vertical-align: -.15em; }
dt small { font-weight: 400; color: var(--dim); margin-inline-start: .3rem; }
dd { margin: .15rem 0 0; padding-inline-start: calc(4px + .5rem); overflow-wrap: anywhere; }
@media screen and (max-width: 52rem) {
  .part { grid-template-columns: minmax(0, 1fr); }
  .who { text-align: start; padding-top: .6rem; }
  .who b { display: inline; margin-inline-end: .6rem; }
}
@media print {
  :root { --ink: #000; --dim: #444; --paper: #fff; }
  @page { margin: 1.8cm; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { padding: 0; font-size: 8pt; }
  .words { font-size: 9.5pt; line-height: 1.6; }
  .name small { font-size: 7.5pt; }
  .part { grid-template-columns: 4.6rem minmax(0, 1fr) 11rem; column-gap: .7rem; }
  .names li { break-inside: avoid; }
  .codes { break-before: page; }
}
"""
