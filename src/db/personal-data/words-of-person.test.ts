import { describe, expect, it } from 'vitest';
import { namesPerson, surelyNames, withoutPerson } from './words-of-person.js';

const ana = { ids: ['k3j9x2m4p8q7w1zt', '700000000000000001'], names: ['Ana "La" Souza'] };

describe('a text without a person', () => {
  it('loses their ids and name, and stays JSON', () => {
    const text = JSON.stringify({
      member: ana.ids[0],
      before: ['Ana "La" Souza', 1, null],
      note: 'by Ana "La" Souza!',
    });
    expect(JSON.parse(withoutPerson(text, ana))).toEqual({
      member: '(erased)',
      before: ['(erased)', 1, null],
      note: 'by (erased)!',
    });
  });

  it('loses an id that is a key', () => {
    expect(withoutPerson(`{"${ana.ids[0]}":"admin"}`, ana)).toBe('{"(erased)":"admin"}');
  });

  it('keeps what only looks like it: parts of words, keys, names of commands', () => {
    const named = { ids: [], names: ['orgs', 'query', 'an'] };
    const text = '1:run:{"command":"orgs browse","options":{"query":"banana"}}';
    expect(namesPerson(text, named)).toBe(false);
    expect(namesPerson(text.replace('banana', 'an orgs'), named)).toBe(true);
  });

  it('is found in plain text as well, and in text before JSON', () => {
    expect(withoutPerson('Ana "La" Souza asks {x', ana)).toBe('(erased) asks {x');
    expect(withoutPerson('Ana "La" Souza: {"a":1}', ana)).toBe('(erased): {"a":1}');
  });

  it('takes names of every make as they are', () => {
    for (const name of ['a.*b (c)', 'مرحبا', '👩‍🔬', '\\', '$& $1']) {
      expect(withoutPerson(JSON.stringify({ by: name }), { ids: [], names: [name] })).toBe('{"by":"(erased)"}');
    }
  });

  it('tells names that are hardly anything else from those that may be a word', () => {
    expect(surelyNames({ ids: ['x'], names: ['Lisbon', 'Ana Souza'] })).toEqual({ ids: ['x'], names: ['Ana Souza'] });
  });
});
