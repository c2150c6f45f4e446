import type { Session } from 'electron';
import type { ScreenMedia } from '../../host/media-policy.ts';
import { ORIGIN } from './address.ts';
import { ALLOWED, type Judgement, refused } from './judgement.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

/** Every permission this version of Electron can be asked for. */
export type Permission = Parameters<RequestHandler>[1] | Parameters<CheckHandler>[1];

/** A permission the screens have, and what they do with it. */
export interface PermissionException {
  readonly permission: Permission;
  /** The one kind of media it is for. */
  readonly media: 'video' | 'audio';
  readonly reason: string;
}

/** What a page asks to have, or Chromium checks whether it has. */
export interface PermissionRequest {
  readonly permission: Permission;
  /** Any URL of the page's origin. */
  readonly origin: string;
  readonly isMainFrame: boolean;
  /** Kinds of media it is about; none for what is no media, or where Chromium does not say. */
  readonly media: readonly string[];
}

/**
 * What the screens may do beyond drawing and taking touches: take pictures, where the cabinet names a camera, and
 * record what somebody asked to say, where it names a microphone; otherwise nothing. Card reader and printer are
 * reached by the devices program, sound needs no permission, and the window is full-screen already.
 */
export function permissionExceptions(cabinet: ScreenMedia): readonly PermissionException[] {
  return [...(cabinet.hasCamera ? [CAMERA] : []), ...(cabinet.hasMicrophone ? [MICROPHONE] : [])];
}

const CAMERA: PermissionException = {
  permission: 'media',
  media: 'video',
  reason: 'photographs of papers, with the cabinet’s own camera',
};

const MICROPHONE: PermissionException = {
  permission: 'media',
  media: 'audio',
  reason: 'words spoken instead of written, with the cabinet’s own microphone',
};

/**
 * Whether a page has a permission, both when Chromium checks and when it asks: refused unless the permission
 * is excepted for this kind of media and no other, and the page is our own, in the main frame.
 */
export function judgePermission(
  request: PermissionRequest,
  exceptions: readonly PermissionException[],
): Judgement {
  const excepted = exceptions.filter(({ permission }) => permission === request.permission);
  if (excepted.length === 0) return refused('not-needed');
  const isThatAlone =
    request.media.length > 0 &&
    excepted.some((exception) => request.media.every((kind) => kind === exception.media));
  if (!isThatAlone) return refused('other-media');
  const isOurs = request.origin === ORIGIN || request.origin.startsWith(`${ORIGIN}/`);
  if (!isOurs) return refused('other-origin');
  return request.isMainFrame ? ALLOWED : refused('inner-frame');
}
