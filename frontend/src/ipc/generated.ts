// Generated from the Python models by `npm run types`: do not edit.

/**
 * What travels between the page and the program.
 */
export interface Ipc {
  commands: Commands;
  error: CommandError;
}
/**
 * Every command, by its name.
 */
export interface Commands {
  /**
   * Tell the page what it runs in.
   */
  app_about: {
    request: NoRequest;
    response: AboutResponse;
    progress: null;
  };
  /**
   * Ask a running request of the same page to stop.
   */
  app_cancel: {
    request: CancelRequest;
    response: CancelResponse;
    progress: null;
  };
  /**
   * Let the user pick a data folder in the system's dialog.
   */
  app_choose_folder: {
    request: ChooseFolderRequest;
    response: ChosenPath;
    progress: null;
  };
  /**
   * Stop what still runs and close the window.
   */
  app_close: {
    request: NoRequest;
    response: Done;
    progress: null;
  };
  /**
   * Return the stored settings and what follows from them.
   */
  app_settings_read: {
    request: NoRequest;
    response: SettingsResponse;
    progress: null;
  };
  /**
   * Store all settings and return what follows from them.
   */
  app_settings_write: {
    request: WriteSettingsRequest;
    response: SettingsResponse;
    progress: null;
  };
}
/**
 * Of a command that needs to be told nothing.
 */
export interface NoRequest {}
/**
 * What this program is and where it saves datasets.
 */
export interface AboutResponse {
  version: string;
  face: 'desktop' | 'browser';
  datasetFolder: string;
}
/**
 * Which running request to stop.
 */
export interface CancelRequest {
  requestId: string;
}
/**
 * Whether that request was running.
 */
export interface CancelResponse {
  cancelled: boolean;
}
/**
 * Where the dialog starts; the data folder when not given.
 */
export interface ChooseFolderRequest {
  start?: string | null;
}
/**
 * What the user picked; ``None`` when the dialog was dismissed.
 */
export interface ChosenPath {
  path: string | null;
}
/**
 * Of a command that has nothing to tell but that it is done.
 */
export interface Done {}
/**
 * The settings as stored, and what follows from them.
 */
export interface SettingsResponse {
  settings: AppSettingsOutput;
  language: 'fr' | 'en';
  dataFolder: DataFolder;
}
/**
 * Everything on the settings screen.
 */
export interface AppSettingsOutput {
  dataFolder: string | null;
  language: 'system' | 'fr' | 'en';
  theme: 'system' | 'light' | 'dark';
  exportDefaults: ExportDefaultsOutput;
}
/**
 * What a new export starts from.
 */
export interface ExportDefaultsOutput {
  minimumRating: number;
  includeUnrated: boolean;
  documentation: boolean;
  valFraction: number;
}
/**
 * The JSON-DB folder in use, and what decided it: ``PATH_RAISE_DOMAIN`` goes first.
 */
export interface DataFolder {
  path: string;
  origin: 'environment' | 'settings' | 'standard';
  exists: boolean;
}
/**
 * The settings to store, all of them.
 */
export interface WriteSettingsRequest {
  settings: AppSettingsInput;
}
/**
 * Everything on the settings screen.
 */
export interface AppSettingsInput {
  dataFolder?: string | null;
  language?: 'system' | 'fr' | 'en';
  theme?: 'system' | 'light' | 'dark';
  exportDefaults?: ExportDefaultsInput;
}
/**
 * What a new export starts from.
 */
export interface ExportDefaultsInput {
  minimumRating?: number;
  includeUnrated?: boolean;
  documentation?: boolean;
  valFraction?: number;
}
/**
 * Why a command was refused or failed, in the user's language.
 *
 * ``field`` is the dotted path, in camelCase, of the request's value that is at fault.
 */
export interface CommandError {
  code: string;
  message: string;
  hint: string;
  field: string | null;
}

export const commandNames: readonly (keyof Commands)[] = [
  'app_about',
  'app_cancel',
  'app_choose_folder',
  'app_close',
  'app_settings_read',
  'app_settings_write',
];
