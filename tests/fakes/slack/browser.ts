/** A page as somebody sees it. */
export interface Page {
  status: number;
  url: string;
  html: string;
  /** Its words, without the marks. */
  text: string;
  headers: Headers;
}

const MOST_REDIRECTS = 10;

/** Somebody's web browser, without JavaScript: it keeps cookies, and follows redirects and the links it is told to. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** Types an address. */
  async opens(url: string): Promise<Page> {
    let address = new URL(url);
    for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
      const headers = { cookie: this.#cookiesFor(address), connection: 'close' };
      const response = await fetch(address, { redirect: 'manual', headers });
      this.#keep(address, response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (location === null) return seen(response, address.href);
      address = new URL(location, address);
    }
    throw new Error(`${url} leads on and on.`);
  }

  /** Follows the link with these words on it. */
  async follows(page: Page, words: string): Promise<Page> {
    const links = [...page.html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gsu)];
    const link = links.find(([, , label = '']) => plain(label) === words);
    if (!link) throw new Error(`No link "${words}" among: ${links.map(([, , label = '']) => plain(label)).join(', ')}`);
    return this.opens(new URL(unescaped(link[1] ?? ''), page.url).href);
  }

  forgetsCookies(): void {
    this.#cookies.clear();
  }

  #cookiesFor({ host }: URL): string {
    return [...(this.#cookies.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep({ host }: URL, set: string[]): void {
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    for (const cookie of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      const expires = /expires=([^;]+)/i.exec(cookie)?.[1];
      if (expires && Date.parse(expires) < Date.now()) jar.delete(name);
      else jar.set(name, value);
    }
  }
}

async function seen(response: Response, url: string): Promise<Page> {
  const html = await response.text();
  const body = html.replace(/<(style|script)>.*?<\/\1>/gsu, '');
  return { status: response.status, url, html, text: plain(body), headers: response.headers };
}

function plain(html: string): string {
  const spaced = html.replace(/<(?:\/(?:p|li|h\d|title)|br)[^>]*>/gu, ' ');
  return unescaped(spaced.replace(/<[^>]*>/gu, ''))
    .replace(/\s+/gu, ' ')
    .trim();
}

function unescaped(text: string): string {
  const named = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
  const numbered = text.replace(/&#(\d+);/gu, (_whole, code: string) => String.fromCodePoint(Number(code)));
  return Object.entries(named).reduce((words, [from, to]) => words.replaceAll(from, to), numbered);
}
