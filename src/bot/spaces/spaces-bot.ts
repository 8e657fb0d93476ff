import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import type { SpacesService } from '../../domain/orgs/spaces-service.js';
import { onAction } from '../actions.js';
import { rightsOf, spaceOf } from '../actor.js';
import { textOption } from '../options.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { askToDisconnect, confirmDisconnect } from './spaces-actions.js';
import { codeView, connectedView, disconnectCard, disconnectedView } from './spaces-views.js';

/** `/manage connect`: the servers and workspaces of an org. */
export function spacesBot({ orgs, spaces }: { orgs: OrgsService; spaces: SpacesService }): BotModule {
  const connect = command({
    name: 'manage connect',
    description: 'Connect a further server or workspace: without a code get one, there use it',
    options: {
      code: textOption('The code that an admin of the org got', { most: 40, example: 'K7QM-2WXA' }),
      org: orgOption(orgs, 'For which org to get a code; this server’s own when left out'),
    },
    run: async (actor, { code, org }) => {
      const [space, rights] = [spaceOf(actor), rightsOf(actor)];
      if (code === undefined) return show(codeView(await spaces.offerCode({ org, space }, rights), space));
      const { kind, org: joined } = await spaces.connect(code, { space, rights, memberId: actor.memberId });
      return show(connectedView(kind, joined));
    },
  });

  return {
    commands: [connect],
    actions: [
      onAction(askToDisconnect, async (actor, { org, space }) => {
        const preview = await spaces.previewDisconnect(org, space, rightsOf(actor));
        if (preview) return show(disconnectCard(preview, spaceOf(actor)));
        return show(disconnectedView(await spaces.disconnect(org, space, rightsOf(actor))));
      }),
      onAction(confirmDisconnect, async (actor, { org, space }) =>
        replace(disconnectedView(await spaces.disconnect(org, space, rightsOf(actor)))),
      ),
    ],
  };
}
