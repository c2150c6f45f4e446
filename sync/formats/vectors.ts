import { label, toHex, utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { invariant, type Result } from '../../base/result.ts';
import { agentCodeHash } from '../agent-contents.ts';
import { encodeContent } from '../content-coding.ts';
import { OWN_QUESTIONS } from '../own-questions.ts';
import { helloFormat, OUTCOME, receiptFormat, releaseFormat } from './answers.ts';
import { encryptAttachment } from './attachment.ts';
import { makeAct } from './body.ts';
import { certificateFormat, certificateQrText } from './certificate.ts';
import { formatEnrolmentCode, makeEnrolAnswer, makeEnrolRequest } from './enrolment.ts';
import { entryBytes } from './entry.ts';
import { FEED_KIND, FIRST_CURSOR, orderFormat, pageFormat, sealCaseItem } from './feed.ts';
import { makeFrame } from './frame.ts';
import { certFormat } from './key-set.ts';
import { keyId } from './keys.ts';
import { machineVectors } from './machine-vectors.ts';
import { makeQueryAnswer, makeQueryRequest } from './query.ts';
import { makeAuth } from './request.ts';
import { makeRescueAnswers, rescueFormat } from './rescue.ts';
import {
  SAMPLE_CONTENT,
  SAMPLE_MS,
  type SampleWorld,
  sample32,
  sampleEntry,
  sampleHead,
  sampleId,
  sampleWorld,
} from './sample.ts';
import { localNumberOf, makeSlip, slipQrText } from './slip.ts';

/** Every value as lower-case hex, or as text where the format is text. */
export type VectorGroup = Readonly<Record<string, string>>;

/**
 * One of every structure of journal.md, made from fixed keys (docs/protocol.md). `crypto` must take its chance
 * from `vectorChance`, so that sealing gives the same bytes every time.
 */
export function makeProtocolVectors(crypto: Crypto): Readonly<Record<string, VectorGroup>> {
  const world = sampleWorld(crypto);
  return {
    keys: keys(crypto, world),
    ids: ids(crypto, world),
    ...entryVectors(crypto, world),
    ...answerVectors(crypto, world),
    ...feedVectors(crypto, world),
    ...trustVectors(crypto, world),
    ...slipAndRescueVectors(crypto, world),
    progress: progressVector(crypto),
    query: queryVector(crypto, world),
    'own question': ownQuestionVector(crypto, world),
    certificate: certificateVector(crypto, world),
    roster: rosterVector(crypto),
    ...machineVectors(crypto, world),
  };
}

/** The "random" bytes of the vectors: every ephemeral key is SHA-256("yizhan/vector-chance\0"), cut to length. */
export function vectorChance(sha256: Crypto['sha256']): { bytes(length: number): Uint8Array } {
  return { bytes: (length) => sha256(label('yizhan/vector-chance')).slice(0, length) };
}

function keys(crypto: Crypto, world: SampleWorld): VectorGroup {
  const pairs = ['root', 'answering', 'certifying', 'ordering', 'terminal'] as const;
  const group: Record<string, string> = {};
  for (const name of [...pairs, 'sealing'] as const) {
    group[`${name}.private`] = toHex(sample32(crypto, name));
    group[`${name}.public`] = toHex(world[name].publicKey);
    group[`${name}.keyId`] = toHex(keyId(crypto, world[name].publicKey));
  }
  return group;
}

function ids(crypto: Crypto, world: SampleWorld): VectorGroup {
  const caseId = sampleId(crypto, 'caseId');
  return hexOf({
    platformId: world.platformId,
    terminalId: world.terminalId,
    journalId: world.journalId,
    bootId: world.bootId,
    epoch: world.epoch,
    caseId,
    'localNumber of caseId': localNumberOf(caseId),
  });
}

function entryVectors(crypto: Crypto, world: SampleWorld) {
  const first = sampleEntry(crypto, world);
  const second = sampleEntry(crypto, world, { seq: 2, prev: first.entryHash, class: 0 });
  const file = taken(encryptAttachment(crypto, sample32(crypto, 'attachmentKey'), utf8('yizhan')));
  const agent = crypto.signingKey(sample32(crypto, 'agent'));
  const act = makeAct(crypto, agent, { entryId: first.header.entryId, content: SAMPLE_CONTENT });
  const local = {
    submissionId: sampleId(crypto, 'submissionId'),
    token: sample32(crypto, 'token'),
    row: null,
  };
  return {
    entry: hexOf({
      entry: entryBytes(first),
      header: first.headerBytes,
      entryHash: first.entryHash,
      content: SAMPLE_CONTENT,
      body: first.body ?? utf8(''),
    }),
    'entry 2': hexOf({ entry: entryBytes(second), entryHash: second.entryHash }),
    'entry erased': hexOf({ entry: entryBytes({ ...first, body: null }) }),
    act: hexOf({ agentKeyId: act.agentKeyId, signature: act.signature }),
    attachment: hexOf({ key: sample32(crypto, 'attachmentKey'), plain: utf8('yizhan'), name: file.name }),
    frame: hexOf({
      mirror: makeFrame(crypto, entryBytes({ ...first, body: null }), local),
      stick: makeFrame(crypto, entryBytes({ ...first, body: null }), null),
    }),
  };
}

function answerVectors(crypto: Crypto, world: SampleWorld) {
  const head = sampleHead(crypto, world);
  const { journalId } = world;
  const first = sampleEntry(crypto, world);
  const second = sampleEntry(crypto, world, { seq: 2, prev: first.entryHash, class: 0 });
  const items = [
    { seq: 1, entryId: first.header.entryId, entryHash: first.entryHash, outcome: OUTCOME.held },
    { seq: 2, entryId: second.header.entryId, entryHash: second.entryHash, outcome: OUTCOME.unopenable },
  ];
  const ranges = [{ from: 1, to: 2, hashAtTo: second.entryHash }];
  const order = orderFormat.make(world.ordering, {
    v: 1,
    suite: 1,
    platformId: world.platformId,
    orderKeyId: keyId(crypto, world.ordering.publicKey),
    orderId: sampleId(crypto, 'orderId'),
    terminalId: world.terminalId,
    journalId,
    seq: 2,
    entryHash: second.entryHash,
    reason: '示例',
    at: SAMPLE_MS,
  });
  return {
    receipt: hexOf({ receipt: receiptFormat.make(world.answering, { ...head, journalId, items }) }),
    release: hexOf({ release: releaseFormat.make(world.answering, { ...head, journalId, ranges }) }),
    hello: hexOf({ nonce: sampleId(crypto, 'nonce'), hello: sampleHello(crypto, world) }),
    order: hexOf({ order }),
  };
}

function feedVectors(crypto: Crypto, world: SampleWorld) {
  const replyKey = crypto.openingKey(sample32(crypto, 'caseReplyKey'));
  const itemId = sampleId(crypto, 'itemId');
  const caseId = sampleId(crypto, 'caseId');
  const content = sealCaseItem(crypto, {
    caseReplyKey: replyKey.publicKey,
    itemId,
    caseId,
    content: SAMPLE_CONTENT,
  });
  const page = pageFormat.make(world.answering, {
    ...sampleHead(crypto, world),
    after: FIRST_CURSOR,
    next: Uint8Array.of(1),
    items: [
      { itemId, kind: FEED_KIND.case, expires: null, caseId, content },
      {
        itemId: sampleId(crypto, 'noticeItemId'),
        kind: FEED_KIND.notice,
        expires: SAMPLE_MS + 86_400_000,
        caseId: null,
        content: SAMPLE_CONTENT,
      },
    ],
  });
  return {
    feed: hexOf({
      page,
      'caseReplyKey.private': sample32(crypto, 'caseReplyKey'),
      'caseReplyKey.public': replyKey.publicKey,
      'first item opened': SAMPLE_CONTENT,
    }),
  };
}

/** A case's progress with everything that may stand beside its words, sealed to the owner of the case. */
function progressVector(crypto: Crypto): VectorGroup {
  const replyKey = crypto.openingKey(sample32(crypto, 'caseReplyKey'));
  const itemId = sampleId(crypto, 'progressItemId');
  const caseId = sampleId(crypto, 'caseId');
  const label = { zh: '户口本', en: 'Household book' };
  const content = encodeContent({
    ...{
      schema: 1,
      caseId,
      status: 'supplement',
      atMs: SAMPLE_MS,
      words: '请补户口本',
      provinceNumber: null,
    },
    ask: {
      items: [{ of: 'material', id: 'household-book', label }],
      by: '2026-06-18',
      note: '封面和本人那页',
    },
    result: { how: 'collect', where: '镇便民中心', matterId: null },
    remedy: { words: '可以申请复查', by: '2026-08-11' },
    duplicate: { number: '330624260610000000001' },
  });
  const sealed = sealCaseItem(crypto, { caseReplyKey: replyKey.publicKey, itemId, caseId, content });
  return hexOf({ itemId, caseId, content, sealed });
}

function trustVectors(crypto: Crypto, world: SampleWorld) {
  const content = utf8('');
  const auth = makeAuth(crypto, world.terminal, {
    platformId: world.platformId,
    terminalId: world.terminalId,
    bootId: world.bootId,
    counter: 1,
    method: 'GET',
    target: '/v1/feed?after=&waitS=25',
    content,
  });
  const secret = sampleId(crypto, 'secret');
  const nonce = sampleId(crypto, 'nonce');
  const code = { origin: 'https://yizhan.example', rootHash: crypto.sha256(world.root.publicKey), secret };
  const answer = makeEnrolAnswer({
    keySets: [world.keySet],
    cert: taken(certFormat.parse(world.certBytes)),
    hello: taken(helloFormat.parse(sampleHello(crypto, world))),
  });
  return {
    keySet: hexOf({ keySet: world.keySetBytes }),
    cert: hexOf({ cert: world.certBytes }),
    request: hexOf({ method: 'GET', target: '/v1/feed?after=&waitS=25', content, 'Yizhan-Auth': auth }),
    enrolment: hexOf({
      code: formatEnrolmentCode(code),
      request: makeEnrolRequest(crypto, world.terminal, { secret, nonce }),
      answer,
    }),
  };
}

function slipAndRescueVectors(crypto: Crypto, world: SampleWorld) {
  const first = sampleEntry(crypto, world);
  const slip = makeSlip(world.terminal, world.certBytes, {
    localNumber: localNumberOf(sampleId(crypto, 'caseId')),
    slipCode: '012345',
    entryHash: first.entryHash,
    wallMs: SAMPLE_MS,
  });
  const frames = makeFrame(crypto, entryBytes(first), null);
  const manifest = rescueFormat.make(world.terminal, {
    v: 1,
    suite: 1,
    terminalId: world.terminalId,
    signKeyId: keyId(crypto, world.terminal.publicKey),
    rescueId: sampleId(crypto, 'rescueId'),
    wallMs: SAMPLE_MS,
    files: [{ name: 'entries.yzf', bytes: frames.length, hash: crypto.sha256(frames) }],
  });
  return {
    slip: hexOf({ slip, qr: slipQrText('https://yizhan.example', slip) }),
    rescue: hexOf({
      'entries.yzf': frames,
      'manifest.cbor': manifest,
      'answers.cbor': makeRescueAnswers([world.keySetBytes]),
    }),
  };
}

function queryVector(crypto: Crypto, world: SampleWorld): VectorGroup {
  const { platformId, terminalId } = world;
  const replyKey = crypto.openingKey(sample32(crypto, 'queryReplyKey')).publicKey;
  const nonce = sampleId(crypto, 'nonce');
  const asked = { consentId: sampleId(crypto, 'consentId'), dataSet: 'household' };
  const question = { nonce, replyKey, person: '11010519491231002X', parameters: [] };
  const binding = { platformId, terminalId, ...asked };
  const head = sampleHead(crypto, world);
  const answer = { ...head, nonce, replyKey, ...asked, content: SAMPLE_CONTENT };
  return hexOf({
    request: taken(makeQueryRequest(crypto, world.sealing.publicKey, binding, question)),
    answer: makeQueryAnswer(crypto, world.answering, answer),
    'replyKey.private': sample32(crypto, 'queryReplyKey'),
    'answer opened': SAMPLE_CONTENT,
  });
}

/** A question that the platform answers itself, about nobody. */
function ownQuestionVector(crypto: Crypto, world: SampleWorld): VectorGroup {
  const { platformId, terminalId } = world;
  const { publicKey: replyKey } = crypto.openingKey(sample32(crypto, 'queryReplyKey'));
  const binding = { platformId, terminalId, consentId: null, dataSet: OWN_QUESTIONS.slots };
  const parameters = [{ name: 'service', value: 'hospital' }];
  const question = { nonce: sampleId(crypto, 'nonce'), replyKey, person: null, parameters };
  return hexOf({ request: taken(makeQueryRequest(crypto, world.sealing.publicKey, binding, question)) });
}

/** A village's agents as they come down, and an agent's new key as it goes up. */
function rosterVector(crypto: Crypto): VectorGroup {
  const agentId = sampleId(crypto, 'agentId');
  const signKey = crypto.signingKey(sample32(crypto, 'agent')).publicKey;
  const openKey = crypto.openingKey(sample32(crypto, 'agentOpen')).publicKey;
  const code = '246813579024';
  const codeHash = agentCodeHash(crypto, agentId, code);
  const day = 86_400_000;
  const agent = {
    ...{ agentId, role: 'agent', untilMs: SAMPLE_MS + 365 * day, revoked: false, codeHash },
    ...{ keys: [{ signKey, openKey }], refused: [] },
  };
  const roster = encodeContent({
    ...{ schema: 1, kind: 'roster', version: 1, village: '330624108248', issuedMs: SAMPLE_MS },
    ...{ staleMs: SAMPLE_MS + 30 * day, endMs: SAMPLE_MS + 90 * day, agents: [agent] },
  });
  const holder = {
    ...{ name: '示例', number: '11010519491231002X', kind: 'citizen' },
    ...{ birth: null, sex: null, address: null },
  };
  const submissionId = sampleId(crypto, 'submissionId');
  const newKey = encodeContent({
    ...{ schema: 1, kind: 'audit.agent-key', submissionId, agentId, signKey, openKey, holder },
  });
  return { code, ...hexOf({ codeHash, roster, newKey }) };
}

function certificateVector(crypto: Crypto, world: SampleWorld): VectorGroup {
  const { signKeyId } = sampleHead(crypto, world);
  const certificate = certificateFormat.make(world.answering, {
    ...{ v: 1, suite: 1, signKeyId, number: '123456789012', template: 'certificate', dataSet: 'household' },
    ...{ said: crypto.sha256(SAMPLE_CONTENT), name: '张*', issuedAt: SAMPLE_MS, asOf: SAMPLE_MS },
  });
  return hexOf({ certificate, qr: certificateQrText('https://yizhan.example', certificate) });
}

function sampleHello(crypto: Crypto, world: SampleWorld): Uint8Array {
  const nonce = sampleId(crypto, 'nonce');
  return helloFormat.make(world.answering, { ...sampleHead(crypto, world), nonce, keySet: 1 });
}

function hexOf(values: Readonly<Record<string, Uint8Array | string>>): VectorGroup {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : toHex(value),
  ]);
  return Object.fromEntries(entries);
}

function taken<T, E>(result: Result<T, E>): T {
  invariant(result.ok, 'the sample fits its own formats');
  return result.value;
}
