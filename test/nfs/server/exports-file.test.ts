import { readExportsFile } from './exports-file';

describe('the reader of exports files', () => {
  test('reads the forms that exports(5) shows', () => {
    expect(
      readExportsFile(
        [
          '# a comment',
          '',
          '/projects  192.0.2.0/24(rw) # another',
          '/with\\040space "/none"(ro)',
          '"/a b" -sync,rw fd00::/64 \\',
          '   10.0.0.0/8(ro,anonuid=150,fsid=7)',
          '/pub',
        ].join('\n'),
      ),
    ).toEqual([
      { path: '/projects', clients: [{ client: '192.0.2.0/24', options: { rw: true } }] },
      { path: '/with space', clients: [{ client: '/none', options: { ro: true } }] },
      {
        path: '/a b',
        clients: [
          { client: 'fd00::/64', options: { sync: true, rw: true } },
          {
            client: '10.0.0.0/8',
            options: { sync: true, rw: true, ro: true, anonuid: '150', fsid: '7' },
          },
        ],
      },
      { path: '/pub', clients: [{ client: '*', options: {} }] },
    ]);
  });

  test.each([
    ['/pub 10.0.0.0/8 (rw)', 'a client without a name is every machine: (rw)'],
    ['/pub 10.0.0.0/8(snc)', 'unknown keyword "snc"'],
    ['/pub 10.0.0.0/8(rw', 'a client without a name is every machine: 10.0.0.0/8(rw'],
    ['/pub "10.0.0.0/8', 'a quote is not closed: /pub "10.0.0.0/8'],
    ['pub *(ro)', 'no path: pub'],
  ])('fails on %s', (text, message) => {
    expect(() => readExportsFile(text)).toThrow(new Error(message));
  });
});
