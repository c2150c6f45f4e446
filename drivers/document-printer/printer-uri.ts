import { z } from 'zod';

const FORM = /^ipp:\/\/[A-Za-z0-9][A-Za-z0-9.-]{0,252}(?::\d{1,5})?\/[\w./-]{0,200}$/;

/** Where a printer speaks IPP: `ipp://host[:port]/path`. */
export const printerUriSchema = z
  .string()
  .regex(FORM, { error: 'must be an address such as ipp://192.168.1.20/ipp/print', abort: true })
  .refine((uri) => URL.canParse(httpUrl(uri)), 'must name a port from 1 to 65535');

/** The same address for HTTP, which carries IPP on a port of its own (RFC 8010 §4, RFC 3510 §4). */
export function httpUrl(printerUri: string): string {
  const [, host = '', port = '631', path = ''] = /^ipp:\/\/([^/:]*)(?::(\d+))?(.*)$/.exec(printerUri) ?? [];
  return `http://${host}:${port}${path}`;
}
