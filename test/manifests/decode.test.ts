import { decode } from '../../src/manifests/decode';
import { LONGEST_TEXT } from '../../src/manifests/limits';

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)),
  );

test('bytes are read as UTF-8, without their byte order mark', () => {
  expect(decode(bytes('a: ü\r\n'), 'a.yaml')).toEqual({ file: 'a.yaml', text: 'a: ü\r\n' });
  expect(decode(bytes(0xef, 0xbb, 0xbf, 'a'))).toEqual({ text: 'a' });
  expect(decode(bytes('a: \uFFFD\n'))).toEqual({ text: 'a: \uFFFD\n' });
});

describe('bytes are refused when they', () => {
  test.each<[string, Uint8Array, object]>([
    [
      'are not UTF-8',
      bytes('a: b\nc: ', 0xe4, '\n'),
      { line: 2, message: 'is not text: has bytes that are not UTF-8' },
    ],
    [
      'are a picture',
      bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0),
      { line: 1, message: 'is not text: has bytes that are not UTF-8' },
    ],
    ['are UTF-16', bytes(0xff, 0xfe, 'a', 0), { message: 'is UTF-16; save it as UTF-8' }],
    [
      'are UTF-16, the large end first',
      bytes(0xfe, 0xff, 0, 'a'),
      { message: 'is UTF-16; save it as UTF-8' },
    ],
    [
      'are more than 256 MiB',
      new Uint8Array(LONGEST_TEXT + 1),
      { message: 'is larger than 256 MiB; split it' },
    ],
  ])('%s', (_, input, problem) => {
    expect(decode(input, 'a.yaml')).toEqual({ file: 'a.yaml', ...problem });
    expect(decode(input)).toEqual(problem);
  });
});
