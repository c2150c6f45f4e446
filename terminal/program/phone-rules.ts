import { findHex } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import type { PhoneCodeRules } from '../phone/phone-desk.ts';
import type { TerminalConfig } from './config.ts';

/** Which codes from phones this terminal takes, as configured. */
export function phoneRulesOf({
  app,
  issuers,
  onlineForm,
}: NonNullable<TerminalConfig['phoneCode']>): PhoneCodeRules {
  return {
    app,
    issuers: issuers.map(({ name, key }) => {
      const publicKey = findHex(key);
      invariant(publicKey?.length === 32, 'the schema lets 32 bytes through');
      return { name, publicKey };
    }),
    onlineForm: onlineForm === undefined ? null : new RegExp(onlineForm, 'u'),
  };
}
