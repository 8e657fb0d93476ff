import type { Org } from '../../domain/orgs/org.js';
import { detailsOf } from '../../domain/orgs/org-settings.js';
import { MOST_DESCRIPTION } from '../../domain/orgs/settings-service.js';
import { MOST_WEBSITE, readWebsite } from '../../domain/orgs/website.js';
import { cityText } from '../../domain/places/city.js';
import { choiceField, defineForm, type FormField, type FormInstance, paragraphField } from '../forms.js';
import type { Suggest } from '../options.js';
import { languagesField } from '../orgs/languages.js';
import { languageList, ORG_TYPE_LABELS } from '../orgs/orgs-views.js';
import { cityField } from '../places/city-option.js';
import { AnOrg } from './manage-actions.js';
import { JOIN_POLICY_LABELS, LISTING_LABELS } from './settings-labels.js';

// Two forms, as Discord's have room for five inputs (product.md section 3 asks for seven things).

/** What an org is; its city's suggestions come from the places. */
export const detailsForm = (suggest: Suggest) =>
  defineForm({
    name: 'manage.details',
    payload: AnOrg,
    title: 'What the org is',
    fields: {
      description: paragraphField('Description', {
        most: MOST_DESCRIPTION,
        hint: 'What you do, for whom, and how often',
        placeholder: 'We read a paper a week…',
      }),
      city: cityField('City', suggest, { hint: 'Empty for an org that meets online only' }),
      type: choiceField('Kind', ORG_TYPE_LABELS),
      website: websiteField('Website'),
      languages: languagesField('Languages'),
    },
    fieldFor: { 'places.unknown': 'city', 'places.ambiguous': 'city' },
  });

/** Who finds an org, and how people come in. */
export const listingForm = defineForm({
  name: 'manage.listing',
  payload: AnOrg,
  title: 'Listing and joining',
  fields: {
    listed: choiceField('In the directory', LISTING_LABELS, { hint: 'If not, it is found by its exact name only' }),
    joining: choiceField('Joining', JOIN_POLICY_LABELS, { hint: 'By approval: admins answer each request' }),
  },
});

/** The form with what stands now. */
export function filledDetails(form: ReturnType<typeof detailsForm>, org: Org): FormInstance {
  const { description, city, type, website, languages } = org;
  const initial = { description, type, city: city && cityText(city), website, languages: languageList(languages) };
  return form.with({ org: org.id }, initial);
}

export function filledListing(org: Org): FormInstance {
  const { isListed, joinPolicy } = detailsOf(org);
  return listingForm.with({ org: org.id }, { listed: isListed ? 'yes' : 'no', joining: joinPolicy });
}

function websiteField(label: string): FormField<string | undefined> {
  return {
    label,
    isRequired: false,
    input: { kind: 'line', most: MOST_WEBSITE, placeholder: 'https://example.org' },
    read(raw) {
      const text = typeof raw === 'string' ? raw.trim() : '';
      if (text === '') return { ok: true, value: undefined };
      const website = readWebsite(text);
      if (website) return { ok: true, value: website };
      return { ok: false, problem: 'It takes a web address that begins with https:// or http://.' };
    },
  };
}
