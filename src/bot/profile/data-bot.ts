import { z } from 'zod';
import { EXPORT, type MembersService } from '../../domain/members/members-service.js';
import { onAction } from '../actions.js';
import { zoneOf } from '../actor.js';
import { onDelivery } from '../deliveries.js';
import { onForm } from '../forms.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { message } from '../views.js';
import { askToDelete, deleteCard, deletedView, deleteForm, keepProfile, nothingHeldView } from './delete-views.js';
import { exportFiles } from './export-file.js';
import { exportOnItsWayView, exportView } from './export-views.js';

/** `/profile export` and `/profile delete`: what is held about a member is theirs to take and to erase. */
export function dataBot({ members }: { members: MembersService }): BotModule {
  const exportCommand = command({
    name: 'profile export',
    description: 'Get everything held about you, as a file in our direct messages',
    access: 'anyone',
    run: async ({ identity }) => {
      if (!identity) return show(nothingHeldView());
      await members.requestExport(identity);
      return show(exportOnItsWayView(identity.reach));
    },
  });

  const sendExport = onDelivery(EXPORT, z.object({}), async (recipient) => {
    const { parts, at } = await members.held(recipient.memberId);
    return exportView(exportFiles(parts, { now: at, zone: zoneOf(recipient) }));
  });

  const deleteCommand = command({
    name: 'profile delete',
    description: 'Erase everything about you, for good',
    access: 'anyone',
    run: async ({ memberId }) =>
      show(memberId ? deleteCard((await members.previewErasure(memberId)).orphaned) : nothingHeldView()),
  });

  const askForWord = onAction(askToDelete, async ({ memberId }) =>
    memberId ? { kind: 'form', form: deleteForm.with({}) } : replace(nothingHeldView()),
  );

  const keep = onAction(keepProfile, async () => replace(message('Nothing was deleted.')));

  const erase = onForm(deleteForm, async ({ memberId }) => {
    if (!memberId) return replace(nothingHeldView());
    await members.erase(memberId);
    return replace(deletedView());
  });

  return {
    commands: [exportCommand, deleteCommand],
    actions: [askForWord, keep],
    forms: [erase],
    messages: [sendExport],
  };
}
