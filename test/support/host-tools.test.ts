import { absenceOf, noCloudInit, noExportfs } from './host-tools';

test('a command that is not there is absent, and so is one that fails', () => {
  expect(absenceOf('no-such-command')).toBe('there is no no-such-command here');
  expect(absenceOf('sh', '-c', 'echo no >&2; exit 3')).toBe('sh does not run here: no');
  expect(absenceOf('sh', '-c', 'true')).toBeUndefined();
});

// CI installs them and says so; elsewhere the tests that need them say what they did not look at.
test('the tools that CI installs are there where they have to be', () => {
  if (process.env.HOST_TOOLS === 'required') {
    expect(noCloudInit).toBeUndefined();
    expect(noExportfs).not.toBe('there is no exportfs here');
  } else {
    expect(process.env.HOST_TOOLS).toBeUndefined();
  }
});
