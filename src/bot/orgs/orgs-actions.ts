import { z } from 'zod';
import { OrgId } from '../../domain/ids.js';
import { ORG_TYPES } from '../../domain/orgs/org.js';
import { defineAction } from '../actions.js';

const AnOrg = z.object({ org: OrgId });
/** With the code of an invite, for those who came with one. */
const AnOrgToJoin = z.object({ org: OrgId, code: z.string().max(20).optional() });

/** The filters of a directory page, with the page. */
export const BrowsePage = z.object({
  query: z.string().max(100).optional(),
  city: z.string().max(200).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  type: z.enum(ORG_TYPES).optional(),
  near: z.string().max(200).optional(),
  page: z.number().int().min(0).max(100_000),
});

export const browsePage = defineAction('orgs.browse', BrowsePage, 'anyone');
/** From the suggestions: the stored city may be used from now on. */
export const turnLocationOn = defineAction('orgs.location-on', z.object({}));
export const showOrg = defineAction('orgs.show', AnOrg, 'anyone');
export const minePage = defineAction('orgs.mine', z.object({ page: z.number().int().min(0).max(10_000) }));
/** Asks for confirmation. */
export const askToJoin = defineAction('orgs.ask-join', AnOrgToJoin);
export const confirmJoin = defineAction('orgs.join', AnOrgToJoin);
/** Asks once. */
export const askToLeave = defineAction('orgs.ask-leave', AnOrg);
export const confirmLeave = defineAction('orgs.leave', AnOrg);
/** Takes a confirmation card back. */
export const cancel = defineAction('orgs.cancel', AnOrg, 'anyone');
