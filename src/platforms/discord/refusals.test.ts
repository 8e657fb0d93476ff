import { REST } from 'discord.js';
import { expect, it } from 'vitest';
import { createLogger } from '../../shared/logger.js';
import type { Delivered } from '../platform.js';
import { createRefusals } from './refusals.js';

const sent: Delivered = { kind: 'sent', channelId: 'c', messageId: 'm' };

it('sends nothing unasked from half of the refusals on for which Discord bans an address, until they are forgotten', async () => {
  const lines: string[] = [];
  const refusals = createRefusals(createLogger('info', { write: (line) => lines.push(line) }));
  const rest = new REST();
  refusals.watch(rest);
  const send = refusals.heeding(async () => sent);
  rest.emit('invalidRequestWarning', { count: 4_500, remainingTime: 60_000 });
  expect(await send()).toEqual(sent);
  rest.emit('invalidRequestWarning', { count: 5_000, remainingTime: 150 });
  expect(await send()).toEqual({ kind: 'retry-after', retryAfterMs: expect.any(Number), holds: 'all' });
  expect(lines.join('')).toContain('nothing is sent unasked');
  await expect.poll(send).toEqual(sent);
});
