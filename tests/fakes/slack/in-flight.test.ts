import { expect, it } from 'vitest';
import { fakeWith, startApp } from './bolt-app.js';

it('measures envelopes one by one with a hundred in flight', async () => {
  const slack = await fakeWith({ rateLimits: false });
  await startApp(slack, (app) => {
    app.command('/ping', async ({ ack }) => ack('pong'));
  });
  const payload = { command: '/ping', text: '', team_id: slack.workspace.id, user_id: 'U1', channel_id: 'C1' };
  const sent = Array.from({ length: 100 }, () => slack.send({ type: 'slash_commands', payload }));
  const outcomes = await Promise.all(sent.map(({ outcome }) => outcome));
  expect(outcomes.every(({ kind }) => kind === 'acked')).toBe(true);
  const took = sent.map(({ sentAt, ackedAt }) => (ackedAt ?? Number.NaN) - sentAt);
  expect(Math.min(...took)).toBeGreaterThan(0);
  expect(Math.max(...took)).toBeLessThan(3000);
  expect(slack.strayAcks).toEqual([]);
});
