/** Lists as long as the catalog makes them: its largest category, and the one with the most guides. */
import type { PictureName } from '../../../catalog/picture.ts';
import type { GuideTitle, MatterTile } from '../../../terminal/api.ts';

type TileRow = readonly [matterId: string, zh: string, en: string, icon: string, picture?: PictureName];

const tilesOf = (rows: readonly TileRow[]): MatterTile[] =>
  rows.map(([matterId, zh, en, icon, picture = null]) => ({
    ...{ matterId, name: { zh, en }, icon, picture, hint: null },
    availability: 'open',
  }));

const guidesOf = (rows: readonly (readonly [string, string, string])[]): GuideTitle[] =>
  rows.map(([id, zh, en]) => ({ id, title: { zh, en } }));

/** All of social security. */
export const MANY_TILES = tilesOf([
  ['insurance-proof', '社保参保证明', 'Proof of insurance', 'print', 'paper-shield'],
  ['benefit-proof-of-life', '养老金资格认证', 'Pension proof of life', 'clock'],
  ['resident-pension-paid', '居民养老缴费查询', 'Resident pension paid', 'list'],
  ['resident-pension-enrolment', '居民养老参保', 'Join resident pension', 'people'],
  ['flexible-worker-pension', '灵活就业参保', 'Flexible-worker pension', 'people'],
  ['pause-insurance', '社保暂停', 'Pause insurance', 'clock'],
  ['resume-insurance', '社保恢复', 'Resume insurance', 'bolt'],
  ['employee-pension-paid', '职工养老缴费查询', 'Employee pension paid', 'list'],
  ['employee-pension-statement', '职工养老权益单', 'Pension statement', 'print'],
  ['resident-pension-statement', '居民养老权益单', 'Resident statement', 'print'],
  ['flexible-worker-statement', '灵活就业对账单', 'Flexible statement', 'print'],
  ['pension-transfer', '养老转移凭证', 'Pension transfer', 'print'],
  ['pension-funeral-grant', '丧葬补助金', 'Funeral grant', 'shield'],
  ['cancel-resident-pension', '居民养老注销', 'Close resident pension', 'list'],
  ['land-farmer-insurance', '征地参保查询', 'Land-farmer insurance', 'list'],
  ['work-injury-benefits', '工伤待遇查询', 'Work-injury benefits', 'list'],
  ['insurance-certificate', '社保缴费证明', 'Insurance payments', 'print'],
  ['resident-pension-payment', '养老保险缴费', 'Pension premium', 'heart', 'jar-coins'],
]);

/** What people without a card came for most. */
export const OPEN_TILES = tilesOf([
  ['power-bill', '缴电费', 'Electricity bill', 'bolt', 'bulb-coins'],
  ['problem-report', '反映问题', 'Report a problem', 'camera', 'lamp-camera'],
  ['water-bill', '缴水费', 'Water bill', 'bolt', 'tap-coins'],
  ['shelters', '避灾安置点', 'Shelters', 'shield'],
]);

/** All of housing. */
export const MANY_GUIDES = guidesOf([
  ['how-homestead-approval', '农村造房子怎么申请', 'How to apply to build a house'],
  ['how-homestead-size', '宅基地批多大', 'How large a homestead may be'],
  ['how-no-property-certificate', '无房证明怎么打', 'How to print a no-property certificate'],
  ['when-no-property-certificate', '无房证明哪些时候用不着', 'When you need no such certificate'],
  ['how-house-completion', '房子造好了，怎么验收', 'Having a new house checked'],
  ['how-house-steps', '造房子一共要几步', 'The steps of building a house'],
  ['how-housing-fund-account', '公积金余额怎么查', 'How to look up your housing fund'],
  ['how-housing-fund-deposits', '公积金缴存证明怎么打', 'How to print a deposit statement'],
  ['how-housing-fund-loan', '公积金贷款怎么查', 'How to look up your housing-fund loan'],
  ['how-housing-fund-transfer', '公积金怎么从外地转回来', 'How to move a housing fund here'],
  ['how-housing-fund-calculator', '公积金贷款怎么算', 'How to reckon a housing-fund loan'],
  ['how-housing-fund-withdrawal', '公积金怎么提出来', 'How to withdraw your housing fund'],
  ['how-public-rental-housing', '公租房怎么申请', 'How to ask for a public rental home'],
  ['how-house-renovation', '房子危险了，怎么申请改造', 'Help with an unsafe house'],
  ['how-property-record', '名下房产怎么查', 'How to look up your property'],
  ['how-real-estate-booking', '不动产登记怎么约', 'Booking the registry'],
  ['how-real-estate-progress', '房产证进度怎么查', 'How to follow a registration'],
  ['how-property-certificate-print', '房产证怎么自己打', 'How to print your property certificate'],
  ['how-homestead-rights', '宅基地怎么查', 'How to look up a homestead'],
]);

/** What everybody should know. */
export const GENERAL_GUIDES = guidesOf([
  ['how-guides', '这台机器怎么用', 'How to use this machine'],
  ['lost-id-card', '身份证丢了怎么办', 'What to do about a lost ID card'],
  ['lost-social-card', '社保卡丢了怎么办', 'What to do about a lost social-security card'],
  ['no-strangers', '谨防骗子', 'Beware of swindlers'],
]);

/** One with each of the pictures there are. */
export const PICTURED_TILES = tilesOf([
  ['money-arrived', '钱到了没有', 'Has it arrived', 'clock', 'elder-coins'],
  ['power-bill', '缴电费', 'Electricity bill', 'bolt', 'bulb-coins'],
  ['medical-premium', '居民医保缴费', 'Medical premium', 'bolt', 'medicine-coins'],
  ['case-progress', '办件进度', 'Case progress', 'list', 'paper-steps'],
  ['health-check', '健康体检预约', 'Health check', 'heart', 'heart-calendar'],
  ['problem-report', '反映问题', 'Report a problem', 'camera', 'lamp-camera'],
  ['water-bill', '缴水费', 'Water bill', 'bolt', 'tap-coins'],
  ['resident-pension-payment', '养老保险缴费', 'Pension premium', 'heart', 'jar-coins'],
  ['old-age-allowance', '高龄津贴', 'Old-age allowance', 'heart', 'elder-cane'],
  ['insurance-proof', '社保参保证明', 'Proof of insurance', 'print', 'paper-shield'],
  ['household-certificate', '户籍证明', 'Household certificate', 'print', 'house-booklet'],
  ['grain-subsidy', '种粮补贴申报', 'Grain subsidy', 'bowl', 'grain-coins'],
  ['farmland-subsidy', '耕地补贴申报', 'Farmland subsidy', 'bowl', 'field-coins'],
  ['village-certificate', '村里开证明', 'Village certificate', 'list', 'village-paper'],
]);
