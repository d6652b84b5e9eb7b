import { invoke } from '@tauri-apps/api/core';

const SAMPLES = 1000;

const pause = () => new Promise((resolve) => setTimeout(resolve, 4));

/** Milliseconds of one round trip of a small command. */
async function roundTrip(): Promise<number> {
  const started = performance.now();
  await invoke('app_settings_read');
  return performance.now() - started;
}

/** Calls a command that only bench/ipc.py has, past the page's own list of commands. */
function report(result: unknown): Promise<unknown> {
  return invoke('plugin:pytauri|pyfunc', new TextEncoder().encode(JSON.stringify(result)), {
    headers: { pyfunc: 'bench_report' },
  });
}

async function measure(): Promise<void> {
  const idle: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    idle.push(await roundTrip());
    await pause();
  }

  const busy: number[] = [];
  let exporting = true;
  let error = '';
  const started = performance.now();
  invoke('ai_export_dataset', { outputPath: 'bench-ipc.jsonl' })
    .catch((reason) => {
      error = JSON.stringify(reason);
    })
    .finally(() => {
      exporting = false;
    });
  while (exporting) {
    busy.push(await roundTrip());
    await pause();
  }
  await report({ idle, busy, exportMs: performance.now() - started, error });
}

void measure();
