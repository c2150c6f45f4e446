import { helloFormat } from '../../sync/formats/answers.ts';
import { parseHelloRequest } from '../../sync/formats/messages.ts';
import type { PlatformContext } from '../context.ts';
import { noteHeads } from '../ledger/heads.ts';
import { type Answer, answerHead, problem, served } from './answer.ts';
import type { GatewayContext, TerminalCall } from './call.ts';

/** `POST /v1/hello`: epoch, time and key set over the terminal's nonce; takes the heads it still owes. */
export async function helloEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const request = parseHelloRequest(call.content);
  if (!request.ok) return problem('malformed');
  // Another gateway, or the program for keys of named persons, may have made a key set while this one runs.
  context.openingKeys.takeNew();
  await noteHeads(context, call, request.value.heads);
  return served(signHello(context, call.terminal.terminalId, request.value.nonce));
}

/** A signed hello over `nonce`. */
export function signHello(
  context: Pick<PlatformContext, 'keys' | 'clock' | 'epoch'>,
  terminalId: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  const keySet = context.keys.newest().value.number;
  return helloFormat.make(context.keys.answerKey().key, {
    ...answerHead(context, terminalId),
    nonce,
    keySet,
  });
}
