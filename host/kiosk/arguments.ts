/** One of Chromium's switches, with its reason. */
interface Switch {
  readonly name: string;
  readonly reason: string;
}

/** What Chromium is started with, whatever the cabinet. */
export const KIOSK_SWITCHES: readonly Switch[] = [
  { name: '--kiosk', reason: 'the whole screen, and no way out of it' },
  { name: '--no-first-run', reason: 'the profile is empty at each start: no greeting' },
  { name: '--no-default-browser-check', reason: 'nor a question' },
  { name: '--noerrdialogs', reason: 'nobody is there to answer a dialog' },
  { name: '--hide-crash-restore-bubble', reason: 'it is ended by a signal each time' },
  { name: '--disable-session-crashed-bubble', reason: 'as above, by its older name' },
  {
    name: '--disable-hang-monitor',
    reason: 'the host ends a page that hangs; Chromium would ask whoever stands there',
  },
  {
    name: '--enable-precise-memory-info',
    reason: 'else what a page holds is told every twenty minutes, rounded',
  },
  { name: '--disable-background-networking', reason: 'it speaks to this machine alone' },
  { name: '--disable-component-update', reason: 'software comes by releases' },
  { name: '--disable-sync', reason: 'nobody signs in to a browser here' },
  { name: '--disable-breakpad', reason: 'a crash dump would hold what the page showed' },
  { name: '--disable-crash-reporter', reason: 'as above' },
  { name: '--disable-translate', reason: 'a bar over the page' },
  { name: '--disable-extensions', reason: 'none is ours' },
  { name: '--disable-pinch', reason: 'nothing needs more than a tap' },
  { name: '--overscroll-history-navigation=0', reason: 'a swipe leads nowhere' },
  { name: '--autoplay-policy=no-user-gesture-required', reason: 'an emergency is said by itself' },
  { name: '--password-store=basic', reason: 'no key ring asks to be opened' },
  { name: '--disk-cache-size=1', reason: 'the screens come from this machine: nothing is cached' },
  {
    name: '--disable-features=Translate,MediaRouter,DialMediaRouteProvider,OptimizationHints',
    reason: 'nothing of it is needed, and some of it speaks to the network',
  },
];

/** The arguments of one start: `url` holds a one-use code, `profile` an empty folder; `more` is the cabinet's own. */
export function kioskArguments(start: {
  readonly url: string;
  readonly profile: string;
  readonly more: readonly string[];
}): readonly string[] {
  const fixed = KIOSK_SWITCHES.map(({ name }) => name);
  return [...fixed, ...start.more, `--user-data-dir=${start.profile}`, `--app=${start.url}`];
}
