import { toHex } from '../../base/bytes.ts';
import { isLowOrder } from '../../base/crypto/low-order.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { makeLookupAnswer, parseLookupRequest } from '../../sync/formats/lookup.ts';
import { lookUp } from '../cases/look-up.ts';
import { type Answer, answerHead, problem, served } from './answer.ts';
import type { GatewayContext, TerminalCall } from './call.ts';

/** `POST /v1/slips`: a slip's case, found or not, signed and then sealed to a key made for that visit. */
export async function slipsEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const request = parseLookupRequest(call.content);
  if (!request.ok || isLowOrder(request.value.replyKey)) return problem('malformed');
  const { localNumber, slipCode, replyKey } = request.value;
  const terminalKey = toHex(call.terminal.terminalId);
  // A number is guarded whoever asks: its code has six digits and must not be found by trying.
  const waitS = Math.max(
    context.limits.slipsByTerminal.spend(terminalKey),
    context.limits.slipsByNumber.spend(localNumber),
  );
  if (waitS > 0) return problem('slow-down', waitS);
  const content = await lookUp(context, { localNumber, slipCode });
  if (content.found) {
    // Only guesses cost: whoever has the code may look as often as they like.
    context.limits.slipsByTerminal.forgive(terminalKey);
    context.limits.slipsByNumber.forgive(localNumber);
  }
  return served(
    makeLookupAnswer(context.crypto, context.keys.answerKey().key, {
      ...answerHead(context, call.terminal.terminalId),
      replyKey,
      localNumber,
      content: encodeContent(content),
    }),
  );
}
