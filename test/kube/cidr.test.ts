import { cidrProblem, coversAll, readCidr, sameCidr } from '../../src/kube/cidr';

/** Networks of texts that are known to be such. */
function read(...texts: readonly string[]) {
  return texts.map((text) => {
    const cidr = readCidr(text);
    if (cidr === undefined) {
      throw new Error(text);
    }
    return cidr;
  });
}

describe('a network in CIDR notation', () => {
  test.each([
    ['172.26.0.0/16', 4, 0xac1a0000n, 16],
    ['0.0.0.0/0', 4, 0n, 0],
    ['255.255.255.255/32', 4, 0xffffffffn, 32],
    ['10.0.0.4/30', 4, 0x0a000004n, 30],
    ['::/0', 6, 0n, 0],
    ['::1/128', 6, 1n, 128],
    ['fd00:26::/64', 6, 0xfd00_0026n << 96n, 64],
    ['1:2:3:4:5:6:7:8/128', 6, 0x0001_0002_0003_0004_0005_0006_0007_0008n, 128],
    ['64:ff9b::10.0.0.1/128', 6, (0x64_ff9bn << 96n) + 0x0a000001n, 128],
    ['1::8/128', 6, (1n << 112n) + 8n, 128],
  ])('%s is read', (text, family, first, prefix) => {
    expect(cidrProblem(text)).toBeUndefined();
    expect(readCidr(text)).toEqual({ family, first, prefix });
  });

  const NO_NETWORK = "must be a network such as '172.26.0.0/16' or 'fd00:26::/64', got";

  test.each([
    ['nodes.example.com', `${NO_NETWORK} 'nodes.example.com'; names are not taken`],
    ['*.example.com', `${NO_NETWORK} '*.example.com'; names are not taken`],
    ['@trusted', `${NO_NETWORK} '@trusted'; names are not taken`],
    ['', `${NO_NETWORK} ''; names are not taken`],
    ['10.0.0/8', `${NO_NETWORK} '10.0.0/8'; names are not taken`],
    ['10.0.0.0.0/8', `${NO_NETWORK} '10.0.0.0.0/8'; names are not taken`],
    ['010.0.0.0/8', `${NO_NETWORK} '010.0.0.0/8'; names are not taken`],
    ['256.0.0.0/8', `${NO_NETWORK} '256.0.0.0/8'; names are not taken`],
    ['10.0.0.0/8/8', `${NO_NETWORK} '10.0.0.0/8/8'; names are not taken`],
    [' 10.0.0.0/8', `${NO_NETWORK} ' 10.0.0.0/8'; names are not taken`],
    ['fe80::%eth0/64', `${NO_NETWORK} 'fe80::%eth0/64'; names are not taken`],
    ['fd00::g/64', `${NO_NETWORK} 'fd00::g/64'; names are not taken`],
    [
      '172.26.1.10',
      "must have a prefix length, got '172.26.1.10'; write '172.26.1.10/32' for this address alone",
    ],
    [
      'fd00::1',
      "must have a prefix length, got 'fd00::1'; write 'fd00::1/128' for this address alone",
    ],
    ['10.0.0.0/33', "must have a prefix length from 0 to 32, got '10.0.0.0/33'"],
    ['::/129', "must have a prefix length from 0 to 128, got '::/129'"],
    ['10.0.0.0/255.0.0.0', "must have a prefix length from 0 to 32, got '10.0.0.0/255.0.0.0'"],
    ['10.0.0.0/08', "must have a prefix length from 0 to 32, got '10.0.0.0/08'"],
    ['10.0.0.0/', "must have a prefix length from 0 to 32, got '10.0.0.0/'"],
    ['10.0.0.0/-1', "must have a prefix length from 0 to 32, got '10.0.0.0/-1'"],
    [
      '172.26.1.10/16',
      "must have no bits set beyond its prefix, got '172.26.1.10/16'; write '172.26.0.0/16'",
    ],
    [
      '128.0.0.0/0',
      "must have no bits set beyond its prefix, got '128.0.0.0/0'; write '0.0.0.0/0'",
    ],
    [
      'fd00:26:0:0:1::/64',
      "must have no bits set beyond its prefix, got 'fd00:26:0:0:1::/64'; write 'fd00:26::/64'",
    ],
    ['::ffff:10.0.0.0/104', "must be written as IPv4 where it is, got '::ffff:10.0.0.0/104'"],
  ])('fails as %j', (text, problem) => {
    expect(cidrProblem(text)).toBe(problem);
    expect(readCidr(text)).toBeUndefined();
  });

  test('is the same however it is written', () => {
    const [short, long, other, wider, four] = read(
      'fd00::/64',
      'FD00:0:0::0/64',
      'fd01::/64',
      'fd00::/63',
      '0.0.0.0/0',
    );
    const [six] = read('::/0');
    const same = (one = short, two = short) =>
      one !== undefined && two !== undefined && sameCidr(one, two);
    expect([same(long), same(other), same(wider), same(four, six)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('networks have every address in them', () => {
  test.each([
    [['0.0.0.0/0']],
    [['::/0']],
    [['10.0.0.0/8', '0.0.0.0/0']],
    [['128.0.0.0/1', '0.0.0.0/1']],
    [['0.0.0.0/2', '64.0.0.0/2', '96.0.0.0/3', '128.0.0.0/1']],
    [['::/1', 'fd00::/8', '8000::/1']],
  ])('as %j', (texts) => {
    expect(coversAll(read(...texts))).toBe(true);
  });

  test.each([
    [[]],
    [['10.0.0.0/8']],
    [['0.0.0.0/1']],
    [['128.0.0.0/1']],
    [['0.0.0.0/1', '128.0.0.0/2', '224.0.0.0/3']],
    [['0.0.0.0/1', '8000::/1']],
    [['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3', '224.0.0.0/4', '240.0.0.0/5']],
  ])('fails as %j', (texts: string[]) => {
    expect(coversAll(read(...texts))).toBe(false);
  });
});
