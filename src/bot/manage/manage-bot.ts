import type { OrgSettings, OrgsService } from '../../domain/orgs/orgs-service.js';
import { rightsOf, spaceOf } from '../actor.js';
import { countWords, numberWords } from '../numbers.js';
import { orgOption } from '../orgs/org-option.js';
import { showOrg } from '../orgs/orgs-actions.js';
import { ORG_TYPE_LABELS } from '../orgs/orgs-views.js';
import { type BotModule, command } from '../registry.js';
import { show } from '../reply.js';
import { button, buttons, fields, note, paragraph, type View } from '../views.js';

/** `/manage`: looking after an org. Who may is decided in the service, at every call. */
export function manageBot({ orgs }: { orgs: OrgsService }): BotModule {
  const showSettings = command({
    name: 'manage show',
    description: 'An org’s settings, for its admins',
    access: 'anyone',
    options: { org: orgOption(orgs, 'The org; this server’s own when left out') },
    run: async (actor, { org }) =>
      show(settingsView(await orgs.settings({ org, space: spaceOf(actor) }, rightsOf(actor)))),
  });

  return { groups: { manage: 'Look after an org (admins)' }, commands: [showSettings] };
}

function settingsView({ org, activeMembers, admins, spaces }: OrgSettings): View {
  return {
    title: org.name,
    blocks: [
      paragraph(org.description || 'No description yet.'),
      fields(
        { label: 'Kind', value: ORG_TYPE_LABELS[org.type] },
        { label: 'In the directory', value: org.isListed ? 'Listed' : 'Not listed: found by its exact name only' },
        { label: 'Joining', value: org.joinPolicy === 'open' ? 'Open to everyone' : 'By approval' },
        {
          label: 'Members',
          value: `${numberWords(activeMembers)}, of them ${countWords(admins, 'admin')}`,
        },
        { label: 'Connected to', value: spaces.length === 0 ? 'No server or workspace' : String(spaces.length) },
      ),
      buttons(button('As members see it', showOrg.with({ org: org.id }))),
      note('Seen by admins only.'),
    ],
  };
}
