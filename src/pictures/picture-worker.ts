import { answerInThread } from '../shared/answer-in-thread.js';
import { type Drawing, draw } from './draw.js';

answerInThread(
  (drawing: Drawing) => draw(drawing),
  ({ buffer }) => [buffer],
);
