import { describe, expect, it, vi } from 'vitest';
import { ELDER, readOf } from './visit/testing/people.ts';
import { type Wired, wireTerminal } from './visit/testing/wired-terminal.ts';

const reader = (wired: Wired) => {
  const { page } = wired.terminal.view();
  return page.kind === 'attract' ? page.reader : page.kind;
};

async function withElder(wired: Wired) {
  const plugged = wired.plug();
  await vi.waitFor(() => expect(reader(wired)).toBe('ready'));
  plugged.devices.readerSays({ type: 'identity', read: readOf(ELDER) });
  await wired.until('home');
  return plugged;
}

describe('devices', () => {
  it('are down until there is a devices process, and again when it dies; the half-filled matter stays', async () => {
    const wired = wireTerminal();
    expect(reader(wired)).toBe('down');
    const first = await withElder(wired);
    await wired.act({ type: 'open-matter', matterId: 'old-age-allowance' });
    await wired.act({ type: 'start', basis: 'self' });
    await wired.act({ type: 'answer', questionId: 'pay-to', value: 'passbook' });
    first.kill();
    await vi.waitFor(() => expect(wired.terminal.view().slipPrinter).toBe('down'));
    expect(wired.terminal.view().page).toMatchObject({ kind: 'question', step: 2 });
    const second = wired.plug();
    await vi.waitFor(() => expect(wired.terminal.view().slipPrinter).toBe('ok'));
    expect(wired.terminal.view().page).toMatchObject({ kind: 'question', step: 2 });

    for (const [questionId, value] of [
      ['lives', 'as-on-card'],
      ['phone', '13800138000'],
      ['true-words', true],
    ] as const)
      await wired.act({ type: 'answer', questionId, value });
    await wired.act({ type: 'submit' });
    await vi.waitFor(() => expect(wired.terminal.view().page).toMatchObject({ slip: 'printed' }));
    expect(second.devices.printed).toHaveLength(1);
    wired.terminal.stop();
  });

  it('bring a code to the page that asks for one, and to no other; without a scanner that page says so', async () => {
    const wired = wireTerminal();
    const { devices } = wired.plug();
    const code = (text: string) => devices.scannerSays({ type: 'code', code: { symbology: 'qr', text } });
    const page = () => wired.terminal.view().page;
    await vi.waitFor(() => expect(reader(wired)).toBe('ready'));
    code('nobody asked');
    devices.readerSays({ type: 'reading' });
    await vi.waitFor(() => expect(reader(wired)).toBe('reading'));
    await wired.act({ type: 'go', to: 'slip-lookup' });
    expect(page()).toMatchObject({ kind: 'slip-lookup', scanner: 'down', problem: null });
    devices.becomes({ device: 'code-scanner', state: 'ok', reason: null });
    await vi.waitFor(() => expect(page()).toMatchObject({ scanner: 'ready' }));
    code('no slip');
    await vi.waitFor(() => expect(page()).toMatchObject({ problem: { code: 'no-slip' } }));
    wired.terminal.stop();
  });

  it('that die while a slip prints leave it unknown', async () => {
    const wired = wireTerminal();
    const { devices, kill } = await withElder(wired);
    devices.answer = () => new Promise(() => {});
    await wired.act({ type: 'open-matter', matterId: 'problem-report' });
    await wired.act({ type: 'start', basis: 'open' });
    for (const [questionId, value] of [
      ['what', 'lamp'],
      ['village', '330624108201'],
      ['place', '桥头'],
      ['words', '路灯不亮'],
      ['photo', ''],
      ['wants-answer', false],
    ] as const)
      await wired.act({ type: 'answer', questionId, value });
    await wired.act({ type: 'submit' });
    expect(wired.terminal.view().page).toMatchObject({ kind: 'kept', slip: 'printing' });
    kill();
    await vi.waitFor(() => expect(wired.terminal.view().page).toMatchObject({ slip: 'unknown' }));
    wired.terminal.stop();
  });

  it('show that a card is being read, and not for ever', async () => {
    const wired = wireTerminal();
    const { devices } = wired.plug();
    await vi.waitFor(() => expect(reader(wired)).toBe('ready'));
    devices.readerSays({ type: 'reading' });
    await vi.waitFor(() => expect(reader(wired)).toBe('reading'));
    wired.keeper.clock.advance(6_000);
    expect(reader(wired)).toBe('ready');
    devices.becomes({ device: 'card-reader', state: 'fault', reason: 'not-answering' });
    await vi.waitFor(() => expect(reader(wired)).toBe('down'));
    devices.becomes({ device: 'slip-printer', state: 'attention', reason: 'paper-low' });
    await vi.waitFor(() => expect(wired.terminal.view().slipPrinter).toBe('low'));
    wired.terminal.stop();
  });

  it('are told to forget the card when they come and when the visit ends', async () => {
    const wired = wireTerminal();
    const { devices } = await withElder(wired);
    expect(devices.forgotten()).toBe(1);
    await wired.act({ type: 'leave' });
    await vi.waitFor(() => expect(devices.forgotten()).toBe(2));
    wired.terminal.stop();
  });
});

describe('a screen', () => {
  it('begins with the present view and gets the newest of what changed, once', async () => {
    const wired = wireTerminal();
    await withElder(wired);
    const views = await wired.screen.watch();
    expect((await views.next()).value).toMatchObject({ page: { kind: 'home' }, network: 'online' });
    wired.online.set(false);
    wired.online.set(true);
    wired.online.set(false);
    expect((await views.next()).value).toMatchObject({ network: 'offline' });
    wired.notices.set([
      {
        id: '01'.repeat(16),
        title: { zh: '今晚大雨', en: 'Heavy rain tonight' },
        body: { zh: '不要在溪边停留', en: 'Keep away from the stream' },
        byline: { zh: '沙溪镇防汛办', en: 'Shaxi flood office' },
        danger: true,
      },
    ]);
    await wired.act({ type: 'leave' });
    wired.keeper.clock.advance(8_000);
    expect(wired.terminal.view().page).toMatchObject({ kind: 'attract', alarm: { danger: true } });
    wired.notices.set([]);
    expect(wired.terminal.view().page).toMatchObject({ kind: 'attract', notices: [] });
    await views.return?.();
    wired.terminal.stop();
  });

  it('carries an action out once for each id, and forgets ids when the visit ends', async () => {
    const wired = wireTerminal();
    await withElder(wired);
    const { revision } = wired.terminal.view();
    const opening = {
      actionId: 'opening-1',
      revision,
      action: { type: 'open-matter', matterId: 'old-age-allowance' },
    } as const;
    expect(await wired.screen.act(opening)).toEqual({ ok: true });
    expect(await wired.screen.act(opening)).toEqual({ ok: true });
    expect(wired.terminal.view().page.kind).toBe('matter');
    await wired.act({ type: 'leave' });
    expect(await wired.screen.act(opening)).toMatchObject({ ok: false, error: { code: 'stale' } });
    wired.terminal.stop();
  });

  it.each([
    ['another type', { actionId: 'action-id', revision: 1, action: { type: 'submit-all' } }],
    ['no id', { revision: 1, action: { type: 'touch' } }],
    ['a short id', { actionId: 'x', revision: 1, action: { type: 'touch' } }],
    ['a grade beyond five', { actionId: 'action-id', revision: 1, action: { type: 'rate', grade: 6 } }],
    ['a fraction', { actionId: 'action-id', revision: 0.5, action: { type: 'touch' } }],
    [
      'an answer of another type',
      {
        actionId: 'action-id',
        revision: 1,
        action: { type: 'answer', questionId: 'phone', value: { a: 1 } },
      },
    ],
    ['nothing', null],
  ])('is refused %s before anything is looked at', async (_what, input) => {
    const wired = wireTerminal();
    const { act } = wired.screen as unknown as { act: (input: unknown) => Promise<unknown> };
    await expect(act(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(wired.keeper.contents()).toEqual([]);
    wired.terminal.stop();
  });
});
