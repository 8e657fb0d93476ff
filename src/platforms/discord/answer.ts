import { randomBytes } from 'node:crypto';
import { InteractionResponseType, MessageFlags } from 'discord.js';
import { sorryView } from '../../bot/error-view.js';
import { type Reply, show } from '../../bot/reply.js';
import type { View } from '../../bot/views.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { deferral, type FirstAnswer, type FormLater, firstAnswer, lateAnswer } from './answer-plan.js';
import type { Callback, Callbacks } from './callbacks.js';
import type { FollowUps } from './follow-ups.js';
import type { Incoming } from './parse-interaction.js';
import { renderForm } from './render-form.js';
import { type RenderParts, renderView } from './render-view.js';

/** How long a person waits for the whole answer before they get a sign that it is coming, in milliseconds. */
export const ANSWER_WITHIN_MS = 2_000;

/** One interaction to be answered. */
export interface Question {
  incoming: Incoming;
  /** How long ago Discord sent it, as far as can be told, in milliseconds. */
  ageMs: number;
  /** Does what was asked; called once, or never when nobody waits for it any more. */
  work: () => Promise<Reply>;
  formLater: FormLater;
}

/**
 * Answers interactions within Discord's 3 s: at once when the work is quick, else with a deferral and the answer later.
 *
 * @see https://docs.discord.com/developers/interactions/receiving-and-responding
 */
export function createAnswer(parts: {
  callbacks: Callbacks;
  followUps: FollowUps;
  render: RenderParts;
  logger: Logger;
  answerWithinMs?: number;
}) {
  const { callbacks, followUps, render, logger, answerWithinMs = ANSWER_WITHIN_MS } = parts;

  const callbackFor = async (answer: FirstAnswer): Promise<Callback> => {
    if (answer.kind === 'modal') {
      return { type: InteractionResponseType.Modal, data: await renderForm(answer.form, render.keptTexts) };
    }
    const { body, files } = await renderView(answer.view, render);
    if (answer.kind === 'update') return { type: InteractionResponseType.UpdateMessage, data: body, files };
    const flags = body.flags | (answer.isEphemeral ? MessageFlags.Ephemeral : 0);
    return { type: InteractionResponseType.ChannelMessageWithSource, data: { ...body, flags }, files };
  };

  const answerNow = async ({ incoming, formLater }: Question, reply: Reply): Promise<void> => {
    const send = async (answer: FirstAnswer) => callbacks.send(incoming, await callbackFor(answer));
    const called = await orSorry(send(firstAnswer(incoming, reply, formLater)));
    if (called !== 'refused') return;
    await send(firstAnswer(incoming, show(apology(incoming)), formLater));
  };

  const answerLater = async ({ incoming, formLater }: Question, reply: Reply): Promise<void> => {
    const { edit, add } = lateAnswer(incoming, reply, formLater);
    const put = async (view: View, send: 'edit' | 'add', isEphemeral: boolean) => {
      const message = await renderView(view, render);
      return send === 'edit' ? followUps.edit(message, incoming) : followUps.add(message, incoming, isEphemeral);
    };
    const edited = edit === undefined ? true : await orSorry(put(edit, 'edit', false));
    const added = add === undefined ? true : await orSorry(put(add.view, 'add', add.isEphemeral));
    if (isTaken(edited) && isTaken(added)) return;
    const place = edit === undefined ? 'add' : 'edit';
    await put(apology(incoming), place, !incoming.isDirect);
  };

  /** Whatever fails in drawing an answer is answered for as if Discord had refused it. */
  const orSorry = async <T>(attempt: Promise<T>): Promise<T | 'refused'> => {
    try {
      return await attempt;
    } catch (error) {
      logger.error({ error: errorFacts(error) }, 'an answer could not be drawn');
      return 'refused';
    }
  };

  const orApology = (incoming: Incoming, working: Promise<Reply>): Promise<Reply> =>
    working.catch((error: unknown) => {
      logger.error({ interaction: incoming.id, error: errorFacts(error) }, 'an interaction failed');
      return show(apology(incoming));
    });

  const apology = ({ id }: Incoming): View => {
    const reference = randomBytes(4).toString('hex');
    logger.error({ interaction: id, reference }, 'an apology stands in for an answer');
    return sorryView(reference);
  };

  /** Resolves when the person has been answered, or cannot be any more. */
  return async (question: Question): Promise<void> => {
    const { incoming, ageMs, work } = question;
    const patienceMs = answerWithinMs - ageMs;
    // So late that the answer may find nobody: then nothing is done before Discord has taken the deferral.
    if (patienceMs <= 0) {
      const called = await callbacks.send(incoming, deferral(incoming));
      if (called === 'accepted') await answerLater(question, await orApology(incoming, work()));
      return;
    }
    const working = orApology(incoming, work());
    const reply = await withinPatience(working, patienceMs);
    if (reply) return answerNow(question, reply);
    const called = await callbacks.send(incoming, deferral(incoming));
    const late = await working;
    if (called !== 'gone') await answerLater(question, late);
  };
}

export type AnswerInteraction = ReturnType<typeof createAnswer>;

function isTaken(outcome: boolean | 'refused'): boolean {
  return outcome === true;
}

async function withinPatience<T>(working: Promise<T>, patienceMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([working, patience]);
  } finally {
    clearTimeout(timer);
  }
}
