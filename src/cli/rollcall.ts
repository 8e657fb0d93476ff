#!/usr/bin/env node
import { Command } from 'commander';
import { ConfigProblem } from '../config.js';
import { StartProblem } from '../platforms/platform.js';

/** Each command's file is read when the command runs: a list of orgs needs no chat library. */
const orgs = () => import('./orgs.js');
const outbox = () => import('./outbox.js');

/** The `rollcall` program: one command a file; all of them read the environment of product.md section 11. */
const program = new Command('rollcall')
  .description('A chat-first assistant for field-building communities.')
  .showHelpAfterError();

program
  .command('start')
  .description('run the product until it is stopped')
  .action(async () => (await import('./start.js')).start());
program
  .command('migrate')
  .description('bring the database up to date')
  .action(async () => (await import('./migrate.js')).migrateDatabase());
program
  .command('doctor')
  .description('check tokens, rights, commands, clock and database; say what to mend')
  .action(async () => (await import('./doctor.js')).doctor());
program
  .command('demo')
  .description('fill an empty database with the demo community')
  .action(async () => (await import('./demo.js')).demo());
program
  .command('backup')
  .description('copy the database into a file, while the product runs')
  .argument('<file>', 'where to; must not exist yet')
  .action(async (file: string) => (await import('./backup.js')).backup(file));
program
  .command('restore')
  .description('put a backup in the place of the database; the product must be stopped')
  .argument('<file>', 'a file that `rollcall backup` made')
  .action(async (file: string) => (await import('./restore.js')).restore(file));
program
  .command('job')
  .description('list the jobs and how they fared, or run one by hand; the product may go on running meanwhile')
  .argument('[name]', 'which to run; without it, all are listed')
  .option('--now <moment>', 'the moment to run it for, such as 2026-03-01T09:00:00Z; one ahead has real effects')
  .action(async (name: string | undefined, options: { now?: string }) => (await import('./job.js')).job(name, options));
const slugArgument = ['<slug>', 'the org’s slug, as `rollcall orgs list` shows it'] as const;
program
  .command('orgs')
  .description('look after the directory')
  .addCommand(
    new Command('list')
      .description('every org, those that wait for review first')
      .option('--json', 'as JSON, for other programs')
      .action(async (options) => (await orgs()).listOrgs(options)),
  )
  .addCommand(
    new Command('verify')
      .description('let an org that waits for review into the directory')
      .argument(...slugArgument)
      .action(async (slug: string) => (await orgs()).changeOrg(slug, 'verify')),
  )
  .addCommand(
    new Command('hide')
      .description('take an org out of everybody’s sight')
      .argument(...slugArgument)
      .action(async (slug: string) => (await orgs()).changeOrg(slug, 'hide')),
  )
  .addCommand(
    new Command('unhide')
      .description('show an org again that was hidden')
      .argument(...slugArgument)
      .action(async (slug: string) => (await orgs()).changeOrg(slug, 'unhide')),
  )
  .addCommand(
    new Command('global')
      .description('offer an org to people everywhere')
      .argument(...slugArgument)
      .option('--off', 'make it local again')
      .action(async (slug: string, { off }: { off?: boolean }) =>
        (await orgs()).changeOrg(slug, off ? 'make-local' : 'make-global'),
      ),
  );
program
  .command('members')
  .description('members')
  .addCommand(
    new Command('unlink')
      .description('make two members again of one whose accounts were linked by mistake')
      .argument('<account>', 'one of the accounts, such as discord:123456789012345678 or slack:T012AB/U345CD')
      .action(async (account: string) => (await import('./members-unlink.js')).unlinkMembers(account)),
  );
program
  .command('outbox')
  .description('what was to be sent, and what became of it')
  .addCommand(
    new Command('list')
      .description('deliveries that were given up, or those of one state')
      .option('--state <state>', 'pending, sent, cancelled, undeliverable or rejected')
      .option('--limit <number>', 'how many at most', '50')
      .option('--json', 'as JSON, for other programs')
      .action(async (options) => (await outbox()).listOutbox(options)),
  )
  .addCommand(
    new Command('show')
      .description('all there is to know of one delivery; its words are not kept')
      .argument('<id>', 'its id, as `rollcall outbox list` shows it')
      .action(async (id: string) => (await outbox()).showDelivery(id)),
  )
  .addCommand(
    new Command('retry')
      .description('try again what was given up')
      .argument('[id]', 'its id, as `rollcall outbox list` shows it')
      .option('--all', 'all of one state')
      .option('--state <state>', 'undeliverable or rejected')
      .action(async (id: string | undefined, options) => (await outbox()).retryDeliveries(id, options)),
  );
program
  .command('keys')
  .description('encryption keys')
  .addCommand(
    new Command('rotate')
      .description('encrypt the secrets in the database with the newest key; the product must be stopped')
      .action(async () => (await import('./keys-rotate.js')).rotateKeys()),
  );
program
  .command('discord')
  .description('Discord')
  .addCommand(
    new Command('register')
      .description('register the commands with Discord now')
      .action(async () => (await import('./discord-register.js')).discordRegister()),
  );
program
  .command('slack')
  .description('Slack')
  .addCommand(
    new Command('manifest')
      .description('print the app manifest, to paste into api.slack.com/apps')
      .action(async () => (await import('./slack-manifest.js')).printSlackManifest()),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ConfigProblem) && !(error instanceof StartProblem)) throw error;
  for (const line of error.message.split('\n')) process.stderr.write(`rollcall: ${line}\n`);
  process.exitCode = 2;
}
