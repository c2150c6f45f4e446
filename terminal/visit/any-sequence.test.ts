/** Whatever is touched and laid, in whatever order: nothing throws, nobody sees another, anyone can leave. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AnswerValue, Basis } from '../../catalog/schema.ts';
import { type Action, type AnyAction, type SettingsChange, type View, viewSchema } from '../api.ts';
import { DEFAULT_SETTINGS } from '../screen-settings.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ELDER, NEIGHBOUR, readOf, type SamplePerson, SPECIMEN } from './testing/people.ts';
import { phoneCodeOf } from './testing/phones.ts';
import { jpegOf } from './testing/photos.ts';
import { webmOf } from './testing/recordings.ts';
import { PROJECT_CATALOG } from './testing/site.ts';
import { TIMEOUTS } from './timeouts.ts';

/** A surname no screen uses for anything else: 张 counts photographs too. */
const STRANGER: SamplePerson = { ...SPECIMEN, name: '章桂兰' };
const PEOPLE = [ELDER, NEIGHBOUR, STRANGER] as const;

/** Words only one person would type, so that they are found wherever they turn up. */
const secretOf = (person: SamplePerson) => `只有${person.birth}知道`;

type Move =
  | { readonly do: 'lay'; readonly who: SamplePerson }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'act'; readonly action: Action; readonly age: number }
  /** The most natural next step on the page shown. */
  | { readonly do: 'go-on'; readonly pick: number }
  | { readonly do: 'world'; readonly online: boolean; readonly printer: 'ok' | 'down' }
  | { readonly do: 'scan'; readonly text: string }
  /** A phone with this person's code is held before the scanner, where one may take the place of a card. */
  | { readonly do: 'phone'; readonly who: SamplePerson }
  | { readonly do: 'trouble' }
  | { readonly do: 'reading' };

const matterIds = PROJECT_CATALOG.matters.map(({ id }) => id);
const questionIds = PROJECT_CATALOG.matters.flatMap(({ questions }) => questions.map(({ id }) => id));
const value: fc.Arbitrary<AnswerValue | null> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -5, max: 300 }),
  fc.constantFrom('social-card', 'lamp', '2026-06-20', '13800138000', '330624108201', ''),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom<Action>(
    { type: 'touch' },
    { type: 'home' },
    { type: 'back' },
    { type: 'submit' },
    { type: 'print-slip' },
    { type: 'not-me' },
    { type: 'supplement' },
    { type: 'open-withdrawal' },
    { type: 'withdraw' },
    { type: 'open-collection' },
    { type: 'collect' },
    { type: 'open-rating' },
    { type: 'skip-rating' },
    { type: 'open-result' },
    { type: 'resume-draft' },
    { type: 'drop-draft' },
    { type: 'leave' },
    { type: 'second-card', choice: 'next-person' },
    { type: 'second-card', choice: 'still-me' },
    { type: 'slip-by-hand' },
    { type: 'slip-number', localNumber: '330625120047' },
    { type: 'slip-code', slipCode: '402917' },
    { type: 'ask-again' },
  ),
  fc
    .constantFrom(
      'no-card',
      'guides',
      'emergency',
      'lost-card',
      'agent',
      'my-cases',
      'last-use',
      'slip-lookup',
      'phone-code',
    )
    .map((to) => ({ type: 'go', to }) as Action),
  fc.constantFrom(...matterIds).map((matterId): Action => ({ type: 'open-matter', matterId })),
  fc.constantFrom<Basis>('self', 'family', 'open').map((basis): Action => ({ type: 'start', basis })),
  fc
    .tuple(fc.constantFrom(...questionIds), value)
    .map(([questionId, given]): Action => ({ type: 'answer', questionId, value: given })),
  fc.constantFrom(...questionIds).map((questionId): Action => ({ type: 'change', questionId })),
  fc.constantFrom('case-1', 'case-2').map((ref): Action => ({ type: 'open-case', ref })),
  fc.constantFrom(...matterIds).map((matterId): Action => ({ type: 'bundle', matterId, chosen: true })),
  fc.integer({ min: 1, max: 5 }).map((grade): Action => ({ type: 'rate', grade })),
  fc.constantFrom('zh' as const, 'en' as const).map((language): Action => ({ type: 'language', language })),
  fc
    .constantFrom<SettingsChange>(
      { textSize: 'large' },
      { textSize: 'double' },
      { reach: 'low', contrast: 'high' },
      { voice: 'on' },
      {},
    )
    .map((change): Action => ({ type: 'set', change })),
);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.nat(7).map((pick): Move => ({ do: 'go-on', pick })) },
  { weight: 3, arbitrary: fc.constantFrom(...PEOPLE).map((who): Move => ({ do: 'lay', who })) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(action, fc.constantFrom(0, 0, 0, 1, 5))
      .map(([one, age]): Move => ({ do: 'act', action: one, age })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1_000, 26_000, 46_000, 70_000).map((ms): Move => ({ do: 'wait', ms })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('world' as const),
      online: fc.boolean(),
      printer: fc.constantFrom('ok' as const, 'down' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('330625120047', '\u001b[2J').map((text): Move => ({ do: 'scan', text })),
  },
  { weight: 2, arbitrary: fc.constantFrom(...PEOPLE).map((who): Move => ({ do: 'phone', who })) },
  { weight: 1, arbitrary: fc.constantFrom<Move>({ do: 'trouble' }, { do: 'reading' }) },
);

/** Answers that get through most matters. */
const RIGHT: Readonly<Record<string, AnswerValue>> = {
  'pay-to': 'social-card',
  lives: 'as-on-card',
  phone: '13800138000',
  relation: 'parent',
  what: 'lamp',
  village: '330624108201',
  'wants-answer': false,
  trouble: ['income'],
  since: '2026-06-01',
  people: 3,
  earning: false,
  day: '2026-07-01',
  occasion: 'wedding',
  meals: ['noon'],
  tables: 5,
  where: 'home',
  cook: 'family',
};

/** A step somebody would take; text answers are the secret of whoever is here. */
function goOn(view: View, pick: number, here: SamplePerson | null): AnyAction {
  const { page } = view;
  switch (page.kind) {
    case 'home': {
      if (page.draft !== null && pick > 4) return { type: 'resume-draft' };
      if (pick === 3) return { type: 'go', to: 'my-cases' };
      return { type: 'open-matter', matterId: matterIds[pick % matterIds.length] ?? '' };
    }
    case 'attract':
      return { type: 'open-matter', matterId: 'problem-report' };
    case 'category':
    case 'no-card':
    case 'card-not-valid':
      return { type: 'open-matter', matterId: page.tiles[0]?.matterId ?? '' };
    case 'matter':
      return { type: 'start', basis: page.bases[pick % page.bases.length]?.basis ?? 'self' };
    case 'question': {
      const { id, type } = page.question;
      if (type === 'photo' && page.value === null && pick > 3)
        return { type: 'attach', questionId: id, bytes: jpegOf({}) };
      if (type === 'declaration') return { type: 'answer', questionId: id, value: true };
      if (type === 'text') {
        if (pick === 7) return { type: 'attach', questionId: id, bytes: webmOf({}) };
        if (typeof page.value === 'object' && page.value !== null)
          return { type: 'answer', questionId: id, value: page.value };
        const words = here === null ? '路灯不亮' : secretOf(here);
        return { type: pick > 5 ? 'typing' : 'answer', questionId: id, value: words };
      }
      return { type: 'answer', questionId: id, value: RIGHT[id] ?? null };
    }
    case 'bundle': {
      const open = page.offers.find(({ state }) => state === 'open');
      if (open === undefined) return { type: 'go-on', choice: null };
      return { type: 'bundle', matterId: open.matterId, chosen: pick > 3 };
    }
    case 'check':
      return { type: 'submit', declares: page.declares?.questionId };
    case 'my-cases':
      return { type: 'open-case', ref: page.items[0]?.ref ?? '' };
    case 'kept':
      return pick > 3 ? { type: 'home' } : { type: 'rate', grade: 5 };
    case 'second-card':
      return { type: 'second-card', choice: pick > 3 ? 'still-me' : 'next-person' };
    default:
      return { type: 'touch' };
  }
}

/** Who may be seen: the one whose card the visit rests on, and those whose cards were laid during it. */
class Witness {
  readonly #bench: Bench;
  here: SamplePerson | null = null;
  laid = new Set<SamplePerson>();
  newest: SamplePerson | null = null;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** After each move: what the view shows decides who is here; anything of others on it is a leak. */
  look(): void {
    const view = this.#bench.view();
    viewSchema.parse(view);
    const nobody = ['attract', 'goodbye', 'out-of-service', 'second-card', 'still-there', 'no-card'];
    if (['attract', 'goodbye', 'out-of-service'].includes(view.page.kind)) this.#over();
    const shown = JSON.stringify(view);
    for (const person of PEOPLE) {
      const mayBeMasked = this.here === person || this.laid.has(person);
      expect(shown).not.toContain(person.number);
      expect(shown).not.toContain(person.name);
      if (!mayBeMasked || nobody.includes(view.page.kind))
        expect(shown).not.toContain(person.name.slice(0, 1));
      if (this.here !== person || nobody.includes(view.page.kind))
        expect(shown).not.toContain(secretOf(person));
    }
  }

  laying(who: SamplePerson): void {
    this.newest = who;
    const { page, holder } = this.#bench.view();
    if (page.kind === 'home' && this.here === null) this.here = who;
    else if (holder !== null && page.kind === 'question') this.laid.add(who);
  }

  showing(who: SamplePerson): void {
    if (this.#bench.page().kind === 'home' && this.here === null) this.here = who;
  }

  nextPerson(): void {
    const next = this.newest;
    this.#over();
    if (this.#bench.page().kind === 'home') this.here = next;
  }

  #over(): void {
    this.here = null;
    this.laid = new Set();
  }
}

/** Who ever came by a code. */
const seenByPhone = new Set<SamplePerson>();

const MAKE: {
  readonly [D in Move['do']]: (bench: Bench, witness: Witness, step: Extract<Move, { do: D }>) => void;
} = {
  lay(bench, witness, { who }) {
    const { page } = bench.view();
    const isAsked = page.kind === 'prove-again' || (page.kind === 'question' && page.personCard !== null);
    const isOther = witness.here !== null && witness.here !== who;
    bench.authority.readerSaid({ type: 'identity', read: readOf(who) });
    if (isOther && !isAsked) expect(bench.page().kind).toBe('second-card');
    witness.laying(who);
  },
  wait: (bench, _witness, { ms }) => bench.clock.advance(ms),
  scan: (bench, _witness, { text }) => bench.scan(text),
  phone(bench, witness, { who }) {
    bench.act({ type: 'go', to: 'phone-code' });
    const { online } = bench.world;
    // Without a network the machine looks at the code itself, at once.
    bench.world.online = false;
    bench.scan(phoneCodeOf(bench, who));
    bench.world.online = online;
    if (bench.view().byPhone) seenByPhone.add(who);
    witness.showing(who);
  },
  reading: (bench) => bench.authority.readerSaid({ type: 'reading' }),
  trouble: (bench) => bench.authority.readerSaid({ type: 'trouble', trouble: 'lay-again' }),
  world(bench, _witness, { online, printer }) {
    bench.world.online = online;
    bench.world.devices = { ...bench.world.devices, slipPrinter: printer };
    bench.authority.refresh();
  },
  'go-on': (bench, witness, { pick }) => touch(bench, witness, goOn(bench.view(), pick, witness.here), 0),
  act: (bench, witness, step) => touch(bench, witness, step.action, step.age),
};

function touch(bench: Bench, witness: Witness, taken: AnyAction, age: number): void {
  const result = bench.authority.act(bench.view().revision - age, taken);
  if (result.ok && taken.type === 'second-card' && taken.choice === 'next-person') witness.nextPerson();
}

function make<D extends Move['do']>(bench: Bench, witness: Witness, step: Extract<Move, { do: D }>): void {
  MAKE[step.do as D](bench, witness, step);
}

/** From the first page to the last without a card. */
const REPORTING = Array.from({ length: 20 }, (): Move => ({ do: 'go-on', pick: 0 }));

it('never throws, never shows one person to another, and lets anyone leave', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(move, { minLength: 15, maxLength: 50 }), (moves) => {
      const bench = createBench();
      const witness = new Witness(bench);
      for (const step of moves) {
        make(bench, witness, step);
        witness.look();
        seen.add(bench.page().kind);
      }
      expect(bench.act({ type: 'leave' })).toEqual({ ok: true });
      expect(['goodbye', 'attract']).toContain(bench.page().kind);
      // Where nobody was here, what was chosen before any visit lapses by itself.
      bench.clock.advance(Math.max(TIMEOUTS.goodbyeMs + TIMEOUTS.goodbyeExtraMs, TIMEOUTS.lobbyLanguageMs));
      expect(bench.page().kind).toBe('attract');
      expect(bench.view().settings).toEqual(DEFAULT_SETTINGS);
      expect(bench.keeper.openMemories()).toBe(0);
    }),
    { numRuns: 50, examples: [[REPORTING]] },
  );
  // The sequences get somewhere: a test that only ever sees the lobby would prove nothing.
  for (const kind of ['home', 'question', 'check', 'kept', 'second-card', 'still-there', 'goodbye', 'matter'])
    expect([...seen]).toContain(kind);
  expect(seenByPhone.size).toBe(PEOPLE.length);
});
