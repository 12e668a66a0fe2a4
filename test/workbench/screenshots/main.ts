/** Takes the pictures of `docs/screenshots/`: the same windows, once in the light and once in the dark theme. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { copyOfSampleProject } from '../sample-copy.ts';
import { closeWindow, openWindow } from '../ui/window.ts';
import { pictures } from './pictures.ts';

const folder = path.resolve('docs/screenshots');

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern' };

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const project = copyOfSampleProject();
  // The pictures show a project that has been built before.
  execFileSync(process.execPath, [path.resolve('dist/cli.cjs'), 'build', '--project-dir', project], {
    stdio: 'inherit',
  });
  for (const [name, theme] of Object.entries(themes)) {
    const window = await openWindow({
      content: { folder: project },
      browser: { viewport: { width: 1280, height: 760 } },
      settings: {
        'workbench.colorTheme': theme,
        'window.autoDetectColorScheme': false,
        'editor.fontSize': 13,
        'editor.minimap.enabled': false,
      },
    });
    for (const picture of pictures) {
      await picture.arrange(window);
      // The pointer would leave a highlight where the last click was.
      await window.page.mouse.move(1279, 1);
      await window.page.waitForTimeout(500);
      await window.page.screenshot({ path: path.join(folder, `${picture.name}-${name}.png`) });
      await picture.leave(window);
    }
    await closeWindow(window);
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
