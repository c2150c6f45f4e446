import { toHex } from '../../../base/bytes.ts';
import { type Sending, sendAs } from '../../../platform/testing/send-as.ts';
import { crypto, newId, type TestTerminal } from '../../../platform/testing/test-terminal.ts';
import { type Check, expectSame } from '../check.ts';

const TUS = { 'tus-resumable': '1.0.0' };
const MIB = 1024 * 1024;

/** One upload of `terminal`, request by request, in a boot of its own. */
function uploadOf(terminal: TestTerminal, name: string, folder = toHex(terminal.terminalId)) {
  const bootId = newId();
  let counter = 0;
  const send = (method: Sending['method'], headers: Record<string, string>, content?: Uint8Array) =>
    sendAs(terminal, {
      ...{ method, target: `/v1/files/${folder}/${name}`, bootId, counter: ++counter },
      headers: { ...TUS, ...headers },
      ...(content && { content }),
    });
  const part = { 'content-type': 'application/offset+octet-stream' };
  return {
    create: (bytes: number) => send('POST', { 'upload-length': String(bytes) }),
    offset: () => send('HEAD', {}),
    patch: (at: number, content: Uint8Array) =>
      send('PATCH', { ...part, 'upload-offset': String(at) }, content),
  };
}

const nameOf = (file: Uint8Array) => toHex(crypto.sha256(file));

/** Uploads by tus 1.0. */
export const FILE_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise: 'an upload goes on from where HEAD says, and a part at another offset is a conflict',
    async run({ terminal, other }) {
      const file = crypto.randomBytes(3_000);
      const upload = uploadOf(terminal, nameOf(file));
      expectSame('creation', (await upload.create(file.length)).status, 201);
      expectSame('first part', (await upload.patch(0, file.subarray(0, 1_000))).status, 204);
      expectSame('the same part again', (await upload.patch(0, file.subarray(0, 1_000))).status, 409);
      const resumed = uploadOf(terminal, nameOf(file));
      expectSame('offset', (await resumed.offset()).headers['upload-offset'], '1000');
      expectSame('the rest', (await resumed.patch(1_000, file.subarray(1_000))).status, 204);
      expectSame('whole', (await resumed.offset()).headers['upload-offset'], '3000');
      const elsewhere = await uploadOf(other, nameOf(file)).offset();
      expectSame('whole for whoever asks', elsewhere.headers['upload-offset'], '3000');
    },
  },
  {
    section: '5',
    promise: 'a file whose hash is not its name is thrown away, and may be begun again',
    async run({ terminal }) {
      const file = crypto.randomBytes(500);
      const upload = uploadOf(terminal, nameOf(file));
      await upload.create(file.length);
      const wrong = await upload.patch(0, crypto.randomBytes(500));
      if (wrong.status < 400) throw new Error(`the wrong bytes: found ${wrong.status}`);
      expectSame('begun again', (await upload.create(file.length)).status, 201);
      expectSame('the right bytes', (await upload.patch(0, file)).status, 204);
    },
  },
  {
    section: '5',
    promise:
      'a part is at most 1 MiB, a file at most 8 MiB, a name 64 hex digits, a folder the terminal’s own',
    async run({ terminal, other }) {
      const name = toHex(crypto.randomBytes(32));
      expectSame('9 MiB', (await uploadOf(terminal, name).create(9 * MIB)).status, 413);
      const upload = uploadOf(terminal, name);
      await upload.create(3 * MIB);
      expectSame('a large part', (await upload.patch(0, new Uint8Array(MIB + 1))).status, 413);
      for (const odd of ['..%2f..%2fetc', 'A'.repeat(64), `${name}0`, 'x']) {
        const { status } = await uploadOf(terminal, odd).create(10);
        if (status < 400) throw new Error(`the name ${odd}: found ${status}`);
      }
      const { status } = await uploadOf(terminal, name, toHex(other.terminalId)).create(10);
      if (status < 400) throw new Error(`another terminal’s folder: found ${status}`);
    },
  },
];
