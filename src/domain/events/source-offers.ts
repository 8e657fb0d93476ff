import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import type { OrgId, SourceId } from '../ids.js';
import type { SourceCalendar } from './event-source.js';
import type { SealedAccess } from './source.js';

/** A calendar that was tried and may be connected. The key in it is sealed already, for the row it would stand in. */
export interface SourceOffer {
  id: SourceId;
  orgId: OrgId;
  access: SealedAccess;
  calendar: SourceCalendar;
}

/** How long an offer waits for its Connect, in minutes. */
const KEPT_MINUTES = 30;
const MOST_KEPT = 500;

/** Offers that wait for a tap: in memory alone, so that nothing is stored before somebody says so. */
export function createSourceOffers({ clock }: { clock: Clock }) {
  const kept = new Map<SourceId, { offer: SourceOffer; until: DateTime }>();
  return {
    keep(offer: SourceOffer): void {
      const now = clock.now();
      for (const [id, { until }] of kept) if (until <= now || kept.size >= MOST_KEPT) kept.delete(id);
      kept.set(offer.id, { offer, until: now.plus({ minutes: KEPT_MINUTES }) });
    },
    find(id: SourceId): SourceOffer | undefined {
      const found = kept.get(id);
      return found && found.until > clock.now() ? found.offer : undefined;
    },
    drop: (id: SourceId): void => void kept.delete(id),
  };
}
