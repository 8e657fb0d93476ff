import { z } from 'zod';
import { SourceId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

/**
 * Announces the next three events of a calendar. Offered after its first sync, which announces nothing by itself; the
 * service asks again whether an admin of its org is asking.
 */
export const announceNext = defineAction('announce.next', z.object({ source: SourceId }));
