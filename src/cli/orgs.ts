import { DomainError } from '../domain/errors.js';
import type { OperatorChange } from '../domain/orgs/operator-orgs-service.js';
import type { OrgSummary } from '../domain/orgs/org.js';
import { placeName } from '../domain/orgs/org.js';
import { StartProblem } from '../platforms/platform.js';
import { createServices } from '../services.js';
import { systemClock } from '../shared/clock.js';
import { configuration, tell, withDatabase } from './environment.js';
import { table } from './table.js';

/** Prints every org, those that wait for review first: a table, or JSON for other programs. */
export async function listOrgs({ json = false }: { json?: boolean }): Promise<void> {
  await withDatabase(configuration(), async (database) => {
    const all = await createServices(database, systemClock()).operatorOrgs.list();
    const rows = all.map(toRow);
    if (json) process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
    else if (rows.length === 0)
      tell('there are no orgs yet; `/manage setup` in a server or workspace makes the first.');
    else process.stdout.write(`${table(COLUMNS, rows)}\n`);
  });
}

/** Does one thing to one org. The product may go on running meanwhile. */
export async function changeOrg(slug: string, change: OperatorChange): Promise<void> {
  await withDatabase(configuration(), async (database) => {
    try {
      const { org, isChanged } = await createServices(database, systemClock()).operatorOrgs.change(slug, change);
      tell(`${org.slug} (${org.name}) is ${isChanged ? 'now' : 'already'} ${statesOf(org).join(', ')}.`);
    } catch (error) {
      throw error instanceof DomainError ? new StartProblem(unknownWords(error)) : error;
    }
  });
}

function unknownWords({ problem }: DomainError): string {
  if (problem.code !== 'orgs.unknown') return problem.code;
  const nearest = problem.nearest.map(({ slug }) => slug).join(', ');
  return `There is no org ${problem.asked}.${nearest === '' ? '' : ` Near it: ${nearest}.`} \`rollcall orgs list\` has them all.`;
}

interface Row {
  slug: string;
  name: string;
  place: string;
  members: number;
  state: string;
}

function toRow({ org, activeMembers }: OrgSummary): Row {
  return {
    slug: org.slug,
    name: org.name.replace(/\s+/gu, ' '),
    place: placeName(org),
    members: activeMembers,
    state: statesOf(org).join(', '),
  };
}

function statesOf({ isHidden, isListed, isGlobal, listedAfterReview }: OrgSummary['org']): string[] {
  return [
    listedAfterReview === undefined ? (isListed ? 'listed' : 'unlisted') : 'waiting for review',
    ...(isHidden ? ['hidden'] : []),
    ...(isGlobal ? ['global'] : []),
  ];
}

const COLUMNS = ['slug', 'name', 'place', 'members', 'state'] as const;
