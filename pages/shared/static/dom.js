// Small helpers: make an element, load a script or a style sheet once.

const asked = {};

export function make(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

export function load(tag, url) {
  return (asked[url] ??= new Promise((onload, reject) => {
    const address = tag === "link" ? { rel: "stylesheet", href: url } : { src: url };
    const onerror = () => {
      delete asked[url]; // the next one who needs it tries again
      reject(new Error(`not loaded: ${url}`));
    };
    document.head.append(make(tag, { ...address, onload, onerror }));
  }));
}
