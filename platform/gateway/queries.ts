import { toHex } from '../../base/bytes.ts';
import { isLowOrder } from '../../base/crypto/low-order.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import {
  makeQueryAnswer,
  openQuestion,
  parseQueryRequest,
  type QueryRequest,
  type Question,
} from '../../sync/formats/query.ts';
import type { BrokerAnswer, BrokerQuestion } from '../broker/broker.ts';
import { abortSignalOf } from '../gone.ts';
import type { Limiter } from '../limits/limiter.ts';
import { type Answer, answerHead, problem, served } from './answer.ts';
import type { GatewayContext, TerminalCall } from './call.ts';
import { type OwnAnswer, takeOwnParameters } from './own-answers.ts';

/**
 * `POST /v1/queries`: shared data of a person whose consent is held, found or not, signed and then sealed to a key made
 * for that visit; or what the platform knows itself and tells any terminal.
 */
export async function queriesEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const { keys } = context;
  const request = parseQueryRequest(call.content);
  if (!request.ok) return problem(request.error.code === 'too-large' ? 'too-large' : 'malformed');
  const { terminalId } = call.terminal;
  const own = context.own.get(request.value.dataSet);
  if (!own && !context.broker) return problem('not-found');
  const waitS = limitFor(context, own !== undefined).spend(toHex(terminalId));
  if (waitS > 0) return problem('slow-down', waitS);
  const question = findQuestion(context, call, request.value);
  if (!question) return problem('malformed');
  const { consentId, dataSet } = request.value;
  const asked = { terminalId, consentId, dataSet, question, signal: abortSignalOf(call.signal) };
  const answer = own ? await answerOwn(own, asked) : await context.broker?.answer(asked);
  if (!answer) return problem('not-found');
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

/** Whoever waits for a payment asks often. */
function limitFor({ limits }: GatewayContext, isOwnQuestion: boolean): Limiter {
  return isOwnQuestion ? limits.ownByTerminal : limits.queriesByTerminal;
}

/** What the platform knows itself: about nobody, so a repeat is answered again. */
async function answerOwn(own: OwnAnswer, asked: BrokerQuestion): Promise<BrokerAnswer> {
  const { terminalId, consentId, question } = asked;
  const parameters = takeOwnParameters(question.parameters);
  if (consentId !== null || question.person !== null || !parameters.ok) return { kind: 'malformed' };
  const content = await own({ terminalId, parameters: parameters.value });
  return content === 'malformed' ? { kind: 'malformed' } : { kind: 'answered', content };
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
