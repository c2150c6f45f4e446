import { crypto } from '../../../platform/testing/test-terminal.ts';
import { readContent } from '../../../sync/content-coding.ts';
import { lookupContentSchema } from '../../../sync/contents.ts';
import { lookupFormat, makeLookupRequest, openLookupAnswer } from '../../../sync/formats/lookup.ts';
import { verifyAnswer } from '../../../sync/trust.ts';
import { type Check, expectSame } from '../check.ts';

/** Looking a case up by its slip. */
export const SLIP_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise: 'a look-up is answered by the platform’s word on that number, sealed to the key it brought',
    async run({ terminal }) {
      const reply = crypto.openingKey(crypto.randomBytes(32));
      const request = { localNumber: '000000000000', slipCode: '000000', replyKey: reply.publicKey };
      const answered = await terminal.call('slips', makeLookupRequest(request));
      if (!answered.ok) throw new Error(`not answered: ${JSON.stringify(answered.error)}`);
      const opened = openLookupAnswer(reply, answered.value);
      if (!opened.ok) throw new Error('the answer does not open with the key it was asked with');
      const said = verifyAnswer(crypto, terminal.trust(), lookupFormat, opened.value);
      if (!said.ok) throw new Error(`the answer does not count: ${said.error.code}`);
      expectSame('number', said.value.localNumber, request.localNumber);
      const content = readContent(lookupContentSchema, said.value.content);
      expectSame('found', content.ok && content.value.found, false);
    },
  },
];
