import type { Clock } from '../../shared/clock.js';
import { tidyLine } from '../../shared/tidy-text.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import { type OrgId, randomId } from '../ids.js';
import type { Org } from '../orgs/org.js';
import { type OrgAsked, orgForAdmin } from '../orgs/org-for-admin.js';
import type { Rights } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import {
  type FeedbackQuestion,
  LEAST_CHOICES,
  MOST_CHOICE,
  MOST_CHOICES,
  MOST_QUESTION,
  MOST_QUESTIONS,
} from './feedback.js';
import type { FeedbackSettings } from './feedback-settings.js';

/** What an org asks of those who came, in its admins' hands. */
export interface ShownFeedbackSettings {
  org: Org;
  settings: FeedbackSettings;
}

/** A question as an admin wrote it. */
export type WrittenQuestion = Omit<FeedbackQuestion, 'id'>;

export type FeedbackSettingsService = ReturnType<typeof createFeedbackSettingsService>;

/** What an org asks of those who came, when, and who sees the answers. What was answered already stays as it is. */
export function createFeedbackSettingsService({
  inTransaction,
  clock,
}: {
  inTransaction: InTransaction;
  clock: Clock;
}) {
  const changing = (
    orgId: OrgId,
    rights: Rights,
    change: (before: FeedbackSettings, org: Org) => FeedbackSettings,
  ): Promise<ShownFeedbackSettings> =>
    inTransaction(async (repositories) => {
      const org = await orgForAdmin(repositories.orgs, orgId, rights);
      const before = await repositories.feedbackSettings.get(org.id);
      const settings = change(before, org);
      await keep(repositories, { org, before, settings, rights });
      return { org, settings };
    });

  /** Writes what is new, with one entry of the audit log for each setting that really changes. */
  const keep = async (
    { feedbackSettings, audit }: Repositories,
    { org, before, settings, rights }: ShownFeedbackSettings & { before: FeedbackSettings; rights: Rights },
  ): Promise<void> => {
    const changed = FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(settings[field]));
    if (changed.length === 0) return;
    await feedbackSettings.save(org.id, settings);
    for (const field of changed) {
      await audit.add({
        orgId: org.id,
        actor: auditActor(rights),
        action: 'feedback.edited',
        subject: { kind: 'text', text: field },
        before: auditValue(before, field),
        after: auditValue(settings, field),
        at: clock.now(),
      });
    }
  };

  return {
    /** @throws DomainError as `orgForAdmin` does. */
    async show(asked: OrgAsked, rights: Rights): Promise<ShownFeedbackSettings> {
      return inTransaction(
        async ({ orgs, feedbackSettings }) => {
          const org = await orgForAdmin(orgs, asked, rights);
          return { org, settings: await feedbackSettings.get(org.id) };
        },
        { isReadOnly: true },
      );
    },

    /** Changes when people are asked, who sees what they say from now on, or whether admins get recaps. @throws as `show` does. */
    async change(
      orgId: OrgId,
      change: Partial<Omit<FeedbackSettings, 'questions'>>,
      rights: Rights,
    ): Promise<ShownFeedbackSettings> {
      return changing(orgId, rights, (before) => ({ ...before, ...change }));
    },

    /**
     * One question to be changed, with its place.
     *
     * @throws DomainError `feedback.question-gone`, and as `show` does.
     */
    async getQuestion(
      orgId: OrgId,
      id: string,
      rights: Rights,
    ): Promise<ShownFeedbackSettings & { question: FeedbackQuestion; place: number }> {
      const shown = await this.show(orgId, rights);
      const place = placeOf(shown.settings, id, shown.org);
      return { ...shown, place, question: shown.settings.questions[place] as FeedbackQuestion };
    },

    /**
     * Adds a question at the end. The first one takes the place of the usual one.
     *
     * @throws DomainError `feedback.full`, `feedback.same-question`, `feedback.few-choices`, and as `show` does.
     */
    async addQuestion(orgId: OrgId, written: WrittenQuestion, rights: Rights): Promise<ShownFeedbackSettings> {
      return changing(orgId, rights, (before, org) => {
        if (before.questions.length >= MOST_QUESTIONS) throw new DomainError({ code: 'feedback.full', org: org.id });
        const question = { ...tidied(written), id: randomId() };
        return { ...before, questions: withQuestion(before.questions, before.questions.length, question) };
      });
    },

    /** Words a question otherwise. @throws DomainError `feedback.question-gone`, and as `addQuestion` does. */
    async editQuestion(
      orgId: OrgId,
      id: string,
      written: WrittenQuestion,
      rights: Rights,
    ): Promise<ShownFeedbackSettings> {
      return changing(orgId, rights, (before, org) => {
        const place = placeOf(before, id, org);
        return { ...before, questions: withQuestion(before.questions, place, { ...tidied(written), id }) };
      });
    },

    /** Asks it no more; after the last one the usual question is asked again. Safe to repeat. @throws as `show` does. */
    async removeQuestion(orgId: OrgId, id: string, rights: Rights): Promise<ShownFeedbackSettings> {
      return changing(orgId, rights, (before) => ({
        ...before,
        questions: before.questions.filter((question) => question.id !== id),
      }));
    },

    /**
     * Moves a question to a place, counted from 0, so that a second tap changes nothing.
     *
     * @throws DomainError `feedback.question-gone`, and as `show` does.
     */
    async moveQuestion(orgId: OrgId, id: string, to: number, rights: Rights): Promise<ShownFeedbackSettings> {
      return changing(orgId, rights, (before, org) => {
        const question = before.questions[placeOf(before, id, org)] as FeedbackQuestion;
        const others = before.questions.filter((one) => one !== question);
        return { ...before, questions: [...others.slice(0, to), question, ...others.slice(to)] };
      });
    },
  };
}

const FIELDS = ['visibility', 'questions', 'promptAfterHours', 'sendsRecaps'] as const;
export type FeedbackField = (typeof FIELDS)[number];

/** As the audit log keeps it, in plain JSON: of questions their words. */
function auditValue(settings: FeedbackSettings, field: FeedbackField): unknown {
  return field === 'questions' ? settings.questions.map(({ text }) => text) : settings[field];
}

function placeOf({ questions }: FeedbackSettings, id: string, org: Org): number {
  const place = questions.findIndex((question) => question.id === id);
  if (place < 0) throw new DomainError({ code: 'feedback.question-gone', org: org.id });
  return place;
}

/** The questions with one in this place. Answers go by the words of a question, so no two have the same. */
function withQuestion(before: readonly FeedbackQuestion[], place: number, question: FeedbackQuestion) {
  const others = before.filter((_, position) => position !== place);
  if (others.some(({ text }) => text === question.text)) throw new DomainError({ code: 'feedback.same-question' });
  if (question.kind === 'choice' && question.choices.length < LEAST_CHOICES) {
    throw new DomainError({ code: 'feedback.few-choices' });
  }
  return [...before.slice(0, place), question, ...before.slice(place + 1)];
}

function tidied({ kind, text, choices }: WrittenQuestion): WrittenQuestion {
  const tidy = choices.map((choice) => tidyLine(choice, MOST_CHOICE)).filter(Boolean);
  return {
    kind,
    text: tidyLine(text, MOST_QUESTION),
    choices: kind === 'choice' ? [...new Set(tidy)].slice(0, MOST_CHOICES) : [],
  };
}
