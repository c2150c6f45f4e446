import { unreachable } from '../../../../base/result.ts';
import type { UpkeepPage } from '../../../../terminal/api.ts';
import { AgentAway } from './AgentAway.tsx';
import { Caretaker } from './Caretaker.tsx';
import { Catalog } from './Catalog.tsx';
import { Cleaning } from './Cleaning.tsx';
import { Device } from './Device.tsx';
import { Devices } from './Devices.tsx';
import { Diagnostics } from './Diagnostics.tsx';
import { Fixes, FixSteps } from './Fixes.tsx';
import { Machine } from './Machine.tsx';
import { MachineLog } from './MachineLog.tsx';
import { Paper } from './Paper.tsx';
import { Queue } from './Queue.tsx';
import { Readiness } from './Readiness.tsx';
import { Report } from './Report.tsx';
import { Rescue } from './Rescue.tsx';
import { Software } from './Software.tsx';
import { UpkeepSignIn } from './UpkeepSignIn.tsx';

/** Draws the pages of whoever looks after the machine. */
export function UpkeepSwitch({ page }: { page: UpkeepPage }) {
  switch (page.kind) {
    case 'upkeep-sign-in':
      return <UpkeepSignIn page={page} />;
    case 'caretaker':
      return <Caretaker page={page} />;
    case 'agent-away':
      return <AgentAway page={page} />;
    case 'paper':
      return <Paper page={page} />;
    case 'cleaning':
      return <Cleaning page={page} />;
    case 'devices':
      return <Devices page={page} />;
    case 'device':
      return <Device page={page} />;
    case 'queue':
      return <Queue page={page} />;
    case 'readiness':
      return <Readiness page={page} />;
    case 'report':
      return <Report page={page} />;
    case 'catalog':
      return <Catalog page={page} />;
    case 'rescue':
      return <Rescue page={page} />;
    case 'machine':
      return <Machine page={page} />;
    case 'machine-log':
      return <MachineLog page={page} />;
    case 'fixes':
      return <Fixes page={page} />;
    case 'fix':
      return <FixSteps page={page} />;
    case 'diagnostics':
      return <Diagnostics page={page} />;
    case 'software':
      return <Software page={page} />;
    default:
      return unreachable(page);
  }
}
