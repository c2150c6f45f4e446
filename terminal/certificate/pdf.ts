/** A certificate as the bytes of a PDF, by pdfmake with Noto Serif SC embedded: it prints alike on every printer. */
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Disk } from '../../base/disk.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';
import type { CertificateTemplate } from '../../catalog/certificate-template.ts';
import type { Certificate } from './certificate.ts';
import { FONT, layOut } from './layout.ts';
import { lettersOf } from './letters.ts';

/** A paper, set. */
export interface SetPaper {
  /** The caller overwrites it after use. */
  readonly pdf: Uint8Array;
  /** Sheets of A4. */
  readonly pages: number;
}

/** Why a certificate is not set. */
export type Unset = 'no-letter' | 'too-long';

/** Sets certificates; made once, because it knows where the letters lie. */
export interface Typesetter {
  /**
   * The PDF of a certificate; `no-letter` where a character of it would be an empty box, `too-long` where it would take
   * more than one sheet of the state's paper.
   */
  set(template: CertificateTemplate, certificate: Certificate): Promise<Result<SetPaper, Unset>>;
}

const NORMAL = '400Regular/NotoSerifSC_400Regular.ttf';
const BOLD = '700Bold/NotoSerifSC_700Bold.ttf';

/**
 * A typesetter with the fonts of a folder, that of the package `@expo-google-fonts/noto-serif-sc`, which is opened when
 * the first paper is set.
 */
export function createTypesetter(openFonts: () => Fonts): Typesetter {
  let hasLetter: ((codePoint: number) => boolean) | undefined;

  function canSet(definition: TDocumentDefinitions): boolean {
    hasLetter ??= prepare(openFonts());
    const characters = new Set(textsOf(definition.content).join('').replaceAll(/\s/g, ''));
    return [...characters].every((character) => hasLetter?.(character.codePointAt(0) ?? 0));
  }

  return {
    async set(template, certificate) {
      let pages = 1;
      const definition = layOut(template, certificate, (count) => {
        pages = count;
      });
      if (!canSet(definition)) return err('no-letter');
      const made = await pdfmake.createPdf(definition).getBuffer();
      if (pages > 1 && template.paper.stock === 'special') return err('too-long');
      return ok({ pdf: new Uint8Array(made.buffer, made.byteOffset, made.length), pages });
    },
  };
}

type Fonts = Pick<Disk, 'read' | 'findRealPath'>;

/** Tells pdfmake where its letters lie; which characters there is one for. */
function prepare(fonts: Fonts): (codePoint: number) => boolean {
  const [normal, bold] = [realPath(fonts, NORMAL), realPath(fonts, BOLD)];
  // Nothing but these two files is ever read, and nothing is fetched.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold);
  pdfmake.setFonts({ [FONT]: { normal, bold, italics: normal, bolditalics: bold } });
  const font = fonts.read(NORMAL);
  invariant(font.ok, 'the font is there');
  return lettersOf(font.value);
}

function realPath(fonts: Fonts, name: string): string {
  const path = fonts.findRealPath(name);
  invariant(path, 'a library reads the fonts itself');
  return path;
}

/** Every text that letters are set for. */
function textsOf(content: unknown): readonly string[] {
  if (Array.isArray(content)) return content.flatMap(textsOf);
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsOf(value),
  );
}
