/* Jenkins shows the label of a field beside it; here a screen reader is told which one it is. */
(() => {
  let count = 0;

  const id = (element) => {
    element.id = element.id || "cvmfs-image-label-" + ++count;
    return element.id;
  };

  Behaviour.specify(".cvmfs-image__form .jenkins-checkbox > input", "cvmfs-image-labels", 0, (box) => {
    if (box.nextElementSibling && box.nextElementSibling.textContent && !box.hasAttribute("aria-labelledby")) {
      box.setAttribute("aria-labelledby", id(box.nextElementSibling));
    }
  });

  Behaviour.specify(".cvmfs-image__form .jenkins-form-item", "cvmfs-image-labels", 0, (item) => {
    const label = item.querySelector(":scope > .jenkins-form-label");
    if (label) {
      item
        .querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select")
        .forEach((field) => {
          if (field.closest(".jenkins-form-item") === item && !field.hasAttribute("aria-labelledby")) {
            field.setAttribute("aria-labelledby", id(label));
          }
        });
    }
  });
})();
