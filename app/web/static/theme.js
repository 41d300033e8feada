// Sets light or dark before anything is painted; loaded as a blocking script in the head.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try { return localStorage.getItem("auskunft-darstellung") || "system"; } catch { return "system"; }
  };
  const apply = () => {
    const mode = stored();
    root.dataset.modus = mode;
    root.dataset.theme = mode === "system" ? (system.matches ? "dark" : "light") : mode;
    document.body?.classList.toggle("dark", root.dataset.theme === "dark");
  };
  system.addEventListener("change", apply);
  window.auskunftTheme = {
    next() {
      const modes = ["system", "light", "dark"];
      const mode = modes[(modes.indexOf(stored()) + 1) % modes.length];
      try { localStorage.setItem("auskunft-darstellung", mode); } catch { root.dataset.modus = mode; }
      apply();
      return mode;
    },
    apply,
  };
  apply();
})();
