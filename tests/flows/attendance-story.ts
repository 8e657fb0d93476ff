import type { DateTime } from 'luxon';
import { type Event, endOf } from '../../src/domain/events/event.js';
import type { MemberId } from '../../src/domain/ids.js';
import { type ProductAtNoon, withCalendar } from './announce-story.js';
import { joinsAs } from './joining-story.js';

/** BAISH with an event, of which its people are asked when it is over. */
export async function startAttendanceStory(product: ProductAtNoon) {
  const { database, services, clock } = product;
  const { event, org } = await withCalendar(product);

  /** Everything that the jobs do at that moment, twice, and all that follows sent. */
  const until = async (moment: DateTime) => {
    clock.moveTo(moment);
    for (let time = 0; time < 2; time += 1) {
      await services.prompts.plan(clock.now());
      await services.mailings.fanOut(clock.now());
      await product.drain();
    }
  };

  return {
    event,
    add: (added: Event) => database.inTransaction(({ events }) => events.addAll([added])),
    until,
    /** Makes somebody look after the org. */
    looksAfter: (memberId: MemberId) => joinsAs('admin', { database, org, memberId }),
    /** The next day, when it is past nine wherever these people are. */
    nextDay: (of: Event) => until(endOf(of).startOf('day').plus({ days: 1 }).set({ hour: 15 })),
    /** Two hours after its end. */
    asks: (of: Event) => until(endOf(of).plus({ hours: 2 })),
    /** What is stored of everybody, in short: status, source, stars, comment. */
    async stored() {
      const rows = await database.connection
        .selectFrom('attendance')
        .leftJoin('feedback', (on) =>
          on
            .onRef('feedback.event_id', '=', 'attendance.event_id')
            .onRef('feedback.member_id', '=', 'attendance.member_id'),
        )
        .select(['attendance.status', 'attendance.source', 'feedback.stars', 'feedback.answers'])
        .execute();
      return rows.map(({ answers, ...row }) => ({ ...row, comment: answers && JSON.parse(answers)[0].answer }));
    },
  };
}

/** What the form asks. */
export const QUESTION = 'What was good, and what could be better?';

/** What somebody writes who means no good. */
export const COMMENT = 'Tea **@everyone** <!channel> <@U1> [a](https://evil.example)';
