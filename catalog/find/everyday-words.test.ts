import { expect, it } from 'vitest';
import { projectCatalog } from '../../test/project-catalog.ts';
import { findIn, indexMatters } from './find-matters.ts';

/** What people say at the counter, and the matter they mean. */
const SAID: readonly (readonly [string, string])[] = [
  ['养老金到了没有', 'money-arrived'],
  ['退休金', 'pension-received'],
  ['60岁领钱', 'claim-resident-pension'],
  ['换银行卡', 'pension-account-change'],
  ['社保卡丢了', 'social-card-loss'],
  ['交医保', 'medical-premium'],
  ['看病报销', 'medical-claim'],
  ['高血压药', 'repeat-prescription'],
  ['慢性病', 'chronic-illness'],
  ['去上海看病', 'treatment-elsewhere'],
  ['医保卡里有多少钱', 'medical-account'],
  ['挂号', 'hospital-appointment'],
  ['打疫苗', 'vaccination-record'],
  ['参保证明', 'insurance-proof'],
  ['户口证明', 'household-certificate'],
  ['上户口', 'birth-registration-booking'],
  ['老人过世', 'death-registration'],
  ['丧葬费', 'pension-funeral-grant'],
  ['换身份证', 'id-card-replacement'],
  ['欠工资', 'unpaid-wages-report'],
  ['找工作', 'job-seeking'],
  ['低保', 'minimum-living-allowance'],
  ['五保户', 'extreme-hardship'],
  ['八十岁领钱', 'old-age-allowance'],
  ['老人坐公交', 'senior-card'],
  ['送饭', 'elder-meals'],
  ['残疾证', 'disability-certificate'],
  ['轮椅', 'assistive-device'],
  ['电瓶车上牌', 'e-bike-registration'],
  ['交罚款', 'traffic-fine'],
];

const INDEX = indexMatters(projectCatalog().matters);
/** Nobody looks further. */
const FIRST = 3;

it.each(SAID)('%s leads to %s', (said, id) => {
  const found = findIn(INDEX, said).slice(0, FIRST);
  expect(found.map((matter) => matter.id)).toContain(id);
});
