import type { Session, WebContents } from 'electron';
import type { Log } from '../../base/log.ts';
import type { ScreenMedia } from '../../host/media-policy.ts';
import type { Judgement } from '../decisions/judgement.ts';
import { judgeLoad, judgeNavigation } from '../decisions/navigation.ts';
import { judgePermission, permissionExceptions } from '../decisions/permissions.ts';

/** Closes what a session offers to pages; the decisions say what stays open and why. */
export function lockSession(
  session: Session,
  options: ScreenMedia & { readonly devTools: boolean; readonly log: Log },
): void {
  const isAllowed = (what: string, judged: Judgement) => {
    if (!judged.allowed) options.log('shell.refused', { what, why: judged.why });
    return judged.allowed;
  };
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isAllowed('load', judgeLoad(details.url, options)) }),
  );
  const exceptions = permissionExceptions(options);
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const { requestingUrl: origin, isMainFrame } = details;
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(isAllowed(permission, judgePermission({ permission, origin, isMainFrame, media }, exceptions)));
  });
  // Chromium checks often and by itself, so a refused check is not logged; a refused request is.
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const { isMainFrame, mediaType } = details;
    const media = mediaType === undefined ? [] : [mediaType];
    return judgePermission({ permission, origin, isMainFrame, media }, exceptions).allowed;
  });
  session.on('will-download', (event) => {
    event.preventDefault();
    options.log('shell.refused', { what: 'download', why: 'not-needed' });
  });
  refuseDevices(session, options.log);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setSpellCheckerEnabled(false);
}

/** Devices belong to the devices program: no page is ever given one, not even one plugged in later. */
function refuseDevices(session: Session, log: Log): void {
  const refuse = (what: string) => log('shell.refused', { what, why: 'not-needed' });
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault();
    choose(null);
    refuse('hid');
  });
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault();
    choose('');
    refuse('serial');
  });
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault();
    choose();
    refuse('usb');
  });
}

/** Closes what one page could do to leave, split or reach out. Every contents ever made passes here. */
export function lockContents(contents: WebContents, log: Log): void {
  const refuse = (what: string, why: string) => log('shell.refused', { what, why });
  contents.setWindowOpenHandler(() => {
    refuse('window', 'not-needed');
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (details) => {
    const judged = judgeNavigation(details);
    if (judged.allowed) return;
    details.preventDefault();
    refuse('navigation', judged.why);
  });
  // Nothing of ours redirects.
  contents.on('will-redirect', (details) => {
    details.preventDefault();
    refuse('redirect', 'not-needed');
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    refuse('webview', 'not-needed');
  });
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
    refuse('bluetooth', 'not-needed');
  });
  contents.on('select-client-certificate', (event) => {
    event.preventDefault();
    refuse('client-certificate', 'not-needed');
  });
  contents.on('did-finish-load', () => {
    contents.setZoomFactor(1);
    void contents.setVisualZoomLevelLimits(1, 1);
  });
}
