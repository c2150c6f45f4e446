import { toHex } from '../../base/bytes.ts';
import { isLowOrder } from '../../base/crypto/low-order.ts';
import { encodeContent } from '../../sync/contents.ts';
import {
  makeQueryAnswer,
  openQuestion,
  parseQueryRequest,
  type QueryRequest,
  type Question,
} from '../../sync/formats/query.ts';
import { abortSignalOf } from '../gone.ts';
import { type Answer, answerHead, problem, served } from './answer.ts';
import type { GatewayContext, TerminalCall } from './call.ts';

/**
 * `POST /v1/queries`: shared data of a person whose consent is held, found or not, signed and then sealed to a key made
 * for that visit.
 */
export async function queriesEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const { broker, keys, limits } = context;
  if (!broker) return problem('not-found');
  const request = parseQueryRequest(call.content);
  if (!request.ok) return problem(request.error.code === 'too-large' ? 'too-large' : 'malformed');
  const { terminalId } = call.terminal;
  const waitS = limits.queriesByTerminal.spend(toHex(terminalId));
  if (waitS > 0) return problem('slow-down', waitS);
  const question = findQuestion(context, call, request.value);
  if (!question) return problem('malformed');
  const { consentId, dataSet } = request.value;
  const answer = await broker.answer({
    terminalId,
    consentId,
    dataSet,
    question,
    signal: abortSignalOf(call.signal),
  });
  switch (answer.kind) {
    case 'slow-down':
      return problem('slow-down', answer.waitS);
    case 'replayed':
    case 'malformed':
      return problem(answer.kind);
    case 'answered':
      return served(
        makeQueryAnswer(context.crypto, keys.answerKey().key, {
          ...answerHead(context, terminalId),
          ...{ nonce: question.nonce, replyKey: question.replyKey },
          ...{ consentId, dataSet, content: encodeContent(answer.content) },
        }),
      );
  }
}

/** The question, when it opens as this terminal's and an answer can be sealed to its key. */
function findQuestion(
  { openingKeys, keys: { platformId } }: GatewayContext,
  { terminal: { terminalId } }: TerminalCall,
  request: QueryRequest,
): Question | undefined {
  const key = openingKeys.find(request.sealKeyId);
  const question = key && openQuestion(key, request, { platformId, terminalId });
  return question?.ok && !isLowOrder(question.value.replyKey) ? question.value : undefined;
}
