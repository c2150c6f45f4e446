import type { Session } from 'electron';
import { ORIGIN } from './address.ts';
import { ALLOWED, type Judgement, refused } from './judgement.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

/** Every permission this version of Electron can be asked for. */
export type Permission = Parameters<RequestHandler>[1] | Parameters<CheckHandler>[1];

/** A permission the screens have, and what they do with it. */
export interface PermissionException {
  readonly permission: Permission;
  readonly reason: string;
}

/**
 * What the screens may do beyond drawing and taking touches: nothing. Card reader and printer are reached by
 * the devices program, sound needs no permission, and the window is full-screen already.
 */
export const PERMISSION_EXCEPTIONS: readonly PermissionException[] = [];

/**
 * Whether a page has a permission, both when Chromium checks and when it asks: refused unless the permission
 * is excepted and the page is our own, in the main frame. `origin` may be any URL of that origin.
 */
export function judgePermission(
  request: { readonly permission: Permission; readonly origin: string; readonly isMainFrame: boolean },
  exceptions: readonly PermissionException[] = PERMISSION_EXCEPTIONS,
): Judgement {
  if (!exceptions.some(({ permission }) => permission === request.permission)) return refused('not-needed');
  const isOurs = request.origin === ORIGIN || request.origin.startsWith(`${ORIGIN}/`);
  if (!isOurs) return refused('other-origin');
  return request.isMainFrame ? ALLOWED : refused('inner-frame');
}
