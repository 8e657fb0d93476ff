import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAction, encodeAction } from './action-codec.js';

describe('the text behind a button', () => {
  it('comes back as what went in, whatever JSON it carries', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9.-]{0,30}$/), fc.jsonValue(), (action, payload) => {
        expect(decodeAction(encodeAction({ action, payload }))).toEqual({
          action,
          payload: JSON.parse(JSON.stringify(payload)),
        });
      }),
    );
  });

  it.each([
    '',
    '1',
    'orgs.join',
    '0:orgs.join:{}',
    '2:orgs.join:{}',
    '1:orgs.join:',
    '1:orgs.join:{',
    '1::{}',
    'v1|orgs|x',
  ])('is refused when it is of another make: %j', (text) => {
    expect(decodeAction(text)).toBeUndefined();
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeAction(text)).not.toThrow();
        expect(() => decodeAction(`1:${text}`)).not.toThrow();
      }),
    );
  });
});
