import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { systemClock } from '../../../base/node/clock.ts';
import { type Port, type PortHandover, portPair } from '../../../base/rpc/port.ts';
import { serve } from '../../../base/rpc/serve.ts';
import {
  type ActResult,
  type CameraReport,
  type MicrophoneReport,
  screenContract,
  type View,
  type VoiceReport,
} from '../../../terminal/api.ts';
import { findView } from '../gallery/views.ts';
import { createScreenLink, type LinkState } from './screen-link.ts';

const HOME = findView('home', 'zh') as View;

const PHOTO = new Uint8Array(300_000).fill(7);

interface Call {
  readonly actionId: string;
  readonly revision: number;
}

/** A terminal that shows one view, remembers its calls and answers as told, and a source of lines to it. */
function setUp(answer: (call: Call, line: Port) => ActResult) {
  const calls: Call[] = [];
  const reports: (readonly CameraReport[] | MicrophoneReport | VoiceReport)[] = [];
  let give: (handover: PortHandover) => void = () => undefined;
  let ids = 0;
  const link = createScreenLink({
    ports: {
      onPort: (listener) => {
        give = listener;
      },
      close: () => undefined,
    },
    clock: systemClock,
    newId: () => {
      ids += 1;
      return `action-${ids}`;
    },
  });
  const dial = (view: View = HOME): Port => {
    const [mine, theirs] = portPair();
    const server = implement(screenContract);
    const router = server.router({
      watch: server.watch.handler(async function* ({ signal }) {
        yield view;
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      }),
      act: server.act.handler(({ input }) => {
        calls.push(input);
        return answer(input, theirs);
      }),
      attach: server.attach.handler(({ input }) => {
        calls.push(input);
        return answer(input, theirs);
      }),
      file: server.file.handler(({ input }) => (input.ref === 'held' ? PHOTO : null)),
      cameras: server.cameras.handler(({ input }) => {
        reports.push(input);
        return null;
      }),
      microphone: server.microphone.handler(({ input }) => {
        reports.push(input);
        return null;
      }),
      voice: server.voice.handler(({ input }) => {
        reports.push(input);
        return null;
      }),
    });
    serve(router, theirs, { clock: systemClock, context: {}, onFault: () => undefined });
    give({ peer: 'terminal', generation: 1, port: mine });
    return theirs;
  };
  return { link, dial, calls, reports };
}

function firstView({ link }: ReturnType<typeof setUp>): Promise<View> {
  return new Promise((resolve) => {
    link.onView(resolve);
  });
}

test('shows the present view, and takes it away when the line is lost', async () => {
  const set = setUp(() => ({ ok: true }));
  const states: LinkState[] = [];
  set.link.onState((state) => states.push(state));
  const line = set.dial();
  expect((await firstView(set)).page.kind).toBe('home');
  line.close();
  await expect.poll(() => states).toEqual(['lost', 'connected', 'lost']);
  const late: View[] = [];
  set.link.onView((view) => late.push(view));
  expect(late).toEqual([]);
});

test('brings the view of the next line by itself', async () => {
  const set = setUp(() => ({ ok: true }));
  set.dial().close();
  set.dial({ ...HOME, revision: 7 });
  expect((await firstView(set)).revision).toBe(7);
});

test('repeats a call whose answer was lost, with the same id', async () => {
  let isFirst = true;
  const set = setUp((_, line) => {
    if (isFirst) line.close();
    isFirst = false;
    return { ok: true };
  });
  set.dial();
  await firstView(set);
  const outcome = set.link.act({ type: 'submit' }, 3);
  await expect.poll(() => set.calls.length).toBe(1);
  set.dial();
  expect(await outcome).toEqual({ ok: true });
  expect(set.calls.map(({ actionId }) => actionId)).toEqual(['action-1', 'action-1']);
});

test('hands a photograph in once, whole, though its first answer was lost', async () => {
  let isFirst = true;
  const set = setUp((_, line) => {
    if (isFirst) line.close();
    isFirst = false;
    return { ok: true };
  });
  set.dial();
  await firstView(set);
  const outcome = set.link.attach('paper', PHOTO, 3);
  await expect.poll(() => set.calls.length).toBe(1);
  set.dial();
  expect(await outcome).toEqual({ ok: true });
  expect(set.calls[1]).toEqual({ actionId: 'action-1', revision: 3, questionId: 'paper', bytes: PHOTO });
});

test('finds a photograph again, tells of cameras, and is silent without a line', async () => {
  const set = setUp(() => ({ ok: true }));
  set.link.tellCameras([{ device: 'document-camera', state: 'absent' }]);
  expect(await set.link.findFile('held')).toBeNull();
  set.dial();
  await firstView(set);
  expect(await set.link.findFile('held')).toEqual(PHOTO);
  expect(await set.link.findFile('gone')).toBeNull();
  set.link.tellCameras([{ device: 'document-camera', state: 'ready' }]);
  set.link.tellVoice({ why: 'missing', phrases: 3 });
  await expect
    .poll(() => set.reports)
    .toEqual([[{ device: 'document-camera', state: 'ready' }], { why: 'missing', phrases: 3 }]);
});

test('names each action anew and the view it was made on', async () => {
  const set = setUp(() => ({ ok: true }));
  set.dial();
  await firstView(set);
  await set.link.act({ type: 'home' }, 4);
  await set.link.act({ type: 'back' }, 5);
  expect(set.calls).toMatchObject([
    { actionId: 'action-1', revision: 4 },
    { actionId: 'action-2', revision: 5 },
  ]);
});

test('hands a refusal on as it is', async () => {
  const words = { zh: '还有没填的', en: 'Something is missing' };
  const set = setUp(() => ({ ok: false, error: { code: 'incomplete', words, questionId: 'phone' } }));
  set.dial();
  await firstView(set);
  expect(await set.link.act({ type: 'submit' }, 1)).toMatchObject({
    ok: false,
    error: { code: 'incomplete', words },
  });
});
