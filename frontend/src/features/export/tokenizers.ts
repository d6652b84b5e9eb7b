/** The tokenizers that come with the program, by the names that a recipe gives them. */
export const BUNDLED_TOKENIZERS = ['mistral-v1', 'mistral-v3', 'mistral-v3-tekken', 'mistral-v7'];
