import { type EventQueue, tellTakenBack } from './events.js';
import type { Stage } from './stage.js';
import { type NewWorkspace, Workspace } from './workspace.js';
import type { EnterpriseRecord } from './world.js';

/** An enterprise with several workspaces, where the app may be installed for all of them at once. */
export class Enterprise {
  readonly record: EnterpriseRecord;
  readonly #stage: Stage;
  readonly #events: EventQueue;

  constructor(stage: Stage, events: EventQueue, name: string) {
    const { world } = stage;
    const ids = { id: world.nextId('E'), botId: world.nextId('B'), botUserId: world.nextId('U') };
    this.#stage = stage;
    this.#events = events;
    this.record = { ...ids, name, botToken: `xoxb-${ids.id}`, scopes: new Set(), token: 'account_inactive' };
    world.enterprises.set(ids.id, this.record);
    const bot = { id: ids.botUserId, teamId: '', name: 'rollcall', realName: 'Rollcall' };
    world.users.set(ids.botUserId, { ...BOT, ...bot });
  }

  get id(): string {
    return this.record.id;
  }

  /** A workspace of the enterprise, without the app until it is installed. */
  addWorkspace(workspace: Omit<NewWorkspace, 'isInstalled'> = {}): Workspace {
    const added = new Workspace(this.#stage, this.#events, { ...workspace, isInstalled: false });
    added.record.enterprise = this.record;
    return added;
  }

  /** Someone removes the app from all workspaces. */
  async uninstalls(): Promise<void> {
    this.record.token = 'account_inactive';
    for (const team of this.#stage.world.teams.values()) if (team.isOrgWide) team.token = 'account_inactive';
    await tellTakenBack(this.#stage, this.#events, { enterprise: this.record, botUserId: this.record.botUserId });
  }
}

const BOT = {
  email: '',
  tz: 'Europe/London',
  locale: 'en-GB',
  isAdmin: false,
  isOwner: false,
  isPrimaryOwner: false,
  isRestricted: false,
  isUltraRestricted: false,
  isStranger: false,
  isBot: true,
  isDeleted: false,
} as const;
