/* Drives a real controller, named by JENKINS_URL, as its users do. CONTRIBUTING.md says what the controller must have. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, beforeEach, describe, it } from "node:test";
import { address, generate, launch, newBuildPage, open, post } from "./browser.js";

const url = process.env.JENKINS_URL;
const tag = process.env.IMAGE_TAG ?? "localhost:5000/browser-test:1";
const base = process.env.BASE_IMAGE ?? "almalinux:9";
const mounts = "cms.cern.ch";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const JOB = "job/cvmfs-browser-test/";
const FORM = ".cvmfs-image__form";
/** What Jenkins puts into every form as it is. */
const OF_JENKINS = [[".jenkins-help-button"]];
const MARKUP = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>${7*7}";

describe("a controller", { skip: url ? false : "JENKINS_URL names no controller" }, () => {
  let browser;
  let page;

  before(async () => {
    browser = await launch();
    page = await open(browser, address(url), {
      permissions: ["clipboard-read", "clipboard-write"],
      viewport: { width: 1280, height: 900 },
    });
    page.on("dialog", (dialog) => {
      if (dialog.type() === "beforeunload") {
        return dialog.accept();
      }
      page.errors.push(`${page.url()}: a dialog ${dialog.message()}`);
      return dialog.dismiss();
    });
  });

  after(() => browser?.close());

  beforeEach(() => {
    page.errors.length = 0;
  });

  /** Nothing that axe calls serious or critical is in these parts of the page; nor did the browser complain. */
  const sound = async (...parts) => {
    await page.waitForLoadState("networkidle");
    await page.evaluate(axe);
    for (const part of parts) {
      assert.ok((await page.locator(part).count()) > 0, `${page.url()} has no ${part}`);
    }
    const found = await page.evaluate(
      ({ include, exclude }) => axe.run({ include, exclude }).then((results) => results.violations),
      { include: parts.map((part) => [part]), exclude: OF_JENKINS },
    );
    const serious = found
      .filter((violation) => ["serious", "critical"].includes(violation.impact))
      .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 200)).join("\n  ")}`);
    assert.deepEqual(serious, [], page.url());
    assert.deepEqual(page.errors, []);
  };

  const field = (name) => page.locator(`${FORM} [name="_.${name}"]`).first();

  const save = async () => {
    await page.locator('button[name="Submit"]').click();
    await page.waitForURL((to) => !to.pathname.includes("configure"));
  };

  it("enforces its content security policy", async () => {
    const response = await page.goto("");
    assert.match(
      response.headers()["content-security-policy"] ?? "",
      /script-src/,
      "start it with -Djenkins.security.csp.CspHeader.headerName=Content-Security-Policy",
    );
  });

  it("keeps the system configuration", async () => {
    await page.goto("manage/configure");
    await field("baseImage").fill(base);
    await field("mounts").fill(mounts);
    for (const name of ["allowed", "builtInNode"]) {
      if (!(await field(name).isChecked())) {
        await page.locator(`${FORM} [name="_.${name}"] + label`).click();
      }
    }
    await sound(FORM);
    await save();

    await page.goto("manage/configure");
    assert.equal(await field("baseImage").inputValue(), base);
    assert.equal(await field("mounts").inputValue(), mounts);
    assert.equal(await field("allowed").isChecked(), true);
  });

  it("does not complain of a registry before something is written", async () => {
    await page.goto("manage/configure");
    await page.locator(`${FORM} .repeatable-add`).first().click();
    await field("url").focus();
    await field("url").blur();
    await page.waitForLoadState("networkidle");
    assert.equal(await page.locator(`${FORM} .validation-error-area .error`).count(), 0);
    await field("url").fill("a registry");
    await field("url").blur();
    await page.locator(`${FORM} .validation-error-area .error`).first().waitFor();
  });

  it("says beside a field what is wrong", async () => {
    await page.goto("manage/configure");
    await field("mounts").fill("no repository!");
    await field("mounts").blur();
    await page.locator(`${FORM} .validation-error-area .error`).first().waitFor();
  });

  it("keeps a freestyle job", async () => {
    await page.goto("");
    await post(page, "scriptText", {
      script: `jenkins.model.Jenkins.get().getItem('cvmfs-browser-test')?.delete()
        jenkins.model.Jenkins.get().createProject(hudson.model.FreeStyleProject, 'cvmfs-browser-test')`,
    });
    await page.goto(JOB + "configure");
    await page.getByRole("button", { name: "Add build step" }).click();
    await page.getByText("Build an image with content from CVMFS", { exact: true }).click();
    await field("tags").fill(tag);
    const source = page.locator(`${FORM} select.dropdownList`);
    await source.selectOption("setup");
    await field("setup").fill("echo 'hello' > /hello\n");
    assert.equal(await field("dockerfile").isVisible(), false);
    await page.locator(`${FORM} [name="_.push"] + label`).click();
    await page.getByRole("button", { name: "Labels and attestations" }).click();
    await field("labels").fill("made.by=the browser");
    await sound(FORM);
    await save();

    await page.goto(JOB + "configure");
    assert.equal(await field("tags").inputValue(), tag);
    assert.equal(await source.inputValue(), "setup");
    assert.equal((await field("setup").inputValue()).trim(), "echo 'hello' > /hello");
    assert.equal(await field("push").isChecked(), true);
    const config = await (await page.request.get(JOB + "config.xml")).text();
    assert.ok(config.includes("made.by=the browser"));
    assert.ok(!config.includes("<dockerfile>"), "what was not chosen is not saved");
  });

  it("builds the job", async () => {
    await page.goto(JOB);
    await post(page, JOB + "build", {});
    let build;
    for (let i = 0; i < 600 && build?.building !== false; i++) {
      const response = await page.request.get(JOB + "1/api/json?tree=building,result");
      build = response.ok() ? await response.json() : undefined;
      await page.waitForTimeout(500);
    }
    const log = await (await page.request.get(JOB + "1/consoleText")).text();
    assert.equal(build?.result, "SUCCESS", log);
  });

  it("shows the image on the page of the run, and copies its reference", async () => {
    await page.goto(JOB + "1/");
    await sound(".cvmfs-image__summary");
    const shown = await page.locator(".cvmfs-image__summary").innerText();
    assert.ok(shown.includes(tag));
    const image = (await (await page.request.get(JOB + "1/cvmfs-derived-images/api/json?depth=1")).json()).images[0];
    await page.locator(".cvmfs-image__summary .jenkins-copy-button").first().click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, image.references[0]);
    assert.match(copied, /@sha256:[0-9a-f]{64}$/);
  });

  it("shows the run's images", async () => {
    await page.goto(JOB + "1/cvmfs-derived-images/");
    await sound(".cvmfs-image__cards");
    assert.ok((await page.locator(".cvmfs-image__cards").innerText()).includes("docker pull"));
  });

  it("shows the job's images and their trends", async () => {
    for (const path of [JOB, JOB + "cvmfs-derived-images/"]) {
      await page.goto(path);
      await page.locator(".cvmfs-image__trend svg").first().waitFor({ timeout: 30_000 });
      await sound(".cvmfs-image__trends", ".jenkins-table");
    }
  });

  it("has no page or form with a serious finding", async () => {
    await post(page, "scriptText", { script: readFileSync(new URL("examples.groovy", import.meta.url), "utf8") });
    const examples = "job/cvmfs-examples/job/";
    for (const [path, ...parts] of [
      [examples + "broken/1/", ".cvmfs-image__summary"],
      [examples + "broken/1/cvmfs-derived-images/", ".cvmfs-image__cards"],
      [examples + "several/1/cvmfs-derived-images/", ".cvmfs-image__cards"],
      [examples + "not-built-yet/cvmfs-derived-images/", "#main-panel"],
      [examples + "analysis/", ".cvmfs-image__job"],
      [examples + "analysis/cvmfs-derived-images/", ".cvmfs-image__newest"],
      ["job/cvmfs-examples/view/Images/", ".cvmfs-image__column"],
    ]) {
      await page.goto(path);
      await sound(...parts);
    }
    for (const step of ["cvmfsDerivedImage", "cvmfsPromote"]) {
      await page.goto(examples + "pipeline/pipeline-syntax/");
      await generate(page, step, FORM);
      await sound(FORM);
    }
  });

  it("shows the card of an image on the page that runs are going to have", async (context) => {
    if (!process.env.JENKINS_USER) {
      return context.skip("JENKINS_USER names nobody who could ask for that page");
    }
    const before = await newBuildPage(page, "true");
    try {
      for (const [path, part] of [["", ".app-build__grid .cvmfs-image__summary"], ["cvmfs-derived-images/", ".cvmfs-image__cards"]]) {
        for (const job of ["analysis/24/", "broken/1/"]) {
          await page.goto("job/cvmfs-examples/job/" + job + path);
          await sound(part);
        }
      }
    } finally {
      await newBuildPage(page, before);
    }
  });

  it("speaks the language of its reader", async () => {
    const german = await open(browser, address(url), { locale: "de" });
    for (const [path, text] of [
      ["manage/configure", "Was ein Job bekommt, der nichts anderes angibt."],
      [JOB + "configure", "CVMFS-Repositorys"],
      [JOB + "1/cvmfs-derived-images/", "Wie es gebaut wurde"],
    ]) {
      await german.goto(path);
      await german.getByText(text).first().waitFor();
    }
    assert.deepEqual(german.errors, []);
    await german.context().close();
  });

  it("can be used without a mouse", async () => {
    await page.goto("job/cvmfs-examples/job/analysis/24/cvmfs-derived-images/");
    const images = page.locator(".cvmfs-image__cards");
    const folds = images.locator("details");
    for (let i = 0; i < (await folds.count()); i++) {
      await folds.nth(i).locator("summary").focus();
      await page.keyboard.press("Enter");
      assert.equal(await folds.nth(i).evaluate((details) => details.open), true);
    }
    await images.locator(".jenkins-copy-button").first().focus();
    await page.keyboard.press("Enter");
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /@sha256:[0-9a-f]{64}$/);
    const wanted = await images.locator("button, a, summary, [tabindex='0']").count();
    for (let i = 0; i < wanted; i++) {
      // A mark, since tooltips that come and go move what is counted by its place.
      await page.evaluate(() => document.activeElement.setAttribute("data-reached", ""));
      await page.keyboard.press("Tab");
    }
    const reached = await images.locator("[data-reached]").count();
    assert.equal(reached, wanted);
  });

  it("fits into a narrow window", async () => {
    await page.setViewportSize({ width: 400, height: 900 });
    const examples = "job/cvmfs-examples/job/";
    for (const path of ["analysis/24/", "several/1/", "several/1/cvmfs-derived-images/", "analysis/", "several/cvmfs-derived-images/", "analysis/configure"]) {
      await page.goto(examples + path);
      await page.waitForLoadState("networkidle");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth <= 0), true, path);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it("shows stored markup as text", async () => {
    await post(page, "scriptText", { script: readFileSync(new URL("markup.groovy", import.meta.url), "utf8").replace("MARKUP", Buffer.from(MARKUP).toString("base64")) });
    const job = "job/cvmfs-browser-markup/";
    for (const path of ["1/", "1/cvmfs-derived-images/", "", "cvmfs-derived-images/", "configure"]) {
      await page.goto(job + path);
      await page.waitForLoadState("networkidle");
      assert.equal(await page.locator("img[onerror], [src=x]").count(), 0, path);
      if (path !== "configure") {
        assert.ok((await page.locator("#main-panel").innerText()).includes("<img src=x"), path);
      }
      assert.deepEqual(page.errors, []);
    }
  });
});
