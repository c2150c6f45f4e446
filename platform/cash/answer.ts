/** The answer to the platform's own question `own-cash`: what an agent took today, and may take, before any is handed over. */
import { findHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { findAgent } from '../agents/agents.ts';
import type { PlatformContext } from '../context.ts';
import type { OwnAnswer } from '../gateway/own-answers.ts';
import { findTerminal } from '../terminals/terminals.ts';
import { takenFen } from './cash.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'county' | 'cashCapFen'>;

const FIELDS = [
  { id: 'capFen', label: { zh: '一天最多', en: 'A day’s limit' }, type: 'fen' as const },
  { id: 'takenFen', label: { zh: '今天收了', en: 'Taken today' }, type: 'fen' as const },
];

/** Told to a machine of the agent's own village alone, while they are an agent. */
export function cashAnswer(context: Context): OwnAnswer {
  return async ({ terminalId, parameters }) => {
    const { db } = context.store;
    const agentId = findHex(parameters.agent ?? '');
    if (agentId?.length !== 16 || Object.keys(parameters).length !== 1) return 'malformed';
    const nowMs = context.clock.wallMs();
    const origin = { from: { zh: context.county.name, en: 'The county' }, asOfMs: Math.floor(nowMs) };
    const [agent, terminal] = [await findAgent(db, agentId), await findTerminal(db, terminalId)];
    const isTheirs = agent !== undefined && agent.villageCode === terminal?.place.village.code;
    if (!isTheirs || agent.revokedMs !== null) return { schema: 1, outcome: 'nothing', ...origin };
    const record = { capFen: context.cashCapFen, takenFen: await takenFen(db, agentId, isoDate(nowMs)) };
    return { schema: 1, outcome: 'found', ...origin, fields: FIELDS, records: [record] };
  };
}
