import { z } from 'zod';
import { SpaceRef } from '../orgs/rights.js';

/** A channel of a server or workspace, by the platform's own ids. */
export const ChannelRef = SpaceRef.extend({ channelId: z.string().min(1).max(100) });
export type ChannelRef = z.infer<typeof ChannelRef>;
