import { expect, it } from 'vitest';
import { comesTrue } from './processes.ts';
import { killing, play } from './scenarios.ts';
import { openTown } from './town.ts';
import { drains, faultsOf } from './verdict.ts';
import { stepUp } from './villager.ts';

it('loses and doubles nothing while programs are killed at work', async () => {
  const { told, faults } = await play('kills', killing(6));
  expect(faults).toEqual([]);
  expect(told.kept.length).toBeGreaterThan(0);
}, 120_000);

it('finds what is lost, held twice, or comes from nowhere', async () => {
  const town = await openTown();
  const villager = stepUp(town.screenSocket);
  try {
    await comesTrue(() => villager.findPage()?.kind === 'attract', 30_000);
    villager.begin();
    await comesTrue(() => villager.told().kept.length >= 2, 30_000);
    await villager.rest();
    const told = villager.told();
    expect(await drains(town, told)).toBe(true);
    await town.stop();
    expect(await faultsOf(town, told)).toEqual([]);
    const lost = { ...told, kept: [...told.kept, '000000000000'] };
    expect(await faultsOf(town, lost)).toEqual(['000000000000 was said to be kept, and is lost']);
    const tooMany = { ...told, kept: told.kept.slice(1) };
    const [fault] = await faultsOf(town, tooMany);
    expect(fault).toMatch(/cases, of .* told and 0 nobody knows of/);
  } finally {
    villager.leave();
    await town.stop();
    town.clear();
  }
}, 120_000);
