/** A consent in whole: the matter's own words, and what exactly is fetched from whom. */
import type { DataSet } from '../../catalog/data-set.ts';
import type { SharedAsk } from '../../catalog/fill-shared.ts';
import type { Language } from '../api.ts';

/** Everything the page of the consent says, as it is kept with it. */
export function consentWords(ask: SharedAsk, dataSet: DataSet | undefined, language: Language): string {
  const words = ask.consent[language];
  // Beside a question these words say all of it.
  if (dataSet === undefined || ask.beside) return words;
  const fields = dataSet.fields.map(({ label }) => label[language]).join(language === 'zh' ? '、' : ', ');
  const rest =
    language === 'zh'
      ? `查什么：${dataSet.name.zh}（${fields}）。向谁查：${dataSet.from.zh}。`
      : `What: ${dataSet.name.en} (${fields}). From: ${dataSet.from.en}.`;
  return `${words}\n${rest}`;
}
