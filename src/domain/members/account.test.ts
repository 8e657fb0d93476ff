import { expect, it } from 'vitest';
import { readAccount } from './account.js';

it('reads an account as operators write it, and nothing else', () => {
  expect(readAccount('discord:123456789012345678')).toEqual({
    platform: 'discord',
    teamId: '',
    accountId: '123456789012345678',
  });
  expect(readAccount(' slack:T012AB/U345CD ')).toEqual({ platform: 'slack', teamId: 'T012AB', accountId: 'U345CD' });
  expect(readAccount('playground:ana-ferreira')).toEqual({
    platform: 'playground',
    teamId: '',
    accountId: 'ana-ferreira',
  });
  for (const text of ['', 'ana', 'discord:1', 'discord:123456789012345678,', 'slack:U345CD', 'slack:t1/u1', 'x:1']) {
    expect(readAccount(text)).toBeUndefined();
  }
});
