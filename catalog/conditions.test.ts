import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersInView, isMet, visibleQuestions } from './conditions.ts';
import type { AnswerValue, Condition, Matter } from './schema.ts';
import { SAMPLE_CHOICES, sampleMatter, sampleQuestion } from './testing/sample-matter.ts';

const matter: Matter = sampleMatter({
  questions: [
    sampleQuestion('colour', 'one-of', { choices: SAMPLE_CHOICES }),
    sampleQuestion('broken', 'yes-no', { when: { question: 'colour', is: 'red' } }),
    sampleQuestion('how', 'text', { maxLength: 20, when: { question: 'broken', is: true } }),
    sampleQuestion('tools', 'several-of', { choices: SAMPLE_CHOICES }),
    sampleQuestion('more', 'text', { maxLength: 20, when: { question: 'tools', is: 'blue' } }),
    sampleQuestion('phone', 'phone', { when: { not: { basis: 'self' } } }),
  ],
});
const shown = (answers: Record<string, AnswerValue>) =>
  visibleQuestions(matter, 'self', answers).map(({ id }) => id);

describe('which questions are asked', () => {
  it('asks only what needs no answer at first', () => {
    expect(shown({})).toEqual(['colour', 'tools']);
  });

  it('asks more as answers come', () => {
    expect(shown({ colour: 'red', broken: true, tools: ['red', 'blue'] })).toEqual([
      'colour',
      'broken',
      'how',
      'tools',
      'more',
    ]);
  });

  it('counts no answer to a question that is hidden again', () => {
    expect(shown({ colour: 'blue', broken: true, how: '腿断了' })).toEqual(['colour', 'tools']);
    expect(answersInView(matter, 'self', { colour: 'blue', broken: true, how: '腿断了' })).toEqual({
      colour: 'blue',
    });
  });

  it('looks at the basis', () => {
    expect(visibleQuestions(matter, 'family', {}).map(({ id }) => id)).toContain('phone');
  });

  it('takes no inherited name for an answer', () => {
    expect(isMet({ question: 'constructor', is: true }, 'self', {})).toBe(false);
    expect(isMet({ not: { question: 'to-string', is: true } }, 'self', {})).toBe(true);
  });
});

describe('conditions', () => {
  const arbitraryCondition = fc.letrec<{ it: Condition }>((tie) => ({
    it: fc.oneof(
      { depthSize: 'small' },
      fc.record({ question: fc.constantFrom('a', 'b'), is: fc.boolean() }),
      fc.record({ basis: fc.constantFrom('self', 'family') }),
      fc.record({ all: fc.array(tie('it'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('it'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('it') }),
    ) as fc.Arbitrary<Condition>,
  })).it;
  const arbitraryAnswers = fc.dictionary(fc.constantFrom('a', 'b'), fc.boolean());

  it('follow De Morgan', () => {
    fc.assert(
      fc.property(fc.array(arbitraryCondition, { minLength: 1 }), arbitraryAnswers, (parts, answers) => {
        const notAll = isMet({ not: { all: parts } }, 'self', answers);
        expect(isMet({ any: parts.map((part) => ({ not: part })) }, 'self', answers)).toBe(notAll);
      }),
    );
  });

  it('want all of several choices when they name several', () => {
    const both: Condition = { question: 'a', is: ['x', 'y'] };
    expect(isMet(both, 'self', { a: ['y', 'x'] })).toBe(true);
    expect(isMet(both, 'self', { a: ['x'] })).toBe(false);
    expect(isMet({ question: 'a', is: 'x' }, 'self', { a: ['x'] })).toBe(true);
    expect(isMet({ question: 'a', is: 'z' }, 'self', { a: ['x'] })).toBe(false);
  });
});
