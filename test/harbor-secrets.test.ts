import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { loadAll } from 'js-yaml';
import { objectAt, valueAt } from './support/json';

const example = join(__dirname, '..', 'examples', 'harbor-on-nfs');

/** Says what it was called with, an argument a line, and an empty line. */
const KUBECTL = `#!/bin/sh
for argument; do
  case $argument in --from-file=*) argument="$argument=$(head -n 1 "\${argument#*=}")" ;; esac
  printf '%s\\n' "$argument" >> "$CALLS"
done
echo >> "$CALLS"
`;
const HTPASSWD = '#!/bin/sh\necho "$2:\\$2y\\$05\\$of-$3"\n';

/** What the commands of the README put into Secrets, by Secret and key. */
function secretsOfReadme(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-secrets-'));
  try {
    for (const [name, text] of Object.entries({ kubectl: KUBECTL, htpasswd: HTPASSWD })) {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o755);
    }
    const readme = readFileSync(join(example, 'README.md'), 'utf8');
    const [, commands = ''] = /^```sh\n([\s\S]*?)^```$/m.exec(readme) ?? [];
    const env = {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      CALLS: join(folder, 'calls'),
    };
    execFileSync('sh', ['-eu', '-c', commands], { cwd: folder, env, stdio: 'pipe' });
    expect(readdirSync(folder).sort()).toEqual(['calls', 'htpasswd', 'kubectl']);
    return readCalls(readFileSync(env.CALLS, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readCalls(text: string): Record<string, Record<string, string>> {
  const calls = text.split('\n\n').map((call) => call.split('\n').filter(Boolean));
  const made = calls.filter((call) => call.includes('secret'));
  for (const call of made)
    expect(call.slice(0, 5)).toEqual(['-n', 'harbor', 'create', 'secret', 'generic']);
  return Object.fromEntries(
    made.map(([, , , , , name = '', ...values]) => [
      name,
      Object.fromEntries(
        values.map(
          (value) => /^--from-\w+=([^=]+)=(.*)$/.exec(value)?.slice(1) as [string, string],
        ),
      ),
    ]),
  );
}

describe("the README of Harbor's example", () => {
  let secrets: ReturnType<typeof secretsOfReadme>;

  beforeAll(() => {
    secrets = secretsOfReadme();
  }, 60_000);

  it('makes the Secrets that the values name', () => {
    const text = readFileSync(join(example, 'dist', 'harbor.k8s.yaml'), 'utf8');
    const application = loadAll(text).find((each) => objectAt(each).kind === 'Application');
    const values = objectAt(application, 'spec', 'source', 'helm', 'valuesObject');
    expect(Object.keys(secrets).sort()).toEqual(
      [
        valueAt(values, 'core', 'existingSecret'),
        valueAt(values, 'existingSecretAdminPassword'),
        valueAt(values, 'existingSecretSecretKey'),
        valueAt(values, 'registry', 'credentials', 'existingSecret'),
      ].sort(),
    );
  });

  it('gives them the keys and the lengths that the chart wants', () => {
    expect(secrets).toEqual({
      'harbor-internal': {
        secret: expect.stringMatching(/^.{16}$/),
        JOBSERVICE_SECRET: expect.stringMatching(/^.{16}$/),
        REGISTRY_HTTP_SECRET: expect.stringMatching(/^.{16}$/),
        CSRF_KEY: expect.stringMatching(/^.{32}$/),
        'tls.crt': '-----BEGIN CERTIFICATE-----',
        'tls.key': '-----BEGIN RSA PRIVATE KEY-----',
      },
      'harbor-admin': { HARBOR_ADMIN_PASSWORD: expect.stringMatching(/^.{32}$/) },
      'harbor-secret-key': { secretKey: expect.stringMatching(/^.{16}$/) },
      'harbor-registry': {
        REGISTRY_PASSWD: expect.stringMatching(/^.{32}$/),
        REGISTRY_HTPASSWD: expect.stringMatching(/^harbor_registry_user:\$2y\$/),
      },
    });
  });

  it('puts the same password into both keys of the registry', () => {
    const { REGISTRY_PASSWD, REGISTRY_HTPASSWD } = secrets['harbor-registry'] ?? {};
    expect(REGISTRY_HTPASSWD).toBe(`harbor_registry_user:$2y$05$of-${REGISTRY_PASSWD}`);
  });
});
