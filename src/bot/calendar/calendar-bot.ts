import type { CalendarFeedService } from '../../domain/events/calendar-feed.js';
import { onAction } from '../actions.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { askRenew, feedHelp, renewFeed, showFeed, turnOffFeed } from './calendar-actions.js';
import { type FeedAddress, feedHelpView, feedOffView, feedView, renewCard } from './calendar-views.js';

/**
 * `/events calendar`: the address of the member's private feed. Answers go to the member alone.
 *
 * @param publicUrl where our pages are reached; without it `localUrl`, which only this machine reaches.
 */
export function calendarBot(parts: {
  calendarFeeds: CalendarFeedService;
  publicUrl: string | undefined;
  localUrl: string;
}): BotModule {
  const { calendarFeeds, publicUrl, localUrl } = parts;
  const addressOf = (token: string, going: boolean): FeedAddress => ({
    url: `${publicUrl ?? localUrl}/cal/${token}.ics${going ? '?only=going' : ''}`,
    isLocal: publicUrl === undefined,
  });

  const calendar = command({
    name: 'events calendar',
    description: 'Your orgs’ events in your own calendar, by a private address',
    run: async ({ memberId }) => show(feedView(addressOf(await calendarFeeds.tokenOf(memberId), false), false)),
  });

  return {
    commands: [calendar],
    actions: [
      onAction(showFeed, async ({ memberId }, { going }) =>
        replace(feedView(addressOf(await calendarFeeds.tokenOf(memberId), going), going)),
      ),
      onAction(feedHelp, async () => show(feedHelpView())),
      onAction(askRenew, async () => replace(renewCard())),
      onAction(renewFeed, async ({ memberId }) =>
        replace(feedView(addressOf(await calendarFeeds.renew(memberId), false), false, true)),
      ),
      onAction(turnOffFeed, async ({ memberId }) => {
        await calendarFeeds.turnOff(memberId);
        return replace(feedOffView());
      }),
    ],
  };
}
