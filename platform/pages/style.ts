/** The look of the platform's own pages: the terminals' tokens, at desk size. One style sheet, no script. */

/**
 * Sent with every page: nothing comes from elsewhere, nothing frames it, nothing is kept. `script` lets a page
 * use its own script, `pictures` show its own pictures and play its own recordings, `live` let its script ask for
 * what changed.
 */
export const pageHeaders = ({
  script,
  pictures,
  live = false,
}: {
  readonly script: boolean;
  readonly pictures: boolean;
  readonly live?: boolean;
}): Readonly<Record<string, string>> => ({
  'content-security-policy':
    `default-src 'none'; style-src 'self'; script-src ${script ? "'self'" : "'none'"}; font-src 'self'; ` +
    `img-src data:${pictures ? " 'self'; media-src 'self'" : ''}; ${live ? "connect-src 'self'; " : ''}form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not `no-referrer`: browsers then send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-store',
});

/** Longquan celadon on rice paper, as on the terminals' screens. */
const TOKENS = `
:root {
  --paper: #f7f3ea; --paper-raised: #fffdf8; --ink: #1e2a2b; --ink-soft: #414f4f; --edge: #7d8a85; --line: #d8d2c2;
  --celadon-900: #123f3c; --celadon-700: #17564f; --celadon-500: #3b8379; --celadon-100: #dcebe4;
  --seal: #a01f24; --amber-100: #fbecc8; --amber-700: #6a4100; --away: #e9e4d8;
  --font-words: "Noto Sans SC Variable", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  --radius: 10px; --shadow: 0 1px 0 #e6dfcd, 0 8px 24px rgb(30 42 43 / 6%);
}`;

export const STYLE = `${TOKENS}
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 16px/1.6 var(--font-words); min-height: 100vh; }
a { color: var(--celadon-700); text-underline-offset: 3px; }
h1 { font: 700 28px/1.35 var(--font-words); color: var(--celadon-900); }
h2 { font: 700 18px/1.4 var(--font-words); color: var(--celadon-900); margin-bottom: 10px; }
:focus-visible { outline: 3px solid var(--celadon-500); outline-offset: 2px; border-radius: 4px; }
.bar { display: flex; align-items: center; gap: 8px 28px; padding: 12px 40px; background: var(--paper-raised); border-bottom: 1px solid var(--line); }
.bar strong { font: 700 20px var(--font-words); color: var(--celadon-900); }
.bar strong, .bar form { white-space: nowrap; }
.bar nav, .bar nav span { display: flex; flex-wrap: wrap; gap: 2px 18px; }
.bar nav span + span { padding-left: 18px; border-left: 1px solid var(--line); }
.bar nav a { text-decoration: none; padding: 6px 2px; border-bottom: 3px solid transparent; white-space: nowrap; }
.bar.two-lines { flex-wrap: wrap; padding-bottom: 4px; }
.bar.two-lines nav { order: 1; flex-basis: 100%; }
.bar nav a[aria-current] { border-color: var(--celadon-700); font-weight: 700; }
.bar form { margin-left: auto; display: flex; align-items: center; gap: 18px; color: var(--ink-soft); }
main { padding: 30px 40px 60px; max-width: 1480px; margin: 0 auto; }
main.slip, main.enter { max-width: 460px; padding-top: 56px; }
.lead { color: var(--ink-soft); margin: 4px 0 22px; }
.card { background: var(--paper-raised); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); padding: 22px 26px; margin-bottom: 20px; }
.two { display: grid; grid-template-columns: minmax(0, 1.7fr) minmax(340px, 1fr); gap: 24px; align-items: start; }
@media (max-width: 900px) { .two { grid-template-columns: 1fr; } main, .bar { padding-left: 18px; padding-right: 18px; } .bar { flex-wrap: wrap; } }
label { display: block; margin: 12px 0 4px; color: var(--ink-soft); }
input, textarea, select { font: inherit; color: inherit; width: 100%; padding: 9px 12px; border: 1.5px solid var(--edge); border-radius: 8px; background: #fff; }
textarea { min-height: 84px; resize: vertical; }
fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 12px 0; padding: 6px 14px 10px; }
legend { color: var(--ink-soft); padding: 0 6px; }
label.tick { display: flex; gap: 10px; align-items: baseline; margin: 6px 0; color: var(--ink); }
.tick input { width: auto; flex: none; }
button { font: inherit; padding: 9px 22px; border-radius: 8px; border: 1.5px solid var(--edge); background: var(--paper-raised); color: var(--ink); cursor: pointer; }
button.main { background: var(--celadon-700); border-color: var(--celadon-700); color: var(--paper-raised); font-weight: 700; }
button.danger { border-color: var(--seal); color: var(--seal); }
button.plain { border-color: transparent; background: none; color: var(--celadon-700); padding: 6px 8px; }
form button.main, form button.danger { margin-top: 14px; }
.enter button.main, .slip button.main { width: 100%; margin-top: 20px; }
.enrol form { max-width: 460px; }
.filters { display: flex; flex-wrap: wrap; gap: 10px; margin-bottom: 18px; }
.filters a { text-decoration: none; padding: 6px 16px; border-radius: 999px; border: 1.5px solid var(--line); background: var(--paper-raised); color: var(--ink); }
.filters a[aria-current] { background: var(--celadon-100); border-color: var(--celadon-500); color: var(--celadon-900); font-weight: 700; }
.filters a.soon { border-color: var(--amber-700); }
.filters a.late { border-color: var(--seal); }
.filters b { font-variant-numeric: tabular-nums; }
table { width: 100%; margin-bottom: 20px; border-collapse: collapse; background: var(--paper-raised); border: 1px solid var(--line); border-radius: var(--radius); overflow: hidden; }
th { text-align: left; font-weight: 500; color: var(--ink-soft); }
th, td { padding: 12px 16px; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td.number, .number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.tag { display: inline-block; padding: 1px 10px; border-radius: 999px; background: var(--celadon-100); color: var(--celadon-900); white-space: nowrap; }
td .tag + form { margin-top: 8px; }
.tag.waits { background: var(--amber-100); color: var(--amber-700); }
.tag.off { background: var(--away); color: var(--ink-soft); }
.tag.danger { background: #fff; color: var(--seal); border: 1.5px solid var(--seal); }
.late { color: var(--seal); font-weight: 700; white-space: nowrap; }
.soon { color: var(--amber-700); font-weight: 700; white-space: nowrap; }
dl { display: grid; grid-template-columns: 170px minmax(0, 1fr); row-gap: 8px; column-gap: 18px; }
dt { color: var(--ink-soft); }
dd { white-space: pre-wrap; overflow-wrap: anywhere; }
.steps { list-style: none; padding: 0; }
.steps li { display: grid; grid-template-columns: 128px minmax(0, 1fr); gap: 4px 14px; padding: 9px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.steps li:last-child { border-bottom: 0; }
.steps time, .aside { color: var(--ink-soft); }
.pictures { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
.picture img { display: block; max-width: 100%; max-height: 420px; border: 1px solid var(--line); border-radius: 8px; background: var(--away); }
details { border-top: 1px solid var(--line); padding: 8px 0; }
details:first-of-type { border-top: 0; }
summary { cursor: pointer; padding: 6px 0; font-weight: 700; color: var(--celadon-900); }
details button { margin-bottom: 6px; }
.trouble { background: #fff; border: 1.5px solid var(--seal); border-left-width: 8px; border-radius: 8px; padding: 10px 16px; margin: 14px 0; color: var(--seal); }
.done { background: var(--celadon-100); border-radius: 8px; padding: 10px 16px; margin: 14px 0; }
.wait { background: var(--amber-100); color: var(--amber-700); border-radius: 8px; padding: 10px 16px; margin: 14px 0; }
.code { font: 16px/1.7 ui-monospace, monospace; overflow-wrap: anywhere; background: #fff; border: 1.5px dashed var(--edge); border-radius: 8px; padding: 14px 16px; user-select: all; }
.account h2 .tag { margin-left: 10px; }
.signed { margin-top: 30px; color: var(--ink-soft); }
@page { size: A4; margin: 18mm 16mm; }
@media print {
  body { background: #fff; font-size: 11pt; }
  .bar, .account .way { display: none; }
  main { padding: 0; max-width: none; }
  .card { break-inside: avoid; box-shadow: none; border-radius: 0; }
  .signed { margin-top: 18mm; }
}
.none { padding: 46px; text-align: center; color: var(--ink-soft); background: var(--paper-raised); border: 1px dashed var(--line); border-radius: var(--radius); }
`;
