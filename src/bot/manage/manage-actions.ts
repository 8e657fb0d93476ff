import { z } from 'zod';
import { OrgId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

/** One org; each service asks again whether its admin is asking. */
export const AnOrg = z.object({ org: OrgId });

export const showSettings = defineAction('manage.show', AnOrg, 'anyone');
/** Open the two forms of `/manage edit`. */
export const editDetails = defineAction('manage.edit-details', AnOrg);
export const editListing = defineAction('manage.edit-listing', AnOrg);
