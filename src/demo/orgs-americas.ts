import { CITIES } from './demo-cities.js';
import { type DemoOrg, localOrg } from './demo-org.js';

export const ORGS_AMERICAS: readonly DemoOrg[] = [
  localOrg({
    key: 'baish',
    name: 'Buenos Aires AI Safety Hub (BAISH)',
    type: 'research_hub',
    city: CITIES.buenosAires,
    description:
      'The meeting point for people in Argentina who want AI to go well. Paper club every Tuesday at 18:30, an open lab on Saturdays, and two fundamentals courses a year, in Spanish with English readings. Mate provided; no experience needed for the first session.',
    website: 'https://baish.example',
    languages: ['es', 'en'],
  }),
  localOrg({
    key: 'circulo-bioseguridad-ba',
    name: 'Círculo Rioplatense de Bioseguridad',
    type: 'reading_group',
    city: CITIES.buenosAires,
    description:
      'Microbiologists, nurses and policy students read one biosecurity paper a fortnight, Thursdays at 19:00 in a bookshop near Parque Centenario. Whoever chose the paper brings the medialunas.',
    languages: ['es'],
  }),
  localOrg({
    key: 'vista-larga',
    name: 'Vista Larga Cowork',
    type: 'coworking',
    city: CITIES.buenosAires,
    description:
      'Twelve desks and a terrace in Villa Crespo for people working on research or non-profit projects. Silent mornings, shared lunch at 13:30, and demo hour on the last Friday of the month.',
    website: 'https://vistalarga.example',
    languages: ['es', 'en'],
  }),
  localOrg({
    key: 'alicor',
    name: 'Alineamiento Córdoba (AliCor)',
    type: 'university_group',
    city: CITIES.cordoba,
    description:
      'Maths, computing and philosophy students who work through alignment exercises together on Wednesday evenings. First-years welcome: each newcomer is paired with someone a year ahead.',
    languages: ['es'],
  }),
  localOrg({
    key: 'mesa-montevideo',
    name: 'Mesa Montevideo de Futuros',
    type: 'chapter',
    city: CITIES.montevideo,
    description:
      'A long table, a topic and a timer: on the first Monday of each month we discuss one global risk and what a small country can do about it. Civil servants and curious neighbours in equal parts.',
    languages: ['es'],
  }),
  localOrg({
    key: 'foro-andino-bio',
    name: 'Foro Andino de Bioseguridad (FAB)',
    type: 'network',
    city: CITIES.santiago,
    description:
      'Connects laboratory staff, epidemiologists and regulators from Chile to Colombia. Monthly case seminar under a no-attribution rule, so new members are introduced by a short form first.',
    website: 'https://foroandino.example',
    joinPolicy: 'approval',
    languages: ['es'],
  }),
  localOrg({
    key: 'spaig',
    name: 'São Paulo AI Governance Circle (SPAIG)',
    type: 'chapter',
    city: CITIES.saoPaulo,
    description:
      'Lawyers, engineers and public servants follow the Brazilian AI bill clause by clause. Dinner discussion every second Wednesday near Avenida Paulista, and a written comment whenever a consultation opens.',
    website: 'https://spaig.example',
    languages: ['pt', 'en'],
  }),
  localOrg({
    key: 'clube-de-evals',
    name: 'Clube de Evals',
    type: 'reading_group',
    city: CITIES.saoPaulo,
    description:
      'We read one evaluation paper and then try to break its benchmark. Sundays at 15:00 in Vila Mariana, laptops required, Python enough to run a notebook.',
    languages: ['pt'],
  }),
  localOrg({
    key: 'riesgos-globales-bogota',
    name: 'Grupo Bogotá de Riesgos Globales',
    type: 'chapter',
    city: CITIES.bogota,
    description:
      'From pandemics to food shocks: talks, tabletop exercises and a yearly weekend retreat outside the city. Evening meetings on the second Thursday, coffee from a member’s family farm.',
    languages: ['es'],
  }),
  localOrg({
    key: 'tasia',
    name: 'Taller CDMX de Seguridad en IA (TaSIA)',
    type: 'research_hub',
    city: CITIES.mexicoCity,
    description:
      'A ten-week workshop twice a year, where teams of three reproduce an interpretability result and write it up. Between editions the room in Roma Norte stays open on Tuesday and Thursday nights.',
    website: 'https://tasia.example',
    joinPolicy: 'approval',
    languages: ['es', 'en'],
  }),
  localOrg({
    key: 'toronto-alignment-workshop',
    name: 'Toronto Alignment Workshop (TAW)',
    type: 'research_hub',
    city: CITIES.toronto,
    description:
      'Working sessions rather than talks: bring a half-finished experiment, leave with three comments and a next step. Mondays at 18:00, five minutes from Spadina station.',
    website: 'https://taw.example',
  }),
  localOrg({
    key: 'cercle-mont-royal',
    name: 'Cercle de lecture Mont-Royal',
    type: 'reading_group',
    city: CITIES.montreal,
    description:
      'On lit en français, on débat dans les deux langues. A bilingual evening on AI ethics and governance, every other Tuesday, with a walk up the hill when the weather allows.',
    languages: ['fr', 'en'],
  }),
  localOrg({
    key: 'hudson-ai-policy',
    name: 'Hudson AI Policy Salon',
    type: 'chapter',
    city: CITIES.newYork,
    description:
      'Forty chairs, one guest and no slides. People from law, finance and city government meet on the last Wednesday of the month to argue about one live policy question.',
    website: 'https://hudsonsalon.example',
  }),
  localOrg({
    key: 'brooklyn-evidence-impact',
    name: 'Brooklyn Evidence & Impact',
    type: 'chapter',
    city: CITIES.newYork,
    description:
      'A friendly local group for giving and working with evidence in mind: career swaps over bagels on Sunday mornings, a giving night in December, and a beginners’ table every time.',
  }),
  localOrg({
    key: 'charles-river-student-alignment',
    name: 'Charles River Student Alignment (CRSA)',
    type: 'university_group',
    city: CITIES.cambridgeUs,
    description:
      'Undergraduates and graduate students from several campuses along the river. Eight-week intro fellowship each term, paper lunch on Fridays, and a very competitive trivia night before finals.',
    website: 'https://crsa.example',
  }),
  localOrg({
    key: 'potomac-tech-policy',
    name: 'Potomac Technology Policy Network',
    type: 'network',
    city: CITIES.washington,
    description:
      'For staffers, fellows and analysts who work on emerging technology. Breakfast briefings at 07:45 so that everybody is at their desk by nine; membership by application, all parties welcome.',
    website: 'https://potomactech.example',
    joinPolicy: 'approval',
  }),
  localOrg({
    key: 'lakeshore',
    name: 'Lakeshore Doing Good Better-ish',
    type: 'chapter',
    city: CITIES.chicago,
    description:
      'A modest name for an earnest group. Potluck on the third Saturday, a donation-matching game in spring, and a walking club along the lake for anyone who thinks better outdoors.',
  }),
  localOrg({
    key: 'strawberry-creek',
    name: 'Strawberry Creek Alignment Hub',
    type: 'research_hub',
    city: CITIES.berkeley,
    description:
      'Desks, whiteboards and office hours for independent alignment researchers. Residents present half-baked work on Thursdays at 16:00; a six-month residency call opens each January.',
    website: 'https://strawberrycreek.example',
    joinPolicy: 'approval',
  }),
  localOrg({
    key: 'golden-hills-seminar',
    name: 'Golden Hills Student Safety Seminar',
    type: 'university_group',
    city: CITIES.berkeley,
    description:
      'A student-run seminar with pizza and problem sets: machine learning safety for those who have taken one ML class, and a no-maths governance track for those who have not. Tuesdays in term.',
  }),
  localOrg({
    key: 'lake-merritt-evals',
    name: 'Lake Merritt Evals Club',
    type: 'reading_group',
    city: CITIES.oakland,
    description:
      'One model evaluation, one lap of the lake. We read on our own, walk 5 km while discussing it, and write up what we would measure instead. Saturday mornings at 10:00, dogs encouraged.',
  }),
  localOrg({
    key: 'bay-biosecurity-supper',
    name: 'Bay Biosecurity Supper Club',
    type: 'other',
    city: CITIES.sanFrancisco,
    description:
      'Fourteen people, one pot of soup and a speaker from public health, synthetic biology or emergency response. Seats rotate, so say when you would like to come.',
    joinPolicy: 'approval',
  }),
  localOrg({
    key: 'mission-forecasting',
    name: 'Mission Forecasting Night',
    type: 'other',
    city: CITIES.sanFrancisco,
    description:
      'Forecast, disagree, update. Teams of four tackle ten questions about AI and biology, scores are settled three months later over tacos. First Tuesday of the month.',
  }),
];
