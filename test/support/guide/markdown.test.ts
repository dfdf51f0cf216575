import { anchorsOf, blocksOf, headingsOf, linksOf, withTexts } from './markdown';

const FENCE = '```';
const PAGE = `# One \`page\`

See [this](#two) and [that](other.md#a-b), and [elsewhere](https://example.com).

${FENCE}yaml file=a.yaml fails
# no heading, [no link](none.md)
a: 1
${FENCE}

## Two

${FENCE}text
${FENCE}

## Two
`;

describe('the blocks of a page', () => {
  it('have language, info, text, line and heading', () => {
    const info = new Map([
      ['file', 'a.yaml'],
      ['fails', ''],
    ]);
    const text = '# no heading, [no link](none.md)\na: 1\n';
    expect(blocksOf(PAGE)).toEqual([
      { language: 'yaml', info, text, line: 5, heading: 'One `page`' },
      { language: 'text', info: new Map(), text: '', line: 12, heading: 'Two' },
    ]);
  });

  it('are replaced, longer, shorter and empty ones', () => {
    const texts = ['b: 2\n', 'one\ntwo\n'];
    const written = withTexts(PAGE, texts);
    expect(blocksOf(written).map(({ text }) => text)).toEqual(texts);
    const before = blocksOf(PAGE).map(({ text }) => text);
    expect(withTexts(written, before)).toBe(PAGE);
  });
});

it('headings are those outside of blocks', () => {
  expect(headingsOf(PAGE)).toEqual([
    { level: 1, text: 'One `page`' },
    { level: 2, text: 'Two' },
    { level: 2, text: 'Two' },
  ]);
});

it('anchors are those of GitHub: lower case, no marks, numbered where they are the same', () => {
  expect(anchorsOf(PAGE)).toEqual(['one-page', 'two', 'two-1']);
  expect(anchorsOf('### `storageclass.storage.k8s.io "x" not found`')).toEqual([
    'storageclassstoragek8sio-x-not-found',
  ]);
});

it('links are those to files and headings', () => {
  expect(linksOf(PAGE)).toEqual([
    { target: '', anchor: 'two' },
    { target: 'other.md', anchor: 'a-b' },
  ]);
});
