import { expect, it } from 'vitest';
import { startForDigests } from './digest-story.js';
import { startOnSlack } from './slack-harness.js';

it('brings what is new on Sunday evening by the zone that Slack knows, without previews of links', async () => {
  const story = await startForDigests();
  const on = await startOnSlack({ product: story.product });
  await (await on.ana.in(on.general).runs('/orgs mine')).press('Agree');
  const ana = await on.memberOf(on.ana);
  if (!ana) throw new Error('no member');
  const digest = await story.firstDigest(ana, () => on.ana.inbox());
  const post = on.slack.requests.findLast(({ method }) => method === 'chat.postMessage');
  expect([String(post?.args.unfurl_links), String(post?.args.unfurl_media)]).toEqual(['false', 'false']);
  const stopped = await digest.press('Stop these');
  expect(stopped.text).toContain('no more digests');
  expect(await story.frequencyOf(ana)).toBe('none');
  await stopped.press('Undo');
  expect(await story.frequencyOf(ana)).toBe('weekly');
  expect(on.slack.violations).toEqual([]);
  await on.stop();
  await story.product.stop();
});
