import { describe, expect, it, vi } from 'vitest';
import { jpegOf } from './visit/testing/photos.ts';
import { type Wired, wireTerminal } from './visit/testing/wired-terminal.ts';

/** A terminal whose cabinet names a document camera. */
async function withCabinet() {
  const wired = wireTerminal();
  const plugged = wired.plug();
  await vi.waitFor(() => expect(wired.terminal.view().cabinet).not.toBeNull());
  return { wired, ...plugged };
}

/** Somebody at the photograph of a problem report. */
async function atPhoto(wired: Wired) {
  await wired.act({ type: 'open-matter', matterId: 'problem-report' });
  await wired.act({ type: 'start', basis: 'open' });
  for (const [questionId, value] of [
    ['what', 'lamp'],
    ['village', '330624108201'],
    ['place', '桥头'],
    ['words', '路灯不亮'],
  ] as const)
    await wired.act({ type: 'answer', questionId, value });
  expect(wired.terminal.view().page).toMatchObject({ question: { id: 'photo' }, value: null });
}

describe('the cabinet', () => {
  it('reaches the screen, and stays while the devices process starts anew', async () => {
    const { wired, kill } = await withCabinet();
    expect(wired.terminal.view().cabinet).toMatchObject({
      readerPlace: 'lower-right',
      screen: { widthMm: 268, heightMm: 476 },
      cameras: [{ device: 'document-camera', usb: '0ac8:3420' }],
    });
    kill();
    await vi.waitFor(() => expect(wired.terminal.view().slipPrinter).toBe('down'));
    expect(wired.terminal.view().cabinet).toMatchObject({ readerPlace: 'lower-right' });
    wired.terminal.stop();
  });
});

describe('a camera', () => {
  it('counts among the devices as the screen tells of it; one that the cabinet does not name counts for nothing', async () => {
    const said: Readonly<Record<string, unknown>>[] = [];
    const wired = wireTerminal({
      log: (name, fields) => void (name === 'device.status' && said.push(fields)),
    });
    wired.plug();
    await vi.waitFor(() => expect(wired.terminal.view().cabinet).not.toBeNull());
    for (const state of ['ready', 'absent', 'blocked'] as const) {
      await wired.screen.cameras([
        { device: 'document-camera', state },
        { device: 'face-camera', state },
      ]);
    }
    expect(said.filter(({ device }) => String(device).endsWith('camera'))).toEqual([
      { device: 'document-camera', state: 'starting', reason: null },
      { device: 'document-camera', state: 'ok', reason: null },
      { device: 'document-camera', state: 'absent', reason: 'port-closed' },
      { device: 'document-camera', state: 'fault', reason: 'not-authorised' },
    ]);
    wired.terminal.stop();
  });
});

describe('a photograph over the line', () => {
  it('is taken once for each id, can be looked at again, and goes with the visit', async () => {
    const { wired } = await withCabinet();
    await atPhoto(wired);
    const bytes = jpegOf({ data: new Uint8Array(400_000).fill(7) });
    const { revision } = wired.terminal.view();
    const handed = { actionId: 'photo-one', revision, questionId: 'photo', bytes };
    expect(await wired.screen.attach(handed)).toEqual({ ok: true });
    const { page } = wired.terminal.view();
    const ref = page.kind === 'question' ? String(page.value) : '';
    expect(await wired.screen.attach(handed)).toEqual({ ok: true });
    expect(wired.terminal.view().page).toMatchObject({ value: ref });
    expect(await wired.screen.file({ ref })).toEqual(bytes);
    expect(await wired.screen.file({ ref: '0'.repeat(32) })).toBeNull();
    await wired.act({ type: 'leave' });
    expect(await wired.screen.file({ ref })).toBeNull();
    expect(await wired.screen.attach({ ...handed, actionId: 'photo-two' })).toMatchObject({ ok: false });
    wired.terminal.stop();
  });
});
