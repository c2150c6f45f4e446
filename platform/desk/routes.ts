/** Every page of the desk: the operations it serves, whose own it is about, and what shows it. */
import { findHex } from '../../base/bytes.ts';
import { findVillage } from '../../catalog/places.ts';
import type { Operation } from '../access/table.ts';
import { STAFF_ACTIONS } from '../cases/machine.ts';
import { accountPage } from './account-page.ts';
import { actOnAgents, agentsPage, isOwnAgent } from './agents-page.ts';
import { alarmsPage, markSeen } from './alarms-page.ts';
import { attachmentFile } from './attachments.ts';
import {
  authoritiesPage,
  authorityFile,
  authorityPage,
  endAuthorityOnPage,
  isOwnAuthority,
  isOwnPlace,
} from './authorities-page.ts';
import type { DeskAnswer, DeskCall } from './call.ts';
import { actOnCalls } from './call-backs-view.ts';
import { actOnPage, casePage } from './case-page.ts';
import { cashPage, endCashOnPage, isOwnCash } from './cash-page.ts';
import { offerAgainPage } from './centre-page.ts';
import { closeRepairOnPage } from './close-repair.ts';
import { emergenciesPage, emergencyFile, isOwnReply } from './emergencies-page.ts';
import { fetchesPage } from './fetches-page.ts';
import { answerAlert, fleetAlertsPage } from './fleet/alerts-page.ts';
import { fleetPage } from './fleet/list-page.ts';
import { fleetLive } from './fleet/live.ts';
import { fleetMachinePage } from './fleet/machine-page.ts';
import {
  actOnRolloutPage,
  beginOnPage,
  pinOnPage,
  rolloutsPage,
  stepBackOnPage,
} from './fleet/rollouts-page.ts';
import { listPage } from './list-page.ts';
import { logPage } from './log-page.ts';
import { actOnMachine, machinePage } from './machine-page.ts';
import { actOnMachines, machinesPage } from './machines-page.ts';
import { endFlagOnPage, flagPage, freezeOnPage, isOwnFlag, misusePage } from './misuse-page.ts';
import { actOnNotices, noticesPage } from './notices-page.ts';
import { findOwnCase } from './own-case.ts';
import { pictureFile } from './picture-field.ts';
import { quarantinePage, settleOnPage } from './quarantine-page.ts';
import { closeRating, ratingPage, ratingsPage } from './ratings-page.ts';

type Form = DeskCall['form'];

/** One page. */
export interface DeskRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** What a request asks for; `undefined` where the form asks for nothing there is. */
  readonly operationOf: (form: Form) => Operation | undefined;
  /** Whether it is about something of this desk's own; without it there is nothing it could be about but that. */
  readonly isOwn?: (call: DeskCall) => Promise<boolean>;
  /** Asked for by a page itself, while it is open. */
  readonly isLive?: true;
  readonly serve: (call: DeskCall) => Promise<DeskAnswer>;
}

const is = (operation: Operation) => () => operation;

async function isOwnCase(call: DeskCall): Promise<boolean> {
  return (await findOwnCase(call)) !== undefined;
}

function caseOperation({ action }: Form): Operation | undefined {
  const known = STAFF_ACTIONS.find((one) => one === action);
  return known && `case.${known}`;
}

/** A notice is a desk's own where it is published to its own area, or was published by it. */
async function isOwnNotice({ context, session, form }: DeskCall): Promise<boolean> {
  const { deskCode } = session.staff;
  if (form.withdraw === undefined) {
    const area = form.area ?? '';
    return area === deskCode || findVillage(area)?.town.code === deskCode;
  }
  const noticeId = findHex(form.withdraw);
  if (noticeId === undefined) return false;
  const row = await context.store.db
    .selectFrom('notices')
    .select('deskCode')
    .where('noticeId', '=', noticeId)
    .executeTakeFirst();
  return row?.deskCode === deskCode;
}

/** Every page there is; signing in and out stand at the door. */
export const ROUTES: readonly DeskRoute[] = [
  { method: 'GET', path: '/', operationOf: is('cases.list'), serve: listPage },
  { method: 'GET', path: '/cases/:caseId', operationOf: is('case.open'), isOwn: isOwnCase, serve: casePage },
  { method: 'POST', path: '/cases/:caseId', operationOf: caseOperation, isOwn: isOwnCase, serve: actOnPage },
  {
    ...{ method: 'GET', path: '/cases/:caseId/attachments/:hash', operationOf: is('case.file') },
    ...{ isOwn: isOwnCase, serve: attachmentFile },
  },
  {
    ...{ method: 'POST', path: '/cases/:caseId/calls', operationOf: is('case.call') },
    ...{ isOwn: isOwnCase, serve: actOnCalls },
  },
  {
    ...{ method: 'GET', path: '/cases/:caseId/picture', operationOf: is('case.file') },
    ...{ isOwn: isOwnCase, serve: pictureFile },
  },
  {
    ...{ method: 'POST', path: '/cases/:caseId/centre', operationOf: is('case.offer-again') },
    ...{ isOwn: isOwnCase, serve: offerAgainPage },
  },
  { method: 'GET', path: '/machines', operationOf: is('machines.list'), serve: machinesPage },
  {
    ...{ method: 'POST', path: '/machines', serve: actOnMachines },
    operationOf: ({ revoke }) => (revoke === undefined ? 'machines.enrol' : 'machines.revoke'),
  },
  { method: 'GET', path: '/machines/:terminalId', operationOf: is('machine.open'), serve: machinePage },
  {
    ...{ method: 'GET', path: '/machines/:terminalId/account', operationOf: is('machine.account') },
    serve: accountPage,
  },
  { method: 'POST', path: '/machines/:terminalId', operationOf: is('machine.order'), serve: actOnMachine },
  {
    ...{ method: 'POST', path: '/machines/:terminalId/repairs', operationOf: is('machine.repair') },
    serve: closeRepairOnPage,
  },
  { method: 'GET', path: '/fleet', operationOf: is('fleet.list'), serve: fleetPage },
  { method: 'GET', path: '/fleet/live', operationOf: is('fleet.list'), isLive: true, serve: fleetLive },
  {
    ...{ method: 'GET', path: '/fleet/machines/:terminalId', operationOf: is('fleet.open') },
    serve: fleetMachinePage,
  },
  { method: 'GET', path: '/fleet/alerts', operationOf: is('fleet-alerts.list'), serve: fleetAlertsPage },
  { method: 'POST', path: '/fleet/alerts', operationOf: is('fleet-alerts.answer'), serve: answerAlert },
  { method: 'GET', path: '/fleet/rollouts', operationOf: is('rollouts.list'), serve: rolloutsPage },
  { method: 'POST', path: '/fleet/rollouts/begin', operationOf: is('rollouts.begin'), serve: beginOnPage },
  { method: 'POST', path: '/fleet/rollouts/act', operationOf: is('rollouts.act'), serve: actOnRolloutPage },
  { method: 'POST', path: '/fleet/rollouts/pins', operationOf: is('rollouts.pin'), serve: pinOnPage },
  {
    ...{ method: 'POST', path: '/fleet/rollouts/step-back', operationOf: is('rollouts.step-back') },
    serve: stepBackOnPage,
  },
  { method: 'GET', path: '/agents', operationOf: is('agents.list'), serve: agentsPage },
  {
    ...{ method: 'POST', path: '/agents', serve: actOnAgents, isOwn: isOwnAgent },
    operationOf: ({ revoke, code }) =>
      revoke !== undefined ? 'agents.revoke' : code !== undefined ? 'agents.code' : 'agents.enrol',
  },
  { method: 'GET', path: '/authorities', operationOf: is('authorities.list'), serve: authoritiesPage },
  {
    ...{ method: 'GET', path: '/authorities/:authorityId', operationOf: is('authority.open') },
    ...{ isOwn: isOwnAuthority, serve: authorityPage },
  },
  {
    ...{ method: 'POST', path: '/authorities/:authorityId', operationOf: is('authority.end') },
    ...{ isOwn: isOwnPlace, serve: endAuthorityOnPage },
  },
  {
    ...{ method: 'GET', path: '/authorities/:authorityId/attachments/:hash' },
    ...{ operationOf: is('authority.file'), isOwn: isOwnAuthority, serve: authorityFile },
  },
  { method: 'GET', path: '/notices', operationOf: is('notices.list'), serve: noticesPage },
  {
    ...{ method: 'POST', path: '/notices', isOwn: isOwnNotice, serve: actOnNotices },
    operationOf: ({ withdraw }) => (withdraw === undefined ? 'notices.publish' : 'notices.withdraw'),
  },
  { method: 'GET', path: '/emergencies', operationOf: is('emergencies.list'), serve: emergenciesPage },
  {
    ...{ method: 'GET', path: '/emergencies/:entryId/files/:hash', operationOf: is('emergency.file') },
    ...{ isOwn: isOwnReply, serve: emergencyFile },
  },
  { method: 'GET', path: '/ratings', operationOf: is('ratings.list'), serve: ratingsPage },
  { method: 'GET', path: '/ratings/:entryId', operationOf: is('rating.open'), serve: ratingPage },
  { method: 'POST', path: '/ratings/:entryId', operationOf: is('rating.close'), serve: closeRating },
  { method: 'GET', path: '/misuse', operationOf: is('misuse.list'), serve: misusePage },
  {
    method: 'GET',
    path: '/misuse/:flagId',
    operationOf: is('misuse.open'),
    isOwn: isOwnFlag,
    serve: flagPage,
  },
  { method: 'POST', path: '/misuse/not-me', operationOf: is('misuse.freeze'), serve: freezeOnPage },
  {
    ...{ method: 'POST', path: '/misuse/:flagId', operationOf: is('misuse.end') },
    ...{ isOwn: isOwnFlag, serve: endFlagOnPage },
  },
  { method: 'GET', path: '/cash', operationOf: is('cash.list'), serve: cashPage },
  {
    ...{ method: 'POST', path: '/cash', operationOf: is('cash.end') },
    ...{ isOwn: isOwnCash, serve: endCashOnPage },
  },
  { method: 'GET', path: '/quarantine', operationOf: is('quarantine.list'), serve: quarantinePage },
  { method: 'POST', path: '/quarantine', operationOf: is('quarantine.settle'), serve: settleOnPage },
  { method: 'GET', path: '/fetches', operationOf: is('fetches.list'), serve: fetchesPage },
  { method: 'GET', path: '/alarms', operationOf: is('alarms.list'), serve: alarmsPage },
  { method: 'POST', path: '/alarms', operationOf: is('alarms.see'), serve: markSeen },
  { method: 'GET', path: '/log', operationOf: is('log.list'), serve: logPage },
];
