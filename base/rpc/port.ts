/**
 * One end of a two-way line of messages between programs. The browser host's lines are WebSockets, the
 * kiosk shell's are MessagePorts; above this interface nobody can tell.
 */
export interface Port {
  postMessage(message: string | Uint8Array): void;
  onMessage(listener: (message: string | Uint8Array) => void): void;
  /** Called once, when either end closes, or at once when it is closed already. */
  onClose(listener: () => void): void;
  close(): void;
}

/** A port as a program is handed it: a port dies with its peer, so a program receives a stream of these. */
export interface PortHandover {
  readonly peer: string;
  /** Grows with each restart of the peer. */
  readonly generation: number;
  readonly port: Port;
}

/** Where a program's ports come from. */
export interface PortSource {
  /** Called for each port, also those that came before. */
  onPort(listener: (handover: PortHandover) => void): void;
  close(): void;
}

/** What a browser's WebSocket and the `ws` package have in common. */
interface WebSocketLike {
  readonly readyState: number;
  binaryType: string;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

const WEBSOCKET_OPEN = 1;

/** A port over an open WebSocket, a browser's or Node's. */
export function webSocketPort(socket: WebSocketLike): Port {
  socket.binaryType = 'arraybuffer';
  const closed = closeSignal((tell) => socket.addEventListener('close', tell));
  return {
    postMessage(message) {
      // A message to a closed line is lost either way; the caller learns from onClose.
      if (socket.readyState !== WEBSOCKET_OPEN) return;
      socket.send(typeof message === 'string' ? message : new Uint8Array(message));
    },
    onMessage(listener) {
      socket.addEventListener('message', (event) => listener(asMessage(event.data)));
    },
    onClose: closed,
    close: () => socket.close(),
  };
}

/** What a browser's MessagePort offers; Electron's is fitted to it in `electron/`. */
interface MessagePortLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** A port over a MessagePort. */
export function messagePort(port: MessagePortLike): Port {
  const closed = closeSignal((tell) => port.addEventListener('close', tell));
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener('message', (event) => listener(asMessage(event.data)));
      port.start();
    },
    onClose: closed,
    close: () => port.close(),
  };
}

/** What Electron's MessagePortMain offers to a utility process. */
interface MessagePortMainLike {
  postMessage(message: unknown): void;
  on(type: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(type: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** A port over Electron's MessagePortMain. */
export function messagePortMain(port: MessagePortMainLike): Port {
  const closed = closeSignal((tell) => port.on('close', tell));
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', (event) => listener(asMessage(event.data)));
      port.start();
    },
    onClose: closed,
    close: () => port.close(),
  };
}

/** Two ports joined in memory; messages arrive in order, a microtask later. */
export function portPair(): readonly [Port, Port] {
  const tellers: (() => void)[] = [];
  const closeBoth = () => {
    for (const tell of tellers.splice(0)) tell();
  };
  let open = true;
  const inboxes: ((message: string | Uint8Array) => void)[][] = [[], []];
  const end = (mine: number): Port => ({
    postMessage(message) {
      queueMicrotask(() => {
        if (open) for (const listener of inboxes[1 - mine] ?? []) listener(message);
      });
    },
    onMessage: (listener) => inboxes[mine]?.push(listener),
    onClose: closeSignal((tell) => tellers.push(tell)),
    close() {
      open = false;
      closeBoth();
    },
  });
  return [end(0), end(1)];
}

function closeSignal(hook: (tell: () => void) => void): (listener: () => void) => void {
  let isClosed = false;
  const listeners: (() => void)[] = [];
  hook(() => {
    if (isClosed) return;
    isClosed = true;
    for (const listener of listeners.splice(0)) listener();
  });
  return (listener) => {
    if (isClosed) listener();
    else listeners.push(listener);
  };
}

function asMessage(data: unknown): string | Uint8Array {
  if (typeof data === 'string') return data;
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw new Error('broken invariant: a port carries text or bytes alone');
}
