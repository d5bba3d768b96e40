// The only door to the shell. Nothing else in the window imports @tauri-apps.

export { call, BackendError, type Answer, type Args, type CommandName } from "./call";
export { listen, type Events } from "./events";
export { chooseFolder, chooseSaveFile } from "./files";
