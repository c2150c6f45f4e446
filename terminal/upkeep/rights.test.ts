import { expect, it } from 'vitest';
import type { UpkeepCommand } from './api.ts';
import { mayDo } from './rights.ts';
import { beginSession, type Session, type Spot } from './session.ts';

const on = (role: Session['role'], spot: Spot): Session => ({ ...beginSession('zh'), role, spot });

const READINESS: readonly UpkeepCommand[] = [
  { do: 'run-readiness' },
  { do: 'choose-test', device: 'card-reader', chosen: true },
  { do: 'open-report', number: 1 },
];

it('what is the maintainer’s stays so even on a page that a caretaker never reaches', () => {
  for (const command of READINESS) {
    expect(mayDo(on('maintainer', { at: 'readiness' }), command)).toBe(true);
    expect(mayDo(on('caretaker', { at: 'readiness' }), command)).toBe(false);
    expect(mayDo(on(null, { at: 'readiness' }), command)).toBe(false);
  }
  expect(mayDo(on('caretaker', { at: 'report', number: 1 }), { do: 'print-report' })).toBe(false);
});

it('once signed in nobody signs in again over it', () => {
  expect(mayDo(on('caretaker', { at: 'sign-in' }), { do: 'sign-in', pin: '123456' })).toBe(false);
  expect(mayDo(on(null, { at: 'caretaker' }), { do: 'sign-in', pin: '123456' })).toBe(false);
});
