/**
 * Who may do what: every operation of the gateway and of the desks, and for each role whether it is allowed. The servers
 * decide by this table and by nothing else.
 *
 * A cell says `no`; `own`, which is what belongs to one's own desk (its cases, its area, what it published); or `all`.
 */

/**
 * `terminal`: enrolled, with its request signed. `revoked`: a terminal that was taken out of service. `provider`: whom
 * bills are paid through, with its notice signed. The rest are staff who signed in, by the level of their desk.
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
] as const;
export type Role = (typeof ROLES)[number];

/** What a role may do of an operation. */
export type Cell = 'no' | 'own' | 'all';

/** One operation, in the order of {@link ROLES}. */
type Row = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell];

/** The table. */
export const ACCESS = {
  // The gateway. Staff are nobody there: it knows no session.
  //                     nobody terminal revoked provider village town department county
  'gateway.enrol': /*      */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'gateway.keySets': /*    */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'gateway.releaseFile': /**/ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'gateway.newKey': /*     */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.hello': /*      */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.entries': /*    */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.feed': /*       */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.slips': /*      */ ['no', 'all', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.queries': /*    */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.createFile': /* */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.fileOffset': /* */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no'],
  'gateway.patchFile': /*  */ ['no', 'own', 'no', 'no', 'no', 'no', 'no', 'no'],
  // Its pages.
  'pages.slip': /*         */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'pages.certificate': /*  */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'payments.notice': /*    */ ['no', 'no', 'no', 'all', 'no', 'no', 'no', 'no'],

  // The desk's door.
  'door.sign-in': /*       */ ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'door.sign-out': /*      */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own'],

  // Cases. What a county must do is not a department's: it looks into "not me".
  'cases.list': /*         */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own'],
  'case.open': /*          */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own'],
  'case.file': /*          */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own'],
  'case.accept': /*        */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own'],
  'case.ask-supplement': /**/ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own'],
  'case.finish': /*        */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own'],
  'case.refuse': /*        */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own'],
  'case.forward': /*       */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'no'],
  'case.send-back': /*     */ ['no', 'no', 'no', 'no', 'no', 'own', 'own', 'own'],
  'case.register': /*      */ ['no', 'no', 'no', 'no', 'no', 'own', 'own', 'own'],
  'case.offer-again': /*   */ ['no', 'no', 'no', 'no', 'no', 'own', 'own', 'own'],
  'case.call': /*          */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'own'],
  'case.unfreeze': /*      */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'own'],

  // Notices on machines' screens: to one's own village, town or county; a department has no machines.
  'notices.list': /*       */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all'],
  'notices.publish': /*    */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all'],
  'notices.withdraw': /*   */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all'],

  // What villages say to emergencies: to the village itself, its town and the county.
  'emergencies.list': /*   */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all'],
  'emergency.file': /*     */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all'],

  // Ratings: monthly sums to a village and a town, each bad one to the county alone.
  'ratings.list': /*       */ ['no', 'no', 'no', 'no', 'own', 'own', 'no', 'all'],
  'rating.open': /*        */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'rating.close': /*       */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],

  // What may be a card used by somebody else: to the town of the place and the county; never to a village.
  'misuse.list': /*        */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],
  'misuse.open': /*        */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],
  'misuse.end': /*         */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],
  'misuse.freeze': /*      */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],

  // Cash that agents took for bills: sums by agent and day. Not a village's: it is about its own agent.
  'cash.list': /*          */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],
  'cash.end': /*           */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],

  // Recorded authority: a town's own place, the county all; whoever has a case that rests on one sees that.
  'authorities.list': /*   */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],
  'authority.open': /*     */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'all'],
  'authority.file': /*     */ ['no', 'no', 'no', 'no', 'own', 'own', 'own', 'all'],
  'authority.end': /*      */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],

  // Village agents: a town's are those of its villages. A village does not choose its own.
  'agents.list': /*        */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],
  'agents.enrol': /*       */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],
  'agents.code': /*        */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],
  'agents.revoke': /*      */ ['no', 'no', 'no', 'no', 'no', 'own', 'no', 'all'],

  // What keeps the whole county's machines and records.
  'machines.list': /*      */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'machines.enrol': /*     */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'machines.revoke': /*    */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'machine.open': /*       */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'machine.account': /*    */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'machine.repair': /*     */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'machine.order': /*      */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'quarantine.list': /*    */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'quarantine.settle': /*  */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'fetches.list': /*       */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'alarms.list': /*        */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'alarms.see': /*         */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
  'log.list': /*           */ ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'all'],
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
