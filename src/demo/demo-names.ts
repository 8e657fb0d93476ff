import type { SeededRandom } from './random.js';

interface NameList {
  given: readonly string[];
  family: readonly string[];
  /** Where the family name is written first. */
  isFamilyFirst?: boolean;
  /** Full names in the region's own script, each with the Latin spelling its key is made of. */
  native?: readonly (readonly [name: string, latin: string])[];
}

/** What a member is called, and the ASCII key made of it. */
export interface DemoName {
  name: string;
  key: string;
}

const NATIVE_SCRIPT_SHARE = 0.2;

function list(names: string): string[] {
  return names.split(', ');
}

// Family names that differ by gender (Czech, Polish) are left to those that do not.
const NAMES = {
  anglo: {
    given: list('Eleanor, Callum, Harriet, Owen, Imogen, Rhys, Freya, Miles, Tess, Gareth, Hazel, Jonah, Maeve, Silas'),
    family: list(
      'Ashcombe, Penrose, Whitlock, Fairbairn, Holloway, Marsden, Tremaine, Kirkby, Loxley, Redfern, Winslow',
    ),
  },
  irish: {
    given: list('Aoife, Cillian, Niamh, Oisín, Saoirse, Fionn, Róisín, Eoin'),
    family: list("O'Driscoll, Kinsella, Geraghty, O'Hanlon, Brannigan, Tierney, Devane"),
  },
  hispanic: {
    given: list(
      'Lucía, Mateo, Valentina, Joaquín, Camila, Andrés, Renata, Emilio, Paloma, Ignacio, Ximena, Álvaro, Inés',
    ),
    family: list(
      'Ibáñez, Cárdenas, Montoya, Villaseñor, Peñaloza, Echeverría, Salcedo, Arriaga, Núñez, Zúñiga, Bermúdez',
    ),
  },
  rioplatense: {
    given: list(
      'Florencia, Agustín, Martina, Facundo, Julieta, Bautista, Milagros, Nahuel, Abril, Ezequiel, Delfina, Ramiro',
    ),
    family: list(
      'Etcheverry, Bianchi, Sosa, Lencina, Ferraro, Ledesma, Pereyra, Gandolfo, Acuña, Iturralde, Schmidt, Maidana',
    ),
  },
  lusophone: {
    given: list(
      'Beatriz, Caio, Larissa, Thiago, Mariana, Rafael, Isabela, João, Letícia, Duarte, Inês, Tomé, Conceição',
    ),
    family: list(
      'Nogueira, Vasconcelos, Tavares, Lacerda, Moura, Brandão, Queirós, Figueiredo, Sampaio, Antunes, Leitão',
    ),
  },
  francophone: {
    given: list('Élodie, Bastien, Maëlle, Hugo, Clémence, Théo, Océane, Rémi, Solène, Anatole'),
    family: list(
      'Tremblay, Lefèvre, Gagnon, Besson, Pelletier, Delacroix, Charbonneau, Rousselet, Vasseur, Morissette',
    ),
  },
  germanic: {
    given: list('Friederike, Lukas, Annika, Jörg, Leonie, Matthias, Greta, Moritz, Svenja, Korbinian, Ronja, Till'),
    family: list(
      'Vogt, Brückner, Achterberg, Lindner, Kästner, Hofmeister, Steinbach, Rüegg, Pichler, Zumthor, Odermatt',
    ),
  },
  dutch: {
    given: list('Fenna, Joris, Sanne, Thijs, Liselot, Bram, Maartje, Ruben'),
    family: list('van Dalen, Hoekstra, de Wit, Terpstra, van der Meulen, Bakhuis, Kuipers'),
  },
  nordic: {
    given: list('Astrid, Elias, Ebba, Gustav, Tuva, Viggo, Saga, Folke'),
    family: list('Lindqvist, Sjöberg, Nyström, Hallén, Åkesson, Bergvall, Östlund'),
  },
  estonian: {
    given: list('Kadri, Rasmus, Liis, Taavi, Maarja, Indrek'),
    family: list('Tamm, Kask, Mägi, Rebane, Põder, Lepik'),
  },
  czech: {
    given: list('Barbora, Ondřej, Eliška, Vojtěch, Tereza, Matěj, Klára, Šimon'),
    family: list('Krejčí, Janů, Martinů, Kočí, Dolejší, Jirků, Petrů'),
  },
  polish: {
    given: list('Zuzanna, Bartosz, Małgorzata, Kacper, Hanna, Wojciech, Agnieszka, Łukasz'),
    family: list('Nowak, Wójcik, Mazur, Krawczyk, Zając, Dudek, Wieczorek, Pająk'),
  },
  ukrainian: {
    given: list('Oksana, Taras, Solomiia, Bohdan, Daryna, Ostap, Kateryna, Nazar'),
    family: list('Kovalenko, Melnyk, Savchuk, Hrytsenko, Marchuk, Lysenko, Palii'),
    native: [
      ['Мар’яна Ткачук', 'Mariana Tkachuk'],
      ['Юрій Дорошенко', 'Yurii Doroshenko'],
      ['Леся Гнатюк', 'Lesia Hnatiuk'],
    ],
  },
  turkish: {
    given: list('Elif, Emre, Zeynep, Kerem, Defne, Barış, Şule, Ozan'),
    family: list('Yıldırım, Aksoy, Karaca, Özdemir, Günay, Tunç, Çetin'),
  },
  arabic: {
    given: list('Salma, Karim, Yasmine, Omar, Farida, Tarek, Hoda, Ziad, Amina, Sherif'),
    family: list('Mansour, Shaheen, El-Gohary, Naguib, Fathy, Barakat, Zaki, Abdel Rahman'),
    native: [
      ['ليلى منصور', 'Layla Mansour'],
      ['يوسف بركات', 'Youssef Barakat'],
      ['مريم شاهين', 'Mariam Shaheen'],
    ],
  },
  hebrew: {
    given: list('Noa, Itai, Tamar, Eitan, Shira, Yonatan, Hila, Amit'),
    family: list('Ben-Ami, Peretz, Avrahami, Shaked, Lavi, Dahan, Regev'),
  },
  yoruba: {
    given: list('Tunde, Folake, Yewande, Damilola, Kehinde, Bukola, Segun'),
    family: list('Adeyemi, Afolabi, Olatunji, Bakare, Ogunleye, Adebanjo'),
  },
  igbo: {
    given: list('Adaeze, Chidi, Emeka, Obinna, Nneka, Uchenna, Ifeoma'),
    family: list('Nwosu, Eze, Umeh, Nwachukwu, Okafor, Anyanwu'),
  },
  ghanaian: {
    given: list('Akosua, Kwame, Esi, Kofi, Abena, Yaw, Efua'),
    family: list('Mensah, Boateng, Owusu, Asante, Quaye, Darko, Amoah'),
  },
  kenyan: {
    given: list('Faith, Brian, Mercy, Dennis, Grace, Kevin, Joy, Collins'),
    family: list('Kamau, Odhiambo, Mutua, Chebet, Njoroge, Wekesa, Achieng, Kiprono'),
  },
  southAfrican: {
    given: list('Thandi, Sipho, Lerato, Nomvula, Themba, Lindiwe, Bongani'),
    family: list('Dlamini, Mokoena, Khumalo, Nkosi, Mahlangu, Radebe'),
  },
  cape: {
    given: list('Pieter, Anneke, Riaan, Chantal, Liezl, Craig'),
    family: list('van Wyk, Jacobs, Adams, Botha, Petersen, September'),
  },
  indian: {
    given: list(
      'Aditi, Rohan, Meenakshi, Arjun, Shreya, Vikram, Kavya, Lakshmi, Nikhil, Tanvi, Girish, Anjali, Suresh',
    ),
    family: list('Iyer, Deshpande, Kulkarni, Bhat, Chatterjee, Menon, Gowda, Saxena, Pillai, Hegde, Mishra, Rao'),
  },
  hindustani: {
    given: list('Imran, Sana, Farhan, Ayesha, Zoya, Faisal'),
    family: list('Siddiqui, Qureshi, Ansari, Farooqui, Mirza'),
  },
  punjabi: {
    given: list('Harpreet, Gurleen, Jaspreet, Simran, Manvir'),
    family: list('Grewal, Sandhu, Dhillon, Bains, Gill'),
  },
  nepali: {
    given: list('Sunita, Bibek, Pratiksha, Nabin, Asmita, Roshan, Sarita'),
    family: list('Shrestha, Gurung, Adhikari, Tamang, Maharjan, Bhattarai, Rai'),
  },
  taiwanese: {
    given: list('Wei-Ting, Chia-Hao, Yi-Chen, Po-Han, Shu-Fen, Tzu-Yu'),
    family: list('Chen, Lin, Huang, Wu, Hsu, Yeh, Chiang'),
    native: [
      ['林雅婷', 'Lin Ya-Ting'],
      ['吳思穎', 'Wu Ssu-Ying'],
      ['許家瑋', 'Hsu Chia-Wei'],
    ],
  },
  overseasChinese: {
    given: list('Hui Min, Jun Wei, Xin Yi, Zhi Hao, Rachel, Marcus, Jia Hui'),
    family: list('Tan, Lim, Goh, Chua, Teo, Koh, Foo'),
  },
  malay: {
    given: list('Nurul, Hafiz, Aisyah, Farid, Siti, Danial'),
    family: list('Rahman, Ismail, Yusof, Hamzah, Zulkifli'),
  },
  vietnamese: {
    given: list('Minh Anh, Quang Huy, Thu Hà, Đức Long, Ngọc Mai, Tuấn Kiệt, Bảo Châu'),
    family: list('Nguyễn, Trần, Lê, Phạm, Hoàng, Vũ, Đặng'),
    isFamilyFirst: true,
  },
  indonesian: {
    given: list('Dewi, Bayu, Ratna, Agus, Putri, Rizky, Wulan, Yohanes'),
    family: list('Wijaya, Santoso, Pratama, Siregar, Hutapea, Kusuma, Lestari'),
  },
  filipino: {
    given: list('Maricel, Jomar, Liwayway, Paolo, Tala, Rodel, Bea, Angelo'),
    family: list('Dela Cruz, Macaraeg, Villanueva, Bautista, Pangilinan, Salonga, Ocampo'),
  },
  korean: {
    given: list('Ji-woo, Min-seo, Seo-yeon, Hyun-woo, Ha-eun, Do-yun, Yu-jin, Sang-ho'),
    family: list('Kim, Park, Choi, Jeong, Yoon, Kang, Shin'),
    native: [
      ['한서진', 'Han Seo-jin'],
      ['문지호', 'Moon Ji-ho'],
    ],
  },
  japanese: {
    given: list('Haruka, Daichi, Yui, Sōta, Akari, Ren, Misaki, Takumi, Chihiro, Yūto'),
    family: list('Nakagawa, Fujimoto, Ōtsuka, Ishida, Morita, Hayashi, Kubota, Sakamoto'),
    native: [
      ['森下 彩花', 'Morishita Ayaka'],
      ['小川 健太', 'Ogawa Kenta'],
      ['藤井 真央', 'Fujii Mao'],
    ],
  },
  aotearoa: {
    given: list('Aroha, Wiremu, Mereana, Tama, Sione, Hinemoa, Kahu'),
    family: list('Ngata-Reid, Parata, Tuilagi, Henare, McKenzie, Rangihuna, Taufa'),
  },
} satisfies Record<string, NameList>;

type Culture = keyof typeof NAMES;

/** Whose names are common where; repeated for weight, as big cities draw people from everywhere. */
const CULTURES_BY_COUNTRY: Record<string, readonly Culture[]> = {
  AR: ['rioplatense', 'rioplatense', 'rioplatense', 'hispanic'],
  AT: ['germanic', 'germanic', 'germanic', 'czech', 'turkish'],
  AU: ['anglo', 'anglo', 'anglo', 'indian', 'overseasChinese', 'vietnamese'],
  BR: ['lusophone'],
  CA: ['anglo', 'francophone', 'francophone', 'punjabi', 'overseasChinese', 'filipino'],
  CH: ['germanic', 'germanic', 'germanic', 'francophone', 'lusophone'],
  CL: ['hispanic'],
  CO: ['hispanic'],
  CZ: ['czech', 'czech', 'czech', 'ukrainian'],
  DE: ['germanic', 'germanic', 'germanic', 'turkish', 'polish', 'arabic'],
  EE: ['estonian', 'estonian', 'estonian', 'ukrainian'],
  EG: ['arabic'],
  ES: ['hispanic'],
  FR: ['francophone', 'francophone', 'francophone', 'arabic'],
  GB: ['anglo', 'anglo', 'anglo', 'indian', 'punjabi', 'yoruba', 'polish', 'irish'],
  GH: ['ghanaian'],
  ID: ['indonesian'],
  IE: ['irish', 'irish', 'irish', 'polish', 'lusophone'],
  IL: ['hebrew', 'hebrew', 'hebrew', 'arabic'],
  IN: ['indian', 'indian', 'indian', 'indian', 'hindustani', 'punjabi'],
  JP: ['japanese', 'japanese', 'japanese', 'japanese', 'korean'],
  KE: ['kenyan'],
  KR: ['korean'],
  MX: ['hispanic'],
  NG: ['yoruba', 'igbo'],
  NL: ['dutch', 'dutch', 'dutch', 'indonesian', 'turkish'],
  NP: ['nepali'],
  NZ: ['anglo', 'aotearoa', 'aotearoa', 'overseasChinese'],
  PH: ['filipino'],
  PL: ['polish', 'polish', 'polish', 'ukrainian'],
  PT: ['lusophone'],
  SE: ['nordic', 'nordic', 'nordic', 'arabic'],
  SG: ['overseasChinese', 'overseasChinese', 'malay', 'indian'],
  TR: ['turkish'],
  TW: ['taiwanese'],
  UA: ['ukrainian'],
  US: ['anglo', 'anglo', 'anglo', 'hispanic', 'indian', 'taiwanese', 'korean', 'igbo'],
  UY: ['rioplatense'],
  VN: ['vietnamese'],
  ZA: ['southAfrican', 'southAfrican', 'cape'],
};

/** Lower-case ASCII letters and hyphens, from a name in Latin letters. */
export function keyOf(latinName: string): string {
  return latinName
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll(/[đĐ]/g, 'd')
    .replaceAll('ı', 'i')
    .replaceAll(/['’]/g, '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-');
}

/** A name common in the country that is not in `takenKeys` yet; adds its key there. */
export function drawName(country: string, takenKeys: Set<string>, random: SeededRandom): DemoName {
  for (let attempt = 0; attempt < 200; attempt++) {
    const drawn = anyName(country, random);
    if (takenKeys.has(drawn.key)) continue;
    takenKeys.add(drawn.key);
    return drawn;
  }
  throw new Error(`The name lists for ${country} are used up`);
}

function anyName(country: string, random: SeededRandom): DemoName {
  const cultures: readonly Culture[] = CULTURES_BY_COUNTRY[country] ?? ['anglo'];
  const names: NameList = NAMES[random.pick(cultures)];
  // Own script is drawn only where it is read: a name in Cyrillic would puzzle a group in Prague.
  if (names.native && ['UA', 'EG', 'TW', 'KR', 'JP'].includes(country) && random.chance(NATIVE_SCRIPT_SHARE)) {
    const [name, latin] = random.pick(names.native);
    return { name, key: keyOf(latin) };
  }
  const given = random.pick(names.given);
  const family = random.pick(names.family);
  const name = names.isFamilyFirst ? `${family} ${given}` : `${given} ${family}`;
  return { name, key: keyOf(name) };
}
