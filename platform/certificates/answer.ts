/** `own-certificate`: another number for a paper that did not come out, without asking the source again. */
import type { PlatformContext } from '../context.ts';
import type { OwnAnswer } from '../gateway/own-answers.ts';
import { replaceCertificate } from './register.ts';

/** Answers it: the new certificate's words beside when its facts stood so; `unavailable` where there is none. */
export function certificateAnswer(
  context: Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'keys' | 'county'>,
): OwnAnswer {
  return async ({ terminalId, parameters: { number = '', ...others } }) => {
    if (!/^\d{12}$/.test(number) || Object.keys(others).length > 0) return 'malformed';
    const anew = await replaceCertificate(context, { terminalId, number });
    if (anew === undefined) return { schema: 1, outcome: 'unavailable' };
    const from = { zh: context.county.name, en: context.county.name };
    return { schema: 1, outcome: 'nothing', from, asOfMs: anew.asOfMs, certificates: [anew.words] };
  };
}
