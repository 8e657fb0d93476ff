import { z } from 'zod';
import { OrgId } from '../../domain/ids.js';
import { ORG_TYPES } from '../../domain/orgs/org.js';
import { defineAction } from '../actions.js';

/** What was told so far; `isSureOfName` once they chose to go on beside an org of a like name. */
export const Told = z.object({
  name: z.string().max(200),
  city: z.string().max(200).optional(),
  type: z.enum(ORG_TYPES).optional(),
  isSureOfName: z.boolean().optional(),
});
export type Told = z.infer<typeof Told>;

/** Goes on with what was told: with the city that was meant, or in spite of a like name. */
export const goOn = defineAction('setup.go-on', Told);
/** Connects the space to an org of theirs instead of making another. */
export const connectInstead = defineAction('setup.connect-instead', z.object({ org: OrgId }));
export const cancelSetup = defineAction('setup.cancel', z.object({}), 'anyone');
