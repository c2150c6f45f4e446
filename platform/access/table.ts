/**
 * Who may do what: every operation of the gateway and of the desks, and for each role whether it is allowed. The servers
 * decide by this table and by nothing else.
 *
 * A cell says `no`; `own`, which is what belongs to one's own desk (its cases, its area, what it published); or `all`.
 */

/**
 * `terminal`: enrolled, with its request signed. `revoked`: a terminal that was taken out of service. `provider`: whom
 * bills are paid through, with its notice signed. The rest are staff who signed in, by the level of their desk;
 * a `maintainer` keeps machines running and sees no case.
 */
export const ROLES = [
  'nobody',
  'terminal',
  'revoked',
  'provider',
  'village',
  'town',
  'department',
  'county',
  'maintainer',
] as const;
export type Role = (typeof ROLES)[number];

/** What a role may do of an operation. */
export type Cell = 'no' | 'own' | 'all';

/** One operation, in the order of {@link ROLES}. */
type Row = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell];

/** The table. */
export const ACCESS = {
  // The gateway. Staff are nobody there: it knows no session.
  //                     nobody terminal revoked provider village town department county maintainer
  'gateway.enrol': /*      */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'gateway.keySets': /*    */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'gateway.releaseFile': /**/ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'gateway.newKey': /*     */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.hello': /*      */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.entries': /*    */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.feed': /*       */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.slips': /*      */ ['no', 'all', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.queries': /*    */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.reports': /*    */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.createFile': /* */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.fileOffset': /* */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.patchFile': /*  */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
  // Its pages.
  'pages.slip': /*         */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'pages.certificate': /*  */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'payments.notice': /*    */ ['no', 'no', 'no', 'all', 'no', 'no', 'no', 'no', 'no'],

  // The desk's door.
  'door.sign-in': /*       */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'door.sign-out': /*      */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'own'],

  // Cases. What a county must do is not a department's: it looks into "not me".
  'cases.list': /*         */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'no'],
  'case.open': /*          */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'no'],
  'case.file': /*          */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'no'],
  'case.accept': /*        */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'no'],
  'case.meet': /*          */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'no'],
  'case.ask-supplement': /**/ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'no'],
  'case.finish': /*        */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'no'],
  'case.refuse': /*        */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'no'],
  'case.forward': /*       */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'no', 'no'],
  'case.send-back': /*     */ ['no', 'no', 'no', 'no', 'no', 'own', 'own', 'own', 'no'],
  'case.register': /*      */ ['no', 'no', 'no', 'no', 'no', 'own', 'own', 'own', 'no'],
  'case.offer-again': /*   */ ['no', 'no', 'no', 'no', 'no', 'own', 'own', 'own', 'no'],
  'case.call': /*          */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own', 'no'],
  'case.unfreeze': /*      */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'own', 'no'],

  // Notices on machines' screens: to one's own village, town or county; a department has no machines.
  'notices.list': /*       */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all', 'no'],
  'notices.publish': /*    */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all', 'no'],
  'notices.withdraw': /*   */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all', 'no'],

  // What villages say to emergencies: to the village itself, its town and the county.
  'emergencies.list': /*   */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all', 'no'],
  'emergency.file': /*     */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all', 'no'],

  // Ratings: monthly sums to a village and a town, each bad one to the county alone.
  'ratings.list': /*       */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all', 'no'],
  'rating.open': /*        */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'],
  'rating.close': /*       */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'],

  // What may be a card used by somebody else: to the town of the place and the county; never to a village.
  'misuse.list': /*        */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],
  'misuse.open': /*        */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],
  'misuse.end': /*         */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],
  'misuse.freeze': /*      */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'],

  // Cash that agents took for bills: sums by agent and day. Not a village's: it is about its own agent.
  'cash.list': /*          */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],
  'cash.end': /*           */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],

  // Recorded authority: a town's own place, the county all; whoever has a case that rests on one sees that.
  'authorities.list': /*   */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],
  'authority.open': /*     */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'all', 'no'],
  'authority.file': /*     */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'all', 'no'],
  'authority.end': /*      */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],

  // Village agents: a town's are those of its villages. A village does not choose its own.
  'agents.list': /*        */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],
  'agents.enrol': /*       */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],
  'agents.code': /*        */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],
  'agents.revoke': /*      */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all', 'no'],

  // What keeps the whole county's machines, and its records.
  'machines.list': /*      */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'machines.enrol': /*     */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'machines.revoke': /*    */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'machine.open': /*       */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'machine.account': /*    */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'machine.repair': /*     */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'machine.order': /*      */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  // How machines are, for whoever keeps them running: no case, nobody's name.
  'fleet.list': /*         */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'fleet.open': /*         */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'fleet-alerts.list': /*  */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'fleet-alerts.answer': /**/ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  // Releases of the software: who gets which, when. A step back counts by a named person's signature alone.
  'rollouts.list': /*      */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'rollouts.begin': /*     */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'rollouts.act': /*       */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'rollouts.pin': /*       */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'rollouts.step-back': /* */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'all'],
  'quarantine.list': /*    */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'],
  'quarantine.settle': /*  */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'],
  'fetches.list': /*       */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'],
  'alarms.list': /*        */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'],
  'alarms.see': /*         */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'],
  'log.list': /*           */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'],
} as const satisfies Readonly<Record<string, Row>>;

/** A name of the table. */
export type Operation = keyof typeof ACCESS;

/** Every operation, in the table's order. */
export const OPERATIONS = Object.keys(ACCESS) as readonly Operation[];

/** What stands in the table. */
export function cellOf(operation: Operation, role: Role): Cell {
  return ACCESS[operation][ROLES.indexOf(role)]!;
}

/** Whether `role` may do it; `isOwn` is whether it is about something of their own desk. */
export function isAllowed(operation: Operation, role: Role, isOwn: boolean): boolean {
  const cell = cellOf(operation, role);
  return cell === 'all' || (cell === 'own' && isOwn);
}
