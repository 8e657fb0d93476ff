import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { lookupOption, type Option } from '../options.js';

const MOST_SUGGESTIONS = 25;

/** An org by its name, which is offered while one types; what is sent is its slug, or whatever was typed. */
export function orgOption(orgs: Pick<OrgsService, 'suggest'>, description: string): Option<string, false> {
  const suggest = async (_actor: unknown, text: string) =>
    (await orgs.suggest(text, MOST_SUGGESTIONS)).map(({ name, slug, place }) => ({
      value: slug,
      label: `${name} · ${place}`,
    }));
  return lookupOption(description, suggest, { example: 'BAISH' });
}
