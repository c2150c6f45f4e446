/** Which devices there are and how each of them is: names, states, reasons. Part of `api.ts`. */
import { z } from 'zod';
import { proofMethodSchema } from './proof/api.ts';

/** How a device is doing. `attention` works but wants a person (paper low); `absent` is not plugged in. */
export const deviceStateSchema = z.enum(['starting', 'ok', 'attention', 'fault', 'busy', 'absent']);
export type DeviceState = z.infer<typeof deviceStateSchema>;

export const deviceNameSchema = z.enum([
  'card-reader',
  'slip-printer',
  'a4-printer',
  'code-scanner',
  'social-card-reader',
  'door-sensor',
  'light-sensor',
  'presence-sensor',
  'audio-jack',
  'document-camera',
  'face-camera',
  'microphone',
  'proof',
]);
export type DeviceName = z.infer<typeof deviceNameSchema>;

/** On means: the cabinet's door is open; there is light; somebody stands there; a headphone or handset is in use. */
export const sensorNameSchema = deviceNameSchema.extract([
  'door-sensor',
  'light-sensor',
  'presence-sensor',
  'audio-jack',
]);
export type SensorName = z.infer<typeof sensorNameSchema>;

/** Devices the screen itself opens: the cabinet says which is which, the screen tells how each is doing. */
export const cameraNameSchema = deviceNameSchema.extract(['document-camera', 'face-camera']);
export type CameraName = z.infer<typeof cameraNameSchema>;

/** All of those: the screen hears and sees with them, and nothing else does. */
export const screenDeviceSchema = deviceNameSchema.extract([...cameraNameSchema.options, 'microphone']);
export type ScreenDevice = z.infer<typeof screenDeviceSchema>;

/** Why a device is not plainly `ok`; the screen and the maintainer's page have words for each. */
export const deviceReasonSchema = z.enum([
  'not-answering',
  'port-closed',
  'self-test-failed',
  'not-authorised',
  'paper-out',
  'paper-low',
  'paper-jam',
  /** A slip hangs in the mouth and nobody took it. */
  'slip-waiting',
  'cover-open',
  'cutter-error',
  'unrecoverable',
  'overheated',
  'off-line',
  /** The cabinet file does not describe it soundly; it is not driven. */
  'misconfigured',
  /** It answers in no words that its kind of device has. */
  'not-understood',
  /** Software that this kind of device needs is not installed. */
  'driver-missing',
  'toner-empty',
  'toner-low',
  'tray-missing',
  /** Where its sheets come out is full. */
  'output-full',
  /** A part that wears (drum, waste box) is at its end, or near it. */
  'part-worn',
  'paused',
  /** It has no room for the document. */
  'spool-full',
  /** It says that it wants a person, and not in words that are known. */
  'needs-attention',
  /** It will not print this document, whatever else it would. */
  'document-refused',
  /** A document of ours is still in it and cannot be taken back: nothing more is sent to it. */
  'job-stuck',
  /** It no longer knows a document that was sent to it. */
  'job-lost',
]);
export type DeviceReason = z.infer<typeof deviceReasonSchema>;

/** One device's status; `reason` says why it is not plainly ok. */
export const deviceStatusSchema = z.object({
  device: deviceNameSchema,
  state: deviceStateSchema,
  reason: deviceReasonSchema.nullable(),
  /**
   * The slip printer alone: lines of paper used since the devices process started, each 1/6 inch, so that whoever
   * keeps the sum can say when a roll will end. A slip that may be out in part counts in full.
   */
  linesPrinted: z.int().nonnegative().optional(),
  /** The slip printer alone: lines a full roll holds, where the cabinet file says it. */
  rollLines: z.int().positive().optional(),
  /** Proof of person alone: what can be used now. */
  proofMethods: z.array(proofMethodSchema).readonly().optional(),
});
export type DeviceStatus = z.infer<typeof deviceStatusSchema>;
