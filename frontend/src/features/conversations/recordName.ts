/** Where the ratings given here are kept: what was read there has no page of its own. */
const OWN = 'un2/finetune/feedback/';

/** The document that a record's name leads to, and which of its answers: `…/ID#3` is one answer. */
export interface RecordPlace {
  document: string;
  answer: number | null;
}

/** Where to read a record; null for the copy of a conversation that was kept with its rating. */
export function placeOfRecord(record: string): RecordPlace | null {
  if (record.startsWith(OWN)) {
    return null;
  }
  const [, document = record, index] = /^(.*)#(\d+)$/.exec(record) ?? [];
  return { document, answer: index === undefined ? null : Number(index) };
}
