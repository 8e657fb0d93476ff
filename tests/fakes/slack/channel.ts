import type { Person } from './person.js';
import type { Seen } from './seen.js';
import type { ChannelRecord, MessageRecord } from './world.js';

/** A channel of a workspace, as a test looks at it. */
export class FakeChannel {
  readonly record: ChannelRecord;

  constructor(record: ChannelRecord) {
    this.record = record;
  }

  get id(): string {
    return this.record.id;
  }

  get name(): string {
    return this.record.name;
  }

  /** What that person can see here: everybody's messages and those only they get. */
  messagesSeenBy(person: Person): Seen[] {
    return person.messagesIn(this.id);
  }

  /** Everything that was ever posted here and not deleted, ephemeral messages included. */
  get messages(): MessageRecord[] {
    return this.record.messages.filter(({ isDeleted }) => !isDeleted);
  }

  archives(): void {
    this.record.isArchived = true;
  }

  addsBot(): void {
    this.record.botIsMember = true;
  }

  removesBot(): void {
    this.record.botIsMember = false;
  }
}
