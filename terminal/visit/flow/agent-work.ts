/** What an agent does of their own work: looks at the list, prints the day, promises a call and makes it. */

import { concat, label, utf8 } from '../../../base/bytes.ts';
import { addDays, isoDate } from '../../../base/calendar.ts';
import { unreachable } from '../../../base/result.ts';
import type { AgentWorkCommand } from '../../agent-work-pages.ts';
import { daySums } from '../../agents/day-sums.ts';
import { repairWish } from '../../agents/repair-order.ts';
import { refusalOfKeep } from '../../cases/file.ts';
import { dayBlocks } from '../../slips/day-blocks.ts';
import { evidenceOf, isAgentAlone } from '../agent-here.ts';
import { findWorkItem, openCashFen } from '../agent-work.ts';
import type { Desk } from '../desk.ts';
import { placeText } from '../desk.ts';
import { findCase, listedName } from '../my-cases.ts';
import { atSpot, goTo, type Visit } from '../visit.ts';
import { COPY_NOT_PRINTED, FORMER_MATTER_NAME, PRINTER_NOT_READY } from '../words.ts';
import { on, refuse, type Step } from './step.ts';

/** Judged again here: their own pages are open to an agent alone, a promise is made beside its resident. */
export function agentWork(visit: Visit, command: AgentWorkCommand, desk: Desk): Step {
  if (command.do === 'promise-call') return promiseCall(visit, command.days, desk);
  if (visit.agent === null || visit.person !== null || !isAgentAlone(visit)) return refuse(visit, 'not-here');
  switch (command.do) {
    case 'open-list':
      return on(goTo(visit, { at: 'agent-list', page: 0 }));
    case 'list-page':
      return visit.spot.at === 'agent-list'
        ? on(atSpot(visit, { at: 'agent-list', page: command.page }))
        : refuse(visit, 'not-here');
    case 'open-item':
      return openItem(visit, command.ref, desk);
    case 'open-repair':
      return on(goTo(visit, { at: 'agent-repair' }));
    case 'order-repair':
      return orderRepair(visit, command.part, desk);
    case 'open-day':
      return on(goTo({ ...visit, daySlip: null }, { at: 'agent-day' }));
    case 'print-day':
      return printDay(visit, desk);
    case 'called':
      return called(visit, desk);
    default:
      return unreachable(command);
  }
}

function openItem(visit: Visit, ref: string, desk: Desk): Step {
  const item = findWorkItem(ref, desk);
  if (item === undefined || visit.spot.at !== 'agent-list') return refuse(visit, 'not-here');
  return on(goTo(visit, { at: 'agent-item', ref, localNumber: item.localNumber }));
}

const DAY_LABEL = label('yizhan/agent-day-filed/1');

/** The day's sums are filed as they stand, once each time they are others, and printed. */
function printDay(visit: Visit, desk: Desk): Step {
  const { agent } = visit;
  if (agent === null || visit.spot.at !== 'agent-day') return refuse(visit, 'not-here');
  if (desk.devices().slipPrinter === 'down') return refuse(visit, 'not-here', PRINTER_NOT_READY);
  const atMs = desk.time.nowMs();
  const day = isoDate(atMs);
  const rows = desk.agents.dayRows(day);
  const { agentId } = agent;
  const sums = daySums(rows);
  const cashOpenFen = openCashFen(agentId, desk);
  const { supplemented, withdrawn, collected, promised, called: calls, cash } = sums;
  const named = concat(DAY_LABEL, agentId, utf8(`${day}/${rows.length}/${cashOpenFen}`));
  const submissionId = desk.crypto.sha256(named).slice(0, 16);
  const kept = desk.keeper.keep({
    submissionId,
    entryClass: 2,
    content: {
      ...{ schema: 1, kind: 'audit.agent-day', submissionId, agentId, day },
      filed: sums.filed.reduce((count, { numbers }) => count + numbers.length, 0),
      ...{ supplemented, withdrawn, collected, promised, called: calls },
      ...{ cashTakenFen: cash.takenFen, cashReturnedFen: cash.returnedFen, cashOpenFen },
    },
    attachments: [],
    remember: null,
    slip: true,
  });
  if (!kept.ok) return refuse(visit, refusalOfKeep(kept.error));
  const facts = {
    ...{
      language: visit.language,
      agent: agent.masked,
      day,
      atMs,
      place: placeText(desk.site),
      sums,
      cashOpenFen,
    },
    nameOf: (matterId: string | null) =>
      matterId === null ? FORMER_MATTER_NAME : listedName(matterId, desk).name,
  };
  const printed = desk.slips.print(kept.value.entryId, (copy) => dayBlocks({ ...facts, copy }));
  if (!printed.ok) return refuse(visit, refusalOfKeep(printed.error), COPY_NOT_PRINTED);
  return on({ ...visit, daySlip: kept.value.entryId });
}

/** Somebody is to come and mend a part of the machine. */
function orderRepair(visit: Visit, part: string, desk: Desk): Step {
  const { agent } = visit;
  if (agent === null || visit.spot.at !== 'agent-repair') return refuse(visit, 'not-here');
  const what = { part, fault: 'broken', agentId: agent.agentId, nowMs: desk.time.nowMs() };
  const kept = desk.keeper.keep(repairWish(desk.crypto, what));
  if (!kept.ok) return refuse(visit, refusalOfKeep(kept.error));
  return on({ ...visit, repairs: [...visit.repairs, part] });
}

/** The agent will call this resident about this case, by the end of a day. */
function promiseCall(visit: Visit, days: number, desk: Desk): Step {
  const { agent, person, spot } = visit;
  if (agent === null || person === null || spot.at !== 'case' || evidenceOf(visit) !== 'card')
    return refuse(visit, 'not-here');
  const remembered = findCase(person, spot.ref);
  if (remembered === undefined) return refuse(visit, 'not-here');
  const submissionId = desk.random.bytes(16);
  const { caseId, localNumber } = remembered;
  const day = addDays(isoDate(desk.time.nowMs()), days);
  const kept = desk.keeper.keep({
    submissionId,
    entryClass: 1,
    content: {
      ...{ schema: 1, kind: 'call-back.promised', submissionId, agentId: agent.agentId },
      ...{ caseId, localNumber, day },
    },
    attachments: [],
    remember: null,
    slip: false,
  });
  if (!kept.ok) return refuse(visit, refusalOfKeep(kept.error));
  return on({ ...visit, promised: { ref: spot.ref, day } });
}

/** The call was made: it is on the list no more. */
function called(visit: Visit, desk: Desk): Step {
  const { agent, spot } = visit;
  if (agent === null || spot.at !== 'agent-item') return refuse(visit, 'not-here');
  const item = findWorkItem(spot.ref, desk);
  if (item?.why !== 'call-back') return refuse(visit, 'not-here');
  const submissionId = desk.random.bytes(16);
  const kept = desk.keeper.keep({
    submissionId,
    entryClass: 1,
    content: {
      ...{ schema: 1, kind: 'call-back.done', submissionId, agentId: agent.agentId },
      callBackId: item.itemId,
    },
    attachments: [],
    remember: null,
    slip: false,
  });
  if (!kept.ok) return refuse(visit, refusalOfKeep(kept.error));
  return on({ ...atSpot(visit, { at: 'agent-list', page: 0 }), trail: [{ at: 'agent-desk' }] });
}
