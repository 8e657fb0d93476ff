import { fold } from '../../shared/fold.js';

/** ISO 639-1. */
const CODES =
  'aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'.split(
    ' ',
  );

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** The English name of a language by its ISO 639-1 code; a code that is none stays as it is. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

const ALSO: Readonly<Record<string, string>> = { castilian: 'es', farsi: 'fa', mandarin: 'zh', flemish: 'nl' };

/** Each by its English name, the name it gives itself, and its code; made when first asked for, as it takes a while. */
let codes: ReadonlyMap<string, string> | undefined;

function codesByName(): ReadonlyMap<string, string> {
  codes ??= new Map(
    CODES.flatMap((code) => {
      const own = new Intl.DisplayNames([code], { type: 'language', fallback: 'code' }).of(code) ?? code;
      return [own, languageName(code), code].map((name) => [fold(name), code] as const);
    }),
  );
  return codes;
}

/** The language that a text names, by its English or own name or its code; its code (ISO 639-1). */
export function findLanguage(text: string): string | undefined {
  const folded = fold(text);
  return ALSO[folded] ?? codesByName().get(folded);
}
