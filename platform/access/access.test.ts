/** The table of who may do what: that it is whole, and that running servers do what it says, cell by cell, over HTTP. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { invariant } from '../../base/result.ts';
import { ENDPOINTS } from '../../sync/contract.ts';
import { AUTH_HEADER, makeAuth } from '../../sync/formats/request.ts';
import { departmentDesk } from '../cases/desks.ts';
import { STAFF_ACTIONS } from '../cases/machine.ts';
import { maintainersDesk } from '../desk/roles.ts';
import { ROUTES } from '../desk/routes.ts';
import { putStaff } from '../desk/staff.ts';
import { httpProvider } from '../payments/http-provider.ts';
import { openSampleBillers } from '../payments/sample/sample-billers.ts';
import { APP_ID, keyPair } from '../payments/testing/pay-bench.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs } from '../testing/test-staff.ts';
import { crypto, enrolTerminal, newId, nodeFetch, type TestTerminal } from '../testing/test-terminal.ts';
import { type Cell, cellOf, isAllowed, OPERATIONS, type Operation, ROLES, type Role } from './table.ts';
import {
  type About,
  type DeskAsker,
  type DeskOperation,
  DOOR_PASSWORD,
  deskTries,
} from './testing/at-the-desk.ts';
import { type Asker, type GatewayOperation, gatewayTries } from './testing/at-the-gateway.ts';

const STAFF_ROLES = ['village', 'town', 'department', 'county', 'maintainer'] as const;
type StaffRole = (typeof STAFF_ROLES)[number];

describe('the table', () => {
  it('has a cell for every role and every operation', () => {
    for (const operation of OPERATIONS) {
      for (const role of ROLES)
        expect(['no', 'own', 'all'], `${operation} ${role}`).toContain(cellOf(operation, role));
    }
  });

  it('names every endpoint of the gateway, every page of the desk and every act on a case', () => {
    const named = new Set<string>(OPERATIONS);
    for (const name of Object.keys(ENDPOINTS)) expect(named, name).toContain(`gateway.${name}`);
    for (const action of STAFF_ACTIONS) expect(named, action).toContain(`case.${action}`);
    const forms: readonly Readonly<Record<string, string>>[] = [
      {},
      { revoke: '00' },
      { withdraw: '00' },
      { code: '00' },
      ...STAFF_ACTIONS.map((action) => ({ action })),
    ];
    const served = new Set(
      ROUTES.flatMap(({ operationOf }) => forms.flatMap((form) => operationOf(form) ?? [])),
    );
    const ofDesk = OPERATIONS.filter((one) => !/^(gateway|pages|payments|door)\./.test(one));
    expect([...served].sort()).toEqual([...ofDesk].sort());
  });

  it('lets nobody do at the gateway what its contract wants proof for, and the other way round', () => {
    for (const [name, { authenticated }] of Object.entries(ENDPOINTS)) {
      const operation = `gateway.${name}` as Operation;
      expect(isAllowed(operation, 'nobody', true), name).toBe(!authenticated);
      expect(isAllowed(operation, 'terminal', true), name).toBe(true);
      expect(isAllowed(operation, 'revoked', true), name).toBe(!authenticated);
    }
  });

  it('gives staff nothing at the gateway that nobody has, and terminals nothing at the desk but its door', () => {
    for (const operation of OPERATIONS) {
      const isGateways = /^(gateway|pages|payments)\./.test(operation);
      const outsiders: readonly Role[] = isGateways ? STAFF_ROLES : ['terminal', 'revoked', 'provider'];
      for (const role of outsiders)
        expect(cellOf(operation, role), `${operation} ${role}`).toBe(cellOf(operation, 'nobody'));
    }
  });
});

describeOnBoth('running servers, asked cell by cell', (host) => {
  const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
  const PASSWORD = 'a long password of staff';
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-access-'));
  const keys = keyPair('hmac-sha256');
  let test: TestPlatform;
  let terminal: TestTerminal;
  let other: TestTerminal;
  let revoked: TestTerminal;
  let ofDesk: ReturnType<typeof deskTries>;
  let ofGateway: ReturnType<typeof gatewayTries>;
  const staffIds = new Map<string, number>();
  let desks: Readonly<Record<StaffRole, { readonly own: string; readonly other: string }>>;

  beforeAll(async () => {
    mkdirSync(join(folder, 'stable', 'metadata'), { recursive: true });
    writeFileSync(join(folder, 'stable', 'metadata', 'root.json'), '{}');
    const provider = httpProvider({
      ...{ crypto, fetch: nodeFetch, appId: APP_ID, keys: keys.ours, log: () => undefined },
      // Nobody listens there: what a provider says of an order is not what this is about.
      ...{ url: 'http://127.0.0.1:9', timeoutMs: 500, tries: 1, noticeUrl: () => null },
      clock: { wallMs: Date.now, monoMs: () => performance.now(), after: () => () => undefined },
    });
    test = await host.shared({
      releases: nodeDisk(folder),
      payments: {
        ...{ provider, billers: openSampleBillers({ accounts: [], disk: null }) },
        notices: { appId: APP_ID, keys: keys.ours },
      },
    });
    const { platform } = test;
    const matter = platform.context.book.find('farmland-subsidy');
    invariant(
      matter?.route.map(({ level }) => level).join() === 'village,town,county',
      'its route has every level',
    );
    const county = DONGCUN.county.code;
    desks = {
      village: { own: DONGCUN.village.code, other: JINGLING.village.code },
      town: { own: DONGCUN.town.code, other: JINGLING.town.code },
      department: { own: departmentDesk(county, matter.department), other: departmentDesk(county, '民政') },
      county: { own: county, other: DONGCUN.town.code },
      // They have no case of their own: whoever's it is, it is not theirs.
      maintainer: { own: maintainersDesk(county), other: DONGCUN.town.code },
    };
    for (const deskCode of new Set(Object.values(desks).flatMap(({ own, other }) => [own, other]))) {
      await putStaff(
        platform.context,
        { signIn: deskCode, name: deskCode, deskCode, password: PASSWORD },
        CHEAP,
      );
    }
    const door = { signIn: 'door', name: 'door', deskCode: county, password: DOOR_PASSWORD };
    await putStaff(platform.context, door, CHEAP);
    const rows = await platform.context.store.db.selectFrom('staff').select(['staffId', 'signIn']).execute();
    for (const { staffId, signIn } of rows) staffIds.set(signIn, staffId);
    const enrol = async () => enrolTerminal(await platform.enrolmentCode(DONGCUN));
    [terminal, other, revoked] = [await enrol(), await enrol(), await enrol()];
    const spare = () => {
      // Enrolling is limited by rate, and this test enrols more than a county does.
      test.clock.advance(30_000);
      return enrol();
    };
    ofDesk = deskTries({ test, terminal: await enrol(), matter, spare });
    ofGateway = gatewayTries(test);
    const { headers, token } = await staffAsker('county');
    const { deskUrl } = platform;
    const form = new URLSearchParams({ token, revoke: toHex(revoked.terminalId) });
    await fetch(`${deskUrl}/machines`, {
      method: 'POST',
      body: form,
      headers: { ...headers, origin: deskUrl },
    });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function staffAsker(role: StaffRole): Promise<DeskAsker> {
    const staff = await signInAs(test.platform, desks[role].own, PASSWORD);
    const { text } = await staff.get(role === 'maintainer' ? '/fleet' : '/');
    const token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
    invariant(token !== '', 'they are signed in');
    return { headers: { cookie: staff.cookie }, token };
  }

  function aboutDesk(deskCode: string): About {
    return { deskCode, staffId: staffIds.get(deskCode)! };
  }

  function isStaff(role: Role): role is StaffRole {
    return (STAFF_ROLES as readonly Role[]).includes(role);
  }

  /** A real proof, though of another request: the desk knows none. */
  function outsideHeaders(role: Role): Readonly<Record<string, string>> {
    if (role === 'nobody') return {};
    if (role === 'provider') return { 'pay-app': APP_ID, 'pay-id': toHex(newId()) };
    const { terminalId, platformId, key } = role === 'revoked' ? revoked : terminal;
    const content = new Uint8Array(0);
    const proof = {
      platformId,
      terminalId,
      bootId: newId(),
      counter: 1,
      method: 'GET' as const,
      target: '/',
      content,
    };
    return { [AUTH_HEADER]: makeAuth(crypto, key, proof) };
  }

  async function driveDesk(operation: DeskOperation, role: Role): Promise<Cell> {
    const tryIt = ofDesk[operation];
    if (!isStaff(role)) {
      const asker = { headers: outsideHeaders(role), token: '' };
      return (await tryIt(asker, aboutDesk(desks.town.own))) === 'allowed' ? 'all' : 'no';
    }
    const { own, other: others } = desks[role];
    const asker = await staffAsker(role);
    // What is another's of a session is the token in its forms.
    const forOther =
      operation === 'door.sign-out' ? { ...asker, token: (await staffAsker('county')).token } : asker;
    const another = await tryIt(forOther, aboutDesk(others));
    const ours = await tryIt(asker, aboutDesk(own));
    if (another === 'allowed') return ours === 'allowed' ? 'all' : 'no';
    return ours === 'allowed' ? 'own' : 'no';
  }

  async function driveGateway(operation: GatewayOperation, role: Role): Promise<Cell> {
    const tryIt = ofGateway[operation];
    if (role === 'terminal' || role === 'revoked') {
      const asker: Asker = { terminal: role === 'terminal' ? terminal : revoked, headers: {} };
      const ours = await tryIt(asker);
      const isFiles = operation.endsWith('File') || operation.endsWith('Offset');
      if (ours === 'refused') return 'no';
      // Of everything else there is no other's to ask for: the proof names whose it is.
      if (!isFiles || operation === 'gateway.releaseFile') return cellOf(operation, role);
      return (await tryIt(asker, other)) === 'allowed' ? 'all' : 'own';
    }
    const headers = isStaff(role) ? (await staffAsker(role)).headers : outsideHeaders(role);
    const asker: Asker = { headers, ...(role === 'provider' && { payKeys: keys.its }) };
    return (await tryIt(asker)) === 'allowed' ? 'all' : 'no';
  }

  const isGateways = (operation: Operation): operation is GatewayOperation =>
    operation.startsWith('gateway.') || operation.startsWith('pages.') || operation.startsWith('payments.');

  it.each(OPERATIONS)(
    '%s',
    async (operation) => {
      const driven: Record<string, Cell> = {};
      for (const role of ROLES) {
        driven[role] = isGateways(operation)
          ? await driveGateway(operation, role)
          : await driveDesk(operation, role);
      }
      const table = Object.fromEntries(ROLES.map((role) => [role, cellOf(operation, role)]));
      expect(driven).toEqual(table);
    },
    60_000,
  );

  it('leaves on record what staff tried, also what they may not', async () => {
    const rows = await test.platform.context.store.db
      .selectFrom('staffActs')
      .select(['operation', 'decision'])
      .where('deskCode', '=', desks.village.own)
      .execute();
    const tried = (operation: Operation) =>
      rows.filter((row) => row.operation === operation).map(({ decision }) => decision);
    expect(tried('case.accept')).toEqual(['refused', 'allowed']);
    expect(tried('machines.revoke')).toEqual(['refused', 'refused']);
    expect(tried('log.list')).toEqual(['refused', 'refused']);
    expect(tried('cases.list')).toEqual([]);
  });
});
