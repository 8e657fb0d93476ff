import type { webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { callFailure } from './slack-errors.js';
import { within } from './within.js';

/** What Slack tells of a person, as far as it matters. */
export interface Person {
  displayName: string | undefined;
  /** BCP 47. */
  locale: string;
  zone: string | undefined;
  /** Admin or owner of the workspace. */
  managesWorkspace: boolean;
  /** From another workspace, met in a shared channel. */
  isStranger: boolean;
  /** Their confirmed address, where the workspace lets us see it. Kept in memory alone. */
  email: string | undefined;
}

const CACHED_MS = 10 * 60 * 1000;
/** A refusal, such as a missing right, will not be another one a second later. */
const REFUSED_MS = 60 * 1000;
const MOST_CACHED = 20_000;

const UNKNOWN: Person = {
  displayName: undefined,
  locale: 'en',
  zone: undefined,
  managesWorkspace: false,
  isStranger: false,
  email: undefined,
};

export interface People {
  /**
   * Who that is. When Slack does not say in time, somebody without zone and without rights: people get their answer all
   * the same. Those who ask at once share one call.
   */
  find(teamId: string, accountId: string): Promise<Person>;
  /** Slack said that something about them changed, or the person is to be forgotten. */
  forget(teamId: string, accountId: string): void;
  /** Installations changed: what could not be asked before may be answered now. */
  forgetAll(): void;
}

export function createPeople(parts: {
  clientFor: (teamId: string) => webApi.WebClient;
  lookupMs: number;
  logger: Logger;
}): People {
  const known = new LRUCache<string, Person>({ max: MOST_CACHED, ttl: CACHED_MS, ttlResolution: 1000 });
  const asking = new Map<string, Promise<Person>>();

  const ask = async (teamId: string, user: string): Promise<Person> => {
    const { user: told } = await parts.clientFor(teamId).users.info({ user, include_locale: true });
    return toPerson(told);
  };

  /** One call for all who ask meanwhile. What was asked before a change is used, and not kept. */
  const askOnce = (key: string, teamId: string, accountId: string): Promise<Person> => {
    const already = asking.get(key);
    if (already) return already;
    const asked: Promise<Person> = ask(teamId, accountId)
      .then((person) => {
        if (asking.get(key) === asked) known.set(key, person);
        return person;
      })
      .catch((error: unknown) => {
        parts.logger.warn({ error: errorFacts(error) }, 'slack: users.info did not answer');
        if (callFailure(error).kind === 'refused') known.set(key, UNKNOWN, { ttl: REFUSED_MS });
        return UNKNOWN;
      })
      .finally(() => {
        if (asking.get(key) === asked) asking.delete(key);
      });
    asking.set(key, asked);
    return asked;
  };

  return {
    async find(teamId, accountId) {
      const key = `${teamId}/${accountId}`;
      return known.get(key) ?? (await within(askOnce(key, teamId, accountId), parts.lookupMs)) ?? UNKNOWN;
    },
    forget(teamId, accountId) {
      const key = `${teamId}/${accountId}`;
      known.delete(key);
      asking.delete(key);
    },
    forgetAll() {
      known.clear();
      asking.clear();
    },
  };
}

function toPerson(user: webApi.UsersInfoResponse['user']): Person {
  const { profile } = user ?? {};
  return {
    displayName: [profile?.display_name, profile?.real_name, user?.real_name].find((name) => name?.trim()),
    locale: user?.locale ?? 'en',
    zone: user?.tz,
    managesWorkspace: Boolean(user?.is_admin || user?.is_owner || user?.is_primary_owner),
    isStranger: Boolean(user?.is_stranger),
    email: user?.is_email_confirmed === false ? undefined : profile?.email,
  };
}
