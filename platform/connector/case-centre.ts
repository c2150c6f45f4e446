/**
 * A province's case centre (办件中心) as the platform sees it: a port with four calls. Where it stands, how it
 * authenticates and what its messages look like is an adapter's business (`http-centre.ts`).
 */

/** What came of a call that changes something at the centre. */
export type Sent<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The centre looked at it and will not have it: a person must see why. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Surely not taken: it may be sent again. `code` is a word of ours. */
  | { readonly kind: 'unavailable'; readonly code: string }
  /** Perhaps taken: the reply was lost, late or could not be read. Only a look-up can tell. */
  | { readonly kind: 'unknown'; readonly code: string };

/** What came of a look-up, which changes nothing. */
export type Found =
  | { readonly kind: 'done'; readonly value: CentreRecord | null }
  | { readonly kind: 'unavailable'; readonly code: string };

/** The centre's own number of a case (申报号) and the password it is asked after with (domain.md D.2), unchecked. */
export interface Numbered {
  readonly number: string;
  readonly password: string;
}

/** Whether a case was accepted (受理) or not (不予受理). */
export const ACCEPT_DECISIONS = ['accepted', 'declined'] as const;
export type AcceptDecision = (typeof ACCEPT_DECISIONS)[number];

/** How a case ended: 办结 granted, 办结 not granted, or 作废办结 because its submitter took it back. */
export const FINISH_DECISIONS = ['granted', 'denied', 'withdrawn'] as const;
export type FinishDecision = (typeof FINISH_DECISIONS)[number];

/** A case as the centre has it. */
export interface CentreRecord extends Numbered {
  readonly accepted: AcceptDecision | null;
  readonly finished: FinishDecision | null;
}

/** A person as the centre is told of them. */
export interface CentrePerson {
  readonly name: string;
  readonly number: string | null;
  readonly address: string | null;
}

/** A case to receive: what a centre's record holds (domain.md D.3), in plain words. */
export interface ReceivedCase {
  /** Our own reference, the same for ever: 32 hexadecimal digits of the case id. */
  readonly reference: string;
  /** Twelve digits, as on the slip. */
  readonly localNumber: string;
  /** The implementation code of the matter (domain.md D.1), opaque. */
  readonly matterCode: string;
  /** Official name of the matter. */
  readonly matterName: string;
  /** Whom it concerns (当事人); null where a matter is open to anyone. */
  readonly applicant: CentrePerson | null;
  /** Who laid the card (经办人); null where nobody did. */
  readonly contact: CentrePerson | null;
  /** Six-digit county code. */
  readonly areaCode: string;
  readonly villageName: string;
  readonly submittedMs: number;
  /** Each question's label and its answer, in words. */
  readonly form: readonly { readonly label: string; readonly value: string }[];
  /** Attachments by media type and bytes; they themselves stay with the county. */
  readonly materials: readonly { readonly mediaType: string; readonly bytes: number }[];
}

/** A decision on a case the centre numbered. */
export interface Decided<D extends string> {
  readonly reference: string;
  /** As the centre gave it. */
  readonly numbered: Numbered;
  readonly decision: D;
  readonly atMs: number;
  /** The desk that decided: a statistics code. */
  readonly deskCode: string;
  /** What the villager was told. */
  readonly words: string;
}

/** The port. No call throws for what the centre or the way to it can do. */
export interface CaseCentre {
  /** What the centre has under our reference; null when it says that it has nothing. */
  find(reference: string): Promise<Found>;
  receive(one: ReceivedCase): Promise<Sent<Numbered>>;
  accept(one: Decided<AcceptDecision>): Promise<Sent<null>>;
  finish(one: Decided<FinishDecision>): Promise<Sent<null>>;
  /** The longest any one call takes, in milliseconds: by then it has answered or was given up. */
  readonly callTimeoutMs: number;
  /** After a call was given up: by when the centre has it, if it ever will, and a look-up finds it. */
  readonly settleMs: number;
}
