// Runs before anything is drawn, so that a dark page never flashes white.
import { applyTheme, storedTheme } from './theme.js';

applyTheme(storedTheme());
