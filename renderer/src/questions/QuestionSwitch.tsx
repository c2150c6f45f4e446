import { lazy, Suspense } from 'react';
import { unreachable } from '../../../base/result.ts';
import type { AnswerValue } from '../../../catalog/schema.ts';
import type { PageOf } from '../pages/page-of.ts';
import { OneOf, SeveralOf, YesNo } from './Choices.tsx';
import { Code } from './Code.tsx';
import { DateQuestion } from './DateQuestion.tsx';
import { Declaration } from './Declaration.tsx';
import { IdNumber, Phone } from './Digits.tsx';
import { PersonCard } from './PersonCard.tsx';
import { Quantity } from './Quantity.tsx';

/** Loaded when first asked for: the table of characters and the villages weigh more than the rest of the page. */
const Writing = lazy(async () => ({ default: (await import('./Writing.tsx')).Writing }));
const Village = lazy(async () => ({ default: (await import('./Village.tsx')).Village }));

const LOADING = <div aria-busy="true" />;

/** Draws what a question is answered with: one component for each type. */
export function QuestionSwitch(props: {
  page: PageOf<'question'>;
  value: AnswerValue | null;
  onChange: (value: AnswerValue | null) => void;
}) {
  const { page, value, onChange } = props;
  const { question } = page;
  switch (question.type) {
    case 'one-of':
      return <OneOf question={question} value={value} onChange={onChange} />;
    case 'several-of':
      return <SeveralOf question={question} value={value} onChange={onChange} />;
    case 'yes-no':
      return <YesNo question={question} value={value} onChange={onChange} />;
    case 'quantity':
      return <Quantity question={question} value={value} onChange={onChange} />;
    case 'date':
      return <DateQuestion question={question} value={value} onChange={onChange} range={page.dateRange} />;
    case 'phone':
      return <Phone question={question} value={value} onChange={onChange} />;
    case 'id-number':
      return <IdNumber question={question} value={value} onChange={onChange} />;
    case 'name':
    case 'text':
      return (
        <Suspense fallback={LOADING}>
          <Writing question={question} value={value} onChange={onChange} />
        </Suspense>
      );
    case 'village':
      return (
        <Suspense fallback={LOADING}>
          <Village question={question} value={value} onChange={onChange} />
        </Suspense>
      );
    case 'person-card':
      return <PersonCard card={page.personCard} />;
    case 'code':
      return <Code question={question} value={value} onChange={onChange} code={page.code} />;
    case 'photo':
    case 'voice':
    case 'signature':
      // They have pages of their own, for what was taken leads on.
      return null;
    case 'amount':
    case 'month':
    case 'address':
    case 'bank-account':
    case 'members':
    case 'slot':
      return LOADING;
    case 'declaration':
      return <Declaration question={question} value={value} onChange={onChange} />;
    default:
      return unreachable(question);
  }
}
