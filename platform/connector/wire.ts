/**
 * Messages between a platform and a case centre, as JSON over HTTPS, with the field names of the newer interface
 * of Zhejiang's case centre (domain.md D.3, D.4). Real endpoints are not public: a province whose own differ
 * changes this file and `http-centre.ts`, and nothing else.
 *
 *     POST {url}/receive   → 200 numbered   | 422 refusal
 *     POST {url}/accept    → 200 told       | 422 refusal
 *     POST {url}/finish    → 200 told       | 422 refusal
 *     GET  {url}/cases/{relBizId} → 200 looked up, with `case: null` where there is none
 *
 * Every answer names the reference it answers (`relBizId`). Times are `yyyy-MM-dd HH:mm:ss` in China.
 */
import { z } from 'zod';

const person = z.strictObject({
  name: z.string(),
  cardNumber: z.string().nullable(),
  address: z.string().nullable(),
});

/** `POST /receive`. */
export const receiveSchema = z.strictObject({
  appId: z.string(),
  relBizId: z.string(),
  matterCode: z.string(),
  projectName: z.string(),
  applicantVO: person.nullable(),
  contactVO: person.nullable(),
  areaCode: z.string(),
  gmtApply: z.string(),
  affFormInfo: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  suffInfoList: z.array(z.strictObject({ mediaType: z.string(), bytes: z.int() })),
  extInfo: z.strictObject({ localNumber: z.string(), villageName: z.string() }),
});

const decided = {
  appId: z.string(),
  relBizId: z.string(),
  projId: z.string(),
  projPwd: z.string(),
  deptCode: z.string(),
  memo: z.string(),
};

/** DOACTION of acceptance: 0 accepted, 1 不予受理. */
export const ACCEPT_ACTION = { accepted: 0, declined: 1 } as const;
/** `POST /accept`. */
export const acceptSchema = z.strictObject({
  ...decided,
  doAction: z.union([z.literal(0), z.literal(1)]),
  gmtAccept: z.string(),
});

/** How a case ended: DOACTION 0 办结 with its result, 1 作废办结. */
export const FINISH_RESULT = { granted: '准予许可', denied: '不予许可', withdrawn: '作废办结' } as const;
const finishResult = z.enum(['准予许可', '不予许可', '作废办结']);
/** `POST /finish`. */
export const finishSchema = z.strictObject({
  ...decided,
  doAction: z.union([z.literal(0), z.literal(1)]),
  result: finishResult,
  gmtService: z.string(),
});

/** Answer to `receive`. */
export const numberedSchema = z.object({ relBizId: z.string(), projId: z.string(), projPwd: z.string() });
/** Answer to `accept` and `finish`. */
export const toldSchema = z.object({ relBizId: z.string() });
/** Answer 422 to any of the three. */
export const refusalSchema = z.object({ relBizId: z.string(), refused: z.string() });
/** Answer to a look-up. */
export const lookedUpSchema = z.object({
  relBizId: z.string(),
  case: z
    .object({
      projId: z.string(),
      projPwd: z.string(),
      accepted: z.union([z.literal(0), z.literal(1)]).nullable(),
      finished: finishResult.nullable(),
    })
    .nullable(),
});
export type LookedUp = z.infer<typeof lookedUpSchema>;
