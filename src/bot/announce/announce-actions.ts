import { z } from 'zod';
import { OrgId, SourceId } from '../../domain/ids.js';
import { SpaceRef } from '../../domain/orgs/rights.js';
import { defineAction } from '../actions.js';

/** One space of an org; the service asks again whether its admin is asking. */
const ASpace = z.object({ org: OrgId, space: SpaceRef });

/**
 * Announces the next three events of a calendar. Offered after its first sync, which announces nothing by itself; the
 * service asks again whether an admin of its org is asking.
 */
export const announceNext = defineAction('announce.next', z.object({ source: SourceId }));

/** Shows a space's channels, to choose one. */
export const chooseChannel = defineAction('announce.choose', ASpace);
/** Behind that choice; the value is the channel's id. */
export const setChannel = defineAction('announce.set', ASpace);
export const announceOff = defineAction('announce.off', ASpace);
/** Takes an `off` back, or tries a lost channel again. */
export const announceOn = defineAction('announce.on', ASpace);
/** Begins to keep a space's own calendar in step; ending it asks once. */
export const beginMirror = defineAction('announce.mirror', ASpace);
export const askToEndMirror = defineAction('announce.ask-end-mirror', ASpace);
export const endMirror = defineAction('announce.end-mirror', ASpace);
export const showAnnouncements = defineAction('announce.show', z.object({ org: OrgId }), 'anyone');
