import { expect, it } from 'vitest';
import { caseWish, memoryParts, offered, openEnrolled, receipt, release } from '../testing/keeper-world.ts';

it('lists what is owed: refused first, then what is to be offered, then what is held; released ones are gone', () => {
  const opened = openEnrolled(memoryParts());
  for (const name of ['a', 'b', 'c', 'd']) opened.keeper.keep(caseWish(null, name));
  const [first, second, third, fourth] = offered(opened).toSorted((a, b) => a.seq - b.seq);
  receipt(opened, [first!, second!, third!]);
  receipt(opened, [fourth!], 2);
  release(opened, first!);
  opened.port.noteTry({ entryIds: [second!.entryId], atWallMs: 5, trouble: 'timeout' });
  expect(opened.port.readQueue(10).map(({ seq, state, outcome }) => [seq, state, outcome])).toEqual([
    [4, 'refused', 2],
    [5, 'waiting', null],
    [2, 'held', null],
    [3, 'held', null],
  ]);
  expect(opened.port.readQueue(1)).toHaveLength(1);
  opened.port.offerAgain(fourth!.entryId);
  expect(opened.port.readQueue(2)[0]).toMatchObject({ seq: 4, state: 'waiting' });
});
