/**
 * Ways out that a script would take, if one ever ran in the page that is not ours: each in the page's own words, so
 * that every form of the screens tries the same. What it gives back is what it got; `undefined` where it got nothing.
 */
export interface Scripted {
  readonly what: string;
  /** An expression or the body of an async function, for the page. */
  readonly script: string;
}

/** A window that our page's locks were not put on. */
const FRESH = `const frame = document.body.appendChild(document.createElement('iframe')); const fresh = frame.contentWindow;`;
const LEAVE = 'frame.remove();';

const link = (attributes: string) =>
  `const a = document.createElement('a'); Object.assign(a, ${attributes}); document.body.append(a); a.click(); a.remove();`;

/** Addresses that are not the screens', with who would ask for them. */
export const ADDRESSES: readonly string[] = [
  'https://example.org/',
  'http://127.0.0.1:9/',
  'file:///etc/passwd',
  'view-source:https://example.org/',
  'chrome://version/',
  'chrome://settings/',
  'devtools://devtools/bundled/inspector.html',
  'about:blank',
  'data:text/html,<h1>out</h1>',
  'mailto:somebody@example.org',
  'tel:110',
  'sms:110',
  'weixin://dl/chat',
  'zzz-nobody://knows',
  'ftp://example.org/',
  "javascript:void(document.body.dataset.out='yes')",
];

const OF_ADDRESSES: readonly Scripted[] = ADDRESSES.flatMap((address) => {
  const href = JSON.stringify(address);
  return [
    { what: `a script goes to ${address}`, script: `location.href = ${href};` },
    { what: `a link to ${address}`, script: link(`{ href: ${href} }`) },
    { what: `a link in a new window to ${address}`, script: link(`{ href: ${href}, target: '_blank' }`) },
  ];
});

const OF_WINDOWS: readonly Scripted[] = [
  { what: 'window.open', script: `if (window.open('https://example.org/') !== null) return 'a window';` },
  {
    what: 'window.open from a fresh frame',
    script: `${FRESH} const got = fresh.open('about:blank', '_blank'); ${LEAVE} if (got) return 'a window';`,
  },
  {
    what: 'a frame of another address',
    script: `${FRESH} frame.src = 'https://example.org/'; await new Promise((r) => setTimeout(r, 100)); ${LEAVE}`,
  },
  {
    what: 'a blob page',
    script: `location.href = URL.createObjectURL(new Blob(['<h1>out</h1>'], { type: 'text/html' }));`,
  },
  {
    what: 'a refresh',
    script: `const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=https://example.org/'; document.head.append(m); await new Promise((r) => setTimeout(r, 150)); m.remove();`,
  },
  {
    what: 'a form',
    script: `const f = document.createElement('form'); f.action = 'https://example.org/'; document.body.append(f); f.submit(); f.remove();`,
  },
  {
    what: 'closing, moving and resizing the window',
    script: 'window.close(); window.moveTo(50, 50); window.resizeTo(300, 300);',
  },
  {
    what: 'back and forward',
    script:
      'history.back(); history.forward(); history.go(-1); await new Promise((r) => setTimeout(r, 100));',
  },
  {
    what: 'a PDF',
    script: `const e = document.createElement('embed'); e.type = 'application/pdf'; e.src = 'data:application/pdf;base64,JVBERi0xLjQK'; document.body.append(e); await new Promise((r) => setTimeout(r, 100)); e.remove();`,
  },
  { what: 'a download', script: link(`{ href: '/index.html', download: 'screens.html' }`) },
  {
    what: 'a download of a blob',
    script: link(`{ href: URL.createObjectURL(new Blob(['x'])), download: 'x.txt' }`),
  },
  {
    what: 'the whole screen, asked and left',
    script: `await document.body.requestFullscreen().catch(() => {}); await document.exitFullscreen().catch(() => {});`,
  },
];

const OF_DIALOGS: readonly Scripted[] = ['alert', 'confirm', 'prompt', 'print'].flatMap((call) => [
  { what: call, script: `window.${call}('out');` },
  { what: `${call} from a fresh frame`, script: `${FRESH} fresh.${call}('out'); ${LEAVE}` },
]);

const OF_FILES: readonly Scripted[] = [
  {
    what: 'a file field',
    script: `const i = document.createElement('input'); i.type = 'file'; document.body.append(i); i.click(); await new Promise((r) => setTimeout(r, 100)); i.remove();`,
  },
  ...['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'].map((call) => ({
    what: call,
    script: `if (window.${call}) return window.${call}().then(() => 'a file', () => undefined);`,
  })),
];

/** A call that must be refused; what it gives is named. */
const refused = (what: string, call: string): Scripted => ({
  what,
  script: `return Promise.race([(async () => ${call})(), new Promise((r) => setTimeout(r, 500))]).then((got) => got ? ${JSON.stringify(what)} : undefined, () => undefined);`,
});

const OF_PERMISSIONS: readonly Scripted[] = [
  refused('notifications', `(await Notification.requestPermission()) === 'granted'`),
  refused(
    'where the machine is',
    'new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))',
  ),
  refused('reading the clipboard', 'navigator.clipboard.readText().then(() => true)'),
  refused('writing the clipboard', `navigator.clipboard.writeText('x').then(() => true)`),
  refused('MIDI', 'navigator.requestMIDIAccess({ sysex: true })'),
  refused('USB', 'navigator.usb.requestDevice({ filters: [] })'),
  refused('serial lines', 'navigator.serial.requestPort()'),
  refused('HID', '(await navigator.hid.requestDevice({ filters: [] })).length > 0'),
  refused('Bluetooth', 'navigator.bluetooth.requestDevice({ acceptAllDevices: true })'),
  refused('the picture of the screen', 'navigator.mediaDevices.getDisplayMedia()'),
  refused('keeping the screen awake', `navigator.wakeLock.request('screen')`),
  refused('whether somebody is idle', `(await IdleDetector.requestPermission()) === 'granted'`),
  refused('fonts of the machine', '(await queryLocalFonts()).length > 0'),
  refused('other screens', 'getScreenDetails()'),
  refused('keeping things for good', 'navigator.storage.persist()'),
  refused(
    'paying',
    `new PaymentRequest([{ supportedMethods: 'https://example.org/' }], { total: { label: 'x', amount: { currency: 'CNY', value: '1' } } }).show()`,
  ),
  refused('a passkey', `navigator.credentials.get({ publicKey: { challenge: new Uint8Array(16) } })`),
  refused('sharing', `navigator.share({ title: 'x', url: 'https://example.org/' }).then(() => true)`),
  refused('locking keys', `navigator.keyboard.lock().then(() => document.fullscreenElement)`),
  refused('the pointer', `document.body.requestPointerLock().then(() => document.pointerLockElement)`),
  refused('picture in picture', 'documentPictureInPicture.requestWindow()'),
  refused('handling a scheme', `navigator.registerProtocolHandler('web+out', '/?%s')`),
];

const OF_CODE: readonly Scripted[] = [
  refused('a service worker', `navigator.serviceWorker.register(document.querySelector('script[src]').src)`),
  refused(
    'a worker',
    `new Promise((yes, no) => { const w = new Worker(document.querySelector('script[src]').src); w.onerror = no; setTimeout(no, 300); w.onmessage = yes; })`,
  ),
  refused(
    'a worker of a blob',
    `new Promise((yes, no) => { const w = new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))); w.onerror = no; w.onmessage = yes; })`,
  ),
  {
    what: 'a script written into the page',
    script: `const s = document.createElement('script'); s.textContent = 'document.body.dataset.out = 1'; document.body.append(s); s.remove(); const got = document.body.dataset.out; delete document.body.dataset.out; if (got) return 'it ran';`,
  },
  {
    what: 'a script from elsewhere',
    script: `const s = document.createElement('script'); s.src = 'https://example.org/x.js'; const got = await new Promise((r) => { s.onload = () => r('it came'); s.onerror = () => r(undefined); document.body.append(s); }); s.remove(); return got;`,
  },
  {
    what: 'words as code',
    script: `return new Promise((r) => { setTimeout("document.body.dataset.out = 1", 0); setTimeout(() => { const got = document.body.dataset.out; delete document.body.dataset.out; r(got && 'it ran'); }, 50); }).catch(() => undefined);`,
  },
  refused('an answer from elsewhere', `fetch('https://example.org/', { mode: 'no-cors' })`),
  refused(
    'a line to elsewhere',
    `new Promise((yes, no) => { const s = new WebSocket('ws://127.0.0.1:9/'); s.onopen = yes; s.onerror = no; })`,
  ),
];

/** All of them, in groups that each have a test. */
export const SCRIPTED: Readonly<Record<string, readonly Scripted[]>> = {
  'other addresses': OF_ADDRESSES,
  'windows, frames and downloads': OF_WINDOWS,
  dialogs: OF_DIALOGS,
  files: OF_FILES,
  permissions: OF_PERMISSIONS,
  'code and lines of others': OF_CODE,
};
