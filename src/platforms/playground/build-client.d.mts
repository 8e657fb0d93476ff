export declare const ASSETS_FOLDER: string;
export declare function buildClient(where: { outdir: string }): Promise<void>;
