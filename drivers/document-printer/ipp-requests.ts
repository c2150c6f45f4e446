/** What the driver asks of a printer, as IPP 1.1 requests (RFC 8011 §4): every printer of IPP 2 takes them too. */
import ipp from 'ipp';

/** Who we are to the printer. Nobody's name, and no matter's: a printer keeps it, and shows it to anyone. */
export const REQUESTING_USER = 'yizhan';

/** Begins the name of each of our jobs, so that one left over is known. */
export const JOB_NAME_PREFIX = 'yizhan-';

/** Numbers of operations, as `operations-supported` has them. */
export const OPERATIONS = { createJob: 0x05, sendDocument: 0x06 } as const;

/** One request: the operation by its name, and its own attributes. */
export interface IppRequest {
  readonly operation:
    | 'Get-Printer-Attributes'
    | 'Print-Job'
    | 'Create-Job'
    | 'Send-Document'
    | 'Get-Job-Attributes'
    | 'Get-Jobs'
    | 'Cancel-Job';
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Attributes of the job that it makes. */
  readonly job?: Readonly<Record<string, unknown>>;
}

const DOCUMENT = { 'document-format': 'application/pdf' } as const;

/** How the printer is. */
export const PRINTER_QUESTION: IppRequest = {
  operation: 'Get-Printer-Attributes',
  attributes: {
    'requested-attributes': [
      'printer-state',
      'printer-state-reasons',
      'printer-is-accepting-jobs',
      'operations-supported',
      'media-ready',
      'media-source-supported',
    ],
  },
};

/** Which jobs have not ended, whoever's. */
export const JOBS_QUESTION: IppRequest = {
  operation: 'Get-Jobs',
  attributes: {
    'requesting-user-name': REQUESTING_USER,
    'which-jobs': 'not-completed',
    'requested-attributes': ['job-id', 'job-name', 'job-originating-user-name'],
  },
};

/** A job, its document following in the same request; from `tray`, where one is named. */
export function printJob(jobName: string, tray?: string): IppRequest {
  return newJob('Print-Job', { 'job-name': jobName, ...DOCUMENT }, tray);
}

/** A job without a document yet; from `tray`, where one is named. */
export function createJob(jobName: string, tray?: string): IppRequest {
  return newJob('Create-Job', { 'job-name': jobName }, tray);
}

/** A4 in hundredths of a millimetre (PWG 5100.7 `media-size`). */
const A4 = { 'x-dimension': 21_000, 'y-dimension': 29_700 } as const;

function newJob(
  operation: 'Print-Job' | 'Create-Job',
  attributes: IppRequest['attributes'],
  tray: string | undefined,
): IppRequest {
  const named = { 'requesting-user-name': REQUESTING_USER, ...attributes };
  if (tray === undefined) return { operation, attributes: named };
  return {
    operation,
    // A printer that cannot take it from there must refuse it: counted paper is drawn for nothing else, and by nothing else.
    attributes: { ...named, 'ipp-attribute-fidelity': true },
    job: { 'media-col': { 'media-size': A4, 'media-source': tray } },
  };
}

/** The one document of a job. */
export function sendDocument(jobId: number): IppRequest {
  return {
    operation: 'Send-Document',
    attributes: {
      'job-id': jobId,
      'requesting-user-name': REQUESTING_USER,
      ...DOCUMENT,
      'last-document': true,
    },
  };
}

/** How a job is. */
export function jobQuestion(jobId: number): IppRequest {
  return {
    operation: 'Get-Job-Attributes',
    attributes: {
      'job-id': jobId,
      'requesting-user-name': REQUESTING_USER,
      'requested-attributes': [
        'job-state',
        'job-state-reasons',
        'time-at-processing',
        'job-impressions-completed',
        'job-media-sheets-completed',
      ],
    },
  };
}

/** Takes a job back. */
export function cancelJob(jobId: number): IppRequest {
  return {
    operation: 'Cancel-Job',
    attributes: { 'job-id': jobId, 'requesting-user-name': REQUESTING_USER },
  };
}

/** The bytes of a request to the printer at `printerUri`. `requestId` is at least 1. */
export function encodeIppRequest(request: IppRequest, printerUri: string, requestId: number): Uint8Array {
  const bytes = ipp.serialize({
    version: '1.1',
    operation: request.operation,
    id: requestId,
    // In this order: charset, language, then the target (RFC 8011 §4.1.4, §4.1.5).
    'operation-attributes-tag': {
      'attributes-charset': 'utf-8',
      'attributes-natural-language': 'en',
      'printer-uri': printerUri,
      ...request.attributes,
    },
    ...(request.job && { 'job-attributes-tag': request.job }),
  });
  return Uint8Array.from(bytes);
}
