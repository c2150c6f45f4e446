/**
 * The page shown while the screens, or the program behind them, will not stay up. It needs neither bundle nor
 * script, so it works when they do not; its letters (`fonts.css`) lie beside the shell. `supportPhone` is
 * dialled as written: digits and what stands between.
 */
export function outOfServicePage(supportPhone: string): string {
  const phone = escapeHtml(supportPhone);
  return `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>暂停服务</title>
    <link rel="stylesheet" href="fonts.css">
    <link rel="stylesheet" href="style.css">
  </head>
  <body>
    <main>
      <h1>机器歇一会儿，正在恢复</h1>
      <p>先前收下的事，不用重办。</p>
      <p>着急的话，请打 <strong>${phone}</strong></p>
      <section lang="en">
        <h2>Out of service for now</h2>
        <p>This machine is trying to recover. What it took in before need not be filed again.</p>
        <p>If it is urgent, please call <strong>${phone}</strong></p>
      </section>
    </main>
  </body>
</html>
`;
}

/**
 * Its style sheet. The screens' tokens by value, since the page must not lean on the bundle; sizes are
 * millimetres of a screen 268 mm on its short side. A test holds the values to the screens' own.
 */
export const OUT_OF_SERVICE_STYLE = `:root {
  --mm: calc(min(100vw, 100vh) / 268);
  --paper: #f7f3ea;
  --ink: #1e2a2b;
  --line: #d8d2c2;
}
* {
  margin: 0;
}
body {
  background: var(--paper);
  color: var(--ink);
  font: calc(10 * var(--mm)) / 1.45 "Noto Sans SC Variable", "Noto Sans CJK SC", sans-serif;
  cursor: default;
  user-select: none;
}
main {
  box-sizing: border-box;
  min-height: 100vh;
  padding: calc(40 * var(--mm)) calc(15 * var(--mm));
  display: flex;
  flex-direction: column;
  justify-content: center;
  gap: calc(10 * var(--mm));
}
h1 {
  font-size: calc(17 * var(--mm));
}
h2 {
  font-size: calc(12 * var(--mm));
}
strong {
  white-space: nowrap;
}
section {
  margin-top: calc(10 * var(--mm));
  padding-top: calc(15 * var(--mm));
  border-top: calc(0.5 * var(--mm)) solid var(--line);
  display: grid;
  gap: calc(10 * var(--mm));
}
`;

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (mark) => names[mark] ?? '');
}
