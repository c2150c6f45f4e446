/** The questions that a platform answers itself; each stands in place of a data set, asked without consent and person. */
export const OWN_QUESTIONS = {
  /** Which times of a service are left: parameter `service`; records of `slot`, `day`, `from`. */
  slots: 'own-slots',
  /** Whose bill it is and how much: parameters `biller` and `account`; see docs/protocol.md. */
  bills: 'own-bills',
  /** How the payment of a case stands: parameter `case`, its id in hex; see docs/protocol.md. */
  payment: 'own-payment',
  /** How much cash an agent took today and may take: parameter `agent`, their id in hex; see docs/protocol.md. */
  cash: 'own-cash',
  /**
   * Another number for a certificate of this terminal that did not come out: parameter `number`, the one before, which
   * counts no more; see docs/protocol.md, "Certificates".
   */
  certificate: 'own-certificate',
  /** What a person agreed to at this terminal: parameter `person`, the number of their card; see docs/protocol.md. */
  consents: 'own-consents',
  /**
   * Who shows this code on their phone, once: the code in parts, parameters `code-1`, `code-2` …; one record of `state`,
   * `name` and `number`; see docs/protocol.md, "A code from the phone".
   */
  phoneCode: 'own-phone-code',
  /**
   * Whether the holder of a card handed the same in elsewhere in the county: parameters `card`, its mark in hex, and
   * `matter`; one record at most, the newest; see docs/protocol.md, "Handed in elsewhere".
   */
  underWay: 'own-under-way',
  /**
   * What the holder of a card handed in anywhere in the county and nobody decided yet, and what is asked for of it:
   * parameter `card`, its mark in hex; records as `cases-there.ts` has them; see docs/protocol.md, "At another machine".
   */
  casesThere: 'own-cases',
  /**
   * The authorities that an agent may act on, sealed to the list key made at this machine: parameters `agent` and `key`,
   * the ids of the agent and of the signing key made with it, in hex; one record of `sealed` (`authorities-there.ts`).
   */
  authorities: 'own-authorities',
} as const;

/** The parameter of a query that asks for certificates beside what is told: its template, and how many sheets of 1 to 5. */
export const CERTIFICATES_WANTED = {
  name: 'certificates',
  form: /^([a-z][a-z0-9-]{0,63}) ([1-5])$/,
} as const;
