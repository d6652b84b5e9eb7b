import { ScreenFailure } from '../../app/ScreenFailure';
import { Waiting } from '../../app/Waiting';
import { WorkScreen } from '../../app/WorkScreen';
import { NewTraining } from './NewTraining';
import { Runs } from './runs/Runs';
import { useTrainingSession } from './session/TrainingSession';
import { TrainingHeader } from './TrainingHeader';

/** Prepare a training, start it, and watch it. */
export function TrainingScreen() {
  const { view, config, failure, retry } = useTrainingSession();
  return (
    <WorkScreen>
      <TrainingHeader />
      {view === 'runs' && <Runs />}
      {view === 'new' && config !== undefined && <NewTraining config={config} />}
      {view === 'new' && config === undefined && failure === null && <Waiting />}
      {view === 'new' && failure !== null && <ScreenFailure error={failure} onRetry={retry} />}
    </WorkScreen>
  );
}
