import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// Cloudscape brings its typeface as data: URLs, 200 kB that the Content-Security-Policy would not load: the
// reader's own sans-serif stands in.
const withoutFonts = (): Plugin => ({
  name: "without-fonts",
  enforce: "pre",
  transform: (code, id) => (id.includes("global-styles/index.css") ? code.replace(/@font-face\s*{[^}]*}/g, "") : undefined),
});

// The server answers the console below /-/console/ (no bucket can be called "-"); in development its APIs
// are reached through the same origin, as in production.
export default defineConfig({
  base: "/-/console/",
  plugins: [withoutFonts(), react()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: scripts or fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
  server: {
    proxy: { "^/(?!-/console/(?!config\\.json))": { target: process.env.WEIR_ENDPOINT ?? "http://127.0.0.1:8080" } },
  },
  test: { environment: "node" }, // what needs a page says so itself: making one takes a second
});
