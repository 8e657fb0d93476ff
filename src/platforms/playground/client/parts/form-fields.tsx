import type { WireChoice, WireField } from '../../wire.js';
import { LookupField } from './lookup-field.js';

interface FieldProps {
  form: string;
  field: WireField;
  value: string | string[];
  problem: string | undefined;
  change: (value: string | string[]) => void;
}

/** One input of a form with its label, what it is for, how much room is left, and what is wrong with it. */
export function FieldView({ form, field, value, problem, change }: FieldProps) {
  const id = `field-${field.name}`;
  const hasOneInput = field.input.kind !== 'choices' && field.input.kind !== 'yes-no';
  const words = (
    <>
      {field.label}
      {!field.isRequired && <span class="field-optional">optional</span>}
    </>
  );
  const notes = (
    <>
      {field.hint && (
        <p class="field-hint" id={`${id}-hint`} dir="auto">
          {field.hint}
        </p>
      )}
      <div class="field-foot">
        <p class="problem" id={`${id}-problem`} role="alert" dir="auto">
          {problem}
        </p>
        <Counter field={field} value={value} />
      </div>
    </>
  );
  const input = <FieldInput form={form} field={field} value={value} problem={problem} change={change} />;
  if (!hasOneInput) {
    return (
      <fieldset class={`field ${problem ? 'wrong' : ''}`}>
        <legend dir="auto">{words}</legend>
        {input}
        {notes}
      </fieldset>
    );
  }
  return (
    <div class={`field ${problem ? 'wrong' : ''}`}>
      <label for={id} dir="auto">
        {words}
      </label>
      {input}
      {notes}
    </div>
  );
}

function FieldInput({ form, field, value, problem, change }: FieldProps) {
  const { input, name, isRequired, hint } = field;
  const id = `field-${name}`;
  const common = {
    id,
    'aria-required': isRequired,
    'aria-invalid': problem !== undefined,
    'aria-describedby': `${hint ? `${id}-hint ` : ''}${id}-problem`,
  };
  const text = Array.isArray(value) ? value.join(', ') : value;
  switch (input.kind) {
    case 'line':
      return (
        <input
          {...common}
          type="text"
          dir="auto"
          autocomplete="off"
          value={text}
          placeholder={input.placeholder}
          onInput={(event) => change(event.currentTarget.value)}
        />
      );
    case 'paragraph':
      return (
        <textarea
          {...common}
          rows={4}
          dir="auto"
          value={text}
          placeholder={input.placeholder}
          onInput={(event) => change(event.currentTarget.value)}
        />
      );
    case 'choice':
      return (
        <select {...common} value={text} onChange={(event) => change(event.currentTarget.value)}>
          <option value="">{isRequired ? 'Choose…' : 'Not said'}</option>
          {input.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      );
    case 'choices':
      return <Ticks name={name} kind="checkbox" choices={input.choices} chosen={asList(value)} change={change} />;
    case 'yes-no':
      return (
        <Ticks name={name} kind="radio" choices={YES_NO} chosen={asList(value)} change={([one]) => change(one ?? '')} />
      );
    case 'lookup':
      return (
        <LookupField
          common={common}
          form={form}
          field={name}
          value={text}
          placeholder={input.placeholder}
          change={change}
        />
      );
  }
}

const YES_NO: readonly WireChoice[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

function Ticks(props: {
  name: string;
  kind: 'checkbox' | 'radio';
  choices: readonly WireChoice[];
  chosen: readonly string[];
  change: (chosen: string[]) => void;
}) {
  const { name, kind, choices, chosen, change } = props;
  const toggle = (value: string, isOn: boolean) => {
    if (kind === 'radio') return change([value]);
    change(choices.map((one) => one.value).filter((one) => (one === value ? isOn : chosen.includes(one))));
  };
  return (
    <div class="ticks">
      {choices.map(({ value, label }) => (
        <label key={value} class="tick">
          <input
            type={kind}
            name={`field-${name}`}
            checked={chosen.includes(value)}
            onChange={(event) => toggle(value, event.currentTarget.checked)}
          />
          <span dir="auto">{label}</span>
        </label>
      ))}
    </div>
  );
}

/** Counts as the server does: by whole characters, not by halves of emoji. */
function Counter({ field, value }: { field: WireField; value: string | string[] }) {
  if (field.input.kind !== 'line' && field.input.kind !== 'paragraph') return null;
  const length = [...(typeof value === 'string' ? value : '')].length;
  const { most } = field.input;
  return (
    <span class={`counter ${length > most ? 'over' : ''}`}>
      {length}/{most}
      <span class="unseen"> characters</span>
    </span>
  );
}

function asList(value: string | string[]): string[] {
  if (Array.isArray(value)) return value;
  return value === '' ? [] : [value];
}
