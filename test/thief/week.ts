/** A week of a village at its terminal, by the real visits on the real durable half; its disk is what a thief takes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { invariant } from '../../base/result.ts';
import { handClock, type MemoryParts, memoryParts } from '../../terminal/testing/keeper-world.ts';
import { type Bench, createBench } from '../../terminal/visit/testing/bench.ts';
import { ALLOWANCE, ASSISTANCE, answerAll, opened, REPORT } from '../../terminal/visit/testing/fill-in.ts';
import { numberOf, type SamplePerson } from '../../terminal/visit/testing/people.ts';
import { START_MS } from '../../terminal/visit/testing/site.ts';
import { watchKeeper } from '../../terminal/visit/testing/watched-keeper.ts';

/** Somebody of the village, with the phone they give. */
export interface Villager extends SamplePerson {
  readonly phone: string;
}

const NAMES = [
  '欧阳伯年',
  '俞小燕',
  '石根土',
  '梁彩娥',
  '章美君',
  '吕志坤',
  '求阿毛',
  '丁水仙',
  '潘国良',
  '何秀英',
];
const DAY_MS = 86_400_000;

/** Ten villagers, each over eighty: the allowance is for them. */
export const VILLAGERS: readonly Villager[] = NAMES.map((name, index) => ({
  name,
  number: numberOf(`193${index % 10}0${(index % 9) + 1}1${index % 10}`, String(100 + index)),
  sex: index % 2 === 0 ? 'male' : 'female',
  birth: `193${index % 10}-0${(index % 9) + 1}-1${index % 10}`,
  validTo: 'long-term',
  phone: `1390000${String(1_000 + index * 7)}`,
}));

/** What was typed by hand and belongs on no disk. */
export const TYPED = { place: '老樟树后面第二家门口', words: '隔壁水管漏了三天没有人来看' } as const;

/** Each is rated at once. */
const ROWS_A_CASE = 2;

/** The disk after the week, and how many rows each villager has on it: one a case, and one that it was rated. */
export interface Week {
  readonly parts: MemoryParts;
  readonly rowsOf: ReadonlyMap<Villager, number>;
}

/** Lives through the week. Half of the days the network is up; a draft, a rating and a "not me" are among it. */
export function liveWeek(): Week {
  const parts = memoryParts({ clock: handClock(START_MS) });
  const keeper = watchKeeper(parts);
  const bench = createBench({ keeper });
  const rowsOf = new Map<Villager, number>(VILLAGERS.map((villager) => [villager, 0]));
  const kept = (villager: Villager) => rowsOf.set(villager, (rowsOf.get(villager) ?? 0) + ROWS_A_CASE);
  for (let day = 0; day < 7; day += 1) {
    bench.world.online = day % 2 === 0;
    for (const [index, villager] of VILLAGERS.entries()) {
      if ((index + day) % 3 === 2) continue;
      bench.lay(villager);
      if ((index + day) % 3 === 0) {
        fileAs(bench, 'old-age-allowance', { ...ALLOWANCE, phone: villager.phone });
        kept(villager);
      } else {
        leaveUnfinished(bench, villager);
      }
      if (day === 5 && index === 3) {
        bench.act({ type: 'home' });
        fileAs(bench, 'temporary-assistance', { ...ASSISTANCE, phone: villager.phone });
        kept(villager);
      }
      leave(bench);
    }
    report(bench);
    if (bench.world.online) keeper.deliverAll();
    parts.clock.advance(DAY_MS - (parts.clock.wallMs() % DAY_MS));
  }
  return { parts, rowsOf };
}

function fileAs(bench: Bench, matterId: string, answers: Parameters<typeof answerAll>[1]): void {
  opened(bench, matterId, 'self');
  answerAll(bench, answers);
  const said = bench.act({ type: 'submit' });
  invariant(said.ok, `${matterId} is filed`);
  bench.act({ type: 'rate', grade: 4 });
}

/** Answers up to the phone and goes: a draft stays. */
function leaveUnfinished(bench: Bench, { phone }: Villager): void {
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, { 'pay-to': 'passbook', lives: 'as-on-card' });
  bench.act({ type: 'typing', questionId: 'phone', value: phone });
}

function report(bench: Bench): void {
  bench.act({ type: 'go', to: 'no-card' });
  opened(bench, 'problem-report', 'open');
  answerAll(bench, { ...REPORT, ...TYPED });
  invariant(bench.act({ type: 'submit' }).ok, 'the report is filed');
  leave(bench);
}

function leave(bench: Bench): void {
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
}

/** Writes everything that lies on the terminal's disks below `folder`. */
export function copyDisk({ store, disk, mirrorDisk }: MemoryParts, folder: string): void {
  const image = store.findImage();
  invariant(image, 'there is a database');
  const write = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  write('terminal.db', image);
  for (const [path, bytes] of disk.files()) write(join('disk', path), bytes);
  for (const [path, bytes] of mirrorDisk.files()) write(join('mirror', path), bytes);
}
