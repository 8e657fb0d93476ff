import type { EventType } from './event.js';

/**
 * Words that tell a type wherever they stand, folded as `fold` does, with single spaces for hyphens: English, German,
 * French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Polish, Czech, Russian.
 */
export const TELLING: Readonly<Record<Exclude<EventType, 'other'>, string>> = {
  talk: `talk, talks, lecture, lectures, lightning talk, keynote, seminar, colloquium, panel, panel discussion, fireside,
    fireside chat, q a, ama, ask me anything, webinar, presentation, speaker series, guest speaker, debate, symposium talk,
    vortrag, vorträge, vortragsreihe, vortragsabend, vorlesung, ringvorlesung, podiumsdiskussion, podiumsgespräch,
    table ronde, causerie, charla, charlas, ponencia, mesa redonda, conferencia magistral,
    palestra, palestras, coloquio, seminario, conversa com, mesa redonda, tavola rotonda, dibattito,
    lezing, lezingen, foredrag, foreläsning, forelesning, prednaska, prednasky,
    wyklad, prelekcja, лекция, доклад, вебинар, семинар, дискуссия`,
  workshop: `workshop, workshops, hackathon, hackathons, hack night, hack day, hackday, tutorial, masterclass, master class,
    practicum, sprint, datathon, bootcamp session, writing retreat, unconference workshop,
    werkstatt, atelier, ateliers, taller, talleres, oficina, oficinas, laboratorio, officina, werkplaats,
    verksted, vaerksted, verkstad, warsztat, warsztaty, dilna, мастер класс, воркшоп, практикум, хакатон`,
  reading_group: `reading group, reading groups, reading club, reading circle, reading session, book club, bookclub, book group,
    journal club, paper club, paper reading, paper reading group, paper discussion, discussion group, study group, close reading,
    lesekreis, lesegruppe, lesezirkel, lektürekreis, lektüregruppe, buchclub, lesetreff, leseabend,
    groupe de lecture, club de lecture, cercle de lecture, grupo de lectura, club de lectura, circulo de lectura,
    club del libro, grupo de leitura, clube de leitura, clube do livro, gruppo di lettura, club del libro, leesgroep,
    leeskring, leesclub, boekenclub, läsecirkel, bokcirkel, bokklubb, læseklub, læsegruppe,
    lesesirkel, dyskusyjny klub ksiazki, klub ksiazki, ctenarsky klub, читательский клуб, книжный клуб`,
  social: `meetup social, social hour, social evening, social night, social dinner, social gathering, social mixer, mixer,
    get together, hangout, hang out, happy hour, game night, games night, board games, board game night, boardgames, pub quiz,
    quiz night, movie night, film night, karaoke, potluck, picnic, barbecue, bbq, stammtisch, spieleabend, kneipenabend,
    weihnachtsfeier, sommerfest, filmabend, spieletreff, apero, soiree, soiree jeux, pique nique, fiesta, noche de juegos,
    convivio, churrasco, festa, noite de jogos, aperitivo, borrel, spelletjesavond, fika, spillaften, spelkvall,
    integracja, planszowki, вечеринка, тусовка, пикник`,
  coworking: `coworking, cowork, coworking day, co working, work session, focus session, focus day, work together,
    study session, deep work, body doubling, pomodoro, shut up and write, write in, hack and yack, office day,
    arbeitstreffen, coworking tag, coworken, cotravail, trabajo conjunto, cotrabajo, samenwerkdag, коворкинг`,
  conference: `conference, conferences, unconference, symposium, summit, congress, convention, eag, eagx, eaglobal, ea global,
    research day, demo day, konferenz, kongress, tagung, fachtagung, barcamp, colloque, congres, congreso, jornada, jornadas,
    cumbre, simposio, congresso, conferencia, jornada, convegno, congres, symposion, konferens, konference, konferanse,
    konferencja, zjazd, kongres, konferencia, конференция, симпозиум, саммит`,
  course: `course, courses, crash course, short course, bootcamp, boot camp, fellowship, curriculum, cohort, summer school,
    winter school, spring school, autumn school, study programme, lehrgang, kurs, kurse, grundkurs, einführungskurs,
    sommerschule, winterschule, stage de formation, curso, cursos, cursillo, escuela de verano, escola de verao,
    corso, corsi, cursus, cursussen, kursus, kurzy, zomerschool, szkolenie, курс, курсы`,
};

/** Words that do so only at the end of what names the event: "Weekly reading" is one, "Reading between the lines" none. */
export const TELLING_AT_THE_END: Readonly<Partial<Record<EventType, string>>> = {
  reading_group: 'reading, readings, lekture, lecture commune, lectura, leitura, lettura',
  workshop: 'training, trainings, schulung, hands on',
  course: 'class, classes, clase, aula, clases, aulas',
  social: 'social, socials, party, parties, feier, fete, spieleabende, treff, soziales',
};

/** Words for what there is beside: they count where nothing else tells more. */
export const TELLING_LITTLE: Readonly<Partial<Record<EventType, string>>> = {
  social: `meetup, meetups, meet up, dinner, lunch, brunch, breakfast, drinks, pizza, beer, beers, pub, coffee, tea, ice cream,
    hike, walk, cookout, celebration, gathering, welcome evening, treffen, abendessen, mittagessen, frühstück, wanderung,
    kaffee, spaziergang, rencontre, diner, dejeuner, petit dejeuner, apero, verre, balade, quedada, encuentro, cena, comida,
    desayuno, cafe, cervezas, paseo, encontro, jantar, almoco, cerveja, passeio, incontro, pranzo, passeggiata, bijeenkomst,
    etentje, lunch, wandeling, traff, middag, kafe, spotkanie, kolacja, spacer, setkani, vecere, prochazka, встреча,
    ужин, обед, прогулка`,
  talk: 'speaker, speakers, presents, in conversation, discussion, diskussion, discusion, discussao, conversation, chat',
};

/** Where those words mean something else. */
export const MISLEADING = `course of action, of course, in the course, due course, course correction, main course, golf course,
  obstacle course, race course, small talk, talk to, let s talk, lets talk, pep talk, talk therapy,
  social impact, social media, social network, social networks, social science, social sciences, social justice, social choice,
  social contract, social work, social welfare, social good, social change, social innovation, social security, social policy,
  labour party, labor party, third party, party politics, party line, green party, political party,
  working class, middle class, ruling class, world class, first class, class action, class struggle, reading week,
  reading list, speed reading, mind reading, training run, training runs, training data, pre training, post training,
  adversarial training, conference call, conference room, panel data, panel survey, walk through, food for thought,
  sprint planning, debate club, de curso, en curso, em curso, au cours, walk in, coffee break, pub sub, summit hike`;

/** After one of these comes what it is about, with whom or where: no longer what it is. */
export const CUTTING = `on, about, of, for, with, without, in, at, by, from, after, before, during, to, into, and, or, how, why, what,
  w, feat, ft, uber, mit, fur, von, zu, zum, zur, im, am, bei, nach, und, de, del, des, du, d, sur, avec, pour, dans, chez, et,
  con, para, sobre, en, y, e, com, da, do, das, dos, em, na, no, di, della, su, per, ed, van, voor, met, over, bij, door,
  om, med, pa, till, til, och, og, hos, z, ze, o, dla, w, na, i, pro, s, в, на, о, об, с, по, для, и`;

/** The same for scripts that put no spaces between words; found anywhere. */
export const TELLING_UNSPACED: Readonly<Partial<Record<EventType, readonly string[]>>> = {
  reading_group: ['読書会', '輪読', '勉強会', '读书会', '讀書會', '독서모임', '독서 모임'],
  workshop: ['ワークショップ', 'ハッカソン', '工作坊', '워크숍', '워크샵'],
  course: ['講座', '课程', '課程', '강좌', '강의'],
  conference: ['カンファレンス', 'シンポジウム', '大会', '研讨会', '研討會', '会议', '會議', '컨퍼런스'],
  talk: ['講演', 'セミナー', '讲座', '講座', '演讲', '演講', '강연', '세미나'],
  coworking: ['コワーキング', 'もくもく会', '共同办公', '코워킹'],
  social: ['懇親会', '飲み会', '交流会', '聚会', '聚會', '모임'],
};
