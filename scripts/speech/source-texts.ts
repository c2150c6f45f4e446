/** Texts that stand in the sources themselves: every object with words in both languages. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Words in both languages; a `{blank}` stands where something is filled in. */
export interface SourceText {
  readonly zh: string;
  readonly en: string;
}

/** Rooms whose words may come to a screen. */
const FILES = '{catalog,drivers,terminal,platform,renderer}/**/*.ts';
const NOT_SAID = /\.test\.ts$|\/testing\/|renderer\/src\/gallery\/|drivers\/simulator\//;

/** The texts of all sources below `root`, in the order of their files. */
export function readSourceTexts(root: string): readonly SourceText[] {
  return globSync(FILES, { cwd: root })
    .filter((path) => !NOT_SAID.test(path))
    .sort()
    .flatMap((path) => textsOf(readFileSync(join(root, path), 'utf8')));
}

/** The texts of one source: objects that hold words under `zh` and `en`. */
export function textsOf(source: string): readonly SourceText[] {
  const found: SourceText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const [zh, en] = [wordsUnder(node, 'zh'), wordsUnder(node, 'en')];
      if (zh !== undefined && en !== undefined && /\p{Script=Han}/u.test(zh)) found.push({ zh, en });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.ESNext));
  return found;
}

function wordsUnder(object: ts.ObjectLiteralExpression, name: string): string | undefined {
  for (const property of object.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) continue;
    if (property.name.text === name) return findWords(property.initializer);
  }
  return undefined;
}

/** The words of a literal; of a choice between literals, both with a blank between. */
function findWords(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map(({ expression, literal }) => {
      return `{blank}${wordsWithin(expression)}{blank}${literal.text}`;
    });
    return `${node.head.text}${parts.join('')}`;
  }
  if (ts.isConditionalExpression(node)) return wordsWithin(node);
  return undefined;
}

/** All words within an expression, blanks between them. */
function wordsWithin(expression: ts.Expression): string {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    else if (ts.isTemplateExpression(node)) found.push(findWords(node) ?? '');
    else ts.forEachChild(node, visit);
  };
  visit(expression);
  return found.join('{blank}');
}
