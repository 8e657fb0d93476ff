import type { CalendarFeedService, OwnFeed } from '../../domain/events/calendar-feed.js';
import { onAction } from '../actions.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import type { View } from '../views.js';
import * as actions from './calendar-actions.js';
import * as views from './calendar-views.js';

/**
 * `/events calendar`: the address of the member's private feed. Answers go to the member alone.
 *
 * @param publicUrl where our pages are reached; without it `localUrl`, which only this machine reaches.
 */
export function calendarBot(parts: {
  calendarFeeds: CalendarFeedService;
  publicUrl: string | undefined;
  localUrl: () => string;
}): BotModule {
  const { calendarFeeds, publicUrl, localUrl } = parts;

  /** What there is to show of a feed: its address, or what is left when that is off or cannot be read any more. */
  const viewOf = (feed: OwnFeed | undefined, toView: (address: views.FeedAddress) => View, going: boolean): View => {
    if (!feed) return views.feedOffView();
    if (feed.token === undefined) return views.closedFeedCard(feed.id);
    const url = `${publicUrl ?? localUrl()}/cal/${feed.token}.ics${going ? '?only=going' : ''}`;
    return toView({ feedId: feed.id, url, isLocal: publicUrl === undefined, going });
  };

  const calendar = command({
    name: 'events calendar',
    description: 'Your orgs’ events in your own calendar, by a private address',
    run: async ({ memberId }) => show(viewOf(await calendarFeeds.findOrMake(memberId), views.feedView, false)),
  });

  return {
    commands: [calendar],
    actions: [
      onAction(actions.showFeed, async ({ memberId }, { going }) =>
        replace(viewOf(await calendarFeeds.findOwn(memberId), views.feedView, going)),
      ),
      onAction(actions.feedSteps, async ({ memberId }, { calendar, going }) => {
        const toView = (address: views.FeedAddress) => views.feedStepsView(calendar, address);
        return replace(viewOf(await calendarFeeds.findOwn(memberId), toView, going));
      }),
      onAction(actions.askRenew, async (_actor, { feed }) => replace(views.renewCard(feed))),
      onAction(actions.renewFeed, async ({ memberId }, { feed }) =>
        replace(viewOf(await calendarFeeds.renew(memberId, feed), views.renewedView, false)),
      ),
      onAction(actions.askTurnOff, async () => replace(views.turnOffCard())),
      onAction(actions.turnOffFeed, async ({ memberId }) => {
        await calendarFeeds.turnOff(memberId);
        return replace(views.feedOffView());
      }),
    ],
  };
}
