import { PermissionsBitField } from 'discord.js';
import { z } from 'zod';
import type { Registry } from '../../bot/registry.js';
import { discordCommands } from '../../platforms/discord/commands-json.js';
import { ask, clockFinding, type Finding, fine, look, wrong } from './finding.js';

const Application = z.object({
  id: z.string(),
  name: z.string().default(''),
  integration_types_config: z.record(z.string(), z.unknown()).optional(),
});
const Gateway = z.object({ session_start_limit: z.object({ remaining: z.number() }) });
const Commands = z.array(z.object({ name: z.string(), description: z.string().default('') }));
const Guilds = z.array(z.object({ name: z.string().default(''), permissions: z.string().optional() }));

/** What posting in a channel and answering beneath a post takes. */
const POSTING = new PermissionsBitField(['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory']);
/** What keeping a server's own events in step takes. */
const MIRRORING = new PermissionsBitField(['CreateEvents']);

/** Discord: token, clock, sessions left, commands, rights in its servers. */
export async function checkDiscord(
  { token, apiUrl }: { token: string; apiUrl: string },
  registry: Registry,
): Promise<Finding[]> {
  const get = (path: string) => ask(`${apiUrl}/v10${path}`, { headers: { authorization: `Bot ${token}` } });
  const answer = await get('/applications/@me');
  if (typeof answer === 'string') return [wrong('Discord', answer)];
  const clock = clockFinding('Discord’s clock', answer, Date.now());
  if (answer.status === 401) {
    return [
      wrong('Discord token', 'DISCORD_TOKEN is not valid. Reset it at discord.com/developers → your app → Bot.'),
      clock,
    ];
  }
  const application = await read(answer, Application);
  if (!application) return [wrong('Discord', `it answered with status ${answer.status}. Try again later.`), clock];
  return [
    fine('Discord token', `valid, for “${application.name}”.`),
    clock,
    fine('Discord intents', 'none of the privileged ones is needed.'),
    installFinding(application),
    sessionsFinding(await readFrom(get('/gateway/bot'), Gateway)),
    commandsFinding(await readFrom(get(`/applications/${application.id}/commands`), Commands), registry),
    rightsFinding(await readFrom(get('/users/@me/guilds'), Guilds)),
  ];
}

function installFinding({ integration_types_config: config }: z.infer<typeof Application>): Finding {
  const about = 'Discord installation';
  if (!config) return look(about, 'Discord does not tell how it may be installed.');
  const missing = [...('0' in config ? [] : ['Guild Install']), ...('1' in config ? [] : ['User Install'])];
  if (missing.length === 0) return fine(about, 'in servers and by people themselves.');
  return look(about, `allow ${missing.join(' and ')} at discord.com/developers → your app → Installation.`);
}

function sessionsFinding(gateway: z.infer<typeof Gateway> | undefined): Finding {
  const about = 'Discord sessions';
  if (!gateway) return look(about, 'the gateway could not be asked. Try again later.');
  const { remaining } = gateway.session_start_limit;
  if (remaining > 50) return fine(about, `${remaining} starts left today.`);
  return wrong(
    about,
    `only ${remaining} starts are left today. Something restarts the process over and over; stop it.`,
  );
}

function commandsFinding(registered: z.infer<typeof Commands> | undefined, registry: Registry): Finding {
  const about = 'Discord commands';
  if (!registered) return look(about, 'they could not be listed. Try again later.');
  const shown = (list: { name: string; description?: string }[]) =>
    list
      .map(({ name, description }) => `${name}: ${description ?? ''}`)
      .sort()
      .join('\n');
  const wanted = discordCommands(registry);
  if (shown(registered) === shown(wanted)) return fine(about, `all ${wanted.length} are registered.`);
  return wrong(about, 'what is registered is not what this version has. Run: npx rollcall discord register');
}

function rightsFinding(guilds: z.infer<typeof Guilds> | undefined): Finding {
  const about = 'Discord rights';
  if (!guilds) return look(about, 'its servers could not be listed. Try again later.');
  if (guilds.length === 0) return look(about, 'it is in no server yet. Invite it; the README has the link.');
  const cannotPost = namesLacking(guilds, POSTING);
  if (cannotPost !== '') {
    const needed = 'View Channels, Send Messages, Embed Links and Read Message History';
    return look(about, `${needed} are not all granted in ${cannotPost}.`);
  }
  const enough = `enough in ${guilds.length} server${guilds.length === 1 ? '' : 's'}`;
  const cannotMirror = namesLacking(guilds, MIRRORING);
  if (cannotMirror === '') return fine(about, `${enough}.`);
  return fine(
    about,
    `${enough}; announcements with mirror:true need Create Events too, which is missing in ${cannotMirror}.`,
  );
}

/** The first servers that do not grant all of it; empty when all do, or do not tell. */
function namesLacking(guilds: z.infer<typeof Guilds>, wanted: PermissionsBitField): string {
  return guilds
    .filter(({ permissions }) => permissions && !new PermissionsBitField(BigInt(permissions)).has(wanted))
    .map(({ name }) => `“${name}”`)
    .slice(0, 5)
    .join(', ');
}

async function readFrom<T>(answering: Promise<Response | string>, schema: z.ZodType<T>): Promise<T | undefined> {
  const answer = await answering;
  return typeof answer === 'string' ? undefined : read(answer, schema);
}

async function read<T>(answer: Response, schema: z.ZodType<T>): Promise<T | undefined> {
  if (!answer.ok) return undefined;
  const parsed = schema.safeParse(await answer.json().catch(() => undefined));
  return parsed.success ? parsed.data : undefined;
}
