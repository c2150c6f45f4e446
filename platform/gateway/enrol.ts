import { invariant } from '../../base/result.ts';
import { helloFormat } from '../../sync/formats/answers.ts';
import { makeEnrolAnswer, parseEnrolRequest } from '../../sync/formats/enrolment.ts';
import { certFormat } from '../../sync/formats/key-set.ts';
import { enrol } from '../terminals/enrol.ts';
import { type Answer, problem, served } from './answer.ts';
import type { GatewayContext, OpenCall } from './call.ts';
import { signHello } from './hello.ts';

/** `POST /v1/enrol`: a terminal with a code gets its certificate and the trust it begins with. */
export async function enrolEndpoint(context: GatewayContext, call: OpenCall): Promise<Answer> {
  const waitS = context.limits.enrol.spend(call.remote);
  if (waitS > 0) return problem('slow-down', waitS);
  const request = parseEnrolRequest(call.content);
  if (!request.ok) return problem('malformed');
  const enrolled = await enrol(context, request.value);
  if (!enrolled.ok) return problem(enrolled.error === 'used' ? 'used-code' : 'bad-code');
  const cert = certFormat.parse(enrolled.value.cert);
  const hello = helloFormat.parse(signHello(context, enrolled.value.terminalId, request.value.nonce));
  invariant(cert.ok && hello.ok, 'what we signed can be read');
  return served(makeEnrolAnswer({ keySets: context.keys.keySets(), cert: cert.value, hello: hello.value }));
}
