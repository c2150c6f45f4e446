/** A certificate as the bytes of a PDF, by pdfmake with Noto Serif SC embedded: it prints alike on every printer. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { CertificateTemplate } from '../../catalog/certificate-template.ts';
import type { Certificate } from './certificate.ts';
import { FONT, layOut } from './layout.ts';

/** Sets certificates; made once, because it knows where the letters lie. */
export interface Typesetter {
  /** The PDF of a certificate; the caller overwrites it after use. */
  set(template: CertificateTemplate, certificate: Certificate): Promise<Uint8Array>;
}

/** A typesetter with the fonts in this folder; the package's own unless said. */
export function createTypesetter(fontsDir = packagedFonts()): Typesetter {
  const file = (weight: string) => join(fontsDir, weight, `NotoSerifSC_${weight}.ttf`);
  const [normal, bold] = [file('400Regular'), file('700Bold')];
  // Nothing but these two files is ever read, and nothing is fetched.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold);
  pdfmake.setFonts({ [FONT]: { normal, bold, italics: normal, bolditalics: bold } });
  return {
    async set(template, certificate) {
      const made = await pdfmake.createPdf(layOut(template, certificate)).getBuffer();
      return new Uint8Array(made.buffer, made.byteOffset, made.length);
    },
  };
}

function packagedFonts(): string {
  return dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json'));
}
