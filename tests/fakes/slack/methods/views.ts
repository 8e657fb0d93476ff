import { asDict, asString, type Dict } from '../json.js';
import { checkView } from '../limits/view-limits.js';
import { SlackError } from '../slack-error.js';
import { fileLookup } from '../stage.js';
import { openModal, publishHome, pushModal, updateView, viewPayload } from '../views.js';
import type { ViewRecord } from '../world.js';
import { type Call, getUser, type Method, requireArg } from './method.js';

const open: Method = (call) => {
  const content = checkedModal(call);
  const { occasion } = call.stage.triggers.use(requireArg(call, 'trigger_id'));
  return answer(call, openModal(call.stage, occasion, content));
};

const push: Method = (call) => {
  const content = checkedModal(call);
  const { occasion, viewId } = call.stage.triggers.use(requireArg(call, 'trigger_id'));
  if (!viewId) throw new SlackError('invalid_trigger_id');
  return answer(call, pushModal(call.stage, occasion, content));
};

/** Checked before the trigger is spent: a refused view leaves it usable. */
function checkedModal(call: Call): Dict {
  const content = checkView(call.args.view, 'modal', fileLookup(call.stage, call.team.id));
  const externalId = asString(content.external_id);
  if (externalId && findByExternalId(call, externalId)) throw new SlackError('duplicate_external_id');
  return content;
}

const update: Method = (call) => {
  const { args, stage, team } = call;
  if (!args.view_id && !args.external_id) throw new SlackError('missing_argument', { argument: 'view_id' });
  const byId = stage.world.views.get(asString(args.view_id));
  const view = args.view_id ? byId : findByExternalId(call, asString(args.external_id));
  if (!view?.isOpen || view.teamId !== team.id) throw new SlackError('not_found');
  checkHash(args, view);
  updateView(stage, view, asDict(args.view));
  return answer(call, view);
};

const publish: Method = (call) => {
  const { args, stage, team } = call;
  const user = getUser(call, requireArg(call, 'user_id'));
  if (!team.homeTabEnabled) throw new SlackError('not_enabled');
  const current = stage.world.homeOf(user.id);
  if (current) checkHash(args, current);
  return answer(call, publishHome(stage, user.id, team.id, asDict(args.view)));
};

function checkHash(args: Dict, view: ViewRecord): void {
  if (args.hash !== undefined && args.hash !== view.hash) throw new SlackError('hash_conflict');
}

function findByExternalId({ stage, team }: Call, id: string): ViewRecord | undefined {
  const views = [...stage.world.views.values()];
  return views.find((view) => view.teamId === team.id && view.isOpen && view.content.external_id === id);
}

function answer({ stage }: Call, view: ViewRecord): Dict {
  return { view: viewPayload(stage, view) };
}

export const VIEW_METHODS: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
