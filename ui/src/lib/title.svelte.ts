// What the top bar calls this page. Each view says it.

let title = $state("");

export const pageTitle = {
  get current() {
    return title;
  },
};

/** Names the page while the component is mounted; the function may read state. */
export function useTitle(words: () => string): void {
  $effect(() => {
    title = words();
    document.title = `${title} · FieldQuote`;
  });
}
