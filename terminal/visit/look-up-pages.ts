/** The pages of a look-up: what the slip itself proves, and what the platform answered. */
import { findVillageText } from '../../catalog/places.ts';
import type { LookupContent } from '../../sync/contents.ts';
import type { CertificateWords } from '../../sync/formats/certificate.ts';
import type { LookUpTrouble } from '../../sync/lookup.ts';
import type { Page } from '../api.ts';
import { stageOf } from './after-filing.ts';
import type { Desk } from './desk.ts';
import { historyOf } from './my-cases.ts';
import { fitPicture, pictureRef } from './result-picture.ts';
import type { LookUp, Spot, Visit } from './visit.ts';

type LookUpPage = Extract<Page, { kind: 'slip-lookup' }>;
type PhoneCodePage = Extract<Page, { kind: 'phone-code' }>;
type AnswerPage = Extract<Page, { kind: 'slip-answer' }>;
type CertificatePage = Extract<Page, { kind: 'certificate-answer' }>;

/** The page that asks for a slip, or for what stands on it. */
export function lookUpPage(
  spot: Extract<Spot, { at: 'slip-lookup' }>,
  lookUp: LookUp,
  desk: Desk,
): LookUpPage {
  const { localNumber, problem } = lookUp;
  return { kind: 'slip-lookup', step: spot.step, scanner: desk.devices().scanner, localNumber, problem };
}

/** The page that asks for a code on the phone. */
export function phoneCodePage({ phone }: Visit, desk: Desk): PhoneCodePage {
  const { scanner } = desk.devices();
  const { checkId, trouble } = phone ?? { checkId: null, trouble: null };
  return { kind: 'phone-code', scanner, app: desk.phone.app, checking: checkId !== null, trouble };
}

/** What is known of a slip's case; nothing while it was not asked for. */
export function findAnswerPage(lookUp: LookUp, desk: Desk): AnswerPage | CertificatePage | undefined {
  const { localNumber, scanned, askId, certificate } = lookUp;
  if (certificate !== null) return certificatePage(certificate, desk);
  if (localNumber === null || askId === null) return undefined;
  const state = desk.lookUps.find(askId) ?? { ok: false, error: 'no-answer' };
  const page: AnswerPage = {
    kind: 'slip-answer',
    localNumber,
    proof: proofOf(scanned),
    state: 'asking',
    stage: null,
    provinceNumber: null,
    picture: null,
    history: [],
  };
  if (state === 'asking') return page;
  return state.ok ? { ...page, ...told(state.value) } : { ...page, state: whyNothing(state.error, scanned) };
}

/** What a certificate proves by itself; whoever holds it compares it with the paper. */
function certificatePage(
  { number, name, dataSet: id, issuedAt, asOf }: CertificateWords,
  desk: Desk,
): CertificatePage {
  const dataSet = desk.catalog().dataSets.find((one) => one.id === id);
  return {
    ...{ kind: 'certificate-answer', number, name, issuedAtMs: issuedAt, asOfMs: asOf },
    ...{ what: dataSet?.name ?? null, from: dataSet?.from ?? null },
  };
}

function proofOf(scanned: LookUp['scanned']): AnswerPage['proof'] {
  if (scanned?.proof == null) return null;
  return { place: findVillageText(scanned.proof.place) ?? null, saidAtMs: scanned.wallMs };
}

/** Only the platform's own words, and nothing else: the look-up names neither person nor matter. */
function told(
  content: LookupContent,
): Pick<AnswerPage, 'state' | 'stage' | 'provinceNumber' | 'picture' | 'history'> {
  const progress = content.progress.map(({ status, atMs, words }) => ({
    ...{ status, atMs, words: words === '' ? null : words },
    provinceNumber: null,
  }));
  return {
    state: 'found',
    stage: stageOf('delivered', progress),
    provinceNumber: content.provinceNumber,
    picture: pictureRef(fitPicture(content.picture)),
    history: historyOf(content.submittedMs, 'delivered', progress),
  };
}

/** A slip that proves itself has the right number and code: where nothing is found, its case has not arrived. */
function whyNothing(trouble: LookUpTrouble, scanned: LookUp['scanned']): AnswerPage['state'] {
  return trouble === 'not-found' && scanned?.proof != null ? 'not-arrived' : trouble;
}
