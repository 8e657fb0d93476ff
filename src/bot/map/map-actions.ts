import { z } from 'zod';
import { defineAction } from '../actions.js';

/** Turns the map to the region that was chosen. */
export const mapRegion = defineAction('orgs.map-region', z.object({}), 'anyone');
