import type { Config } from '../config.js';
import { checkDatabase } from './doctor/check-database.js';
import { checkDiscord } from './doctor/check-discord.js';
import { checkEncryption } from './doctor/check-encryption.js';
import { checkSlack } from './doctor/check-slack.js';
import { type Finding, fine, look } from './doctor/finding.js';
import { configuration } from './environment.js';
import { registryAlone } from './registry-alone.js';

const MARKS = { fine: 'ok   ', look: 'look ', wrong: 'WRONG' } as const;

/** Checks everything an installation rests on, and says what to mend; exit code 1 if something is wrong. */
export async function doctor(): Promise<void> {
  const findings = await diagnose(configuration());
  for (const { about, verdict, detail } of findings) console.log(`${MARKS[verdict]}  ${about}: ${detail}`);
  const wrongs = findings.filter(({ verdict }) => verdict === 'wrong').length;
  console.log(
    wrongs === 0 ? '\nAll is well.' : `\n${wrongs} thing${wrongs === 1 ? '' : 's'} to mend, see WRONG above.`,
  );
  process.exitCode = wrongs === 0 ? 0 : 1;
}

async function diagnose(config: Config): Promise<Finding[]> {
  const { discord, slack, databaseFile } = config;
  return [
    fine('Node.js', process.versions.node),
    ...checkDatabase(databaseFile),
    ...(await checkEncryption(config)),
    ...(discord
      ? await checkDiscord(discord, registryAlone())
      : [look('Discord', 'not connected: DISCORD_TOKEN is not set.')]),
    ...(slack
      ? await checkSlack(slack, config)
      : [look('Slack', 'not connected: neither its tokens nor an app’s id and secrets are set.')]),
  ];
}
