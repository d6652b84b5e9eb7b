import { useTranslation } from 'react-i18next';
import { CodeLine } from './CodeLine';

/** How a part is installed that the application does without, by the error that asks for it. */
const commands: Record<string, readonly string[]> = {
  trainer_not_installed: ['pip install torch', 'pip install "raise-finetune[trainer]"'],
  adapters_not_installed: ['pip install "raise-finetune[adapters]"'],
  inference_not_installed: ['pip install "raise-finetune[inference]"'],
  tokens_not_installed: ['pip install "raise-finetune[tokens]"'],
};

export function isInstallable(code: string): boolean {
  return code in commands;
}

/** The commands to copy that install what an error asks for. */
export function InstallCommands({ code }: { code: string }) {
  const { t } = useTranslation();
  return commands[code]?.map((line) => (
    <CodeLine key={line} label={t('failure.install')} code={line} copy={t('failure.copyCommand')} />
  ));
}
