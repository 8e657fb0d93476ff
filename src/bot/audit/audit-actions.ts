import { z } from 'zod';
import { OrgId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

/** A page of an org's log. */
export const auditPage = defineAction(
  'audit.page',
  z.object({ org: OrgId, page: z.number().int().min(0).max(100_000) }),
  'anyone',
);
