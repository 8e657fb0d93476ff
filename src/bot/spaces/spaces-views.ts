import type { DateTime } from 'luxon';
import type { Org } from '../../domain/orgs/org.js';
import type { SpaceRef } from '../../domain/orgs/rights.js';
import type { ConnectedSpace } from '../../domain/orgs/spaces-repository.js';
import type { DisconnectPreview } from '../../domain/orgs/spaces-service.js';
import { runs } from '../actions.js';
import { showSettings } from '../manage/manage-actions.js';
import { bold, code, commandName, rich, time } from '../text.js';
import { type Block, button, buttons, type ListItem, list, message, note, paragraph, type View } from '../views.js';
import { spaceKind } from './space-words.js';
import { askToDisconnect, confirmDisconnect } from './spaces-actions.js';

/** A one-time code, how it is used, and the spaces there are. */
export function codeView(
  offer: { org: Org; spaces: ConnectedSpace[]; code: string; expiresAt: DateTime },
  here: SpaceRef | undefined,
): View {
  const { org, spaces, expiresAt } = offer;
  return {
    title: rich`Connect another place to ${org.name}`,
    blocks: [
      paragraph(rich`Your code is ${code(offer.code)}. It works once, until ${time(expiresAt, 'hour')}.`),
      paragraph(
        rich`In the other server or workspace, somebody who manages it runs ${commandName('manage connect')} with this code.`,
      ),
      ...connectedList(org, spaces, here),
      buttons(button('Settings', showSettings.with({ org: org.id }))),
      note('Give the code only to somebody you trust: whoever manages the other place gets an admin’s rights there.'),
    ],
  };
}

function connectedList(org: Org, spaces: readonly ConnectedSpace[], here: SpaceRef | undefined): Block[] {
  if (spaces.length === 0) return [paragraph('No server or workspace is connected yet.')];
  const inOrder = [...spaces].sort((one, other) => Number(isSame(other, here)) - Number(isSame(one, here)));
  return [paragraph('Connected now:'), list(inOrder.map((space) => spaceItem(org, space, here)))];
}

function isSame(one: SpaceRef, other: SpaceRef | undefined): boolean {
  return one.platform === other?.platform && one.externalId === other.externalId;
}

function spaceItem(org: Org, space: ConnectedSpace, here: SpaceRef | undefined): ListItem {
  const { platform, externalId, connectedAt } = space;
  const isHere = isSame(space, here);
  const kind = spaceKind(platform);
  return {
    title: isHere ? `This ${kind}` : `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${externalId}`,
    lines: [rich`connected ${time(connectedAt, 'day')}`],
    button: button('Disconnect', askToDisconnect.with({ org: org.id, space: { platform, externalId } })),
  };
}

/** After a space was connected, or found to be. */
export function connectedView(kind: 'connected' | 'was-connected', org: Org): View {
  return {
    tone: 'good',
    ...message(
      kind === 'connected'
        ? rich`This place belongs to ${bold(org.name)} now. Whoever manages it can look after the org here.`
        : rich`This place belongs to ${bold(org.name)} already. Nothing to do!`,
      buttons(
        button('Settings', showSettings.with({ org: org.id })),
        button('Show org', runs('orgs show', { org: org.slug })),
      ),
    ),
  };
}

/** The question before disconnecting; somebody else may have done it meanwhile. */
export function disconnectCard(preview: DisconnectPreview, here: SpaceRef | undefined): View {
  const { org, space, isLast } = preview;
  const what = `${isSame(space, here) ? 'this' : 'that'} ${spaceKind(space.platform)}`;
  return {
    title: rich`Disconnect ${what} from ${org.name}?`,
    tone: 'careful',
    blocks: [
      paragraph(
        'Nobody loses their membership, and nothing is deleted. Whoever manages that place can no longer look after the org by that alone, and commands there no longer know which org is meant.',
      ),
      ...(isLast
        ? [paragraph('It is the last one: from then on the org is looked after in direct messages, by its admins.')]
        : []),
      buttons(
        button('Confirm', confirmDisconnect.with({ org: org.id, space }), 'danger'),
        button('Cancel', showSettings.with({ org: org.id })),
      ),
    ],
  };
}

/** After disconnecting. */
export function disconnectedView(org: Org): View {
  return message(
    rich`It’s no longer connected to ${bold(org.name)}. To connect it again, use ${commandName('manage connect')}.`,
    buttons(button('Settings', showSettings.with({ org: org.id }))),
  );
}
