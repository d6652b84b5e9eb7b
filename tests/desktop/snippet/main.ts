import { invoke } from '@tauri-apps/api/core';

async function exportDataset(): Promise<unknown> {
  return await invoke('ai_export_dataset', { outputPath: '/path/to/save/dataset.jsonl' });
}

const outcome = document.getElementById('outcome');
exportDataset().then(
  (response) => outcome?.append(JSON.stringify({ response })),
  (error) => outcome?.append(JSON.stringify({ error })),
);
