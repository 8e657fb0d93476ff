import { CITIES } from './demo-cities.js';
import { type DemoOrg, localOrg } from './demo-org.js';

export const ORGS_EUROPE: readonly DemoOrg[] = [
  localOrg({
    key: 'larr',
    name: 'London Alignment Reading Room (LARR)',
    type: 'reading_group',
    city: CITIES.london,
    description:
      'Two papers, two hours and a strict rule that everybody speaks once before anybody speaks twice. Wednesdays at 19:00 in Bloomsbury; the reading list goes out on Friday.',
    website: 'https://larr.example',
  }),
  localOrg({
    key: 'thames-biosecurity',
    name: 'Thames Biosecurity Forum',
    type: 'network',
    city: CITIES.london,
    description:
      'Clinicians, civil servants and modellers who prepare for the next pandemic. Quarterly tabletop exercises and a small monthly seminar; introductions are read by two organisers.',
    website: 'https://thamesbio.example',
    joinPolicy: 'approval',
  }),
  localOrg({
    key: 'watchmakers-desks',
    name: "The Watchmaker's Desks",
    type: 'coworking',
    city: CITIES.london,
    description:
      'Day desks above a former watchmaker’s shop in Clerkenwell for people doing impact-minded work. Focus blocks at 9:30 and 14:00, tea at four, phones downstairs.',
    website: 'https://watchmakersdesks.example',
  }),
  localOrg({
    key: 'fenland-students',
    name: 'Fenland Student Futures',
    type: 'university_group',
    city: CITIES.cambridgeGb,
    description:
      'Termly intro courses on AI safety and on biosecurity, punting when it stops raining, and a careers afternoon where alumni are honest about what went wrong.',
  }),
  localOrg({
    key: 'auld-reekie-ai',
    name: 'Auld Reekie AI Reading Group',
    type: 'reading_group',
    city: CITIES.edinburgh,
    description:
      'Informatics meets moral philosophy in the back room of a Marchmont café. Alternate Mondays at 18:30, short papers only, long arguments allowed.',
  }),
  localOrg({
    key: 'brians-table',
    name: "Brian's Table: Dublin AI Governance",
    type: 'chapter',
    city: CITIES.dublin,
    description:
      'Named for the retired solicitor who lent us his kitchen table. Regulators, tech workers and students read the EU AI Act aloud, an article a night, on the first and third Tuesday.',
  }),
  localOrg({
    key: 'lisboa-alinhada',
    name: 'Lisboa Alinhada',
    type: 'chapter',
    city: CITIES.lisbon,
    description:
      'Grupo aberto sobre segurança da IA e bem comum. Sunset discussion at a miradouro from May to September, at a library in Alvalade the rest of the year; every second Thursday at 18:30.',
    website: 'https://lisboaalinhada.example',
    languages: ['pt', 'en'],
  }),
  localOrg({
    key: 'tejo-cowork',
    name: 'Tejo Cowork & Research House',
    type: 'coworking',
    city: CITIES.lisbon,
    description:
      'A riverside flat with ten desks, a nap room and a weekly progress circle for independent researchers, remote workers and visiting fellows. Monday kick-off at 10:00.',
    languages: ['en', 'pt'],
  }),
  localOrg({
    key: 'tertulia-madrid',
    name: 'Tertulia Madrid Impacto',
    type: 'chapter',
    city: CITIES.madrid,
    description:
      'A tertulia in the old style: two hours, one question, nobody looks at the phone. Topics move between global health, animal welfare and AI; last Friday of the month in Lavapiés.',
    languages: ['es'],
  }),
  localOrg({
    key: 'atelier-interp-paris',
    name: 'Atelier Interprétabilité Paris',
    type: 'research_hub',
    city: CITIES.paris,
    description:
      'Un atelier du soir for people who open up neural networks for fun. Reproduction sprints on Thursdays near Jussieu, a public write-up every quarter, croissants on deadline days.',
    website: 'https://atelierinterp.example',
    languages: ['fr', 'en'],
  }),
  localOrg({
    key: 'amstel-policy-lab',
    name: 'Amstel Policy Lab',
    type: 'research_hub',
    city: CITIES.amsterdam,
    description:
      'Small teams write two-page policy memos on AI and biosecurity for Dutch and EU readers. Writing evening every Monday; we review each other’s drafts before anybody else sees them.',
    website: 'https://amstelpolicylab.example',
    languages: ['en', 'nl'],
  }),
  localOrg({
    key: 'spree-safety',
    name: 'Spree Safety Collective',
    type: 'chapter',
    city: CITIES.berlin,
    description:
      'Berlin’s open evening on AI safety: a short talk, then small groups by experience, from curious to publishing. Kreuzberg, every other Wednesday at 19:30, auf Englisch und Deutsch.',
    website: 'https://spreesafety.example',
    languages: ['de', 'en'],
  }),
  localOrg({
    key: 'tempelhof-bio',
    name: 'Tempelhof Biosecurity Lesekreis',
    type: 'reading_group',
    city: CITIES.berlin,
    description:
      'Ein Lesekreis on pandemics, laboratory safety and metagenomic monitoring. In summer we read on the old airfield; bring a blanket. Sundays at 16:00, once a month.',
    languages: ['de', 'en'],
  }),
  localOrg({
    key: 'werkbank-wedding',
    name: 'Werkbank Wedding',
    type: 'coworking',
    city: CITIES.berlin,
    description:
      'A shared workshop for people between grants: desks by the day, a grant-application buddy scheme and Friday soup. Members vote on new members, which takes about a week.',
    joinPolicy: 'approval',
    languages: ['en', 'de'],
  }),
  localOrg({
    key: 'limmat-circle',
    name: 'Zürich Limmat Circle',
    type: 'reading_group',
    city: CITIES.zurich,
    description:
      'PhD students, insurers and engineers read about tail risks and how to price what has never happened. Tuesdays at 18:15 sharp, then a swim from June to August.',
    languages: ['en', 'de'],
  }),
  localOrg({
    key: 'donau-dialog',
    name: 'Donau Dialog Wien',
    type: 'network',
    city: CITIES.vienna,
    description:
      'Brings together people at international agencies, universities and NGOs who work on biological and nuclear risk. Coffee-house format, Chatham House manners, invitations after a first chat.',
    joinPolicy: 'approval',
    languages: ['en', 'de'],
  }),
  localOrg({
    key: 'vltava-agents',
    name: 'Vltava Agent Foundations',
    type: 'research_hub',
    city: CITIES.prague,
    description:
      'Decision theory, logic and other things best done at a blackboard. Weekly seminar in Holešovice on Thursdays, plus a summer camp whose chore rota is solved as a game.',
    website: 'https://vltava.example',
    languages: ['en', 'cs'],
  }),
  localOrg({
    key: 'wisla-students',
    name: 'Koło Wisła: Bezpieczeństwo AI',
    type: 'university_group',
    city: CITIES.warsaw,
    description:
      'A student circle with a soft spot for competitions: monthly hackathon on adversarial examples, a Polish-language introduction course, and pierogi after every demo day.',
    languages: ['pl', 'en'],
  }),
  localOrg({
    key: 'malaren-fika',
    name: 'Mälaren Resilience Fika',
    type: 'chapter',
    city: CITIES.stockholm,
    description:
      'Fika with a purpose: crisis preparedness, AI policy and food security over cardamom buns. Saturdays at 14:00, twice a month; the next host is drawn by lot.',
    languages: ['sv', 'en'],
  }),
  localOrg({
    key: 'tallinn-digital-trust',
    name: 'Tallinn Digital Trust Seminar',
    type: 'other',
    city: CITIES.tallinn,
    description:
      'Engineers of public digital services ask what happens when agents file the forms. An evening seminar in Telliskivi with one demo and one critic, every six weeks.',
    languages: ['et', 'en'],
  }),
  localOrg({
    key: 'kyiv-ai-safety',
    name: 'Київський гурток безпеки ШІ (Kyiv AI Safety Circle)',
    type: 'reading_group',
    city: CITIES.kyiv,
    description:
      'Читаємо, перекладаємо, обговорюємо. We translate key AI safety texts into Ukrainian and discuss them on Sundays at 17:00, in person when possible and always with a call to join.',
    languages: ['uk', 'en'],
  }),
  localOrg({
    key: 'bogaz-gelecek',
    name: 'Boğaz Gelecek Çalışmaları',
    type: 'university_group',
    city: CITIES.istanbul,
    description:
      'Students on both shores take turns crossing the water: odd weeks in Beşiktaş, even weeks in Kadıköy. Long-term futures, forecasting practice and plenty of çay, Fridays at 18:00.',
    languages: ['tr', 'en'],
  }),
];
