/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/fixtures/'],
  // lib holds a second copy of every module, and jest need not know about it.
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/'],
  setupFiles: ['<rootDir>/test/support/property-seed.ts'],
  moduleNameMapper: { '^cdk8s-storage$': '<rootDir>/src/index.ts' },
  transform: { '\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
};
