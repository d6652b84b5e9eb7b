export interface SourceNames {
  spaces: string[];
  databases: string[];
  collections: string[];
}

/**
 * The names to choose from, given folders such as `un2/default/articles` (and `chats`, which lies
 * in no space): the databases of the chosen spaces, the collections of the chosen databases.
 */
export function sourceNames(
  folders: readonly string[],
  chosen: { spaces: readonly string[]; databases: readonly string[] },
): SourceNames {
  const found = {
    spaces: new Set<string>(),
    databases: new Set<string>(),
    collections: new Set<string>(),
  };
  const isChosen = (names: readonly string[], name: string) =>
    names.length === 0 || names.includes(name);
  for (const folder of folders) {
    const [space, database, collection] = folder.split('/');
    if (space === undefined || database === undefined || collection === undefined) {
      continue;
    }
    found.spaces.add(space);
    if (!isChosen(chosen.spaces, space)) {
      continue;
    }
    found.databases.add(database);
    if (isChosen(chosen.databases, database)) {
      found.collections.add(collection);
    }
  }
  return {
    spaces: [...found.spaces].sort(),
    databases: [...found.databases].sort(),
    collections: [...found.collections].sort(),
  };
}
