/* What the browser test and the screenshots share: Chromium, a login, and an ear for errors. */
import { accessSync } from "node:fs";
import { chromium } from "playwright-core";

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

function executable() {
  const found = [process.env.CHROMIUM, ...CANDIDATES].filter(Boolean).find((path) => {
    try {
      accessSync(path);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) {
    throw new Error("No Chromium: install the package chromium, or name the program in CHROMIUM.");
  }
  return found;
}

/** Starts Chromium; root, as in a container, has no sandbox to offer. */
export function launch() {
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: executable(), args });
}

/** A page whose `errors` has what the browser complained of: exceptions, refused sources, failed requests. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ baseURL: url, ...options });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    const source = message.location().url;
    if (message.type() === "error" && (source === "" || source.startsWith(url))) {
      page.errors.push(`${page.url()}: ${message.text()} ${source}`);
    }
  });
  const user = process.env.JENKINS_USER;
  if (user) {
    await page.goto("login");
    await page.fill("#j_username", user);
    await page.fill("[name=j_password]", process.env.JENKINS_PASSWORD ?? "");
    await page.click("[name=Submit]");
  }
  return page;
}

/** Posts a form with the crumb that a page has. */
export async function post(page, path, form) {
  if (!page.url().startsWith("http")) {
    await page.goto("");
  }
  const head = page.locator("head");
  const headers = {};
  const name = await head.getAttribute("data-crumb-header");
  if (name) {
    headers[name] = await head.getAttribute("data-crumb-value");
  }
  const response = await page.request.post(path, { form, headers });
  if (!response.ok()) {
    throw new Error(`${path} answered ${response.status()}: ${(await response.text()).slice(0, 300)}`);
  }
  return response.text();
}

/** The address of a controller, with a slash at its end. */
export function address(text) {
  return text.endsWith("/") ? text : text + "/";
}

/** Has the user who is logged in see Jenkins' new page of a run, or not; answers what was before. */
export function newBuildPage(page, value) {
  const script = `import jenkins.model.experimentalflags.*
    def user = hudson.model.User.current()
    def all = user.getProperty(UserExperimentalFlagsProperty)
    def key = new NewBuildPageUserExperimentalFlag().flagKey
    def flags = all == null ? [:] : jenkins.model.experimentalflags.UserExperimentalFlag.all().collectEntries {
      [it.flagKey, all.getFlagValue(it.flagKey)]
    }.findAll { it.value != null }
    def before = flags.remove(key)
    if ('${value}') {
      flags[key] = '${value}'
    }
    user.addProperty(new UserExperimentalFlagsProperty(flags))
    print before ?: ''`;
  return post(page, "scriptText", { script });
}

/** Has the snippet generator show the form of a step. */
export async function generate(page, step, form) {
  const steps = page.locator("select.dropdownList").first();
  await steps.selectOption(await steps.locator("option", { hasText: step + ":" }).getAttribute("value"));
  await page.locator(form).waitFor();
}
