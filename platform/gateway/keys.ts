import { keySetsQuerySchema } from '../../sync/contract.ts';
import { isNewKeyRequestBy, makeKeySetsAnswer, parseNewKeyRequest } from '../../sync/formats/messages.ts';
import { addTerminalKey } from '../terminals/enrol.ts';
import { type Answer, problem, served } from './answer.ts';
import type { GatewayContext, OpenCall, TerminalCall } from './call.ts';

/** `GET /v1/keysets`: the key sets after a number; public for ever. */
export async function keySetsEndpoint(context: GatewayContext, call: OpenCall): Promise<Answer> {
  const waitS = context.limits.keySets.spend(call.remote);
  if (waitS > 0) return problem('slow-down', waitS);
  const query = keySetsQuerySchema.safeParse(call.query);
  if (!query.success) return problem('malformed');
  const after = query.data.after;
  // The hello that sent a terminal here may have been another gateway's.
  context.openingKeys.takeNew();
  return served(makeKeySetsAnswer(context.keys.keySets().filter((set) => set.value.number > after)));
}

/** `POST /v1/keys`: a certificate for a new key of the terminal that asks. */
export async function newKeyEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const request = parseNewKeyRequest(call.content);
  if (!request.ok) return problem('malformed');
  const { terminal } = call;
  if (!isNewKeyRequestBy(context.crypto, request.value, terminal.terminalId))
    return problem('unauthenticated');
  const cert = await context.store.transaction((tx) =>
    addTerminalKey(tx, context, terminal, request.value.publicKey),
  );
  return cert.ok ? served(cert.value) : problem('unauthenticated');
}
