import { lazy, Suspense } from 'react';
import { unreachable } from '../../../base/result.ts';
import { Filled } from '../parts/Facts.tsx';
import { isUnanswered } from '../questions/missing.ts';
import { OfferPage } from '../questions/OfferPage.tsx';
import { QuestionSwitch } from '../questions/QuestionSwitch.tsx';
import { isAtOnce, isPlain, type PageQuestion, type QuestionOf } from '../questions/question-of.ts';
import { type Offer, TextPage } from '../questions/TextPage.tsx';
import { useScreen } from '../screen-context.ts';
import type { PageOf } from './page-of.ts';
import { NextKey, QuestionFrame, SkipKey } from './QuestionFrame.tsx';
import { useAnswer } from './use-answer.ts';

/** Questions whose keys need the room below: what is filled already is not repeated there. */
const TALL = new Set([
  'quantity',
  'amount',
  'date',
  'month',
  'phone',
  'id-number',
  'name',
  'text',
  'village',
]);

/** Loaded when first asked for: few matters want them, and each brings more than a plain page. */
const PhotoPage = lazy(async () => ({ default: (await import('../photo/PhotoPage.tsx')).PhotoPage }));
const SignaturePage = lazy(async () => ({
  default: (await import('../photo/SignaturePage.tsx')).SignaturePage,
}));
const VoicePage = lazy(async () => ({ default: (await import('../photo/VoicePage.tsx')).VoicePage }));
const AddressPage = lazy(async () => ({
  default: (await import('../questions/AddressPage.tsx')).AddressPage,
}));
const BankPage = lazy(async () => ({ default: (await import('../questions/BankPage.tsx')).BankPage }));
const MembersPage = lazy(async () => ({
  default: (await import('../questions/MembersPage.tsx')).MembersPage,
}));
const SlotPage = lazy(async () => ({ default: (await import('../questions/SlotPage.tsx')).SlotPage }));

/** One question. */
export function QuestionPage({ page }: { page: PageOf<'question'> }) {
  const { question } = page;
  if (page.offer !== null)
    return <OfferPage page={page} offer={page.offer} typed={<AnsweredPage page={page} />} />;
  if (isPlain(question) && question.type !== 'text') return <AnsweredPage page={page} />;
  return (
    <Suspense fallback={<div aria-busy="true" />}>
      <OwnPage page={page} question={question} />
    </Suspense>
  );
}

/** Questions of more than one touch have pages of their own. */
function OwnPage({
  page,
  question,
}: {
  page: PageOf<'question'>;
  question: PageQuestion | QuestionOf<'text'>;
}) {
  switch (question.type) {
    case 'text':
      return (
        <TextPage
          page={page}
          question={question}
          written={(shown, offer) => <AnsweredPage page={shown} offer={offer} />}
        />
      );
    case 'photo':
      return <PhotoPage page={page} question={question} />;
    case 'signature':
      return <SignaturePage page={page} question={question} />;
    case 'voice':
      return <VoicePage page={page} question={question} maxSeconds={question.maxSeconds} />;
    case 'address':
      return <AddressPage page={page} question={question} />;
    case 'bank-account':
      return <BankPage page={page} />;
    case 'members':
      return <MembersPage page={page} question={question} />;
    case 'slot':
      return <SlotPage page={page} question={question} />;
    default:
      return unreachable(question);
  }
}

function AnsweredPage({ page, offer = null }: { page: PageOf<'question'>; offer?: Offer | null }) {
  const { question } = page;
  const { value, change, settle, choose, send, localProblem, skips } = useAnswer(page);
  const isByTouch = isAtOnce(question);
  return (
    <QuestionFrame
      page={page}
      why={<Why page={page} />}
      problem={localProblem ?? page.problem}
      below={!TALL.has(question.type) && <Filled facts={page.filled} />}
      next={
        skips ? (
          <SkipKey onPress={send} />
        ) : (
          <NextKey isOpen={isByTouch && isUnanswered(question, value)} onPress={send} />
        )
      }
    >
      <QuestionSwitch
        offer={offer && ((isBegun) => offer(isBegun, settle))}
        page={page}
        value={value}
        onChange={isByTouch ? choose : change}
      />
    </QuestionFrame>
  );
}

function Why({ page }: { page: PageOf<'question'> }) {
  const { t, say } = useScreen();
  const { help, optional, type } = page.question;
  if (help !== undefined) return say(help);
  if (type === 'several-of') return t('question.several');
  return optional ? t('question.optional') : null;
}
