// Stands for react-style-singleton, which adds <style> elements: a sheet that is constructed needs no 'unsafe-inline' in the policy.
import {useEffect} from "react";

/** Return a component that holds its styles while it is shown. */
export function styleSingleton() {
  const sheet = new CSSStyleSheet();
  let shown = 0;
  return function Sheet({styles}) {
    useEffect(() => {
      sheet.replaceSync(styles);
      if (shown++ === 0) document.adoptedStyleSheets.push(sheet);
      return () => {
        if (--shown === 0) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      };
    }, [styles]);
    return null;
  };
}
