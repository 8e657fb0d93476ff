import type { AnnounceService } from '../../domain/announcements/announce-service.js';
import type { AnnouncedService } from '../../domain/announcements/announced-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import { type Actor, rightsOf, spaceOf } from '../actor.js';
import { channelOption, required, yesNoOption } from '../options.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import {
  announceNext,
  announceOff,
  announceOn,
  askToEndMirror,
  beginMirror,
  chooseChannel,
  endMirror,
  setChannel,
  showAnnouncements,
} from './announce-actions.js';
import { announcePosts } from './announce-posts.js';
import { calendarView, choiceView, chooseView, mirrorEndedView, nextView, offView } from './announce-views.js';
import { overviewView } from './overview-view.js';

/** `/manage announce`: where new events are posted. Who may is decided in the service, at every call. */
export function announceBot(parts: {
  announce: AnnounceService;
  announced: AnnouncedService;
  orgs: OrgsService;
}): BotModule {
  const { announce, orgs } = parts;
  const org = orgOption(orgs, 'The org; this server’s own when left out');
  const suggestChannels = async (actor: Actor, text: string) =>
    (await announce.suggest(spaceOf(actor), text, rightsOf(actor))).map(({ channelId, name }) => ({
      value: channelId,
      label: `#${name}`,
    }));

  const setCommand = command({
    name: 'manage announce set',
    description: 'Announce new events in a channel of this server or workspace',
    options: {
      channel: required(channelOption('Where new events are posted', suggestChannels)),
      mirror: yesNoOption('Whether to keep the server’s own events in step, too (Discord)'),
      org,
    },
    run: async (actor, { channel, mirror, org }) => {
      const space = spaceOf(actor);
      return show(choiceView(await announce.set({ org, space }, { space, text: channel, mirror }, rightsOf(actor))));
    },
  });

  const offCommand = command({
    name: 'manage announce off',
    description: 'Announce nothing any more in this server or workspace',
    options: { org },
    run: async (actor, { org }) => {
      const space = spaceOf(actor);
      return show(offView(await announce.off({ org, space }, space, rightsOf(actor))));
    },
  });

  const showCommand = command({
    name: 'manage announce show',
    description: 'Where an org’s events are announced, and whether it works',
    access: 'anyone',
    options: { org },
    run: async (actor, { org }) => {
      const space = spaceOf(actor);
      return show(overviewView(await announce.show({ org, space }, rightsOf(actor)), space));
    },
  });

  const overview = async (actor: Actor, org: Parameters<AnnounceService['show']>[0]) =>
    overviewView(await announce.show(org, rightsOf(actor)), spaceOf(actor));

  return {
    groups: { 'manage announce': 'Where new events are announced' },
    commands: [setCommand, offCommand, showCommand],
    actions: [
      onAction(showAnnouncements, async (actor, { org }) => replace(await overview(actor, org))),
      onAction(chooseChannel, async (actor, { org, space }) => {
        const found = await announce.choices(org, space, rightsOf(actor));
        return show(chooseView(found.org, space, found.channels));
      }),
      onAction(setChannel, async (actor, { org, space }, [channel = '']) =>
        replace(choiceView(await announce.set(org, { space, text: channel }, rightsOf(actor)))),
      ),
      onAction(announceOff, async (actor, { org, space }) =>
        replace(offView(await announce.off(org, space, rightsOf(actor)))),
      ),
      onAction(announceOn, async (actor, { org, space }) => {
        const choice = await announce.on(org, space, rightsOf(actor));
        return replace(choice.kind === 'none' ? await overview(actor, org) : choiceView(choice));
      }),
      onAction(beginMirror, async (actor, { org, space }) =>
        replace(calendarView(await announce.beginMirror(org, space, rightsOf(actor)))),
      ),
      onAction(askToEndMirror, async (actor, { org, space }) =>
        show(calendarView(await announce.previewEndMirror(org, space, rightsOf(actor)))),
      ),
      onAction(endMirror, async (actor, { org, space }) =>
        replace(mirrorEndedView(await announce.endMirror(org, space, rightsOf(actor)))),
      ),
      onAction(announceNext, async (actor, { source }) =>
        show(nextView(await announce.announceNext(source, rightsOf(actor)))),
      ),
    ],
    messages: announcePosts(parts),
  };
}
