/** Printing the paper of a matter, and what did not come out of it once more. */

import { checkCase } from '../../cases/check.ts';
import { findStop } from '../../limits/standing.ts';
import type { Desk } from '../desk.ts';
import { findOrder } from '../paper.ts';
import { findFetch } from '../sharing.ts';
import type { Filling, Visit } from '../visit.ts';
import { DOCUMENT_PRINTER_NOT_READY } from '../words.ts';
import { wishOf } from './fill.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

/** The printer is held from here until the paper is out, and at no other time. */
export const print: Handler<'print'> = (visit, _action, desk) => {
  const { filling, spot } = visit;
  if (filling === null || spot.at !== 'print') return refuse(visit, 'not-here');
  if (desk.devices().documentPrinter === 'down') return refuse(visit, 'not-here', DOCUMENT_PRINTER_NOT_READY);
  return filling.printing === null ? printFirst(visit, filling, desk) : printAgain(visit, filling, desk);
};

export const paperTaken: Handler<'paper-taken'> = (visit, _action, desk) => {
  const { filling, spot } = visit;
  const printing = filling?.printing;
  const isOut = printing && desk.prints.find(printing.printId)?.at === 'printed';
  if (filling === null || spot.at !== 'print' || !isOut) return refuse(visit, 'not-here');
  return on({ ...visit, filling: { ...filling, printing: { ...printing, taken: true } } });
};

function printFirst(visit: Visit, filling: Filling, desk: Desk): Step {
  const stop = findStop(filling.matter, desk.standing(), desk.site.support);
  if (stop !== undefined) return refuse(visit, 'matter-not-available', stop.words);
  const context = { crypto: desk.crypto, time: desk.time, online: desk.online() };
  const checked = checkCase(wishOf(visit, filling, desk), context);
  if (!checked.ok) {
    const { code, words, questionId } = checked.error;
    return refuse(visit, code, words ?? undefined, questionId ?? undefined);
  }
  const order = findOrder(visit, filling, desk);
  if (order === undefined) return refuse(visit, 'not-here');
  const { shared } = filling.matter.certificate ?? {};
  const fetchId = shared && findFetch(filling, shared.dataSet)?.fetchId;
  const certificates = fetchId == null ? [] : desk.queries.takeCertificates(fetchId);
  const printId = desk.prints.print({ ...order, certificates });
  return on({ ...visit, filling: { ...filling, printing: { printId, taken: false } } });
}

function printAgain(visit: Visit, { printing }: Filling, desk: Desk): Step {
  if (printing === null || desk.prints.find(printing.printId)?.at !== 'failed')
    return refuse(visit, 'not-here');
  desk.prints.again(printing.printId);
  return on(visit);
}
