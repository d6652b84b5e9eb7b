// Generated from the Python models by `npm run types`: do not edit.

/**
 * The kinds of sensitive data, strongest first: it names findings that overlap.
 */
export type FindingType =
  | 'secret'
  | 'credentials'
  | 'password'
  | 'email'
  | 'iban'
  | 'card'
  | 'nir'
  | 'siret'
  | 'siren'
  | 'id_document'
  | 'plate'
  | 'phone'
  | 'ip'
  | 'mac'
  | 'user'
  | 'address'
  | 'birth_date'
  | 'private'
  | 'host'
  | 'person';

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
   * Export a dataset from the user's data folder.
   */
  ai_export_dataset: {
    request: ExportRequest;
    response: ExportResponse;
    progress: TaskProgress;
  };
  /**
   * Store a rating, a correction, tags and a note for an answer.
   */
  answer_rate: {
    request: RateRequest;
    response: RatedResponse;
    progress: null;
  };
  /**
   * Take away what was said here about an answer.
   */
  answer_unrate: {
    request: AnswerRequest;
    response: RatedResponse;
    progress: null;
  };
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
   * Let the user pick a file in the system's dialog.
   */
  app_choose_file: {
    request: ChooseFileRequest;
    response: ChosenPath;
    progress: null;
  };
  /**
   * Let the user pick a folder in the system's dialog.
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
   * Close the window once no job runs any more, if all of them came to a good end.
   */
  app_close_when_done: {
    request: LongRequest;
    response: CloseWhenDoneResponse;
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
   * Store the settings that are named; return all of them and what follows from them.
   */
  app_settings_write: {
    request: WriteSettingsRequest;
    response: SettingsResponse;
    progress: null;
  };
  /**
   * Tell a page that is opened, or reloaded, which comparison is open already.
   */
  compare_current: {
    request: NoRequest;
    response: CompareCurrentResponse;
    progress: null;
  };
  /**
   * Have both sides answer, one after the other, piece by piece.
   */
  compare_generate: {
    request: CompareGenerateRequest;
    response: CompareGenerateResponse;
    progress: AnswersSoFar;
  };
  /**
   * Say which answer is better: it becomes ratings, which the next export takes.
   */
  compare_mark: {
    request: CompareMarkRequest;
    response: Done;
    progress: null;
  };
  /**
   * Load a run's adapter beside its base, check that prompts fit, take the loss on both.
   */
  compare_start: {
    request: CompareStartRequest;
    response: CompareStartResponse;
    progress: CompareProgress;
  };
  /**
   * Close the comparison and free its memory.
   */
  compare_stop: {
    request: NoRequest;
    response: Done;
    progress: null;
  };
  /**
   * Show near-duplicates beside what would stay in their place.
   */
  dataset_near_duplicates: {
    request: NearDuplicatesRequest;
    response: NearDuplicatesResponse;
    progress: TaskProgress;
  };
  /**
   * Show a row of the export as tokens: trained, masked or cut off.
   */
  dataset_preview_tokens: {
    request: TokensRequest;
    response: TokensResponse;
    progress: TaskProgress;
  };
  /**
   * Write a demo database and make it the data folder.
   *
   *     It goes to its own folder in the user's home; where ``PATH_RAISE_DOMAIN`` decides, there.
   *
   */
  demo_create: {
    request: DemoRequest;
    response: SettingsResponse;
    progress: TaskProgress;
  };
  /**
   * Let the user pick where to save, in the system's dialog.
   */
  export_choose_output: {
    request: ChooseOutputRequest;
    response: ChosenOutput;
    progress: null;
  };
  /**
   * Follow an export that a page began before it was reloaded: its progress and its result.
   */
  export_follow: {
    request: FollowExportRequest;
    response: ExportResponse;
    progress: TaskProgress;
  };
  /**
   * Say at once about what an export would do, by a sample of a large data folder.
   */
  export_glance: {
    request: PreviewRequest;
    response: GlanceResponse;
    progress: TaskProgress;
  };
  /**
   * Say what an export would do, and show the first rows it would write.
   */
  export_preview: {
    request: PreviewRequest;
    response: PreviewResponse;
    progress: TaskProgress;
  };
  /**
   * Say what two datasets that were exported here have different, and why.
   */
  exports_compare: {
    request: CompareRequest;
    response: CompareResponse;
    progress: null;
  };
  /**
   * Say where a row of a dataset comes from, and why it is there.
   */
  exports_explain_row: {
    request: ExplainRequest;
    response: ExplainResponse;
    progress: null;
  };
  /**
   * Take an export off the list; its dataset stays where it is.
   */
  exports_forget: {
    request: PastExportRequest;
    response: PastExportsResponse;
    progress: null;
  };
  /**
   * Return the exports that were killed, having cleared what they left.
   */
  exports_interrupted: {
    request: NoRequest;
    response: InterruptedExportsResponse;
    progress: null;
  };
  /**
   * Speak of an export that was killed no more.
   */
  exports_interrupted_dismiss: {
    request: DismissRequest;
    response: InterruptedExportsResponse;
    progress: null;
  };
  /**
   * Return the exports made on this machine.
   */
  exports_list: {
    request: NoRequest;
    response: PastExportsResponse;
    progress: null;
  };
  /**
   * Put an export back that was just taken off the list.
   */
  exports_restore: {
    request: PastExportRequest;
    response: PastExportsResponse;
    progress: null;
  };
  /**
   * Show an export's dataset in the system's file manager.
   *
   *     The page names an export, never a path: it cannot open anything else.
   *
   */
  exports_reveal: {
    request: PastExportRequest;
    response: Done;
    progress: null;
  };
  /**
   * Verify the dataset of an export.
   */
  exports_verify: {
    request: VerifyExportRequest;
    response: VerifyExportResponse;
    progress: TaskProgress;
  };
  /**
   * Return the records that were forgotten in the data folder.
   */
  forgotten_list: {
    request: NoRequest;
    response: ForgottenResponse;
    progress: null;
  };
  /**
   * Let the next exports hold a record of the list again; return what is left on it.
   */
  forgotten_take_back: {
    request: ForgottenRequest;
    response: ForgottenResponse;
    progress: null;
  };
  /**
   * Return one page of what the user asks for.
   */
  library_list: {
    request: ListRequest;
    response: ListResponse;
    progress: null;
  };
  /**
   * Read the data folder, once, and say what is in it.
   */
  library_open: {
    request: OpenRequest;
    response: LibraryResponse;
    progress: TaskProgress;
  };
  /**
   * Return one conversation or piece of documentation.
   */
  library_read: {
    request: ReadRequest;
    response: ReadResponse;
    progress: null;
  };
  /**
   * Return one page of what has the text anywhere: in its title, its questions, its answers.
   *
   *     This reads the documents. ``library_list`` gives the further pages, by the ``listing``.
   *
   */
  library_search: {
    request: SearchRequest;
    response: ListResponse;
    progress: TaskProgress;
  };
  /**
   * Name the documents that could not be read.
   */
  library_unusable: {
    request: NoRequest;
    response: UnusableResponse;
    progress: null;
  };
  /**
   * Turn a run's adapter into a GGUF file beside it.
   */
  models_convert: {
    request: ModelRequest;
    response: ConvertResponse;
    progress: null;
  };
  /**
   * Delete a run with its adapter and its files; refused while it is being trained.
   */
  models_delete: {
    request: ModelRequest;
    response: ModelsResponse;
    progress: null;
  };
  /**
   * Return the runs on this machine with their adapters.
   */
  models_list: {
    request: NoRequest;
    response: ModelsResponse;
    progress: null;
  };
  /**
   * Write the file by which Ollama serves a run's adapter; its adapter is converted first.
   */
  models_modelfile: {
    request: ModelfileRequest;
    response: ModelfileResponse;
    progress: null;
  };
  /**
   * Return the user's own list of values to mask.
   */
  privacy_known_values_read: {
    request: NoRequest;
    response: KnownValuesResponse;
    progress: null;
  };
  /**
   * Store the user's own list of values to mask.
   */
  privacy_known_values_write: {
    request: KnownValuesRequest;
    response: KnownValuesResponse;
    progress: null;
  };
  /**
   * Look for sensitive data in what an export by this recipe would take.
   */
  privacy_scan: {
    request: PrivacyScanRequest;
    response: PrivacyScanResponse;
    progress: TaskProgress;
  };
  /**
   * Return a page of the values that the last scan found.
   */
  privacy_values: {
    request: PrivacyValuesRequest;
    response: PrivacyValuesResponse;
    progress: null;
  };
  /**
   * Return the recipe that a new export starts from.
   */
  recipe_default: {
    request: NoRequest;
    response: RecipeResponse;
    progress: null;
  };
  /**
   * Return a recipe as TOML with a comment for every key.
   */
  recipe_format: {
    request: FormatRecipeRequest;
    response: RecipeTextResponse;
    progress: null;
  };
  /**
   * Return the recipe that a TOML text holds.
   */
  recipe_parse: {
    request: RecipeTextRequest;
    response: RecipeResponse;
    progress: null;
  };
  /**
   * Keep a record out of all exports, and make the datasets that hold it again.
   */
  record_forget: {
    request: ForgetRequest;
    response: ForgetResponse;
    progress: TaskProgress;
  };
  /**
   * Say what forgetting a record means; nothing is changed.
   */
  record_forget_plan: {
    request: RecordRequest;
    response: ForgetPlanResponse;
    progress: null;
  };
  /**
   * Let the next exports hold a forgotten record again.
   */
  record_take_back: {
    request: RecordRequest;
    response: TakenBackResponse;
    progress: null;
  };
  /**
   * Return a training configuration as TOML with a comment for every key.
   */
  training_config_format: {
    request: ConfigRequest;
    response: ConfigTextResponse;
    progress: null;
  };
  /**
   * Return the training configuration that a TOML text holds.
   */
  training_config_parse: {
    request: ConfigTextRequest;
    response: ConfigResponse;
    progress: null;
  };
  /**
   * Remove a run with its checkpoints and its adapter.
   */
  training_delete: {
    request: RunRequest;
    response: RunsResponse;
    progress: null;
  };
  /**
   * Say what a training would take, having checked all that could keep it from starting.
   */
  training_estimate: {
    request: EstimateRequest;
    response: EstimateResponse;
    progress: null;
  };
  /**
   * Ask a run to save a checkpoint and its adapter so far, and to wait until it is resumed.
   */
  training_pause: {
    request: RunRequest;
    response: RunResponse;
    progress: null;
  };
  /**
   * Return the configurations to start from on this machine.
   */
  training_presets: {
    request: NoRequest;
    response: PresetsResponse;
    progress: null;
  };
  /**
   * Go on with a run from its last whole checkpoint.
   */
  training_resume: {
    request: RunRequest;
    response: RunResponse;
    progress: null;
  };
  /**
   * Show a run's folder in the system's file manager.
   */
  training_reveal: {
    request: RunRequest;
    response: Done;
    progress: null;
  };
  /**
   * Return where a run is and what it told since the last time.
   */
  training_run: {
    request: FollowRunRequest;
    response: FollowRunResponse;
    progress: null;
  };
  /**
   * Return the runs on this machine.
   */
  training_runs: {
    request: NoRequest;
    response: RunsResponse;
    progress: null;
  };
  /**
   * Start a training in a process of its own.
   */
  training_start: {
    request: StartTrainingRequest;
    response: RunResponse;
    progress: null;
  };
  /**
   * Ask a run to save its adapter as it is, and to be done with it; a paused one is at once.
   */
  training_stop: {
    request: RunRequest;
    response: RunResponse;
    progress: null;
  };
}
/**
 * Where to write, and by which recipe; without one, by the user's defaults.
 */
export interface ExportRequest {
  requestId?: string | null;
  onProgress?: string | null;
  outputPath: string;
  recipe?: ExportRecipeInput | null;
}
/**
 * Everything that decides the bytes of an export, besides the data itself.
 */
export interface ExportRecipeInput {
  version?: 1;
  source?: SourceSectionInput;
  rating?: RatingSectionInput;
  filter?: FilterSectionInput;
  examples?: ExamplesSectionInput;
  quality?: QualitySectionInput;
  sanitize?: SanitizeOptionsInput;
  dedup?: DedupSectionInput;
  output?: OutputSectionInput;
  tokens?: TokensSectionInput;
  templates?: TemplatesSection;
}
/**
 * Where records come from; an empty list means all.
 */
export interface SourceSectionInput {
  spaces?: string[];
  databases?: string[];
  collections?: string[];
  chats?: boolean;
  documentation?: boolean;
  articleStatuses?: string[];
}
/**
 * Which answers are good enough, and where their ratings stand.
 */
export interface RatingSectionInput {
  minimum?: number;
  badMaximum?: number;
  includeUnrated?: boolean;
  paths?: string[];
  thumbsPaths?: string[];
}
/**
 * Which records are wanted, whatever their rating.
 */
export interface FilterSectionInput {
  tags?: string[];
  excludeTags?: string[];
  since?: string;
  until?: string;
  languages?: ('fr' | 'en')[];
}
/**
 * How conversations become examples.
 */
export interface ExamplesSectionInput {
  unit?: 'answer' | 'conversation';
  contextExchanges?: number;
  systemPrompts?: 'keep' | 'drop';
  doubledQuestions?: 'last' | 'join';
  promptLeaks?: 'cut' | 'drop' | 'keep';
  leakMarkers?: string[];
}
/**
 * Which examples are worth learning; a bound of 0 is none.
 */
export interface QualitySectionInput {
  lengthUnit?: 'words' | 'characters';
  minQuestion?: number;
  maxQuestion?: number;
  minAnswer?: number;
  maxAnswer?: number;
  repeatedQuestions?: 'drop' | 'keep';
  refusals?: 'drop' | 'keep';
  mixedLanguages?: 'drop' | 'keep';
  maxRepetition?: number;
}
/**
 * How sensitive data is treated; a type without an action of its own is masked.
 *
 * The user's own list of known values is never part of it: a recipe travels with the dataset.
 */
export interface SanitizeOptionsInput {
  enabled?: boolean;
  actions?: {
    [k: string]: 'mask' | 'drop' | 'leave';
  };
  allow?: string[];
  numbering?: 'conversation' | 'dataset';
  surrogates?: boolean;
  nerModel?: string;
  /**
   * @minItems 1
   */
  nerKinds?: ['person' | 'place' | 'organisation', ...('person' | 'place' | 'organisation')[]];
}
/**
 * What becomes of rows that are nearly the same; the very same are always written once.
 */
export interface DedupSectionInput {
  near?: 'drop' | 'keep' | 'off';
  threshold?: number;
}
/**
 * What is written.
 */
export interface OutputSectionInput {
  task?: 'sft' | 'dpo' | 'kto';
  profile?: string;
  controlTokens?: 'neutralise' | 'drop' | 'refuse';
  valFraction?: number;
  testFraction?: number;
  splitBy?: 'conversation' | 'space';
  stratify?: ('language' | 'source')[];
  seed?: number;
  alsoProfiles?: string[];
  /**
   * @minItems 1
   */
  formats?: ['jsonl' | 'jsonl.zst' | 'parquet', ...('jsonl' | 'jsonl.zst' | 'parquet')[]];
  shardMegabytes?: number;
}
/**
 * The token check: with which tokenizer, and how long a row may be.
 */
export interface TokensSectionInput {
  tokenizer?: string;
  maxLength?: number;
  counting?: 'sample' | 'all';
}
/**
 * How documentation becomes question and answer, by kind and language.
 */
export interface TemplatesSection {
  article: {
    [k: string]: KindTemplates;
  };
  element: {
    [k: string]: KindTemplates;
  };
  requirement: {
    [k: string]: KindTemplates;
  };
  chunk: {
    [k: string]: KindTemplates;
  };
}
/**
 * Questions (one is chosen for each record, always the same) and the answer.
 */
export interface KindTemplates {
  /**
   * @minItems 1
   */
  questions: [string, ...string[]];
  answer: string;
}
/**
 * The report, the line that loads the dataset and the command line that makes it again.
 *
 * ``when`` names the export in the list of past ones.
 */
export interface ExportResponse {
  when: string;
  report: ExportReport;
  loader: string;
  commandLine: string;
}
/**
 * The result of an export.
 *
 * ``fates`` counts every record once, so its values add up to ``records_read``. ``problems``
 * names the first fifty records that something is wrong with; the ledger names all. ``masked``
 * counts the sensitive values that were masked in the rows, by type; ``sanitized`` tells whether
 * they were looked for at all. ``tokens`` is there when the recipe names a tokenizer.
 */
export interface ExportReport {
  toolVersion: string;
  output: string;
  kind: 'file' | 'folder';
  profile: string;
  seed: number;
  documentsRead: number;
  recordsRead: number;
  rows: number;
  splits: {
    [k: string]: number;
  };
  strata?: StratumRows[];
  bothSides: BothSides;
  fates: {
    [k: string]: number;
  };
  repairs: {
    [k: string]: number;
  };
  sanitized: boolean;
  masked: {
    [k: string]: number;
  };
  files: WrittenFile[];
  problems: Problem[];
  notices: Notice[];
  tokens?: TokenReport | null;
}
/**
 * The rows of one collection and language, by side.
 *
 * ``source`` is ``space/database/collection``, or ``chats``. ``language`` is empty where a record
 * names none and the recipe does not ask for it.
 */
export interface StratumRows {
  source: string;
  language: string;
  rows: {
    [k: string]: number;
  };
}
/**
 * What stands on more than one side of the split, counted in the rows that were written.
 *
 * ``near_duplicates`` counts pairs of rows, where near-duplicates were looked for.
 */
export interface BothSides {
  conversations: number;
  nearDuplicates: number;
}
/**
 * One file of rows; ``path`` is relative to the dataset, ``bytes`` its size.
 *
 * ``config`` is the name under which ``datasets`` loads it: the recipe's own profile is the
 * default one.
 */
export interface WrittenFile {
  path: string;
  split: string;
  rows: number;
  bytes: number;
  sha256: string;
  config?: string;
  format?: 'jsonl' | 'jsonl.zst' | 'parquet';
}
/**
 * A record that could not be used, by name, for the user to look at.
 */
export interface Problem {
  record: string;
  fate: string;
  detail: string;
}
/**
 * Something the user should know: the entry ``notice.<code>`` of the catalogues.
 */
export interface Notice {
  code: string;
  params: {
    [k: string]: string;
  };
}
/**
 * The check of a sample of the rows, and the lengths of all.
 *
 * ``counted_as`` is the profile whose line was counted: the export's own, or for a structured
 * one, whose line the trainer will make, the tokenizer's. ``check`` is None then: there is no
 * finished text to be wrong. ``sha256`` is that of the tokenizer's file, ``tokenizer`` its name
 * without the folders of this machine.
 */
export interface TokenReport {
  tokenizer: string;
  sha256: string;
  counting: 'sample' | 'all';
  countedAs: string;
  check: TokenCheck | null;
  counts: TokenCounts;
}
/**
 * What the check of some rows found.
 *
 * ``reference`` is the profile that says what is right: the tokenizer's own where it is known,
 * else the checked one. ``problems`` counts rows. ``differences`` are the first ones.
 * ``trainer_adds_bos`` warns of a second BOS in trainers that let the tokenizer add special
 * tokens to a finished text.
 */
export interface TokenCheck {
  profile: string;
  tokenizer: string;
  reference: string;
  rows: number;
  exactRows: number;
  problems: {
    [k: string]: number;
  };
  differences: TokenDifference[];
  trainerAddsBos: boolean;
}
/**
 * Where a line's tokens, from ``position`` on, are not what the model's encoder gives.
 */
export interface TokenDifference {
  record: string;
  position: number;
  found: TokenPiece[];
  expected: TokenPiece[];
}
/**
 * One token.
 */
export interface TokenPiece {
  id: number;
  piece: string;
}
/**
 * The lengths of some rows, of which ``counted`` were counted and the others estimated.
 *
 * Trainers cut at the end: a row of more than ``max_length`` tokens is in ``cut_rows``, one
 * whose last answer loses its end (and so its EOS) in ``cut_answers``, one whose last answer
 * is gone in ``lost_answers``. ``cut`` names the first fifty that lose something of it.
 * ``percentiles`` maps "50", "90", … to the length that so many rows in a hundred do not exceed.
 */
export interface TokenCounts {
  rows: number;
  counted: number;
  tokens: number;
  longest: number;
  percentiles: {
    [k: string]: number;
  };
  bars: TokenBar[];
  maxLength: number;
  cutRows: number;
  cutAnswers: number;
  lostAnswers: number;
  cut: CutRow[];
}
/**
 * How many rows have at least ``at_least`` tokens and fewer than the next bar.
 */
export interface TokenBar {
  atLeast: number;
  rows: number;
}
/**
 * A row that is too long; ``lost`` when nothing of its last answer is left.
 */
export interface CutRow {
  record: string;
  tokens: number;
  lost: boolean;
}
/**
 * Where a task is: ``rate`` in units a second, ``seconds_left`` where it can be told.
 */
export interface TaskProgress {
  stage: 'counting' | 'reading' | 'comparing' | 'writing';
  done: number;
  total: number | null;
  rate: number;
  secondsLeft: number | null;
}
/**
 * What the user says about it.
 */
export interface RateRequest {
  record: string;
  index: number;
  rating: number;
  correction?: string;
  tags?: string[];
  note?: string;
}
/**
 * What had been said here before (None: nothing), and the conversation as it is now.
 */
export interface RatedResponse {
  before: GivenRating | null;
  conversation: ReadResponse;
}
/**
 * What the user said here about an answer.
 */
export interface GivenRating {
  rating: number;
  correction: string;
  tags: string[];
  note: string;
}
/**
 * A conversation, or a piece of documentation: ``texts`` has it by language.
 *
 * ``rating`` is that of a piece of documentation, which is rated as a whole, if it is.
 * ``is_forgotten`` tells that no export holds any of it, because somebody asked for that.
 */
export interface ReadResponse {
  record: string;
  kind: 'conversation' | 'article' | 'element' | 'requirement' | 'chunk';
  title: string;
  date: string;
  tags: string[];
  turns: TurnView[];
  texts: {
    [k: string]: string;
  };
  rating: number | null;
  isForgotten: boolean;
}
/**
 * One message. ``rating`` is the one in force, ``origin`` where it comes from.
 *
 * ``rating_in_data`` is the one that the application's own document holds. ``is_forgotten`` is
 * for an answer that was forgotten by itself.
 */
export interface TurnView {
  index: number;
  role: 'system' | 'user' | 'assistant';
  content: string;
  date: string;
  isApplication: boolean;
  rating: number | null;
  origin: 'none' | 'here' | 'message' | 'conversation';
  ratingInData: number | null;
  given: GivenRating | null;
  isForgotten: boolean;
}
/**
 * One answer: its record and its index among the messages.
 */
export interface AnswerRequest {
  record: string;
  index: number;
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
 * What the file is for, and the file or folder that the dialog starts from.
 */
export interface ChooseFileRequest {
  purpose: 'base_gguf';
  start?: string | null;
}
/**
 * What the user picked; ``None`` when the dialog was dismissed.
 */
export interface ChosenPath {
  path: string | null;
}
/**
 * What the folder is for, and where the dialog starts; in the data folder when not given.
 */
export interface ChooseFolderRequest {
  purpose?: 'data' | 'dataset' | 'base_model' | 'ner_model';
  start?: string | null;
}
/**
 * Of a command that has nothing to tell but that it is done.
 */
export interface Done {}
/**
 * A request that may take a while: it can be cancelled and can report progress.
 *
 * ``request_id`` is chosen by the client and names the request for ``app_cancel``.
 * ``on_progress`` is a channel of the client, in the form in which Tauri's ``Channel`` class
 * serialises itself.
 */
export interface LongRequest {
  requestId?: string | null;
  onProgress?: string | null;
}
/**
 * Whether the window closes now; not where a job failed, so that the user sees why.
 */
export interface CloseWhenDoneResponse {
  closing: boolean;
}
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
  zoom: 50 | 67 | 75 | 80 | 90 | 100 | 110 | 125 | 150 | 175 | 200;
  exportDefaults: ExportDefaultsOutput;
}
/**
 * What a new export starts from.
 *
 * ``sanitize`` is what was decided about sensitive data; that masking is turned off never counts.
 */
export interface ExportDefaultsOutput {
  minimumRating: number;
  includeUnrated: boolean;
  documentation: boolean;
  valFraction: number;
  sanitize: SanitizeOptionsOutput;
}
/**
 * How sensitive data is treated; a type without an action of its own is masked.
 *
 * The user's own list of known values is never part of it: a recipe travels with the dataset.
 */
export interface SanitizeOptionsOutput {
  enabled: boolean;
  actions: {
    [k: string]: 'mask' | 'drop' | 'leave';
  };
  allow: string[];
  numbering: 'conversation' | 'dataset';
  surrogates: boolean;
  nerModel: string;
  /**
   * @minItems 1
   */
  nerKinds: ['person' | 'place' | 'organisation', ...('person' | 'place' | 'organisation')[]];
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
 * The settings to store; those that are not named stay as they are.
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
  zoom?: 50 | 67 | 75 | 80 | 90 | 100 | 110 | 125 | 150 | 175 | 200;
  exportDefaults?: ExportDefaultsInput;
}
/**
 * What a new export starts from.
 *
 * ``sanitize`` is what was decided about sensitive data; that masking is turned off never counts.
 */
export interface ExportDefaultsInput {
  minimumRating?: number;
  includeUnrated?: boolean;
  documentation?: boolean;
  valFraction?: number;
  sanitize?: SanitizeOptionsInput1;
}
/**
 * How sensitive data is treated; a type without an action of its own is masked.
 *
 * The user's own list of known values is never part of it: a recipe travels with the dataset.
 */
export interface SanitizeOptionsInput1 {
  enabled?: boolean;
  actions?: {
    [k: string]: 'mask' | 'drop' | 'leave';
  };
  allow?: string[];
  numbering?: 'conversation' | 'dataset';
  surrogates?: boolean;
  nerModel?: string;
  /**
   * @minItems 1
   */
  nerKinds?: ['person' | 'place' | 'organisation', ...('person' | 'place' | 'organisation')[]];
}
/**
 * The comparison that is open, and what it was asked last; None each where there is none.
 */
export interface CompareCurrentResponse {
  opened: CompareStartResponse | null;
  exchange: Exchange | null;
}
/**
 * The comparison is open. ``loss`` is None where the dataset is gone or no row was scored.
 *
 * ``too_long`` counts the questions that were passed over for ``prompts`` because ``context``, in
 * tokens, has no room for them.
 * ``notices`` are things to know before believing it, in the user's language.
 */
export interface CompareStartResponse {
  run: string;
  profile: string;
  baseGguf: string;
  adapterGguf: string;
  loss: Loss | null;
  prompts: HeldOutPrompt[];
  tooLong: number;
  context: number;
  notices: string[];
}
/**
 * The mean of −log p over all tokens of the answers, in nats; lower is better.
 *
 * ``trimmed`` rows were read without the oldest exchanges of their context, ``skipped`` ones were
 * too long all the same.
 */
export interface Loss {
  rows: number;
  trimmed: number;
  skipped: number;
  tokens: number;
  base: number;
  adapter: number;
}
/**
 * A validation row: what is asked, and the answer that the dataset holds.
 */
export interface HeldOutPrompt {
  row: number;
  messages: PromptMessage[];
  expected: string;
}
/**
 * One message of a prompt, as a person wrote it.
 */
export interface PromptMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}
/**
 * What was asked last, what both sides answered, and which answer was said to be better.
 */
export interface Exchange {
  row: number | null;
  question: string;
  answers: Answers;
  winner: ('base' | 'adapter' | 'both' | 'neither') | null;
}
/**
 * Both answers to one prompt; ``row`` and ``expected`` where it is a held-out row.
 */
export interface Answers {
  prompt: string;
  base: string;
  adapter: string;
  row?: number | null;
  expected?: string;
}
/**
 * What both sides are asked: a held-out row, or a question of one's own.
 */
export interface CompareGenerateRequest {
  requestId?: string | null;
  onProgress?: string | null;
  run: string;
  row?: number | null;
  question?: string;
  maxTokens?: number;
  temperature?: number;
  seed?: number;
}
/**
 * Both answers.
 */
export interface CompareGenerateResponse {
  answers: Answers;
}
/**
 * Both answers as far as they are written, and whose turn it is.
 */
export interface AnswersSoFar {
  side: 'base' | 'adapter';
  base: string;
  adapter: string;
}
/**
 * Which of two answers is better; None takes back what was said.
 */
export interface CompareMarkRequest {
  run: string;
  row?: number | null;
  question?: string;
  base: string;
  adapter: string;
  winner: ('base' | 'adapter' | 'both' | 'neither') | null;
}
/**
 * Which run; ``base_gguf`` is a GGUF file of its base, made from its folder where None.
 *
 * The loss is taken on the first ``score_rows`` validation rows, and the first ``rows`` that the
 * context has room for are offered.
 */
export interface CompareStartRequest {
  requestId?: string | null;
  onProgress?: string | null;
  run: string;
  baseGguf?: string | null;
  scoreRows?: number;
  rows?: number;
}
/**
 * What is being done: ``done`` and ``total`` count tensors, then rows of the loss.
 */
export interface CompareProgress {
  stage: 'converting' | 'loading' | 'scoring';
  done: number;
  total: number;
}
/**
 * The recipe by which rows are made and compared, and how many pairs to show.
 */
export interface NearDuplicatesRequest {
  requestId?: string | null;
  onProgress?: string | null;
  recipe: ExportRecipeInput;
  pairs?: number;
}
/**
 * How many rows near others would be left out, and some pairs, the least alike first.
 */
export interface NearDuplicatesResponse {
  total: number;
  pairs: NearDuplicate[];
}
/**
 * A row that is left out, and the one that stays in its place.
 */
export interface NearDuplicate {
  gone: ComparedRow;
  stays: ComparedRow;
  similarity: number;
}
/**
 * One of two rows: what they are compared by, as it would be written.
 */
export interface ComparedRow {
  record: string;
  rating: number;
  date: string;
  question: string;
  answer: string;
}
/**
 * Which row, by its record, of which export; the recipe names the tokenizer.
 */
export interface TokensRequest {
  requestId?: string | null;
  onProgress?: string | null;
  recipe: ExportRecipeInput;
  record: string;
}
/**
 * The row as tokens; ``profile`` is the one whose line was tokenized.
 */
export interface TokensResponse {
  profile: string;
  maxLength: number;
  tokens: TokenView[];
}
/**
 * One token of a row. ``masked`` ones belong to prompts, if a trainer leaves those out.
 */
export interface TokenView {
  id: number;
  piece: string;
  control: boolean;
  state: 'trained' | 'masked' | 'truncated';
}
/**
 * How large the demo is to be.
 */
export interface DemoRequest {
  requestId?: string | null;
  onProgress?: string | null;
  conversations?: number;
}
/**
 * Under which name to save: ending in ``.jsonl`` for one file.
 */
export interface ChooseOutputRequest {
  name?: string;
}
/**
 * What the user picked; None when the dialog was dismissed.
 */
export interface ChosenOutput {
  path: string | null;
}
/**
 * The export to follow, by the ``request_id`` that it was begun under.
 */
export interface FollowExportRequest {
  requestId?: string | null;
  onProgress?: string | null;
  exportId: string;
}
/**
 * The recipe to try, and how many rows to show.
 */
export interface PreviewRequest {
  requestId?: string | null;
  onProgress?: string | null;
  recipe: ExportRecipeInput;
  rows?: number;
}
/**
 * The same, estimated from a sample; None where that would not be quicker, or not tell.
 */
export interface GlanceResponse {
  preview: ExportPreview | null;
}
/**
 * What an export would do.
 *
 * ``conversations`` and ``documentation`` count what the rows were made from; ``ratings`` counts
 * the rows by rating, where "0" stands for none; ``masked`` the values masked in them by type.
 * ``tokens`` is there when the recipe names a tokenizer. ``estimated_from`` is how many documents
 * the counts are estimated from, None where all were read.
 */
export interface ExportPreview {
  documentsRead: number;
  recordsRead: number;
  rows: number;
  conversations: number;
  documentation: number;
  splits: {
    [k: string]: number;
  };
  fates: {
    [k: string]: number;
  };
  repairs: {
    [k: string]: number;
  };
  masked: {
    [k: string]: number;
  };
  ratings: {
    [k: string]: number;
  };
  lengths: LengthBar[];
  sample: PreviewRow[];
  problems: Problem[];
  notices: Notice[];
  tokens: TokenReport | null;
  estimatedFrom: number | null;
}
/**
 * How many rows have at least ``at_least`` characters and fewer than the next bar.
 */
export interface LengthBar {
  atLeast: number;
  rows: number;
}
/**
 * One row as it would be written; ``line`` is the JSON of the file, without its end.
 */
export interface PreviewRow {
  record: string;
  split: string;
  rating: number;
  line: string;
}
/**
 * What an export by this recipe would do.
 */
export interface PreviewResponse {
  preview: ExportPreview;
}
/**
 * Two exports of the list, by their times.
 */
export interface CompareRequest {
  old: string;
  new: string;
}
/**
 * What differs; ``why`` explains, for each kind of change, how many rows have which reason.
 */
export interface CompareResponse {
  comparison: Comparison;
  why: {
    [k: string]: WhyView[];
  };
}
/**
 * What differs between two datasets.
 *
 * ``changed`` rows have another text, ``moved`` ones the same text on another side.
 * ``sides_compared`` is False for a single file and a folder: a file has no sides.
 * ``input_changed`` tells whether the data differs that they were made of.
 */
export interface Comparison {
  old: string;
  new: string;
  same: boolean;
  unchanged: number;
  added: Changes;
  removed: Changes;
  changed: Changes;
  moved: Changes;
  sidesCompared: boolean;
  recipe: RecipeChange[];
  inputChanged: boolean;
  /**
   * @minItems 2
   * @maxItems 2
   */
  toolVersions: [unknown, unknown];
}
/**
 * Rows of one kind: how many, how many for which reason, and the first ones.
 */
export interface Changes {
  count: number;
  why: {
    [k: string]: number;
  };
  rows: ChangedRow[];
}
/**
 * One row: its record, its place, why; the place of a removed row is the old one.
 *
 * A place is ``split:row``, from 1, as ``explain`` takes it. ``why`` is an entry
 * ``why.<why>`` of the catalogues, or a fate.
 */
export interface ChangedRow {
  record: string;
  place: string;
  why: string;
  detail?: string;
}
/**
 * One key of the recipe that differs, such as ``rating.minimum``; values as JSON shows them.
 */
export interface RecipeChange {
  key: string;
  old: string;
  new: string;
}
/**
 * A reason, in words, and how many rows it holds for.
 */
export interface WhyView {
  why: string;
  line: string;
  rows: number;
}
/**
 * A row of an export of the list: ``train:12``, or a number that counts through all sides.
 */
export interface ExplainRequest {
  when: string;
  row: string;
}
/**
 * Where the row comes from; ``reasons`` say in words why it is there.
 */
export interface ExplainResponse {
  explanation: Explanation;
  reasons: string[];
}
/**
 * Where a row comes from.
 *
 * ``row_index`` counts from 0 in the split, as ``datasets`` and the ledger do. ``record`` is the
 * ledger's, ``origin`` the conversation or document that it belongs to (for a rating kept by this
 * application, the conversation it speaks of). ``masked`` counts what was masked by type,
 * ``rules`` names what found it. ``same`` are the records that gave the very same row and were
 * left out for it, ``near`` those that gave nearly the same, ``rejected`` the answer of a pair
 * that was rated lower, ``notes`` whatever else the ledger says. ``source`` is None where the data
 * folder does not hold the record.
 */
export interface Explanation {
  dataset: string;
  split: string;
  rowIndex: number;
  record: string;
  origin: string;
  rating: number | null;
  repairs: string[];
  masked: {
    [k: string]: number;
  };
  rules: string[];
  same: string[];
  near: string[];
  rejected: string[];
  reasons: Reason[];
  notes: {
    [k: string]: string;
  };
  messages: ExplainedMessage[];
  source: Source | null;
}
/**
 * One rule that let the row in: the entry ``reason.<code>`` of the catalogues.
 */
export interface Reason {
  code: string;
  params: {
    [k: string]: string;
  };
}
/**
 * One message of the row, as it stands in the dataset.
 */
export interface ExplainedMessage {
  role: string;
  content: string;
}
/**
 * What the data folder says of the record today.
 */
export interface Source {
  title: string;
  date: string;
  tags: string[];
}
/**
 * One export of the list, by its time.
 */
export interface PastExportRequest {
  when: string;
}
/**
 * The exports made on this machine, newest first.
 */
export interface PastExportsResponse {
  exports: PastExportView[];
}
/**
 * One export of the list; ``exists`` tells whether the dataset is still there.
 */
export interface PastExportView {
  past: PastExport;
  exists: boolean;
  loader: string;
  commandLine: string;
}
/**
 * One export: when (RFC 3339, UTC), of which data folder, by which recipe, its result.
 */
export interface PastExport {
  when: string;
  root: string;
  recipe: ExportRecipeOutput;
  report: ExportReport;
}
/**
 * Everything that decides the bytes of an export, besides the data itself.
 */
export interface ExportRecipeOutput {
  version: 1;
  source: SourceSectionOutput;
  rating: RatingSectionOutput;
  filter: FilterSectionOutput;
  examples: ExamplesSectionOutput;
  quality: QualitySectionOutput;
  sanitize: SanitizeOptionsOutput1;
  dedup: DedupSectionOutput;
  output: OutputSectionOutput;
  tokens: TokensSectionOutput;
  templates: TemplatesSection;
}
/**
 * Where records come from; an empty list means all.
 */
export interface SourceSectionOutput {
  spaces: string[];
  databases: string[];
  collections: string[];
  chats: boolean;
  documentation: boolean;
  articleStatuses: string[];
}
/**
 * Which answers are good enough, and where their ratings stand.
 */
export interface RatingSectionOutput {
  minimum: number;
  badMaximum: number;
  includeUnrated: boolean;
  paths: string[];
  thumbsPaths: string[];
}
/**
 * Which records are wanted, whatever their rating.
 */
export interface FilterSectionOutput {
  tags: string[];
  excludeTags: string[];
  since: string;
  until: string;
  languages: ('fr' | 'en')[];
}
/**
 * How conversations become examples.
 */
export interface ExamplesSectionOutput {
  unit: 'answer' | 'conversation';
  contextExchanges: number;
  systemPrompts: 'keep' | 'drop';
  doubledQuestions: 'last' | 'join';
  promptLeaks: 'cut' | 'drop' | 'keep';
  leakMarkers: string[];
}
/**
 * Which examples are worth learning; a bound of 0 is none.
 */
export interface QualitySectionOutput {
  lengthUnit: 'words' | 'characters';
  minQuestion: number;
  maxQuestion: number;
  minAnswer: number;
  maxAnswer: number;
  repeatedQuestions: 'drop' | 'keep';
  refusals: 'drop' | 'keep';
  mixedLanguages: 'drop' | 'keep';
  maxRepetition: number;
}
/**
 * How sensitive data is treated; a type without an action of its own is masked.
 *
 * The user's own list of known values is never part of it: a recipe travels with the dataset.
 */
export interface SanitizeOptionsOutput1 {
  enabled: boolean;
  actions: {
    [k: string]: 'mask' | 'drop' | 'leave';
  };
  allow: string[];
  numbering: 'conversation' | 'dataset';
  surrogates: boolean;
  nerModel: string;
  /**
   * @minItems 1
   */
  nerKinds: ['person' | 'place' | 'organisation', ...('person' | 'place' | 'organisation')[]];
}
/**
 * What becomes of rows that are nearly the same; the very same are always written once.
 */
export interface DedupSectionOutput {
  near: 'drop' | 'keep' | 'off';
  threshold: number;
}
/**
 * What is written.
 */
export interface OutputSectionOutput {
  task: 'sft' | 'dpo' | 'kto';
  profile: string;
  controlTokens: 'neutralise' | 'drop' | 'refuse';
  valFraction: number;
  testFraction: number;
  splitBy: 'conversation' | 'space';
  stratify: ('language' | 'source')[];
  seed: number;
  alsoProfiles: string[];
  /**
   * @minItems 1
   */
  formats: ['jsonl' | 'jsonl.zst' | 'parquet', ...('jsonl' | 'jsonl.zst' | 'parquet')[]];
  shardMegabytes: number;
}
/**
 * The token check: with which tokenizer, and how long a row may be.
 */
export interface TokensSectionOutput {
  tokenizer: string;
  maxLength: number;
  counting: 'sample' | 'all';
}
/**
 * The exports that were killed and neither made again nor dismissed, oldest first.
 */
export interface InterruptedExportsResponse {
  exports: InterruptedExport[];
}
/**
 * An export that was killed; ``when`` it began (RFC 3339, UTC).
 *
 * ``is_of_this_folder`` tells whether it was made of the data folder that is open.
 */
export interface InterruptedExport {
  when: string;
  output: string;
  recipe: ExportRecipeOutput;
  standing: 'nothing' | 'old' | 'new';
  isOfThisFolder: boolean;
}
/**
 * An export that was killed, by where it was to go.
 */
export interface DismissRequest {
  output: string;
}
/**
 * One export of the list, by its time; ``rebuild`` also makes it again and compares.
 */
export interface VerifyExportRequest {
  requestId?: string | null;
  onProgress?: string | null;
  when: string;
  rebuild?: boolean;
}
/**
 * What each check says.
 */
export interface VerifyExportResponse {
  verification: Verification;
}
/**
 * The result of all checks, in the order they were made.
 */
export interface Verification {
  dataset: string;
  rows: number;
  passed: boolean;
  checks: Check[];
}
/**
 * One check: ``flaws`` are the first ones of ``flaw_count``, ``reason`` why it was skipped.
 */
export interface Check {
  name:
    | 'manifest'
    | 'files'
    | 'ledger'
    | 'lines'
    | 'template'
    | 'control_tokens'
    | 'leaks'
    | 'sensitive'
    | 'rebuild';
  status: 'passed' | 'failed' | 'skipped';
  checked: number;
  flawCount: number;
  flaws: Flaw[];
  reason?: string;
}
/**
 * One thing that is wrong: the entry ``flaw.<code>`` of the catalogues.
 *
 * ``file`` is a path within the dataset, ``row_index`` counts from 0 in it and is None where the
 * flaw is not a row's. ``detail`` is a name, a key or a number, never a text of the dataset.
 */
export interface Flaw {
  code: string;
  file?: string;
  rowIndex?: number | null;
  detail?: string;
}
/**
 * The records that no export holds, because somebody asked to forget them.
 */
export interface ForgottenResponse {
  records: ForgottenView[];
}
/**
 * A record on the data folder's list; an answer that is gone has its conversation's name.
 */
export interface ForgottenView {
  id: string;
  record: string;
}
/**
 * One record of the list, by its id there.
 */
export interface ForgottenRequest {
  id: string;
}
/**
 * Which entries to list, in which order; empty values ask for nothing.
 *
 * ``listing`` asks for another page of a list that was answered before, as it was then.
 */
export interface ListRequest {
  listing?: string;
  text?: string;
  folder?: string;
  kinds?: ('conversation' | 'article' | 'element' | 'requirement' | 'chunk')[];
  tags?: string[];
  since?: string;
  until?: string;
  state?: 'any' | 'rated' | 'unrated';
  lowest?: number;
  highest?: number;
  sort?: 'newest' | 'oldest' | 'title' | 'best' | 'worst';
  offset?: number;
  limit?: number;
}
/**
 * One page of the list, and how many entries there are in all.
 *
 * ``listing`` names the list; it is a new one where the one asked for is kept no longer.
 */
export interface ListResponse {
  listing: string;
  total: number;
  entries: LibraryEntry[];
}
/**
 * One row of the list; ``ratings`` has one value for each rated answer.
 */
export interface LibraryEntry {
  record: string;
  kind: 'conversation' | 'article' | 'element' | 'requirement' | 'chunk';
  title: string;
  snippet: string;
  date: string;
  tags: string[];
  answers: number;
  ratings: number[];
}
/**
 * Whether to read the folder again even if it was read before.
 */
export interface OpenRequest {
  requestId?: string | null;
  onProgress?: string | null;
  refresh?: boolean;
}
/**
 * What lies in the data folder; the tags are the commonest ones.
 */
export interface LibraryResponse {
  root: string;
  entries: number;
  answers: number;
  ratedAnswers: number;
  unusable: number;
  kinds: KindCount[];
  folders: FolderCount[];
  tags: TagCount[];
}
/**
 * A kind and how many entries are of it.
 */
export interface KindCount {
  kind: 'conversation' | 'article' | 'element' | 'requirement' | 'chunk';
  entries: number;
}
/**
 * A collection (``un2/default/articles``) or ``chats``, and how many entries it holds.
 */
export interface FolderCount {
  name: string;
  entries: number;
}
/**
 * A tag and how many entries carry it.
 */
export interface TagCount {
  tag: string;
  entries: number;
}
/**
 * The record to read.
 */
export interface ReadRequest {
  record: string;
}
/**
 * A list whose ``text`` is looked for in the texts, too.
 */
export interface SearchRequest {
  requestId?: string | null;
  onProgress?: string | null;
  listing?: string;
  text?: string;
  folder?: string;
  kinds?: ('conversation' | 'article' | 'element' | 'requirement' | 'chunk')[];
  tags?: string[];
  since?: string;
  until?: string;
  state?: 'any' | 'rated' | 'unrated';
  lowest?: number;
  highest?: number;
  sort?: 'newest' | 'oldest' | 'title' | 'best' | 'worst';
  offset?: number;
  limit?: number;
}
/**
 * The unusable documents: the first thousand of ``total``.
 */
export interface UnusableResponse {
  total: number;
  documents: UnusableView[];
}
/**
 * A file that could not be read, by its path in the data folder, and why.
 */
export interface UnusableView {
  path: string;
  problem: 'invalid_json' | 'not_an_object' | 'too_large' | 'vanished' | 'unreadable' | 'symlink';
  detail: string;
}
/**
 * One run, by its name.
 */
export interface ModelRequest {
  run: string;
}
/**
 * The runs, now that one is converted; ``notices`` in the user's language.
 */
export interface ConvertResponse {
  models: TrainedModel[];
  notices: string[];
}
/**
 * One run and its lineage: the dataset, the base, the prompt profile and the recipe.
 *
 * ``recipe`` holds the keys that differ from the default one, None where it is not known.
 * ``steps`` and ``loss`` are the last ones told. ``eval_loss`` is the loss on the validation rows
 * at ``eval_step``, of the adapter where that is known, else the latest; None where it was taken
 * only before the first step.
 */
export interface TrainedModel {
  run: string;
  state:
    | 'starting'
    | 'running'
    | 'pausing'
    | 'paused'
    | 'stopping'
    | 'stopped'
    | 'finished'
    | 'failed'
    | 'interrupted';
  created: string;
  dataset: string;
  datasetExists: boolean;
  inputHash: string;
  base: string;
  baseExists: boolean;
  architecture: string;
  profile: string;
  recipe: RecipeChoice[] | null;
  hasAdapter: boolean;
  steps: number;
  loss: number | null;
  evalLoss: number | null;
  evalStep: number | null;
  gguf: ModelFile | null;
  modelfile: ModelFile | null;
}
/**
 * One key of a recipe, such as ``rating.minimum``, and its value as JSON shows it.
 */
export interface RecipeChoice {
  key: string;
  value: string;
}
/**
 * A file that was made of an adapter; ``bytes`` is its size.
 */
export interface ModelFile {
  path: string;
  bytes: number;
}
/**
 * The runs on this machine, newest first.
 */
export interface ModelsResponse {
  models: TrainedModel[];
}
/**
 * For which base, as a GGUF file; without one, the base's folder, which Ollama reads too.
 */
export interface ModelfileRequest {
  run: string;
  baseGguf?: string | null;
}
/**
 * Where the file lies and what stands in it; ``notices`` in the user's language.
 */
export interface ModelfileResponse {
  path: string;
  content: string;
  commandLine: string;
  notices: string[];
}
/**
 * The user's own list, a value a line; blank ones and those that begin with ``#`` are none.
 */
export interface KnownValuesResponse {
  lines: string[];
}
/**
 * The whole list to store.
 */
export interface KnownValuesRequest {
  /**
   * @maxItems 10000
   */
  lines: string[];
}
/**
 * The recipe whose examples are looked at.
 */
export interface PrivacyScanRequest {
  requestId?: string | null;
  onProgress?: string | null;
  recipe: ExportRecipeInput;
}
/**
 * How much of each type was found; ``scan`` names the result for ``privacy_values``.
 */
export interface PrivacyScanResponse {
  scan: string;
  examples: number;
  types: SensitiveType[];
}
/**
 * How much of one type there is; ``values`` counts the different ones that were kept.
 *
 * ``unlisted`` of the ``count`` places hold others, which came when as many were kept as may be.
 */
export interface SensitiveType {
  type: FindingType;
  count: number;
  values: number;
  unlisted: number;
  rules: {
    [k: string]: number;
  };
}
/**
 * A page of the values of one type.
 */
export interface PrivacyValuesRequest {
  scan: string;
  type: FindingType;
  offset?: number;
  limit?: number;
}
/**
 * Values of one type, the commonest first, and how many there are in all.
 */
export interface PrivacyValuesResponse {
  values: SensitiveValue[];
  total: number;
}
/**
 * One value: how often it stands in the examples, and its first place there.
 *
 * ``before`` and ``after`` are that place with its surroundings; ``before`` has the value between
 * ``start`` and ``end``.
 */
export interface SensitiveValue {
  type: FindingType;
  value: string;
  count: number;
  record: string;
  rule: string;
  before: string;
  start: number;
  end: number;
  after: string;
}
/**
 * A recipe, and the profiles that it may name.
 */
export interface RecipeResponse {
  recipe: ExportRecipeOutput;
  profiles: ProfileView[];
}
/**
 * A prompt profile that a recipe may name, and the line that it makes of a short exchange.
 */
export interface ProfileView {
  name: string;
  example: string;
}
/**
 * A recipe to write as TOML.
 */
export interface FormatRecipeRequest {
  recipe: ExportRecipeInput;
}
/**
 * A recipe as TOML that explains itself.
 */
export interface RecipeTextResponse {
  toml: string;
}
/**
 * A recipe as TOML.
 */
export interface RecipeTextRequest {
  toml: string;
}
/**
 * The record, and the plan's records, which the user has seen and agreed to.
 */
export interface ForgetRequest {
  requestId?: string | null;
  onProgress?: string | null;
  record: string;
  agreed: string[];
}
/**
 * What was done.
 */
export interface ForgetResponse {
  forgetting: Forgetting;
}
/**
 * What was done: the plan, and the datasets that were made again.
 *
 * ``failed`` names those that could not be, with the reason.
 */
export interface Forgetting {
  plan: ForgetPlan;
  done: boolean;
  remade: Remade[];
  failed: {
    [k: string]: string;
  };
}
/**
 * What forgetting a record means.
 *
 * ``records`` are what goes on the domain's list: the record, and those that gave the very same
 * row, or nearly, which would take its place. ``unreadable`` are known datasets that could not be
 * searched: they lie there, but not as they were exported.
 */
export interface ForgetPlan {
  record: string;
  records: string[];
  holders: Holder[];
  unreadable: string[];
}
/**
 * A dataset that holds what is to be forgotten.
 *
 * ``rows`` were made of it; ``contexts`` are other rows of the same conversation, whose context
 * may hold it. ``root`` is the data folder that the dataset was made of.
 */
export interface Holder {
  path: string;
  root: string;
  rows: number;
  contexts: number;
}
/**
 * A dataset made again: how many rows it had and has, each counted once however many files.
 */
export interface Remade {
  path: string;
  rowsBefore: number;
  rows: number;
}
/**
 * A record: a conversation or document, or one answer (``…#3``).
 */
export interface RecordRequest {
  record: string;
}
/**
 * What forgetting the record means.
 */
export interface ForgetPlanResponse {
  plan: ForgetPlan;
}
/**
 * Whether the record had been forgotten.
 */
export interface TakenBackResponse {
  wasForgotten: boolean;
}
/**
 * A training configuration.
 */
export interface ConfigRequest {
  config: TrainingConfigInput;
}
/**
 * Everything that decides the bytes of an adapter, besides the dataset and the base model.
 */
export interface TrainingConfigInput {
  version?: 1;
  model?: ModelSectionInput;
  data?: DataSectionInput;
  quantization?: QuantizationSectionInput;
  lora?: LoraSectionInput;
  training?: TrainingSectionInput;
}
/**
 * The base model.
 */
export interface ModelSectionInput {
  base?: string;
  device?: 'auto' | 'cpu' | 'cuda';
  dtype?: 'auto' | 'bfloat16' | 'float16' | 'float32';
  attnImplementation?: 'sdpa' | 'eager' | 'flash_attention_2';
}
/**
 * What is learned from.
 */
export interface DataSectionInput {
  dataset?: string;
  profile?: string;
  trainOn?: 'answers' | 'all';
  maxLength?: number;
  overlong?: 'trim' | 'drop' | 'cut';
  verify?: boolean;
}
/**
 * How the base model's weights are kept in memory.
 */
export interface QuantizationSectionInput {
  loadIn4Bit?: boolean;
  bnb4BitQuantType?: 'nf4' | 'fp4';
  bnb4BitUseDoubleQuant?: boolean;
  bnb4BitComputeDtype?: 'auto' | 'bfloat16' | 'float16' | 'float32';
}
/**
 * The adapter.
 */
export interface LoraSectionInput {
  r?: number;
  loraAlpha?: number;
  loraDropout?: number;
  targetModules?: string[];
  useRslora?: boolean;
  useDora?: boolean;
  bias?: 'none' | 'all' | 'lora_only';
  modulesToSave?: string[];
}
/**
 * The training loop.
 */
export interface TrainingSectionInput {
  numTrainEpochs?: number;
  maxSteps?: number;
  perDeviceTrainBatchSize?: number;
  gradientAccumulationSteps?: number;
  perDeviceEvalBatchSize?: number;
  gradientCheckpointing?: boolean;
  learningRate?: number;
  lrSchedulerType?: 'constant' | 'constant_with_warmup' | 'linear' | 'cosine';
  warmupSteps?: number;
  weightDecay?: number;
  maxGradNorm?: number;
  adamBeta2?: number;
  optim?: 'paged_adamw_32bit' | 'paged_adamw_8bit' | 'adamw_torch';
  bf16?: 'auto' | boolean;
  loggingSteps?: number;
  evalStrategy?: 'steps' | 'epoch' | 'no';
  evalSteps?: number;
  saveSteps?: number;
  saveTotalLimit?: number;
  loadBestModelAtEnd?: boolean;
  seed?: number;
}
/**
 * A training configuration as TOML that explains itself.
 */
export interface ConfigTextResponse {
  toml: string;
}
/**
 * A training configuration as TOML.
 */
export interface ConfigTextRequest {
  toml: string;
}
/**
 * A training configuration.
 */
export interface ConfigResponse {
  config: TrainingConfigOutput;
}
/**
 * Everything that decides the bytes of an adapter, besides the dataset and the base model.
 */
export interface TrainingConfigOutput {
  version: 1;
  model: ModelSectionOutput;
  data: DataSectionOutput;
  quantization: QuantizationSectionOutput;
  lora: LoraSectionOutput;
  training: TrainingSectionOutput;
}
/**
 * The base model.
 */
export interface ModelSectionOutput {
  base: string;
  device: 'auto' | 'cpu' | 'cuda';
  dtype: 'auto' | 'bfloat16' | 'float16' | 'float32';
  attnImplementation: 'sdpa' | 'eager' | 'flash_attention_2';
}
/**
 * What is learned from.
 */
export interface DataSectionOutput {
  dataset: string;
  profile: string;
  trainOn: 'answers' | 'all';
  maxLength: number;
  overlong: 'trim' | 'drop' | 'cut';
  verify: boolean;
}
/**
 * How the base model's weights are kept in memory.
 */
export interface QuantizationSectionOutput {
  loadIn4Bit: boolean;
  bnb4BitQuantType: 'nf4' | 'fp4';
  bnb4BitUseDoubleQuant: boolean;
  bnb4BitComputeDtype: 'auto' | 'bfloat16' | 'float16' | 'float32';
}
/**
 * The adapter.
 */
export interface LoraSectionOutput {
  r: number;
  loraAlpha: number;
  loraDropout: number;
  targetModules: string[];
  useRslora: boolean;
  useDora: boolean;
  bias: 'none' | 'all' | 'lora_only';
  modulesToSave: string[];
}
/**
 * The training loop.
 */
export interface TrainingSectionOutput {
  numTrainEpochs: number;
  maxSteps: number;
  perDeviceTrainBatchSize: number;
  gradientAccumulationSteps: number;
  perDeviceEvalBatchSize: number;
  gradientCheckpointing: boolean;
  learningRate: number;
  lrSchedulerType: 'constant' | 'constant_with_warmup' | 'linear' | 'cosine';
  warmupSteps: number;
  weightDecay: number;
  maxGradNorm: number;
  adamBeta2: number;
  optim: 'paged_adamw_32bit' | 'paged_adamw_8bit' | 'adamw_torch';
  bf16: 'auto' | boolean;
  loggingSteps: number;
  evalStrategy: 'steps' | 'epoch' | 'no';
  evalSteps: number;
  saveSteps: number;
  saveTotalLimit: number;
  loadBestModelAtEnd: boolean;
  seed: number;
}
/**
 * One run of the list, by its name.
 */
export interface RunRequest {
  name: string;
}
/**
 * The runs on this machine, newest first.
 */
export interface RunsResponse {
  runs: RunView[];
}
/**
 * A run; ``message`` and ``hint`` say in the user's language why it failed.
 */
export interface RunView {
  status: RunStatus;
  message: string | null;
  hint: string | null;
}
/**
 * One run: what it is made of, and how far it is.
 *
 * ``recipe`` holds the keys by which the dataset's recipe differs from the default one, None where
 * it is not known. ``base_eval_loss`` is the loss on the validation rows before the first step,
 * ``eval_loss`` the latest since, taken at ``eval_step``. ``adapter`` is the folder of the result,
 * empty where there is none; ``adapter_step`` is the step whose adapter that is and
 * ``adapter_eval_loss`` its loss on the validation rows, each None where it is not known.
 */
export interface RunStatus {
  name: string;
  state:
    | 'starting'
    | 'running'
    | 'pausing'
    | 'paused'
    | 'stopping'
    | 'stopped'
    | 'finished'
    | 'failed'
    | 'interrupted';
  created: string;
  folder: string;
  dataset: string;
  datasetExists: boolean;
  manifestSha256: string;
  base: string;
  architecture: string;
  profile: string;
  recipe: RecipeChoice[] | null;
  step: number;
  maxSteps: number;
  loss: number | null;
  baseEvalLoss: number | null;
  evalLoss: number | null;
  evalStep: number | null;
  adapter: string;
  adapterStep: number | null;
  adapterEvalLoss: number | null;
  failure: RunFailure | null;
}
/**
 * Why a run failed: the entries ``error.<code>`` with these parameters.
 */
export interface RunFailure {
  code: string;
  params: {
    [k: string]: string;
  };
}
/**
 * The configuration to estimate, with its dataset and its base model.
 */
export interface EstimateRequest {
  requestId?: string | null;
  onProgress?: string | null;
  config: TrainingConfigInput;
}
/**
 * What a training by this configuration would take; ``notices`` in the user's language.
 */
export interface EstimateResponse {
  estimate: TrainingEstimate;
  notices: string[];
}
/**
 * What a training will take; bytes are bytes, ``tokens`` those of one epoch's kept rows.
 *
 * ``disk_bytes`` is what a run's folder holds at most, ``adapter_bytes`` what a finished one does.
 * ``notices`` are things to know before it starts.
 */
export interface TrainingEstimate {
  profile: string;
  architecture: string;
  train: SplitEstimate;
  val: SplitEstimate;
  stepsPerEpoch: number;
  steps: number;
  trainableParameters: number;
  memory: MemoryEstimate;
  checkpointBytes: number;
  adapterBytes: number;
  diskBytes: number;
  notices: TrainingNotice[];
}
/**
 * The rows of one split, at the configuration's ``max_length``.
 *
 * ``cut_rows`` are longer than it; ``cut_answers`` of them would lose the end of their last
 * answer, and ``lost_answers`` of these every answer. ``dropped_rows`` are not trained on,
 * ``trimmed_rows`` without the oldest exchanges of their context.
 * ``cut`` names the first lines of the file whose answer would lose its end.
 */
export interface SplitEstimate {
  rows: number;
  keptRows: number;
  tokens: number;
  answerTokens: number;
  longest: number;
  cutRows: number;
  cutAnswers: number;
  lostAnswers: number;
  droppedRows: number;
  trimmedRows: number;
  cut: number[];
}
/**
 * Bytes on the device, by use; ``total`` is their sum.
 */
export interface MemoryEstimate {
  base: number;
  adapter: number;
  activations: number;
  context: number;
  total: number;
}
/**
 * Something to know before a training: the entry ``training.notice.<code>``.
 *
 * A number among ``params`` is one of bytes.
 */
export interface TrainingNotice {
  code: string;
  params: {
    [k: string]: string | number;
  };
}
/**
 * One run.
 */
export interface RunResponse {
  run: RunView;
}
/**
 * The presets for this machine; ``missing`` says what keeps a trainer from starting here.
 */
export interface PresetsResponse {
  presets: PresetView[];
  gpus: Gpu[];
  missing: string | null;
}
/**
 * A configuration to start from, for this machine.
 */
export interface PresetView {
  name: 'mistral-7b' | 'llama-3-8b' | 'small';
  config: TrainingConfigOutput;
}
/**
 * One NVIDIA card; ``memory`` in bytes.
 */
export interface Gpu {
  name: string;
  memory: number;
}
/**
 * A run, and from where on its events and its log are wanted: 0 the first time.
 */
export interface FollowRunRequest {
  name: string;
  eventsOffset?: number;
  logOffset?: number;
}
/**
 * A run, and what it told since; with ``resumed_from`` the curve goes on from that step.
 *
 * ``events_offset`` and ``log_offset`` are for the next request.
 */
export interface FollowRunResponse {
  run: RunView;
  config: TrainingConfigOutput;
  points: LossPoint[];
  evaluations: EvalPoint[];
  checkpoints: number[];
  resumedFrom: number | null;
  log: string;
  eventsOffset: number;
  logOffset: number;
}
/**
 * One point of the training curve; ``t`` in seconds since 1970.
 */
export interface LossPoint {
  t: number;
  step: number;
  epoch: number;
  loss: number;
  learningRate: number;
  gradNorm: number | null;
  tokens: number | null;
}
/**
 * One point of the validation curve.
 */
export interface EvalPoint {
  t: number;
  step: number;
  epoch: number;
  evalLoss: number;
}
/**
 * The configuration to train by, with its dataset and its base model.
 */
export interface StartTrainingRequest {
  config: TrainingConfigInput;
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
  'ai_export_dataset',
  'answer_rate',
  'answer_unrate',
  'app_about',
  'app_cancel',
  'app_choose_file',
  'app_choose_folder',
  'app_close',
  'app_close_when_done',
  'app_settings_read',
  'app_settings_write',
  'compare_current',
  'compare_generate',
  'compare_mark',
  'compare_start',
  'compare_stop',
  'dataset_near_duplicates',
  'dataset_preview_tokens',
  'demo_create',
  'export_choose_output',
  'export_follow',
  'export_glance',
  'export_preview',
  'exports_compare',
  'exports_explain_row',
  'exports_forget',
  'exports_interrupted',
  'exports_interrupted_dismiss',
  'exports_list',
  'exports_restore',
  'exports_reveal',
  'exports_verify',
  'forgotten_list',
  'forgotten_take_back',
  'library_list',
  'library_open',
  'library_read',
  'library_search',
  'library_unusable',
  'models_convert',
  'models_delete',
  'models_list',
  'models_modelfile',
  'privacy_known_values_read',
  'privacy_known_values_write',
  'privacy_scan',
  'privacy_values',
  'recipe_default',
  'recipe_format',
  'recipe_parse',
  'record_forget',
  'record_forget_plan',
  'record_take_back',
  'training_config_format',
  'training_config_parse',
  'training_delete',
  'training_estimate',
  'training_pause',
  'training_presets',
  'training_resume',
  'training_reveal',
  'training_run',
  'training_runs',
  'training_start',
  'training_stop',
];
