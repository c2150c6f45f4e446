/** One of every structure that came with machines that are kept from afar: orders, software, codes, lists, bundles. */
import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { sealAgentList } from '../agent-list.ts';
import { encodeContent } from '../content-coding.ts';
import { answerTo, machineKey, makeChallenge } from '../phone-sign-in.ts';
import { sealDiagnostics } from './diagnostics.ts';
import { stepBackFormat } from './feed.ts';
import { keyId } from './keys.ts';
import { makeLookupAnswer, makeLookupRequest } from './lookup.ts';
import { phoneCodeText } from './phone-code.ts';
import { SAMPLE_CONTENT, SAMPLE_MS, type SampleWorld, sample32, sampleHead, sampleId } from './sample.ts';
import { localNumberOf } from './slip.ts';

type Group = Readonly<Record<string, string>>;
const VALID_MS = 300_000;

/** By group, as `makeProtocolVectors` has them. */
export function machineVectors(crypto: Crypto, world: SampleWorld): Readonly<Record<string, Group>> {
  return {
    software: softwareVector(crypto, world),
    'machine order': machineOrderVector(crypto),
    'phone code': phoneCodeVector(crypto),
    'telephone sign-in': telephoneVector(crypto),
    'agent list': agentListVector(crypto),
    diagnostics: {
      bundle: toHex(
        sealDiagnostics(crypto, {
          ...{ terminalId: world.terminalId, recipient: world.sealing.publicKey },
          ...{ wallMs: SAMPLE_MS, plain: SAMPLE_CONTENT },
        }),
      ),
    },
    'slip look-up': lookUpVector(crypto, world),
  };
}

/** What a machine may install, and orders to go back: for one machine and for every one. */
function softwareVector(crypto: Crypto, world: SampleWorld): Group {
  const order = {
    v: 1,
    suite: 1,
    platformId: world.platformId,
    orderKeyId: keyId(crypto, world.ordering.publicKey),
    ...{ orderId: sampleId(crypto, 'stepBackId'), fromVersion: 8, toVersion: 7, reason: '示例' },
    at: SAMPLE_MS,
  } as const;
  const hours = { days: [1, 2, 3, 4, 5], fromMinute: 90, toMinute: 300 };
  return {
    offer: toHex(encodeContent({ schema: 1, kind: 'software.offer', channel: 'stable', version: 8, hours })),
    none: toHex(encodeContent({ schema: 1, kind: 'software.none' })),
    'step back': toHex(stepBackFormat.make(world.ordering, { ...order, terminalId: world.terminalId })),
    'step back of all': toHex(stepBackFormat.make(world.ordering, { ...order, terminalId: null })),
  };
}

/** A lock, as it comes down, and what became of it, as an entry holds it. */
function machineOrderVector(crypto: Crypto): Group {
  const orderId = sampleId(crypto, 'machineOrderId');
  const reason = { zh: '示例', en: 'Sample' };
  return {
    orderId: toHex(orderId),
    lock: toHex(encodeContent({ schema: 1, kind: 'machine.lock', when: 'vacant', reason })),
    answer: toHex(
      encodeContent({
        ...{ schema: 1, kind: 'audit.machine-order', orderId, order: 'lock' },
        ...{ outcome: 'done', why: null, report: null },
      }),
    ),
  };
}

function phoneCodeVector(crypto: Crypto): Group {
  const issuer = crypto.signingKey(sample32(crypto, 'phoneIssuer'));
  return {
    'issuer.public': toHex(issuer.publicKey),
    qr: phoneCodeText(crypto, issuer, {
      ...{ codeId: sampleId(crypto, 'codeId'), name: '示例', number: '11010519491231002X' },
      ...{ issuedAt: SAMPLE_MS, expires: SAMPLE_MS + VALID_MS },
    }),
  };
}

/** Digits as they are said over the telephone. */
function telephoneVector(crypto: Crypto): Group {
  const [county, machine, role] = [sample32(crypto, 'county'), '330017', 'maintainer'];
  const key = machineKey(crypto, county, machine);
  const challenge = makeChallenge(17, '40295');
  return {
    ...{ county: toHex(county), machine, key: toHex(key), role, challenge },
    answer: answerTo(crypto, key, { role, challenge }),
  };
}

function agentListVector(crypto: Crypto): Group {
  const signKey = crypto.signingKey(sample32(crypto, 'agent')).publicKey;
  const openKey = crypto.openingKey(sample32(crypto, 'agentOpen')).publicKey;
  const item = {
    why: 'supplement',
    ...{ itemId: sampleId(crypto, 'caseId'), matterId: 'old-age-allowance' },
    ...{ localNumber: localNumberOf(sampleId(crypto, 'caseId')), masked: '示*', day: '2026-06-18' },
    ...{ words: '请补户口本', owner: null },
  } as const;
  const list = {
    schema: 1,
    kind: 'agent.list',
    version: 1,
    madeMs: SAMPLE_MS,
    items: [item],
  } as const;
  const to = { agentId: sampleId(crypto, 'agentId'), signKeyId: keyId(crypto, signKey), openKey };
  return {
    list: toHex(encodeContent(list)),
    item: toHex(sealAgentList(crypto, to, { ...list, items: [...list.items] })),
  };
}

function lookUpVector(crypto: Crypto, world: SampleWorld): Group {
  const replyKey = crypto.openingKey(sample32(crypto, 'queryReplyKey')).publicKey;
  const localNumber = localNumberOf(sampleId(crypto, 'caseId'));
  const answer = { ...sampleHead(crypto, world), replyKey, localNumber, content: SAMPLE_CONTENT };
  return {
    request: toHex(makeLookupRequest({ localNumber, slipCode: '012345', replyKey })),
    answer: toHex(makeLookupAnswer(crypto, world.answering, answer)),
    'answer opened': toHex(SAMPLE_CONTENT),
  };
}
