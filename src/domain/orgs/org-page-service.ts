import type { InTransaction } from '../repositories.js';
import type { Org, OrgSummary } from './org.js';
import type { SpaceRef } from './rights.js';

export type OrgPageService = ReturnType<typeof createOrgPageService>;

/** What an org's public page tells: no more of its members than their number. */
export interface OrgPage extends Pick<OrgSummary, 'org' | 'activeMembers'> {
  /** The servers and workspaces where it is at home. */
  spaces: SpaceRef[];
}

/** Where an org's page is on the web; nowhere, as far as we know, without the address that we are reached at. */
export function orgPageUrl(publicUrl: string | undefined, { slug }: Pick<Org, 'slug'>): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}/o/${slug}`;
}

/** Slugs are lower-case ASCII with hyphens, at most 50 characters (product.md section 12, "Orgs"). */
const SLUG = /^[a-z0-9][a-z0-9-]{0,49}$/;

/** What the web shows of orgs, to anyone. */
export function createOrgPageService({ inTransaction }: { inTransaction: InTransaction }) {
  return {
    /** The org of that very slug, unlisted ones too; nothing for one that does not exist or that an operator has hidden. */
    async find(slug: string): Promise<OrgPage | undefined> {
      if (!SLUG.test(slug)) return undefined;
      return inTransaction(
        async ({ orgs, spaces }) => {
          const id = await orgs.findIdBySlug(slug);
          const summary = id && (await orgs.findSummary(id, undefined));
          if (!summary || summary.org.isHidden) return undefined;
          const { org, activeMembers } = summary;
          return { org, activeMembers, spaces: await spaces.list(org.id) };
        },
        { isReadOnly: true },
      );
    },
  };
}
