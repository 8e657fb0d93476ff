import { answerInThread } from '../../shared/answer-in-thread.js';
import { readFeed } from './read-feed.js';

answerInThread(readFeed);
