/**
 * Takes the one-use code out of the address's fragment (and so out of the address bar and the history), and
 * returns how to trade it for a session cookie. The trade may be tried again until a host has answered;
 * without a code the cookie of an earlier trade is used.
 */
export function createSession(): () => Promise<void> {
  let code = location.hash.slice(1);
  if (code !== '') history.replaceState(null, '', location.pathname + location.search);
  return async () => {
    if (code === '') return;
    await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
      credentials: 'same-origin',
    });
    code = '';
  };
}
