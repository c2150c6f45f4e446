import { err, ok, type Result } from '../../base/result.ts';
import type { CardTrouble } from '../api.ts';
import { isCitizenNumber } from '../reader/numbers.ts';
import { type Answer, type Command, encodeCommand, getResponse, meaningOf, readAnswer } from './apdu.ts';
import {
  FILES,
  HOLDER_ITEMS,
  type ItemPlace,
  readByNumber,
  readByTag,
  SELECT_SSSE,
  selectFile,
} from './card-files.ts';
import { findAn, readItem } from './items.ts';
import type { CardLine } from './slot.ts';

/** What is on a card of its holder. */
export interface Holder {
  /** The social security number, which is the citizen number. */
  readonly number: string;
  readonly numberValid: boolean;
  /** Null where the card does not give it legibly. */
  readonly name: string | null;
}

/** An answer in full, or why there is none. */
type Asked = Result<Answer, CardTrouble>;

/** A card that asks for its answer to be fetched more often than this goes round in circles. */
const MAX_ROUNDS = 4;

/** Reads the holder's number and name from a powered card; neither needs a code. */
export async function readHolder(line: CardLine): Promise<Result<Holder, CardTrouble>> {
  const environment = await ask(line, SELECT_SSSE);
  if (!environment.ok) return environment;
  if (meaningOf(environment.value.status).type !== 'done') return err('wrong-card');
  const file = await ask(line, selectFile(FILES.holder));
  if (!file.ok) return file;
  if (meaningOf(file.value.status).type !== 'done') return err('unreadable');
  const number = await readText(line, HOLDER_ITEMS.number);
  if (!number.ok) return number;
  if (!number.value) return err('unreadable');
  const name = await readText(line, HOLDER_ITEMS.name);
  if (!name.ok) return name;
  const upper = number.value.toUpperCase();
  return ok({ number: upper, numberValid: isCitizenNumber(upper), name: name.value || null });
}

/** An item's text; undefined where the card has it not, or not legibly. */
async function readText(line: CardLine, place: ItemPlace): Promise<Result<string | undefined, CardTrouble>> {
  for (const command of [readByTag(place), readByNumber(place)]) {
    const answer = await ask(line, command);
    if (!answer.ok) return answer;
    const { data, status } = answer.value;
    const item = meaningOf(status).type === 'done' ? readItem(data, place.tag) : undefined;
    const text = item?.ok ? findAn(item.value) : undefined;
    data.fill(0);
    if (item?.ok) return ok(text);
  }
  return ok(undefined);
}

/** One command with all that belongs to it: fetching what waits, asking again for the right length. */
async function ask(line: CardLine, command: Command): Promise<Asked> {
  let next = command;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const bytes = await line.transmit(encodeCommand(next));
    // Pulled out, or badly put in.
    if (!bytes.ok) return err('lay-again');
    const answer = readAnswer(bytes.value);
    if (!answer.ok) return err('unreadable');
    const meaning = meaningOf(answer.value.status);
    if (meaning.type === 'more') next = getResponse(meaning.count);
    else if (meaning.type === 'wrong-length') next = { ...next, expected: meaning.count };
    else return answer;
  }
  return err('unreadable');
}
