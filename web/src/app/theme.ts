import { applyMode, Mode } from "@cloudscape-design/global-styles";

/** Light, dark, or as the system has it. */
export type Theme = "system" | "light" | "dark";

/** What each is called in the menu. */
export const themeNames: Record<Theme, string> = { system: "Same as system", light: "Light", dark: "Dark" };
export const themes: Theme[] = ["system", "light", "dark"];
const kKey = "weir.theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

const show = (chosen: Theme) =>
  applyMode(chosen === "dark" || (chosen === "system" && systemIsDark.matches) ? Mode.Dark : Mode.Light);

/** The one that was chosen in this browser. */
export const theme = (): Theme => themes.find((known) => known === localStorage.getItem(kKey)) ?? "system";

/** Keeps what was chosen, and shows it. */
export function setTheme(chosen: Theme): void {
  localStorage.setItem(kKey, chosen);
  show(chosen);
}

/** Before the first page is drawn, and whenever the system changes. */
export function startTheme(): void {
  show(theme());
  systemIsDark.addEventListener("change", () => show(theme()));
}
