import { expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemRandom } from '../../base/node/random.ts';
import { bundledCaseId, bundledCaseIds, makeCaseIds } from './ids.ts';

const tools = { random: systemRandom, crypto: createCrypto() };

it('names a further case after the first, the same each time and another for each matter', () => {
  const first = makeCaseIds(systemRandom);
  const once = bundledCaseIds(first, 'funeral-grant', tools);
  const again = bundledCaseIds(makeCaseIds(systemRandom, first), 'funeral-grant', tools);
  expect(again.submissionId).toEqual(once.submissionId);
  expect(again.caseId).toEqual(once.caseId);
  expect(again.localNumber).toBe(once.localNumber);
  expect(bundledCaseId(first.caseId, 'funeral-grant', tools.crypto)).toEqual(once.caseId);
  expect(once.caseId).toHaveLength(16);
  expect(once.submissionId).toHaveLength(16);
  const other = bundledCaseIds(first, 'funeral-costs', tools);
  expect(other.caseId).not.toEqual(once.caseId);
  expect(other.submissionId).not.toEqual(once.submissionId);
  expect(once.submissionId).not.toEqual(first.submissionId);
  expect(again.replyKeyPrivate).not.toEqual(once.replyKeyPrivate);
});
