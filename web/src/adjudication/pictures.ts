// Hình đã tải sẵn: pictures of the points to come, fetched and decoded ahead, so that the next one is painted with the key that asks for it.
//
// Contract: keeps a few pictures in memory and drops the rest; nothing goes into browser storage. A picture that cannot be had resolves to null.

const KEPT = 12;

export class Pictures {
  private readonly held = new Map<string, Promise<HTMLImageElement | null>>();

  /** The picture at an address, ready to be painted. */
  get(url: string): Promise<HTMLImageElement | null> {
    if (url === "") return Promise.resolve(null);
    const known = this.held.get(url);
    // Asked for again, it is the youngest again: a Map keeps the order of insertion.
    this.held.delete(url);
    const picture = known ?? load(url);
    this.held.set(url, picture);
    for (const old of this.held.keys()) {
      if (this.held.size <= KEPT) break;
      this.held.delete(old);
    }
    if (!known) void picture.then((found) => found === null && this.held.delete(url));
    return picture;
  }

  /** Fetches what will be needed next, one after the other, so that the first is not kept waiting by the last. */
  async ahead(urls: readonly string[]): Promise<void> {
    for (const url of urls) await this.get(url);
  }
}

async function load(url: string): Promise<HTMLImageElement | null> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return image;
  } catch {
    return null;
  }
}
