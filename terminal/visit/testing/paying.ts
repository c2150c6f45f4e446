/** What the platform says of bills and payments, for tests. */
import { fileURLToPath } from 'node:url';
import { readFolder } from '../../../base/node/read-folder.ts';
import { loadCatalog } from '../../../catalog/load.ts';
import type { QueryContent } from '../../../sync/contents.ts';
import type { Page } from '../../api.ts';

/** Every matter there is, bills among them. */
export const WHOLE_CATALOG = loadCatalog(
  readFolder(fileURLToPath(new URL('../../../catalog/', import.meta.url))),
);

export type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;

type SaidRecord = Readonly<Record<string, string | number | null>>;

/** One record, as the platform's answer. */
export function foundIn(record: SaidRecord): QueryContent {
  return {
    ...{ schema: 1, outcome: 'found', from: { zh: '新昌县', en: 'The county' }, asOfMs: 1 },
    records: [record],
    fields: [{ id: 'state', label: { zh: '状态', en: 'State' }, type: 'text' }],
  };
}

/** A bill that is due. */
export const POWER_BILL = {
  ...{ bill: 'PW-1', owner: '陈*初', address: '沙溪镇董村****', period: '2026年10月' },
  ...{ amountFen: 8640, state: 'due', case: null },
} as const;

const CODE = 'https://pay.example.cn/pay/1';

/** How a payment of it stands. */
export function paymentOf(state: string, more: SaidRecord = {}): SaidRecord {
  return {
    ...{ state, code: state === 'open' ? CODE : null, amountFen: 8640, secondsLeft: 280 },
    ...{ receipt: null, number: '830625120047', ...more },
  };
}
