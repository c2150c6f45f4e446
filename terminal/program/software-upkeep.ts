/** The software of this machine joined to the maintainer's page: the platform, and the sticks that are plugged in. */
import { join } from 'node:path';
import type { TrustedTime } from '../keeper.ts';
import { softwareView, type UpkeepSoftware } from '../upkeep/software-page.ts';
import { SOFTWARE_STICK, type SoftwareSource } from './software-source.ts';
import { sticksWith } from './sticks.ts';

/** As the page sees it; `source` answers nothing where nothing is changed over to by itself. */
export function softwareUpkeep(parts: {
  readonly source: () => SoftwareSource | undefined;
  readonly time: Pick<TrustedTime, 'trusted'>;
  /** Where sticks are mounted. */
  readonly rescueDir: string;
}): UpkeepSoftware {
  const { source, time, rescueDir } = parts;
  const sticks = () => sticksWith(rescueDir, SOFTWARE_STICK);
  return {
    findView() {
      const software = source();
      if (software === undefined) return undefined;
      return softwareView(software.state(), {
        ...{
          clockTrusted: time.trusted(),
          sinceMs: software.sinceMs,
          hours: software.offer()?.hours ?? null,
        },
      });
    },
    sticks,
    look(stick) {
      const software = source();
      if (software === undefined || software.state().looking) return false;
      if (stick !== null && !sticks().includes(stick)) return false;
      if (stick === null) void software.look();
      else void software.lookAt(software.stickAt(join(rescueDir, stick)));
      return true;
    },
    hurry: () => source()?.hurry() ?? false,
    cancel: () => source()?.cancel() ?? false,
  };
}
