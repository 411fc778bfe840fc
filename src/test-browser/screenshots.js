/* Takes every page and form of the plugin from a controller: screenshots.js URL DIRECTORY */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { address, generate, launch, newBuildPage, open, post } from "./browser.js";

const [url, directory] = process.argv.slice(2);
const WIDTHS = [400, 500, 1280, 1800];
const FORM = ".cvmfs-image__form";
const EXAMPLES = "job/cvmfs-examples/job/";

const unfold = async (page) => {
  const buttons = page.locator(`${FORM} .advanced-button`);
  for (let i = 0; i < (await buttons.count()); i++) {
    await buttons.nth(i).click();
  }
};
const snippet = (step) => (page) => generate(page, step, FORM);
/** Adds to the first, second ... list of the system page. */
const add = (page, list) => page.locator(`${FORM} .repeatable-add`).nth(list).click();
const optional = async (page) => {
  for (const name of ["_.builder", "_.cvmfs"]) {
    await page.locator(`${FORM} input[name="${name}"] + label`).first().click();
  }
  for (let i = 0; i < 4; i++) {
    await add(page, 0);
    await page.locator(`${FORM} [name="_.url"]`).nth(i).fill(`registry-${i}.example.org:5000/cms/analysis`);
  }
  await add(page, 1);
  const many = Array.from({ length: 40 }, (_, i) => `cms/group-${i}/*`).join("\n");
  await page.locator(`${FORM} [name="_.folders"]`).first().fill(many);
};
const empty = async (page) => {
  await add(page, 0);
  await page.waitForLoadState("networkidle");
};

/** Name, address, what to do first, and the part that is shown; without one it is the page down to its end. */
const RUN_PAGES = [
  ["run", EXAMPLES + "analysis/24/"],
  ["run-failed", EXAMPLES + "broken/1/"],
  ["run-several", EXAMPLES + "several/1/"],
  ["images", EXAMPLES + "analysis/24/cvmfs-derived-images/"],
  ["images-failed", EXAMPLES + "broken/1/cvmfs-derived-images/"],
  ["images-several", EXAMPLES + "several/1/cvmfs-derived-images/"],
  ["images-none", EXAMPLES + "not-built-yet/1/cvmfs-derived-images/"],
];
const PAGES = [
  ...RUN_PAGES,
  ["job", EXAMPLES + "analysis/"],
  ["job-images", EXAMPLES + "analysis/cvmfs-derived-images/"],
  ["job-several", EXAMPLES + "several/cvmfs-derived-images/"],
  ["job-none", EXAMPLES + "not-built-yet/cvmfs-derived-images/"],
  ["view", "job/cvmfs-examples/view/Images/"],
  ["freestyle-dockerfile", EXAMPLES + "analysis/configure", null, FORM],
  ["freestyle-setup", EXAMPLES + "broken/configure", null, FORM],
  ["freestyle-unfolded", EXAMPLES + "analysis/configure", unfold, FORM],
  ["snippet", EXAMPLES + "pipeline/pipeline-syntax/", snippet("cvmfsDerivedImage"), FORM],
  ["snippet-promote", EXAMPLES + "pipeline/pipeline-syntax/", snippet("cvmfsPromote"), FORM],
  ["system", "manage/configure", empty, FORM],
  ["system-unfolded", "manage/configure", optional, FORM],
];
const TRANSLATED = ["run", "run-failed", "images", "job-images", "freestyle-dockerfile", "system"];

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
  const take = async (pages, scheme, width, options = {}) => {
    const { mark = "", ...of } = options;
    const page = await open(browser, address(url), { colorScheme: scheme, viewport: { width, height: 900 }, ...of });
    for (const [name, path, prepare, part] of pages) {
      if (only && !only.includes(name + mark)) {
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
      const file = join(directory, `${name}${mark}-${width}-${scheme}.png`);
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
  };
  const everywhere = async (pages, options) => {
    for (const scheme of process.env.SCHEMES?.split(",") ?? ["light", "dark"]) {
      for (const width of widths) {
        await take(pages, scheme, width, options);
      }
    }
  };
  await everywhere(PAGES);
  for (const locale of ["de", "fr"]) {
    const translated = PAGES.filter(([name]) => TRANSLATED.includes(name));
    await take(translated, "light", 1280, { locale, mark: "-" + locale });
  }
  if (process.env.JENKINS_USER) {
    // The page of a run that Jenkins is going to have is there for users who ask for it.
    const before = await newBuildPage(first, "true");
    await everywhere(RUN_PAGES, { mark: "-new" });
    await newBuildPage(first, before);
  } else {
    console.log("Jenkins' new page of a run has no pictures: nobody is logged in (JENKINS_USER) who could ask for it.");
    bad++;
  }
} finally {
  await browser.close();
}
console.log(`The pictures are in ${directory}.`);
process.exitCode = bad === 0 ? 0 : 1;
