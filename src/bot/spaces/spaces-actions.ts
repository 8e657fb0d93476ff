import { z } from 'zod';
import { OrgId } from '../../domain/ids.js';
import { SpaceRef } from '../../domain/orgs/rights.js';
import { defineAction } from '../actions.js';

const ASpace = z.object({ org: OrgId, space: SpaceRef });

/** Asks once. */
export const askToDisconnect = defineAction('spaces.ask-disconnect', ASpace);
export const confirmDisconnect = defineAction('spaces.disconnect', ASpace);
