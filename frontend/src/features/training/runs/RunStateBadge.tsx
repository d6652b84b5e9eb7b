import { Badge } from '@mantine/core';
import { useDomainText } from '../../../i18n/domain';
import type { RunState } from './states';

const colors: Record<RunState, string> = {
  starting: 'lagoon',
  running: 'lagoon',
  pausing: 'yellow',
  paused: 'yellow',
  stopping: 'yellow',
  stopped: 'gray',
  finished: 'teal',
  failed: 'red',
  interrupted: 'orange',
};

export function RunStateBadge({ state }: { state: RunState }) {
  const words = useDomainText();
  return (
    <Badge size="sm" variant="default" data-state={state} style={{ flexShrink: 0 }}>
      <span
        aria-hidden="true"
        style={{
          display: 'inline-block',
          width: 7,
          height: 7,
          marginRight: 6,
          borderRadius: '50%',
          background: `var(--mantine-color-${colors[state]}-6)`,
        }}
      />
      {words(`training.state.${state}`)}
    </Badge>
  );
}
