/** What the view says of the sound around it, and what a headphone taken out ends. */
import { expect, it, vi } from 'vitest';
import { wireTerminal } from './testing/wired-terminal.ts';

const jack = (on: boolean | null) => ({ sensor: 'audio-jack', on }) as const;

it('says whether a headphone is in use; taken out, no page is read by itself any more', async () => {
  const wired = wireTerminal();
  const { view } = wired.terminal;
  const { devices, kill } = wired.plug();
  await vi.waitFor(() => expect(view().slipPrinter).toBe('ok'));
  expect(view().sound).toEqual({ jack: null, quiet: false });
  devices.senses(jack(false));
  await vi.waitFor(() => expect(view().sound.jack).toBe('empty'));

  await wired.act({ type: 'go', to: 'no-card' });
  await wired.act({ type: 'set', change: { voice: 'on', voiceSpeed: 'slow' } });
  devices.senses({ sensor: 'door-sensor', on: false });
  devices.senses(jack(true));
  await vi.waitFor(() => expect(view().sound.jack).toBe('plugged'));
  expect(view().settings).toMatchObject({ voice: 'on', voiceSpeed: 'slow' });
  devices.senses(jack(false));
  await vi.waitFor(() => expect(view().sound.jack).toBe('empty'));
  expect(view().settings).toMatchObject({ voice: 'off', voiceSpeed: 'slow' });

  devices.senses(jack(true));
  await vi.waitFor(() => expect(view().sound.jack).toBe('plugged'));
  await wired.act({ type: 'set', change: { voice: 'on' } });
  kill();
  await vi.waitFor(() => expect(view().sound.jack).toBeNull());
  expect(view().settings.voice).toBe('off');
  wired.terminal.stop();
});

it('counts what could not be said, and never what', async () => {
  const said: unknown[] = [];
  const wired = wireTerminal({
    log: (name, fields) => void (name === 'screen.cannot-say' && said.push(fields)),
  });
  await wired.screen.voice({ why: 'missing', phrases: 2 });
  const more: object = { why: 'missing', phrases: 1, text: '张桂兰' };
  await wired.screen.voice(more as { why: 'missing'; phrases: number });
  expect(said).toEqual([
    { why: 'missing', phrases: 2 },
    { why: 'missing', phrases: 1 },
  ]);
  wired.terminal.stop();
});
