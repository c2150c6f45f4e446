/** The operations of recorded authority, tried as anyone, about one that is their own desk's and about another's. */
import { findHex, toHex } from '../../../base/bytes.ts';
import type { PlatformContext } from '../../context.ts';
import { DONGCUN, JINGLING } from '../../testing/test-platform.ts';
import { newId } from '../../testing/test-terminal.ts';
import type { About, DeskAsker } from './at-the-desk.ts';
import type { Tried } from './at-the-gateway.ts';

/** What these tries stand on, besides the others'. */
interface AuthorityBench {
  readonly context: PlatformContext;
  readonly terminalId: Uint8Array;
  /** Holds any entry; its id. */
  hold(content: object): Promise<Uint8Array>;
  caseAt(deskCode: string): Promise<string>;
  /** Whether the page is served. */
  looks(asker: DeskAsker, path: string): Promise<Tried>;
  posts(asker: DeskAsker, path: string, fields: Readonly<Record<string, string>>): Promise<Tried>;
  /** Whether the page holds this. */
  shows(asker: DeskAsker, path: string, text: string): Promise<Tried>;
}

/** The tries. */
export function authorityTries({ context, terminalId, hold, caseAt, ...ask }: AuthorityBench) {
  const { db } = context.store;

  /** One that was given in the place of this desk, and on which a case of its own rests. */
  async function authorityIn(deskCode: string): Promise<string> {
    const authorityId = newId();
    const place = [DONGCUN, JINGLING].find((one) => one.village.code.startsWith(deskCode)) ?? DONGCUN;
    const nowMs = context.clock.wallMs();
    const bytes = { authorityId, agentId: newId(), holderHash: new Uint8Array(32) };
    await db
      .insertInto('authorities')
      .values({
        ...bytes,
        ...{ entryId: await hold({ kind: 'audit.of-this-test' }), terminalId, flaw: null },
        ...{ villageCode: place.village.code, townCode: place.town.code, villageName: place.village.name },
        ...{ matters: '[]', givenMs: nowMs, untilMs: nowMs + 86_400_000 },
      })
      .execute();
    const caseId = findHex(await caseAt(deskCode))!;
    await db
      .insertInto('authorityActs')
      .values({ ...bytes, caseId, matterId: 'senior-card', submittedMs: nowMs })
      .execute();
    return toHex(authorityId);
  }

  return {
    'authorities.list': async (asker: DeskAsker, { deskCode }: About) =>
      ask.shows(asker, '/authorities', await authorityIn(deskCode)),
    'authority.open': async (asker: DeskAsker, { deskCode }: About) =>
      ask.looks(asker, `/authorities/${await authorityIn(deskCode)}`),
    // There is no such file: whose authority it is shows in what is on record of the try.
    async 'authority.file'(asker: DeskAsker, { deskCode }: About): Promise<Tried> {
      const id = await authorityIn(deskCode);
      await ask.looks(asker, `/authorities/${id}/attachments/${'0'.repeat(64)}`);
      const noted = await db
        .selectFrom('staffActs')
        .select('decision')
        .where('operation', '=', 'authority.file')
        .where('subject', '=', id)
        .execute();
      return noted.length === 1 && noted[0]?.decision === 'allowed' ? 'allowed' : 'refused';
    },
    'authority.end': async (asker: DeskAsker, { deskCode }: About) =>
      ask.posts(asker, `/authorities/${await authorityIn(deskCode)}`, { words: '核实过，不是本人意思' }),
  };
}
