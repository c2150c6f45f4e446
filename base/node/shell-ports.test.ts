import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { findShellPorts } from './port-source.ts';

/** The shell's end of a utility process: hands ports in, hears what the program says. */
class Parent extends EventEmitter {
  readonly said: unknown[] = [];
  postMessage(message: unknown) {
    this.said.push(message);
  }
}

const program = process as unknown as { parentPort?: Parent };
afterEach(() => {
  delete program.parentPort;
});

test('without a shell there are no ports of a shell', () => {
  expect(findShellPorts('screen')).toBeUndefined();
});

test('a program takes the ports meant for it, and tells the shell when one closes', async () => {
  const parent = new Parent();
  program.parentPort = parent;
  const source = findShellPorts('screen');
  const generations: number[] = [];
  const heard: unknown[] = [];
  source?.onPort(({ generation, port }) => {
    generations.push(generation);
    port.onMessage((message) => heard.push(message));
  });
  const { port1, port2 } = new MessageChannel();
  // Electron's ports wrap a message in an event; Node's hand over the message itself.
  const wrapped = Object.assign(new EventEmitter(), { start() {}, close() {}, postMessage() {} });
  port1.on('message', (data) => wrapped.emit('message', { data }));
  port1.on('close', () => wrapped.emit('close'));
  parent.emit('message', { data: { type: 'port', peer: 'devices', generation: 1 }, ports: [wrapped] });
  parent.emit('message', { data: { type: 'port', peer: 'screen', generation: 4 }, ports: [] });
  parent.emit('message', { data: { type: 'port', peer: 'screen', generation: 5 }, ports: [wrapped] });
  expect(generations).toEqual([5]);

  port2.postMessage('hello');
  const closed = new Promise((resolve) => port1.once('close', resolve));
  port2.close();
  await closed;
  expect(heard).toEqual(['hello']);
  expect(parent.said).toEqual([{ type: 'port-lost', peer: 'screen', generation: 5 }]);
});
