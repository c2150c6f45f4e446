/** What stands on a certificate, from whatever source; the layout is a template's. */
import type { Field, FieldValue } from '../../catalog/data-field.ts';

/** The platform's word on a certificate: its number, and what its QR code says. */
export interface Issued {
  /** Twelve digits, shown 4-4-4. */
  readonly number: string;
  /** An address whose fragment holds the signed words: proves itself without the platform too. */
  readonly qrText: string;
}

/** The facts of one certificate. Never on disk: it is printed and overwritten. */
export interface Certificate {
  /** The matter's official name. */
  readonly title: string;
  readonly person: { readonly name: string; readonly number: string } | null;
  readonly purpose: string | null;
  /** Which of its papers the matter prints, where it asks. */
  readonly which: string | null;
  readonly from: string | null;
  /** When it stood so at the source, ms since 1970. */
  readonly asOfMs: number | null;
  readonly fields: readonly Field[];
  readonly records: readonly Readonly<Record<string, FieldValue>>[];
  /** JPEG, upright. */
  readonly pictures: readonly Uint8Array[];
  readonly issued: Issued | null;
  /** A sample: nobody may take it for the real thing. */
  readonly sample: boolean;
  readonly printedAtMs: number;
  /** Town and village. */
  readonly place: string;
}
