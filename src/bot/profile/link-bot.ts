import { z } from 'zod';
import { LinkId } from '../../domain/ids.js';
import { CODE_TYPED, LINKED, type LinksService, UNLINKED } from '../../domain/members/links-service.js';
import { tidyOneTimeCode } from '../../domain/one-time-code.js';
import { onAction } from '../actions.js';
import { onDelivery } from '../deliveries.js';
import { textOption } from '../options.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { linkedNotice, typedNotice, unlinkedNotice } from './link-notices.js';
import * as views from './link-views.js';

/** `/profile link`: one member with accounts on several platforms. */
export function linkBot({ links }: { links: LinksService }): BotModule {
  const linkCommand = command({
    name: 'profile link',
    description: 'Be one member on two platforms: get a code here, type it there',
    options: { code: textOption('The code you got with your other account', { most: 40, example: 'K7QM-2WXA' }) },
    run: async ({ identity }, { code }) =>
      code === undefined
        ? show(views.linkCodeView(await links.newCode(identity.id)))
        : show(views.linkCard(await links.preview(identity.id, code), tidyOneTimeCode(code))),
  });

  const prefer = onAction(views.preferLink, async ({ identity }, { code, prefer }) =>
    replace(views.linkCard(await links.preview(identity.id, code, prefer), code)),
  );

  const confirm = onAction(views.confirmLink, async ({ identity }, choice) =>
    replace(views.linkedView(await links.confirm(identity.id, choice))),
  );

  const cancel = onAction(views.cancelLink, async () => replace(views.notLinkedView()));

  const withdraw = onAction(views.withdrawCode, async ({ memberId }) => {
    await links.withdrawCode(memberId);
    return replace(views.withdrawnView());
  });

  const codeTyped = onDelivery(CODE_TYPED, z.object({}), async ({ memberId }) => {
    const typed = await links.findTyped(memberId);
    return typed && typedNotice(typed);
  });

  const linked = onDelivery(LINKED, z.object({ link: LinkId }), async (_recipient, { link }) => {
    const found = await links.find(link);
    return found && linkedNotice(found.link, found.confirmed);
  });

  const unlinked = onDelivery(UNLINKED, z.object({}), async () => unlinkedNotice());

  return {
    commands: [linkCommand],
    actions: [prefer, confirm, cancel, withdraw],
    messages: [codeTyped, linked, unlinked],
  };
}
