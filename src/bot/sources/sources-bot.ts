import type { SourcesService } from '../../domain/events/sources-service.js';
import { AboutFailing, SYNC_FAILING } from '../../domain/events/sync-alert.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import { type Actor, rightsOf, spaceOf } from '../actor.js';
import { onUnasked } from '../deliveries.js';
import { onForm } from '../forms.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { connectForm } from './connect-form.js';
import { cancelledView, connectedView, foundView } from './connect-views.js';
import * as actions from './sources-actions.js';
import * as views from './sources-views.js';

/** `/manage luma`: where an org's events come from. */
export function sourcesBot({ orgs, sources }: { orgs: OrgsService; sources: SourcesService }): BotModule {
  const options = { org: orgOption(orgs, 'The org; this server’s own when left out') };
  const asked = (actor: Actor, org: string | undefined) => ({ org, space: spaceOf(actor) });

  const connect = command({
    name: 'manage luma connect',
    description: 'Connect a lu.ma calendar, by its API key or its public feed',
    access: 'anyone',
    options,
    run: async (actor, { org }) => {
      const { id } = await sources.orgFor(asked(actor, org), rightsOf(actor));
      return { kind: 'form', form: connectForm.with({ org: id }) };
    },
  });

  const status = command({
    name: 'manage luma status',
    description: 'An org’s calendars: last run, what came, next run, what went wrong',
    access: 'anyone',
    options,
    run: async (actor, { org }) => show(views.statusView(await sources.list(asked(actor, org), rightsOf(actor)))),
  });

  const sync = command({
    name: 'manage luma sync',
    description: 'Look at an org’s calendars now',
    access: 'anyone',
    options,
    run: async (actor, { org: named }) => {
      const { org, cards } = await sources.list(asked(actor, named), rightsOf(actor));
      const synced = await Promise.all(cards.map(({ source }) => sources.sync(source.id, rightsOf(actor))));
      return show(views.allSyncedView(org, synced));
    },
  });

  const disconnect = command({
    name: 'manage luma disconnect',
    description: 'Disconnect a calendar; past events and answers stay',
    access: 'anyone',
    options,
    run: async (actor, { org: named }) => {
      const { org, cards } = await sources.list(asked(actor, named), rightsOf(actor));
      const [only, ...others] = cards;
      return show(only && others.length === 0 ? views.disconnectCard(only) : views.statusView({ org, cards }));
    },
  });

  return {
    commands: [connect, status, sync, disconnect],
    forms: [
      onForm(connectForm, async (actor, { org }, told) =>
        show(foundView(await sources.find(org, told, rightsOf(actor)))),
      ),
    ],
    actions: [
      onAction(actions.connectFound, async (actor, { source }) =>
        replace(connectedView(await sources.connect(source, rightsOf(actor)))),
      ),
      onAction(actions.cancelFound, async (_actor, { source }) => {
        sources.dropOffer(source);
        return replace(cancelledView());
      }),
      onAction(actions.showSource, async (actor, { source }) =>
        replace(views.sourceView(await sources.get(source, rightsOf(actor)))),
      ),
      onAction(actions.syncSource, async (actor, { source }) =>
        replace(views.syncedView(await sources.sync(source, rightsOf(actor)))),
      ),
      onAction(actions.askToDisconnect, async (actor, { source }) =>
        replace(views.disconnectCard(await sources.get(source, rightsOf(actor)))),
      ),
      onAction(actions.confirmDisconnect, async (actor, { source }) =>
        replace(views.disconnectedView(await sources.disconnect(source, rightsOf(actor)))),
      ),
      onAction(actions.sourcesPage, async (actor, { org, page }) =>
        replace(views.statusView(await sources.list(org, rightsOf(actor)), page)),
      ),
    ],
    messages: [
      onUnasked(SYNC_FAILING, AboutFailing, {
        urgency: 'alert',
        async view({ memberId }, { source }) {
          const failing = await sources.findFailing(source, memberId);
          return failing && views.failingView(failing);
        },
      }),
    ],
  };
}
