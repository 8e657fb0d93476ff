import type { z } from 'zod';
import type { AssignedRef, GuestsService } from '../../domain/events/guests-service.js';
import type { EventId, MemberId } from '../../domain/ids.js';
import type { AdminsService } from '../../domain/orgs/admins-service.js';
import { onAction } from '../actions.js';
import { type Actor, rightsOf } from '../actor.js';
import { onForm } from '../forms.js';
import { whichPersonView } from '../manage/admins-views.js';
import { suggestMembers } from '../manage/member-suggestions.js';
import type { BotModule } from '../registry.js';
import { replace, show } from '../reply.js';
import { assignCard, assignedElsewhereView, assignedView, assignForm, unassignedView } from './assign-views.js';
import * as actions from './guests-actions.js';
import { GUESTS_A_PAGE, guestsView } from './guests-views.js';

/** An event's guests from lu.ma, for its org's admins: who is coming, who came, and which members they are. */
export function guestsBot({ guests, admins }: { guests: GuestsService; admins: AdminsService }): BotModule {
  const form = assignForm(suggestMembers(admins));
  const listView = async (actor: Actor, event: EventId, page = 0) =>
    guestsView(await guests.show(event, rightsOf(actor), { page, pageSize: GUESTS_A_PAGE }));

  /** The card about the one member meant, or the choice between several. */
  const answer = onForm(form, async (actor, { event, guest }, { member: text }) => {
    const rights = rightsOf(actor);
    const { org } = await guests.get({ eventId: event, lumaGuestId: guest }, rights);
    const found = await admins.find(org.id, { text, role: undefined }, rights);
    if (found.kind === 'one') {
      const ref = { eventId: event, lumaGuestId: guest, memberId: found.person.memberId };
      return replace(assignCard(await guests.preview(ref, rights)));
    }
    const choose = ({ memberId: member }: { memberId: MemberId }) =>
      actions.previewAssign.with({ event, guest, member });
    return replace(whichPersonView(found, text, choose, actions.guestsButton({ id: event })));
  });

  return {
    actions: [
      onAction(actions.openGuests, async (actor, { event }) => show(await listView(actor, event))),
      onAction(actions.guestsPage, async (actor, { event, page }) => replace(await listView(actor, event, page))),
      onAction(actions.askWhoGuestIs, async (actor, whom) => {
        await guests.get({ eventId: whom.event, lumaGuestId: whom.guest }, rightsOf(actor));
        return { kind: 'form', form: form.with(whom) };
      }),
      onAction(actions.previewAssign, async (actor, whom) =>
        replace(assignCard(await guests.preview(refOf(whom), rightsOf(actor)))),
      ),
      onAction(actions.confirmAssign, async (actor, whom) =>
        replace(assignedView(await guests.assign(refOf(whom), rightsOf(actor)))),
      ),
      onAction(actions.assignElsewhere, async (actor, whom) =>
        replace(assignedElsewhereView(await guests.assignElsewhere(refOf(whom), rightsOf(actor)))),
      ),
      onAction(actions.undoAssign, async (actor, whom) =>
        replace(unassignedView(await guests.unassign(refOf(whom), rightsOf(actor)))),
      ),
    ],
    forms: [answer],
  };
}

function refOf({ event, guest, member }: z.output<typeof actions.confirmAssign.payload>): AssignedRef {
  return { eventId: event, lumaGuestId: guest, memberId: member };
}
