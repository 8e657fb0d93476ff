import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Registry } from '../../bot/registry.js';
import type { Facts } from '../../shared/facts.js';
import { discordCommands } from './commands-json.js';

/** What is remembered of the last registration: the definitions' hash, and the ids Discord gave, by first word. */
const Registered = z.object({ hash: z.string(), ids: z.record(z.string(), z.string()) });
type Registered = z.infer<typeof Registered>;

const Application = z.object({ id: z.string() });
const Answer = z.array(z.object({ id: z.string(), name: z.string() }));

const factName = (applicationId: string) => `discord.commands:${applicationId}`;

/**
 * Registers the commands with Discord, all at once, unless they are the ones it has already. Only what is new counts
 * against the 200 a day (error 30034). Nothing is remembered of a registration that failed.
 *
 * @param force registers anyhow, for when Discord's list was changed behind our back.
 * @throws what discord.js throws.
 */
export async function registerCommands(parts: {
  rest: REST;
  applicationId: string;
  registry: Pick<Registry, 'commands' | 'groups'>;
  facts: Facts;
  force?: boolean;
}): Promise<'registered' | 'unchanged'> {
  const { rest, applicationId, registry, facts, force = false } = parts;
  const body = discordCommands(registry);
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const before = await findRegistered(facts, applicationId);
  if (!force && before?.hash === hash) return 'unchanged';
  const answer = Answer.parse(await rest.put(Routes.applicationCommands(applicationId), { body }));
  const ids = Object.fromEntries(answer.map(({ name, id }) => [name, id]));
  await facts.save(factName(applicationId), JSON.stringify({ hash, ids } satisfies Registered));
  return 'registered';
}

/** The id of the application that the token belongs to. @throws what discord.js throws. */
export async function findApplicationId(rest: REST): Promise<string> {
  return Application.parse(await rest.get(Routes.currentApplication())).id;
}

/** The ids of the registered commands by first word, so that they can be mentioned; empty before a registration. */
export async function registeredIds(facts: Facts, applicationId: string): Promise<Record<string, string>> {
  return (await findRegistered(facts, applicationId))?.ids ?? {};
}

async function findRegistered(facts: Facts, applicationId: string): Promise<Registered | undefined> {
  const text = await facts.find(factName(applicationId));
  if (text === undefined) return undefined;
  try {
    return Registered.parse(JSON.parse(text));
  } catch {
    // Written by another version: as good as none.
    return undefined;
  }
}
