import { Command } from 'commander';
import { DomainError } from '../domain/errors.js';
import type { OperatorsService } from '../domain/orgs/operators-service.js';
import { type Org, type OrgSummary, placeName } from '../domain/orgs/org.js';
import { createServices } from '../services.js';
import { systemClock } from '../shared/clock.js';
import { configuration, tell, withDatabase } from './environment.js';
import { textTable } from './text-table.js';

/** `rollcall orgs`: what operators decide about orgs. The product may go on running meanwhile. */
export function orgsCommand(): Command {
  return new Command('orgs')
    .description('orgs')
    .addCommand(
      new Command('list')
        .description('every org, those that wait for your yes first')
        .option('--json', 'as JSON, for other programs')
        .action(listOrgs),
    )
    .addCommand(
      onSlug('verify', 'say yes to an org that waits, so that the directory may show it', async (operators, slug) => {
        const { org, isChanged } = await operators.verify(slug);
        if (!isChanged) return `${org.slug} does not wait for a yes; nothing was changed.`;
        return org.isListed
          ? `${org.slug} is in the directory now.`
          : `${org.slug} has your yes; its own admins keep it out of the directory.`;
      }),
    )
    .addCommand(
      onSlug('hide', 'take an org out of sight, for everybody', async (operators, slug) => {
        const { org, isChanged } = await operators.setHidden(slug, true);
        return isChanged ? `${org.slug} is hidden now.` : `${org.slug} is hidden already; nothing was changed.`;
      }),
    )
    .addCommand(
      onSlug('unhide', 'let a hidden org be seen again', async (operators, slug) => {
        const { org, isChanged } = await operators.setHidden(slug, false);
        return isChanged ? `${org.slug} can be seen again.` : `${org.slug} is not hidden; nothing was changed.`;
      }),
    )
    .addCommand(
      onSlug('global', 'open an org to people everywhere', async (operators, slug, { off = false }) => {
        const { org, isChanged } = await operators.setGlobal(slug, !off);
        const state = off ? 'local' : 'open to people everywhere';
        return isChanged ? `${org.slug} is ${state} now.` : `${org.slug} is ${state} already; nothing was changed.`;
      }).option('--off', 'make it local again'),
    );
}

type Decide = (operators: OperatorsService, slug: string, options: { off?: boolean }) => Promise<string>;

/** A command on one org, named by its slug; for a slug that is none it says the nearest, and ends with 1. */
function onSlug(name: string, description: string, decide: Decide): Command {
  return new Command(name)
    .description(description)
    .argument('<slug>', 'the org, as `rollcall orgs list` names it')
    .action(async (slug: string, options: { off?: boolean }) => {
      try {
        tell(await withOperators((operators) => decide(operators, slug, options)));
      } catch (error) {
        if (!(error instanceof DomainError) || error.problem.code !== 'orgs.unknown') throw error;
        const nearest = error.problem.nearest.map((org) => org.slug).join(', ');
        tell(`there is no org ${plain(slug)}.${nearest === '' ? '' : ` Did you mean ${nearest}?`}`);
        process.exitCode = 1;
      }
    });
}

async function listOrgs({ json = false }: { json?: boolean }): Promise<void> {
  const all = await withOperators((operators) => operators.list());
  if (json) console.log(JSON.stringify(all.map(toRecord), undefined, 2));
  else if (all.length === 0) tell('there are no orgs yet.');
  else console.log(textTable(['SLUG', 'NAME', 'CITY', 'MEMBERS', 'STATE'], all.map(toCells)));
}

function withOperators<Result>(work: (operators: OperatorsService) => Promise<Result>): Promise<Result> {
  return withDatabase(configuration(), (database) => work(createServices(database, systemClock()).operators));
}

function toRecord({ org, activeMembers }: OrgSummary) {
  const { slug, name, city, isGlobal } = org;
  return { slug, name, city: city ? placeName(org) : null, members: activeMembers, state: stateOf(org), isGlobal };
}

function toCells({ org, activeMembers }: OrgSummary): string[] {
  const state = org.isGlobal ? `${stateOf(org)}, global` : stateOf(org);
  return [org.slug, org.name, org.city ? placeName(org) : '', String(activeMembers), state].map(plain);
}

function stateOf(org: Org): string {
  if (org.isHidden) return 'hidden';
  if (org.listedAfterReview !== undefined) return 'waiting for review';
  return org.isListed ? 'listed' : 'not listed';
}

/** Nothing in a text may steer the terminal. */
function plain(text: string): string {
  return text.replace(/\p{C}/gu, '');
}
