/** The words of the pages, in the language in use. */
export { en as m } from './en.ts';
