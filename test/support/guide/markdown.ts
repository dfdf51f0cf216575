/** A fenced block of code on a page. */
export interface Block {
  /** The word behind the fence. */
  readonly language: string;

  /** What stands behind the language: `file=claim.yaml`; a word alone has an empty value. */
  readonly info: ReadonlyMap<string, string>;

  /** The lines between the fences, each with its line break. */
  readonly text: string;

  /** Line of the opening fence, from 1. */
  readonly line: number;

  /** The heading that it stands under. */
  readonly heading: string;
}

/** A link to a file of the repository. */
export interface Link {
  /** The file as the page names it; empty where it is the page itself. */
  readonly target: string;
  readonly anchor: string | undefined;
}

const FENCE = /^```(.*)$/;
const HEADING = /^(#+) (.*)$/;

/** The blocks of a page, from top to bottom. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: { head: string; line: number; text: string } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = FENCE.exec(line);
    if (open === undefined && fence !== null) {
      open = { head: fence[1] ?? '', line: index + 1, text: '' };
    } else if (open === undefined) {
      heading = HEADING.exec(line)?.[2] ?? heading;
    } else if (fence === null) {
      open.text += `${line}\n`;
    } else {
      const [language = '', ...words] = open.head.split(' ');
      const info = new Map(words.map((word): [string, string] => [nameIn(word), valueIn(word)]));
      blocks.push({ language, info, text: open.text, line: open.line, heading });
      open = undefined;
    }
  }
  return blocks;
}

function nameIn(word: string): string {
  return word.split('=', 1)[0] ?? '';
}

function valueIn(word: string): string {
  return word.slice(nameIn(word).length + 1);
}

/** The page with other texts in its blocks, one for each of them. */
export function withTexts(markdown: string, texts: readonly string[]): string {
  const lines = markdown.split('\n');
  const blocks = blocksOf(markdown);
  for (const [index, { line, text }] of [...blocks.entries()].reverse()) {
    const shown = text.split('\n').length - 1;
    lines.splice(line, shown, ...(texts[index] ?? text).split('\n').slice(0, -1));
  }
  return lines.join('\n');
}

/** The headings of a page, with their level. */
export function headingsOf(markdown: string): { level: number; text: string }[] {
  return withoutBlocks(markdown)
    .split('\n')
    .flatMap((line) => {
      const [, marks, text] = HEADING.exec(line) ?? [];
      return marks === undefined || text === undefined ? [] : [{ level: marks.length, text }];
    });
}

/** The anchors that GitHub gives to the headings of a page. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  return headingsOf(markdown).map(({ text }) => {
    const slug = text
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}

/** The links of a page to files and headings; those to other hosts are not among them. */
export function linksOf(markdown: string): Link[] {
  return [...withoutBlocks(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, address = '']) => address)
    .filter((address) => !/^[a-z]+:/.test(address))
    .map((address) => {
      const [target = '', anchor] = address.split('#');
      return { target, anchor };
    });
}

function withoutBlocks(markdown: string): string {
  return markdown.replace(/^```.*\n(?:(?!```).*\n)*```$/gm, '');
}
