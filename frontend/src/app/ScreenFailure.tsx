import { Box } from '@mantine/core';
import { FailureNote } from './FailureNote';

/** What a screen shows in place of what it could not be told, with the way to ask again. */
export function ScreenFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Box p="lg">
      <FailureNote error={error} onRetry={onRetry} />
    </Box>
  );
}
