/** The page of proof in its states. */
import type { Page, View } from '../../../terminal/api.ts';

type ProvePage = Extract<Page, { kind: 'prove-person' }>;

/** Head of the matter that needs it. */
export const PROOF_OF_LIFE: ProvePage['head'] = {
  name: { zh: '养老金资格认证', en: 'Pension proof of life' },
  forWhom: { zh: '张*', en: '张*' },
  sample: true,
  private: false,
};

/** Its official name. */
export const PROOF_OF_LIFE_NAME = {
  zh: '领取社会保险待遇资格认证',
  en: 'Proof-of-life certification for social-insurance benefits',
};

const BOTH: ProvePage['methods'] = [
  { method: 'face', triesLeft: 3 },
  { method: 'phone-code', triesLeft: 3 },
];
const SENT = { maskedPhone: '138****1234', digits: 6, guessesLeft: 5, wrong: false, checking: false };

const prove = (state: ProvePage['state'], methods = BOTH): readonly [Page, Partial<Omit<View, 'page'>>] => [
  { kind: 'prove-person', head: PROOF_OF_LIFE, methods, state },
  { holder: '张*' },
];
const failed = (
  method: ProvePage['methods'][number]['method'],
  reason: NonNullable<Extract<ProvePage['state'], { at: 'choose' }>['failed']>['reason'],
  methods = BOTH,
) => prove({ at: 'choose', failed: { method, reason } }, methods);

/** The views of the page, by name. */
export const PROVE_PAGES = {
  prove: prove({ at: 'choose', failed: null }),
  'prove-phone-only': prove({ at: 'choose', failed: null }, [{ method: 'phone-code', triesLeft: 3 }]),
  'prove-no-match': failed('face', 'no-match', [
    { method: 'face', triesLeft: 2 },
    { method: 'phone-code', triesLeft: 3 },
  ]),
  'prove-no-face': failed('face', 'no-face', [{ method: 'phone-code', triesLeft: 3 }]),
  'prove-no-phone': failed('phone-code', 'no-phone'),
  'prove-unavailable': failed('face', 'unavailable'),
  'prove-none': failed('face', 'unavailable', []),
  'prove-face': prove({ at: 'face', prompt: null }),
  'prove-face-look': prove({ at: 'face', prompt: 'look-at-camera' }),
  'prove-face-closer': prove({ at: 'face', prompt: 'come-closer' }),
  'prove-face-alone': prove({ at: 'face', prompt: 'one-person-only' }),
  'prove-face-comparing': prove({ at: 'face', prompt: 'comparing' }),
  'prove-code-sending': prove({ at: 'code', sent: null }),
  'prove-code': prove({ at: 'code', sent: SENT }),
  'prove-code-wrong': prove({ at: 'code', sent: { ...SENT, guessesLeft: 2, wrong: true } }),
  'prove-code-checking': prove({ at: 'code', sent: { ...SENT, checking: true } }),
} as const;
