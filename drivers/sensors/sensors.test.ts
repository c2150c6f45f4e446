import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { type SensorName, sensorNameSchema } from '../api.ts';
import { memoryLine } from '../simulator/memory-line.ts';
import { SensorSimulator } from '../simulator/sensor-simulator.ts';
import { type Rig, setUpRig } from '../testing/rig.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { SENSOR_DELAYS, startSensorSession } from './sensor-session.ts';
import { SwitchLines } from './switch-lines.ts';

describe('the bytes', () => {
  test.each([
    ['1\r\n', [true]],
    ['0\n1\n', [false, true]],
    ['\r\n\r\n1\r', [true]],
    ['11\n', []],
    ['x1\n', []],
    ['1', []],
    ['2\n0\n', [false]],
  ])('%j say %j', (text, said) => {
    expect(new SwitchLines().push(utf8(text))).toEqual(said);
  });

  test('whatever pieces they come in, and whatever came before: only a digit alone on its line counts', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), (noise, cut) => {
        const whole = new SwitchLines().push(noise);
        const lines = new SwitchLines();
        expect([...lines.push(noise.subarray(0, cut)), ...lines.push(noise.subarray(cut))]).toEqual(whole);
        lines.push(utf8('\n'));
        expect(lines.push(utf8('1\n'))).toEqual([true]);
      }),
    );
  });
});

describe('over a line in memory', () => {
  async function setUp() {
    const clock = virtualClock();
    const line = memoryLine(9_600);
    const simulator = new SensorSimulator({ clock, baudRate: 9_600, onChange: () => undefined });
    simulator.plug(line.device);
    const statuses: string[] = [];
    const readings: (boolean | null)[] = [];
    const session = startSensorSession({
      open: line.open,
      clock,
      onStatus: (state, reason) => statuses.push(reason ?? state),
      onReading: (on) => readings.push(on),
    });
    await clock.pass(100);
    return { clock, line, simulator, statuses, readings, session };
  }

  test('it is known at once, and each change is told once', async () => {
    const { clock, simulator, statuses, readings } = await setUp();
    expect(readings).toEqual([false]);
    for (const on of [true, true, false]) {
      simulator.set(on);
      await clock.pass(100);
    }
    await clock.pass(5_000);
    expect(readings).toEqual([false, true, false]);
    expect(new Set(statuses)).toEqual(new Set(['starting', 'ok']));
  });

  test('silence is said within its limit and one question; heard again, it is known again', async () => {
    const { clock, simulator, statuses, readings } = await setUp();
    simulator.setSilent(true);
    await clock.pass(SENSOR_DELAYS.silenceMs + SENSOR_DELAYS.askMs);
    expect(statuses.at(-1)).toBe('not-answering');
    expect(readings).toEqual([false, null]);
    simulator.setSilent(false);
    await clock.pass(1_100);
    expect(statuses.at(-1)).toBe('ok');
    expect(readings).toEqual([false, null, false]);
  });

  test('a closed line is said at once; stopped, nothing is asked any more', async () => {
    const { clock, line, statuses, readings, session } = await setUp();
    line.unplug();
    await clock.pass(0);
    expect(statuses.at(-1)).toBe('port-closed');
    expect(readings).toEqual([false, null]);
    line.plug();
    await clock.pass(1_100);
    expect(readings).toEqual([false, null, false]);
    session.stop();
    const before = statuses.length;
    await clock.pass(60_000);
    expect(statuses).toHaveLength(before);
  });
});

describe.concurrent('over a pseudo-terminal', () => {
  const becomes = (rig: Rig, sensor: SensorName, on: boolean | null, from = 0) =>
    rig.next(
      (event): event is typeof event =>
        event.type === 'sensor' && event.reading.sensor === sensor && event.reading.on === on,
      from,
    );

  test.each(sensorNameSchema.options)('%s: on, off, silent, unplugged and back', async (sensor) => {
    await using rig = await setUpRig();
    await rig.status(sensor, 'ok');
    let from = rig.events.length;
    await rig.order({ order: 'set-sensor', sensor, on: true });
    await becomes(rig, sensor, true, from);
    from = rig.events.length;
    await rig.order({ order: 'unplug', device: sensor });
    await becomes(rig, sensor, null, from);
    await rig.status(sensor, 'absent', 'port-closed');
    await rig.order({ order: 'plug', device: sensor });
    await rig.status(sensor, 'ok');
    await rig.order({ order: 'set-sensor-silent', sensor, silent: true });
    await rig.status(sensor, 'fault', 'not-answering');
    await rig.order({ order: 'set-sensor-silent', sensor, silent: false });
    await rig.status(sensor, 'ok');
    // The others were never in doubt.
    const others = rig.events.filter((event) => event.type === 'status' && event.status.device !== sensor);
    expect(others.filter((event) => event.type === 'status' && event.status.state === 'absent')).toEqual([]);
  });
});
