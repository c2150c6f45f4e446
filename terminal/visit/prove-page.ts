import type { Page } from '../api.ts';
import type { Desk } from './desk.ts';
import { methodsFor, type ProofRun, triesLeft } from './proving.ts';
import type { Visit } from './visit.ts';

type ProvePage = Extract<Page, { kind: 'prove-person' }>;

/** The page on which somebody proves who they are. */
export function provePage(visit: Visit, head: ProvePage['head'], desk: Desk): ProvePage {
  const { run, failed } = visit.proving;
  return {
    kind: 'prove-person',
    head,
    methods: methodsFor(visit.person, desk).map((method) => ({
      method,
      triesLeft: triesLeft(visit.proving, method),
    })),
    state: run === null ? { at: 'choose', failed } : stateOf(run),
  };
}

function stateOf({ method, prompt, code }: ProofRun): ProvePage['state'] {
  return method === 'face' ? { at: 'face', prompt } : { at: 'code', sent: code };
}
