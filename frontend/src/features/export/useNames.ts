import { useSettings } from '../../ipc/settings';
import { useLibrary } from '../conversations/library/useLibrary';
import { type SourceNames, sourceNames } from './sourceNames';

/*
 * Names to suggest, from what lies in the data folder. The fields that ask for them are only there
 * while their group is open: reading the folder would slow the preview down.
 */

export function useSourceOptions(chosen: { spaces: string[]; databases: string[] }): SourceNames {
  const folders = useFolderContents()?.folders ?? [];
  return sourceNames(
    folders.map((folder) => folder.name),
    chosen,
  );
}

export function useTagOptions(): string[] {
  return useFolderContents()?.tags.map((each) => each.tag) ?? [];
}

function useFolderContents() {
  return useLibrary(useSettings().data?.dataFolder.path ?? '').library.data;
}
