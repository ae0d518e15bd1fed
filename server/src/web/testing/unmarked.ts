/** A page as it is copied: without the words of marks for invisible characters. */
export const unmarked = (html: string): string =>
  html.replaceAll(/<span class="db-unseen">.*?<bdi class="db-unseen__text">([^<]*)<\/bdi><\/span>/gs, "$1");
