// Writes src/ipc/generated.ts from the Python models; with --check, only says whether it is
// current. PYTHON names the interpreter (default: the project's .venv).
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const frontend = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(frontend, 'src/ipc/generated.ts');
const python = process.env.PYTHON ?? join(frontend, '../.venv/bin/python');

const json = execFileSync(python, ['-m', 'raise_finetune.commands.schema'], { encoding: 'utf8' });
const schema = JSON.parse(json);
const types = await compile(schema, 'Ipc', {
  additionalProperties: false,
  bannerComment: '// Generated from the Python models by `npm run types`: do not edit.',
  style: { singleQuote: true, printWidth: 100 },
});
const names = Object.keys(schema.$defs.Commands.properties).map((name) => `  '${name}',`);
const generated = `${types}
export const commandNames: readonly (keyof Commands)[] = [
${names.join('\n')}
];
`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, generated);
} else if (readFileSync(target, 'utf8') !== generated) {
  console.error('src/ipc/generated.ts is stale: run `npm run types` in frontend/.');
  process.exit(1);
}
