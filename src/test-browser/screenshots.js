/* Takes every page and form of the plugin from a controller: screenshots.js URL DIRECTORY */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { address, launch, open, post } from "./browser.js";

const [url, directory] = process.argv.slice(2);
const WIDTHS = [400, 500, 1056, 1800];
const FORM = ".cvmfs-image__form";
const EXAMPLES = "job/cvmfs-examples/job/";

const unfold = async (page) => {
  const buttons = page.locator(`${FORM} .advanced-button`);
  for (let i = 0; i < (await buttons.count()); i++) {
    await buttons.nth(i).click();
  }
};
const snippet = async (page) => {
  await page.locator("select.dropdownList").first().selectOption({ label: "cvmfsDerivedImage: Build an image with content from CVMFS" });
  await page.locator(FORM).waitFor();
};
const optional = async (page) => {
  for (const name of ["_.builder", "_.cvmfs"]) {
    await page.locator(`${FORM} input[name="${name}"] + label`).first().click();
  }
  await page.getByRole("button", { name: "Add registry" }).click();
};

/** Name, address, what to do first, and the part that is shown; without one it is the page down to its end. */
const PAGES = [
  ["run", EXAMPLES + "analysis/lastBuild/"],
  ["run-failed", EXAMPLES + "broken/lastBuild/"],
  ["images", EXAMPLES + "analysis/lastBuild/cvmfs-derived-images/"],
  ["images-failed", EXAMPLES + "broken/lastBuild/cvmfs-derived-images/"],
  ["images-none", EXAMPLES + "not-built-yet/lastBuild/cvmfs-derived-images/"],
  ["job", EXAMPLES + "analysis/"],
  ["job-images", EXAMPLES + "analysis/cvmfs-derived-images/"],
  ["view", "job/cvmfs-examples/view/Images/"],
  ["freestyle-dockerfile", EXAMPLES + "analysis/configure", null, FORM],
  ["freestyle-setup", EXAMPLES + "broken/configure", null, FORM],
  ["freestyle-unfolded", EXAMPLES + "analysis/configure", unfold, FORM],
  ["snippet", EXAMPLES + "pipeline/pipeline-syntax/", snippet, FORM],
  ["system", "manage/configure", null, FORM],
  ["system-unfolded", "manage/configure", optional, FORM],
];

mkdirSync(directory, { recursive: true });
const browser = await launch();
const only = process.env.ONLY?.split(",");
const widths = process.env.WIDTHS?.split(",").map(Number) ?? WIDTHS;
let bad = 0;
try {
  const first = await open(browser, address(url));
  if (!process.env.KEEP) {
    const script = readFileSync(new URL("examples.groovy", import.meta.url), "utf8");
    const said = await post(first, "scriptText", { script });
    if (!said.includes("made")) {
      throw new Error("The examples were not made: " + said);
    }
  }
  for (const scheme of ["light", "dark"]) {
    for (const width of widths) {
      const page = await open(browser, address(url), { colorScheme: scheme, viewport: { width, height: 900 } });
      for (const [name, path, prepare, part] of PAGES) {
        if (only && !only.includes(name)) {
          continue;
        }
        await page.setViewportSize({ width, height: 900 });
        await page.goto(path);
        await page.waitForLoadState("networkidle");
        await prepare?.(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) {
          console.log(`${name} at ${width}: ${wide} px wider than its window`);
          bad++;
        }
        const file = join(directory, `${name}-${width}-${scheme}.png`);
        if (part) {
          // In a high window nothing that stays in sight covers the form.
          await page.setViewportSize({ width, height: 4000 });
          await page.locator(part).first().screenshot({ path: file });
        } else {
          await page.screenshot({ path: file, fullPage: true });
        }
      }
      page.errors.forEach((error) => console.log(`${scheme} ${width}: ${error}`));
      bad += page.errors.length;
      await page.context().close();
    }
  }
} finally {
  await browser.close();
}
console.log(`The pictures are in ${directory}.`);
process.exitCode = bad === 0 ? 0 : 1;
