import { lazy, Suspense } from 'react';
import { unreachable } from '../../../base/result.ts';
import type { AnswerValue } from '../../../catalog/schema.ts';
import { LONGEST_NAME } from '../keyboard/layouts.ts';
import type { PageOf } from '../pages/page-of.ts';
import { Amount } from './Amount.tsx';
import { OneOf, SeveralOf, YesNo } from './Choices.tsx';
import { Code } from './Code.tsx';
import { DateQuestion } from './DateQuestion.tsx';
import { Declaration } from './Declaration.tsx';
import { IdNumber, Phone } from './Digits.tsx';
import { MonthQuestion } from './MonthQuestion.tsx';
import { PersonCard } from './PersonCard.tsx';
import { Quantity } from './Quantity.tsx';
import { isPlain } from './question-of.ts';
import type { OfferKey } from './TextPage.tsx';

/** Loaded when first asked for: the table of characters and the villages weigh more than the rest of the page. */
const Writing = lazy(async () => ({ default: (await import('./Writing.tsx')).Writing }));
const Village = lazy(async () => ({ default: (await import('./Village.tsx')).Village }));

const LOADING = <div aria-busy="true" />;

/** Draws what a question is answered with: one component for each type. */
export function QuestionSwitch(props: {
  page: PageOf<'question'>;
  /** What is offered beside words to write. */
  offer?: OfferKey | null;
  value: AnswerValue | null;
  onChange: (value: AnswerValue | null) => void;
}) {
  const { page, offer = null, value, onChange } = props;
  const { question } = page;
  if (!isPlain(question)) throw new Error(`broken invariant: ${question.type} has a page of its own`);
  switch (question.type) {
    case 'one-of':
      return <OneOf question={question} value={value} onChange={onChange} />;
    case 'several-of':
      return <SeveralOf question={question} value={value} onChange={onChange} />;
    case 'yes-no':
      return <YesNo question={question} value={value} onChange={onChange} />;
    case 'quantity':
      return <Quantity question={question} value={value} onChange={onChange} />;
    case 'amount':
      return <Amount question={question} value={value} onChange={onChange} />;
    case 'month':
      return <MonthQuestion question={question} value={value} onChange={onChange} range={page.dateRange} />;
    case 'date':
      return <DateQuestion question={question} value={value} onChange={onChange} range={page.dateRange} />;
    case 'phone':
      return <Phone question={question} value={value} onChange={onChange} />;
    case 'id-number':
      return <IdNumber value={value} onChange={onChange} />;
    case 'name':
    case 'text':
      return (
        <Suspense fallback={LOADING}>
          <Writing
            as={question.type}
            offer={offer}
            words={page.nearWords}
            max={question.type === 'name' ? LONGEST_NAME : question.maxLength}
            value={value}
            onChange={onChange}
          />
        </Suspense>
      );
    case 'village':
      return (
        <Suspense fallback={LOADING}>
          <Village value={value} onChange={onChange} />
        </Suspense>
      );
    case 'person-card':
      return <PersonCard card={page.personCard} />;
    case 'code':
      return <Code question={question} value={value} onChange={onChange} code={page.code} />;
    case 'declaration':
      return <Declaration question={question} value={value} onChange={onChange} />;
    default:
      return unreachable(question);
  }
}
