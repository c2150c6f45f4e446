/** The dock's page: draws the simulated cabinet's state and sends what a developer does to it. */
import type { CabinetOrder, CabinetState } from '../cabinet.ts';
import type { NetworkMode } from '../network.ts';
import type { PaperLine } from '../printer-simulator.ts';

interface DockState extends CabinetState {
  readonly network: NetworkMode;
  /** Whose phones there are. */
  readonly phones: readonly string[];
}
type Order =
  | CabinetOrder
  | { readonly order: 'set-network'; readonly mode: NetworkMode }
  | { readonly order: 'scan-phone'; readonly person: number };

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`broken invariant: no ${id}`);
  return element;
}

async function send(order: Order): Promise<void> {
  const answer = await fetch('order', { method: 'POST', body: JSON.stringify(order) });
  byId('problem').textContent = answer.ok ? '' : await answer.text();
}

function key(label: string, order: Order, pressed?: boolean): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  if (pressed !== undefined) button.setAttribute('aria-pressed', String(pressed));
  button.addEventListener('click', () => void send(order));
  return button;
}

function drawReader({ reader, cards }: DockState): void {
  const pad = byId('pad');
  const laid = cards.find((card) => card.id === reader.card);
  pad.classList.toggle('unplugged', !reader.isPlugged);
  pad.textContent = reader.isPlugged ? (laid === undefined ? '没有卡' : `放着：${laid.label}`) : '插头拔了';
  byId('reader-keys').replaceChildren(
    key('拿走卡', { order: 'lift-card' }),
    key(reader.isPlugged ? '拔掉插头' : '插上插头', {
      order: reader.isPlugged ? 'unplug' : 'plug',
      device: 'card-reader',
    }),
    key('不出声', { order: 'set-reader-silent', silent: !reader.isSilent }, reader.isSilent),
  );
  byId('cards').replaceChildren(
    ...cards.map((card) => {
      const item = document.createElement('li');
      item.append(key(card.label, { order: 'lay-card', card: card.id }, card.id === reader.card));
      return item;
    }),
  );
  byId('fault-keys').replaceChildren(
    key('读到一半拿走', { order: 'fail-reader', fault: { type: 'pulled' }, command: 'read' }),
    key('读不出', { order: 'fail-reader', fault: { type: 'status', sw3: 0x41 }, command: 'read' }),
    key('不是身份证', { order: 'fail-reader', fault: { type: 'status', sw3: 0x40 }, command: 'select' }),
    key('安全模块不认', { order: 'fail-reader', fault: { type: 'status', sw3: 0x32 }, command: 'select' }),
    key('线上有杂音', { order: 'fail-reader', fault: { type: 'noise' }, command: null }),
    key('只回一半', { order: 'fail-reader', fault: { type: 'half' }, command: null }),
  );
}

function drawPrinter({ printer }: DockState): void {
  const { faults } = printer;
  byId('printer-keys').replaceChildren(
    key('撕下', { order: 'tear-paper' }),
    key(
      '缺纸',
      { order: 'set-printer-faults', faults: { paper: faults.paper === 'out' ? 'enough' : 'out' } },
      faults.paper === 'out',
    ),
    key(
      '纸快完',
      { order: 'set-printer-faults', faults: { paper: faults.paper === 'low' ? 'enough' : 'low' } },
      faults.paper === 'low',
    ),
    key(
      '盖子开着',
      { order: 'set-printer-faults', faults: { coverOpen: !faults.coverOpen } },
      faults.coverOpen,
    ),
    key(
      '切刀坏',
      { order: 'set-printer-faults', faults: { cutterError: !faults.cutterError } },
      faults.cutterError,
    ),
    key('打到一半卡纸', { order: 'fail-printer-after', lines: 4, faults: { jammed: true } }),
    key('卡纸', { order: 'set-printer-faults', faults: { jammed: !faults.jammed } }, faults.jammed),
    key(printer.isPlugged ? '拔掉插头' : '插上插头', {
      order: printer.isPlugged ? 'unplug' : 'plug',
      device: 'slip-printer',
    }),
  );
  const slips = [...(printer.uncut.length > 0 ? [printer.uncut] : []), ...[...printer.slips].reverse()];
  byId('paper').replaceChildren(...slips.map(slip));
}

function drawDocumentPrinter({ documentPrinter }: DockState): void {
  const { faults, isPlugged, willJam, printed, waiting } = documentPrinter;
  const fault = (
    label: string,
    wrong: Partial<typeof faults>,
    right: Partial<typeof faults>,
    isOn: boolean,
  ) => key(label, { order: 'set-document-printer-faults', faults: isOn ? right : wrong }, isOn);
  byId('document-keys').replaceChildren(
    key('取走', { order: 'take-sheets' }),
    fault('缺纸', { paper: 'out' }, { paper: 'enough' }, faults.paper === 'out'),
    fault('纸快完', { paper: 'low' }, { paper: 'enough' }, faults.paper === 'low'),
    fault('没碳粉', { toner: 'empty' }, { toner: 'enough' }, faults.toner === 'empty'),
    fault('卡纸', { jammed: true }, { jammed: false }, faults.jammed),
    fault('门开着', { doorOpen: true }, { doorOpen: false }, faults.doorOpen),
    fault('不出声', { silent: true }, { silent: false }, faults.silent),
    key('再出一张就卡', { order: 'jam-next-sheet' }, willJam),
    key(isPlugged ? '拔掉插头' : '插上插头', { order: isPlugged ? 'unplug' : 'plug', device: 'a4-printer' }),
  );
  byId('documents').replaceChildren(
    ...waiting.map(({ name, sheetsOut }) => row(`${name}：出了 ${sheetsOut} 张，还没打完`)),
    ...[...printed].reverse().map(({ pages, bytes }) => row(`${pages} 页，${bytes} 字节`)),
  );
}

function drawSocialCard({ socialCard }: DockState): void {
  const { isPlugged, isSilent, cards, card } = socialCard;
  byId('social-card-keys').replaceChildren(
    ...cards.map(({ id, label }) => key(label, { order: 'insert-social-card', card: id }, id === card)),
    key('拔出卡', { order: 'remove-social-card' }),
    key('不出声', { order: 'set-social-card-silent', silent: !isSilent }, isSilent),
    key(isPlugged ? '拔掉插头' : '插上插头', {
      order: isPlugged ? 'unplug' : 'plug',
      device: 'social-card-reader',
    }),
  );
}

function row(text: string): HTMLLIElement {
  const item = document.createElement('li');
  item.textContent = text;
  return item;
}

/** Codes that someone might hold before it to do harm; they must come out as data. */
const HOSTILE_CODES = {
  码里有控制字符: '\u001b[2J\u0000\b\u0003好\r\n第二行\t',
  码里有按键: '{ENTER}^c%{F4}<script>alert(1)</script>\u001bOP',
  '4 KB 的码': '长'.repeat(1365),
  太长的码: '0'.repeat(5000),
};

/** The code on the slip that came out last, for whoever looks one up. */
function keysOfLastSlip({ printer }: DockState): readonly HTMLButtonElement[] {
  const qr = printer.slips.at(-1)?.find((line) => line.type === 'qr');
  return qr?.type === 'qr' ? [key('扫刚出的回执', { order: 'scan-code', text: qr.data })] : [];
}

function drawScanner(state: DockState): void {
  const { scanner } = state;
  byId('scanner-keys').replaceChildren(
    ...keysOfLastSlip(state),
    ...state.phones.map((name, person) => key(`亮${name}的手机码`, { order: 'scan-phone', person })),
    ...Object.entries(HOSTILE_CODES).map(([label, text]) => key(label, { order: 'scan-code', text })),
    key(scanner.isPlugged ? '拔掉插头' : '插上插头', {
      order: scanner.isPlugged ? 'unplug' : 'plug',
      device: 'code-scanner',
    }),
  );
}

const SENSORS = [
  ['door-sensor', '柜门开着', '门磁'],
  ['light-sensor', '有光', '光感'],
  ['presence-sensor', '有人站着', '人感'],
  ['audio-jack', '插着耳机', '耳机孔'],
] as const;

function drawSensors({ sensors }: DockState): void {
  byId('sensor-keys').replaceChildren(
    ...SENSORS.flatMap(([sensor, label, name]) => {
      const { isOn, isPlugged, isSilent } = sensors[sensor];
      return [
        key(label, { order: 'set-sensor', sensor, on: !isOn }, isOn),
        key(`${name}不出声`, { order: 'set-sensor-silent', sensor, silent: !isSilent }, isSilent),
        key(
          `${isPlugged ? '拔掉' : '插上'}${name}`,
          { order: isPlugged ? 'unplug' : 'plug', device: sensor },
          !isPlugged,
        ),
      ];
    }),
  );
}

const FACES = [
  ['holder', '卡主站在镜头前'],
  ['somebody-else', '站着别人'],
  ['nobody', '没有人'],
] as const;

/** Who stands before the camera, and the phone with the code that was sent. */
function drawProof({ proof }: DockState): void {
  byId('proof-keys').replaceChildren(
    ...FACES.map(([face, label]) => key(label, { order: 'set-proof-face', face }, proof.face === face)),
    key('没登记手机', { order: 'set-proof-phone', onRecord: !proof.hasPhone }, !proof.hasPhone),
    key('不出声', { order: 'set-proof-silent', silent: !proof.isSilent }, proof.isSilent),
    key(proof.isPlugged ? '拔掉插头' : '插上插头', {
      order: proof.isPlugged ? 'unplug' : 'plug',
      device: 'proof',
    }),
  );
  const { message } = proof;
  byId('phone').textContent =
    message === null ? '手机上没有短信' : `手机 ${message.phone} 收到短信：验证码 ${message.code}`;
}

byId('scanner-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { value } = byId('code') as HTMLInputElement;
  if (value !== '') void send({ order: 'scan-code', text: value });
});

function slip(lines: readonly PaperLine[]): HTMLElement {
  const paper = document.createElement('div');
  paper.className = 'slip';
  for (const line of lines) {
    const row = document.createElement('div');
    if (line.type === 'qr') {
      row.className = 'qr';
      row.textContent = `二维码 ${line.data}`;
    } else {
      row.className = [line.large && 'large', line.strong && 'strong', line.centred && 'centred']
        .filter(Boolean)
        .join(' ');
      row.textContent = line.text === '' ? ' ' : line.text;
    }
    paper.append(row);
  }
  return paper;
}

function drawNetwork({ network }: DockState): void {
  byId('network-keys').replaceChildren(
    key('通', { order: 'set-network', mode: 'on' }, network === 'on'),
    key('断', { order: 'set-network', mode: 'cut' }, network === 'cut'),
    key('连得上，不回话', { order: 'set-network', mode: 'half-open' }, network === 'half-open'),
    key('慢', { order: 'set-network', mode: 'slow' }, network === 'slow'),
    key('出错', { order: 'set-network', mode: 'corrupt' }, network === 'corrupt'),
  );
}

new EventSource('events').addEventListener('message', (event: MessageEvent<string>) => {
  const state = JSON.parse(event.data) as DockState;
  drawReader(state);
  drawPrinter(state);
  drawDocumentPrinter(state);
  drawSocialCard(state);
  drawScanner(state);
  drawSensors(state);
  drawProof(state);
  drawNetwork(state);
});
