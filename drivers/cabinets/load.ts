/** From the text of a cabinet file to a cabinet, or to what is wrong with it, line by line. */
import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { err, ok, type Result } from '../../base/result.ts';
import {
  type CabinetFacts,
  type CameraFacts,
  cameraNameSchema,
  type DeviceName,
  deviceNameSchema,
} from '../api.ts';
import { type CabinetDevices, cabinetDevicesSchema, cabinetSchema, type Plug } from './schema.ts';

/** One thing wrong with a cabinet file. */
export interface CabinetProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Where, `devices.card-reader.port`; empty for the whole file. */
  readonly path: string;
  readonly words: string;
}

/** What a cabinet file yields: whatever of it is sound, and what is wrong with the rest. */
export interface LoadedCabinet {
  readonly name: { readonly zh: string; readonly en: string } | null;
  /** Null when the file does not say it soundly. */
  readonly facts: CabinetFacts | null;
  readonly devices: CabinetDevices;
  /** Devices the file names and does not describe soundly: the terminal starts without them. */
  readonly refused: readonly DeviceName[];
  /** In the order of their lines. */
  readonly problems: readonly CabinetProblem[];
}

type Path = readonly PropertyKey[];
interface Source {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly data: unknown;
}

/** A cabinet file is under 2 KB; what is far above is a mistake. */
const MAX_CHARACTERS = 64 * 1024;

/** Reads a cabinet file; never throws for what the text holds. One wrong device does not spoil the others. */
export function loadCabinet(text: string): LoadedCabinet {
  const source = readSource(text);
  if (!source.ok) return nothing([source.error]);
  const { data } = source.value;
  const whole = cabinetSchema.safeParse(data);
  const shape = whole.success ? [] : whole.error.issues.map((issue) => problemOf(source.value, issue));
  const wrong = new Set(whole.success ? [] : whole.error.issues.flatMap(({ path }) => deviceAt(path)));
  const given = devicesOf(data);
  const sound = cabinetDevicesSchema.safeParse(without(given, wrong));
  const devices = sound.success ? sound.data : {};
  const clashes = findClashes(devices);
  for (const { device } of clashes) wrong.add(device);
  const sane = without(devices, wrong);
  const top = cabinetSchema.omit({ devices: true }).strip().safeParse(data);
  return {
    name: top.success ? top.data.name : null,
    facts: top.success ? factsOf(top.data, sane) : null,
    devices: sane,
    refused: [...wrong],
    problems: [
      ...shape,
      ...clashes.map(({ device, key, words }) => at(source.value, ['devices', device, key], words)),
    ].sort((one, other) => one.line - other.line),
  };
}

function factsOf(top: Omit<CabinetFacts, 'cameras' | 'microphone'>, devices: CabinetDevices): CabinetFacts {
  const facts = { ...top, cameras: camerasOf(devices) };
  const { microphone } = devices;
  if (microphone === undefined) return facts;
  return { ...facts, microphone: { usb: microphone.usb ?? null, label: microphone.label ?? null } };
}

/** The cameras among a cabinet's devices, as the screens know them. */
export function camerasOf(devices: CabinetDevices): readonly CameraFacts[] {
  return cameraNameSchema.options.flatMap((device) => {
    const camera = devices[device];
    return camera === undefined ? [] : [{ device, usb: camera.usb ?? null, label: camera.label ?? null }];
  });
}

/** What is to be said where the file cannot be read at all. */
export function unreadableCabinet(): LoadedCabinet {
  return nothing([{ line: 1, path: '', words: 'cannot be read' }]);
}

function nothing(problems: readonly CabinetProblem[]): LoadedCabinet {
  // Every terminal is expected to have these two: without a sound file, each is said to be missing.
  return { name: null, facts: null, devices: {}, refused: ['card-reader', 'slip-printer'], problems };
}

/** The data of a YAML text; no aliases, because a few of them unfold to gigabytes. */
function readSource(text: string): Result<Source, CabinetProblem> {
  if (text.length > MAX_CHARACTERS) {
    return err({ line: 1, path: '', words: `is larger than ${MAX_CHARACTERS} characters` });
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [trouble] = [...document.errors, ...document.warnings];
    if (trouble !== undefined) {
      const { line } = lines.linePos(trouble.pos[0]);
      return err({ line, path: '', words: `is no sound YAML: ${trouble.message}` });
    }
    return ok({ document, lines, data: document.toJS({ maxAliasCount: 0 }) });
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    return err({ line: 1, path: '', words: `is no sound YAML: ${words}` });
  }
}

function problemOf(source: Source, issue: z.core.$ZodIssue): CabinetProblem {
  // A key too many is named itself, not the map that holds it.
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return at(source, path, issue.message);
}

function at({ document, lines }: Source, path: Path, words: string): CabinetProblem {
  return { line: lines.linePos(offsetOf(document, path)).line, path: path.map(String).join('.'), words };
}

/** Where the deepest part of a path stands that the file has. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const part of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => String(key) === String(part)) : undefined;
    if (!isPair(pair)) break;
    if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}

function deviceAt([top, name]: Path): DeviceName[] {
  const device = deviceNameSchema.safeParse(name);
  return top === 'devices' && device.success ? [device.data] : [];
}

/** The devices a file names that there is a schema for. */
function devicesOf(data: unknown): Readonly<Record<string, unknown>> {
  const devices = typeof data === 'object' && data !== null && 'devices' in data ? data.devices : undefined;
  if (typeof devices !== 'object' || devices === null) return {};
  return Object.fromEntries(Object.entries(devices).filter(([name]) => name in cabinetDevicesSchema.shape));
}

function without<T extends object>(devices: T, names: ReadonlySet<string>): Partial<T> {
  return Object.fromEntries(Object.entries(devices).filter(([name]) => !names.has(name))) as Partial<T>;
}

interface Clash {
  readonly device: DeviceName;
  readonly key: 'port' | 'plug' | 'usb';
  readonly words: string;
}

/** Devices that would take each other's line, or picture: the later one is refused. */
function findClashes(devices: CabinetDevices): readonly Clash[] {
  return [...findLineClashes(devices), ...findCameraClashes(camerasOf(devices))];
}

function findCameraClashes(cameras: readonly CameraFacts[]): readonly Clash[] {
  return cameras.flatMap(({ device, usb, label }, index): Clash[] => {
    const same = cameras
      .slice(0, index)
      .find((other) => !areUnlike(other.usb, usb) && !areUnlike(other.label, label));
    return same === undefined ? [] : [{ device, key: 'usb', words: `cannot be told from ${same.device}` }];
  });
}

function areUnlike(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

function findLineClashes(devices: CabinetDevices): readonly Clash[] {
  const entries = Object.entries(devices).filter(([, device]) => 'plug' in device) as [
    DeviceName,
    { port?: string; plug: Plug },
  ][];
  return entries.flatMap(([device, { port, plug }], index): Clash[] => {
    const earlier = entries.slice(0, index);
    const samePort = earlier.find(([, other]) => port !== undefined && other.port === port);
    if (samePort) return [{ device, key: 'port', words: `is already that of ${samePort[0]}` }];
    const samePlug = earlier.find(([, other]) => mayBeSame(other.plug, plug));
    if (samePlug) return [{ device, key: 'plug', words: `cannot be told from that of ${samePlug[0]}` }];
    return [];
  });
}

/** Whether one device could match both descriptions. */
function mayBeSame(one: Plug, other: Plug): boolean {
  if (one.tty !== undefined || other.tty !== undefined) return one.tty === other.tty;
  const differs = (key: 'serial' | 'socket') =>
    one[key] !== undefined && other[key] !== undefined && one[key] !== other[key];
  return one.usb === other.usb && !differs('serial') && !differs('socket');
}
