import { z } from 'zod';
import { OrgId, RequestId } from '../../domain/ids.js';
import { defineAction } from '../actions.js';

const Page = z.number().int().min(0).max(10_000);
/** `page` is the page of the list that the tap was made in; nothing on a card of its own. */
const ARequest = z.object({ request: RequestId, page: Page.optional() });

// Whoever manages a space may answer without being a member; the service decides.
export const requestsPage = defineAction('requests.page', z.object({ org: OrgId, page: Page }), 'anyone');
export const approveRequest = defineAction('requests.approve', ARequest, 'anyone');
/** Asks once. */
export const askToDecline = defineAction('requests.ask-decline', ARequest, 'anyone');
export const confirmDecline = defineAction('requests.decline', ARequest, 'anyone');
/** Takes the question back. */
export const keepRequest = defineAction('requests.keep', ARequest, 'anyone');
