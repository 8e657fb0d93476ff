import { placeName } from '../../domain/orgs/org.js';
import type { EditableField } from '../../domain/orgs/org-settings.js';
import { detailsOf } from '../../domain/orgs/org-settings.js';
import type { OrgSettings } from '../../domain/orgs/settings-service.js';
import { runs } from '../actions.js';
import { showAnnouncements } from '../announce/announce-actions.js';
import { countWords, numberWords } from '../numbers.js';
import { showOrg } from '../orgs/orgs-actions.js';
import { languageList, ORG_TYPE_LABELS } from '../orgs/orgs-views.js';
import { short } from '../short-text.js';
import { spaceKind } from '../spaces/space-words.js';
import { italic, rich, type TextInput } from '../text.js';
import { type Block, button, buttons, type Field, fields, note, paragraph, type View } from '../views.js';
import { editDetails, editListing } from './manage-actions.js';
import { FIELD_NAMES, JOIN_POLICY_LABELS } from './settings-labels.js';

/** An org as its admins see it, with what they can change. */
export function settingsView(settings: OrgSettings, ...before: Block[]): View {
  const { org } = settings;
  return {
    title: org.name,
    blocks: [
      ...before,
      paragraph(org.description || 'No description yet.'),
      fields(...settingsFields(settings)),
      ...reviewNote(settings),
      buttons(
        button('Edit', editDetails.with({ org: org.id }), 'primary'),
        button('Listing and joining', editListing.with({ org: org.id })),
        button('Admins', runs('manage admins list', { org: org.slug })),
        button('Audit log', runs('manage audit', { org: org.slug })),
      ),
      buttons(
        button('Calendars', runs('manage luma status', { org: org.slug })),
        button('Announcements', showAnnouncements.with({ org: org.id })),
        button('Servers', runs('manage connect', { org: org.slug })),
        button('Feedback', runs('manage feedback', { org: org.slug })),
        button('As members see it', showOrg.with({ org: org.id })),
      ),
      note(`Seen by admins only. ${reachMeaning(settings.reach)}`),
    ],
  };
}

function settingsFields({ org, activeMembers, admins, spaces, calendars, reach }: OrgSettings): Field[] {
  return [
    { label: 'Kind', value: ORG_TYPE_LABELS[org.type] },
    { label: 'Where', value: placeName(org) },
    { label: 'Website', value: org.website ?? notTold() },
    { label: 'Languages', value: org.languages.length > 0 ? languageList(org.languages) : notTold() },
    { label: 'In the directory', value: listingWords(org) },
    { label: 'Joining', value: JOIN_POLICY_LABELS[org.joinPolicy] },
    { label: 'Members', value: `${numberWords(activeMembers)}, of them ${countWords(admins, 'admin')}` },
    { label: 'Reach', value: reachWords(reach) },
    { label: 'Connected to', value: spacesWords(spaces) },
    { label: 'Calendars', value: calendars.length > 0 ? short(calendars.join(', '), 200) : 'None yet' },
  ];
}

/** "212 of 230 members reachable". */
const reachWords = ({ reachable, members }: OrgSettings['reach']): string =>
  `${numberWords(reachable)} of ${countWords(members, 'member')} reachable`;

function reachMeaning({ members, reachable, stopped }: OrgSettings['reach']): string {
  const lost = members - reachable;
  const who =
    lost === 0
      ? 'Reachable: my direct messages get through, or were not needed yet.'
      : `Reachable: my direct messages get through, or were not needed yet. ${countWords(lost, 'member has', 'members have')} closed them or left; at their next command here I tell them how to mend it.`;
  const stop = stopped === 0 ? '' : ` ${numberWords(stopped)} of the reachable said “stop”, which I keep to.`;
  return `${who}${stop}`;
}

const notTold = (): TextInput => rich`${italic('not told yet')}`;

function listingWords(org: OrgSettings['org']): string {
  if (!detailsOf(org).isListed) return 'Not listed: found by its exact name only';
  return org.listedAfterReview === undefined ? 'Listed' : 'Not yet: waiting for a yes';
}

/** What an org that awaits an operator's yes can do meanwhile. */
export function reviewNote({ org }: Pick<OrgSettings, 'org'>): Block[] {
  if (org.listedAfterReview === undefined) return [];
  return [
    paragraph(
      'Whoever runs this Rollcall looks at new orgs before the directory shows them, and has not said yes yet. Meanwhile everything works here, and people join by its exact name or an invite.',
    ),
  ];
}

/** "1 Discord server, 2 Slack workspaces". */
function spacesWords(spaces: OrgSettings['spaces']): string {
  if (spaces.length === 0) return 'No server or workspace';
  const kinds = [...new Set(spaces.map(({ platform }) => platform))];
  return kinds
    .map((kind) => countWords(spaces.filter(({ platform }) => platform === kind).length, spaceKind(kind)))
    .join(', ');
}

/** "Saved: city, website." */
export function savedNote(changed: readonly EditableField[]): Block {
  if (changed.length === 0) return note('Nothing was changed: it is as it was.');
  return note(`Saved: ${changed.map((field) => FIELD_NAMES[field]).join(', ')}.`);
}
