/* Drives a real controller, named by JENKINS_URL, as its users do. CONTRIBUTING.md says what the controller must have. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, beforeEach, describe, it } from "node:test";
import { address, launch, open, post } from "./browser.js";

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
