import { z } from 'zod';
import { OrgId, SourceId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

const ASource = z.object({ source: SourceId });

/** Connects a calendar that was found; its key waits with us and is not in here. */
export const connectFound = defineAction('sources.connect', ASource, 'anyone');
export const cancelFound = defineAction('sources.cancel', ASource, 'anyone');

export const showSource = defineAction('sources.show', ASource, 'anyone');
export const syncSource = defineAction('sources.sync', ASource, 'anyone');
/** Asks once. */
export const askToDisconnect = defineAction('sources.ask-disconnect', ASource, 'anyone');
export const confirmDisconnect = defineAction('sources.disconnect', ASource, 'anyone');

/** A page of an org's calendars. */
export const sourcesPage = defineAction(
  'sources.page',
  z.object({ org: OrgId, page: z.number().int().min(0).max(1_000) }),
  'anyone',
);
