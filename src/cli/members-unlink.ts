import { readAccount } from '../domain/members/account.js';
import { StartProblem } from '../platforms/platform.js';
import { createServices } from '../services.js';
import { systemClock } from '../shared/clock.js';
import { configuration, tell, withDatabase } from './environment.js';

/** Undoes the latest link of the member behind an account. The product may go on running meanwhile. */
export async function unlinkMembers(text: string): Promise<void> {
  const account = readAccount(text);
  if (!account) {
    throw new StartProblem(
      `${text} is not an account. Write it like discord:123456789012345678 or slack:T012AB/U345CD; a member finds theirs in /profile export.`,
    );
  }
  await withDatabase(configuration(), async (database) => {
    const undone = await createServices(database, systemClock()).links.undo(account);
    if (!undone) throw new StartProblem(`${text} is not linked with another account, so nothing was changed.`);
    const { linkedAt } = undone.link;
    tell(`the link of ${linkedAt.toFormat('yyyy-MM-dd HH:mm')} UTC is undone: two members again, each told so.`);
  });
}
