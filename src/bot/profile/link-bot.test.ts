import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aVisitor, buttonsOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { anOrg } from '../../../tests/builders/orgs.js';
import type { Visitor } from '../actor.js';

let rollcall: Awaited<ReturnType<typeof startBot>>;

const ana = aVisitor({ displayName: 'Ana Souza' });
const anaOnSlack = aVisitor({
  account: { platform: 'slack', teamId: 'T1', accountId: 'U1' },
  displayName: 'ana <@U2> *x*',
});

beforeEach(async () => {
  rollcall = await startBot();
  for (const visitor of [ana, anaOnSlack]) {
    await rollcall.services.members.agree({ ...visitor, directChannelId: undefined });
  }
});
afterEach(() => rollcall.stop());

const run = (visitor: Visitor, name: string, texts: Record<string, string> = {}) =>
  rollcall.bot.runCommand(visitor, name, texts);
const codeIn = (words: string) => /code:(\S+)/.exec(words)?.[1] ?? '';
const askForCode = async (visitor: Visitor) => codeIn(wordsOf(await run(visitor, 'profile link')));
const edit = (visitor: Visitor, headline: string) =>
  rollcall.bot.submit(visitor, '1:profile.edit:{}', { name: visitor.displayName, headline });
const labels = (view: ReturnType<typeof viewOf>) => buttonsOf(view).map(({ label }) => label);

describe('/profile link', () => {
  it('shows both accounts and what becomes of them, and links on Confirm', async () => {
    await rollcall.inTransaction(({ orgs }) => orgs.add(anOrg({ slug: 'baish', name: 'BAISH' })));
    await rollcall.bot.press(ana, tapOf(await run(ana, 'orgs join', { org: 'baish' }), 'Confirm'), []);
    await edit(ana, 'Biologist');
    const code = await askForCode(ana);
    const card = await run(anaOnSlack, 'profile link', { code: code.toLowerCase() });
    const words = wordsOf(card);
    expect(words).toContain('Ana Souza · Discord');
    expect(words).toContain('ana <@U2> *x* · Slack (workspace T1)');
    expect(words).toContain('Biologist');
    expect(wordsOf(await run(anaOnSlack, 'orgs mine'))).not.toContain('BAISH');

    const linked = await rollcall.bot.press(anaOnSlack, tapOf(card, 'Confirm'), []);

    expect(wordsOf(linked)).toContain('You’re one member now');
    for (const visitor of [ana, anaOnSlack]) {
      expect(wordsOf(await run(visitor, 'orgs mine'))).toContain('BAISH');
      expect(wordsOf(await run(visitor, 'profile show'))).toContain('Biologist');
    }
    expect(wordsOf(await rollcall.bot.press(anaOnSlack, tapOf(card, 'Confirm'), []))).toContain('one member already');
  });

  it('lets one choose whose profile wins where both told something else', async () => {
    await edit(ana, 'Biologist');
    await rollcall.bot.submit(anaOnSlack, '1:profile.edit:{}', {
      ...{ name: anaOnSlack.displayName, headline: 'Organiser', skills: 'python' },
    });
    const code = await askForCode(ana);
    const card = await run(anaOnSlack, 'profile link', { code });
    expect(wordsOf(card)).toContain('which would go: name “Ana Souza”, headline “Biologist”');
    const other = await rollcall.bot.press(anaOnSlack, tapOf(card, 'Prefer the other profile'), []);
    expect(wordsOf(other)).toContain('headline “Organiser”');
    expect(labels(viewOf(other))).toContain('Prefer this profile');
    await rollcall.bot.press(anaOnSlack, tapOf(other, 'Confirm'), []);
    expect(wordsOf(await run(anaOnSlack, 'profile show'))).toContain('Biologist');
  });

  it('links nothing on Cancel, and nothing once the code was withdrawn', async () => {
    const shown = await run(ana, 'profile link');
    const card = await run(anaOnSlack, 'profile link', { code: codeIn(wordsOf(shown)) });
    expect(wordsOf(await rollcall.bot.press(anaOnSlack, tapOf(card, 'Cancel'), []))).toContain('Nothing was linked');
    expect(wordsOf(await rollcall.bot.press(ana, tapOf(shown, 'Withdraw it'), []))).toContain('no longer works');
    expect(wordsOf(await rollcall.bot.press(anaOnSlack, tapOf(card, 'Confirm'), []))).toContain('not one I gave');
    expect((await rollcall.services.members.find(ana.account))?.member.id).not.toBe(
      (await rollcall.services.members.find(anaOnSlack.account))?.member.id,
    );
  });

  it('asks for consent first, then goes on with the code', async () => {
    const newcomer = aVisitor({ account: { platform: 'slack', teamId: 'T2', accountId: 'U9' }, displayName: 'Ana' });
    const code = await askForCode(ana);
    const consent = await run(newcomer, 'profile link', { code });
    expect(wordsOf(consent)).toContain('Before we start');
    const card = await rollcall.bot.press(newcomer, tapOf(consent, 'Agree'), []);
    expect(wordsOf(card)).toContain('Make these one member?');
    await rollcall.bot.press(newcomer, tapOf(card, 'Confirm'), []);
    expect(wordsOf(await run(newcomer, 'profile show'))).toContain('Ana');
  });

  it('answers a wrong code kindly, whatever it is', async () => {
    for (const code of ['K7QM-2WXA', '👩‍🔬', '<@U1>', 'x'.repeat(40)]) {
      expect(wordsOf(await run(anaOnSlack, 'profile link', { code }))).toContain('not one I gave');
    }
    expect(wordsOf(await run(anaOnSlack, 'profile link', { code: 'x'.repeat(41) }))).toContain('up to 40');
  });

  it('fits behind a button on every platform', async () => {
    const card = await run(anaOnSlack, 'profile link', { code: await askForCode(ana) });
    expect(labels(viewOf(card))).toEqual([
      'Confirm',
      expect.stringMatching(/^Prefer (this|the other) profile$/),
      'Cancel',
    ]);
    for (const label of labels(viewOf(card))) expect(tapOf(card, label).length).toBeLessThanOrEqual(100);
  });
});
