import { findLanguage } from '../../domain/orgs/languages.js';
import type { FormField } from '../forms.js';

const MOST_LANGUAGES = 10;
const MOST_TYPED = 200;

/** Languages by name or code, with commas between; their codes (ISO 639-1). */
export function languagesField(label: string): FormField<string[]> {
  return {
    label,
    hint: 'With commas between, such as Portuguese, English',
    isRequired: false,
    input: { kind: 'line', most: MOST_TYPED, placeholder: 'Portuguese, English' },
    read(raw) {
      const words = (typeof raw === 'string' ? raw : '').split(/[,;/\n]/u).filter((word) => word.trim() !== '');
      const found = words.map((word) => ({ word: word.trim(), code: findLanguage(word) }));
      const unknown = found.find(({ code }) => code === undefined);
      if (unknown) return { ok: false, problem: `I don’t know a language called “${unknown.word.slice(0, 40)}”.` };
      const codes = [...new Set(found.flatMap(({ code }) => (code ? [code] : [])))];
      if (codes.length <= MOST_LANGUAGES) return { ok: true, value: codes };
      return { ok: false, problem: `That is ${codes.length} languages; it takes up to ${MOST_LANGUAGES}.` };
    },
  };
}
