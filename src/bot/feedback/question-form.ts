import {
  type FeedbackQuestion,
  MOST_CHOICE,
  MOST_CHOICES,
  MOST_QUESTION,
  type QuestionKind,
} from '../../domain/attendance/feedback.js';
import type { OrgId } from '../../domain/ids.js';
import { choiceField, defineForm, type FormField, type FormInstance, lineField } from '../forms.js';
import { AnOrg } from '../manage/manage-actions.js';
import { AQuestion } from './feedback-actions.js';
import { QUESTION_KIND_LABELS } from './feedback-words.js';

const fields = {
  text: lineField('Question', { most: MOST_QUESTION, isRequired: true, placeholder: 'What would you like next?' }),
  kind: choiceField('How it is answered', QUESTION_KIND_LABELS),
  choices: choicesField(),
};
const common = {
  access: 'anyone' as const,
  fields,
  fieldFor: { 'feedback.same-question': 'text', 'feedback.few-choices': 'choices' } as const,
};

export const newQuestionForm = defineForm({
  name: 'feedback.new-question',
  payload: AnOrg,
  title: 'A new question',
  ...common,
});

export const questionForm = defineForm({
  name: 'feedback.question',
  payload: AQuestion,
  title: 'The question',
  ...common,
});

/** The form with the question as it stands. */
export function filledQuestion(orgId: OrgId, { id, text, kind, choices }: FeedbackQuestion): FormInstance {
  return questionForm.with({ org: orgId, question: id }, { text, kind, choices: choices.join('\n') });
}

/** What was written; a text to write in where no kind was chosen. */
export function writtenQuestion(values: { text: string; kind: QuestionKind | undefined; choices: string[] }) {
  return { ...values, kind: values.kind ?? ('text' as const) };
}

function choicesField(): FormField<string[]> {
  return {
    label: 'What there is to choose from',
    hint: `For a choice only: one a line, up to ${MOST_CHOICES}`,
    isRequired: false,
    input: {
      kind: 'paragraph',
      most: MOST_CHOICES * (MOST_CHOICE + 1),
      placeholder: 'More talks\nMore time to discuss',
    },
    read(raw) {
      const lines = typeof raw === 'string' ? raw.split('\n').map((line) => line.trim()) : [];
      const choices = lines.filter(Boolean);
      if (choices.length > MOST_CHOICES) {
        return { ok: false, problem: `That is ${choices.length} choices; it takes up to ${MOST_CHOICES}.` };
      }
      const long = choices.find((choice) => [...choice].length > MOST_CHOICE);
      if (long) return { ok: false, problem: `Each takes up to ${MOST_CHOICE} characters.` };
      return { ok: true, value: choices };
    },
  };
}
