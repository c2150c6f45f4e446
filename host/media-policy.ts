/** Whether screens may see and hear at all: only where the cabinet names a camera, or a microphone. */
import { readFileSync } from 'node:fs';
import { type CabinetFacts, cabinetFactsSchema } from '../drivers/api.ts';
import { loadCabinet } from '../drivers/cabinets/load.ts';

/** What a cabinet gives its screens beyond glass and touch. */
export interface ScreenMedia {
  readonly hasCamera: boolean;
  readonly hasMicrophone: boolean;
}

/** What is named by the cabinet that a devices configuration points to, or holds the facts of. */
export function namedMedia(devicesConfig: Readonly<Record<string, unknown>>): ScreenMedia {
  const facts = findFacts(devicesConfig);
  return { hasCamera: (facts?.cameras.length ?? 0) > 0, hasMicrophone: facts?.microphone != null };
}

/** What no page of ours uses, by the names Chromium knows. */
const NOBODYS = [
  'geolocation',
  'display-capture',
  'clipboard-read',
  'clipboard-write',
  'usb',
  'serial',
  'hid',
  'bluetooth',
  'midi',
  'screen-wake-lock',
  'idle-detection',
  'local-fonts',
  'window-management',
  'payment',
  'publickey-credentials-get',
  'publickey-credentials-create',
  'fullscreen',
  'picture-in-picture',
  'keyboard-map',
  'encrypted-media',
  'xr-spatial-tracking',
  'accelerometer',
  'gyroscope',
  'magnetometer',
  'storage-access',
] as const;

/** The `Permissions-Policy` of every answer to a screen. */
export function permissionsPolicy({ hasCamera, hasMicrophone }: ScreenMedia): string {
  const who = (isNamed: boolean) => (isNamed ? 'self' : '');
  const nobodys = NOBODYS.map((feature) => `${feature}=()`);
  return [`camera=(${who(hasCamera)})`, `microphone=(${who(hasMicrophone)})`, ...nobodys].join(', ');
}

function findFacts({ cabinetFile, cabinet }: Readonly<Record<string, unknown>>): CabinetFacts | null {
  if (typeof cabinetFile === 'string') return findCabinet(cabinetFile);
  const facts = cabinetFactsSchema.safeParse(cabinet);
  return facts.success ? facts.data : null;
}

/** A file that cannot be read names nothing; the devices program says what is wrong with it. */
function findCabinet(path: string): CabinetFacts | null {
  try {
    return loadCabinet(readFileSync(path, 'utf8')).facts;
  } catch {
    return null;
  }
}
