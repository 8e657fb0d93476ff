import {
  AboutCard,
  AboutLost,
  AboutMirror,
  AboutNotice,
  AboutSummary,
  CARD,
  CARD_EDIT,
  LOST_ALERT,
  MIRROR,
  NOTICE,
  SUMMARY,
  SUMMARY_EDIT,
} from '../../domain/announcements/announce-messages.js';
import type { AnnouncedService } from '../../domain/announcements/announced-service.js';
import { type DeliveryWords, onMirror, onPost, onUnasked } from '../deliveries.js';
import { lostView } from './lost-view.js';
import { mirroredEvent } from './mirror-words.js';
import { cardView, noticeView, summaryView } from './post-views.js';

/** The words of posts, their edits and notices, of events in calendars, and of the alert when one is lost. */
export function announcePosts({ announced }: { announced: AnnouncedService }): DeliveryWords[] {
  return [
    onPost(CARD, AboutCard, {
      async view({ event }, { channel }) {
        const found = await announced.toPost(event, channel);
        return found && cardView(found);
      },
      settled: (all, { post }, outcome, { channel }) => announced.settlePost(all, post, outcome, channel),
    }),
    onPost(CARD_EDIT, AboutCard, {
      async view({ event }) {
        const found = await announced.posted(event);
        return found && cardView(found);
      },
      settled: (all, _about, outcome, { channel }) => announced.settleFollowUp(all, outcome, channel),
    }),
    onPost(SUMMARY, AboutSummary, {
      async view(about, { channel }) {
        const found = await announced.summary(about, channel, { isUp: false });
        return found && summaryView(found);
      },
      settled: (all, { post }, outcome, { channel }) => announced.settlePost(all, post, outcome, channel),
    }),
    onPost(SUMMARY_EDIT, AboutSummary, {
      async view(about, { channel }) {
        const found = await announced.summary(about, channel, { isUp: true });
        return found && summaryView(found);
      },
      settled: (all, { post }, outcome, { channel }) => announced.settleAddition(all, post, outcome, channel),
    }),
    onPost(NOTICE, AboutNotice, {
      view: async ({ told, more }, { channel }) => noticeView(await announced.changes(told, channel), more),
      settled: (all, _about, outcome, { channel }) => announced.settleFollowUp(all, outcome, channel),
    }),
    onMirror(MIRROR, AboutMirror, {
      async event({ event }) {
        const found = await announced.toMirror(event);
        return found && mirroredEvent(found.event);
      },
      settled: (all, { made }, outcome, target) => announced.settleMirror(all, made, outcome, target),
    }),
    onUnasked(LOST_ALERT, AboutLost, {
      urgency: 'alert',
      async view({ memberId }, { channel, what }) {
        const found = await announced.lost(channel, what, memberId);
        return found && lostView(found, what);
      },
    }),
  ];
}
