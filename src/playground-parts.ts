/** What only a process takes that serves the playground. The others start faster without reading it. */
export { connectDemoCalendars } from './demo/calendar/connect-demo-calendars.js';
export { startDemoCalendars } from './demo/calendar/demo-calendars.js';
export { DEMO_PERSONAS } from './demo/demo-personas.js';
export { seedDemo } from './demo/seed-demo.js';
export { createPlayground } from './platforms/playground/playground.js';
