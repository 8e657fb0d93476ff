import { afterEach, beforeEach, expect, it } from 'vitest';
import { addEvents, HOSTILE, postCard } from './events-story.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let on: OnSlack;

beforeEach(async () => {
  on = await startOnSlack();
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  expect(on.slack.strayAcks).toEqual([]);
  await on.stop();
});

const said = () => on.database.connection.selectFrom('responses').select(['response', 'source']).execute();

it('goes from the list to the card, through consent to an answer, and changes and undoes it', async () => {
  await addEvents(on.database, 'baish', { title: 'Concrete Problems', ruledType: 'talk' });
  const spot = on.ana.in(on.general);
  const list = await spot.runs('/events', 'upcoming within:30d org:"BAISH" type:talk');
  expect(list.isEphemeral).toBe(true);
  expect(list.text).toMatch(/<!date\^\d+\^\{date_short_pretty\} at \{time\}/);
  const card = await list.press('Show');
  // Slack knows that Ana is in São Paulo.
  expect(card.text).toMatch(/\d\d:\d\d–\d\d:\d\d in Lisbon/);

  const consent = await card.press('Going');
  const going = await consent.press('Agree');
  expect(going.text).toContain('You’re going.');
  await on.slack.waitFor(() => on.ana.inbox().length === 1);
  expect(await said()).toEqual([{ response: 'going', source: 'member' }]);
  const changed = await going.press('Interested');
  expect(changed.text).toContain('You’re interested.');
  await changed.press('Undo');
  expect(await said()).toEqual([]);
});

it('answers a tap on a channel’s card beside it, for the one who tapped alone', async () => {
  const [event] = await addEvents(on.database, 'baish', { title: 'Concrete Problems' });
  const org = await on.services.orgs.resolve('baish');
  if (!event) throw new Error('no event');
  const channel = { platform: 'slack', externalId: on.slack.workspace.id, channelId: on.general.id } as const;
  await postCard(on.platform, channel, event, org);
  await on.agrees(on.ana);
  const card = () => {
    const found = on.ana.messagesIn(on.general.id).find(({ isEphemeral }) => !isEphemeral);
    if (!found) throw new Error('no card');
    return found;
  };
  const before = card().text;
  for (const label of ['Going', 'Going', 'Not going']) {
    expect((await card().press(label)).isEphemeral).toBe(true);
  }
  expect(card().text).toBe(before);
  expect(await said()).toEqual([{ response: 'not_going', source: 'member' }]);
});

it('shows the next events on the Home tab', async () => {
  const [event] = await addEvents(on.database, 'baish', { title: 'Concrete Problems' });
  await on.agrees(on.ana);
  const member = await on.memberOf(on.ana);
  if (!member || !event) throw new Error('missing');
  await on.database.inTransaction(({ orgs }) =>
    orgs.saveMembership({
      orgId: event.orgId,
      memberId: member.id,
      role: 'member',
      status: 'active',
      joinedAt: event.firstSeenAt,
      leftAt: undefined,
    }),
  );
  const home = await on.ana.opensHome();
  expect(home.text).toMatch(/Coming up[\s\S]*Concrete Problems/);
  const card = await home.press('Show', { near: 'Concrete Problems' });
  expect((await card.press('Going')).text).toContain('You’re going.');
});

it('asks for the event that is missing, and shows hostile titles as text', async () => {
  const [event] = await addEvents(on.database, 'baish', { title: HOSTILE, description: HOSTILE });
  const form = await on.ana.in(on.general).runs('/events', 'show');
  expect(form.modal).toBeDefined();
  const card = await on.ana.in(on.general).runs('/events', `show ${event?.id}`);
  expect(card.text).toContain('&lt;!channel&gt; &lt;@U1&gt;');
  expect(card.text).toContain('@everyone');
});
