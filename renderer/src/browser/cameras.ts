import { err, ok, type Result } from '../../../base/result.ts';
import type { PhotoSubject } from '../../../catalog/photo.ts';
import type { CameraReport } from '../../../terminal/api.ts';
import { findNamed, type NamedCamera } from '../photo/match-camera.ts';

/** Why a camera gives no picture: it is not there, the browser does not give it, or it does not start. */
export type CameraTrouble = 'missing' | 'blocked' | 'failed';

/** A camera that is open. */
export interface OpenCamera {
  readonly device: NamedCamera['device'];
  readonly stream: MediaStream;
  /** Calls back when it goes away by itself. */
  onGone(listener: () => void): void;
  /** Stops it; its light goes out. */
  close(): void;
}

/** The cameras of this machine, of which those that the cabinet names alone are ever opened. */
export interface Cameras {
  /** How each of these is doing. */
  report(named: readonly NamedCamera[]): Promise<CameraReport[]>;
  /** Calls back when a camera was plugged in or pulled out. Returns how to stop. */
  onChange(listener: () => void): () => void;
  open(camera: NamedCamera, of: PhotoSubject): Promise<Result<OpenCamera, CameraTrouble>>;
}

/** What is asked of a camera; one that gives less gives what it has. A paper needs every pixel, at any speed. */
const WANTED: Readonly<Record<PhotoSubject, MediaTrackConstraints>> = {
  document: { width: { ideal: 2592 }, height: { ideal: 1944 }, frameRate: { ideal: 15 } },
  scene: { width: { ideal: 1920 }, height: { ideal: 1440 }, frameRate: { ideal: 15 } },
};

/** The browser's cameras. Sound is never asked for. */
export function browserCameras(): Cameras {
  const findDevices = createDeviceList();
  return {
    async report(named) {
      if (named.length === 0) return [];
      const present = await findDevices();
      return named.map((camera) => ({ device: camera.device, state: stateOf(camera, present) }));
    },
    onChange(listener) {
      const { mediaDevices } = navigator;
      mediaDevices?.addEventListener('devicechange', listener);
      return () => mediaDevices?.removeEventListener('devicechange', listener);
    },
    async open(camera, of) {
      const present = await findDevices();
      if (present === 'blocked') return err('blocked');
      const device = findNamed(camera, present);
      return device === undefined ? err('missing') : openDevice(camera.device, device.deviceId, of);
    },
  };
}

type Present = readonly MediaDeviceInfo[] | 'blocked';

/**
 * Lists the cameras by their labels. An ordinary browser hides those until somebody allowed the page a camera:
 * then it is asked for once, and what it gives is let go at once. In the kiosk shell nobody is asked.
 */
function createDeviceList(): () => Promise<Present> {
  let hasAsked = false;
  const list = async (): Promise<Present> => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const cameras = devices.filter(({ kind }) => kind === 'videoinput');
    return cameras.length > 0 && cameras.every(({ label }) => label === '') ? 'blocked' : cameras;
  };
  return async () => {
    if (navigator.mediaDevices === undefined) return 'blocked';
    const present = await list();
    if (present !== 'blocked' || hasAsked) return present;
    hasAsked = true;
    try {
      stopAll(await navigator.mediaDevices.getUserMedia({ video: true, audio: false }));
    } catch {
      return 'blocked';
    }
    return list();
  };
}

function stateOf(camera: NamedCamera, present: Present): CameraReport['state'] {
  if (present === 'blocked') return 'blocked';
  return findNamed(camera, present) === undefined ? 'absent' : 'ready';
}

async function openDevice(
  device: NamedCamera['device'],
  deviceId: string,
  of: PhotoSubject,
): Promise<Result<OpenCamera, CameraTrouble>> {
  let stream: MediaStream;
  try {
    const video = { ...WANTED[of], deviceId: { exact: deviceId } };
    stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    return err(troubleOf(error));
  }
  const [track] = stream.getVideoTracks();
  // Whatever was asked for: a picture of another camera is never shown.
  if (track === undefined || track.getSettings().deviceId !== deviceId) {
    stopAll(stream);
    return err('failed');
  }
  return ok({
    device,
    stream,
    onGone: (listener) => track.addEventListener('ended', listener),
    close: () => stopAll(stream),
  });
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

const TROUBLES: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'blocked',
  SecurityError: 'blocked',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

function troubleOf(error: unknown): CameraTrouble {
  return (error instanceof DOMException ? TROUBLES[error.name] : undefined) ?? 'failed';
}
