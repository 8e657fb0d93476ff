import { describe, expect, it } from 'vitest';
import { madeOnce } from './made-once.js';

describe('what is made of an object once', () => {
  it('is the same for the same object, and another for one that merely looks the same', () => {
    let times = 0;
    const counted = madeOnce(({ name }: { name: string }) => {
      times += 1;
      return { words: `${name} ${times}` };
    });
    const ana = { name: 'Ana' };
    expect(counted(ana)).toBe(counted(ana));
    expect(counted(ana).words).toBe('Ana 1');
    expect(counted({ name: 'Ana' }).words).toBe('Ana 2');
  });

  it('remembers that nothing was made, too', () => {
    let times = 0;
    const nothing = madeOnce((_from: object) => {
      times += 1;
      return undefined;
    });
    const from = {};
    nothing(from);
    nothing(from);
    expect(times).toBe(1);
  });
});
