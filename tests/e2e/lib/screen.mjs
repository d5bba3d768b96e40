/**
 * A screen nobody sees, with a session bus of its own.
 *
 * Owns Xvfb and dbus. Must not be shared between test processes: each has its own display number.
 */

import { start, stop, until } from "./processes.mjs";

/** Start a screen of this size in pixels. */
export async function openScreen({ width = 1920, height = 1080 } = {}) {
  const xvfb = start("Xvfb", ["-displayfd", "1", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"]);
  const number = await until("a screen", () => xvfb.log.join("").match(/^(\d+)\n/m)?.[1]);
  const bus = start("dbus-daemon", ["--session", "--nofork", "--print-address=1"]);
  const address = await until("a session bus", () => bus.log.join("").match(/^(unix:\S+)\n/m)?.[1]);
  return {
    env: { DISPLAY: `:${number}`, DBUS_SESSION_BUS_ADDRESS: address, NO_AT_BRIDGE: "1", GDK_BACKEND: "x11" },
    async close() {
      await stop(bus);
      await stop(xvfb);
    },
  };
}
