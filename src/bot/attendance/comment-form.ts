import { z } from 'zod';
import type { ShownAttendance } from '../../domain/attendance/attendance-service.js';
import {
  type FeedbackAnswer,
  FeedbackQuestion,
  FeedbackVisibility,
  MOST_ANSWER,
  MOST_QUESTIONS,
  MOST_STARS,
  USUAL_QUESTIONS,
} from '../../domain/attendance/feedback.js';
import { EventId } from '../../domain/ids.js';
import type { MemberActor } from '../actor.js';
import {
  choiceField,
  defineForm,
  type Form,
  type FormField,
  type FormInstance,
  lineField,
  onForm,
  paragraphField,
} from '../forms.js';
import type { Reply } from '../reply.js';
import { starsWords } from './attendance-words.js';

/** What somebody was asked and promised as the form opened, which counts though the org asks otherwise by now. */
const Asked = z.object({
  questions: z
    .array(FeedbackQuestion)
    .min(1)
    .max(MOST_QUESTIONS)
    .default([...USUAL_QUESTIONS]),
  as: FeedbackVisibility.optional(),
});
const OnEvent = Asked.extend({ event: EventId });

const COMMENT = { name: 'attendance.comment', payload: OnEvent };
const PREVIEW = { name: 'attendance.comment-preview', payload: Asked };

/** Comments on an event that one came to, as the org asks for them; an empty form takes back what was written. */
export function commentForm(
  handler: (actor: MemberActor, payload: z.output<typeof OnEvent>, values: Record<string, string>) => Promise<Reply>,
): Form {
  return ownForm(COMMENT, handler);
}

/** The same form, of which nothing is stored. */
export function previewForm(handler: (actor: MemberActor) => Promise<Reply>): Form {
  return ownForm(PREVIEW, handler);
}

/** The form with what was written before. */
export function filledCommentForm({ event, feedback, questions, visibility }: ShownAttendance): FormInstance {
  const asked = { questions: [...questions], as: visibility, event: event.id };
  const before = new Map(feedback?.answers.map(({ question, answer }) => [question, answer]));
  const initial = questions.map((question) => [question.id, rawOf(question, before.get(question.text))] as const);
  return definedBy(COMMENT, asked).with(asked, Object.fromEntries(initial));
}

/** The form as members will see it, for those who make it. */
export function filledPreview(asked: z.input<typeof Asked>): FormInstance {
  return definedBy(PREVIEW, asked).with(asked);
}

/** An answer as it stands in its field; none that there is not to choose any more. */
function rawOf({ kind, choices }: FeedbackQuestion, answer: string | undefined): string | undefined {
  if (kind !== 'choice' || answer === undefined) return answer;
  const place = choices.indexOf(answer);
  return place < 0 ? undefined : `c${place}`;
}

/** An answer as it is read: stars as stars. */
export function answerWords({ kind, answer }: FeedbackAnswer): string {
  return kind === 'stars' ? starsWords(Number(answer)) : answer;
}

interface Kind<P extends typeof Asked> {
  name: string;
  payload: P;
}

interface Put {
  questions?: readonly FeedbackQuestion[] | undefined;
  as?: FeedbackVisibility | undefined;
}

/** The form that puts these questions. Which they are comes with each form, so that it is read as it was put. */
function definedBy<P extends typeof Asked>({ name, payload }: Kind<P>, { questions = USUAL_QUESTIONS, as }: Put) {
  return defineForm({ name, payload, title: 'Your comment', fields: fieldsOf(questions, as) });
}

function fieldsOf(questions: readonly FeedbackQuestion[], as: FeedbackVisibility | undefined) {
  return Object.fromEntries(
    questions.map((question, position) => [
      question.id,
      fieldOf(question, position === 0 ? PROMISES_SHORT[as ?? 'attributed'] : undefined),
    ]),
  );
}

/** Fits under the label of an input. */
const PROMISES_SHORT: Readonly<Record<FeedbackVisibility, string>> = {
  attributed: 'The organisers read it, with your name.',
  anonymous: 'The organisers read it without your name, once three people have said something.',
  aggregated: 'The organisers see averages and counts alone.',
};

function fieldOf({ kind, text, choices }: FeedbackQuestion, promise: string | undefined): FormField<string> {
  const hint = promise === undefined ? {} : { hint: promise };
  switch (kind) {
    case 'text':
      return paragraphField(text, { most: MOST_ANSWER, ...hint });
    case 'line':
      return lineField(text, { most: MOST_LINE, ...hint });
    case 'choice':
      return readAs(choiceField(text, byPlace(choices), hint), (place) => choices[placeOf(place)] ?? '');
    case 'stars':
      return readAs(choiceField(text, STARS, hint), (stars) => stars);
  }
}

const MOST_LINE = 200;

const STARS = Object.fromEntries(
  Array.from({ length: MOST_STARS }, (_, position) => [String(position + 1), starsWords(position + 1)]),
);

/** Choices by their place, as they are read in this order and may be anything. */
const byPlace = (choices: readonly string[]) =>
  Object.fromEntries(choices.map((choice, place) => [`c${place}`, choice]));
const placeOf = (value: string): number => Number(value.slice(1));

function readAs(field: FormField<string | undefined>, answerOf: (value: string) => string): FormField<string> {
  return {
    ...field,
    read(raw) {
      const read = field.read(raw);
      return read.ok ? { ok: true, value: read.value === undefined ? '' : answerOf(read.value) } : read;
    },
  };
}

/** A form whose questions come with its payload. */
function ownForm<P extends typeof Asked>(
  kind: Kind<P>,
  handler: (actor: MemberActor, payload: z.output<P>, values: Record<string, string>) => Promise<Reply>,
): Form {
  const put = (payload: unknown) => {
    const asked = kind.payload.safeParse(payload);
    return asked.success ? onForm(definedBy(kind, asked.data), handler) : undefined;
  };
  return {
    ...onForm(definedBy(kind, {}), handler),
    again: (payload, raw) => (put(payload) ?? onForm(definedBy(kind, {}), handler)).again(payload, raw),
    submit: (actor, payload, raw) => put(payload)?.submit(actor, payload, raw) ?? 'bad-payload',
  };
}
