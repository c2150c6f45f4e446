import { equalBytes, toHex } from '../../base/bytes.ts';
import type { IdentityRead } from '../api.ts';
import { COMMANDS } from '../reader/commands.ts';
import { readIdentity } from '../reader/identity.ts';
import { startReaderSession } from '../reader/reader-session.ts';
import { SAMPLE_CARDS, type SampleCard } from '../simulator/cards.ts';
import { memoryLine } from '../simulator/memory-line.ts';
import { ReaderSimulator } from '../simulator/reader-simulator.ts';
import { virtualClock } from './virtual-clock.ts';

const BAUD_RATE = 115_200;

/** Longer than any read goes on, tries and all. */
const READ_MS = 8_000;
const AWAY_MS = 2_000;

/** What became of cards laid on a reader with a noisy line. */
export interface NoisyReads {
  /** How often somebody was told that their card is being read. */
  readings: number;
  identities: number;
  troubles: number;
  /** Noise can make "no card" into "found": the card that lies there is then read again. */
  stillHere: number;
  /** Of identities that are not, byte for byte, what the card laid says: which card, and which fields. */
  readonly wrong: string[];
  /** After the noise: how many cards were read, and how often the reader was asked for the last one. */
  readonly quiet: { identities: number; readsOfTheLast: number };
}

/** Lays cards in turn, each long enough to be read, while a share (0 to 1) of all bytes on the line is wrong. */
export async function readThroughNoise(options: {
  readonly share: number;
  readonly lays: number;
  readonly seed: number;
  /** Cards laid once the line is quiet, and nothing of the noise is remembered. */
  readonly thenQuietLays?: number;
}): Promise<NoisyReads> {
  const clock = virtualClock();
  const line = memoryLine(BAUD_RATE);
  const simulator = new ReaderSimulator({ clock, baudRate: BAUD_RATE, onChange: () => undefined });
  simulator.plug(line.device);
  const tally: NoisyReads = {
    readings: 0,
    identities: 0,
    troubles: 0,
    stillHere: 0,
    wrong: [],
    quiet: { identities: 0, readsOfTheLast: 0 },
  };
  let laid: SampleCard | undefined;
  let reads = 0;
  const session = startReaderSession({
    open: async (listener) => {
      const opened = await line.open(listener);
      if (!opened.ok) return opened;
      const write = (bytes: Uint8Array) => {
        if (toHex(bytes.subarray(7, 9)) === toHex(Uint8Array.from(COMMANDS.read))) reads += 1;
        opened.value.write(bytes);
      };
      return { ok: true, value: { ...opened.value, write } };
    },
    clock,
    random: { bytes: (length) => new Uint8Array(length) },
    isWatched: () => true,
    onStatus: () => undefined,
    onEvent(event) {
      if (event.type === 'reading') tally.readings += 1;
      if (event.type === 'trouble') tally.troubles += 1;
      if (event.type === 'still-here') tally.stillHere += 1;
      if (event.type !== 'identity') return;
      tally.identities += 1;
      if (laid !== undefined) tally.wrong.push(...differencesOf(event.read, laid));
    },
  });
  const lay = async (card: SampleCard) => {
    laid = card;
    reads = 0;
    simulator.lay(card);
    await clock.pass(READ_MS);
    session.forgetCard();
    simulator.lift();
    await clock.pass(AWAY_MS);
  };

  simulator.setNoise(options.share, options.seed);
  for (let number = 0; number < options.lays; number += 1) await lay(cardOf(number));
  simulator.setNoise(0);
  await clock.pass(120_000);
  const before = tally.identities;
  for (let number = 0; number < (options.thenQuietLays ?? 0); number += 1) await lay(cardOf(number));
  tally.quiet.identities = tally.identities - before;
  tally.quiet.readsOfTheLast = reads;
  session.stop();
  return tally;
}

const READABLE = SAMPLE_CARDS.filter(({ selectStatus }) => selectStatus === null);

function cardOf(number: number): SampleCard {
  const card = READABLE[number % READABLE.length];
  if (card === undefined) throw new Error('broken invariant: there are sample cards');
  return card;
}

/** Which fields of a read are not those of the card. */
function differencesOf(read: IdentityRead, card: SampleCard): string[] {
  const expected = readIdentity({ text: card.text, photo: card.photo }, read.readId);
  if (!expected.ok) throw new Error(`broken invariant: the card ${card.id} cannot be read`);
  // An added address may be lost, which is no wrong one.
  const addresses = [expected.value.address, card.addedAddress];
  const fields = Object.keys(read) as (keyof IdentityRead)[];
  return fields
    .filter((field) => {
      if (field === 'photo') return !equalBytes(read.photo, card.photo);
      if (field === 'address') return !addresses.includes(read.address);
      return JSON.stringify(read[field]) !== JSON.stringify(expected.value[field]);
    })
    .map((field) => `${card.id}: ${field}`);
}
