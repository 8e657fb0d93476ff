/** How light the page is: as the system says, or as chosen. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'rollcall.theme';

/** What was chosen on this computer before. */
export function storedTheme(): Theme {
  const stored = recall(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function storeTheme(theme: Theme): void {
  remember(KEY, theme);
  applyTheme(theme);
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** Reads a note of an earlier visit; browsers may keep none. */
export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a note for the next visit, where the browser lets us. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private windows may refuse; the page works all the same.
  }
}
