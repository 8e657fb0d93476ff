import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { fold } from '../../shared/fold.js';
import { DomainError } from '../errors.js';
import { EVENT_TYPES, type EventType } from '../events/event.js';
import type { MemberId, OrgId } from '../ids.js';
import { usableCity, zoneOfMember } from '../members/location.js';
import type { Member } from '../members/member.js';
import type { Org } from '../orgs/org.js';
import { resolveOrg } from '../orgs/orgs-service.js';
import type { Places } from '../places/places.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type Choices, type Frequency, REMINDERS, type Reminder } from './choices.js';
import { replanDigest } from './digest-planning.js';
import type { QuietHours } from './quiet-hours.js';
import { type WillHear, willHear } from './will-hear.js';
import { findZone, suggestZones } from './zone-names.js';

/** An org of a member's, and whether they want to hear of its new events. */
export interface HeardOrg {
  org: Org;
  isMuted: boolean;
}

/** Everything a member chose to hear, and what comes of it next. */
export interface Settings {
  member: Member;
  choices: Choices;
  /** The IANA name their days are reckoned in. */
  zone: string;
  orgs: HeardOrg[];
  next: WillHear;
  /** The moment for which all this holds. */
  now: DateTime;
}

/** Settings after a change, with what it took the place of. */
export interface ChangedSettings {
  before: { member: Member; choices: Choices };
  settings: Settings;
}

export type ChoicesService = ReturnType<typeof createChoicesService>;

/** What members want to hear and when; each may change their own. */
export function createChoicesService({
  inTransaction,
  clock,
  places,
}: {
  inTransaction: InTransaction;
  clock: Clock;
  places: Places;
}) {
  /** Changes what a member chose or where they are, with the next digest that follows from it. */
  const change = (memberId: MemberId, apply: (repositories: Repositories, before: Parts) => Promise<void>) =>
    inTransaction(async (repositories): Promise<ChangedSettings> => {
      const now = clock.now();
      const before = await partsOf(repositories, memberId);
      await apply(repositories, before);
      await replanDigest(repositories, memberId, now);
      return { before, settings: await settingsOf(repositories, memberId, now) };
    });

  const choose = (memberId: MemberId, news: Partial<Choices>) =>
    change(memberId, ({ choices }, before) => choices.save({ ...before.choices, ...news }));

  const setMuted = (memberId: MemberId, orgId: OrgId, isMuted: boolean): Promise<{ org: Org; settings: Settings }> =>
    inTransaction(async (repositories) => {
      const now = clock.now();
      const org = await repositories.orgs.getVisible(orgId);
      const membership = await repositories.orgs.findMembership(orgId, memberId);
      if (membership?.status !== 'active') throw notYours(org);
      await repositories.choices.setMutedAt(orgId, memberId, isMuted ? now : undefined);
      return { org, settings: await settingsOf(repositories, memberId, now) };
    });

  return {
    /** What a member chose, and what they hear next. */
    async show(memberId: MemberId): Promise<Settings> {
      return inTransaction((repositories) => settingsOf(repositories, memberId, clock.now()), { isReadOnly: true });
    },

    /** How often the member hears of new events. Safe to repeat. */
    setFrequency: (memberId: MemberId, frequency: Frequency) => choose(memberId, { frequency }),

    /** The member's usual reminders; none of them for none at all. Safe to repeat. */
    setReminders: (memberId: MemberId, reminders: readonly Reminder[]) =>
      choose(memberId, { reminders: REMINDERS.filter((one) => reminders.includes(one)) }),

    /** The types of events that are told as new; all that there are, or none named, means later ones too. */
    setTypes: (memberId: MemberId, types: readonly EventType[] | undefined) =>
      choose(memberId, { types: narrowed(types) }),

    /** When the member is left alone, in their zone; nothing turns it off. Safe to repeat. */
    setQuietHours: (memberId: MemberId, quietHours: QuietHours | undefined) => choose(memberId, { quietHours }),

    /**
     * Sets the member's zone by its IANA name or by a city. The next digest moves with it. Safe to repeat.
     *
     * @throws DomainError `zones.unknown` with up to three near ones.
     */
    async setZone(memberId: MemberId, text: string): Promise<ChangedSettings> {
      const match = await findZone(text, places);
      if (match.kind === 'unknown') {
        throw new DomainError({ code: 'zones.unknown', asked: text, nearest: match.nearest });
      }
      return change(memberId, ({ members }) => members.updateZone(memberId, match.zone));
    },

    /** Zones to offer while somebody types, with the city that was meant where the name does not say it. */
    suggestZones: (text: string, most: number) => suggestZones(text, places, most),

    /**
     * Whether a member without a zone is to be asked for it now, which is done once: the second time says no.
     *
     * @returns the city's zone to offer, if it is known and may be used.
     */
    async askForZone(memberId: MemberId): Promise<{ offered: string | undefined } | undefined> {
      return inTransaction(async (repositories) => {
        const { member, choices } = await partsOf(repositories, memberId);
        if (member.zone !== undefined || choices.zoneAskedAt) return undefined;
        await repositories.choices.save({ ...choices, zoneAskedAt: clock.now() });
        return { offered: usableCity(member)?.zone };
      });
    },

    /**
     * The org of the member's own that they mean.
     *
     * @throws DomainError `orgs.unknown`, `orgs.ambiguous`, `orgs.not-yours`.
     */
    async findOwnOrg(memberId: MemberId, text: string): Promise<Org> {
      return inTransaction(
        async ({ orgs }) => {
          const asked = fold(text);
          const own = (await orgs.listOfMember(memberId)).filter(({ standing }) => standing === 'active');
          const bySlug = own.find(({ org }) => org.slug === asked);
          const byName = own.filter(({ org }) => fold(org.name) === asked);
          const [only] = bySlug ? [bySlug] : byName.length === 1 ? byName : [];
          if (only) return only.org;
          const org = await resolveOrg(orgs, text);
          if (own.some(({ org: { id } }) => id === org.id)) return org;
          throw notYours(org);
        },
        { isReadOnly: true },
      );
    },

    /** No more of this org's new events. @throws DomainError `orgs.not-yours`, `orgs.gone`. Safe to repeat. */
    mute: (memberId: MemberId, orgId: OrgId) => setMuted(memberId, orgId, true),

    /** Its new events again. @throws DomainError `orgs.not-yours`, `orgs.gone`. Safe to repeat. */
    unmute: (memberId: MemberId, orgId: OrgId) => setMuted(memberId, orgId, false),
  };
}

function narrowed(types: readonly EventType[] | undefined): EventType[] | undefined {
  const chosen = EVENT_TYPES.filter((type) => types?.includes(type));
  return chosen.length === 0 || chosen.length === EVENT_TYPES.length ? undefined : chosen;
}

const notYours = ({ id, name }: Org) => new DomainError({ code: 'orgs.not-yours', orgName: name, orgId: id });

type Parts = Awaited<ReturnType<typeof partsOf>>;

async function partsOf({ members, choices }: Pick<Repositories, 'members' | 'choices'>, memberId: MemberId) {
  return { member: await members.get(memberId), choices: await choices.get(memberId) };
}

async function settingsOf(repositories: Repositories, memberId: MemberId, now: DateTime): Promise<Settings> {
  const { member, choices } = await partsOf(repositories, memberId);
  const muted = new Set(await repositories.choices.listMuted(memberId));
  const own = await repositories.orgs.listOfMember(memberId);
  return {
    member,
    choices,
    zone: zoneOfMember(member),
    orgs: own.filter(({ standing }) => standing === 'active').map(({ org }) => ({ org, isMuted: muted.has(org.id) })),
    next: await willHear(repositories, member, choices, now),
    now,
  };
}
