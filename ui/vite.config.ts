// How the window's files are served while working on them, and bundled to be shipped.

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  clearScreen: false,
  server: { host: "127.0.0.1", port: 5173, strictPort: true, hmr: false },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The engine is WebKitGTK 2.50; nothing older opens these files.
    target: ["safari18.2", "chrome131"],
    // Fonts and images stay files: the content policy lets scripts in from files alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    env: { TZ: "America/Chicago" },
  },
}));
