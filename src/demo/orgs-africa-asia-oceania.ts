import { CITIES } from './demo-cities.js';
import { type DemoOrg, localOrg } from './demo-org.js';

export const ORGS_AFRICA_ASIA_OCEANIA: readonly DemoOrg[] = [
  localOrg({
    key: 'lagos-ai-safety-house',
    name: 'Lagos AI Safety House (LASH)',
    type: 'research_hub',
    city: CITIES.lagos,
    description:
      'Reliable power, fast internet and good company in Yaba for people moving from software into AI safety. Study hall on weeknights, mentor hours on Saturdays, and a part-time fellowship twice a year.',
    website: 'https://lash.example',
  }),
  localOrg({
    key: 'accra-outbreak-readers',
    name: 'Accra Outbreak Readers',
    type: 'reading_group',
    city: CITIES.accra,
    description:
      'Public-health students and lab technicians read one outbreak report a month and map who should have phoned whom. Last Saturday at 11:00, with a practical demonstration every quarter.',
  }),
  localOrg({
    key: 'nairobi-futures',
    name: 'Nairobi Futures & Policy Circle',
    type: 'chapter',
    city: CITIES.nairobi,
    description:
      'We ask what AI and biotechnology policy should look like from East Africa outward. Evening panels at a hub in Kilimani on the second Wednesday, and a Swahili glossary that grows each month.',
    website: 'https://nairobifutures.example',
    languages: ['en', 'sw'],
  }),
  localOrg({
    key: 'table-mountain-students',
    name: 'Table Mountain Student Alignment',
    type: 'university_group',
    city: CITIES.capeTown,
    description:
      'An eight-week course each semester, a reading hike on the first Sunday, and help with research-summer applications. Any faculty, any year, lifts shared from the northern suburbs.',
  }),
  localOrg({
    key: 'cairo-nile-circle',
    name: 'Cairo Nile Circle حلقة القاهرة',
    type: 'reading_group',
    city: CITIES.cairo,
    description:
      'نقرأ معًا عن أمان الذكاء الاصطناعي. We read about AI safety in Arabic and English and keep a shared list of translated terms. Downtown, Saturdays at 19:00, women-only table on request.',
    languages: ['ar', 'en'],
  }),
  localOrg({
    key: 'red-team-evenings',
    name: 'Tel Aviv Red-Team Evenings',
    type: 'other',
    city: CITIES.telAviv,
    description:
      'Security people teach machine-learning people to think like attackers, and the other way round. Hands-on evening every third Tuesday; findings are reported responsibly before they are shown.',
    joinPolicy: 'approval',
    languages: ['he', 'en'],
  }),
  localOrg({
    key: 'bengaluru-safety-studio',
    name: 'Bengaluru Safety Studio (BSS)',
    type: 'research_hub',
    city: CITIES.bengaluru,
    description:
      'A studio in Indiranagar where engineers spend ten hours a week on safety research beside their jobs. Sprint reviews on Saturdays at 11:00; we interview everyone who applies, usually within a week.',
    website: 'https://safetystudio.example',
    joinPolicy: 'approval',
    languages: ['en', 'kn', 'hi'],
  }),
  localOrg({
    key: 'cubbon-park-readers',
    name: 'Cubbon Park Readers',
    type: 'reading_group',
    city: CITIES.bengaluru,
    description:
      'Blog posts and book chapters on doing good, read under the trees near the old library. Sundays at 08:00 before the heat; filter coffee afterwards is half the point.',
    languages: ['en', 'kn'],
  }),
  localOrg({
    key: 'yamuna-policy',
    name: 'Yamuna Policy Roundtable',
    type: 'network',
    city: CITIES.delhi,
    description:
      'Researchers, think-tank analysts and former officials compare notes on AI, health security and data protection. Off-the-record roundtable on the third Friday, published summary the week after.',
    website: 'https://yamunapolicy.example',
    languages: ['en', 'hi'],
  }),
  localOrg({
    key: 'himal-alignment',
    name: 'Himal Alignment काठमाडौँ',
    type: 'university_group',
    city: CITIES.kathmandu,
    description:
      'Engineering students in the valley who learn deep learning and its failure modes from the ground up. Saturday workshop at 07:30, because the tea is best then and load is low on the shared GPU.',
    languages: ['ne', 'en'],
  }),
  localOrg({
    key: 'straits-biosecurity',
    name: 'Straits Biosecurity Network',
    type: 'network',
    city: CITIES.singapore,
    description:
      'A professional network for biosafety officers, DNA-synthesis firms and policy people across Southeast Asia. Quarterly site visit, monthly lunch in one-north, code of conduct signed at joining.',
    website: 'https://straitsbio.example',
    joinPolicy: 'approval',
  }),
  localOrg({
    key: 'kopi-and-kappa',
    name: 'Kopi & Kappa',
    type: 'coworking',
    city: CITIES.singapore,
    description:
      'Saturday co-working for people who do research on the side. Kopi at 10:00, two silent blocks, then everybody shows one chart. Location moves between hawker centres and libraries.',
  }),
  localOrg({
    key: 'hanoi-an-toan-ai',
    name: 'Nhóm Đọc An Toàn AI Hà Nội',
    type: 'reading_group',
    city: CITIES.hanoi,
    description:
      'A patient reading group for beginners: one chapter a week, summarised in Vietnamese by a different member each time. Thursdays at 19:30 by West Lake, sketchnotes kept for those who missed it.',
    languages: ['vi', 'en'],
  }),
  localOrg({
    key: 'jakarta-siaga',
    name: 'Jakarta Siaga',
    type: 'chapter',
    city: CITIES.jakarta,
    description:
      'Preparedness is our theme: pandemics, floods and fragile supply chains. Volunteers, doctors and data people meet on alternate Saturdays at 13:00 and run a simulation every semester.',
    languages: ['id'],
  }),
  localOrg({
    key: 'manila-bayanihan',
    name: 'Bayanihan Impact Manila',
    type: 'chapter',
    city: CITIES.manila,
    description:
      'Students and young professionals explore careers in global health, biosecurity and AI governance. Monthly career night in Quezon City and a buddy system that really does follow up.',
    languages: ['en', 'tl'],
  }),
  localOrg({
    key: 'taipei-open-alignment',
    name: 'Taipei Open Alignment 臺北對齊讀書會',
    type: 'reading_group',
    city: CITIES.taipei,
    description:
      '每週三晚上七點半，中英文皆可。 We read one AI alignment or AI governance text a week near Gongguan and publish notes in Traditional Chinese under an open licence.',
    languages: ['zh', 'en'],
  }),
  localOrg({
    key: 'hangang-safety-lab',
    name: 'Hangang Safety Lab 한강',
    type: 'university_group',
    city: CITIES.seoul,
    description:
      'Graduate students from five departments replicate safety papers and compare Korean-language model behaviour with English. Fridays at 18:00, followed by chicken when a replication succeeds.',
    website: 'https://hangang.example',
    languages: ['ko', 'en'],
  }),
  localOrg({
    key: 'tokyo-slow-reading',
    name: 'Tokyo Slow Reading 東京スロー読書会',
    type: 'reading_group',
    city: CITIES.tokyo,
    description:
      'Ten pages an evening, read slowly and discussed kindly, in Japanese with English notes. Second and fourth Thursday at 19:30 near Jinbōchō; listening without speaking is perfectly fine.',
    languages: ['ja', 'en'],
  }),
  localOrg({
    key: 'kanda-research-desk',
    name: 'Kanda Research Desk',
    type: 'coworking',
    city: CITIES.tokyo,
    description:
      'Six quiet desks for independent researchers and people writing applications. Listed nowhere: members bring members, and the key is under the persimmon tree, so to speak.',
    isListed: false,
    joinPolicy: 'approval',
    languages: ['ja', 'en'],
  }),
  localOrg({
    key: 'torrens-ai-circle',
    name: 'Torrens AI Circle',
    type: 'reading_group',
    city: CITIES.adelaide,
    description:
      'A small and loyal circle of engineers, teachers and one winemaker reading about AI risk. First Sunday at 15:00 in the Botanic Garden, or somewhere air-conditioned above 38 °C.',
  }),
  localOrg({
    key: 'yarra-impact',
    name: 'Yarra Impact Chapter',
    type: 'chapter',
    city: CITIES.melbourne,
    description:
      'Career planning, giving games and a popular beginners’ course in Fitzroy. Trams stop at the door, meetings on the second Tuesday at 18:30, childcare corner run by members.',
    website: 'https://yarraimpact.example',
  }),
  localOrg({
    key: 'harbour-ai-governance',
    name: 'Harbour AI Governance Group',
    type: 'chapter',
    city: CITIES.sydney,
    description:
      'Lawyers, auditors and engineers turn AI principles into checklists somebody could follow. Working lunch on the first Thursday in the CBD; drafts are public from the first line.',
  }),
  localOrg({
    key: 'waitemata-pandemic',
    name: 'Waitematā Pandemic Preparedness',
    type: 'chapter',
    city: CITIES.auckland,
    description:
      'Nau mai, haere mai! Nurses, modellers and community leaders keep the lessons of the last pandemic alive with drills, kōrero and a yearly open day. Mondays at 18:00, twice a month.',
    languages: ['en', 'mi'],
  }),
];
