import { describe, expect, it } from 'vitest';
import { createLogger, errorFacts } from './logger.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('info', { write: (line) => lines.push(line) }));
  return lines.join('');
}

describe('the log', () => {
  it('cuts out what could be a secret or somebody’s words, at the top and one level down', () => {
    const text = logged((logger) =>
      logger.info({ token: 'SECRET1', text: 'SECRET2', error: { email: 'SECRET3', url: 'SECRET4', kind: 'E' } }, 'x'),
    );
    expect(text).not.toContain('SECRET');
    expect(JSON.parse(text)).toMatchObject({ error: { kind: 'E' }, msg: 'x', service: 'rollcall' });
  });

  it('keeps of an error its kind, code and place, and drops its message', () => {
    const error = Object.assign(new TypeError('Ana wrote: hello'), { code: 50_007, status: 403, requestBody: 'hello' });
    const facts = errorFacts(error);
    expect(facts).toMatchObject({ kind: 'TypeError', code: 50_007, status: 403 });
    expect(JSON.stringify(facts)).not.toMatch(/Ana|hello/);
    expect(JSON.stringify(facts)).toContain('logger.test.ts');
  });

  it('drops the further lines of a message that has several', () => {
    expect(JSON.stringify(errorFacts(new Error('first\nsecond line of a person')))).not.toContain('second');
  });
});
