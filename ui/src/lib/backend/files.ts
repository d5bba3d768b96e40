// Asking a person for a place on this machine.

import { open, save } from "@tauri-apps/plugin-dialog";

export type FileKind = { name: string; extensions: string[] };

/** Where to write a file; null when the person changed their mind. */
export function chooseSaveFile(title: string, suggested: string, kinds: FileKind[] = []): Promise<string | null> {
  return save({ title, defaultPath: suggested, filters: kinds });
}

/** A folder to write into; null when the person changed their mind. */
export function chooseFolder(title: string, start?: string): Promise<string | null> {
  return open({ title, directory: true, multiple: false, defaultPath: start });
}
